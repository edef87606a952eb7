"""How good a model is on recordings: accuracy, per label, and who was taken for whom."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import DataSetError, SoundFileError
from core.evaluation.calibration import reliability
from core.labels import SILENCE, UNKNOWN
from core.recognition.bundle import EVALUATION_FILE
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.dataset.scan import Recording
    from core.recognition.recogniser import DigitRecogniser
    from core.sound.clip import FloatArray

_BATCH = 64


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What a model said of recordings whose labels are known.

    Parameters
    ----------
    labels : tuple of str
        The model's, in its order.
    recordings : tuple of Recording
        What was evaluated.
    probabilities : (n, n_labels) float32 array
    skipped : int
        Recordings that could not be read, or whose label the model does not know.
    """

    labels: tuple[str, ...]
    recordings: tuple[Recording, ...]
    probabilities: FloatArray
    skipped: int

    @property
    def truth(self) -> npt.NDArray[np.intp]:
        """The index of each recording's own label."""
        return np.array([self.labels.index(r.label) for r in self.recordings], np.intp)

    @property
    def answers(self) -> npt.NDArray[np.intp]:
        """The index of the most probable label of each recording."""
        return np.asarray(self.probabilities.argmax(axis=1), np.intp)

    @property
    def accuracy(self) -> float:
        """The share of recordings whose most probable label is their own."""
        return float((self.answers == self.truth).mean())

    @property
    def accuracy_interval(self) -> tuple[float, float]:
        """The 95 % confidence interval of the accuracy (Wilson 1927)."""
        return wilson_interval(int((self.answers == self.truth).sum()), len(self.recordings))

    @property
    def confusion(self) -> npt.NDArray[np.intp]:
        """Counts: a row for the label that was said, a column for the answer."""
        from sklearn.metrics import confusion_matrix

        matrix = confusion_matrix(self.truth, self.answers, labels=range(len(self.labels)))
        return np.asarray(matrix, np.intp)

    def to_json(self, with_clips: bool = False) -> dict[str, Any]:
        """Return the figures as a JSON object; `with_clips` adds an entry a recording."""
        from sklearn.metrics import precision_recall_fscore_support

        columns = precision_recall_fscore_support(
            self.truth, self.answers, labels=range(len(self.labels)), zero_division=0.0
        )
        names = ("precision", "recall", "f1", "clips")
        per_label = {
            label: dict(zip(names, (round(float(v), 4) for v in values), strict=True))
            for label, values in zip(self.labels, zip(*columns, strict=True), strict=True)
            if values[3]
        }
        for row in per_label.values():
            row["clips"] = int(row["clips"])
        result = {
            "accuracy": round(self.accuracy, 4),
            "accuracy_interval": [round(bound, 4) for bound in self.accuracy_interval],
            "clips": len(self.recordings),
            "speakers": len({r.speaker for r in self.recordings if r.speaker}),
            "per_label": per_label,
            "confusion": self.confusion.tolist(),
            "labels": list(self.labels),
            "skipped": self.skipped,
            "calibration": reliability(self.probabilities, self.truth),
        }
        return result | ({"clip_results": self._clip_results()} if with_clips else {})

    def _clip_results(self) -> list[dict[str, Any]]:
        return [
            {
                "name": recording.name,
                "label": recording.label,
                "answer": self.labels[int(answer)],
                "confidence": round(float(row.max()), 4),
            }
            for recording, answer, row in zip(
                self.recordings, self.answers, self.probabilities, strict=True
            )
        ]


def evaluate(
    recogniser: DigitRecogniser,
    recordings: Sequence[Recording],
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Evaluation:
    """Ask a model about recordings; those it cannot be asked about are counted as skipped.

    Raises
    ------
    DataSetError
        When none is left.
    """
    labels = recogniser.bundle.metadata.labels
    known = [known for r in recordings if (known := _as_known(r, labels))]
    used: list[Recording] = []
    results: list[FloatArray] = []
    for first in range(0, len(known), _BATCH):
        on_progress(first, len(known))
        samples = []
        for recording in known[first : first + _BATCH]:
            try:
                samples.append(read_second(recording.path).clip.samples)
            except SoundFileError:
                continue
            used.append(recording)
        if samples:
            results.append(recogniser.probabilities(np.stack(samples)))
    on_progress(len(known), len(known))
    if known and not used:
        raise DataSetError(
            f"None of the recordings can be read any more: {known[0].path.parent} and the others "
            "may be gone. Bring them back and try again."
        )
    if not used:
        raise DataSetError(
            f"None of the recordings has a label that the model knows: {', '.join(labels)}."
        )
    return Evaluation(
        labels, tuple(used), np.concatenate(results), skipped=len(recordings) - len(used)
    )


def _as_known(recording: Recording, labels: tuple[str, ...]) -> Recording | None:
    """Return a recording with the label that a model ought to give it, if there is one."""
    if recording.label in labels:
        return recording
    other_word = recording.label != SILENCE and UNKNOWN in labels
    return replace(recording, label=UNKNOWN) if other_word else None


def load_tested_clips(bundle: Path) -> frozenset[str]:
    """Return the names of the clips that a bundle's model was tested on when it was trained.

    Raises
    ------
    DataSetError
        When the bundle does not tell.
    """
    try:
        data = json.loads((bundle / EVALUATION_FILE).read_text(encoding="utf-8"))
        return frozenset(str(clip["name"]) for clip in data["clip_results"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataSetError(
            f"The model “{bundle.name}” does not tell which clips it was tested on."
        ) from error


def wilson_interval(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return the confidence interval of a share, 95 % unless told otherwise.

    Source: E. B. Wilson, Probable Inference, J. Am. Stat. Assoc. 22 (1927).
    """
    share = right / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
