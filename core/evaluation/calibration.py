"""How honest a model's confidence is, and from which confidence on its answer is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.recognition.recogniser import calibrate

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.recognition.bundle import ModelMetadata
    from core.sound.clip import FloatArray


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


LOST_SHARE = 0.01
"""The share of words, in 0-1, whose answer may be lost to the threshold a model is made with."""
_TEMPERATURES = np.geomspace(0.25, 4, 121)


def fit_temperature(probabilities: FloatArray, truth: npt.NDArray[np.intp]) -> float:
    """Return the temperature with the highest likelihood of the true labels.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.

    Parameters
    ----------
    probabilities : (n, n_labels) float32 array
        At temperature 1.
    truth : (n,) int array
        Indices of the true labels.

    Returns
    -------
    float
        From 1/4 to 4.
    """
    rows = np.arange(len(truth))

    def loss(temperature: float) -> float:
        true = calibrate(probabilities, temperature)[rows, truth]
        return float(-np.log(np.maximum(true, 1e-7)).mean())

    return float(min(_TEMPERATURES, key=loss))


def operating_points(
    probabilities: FloatArray, truth: npt.NDArray[np.intp], labels: tuple[str, ...]
) -> list[OperatingPoint]:
    """Return what the thresholds 0, 0.01, … 0.99 do.

    Parameters
    ----------
    probabilities : (n, n_labels) float32 array
        Calibrated.
    truth : (n,) int array
    labels : tuple of str
        Those that begin with ``_`` are no words.

    Returns
    -------
    list of OperatingPoint
        Shares of nothing are 0.
    """
    is_word = np.array([not label.startswith("_") for label in labels])
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    word = is_word[truth]
    points = []
    for threshold in np.arange(100) / 100:
        given = is_word[answers] & (confidence >= threshold)
        accepted = given[word].mean() if word.any() else 0.0
        rejected = (~given[~word]).mean() if (~word).any() else 0.0
        points.append(OperatingPoint(float(threshold), float(accepted), float(rejected)))
    return points


def choose_threshold(points: list[OperatingPoint]) -> float:
    """Return the highest threshold at which no more than `LOST_SHARE` of the words are lost."""
    most = max(point.accepted for point in points)
    return highest_threshold(points, most - LOST_SHARE) if most else 0.0


def highest_threshold(points: list[OperatingPoint], accepted: float) -> float:
    """Return the highest threshold that accepts a share of the words, or 0."""
    enough = [point.threshold for point in points if point.accepted >= accepted]
    return max(enough, default=0.0)


def reliability(
    probabilities: FloatArray, truth: npt.NDArray[np.intp], bins: int = 10
) -> dict[str, Any]:
    """Return the reliability diagram and the expected calibration error.

    Answers are put into bins of equal width by their confidence; the error is the mean distance
    of confidence and accuracy over the bins, weighted by their sizes (Naeini et al., AAAI 2015).

    Returns
    -------
    dict
        ``error``, and ``bins``: a list of confidence, accuracy and clips of each that is
        not empty.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    numbers = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = []
    error = 0.0
    for number in np.unique(numbers):
        inside = numbers == number
        mean, accuracy = float(confidence[inside].mean()), float(right[inside].mean())
        clips = int(inside.sum())
        error += abs(mean - accuracy) * clips / len(truth)
        rows.append({"confidence": round(mean, 4), "accuracy": round(accuracy, 4), "clips": clips})
    return {"error": round(error, 4), "bins": rows}
