"""From which confidence on an answer is given, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.recognition.bundle import ModelMetadata


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold does.

    Parameters
    ----------
    threshold : float
    accepted : float
        The share of words, in 0-1, for which some word is answered.
    rejected : float
        The share of what is no word of the labels for which none is answered.
    """

    threshold: float
    accepted: float
    rejected: float

    def to_json(self) -> dict[str, float]:
        """Return the point as a JSON object."""
        return {
            "threshold": round(self.threshold, 4),
            "accepted": round(self.accepted, 4),
            "rejected": round(self.rejected, 4),
        }


def operating_point(metadata: ModelMetadata, threshold: float) -> OperatingPoint | None:
    """Return what a threshold did on the model's validation set, or None when it was not noted."""
    nearest: OperatingPoint | None = None
    for point in _noted(metadata.metrics.get("operating_points")):
        if nearest is None or abs(point.threshold - threshold) < abs(nearest.threshold - threshold):
            nearest = point
    return nearest


def _noted(points: Any) -> list[OperatingPoint]:
    names = ("threshold", "accepted", "rejected")
    return [
        OperatingPoint(*(float(point[name]) for name in names))
        for point in (points if isinstance(points, list) else [])
        if isinstance(point, dict) and all(isinstance(point.get(n), int | float) for n in names)
    ]
