"""How good a model is on recordings: accuracy, per label, confusion, and how sure it may be."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.errors import BundleError, DataSetError, SoundFileError
from core.evaluation.report import (
    ClipResult,
    ConfidenceBin,
    EvaluationReport,
    LabelFigures,
    Reliability,
    read_evaluation,
)
from core.labels import SILENCE, UNKNOWN, is_word
from core.recognition.metadata import OperatingPoint
from core.recognition.recogniser import calibrate
from core.sound.clip import TAKE_SAMPLES
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.dataset.scan import Recording
    from core.recognition.recogniser import DigitRecogniser
    from core.sound.clip import FloatArray, IntArray


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
    def truth(self) -> IntArray:
        """The index of each recording's own label."""
        return np.array([self.labels.index(r.label) for r in self.recordings], np.intp)

    @property
    def answers(self) -> IntArray:
        """The index of the most probable label of each recording."""
        return np.asarray(self.probabilities.argmax(axis=1), np.intp)

    @property
    def accuracy(self) -> float:
        """The share of recordings whose most probable label is their own."""
        return float((self.answers == self.truth).mean())

    def report(self, with_clips: bool = False) -> EvaluationReport:
        """Return the figures, with an entry for every recording if that is wanted."""
        from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

        truth, answers, numbers = self.truth, self.answers, range(len(self.labels))
        low, high = wilson_interval(int((answers == truth).sum()), len(truth))
        columns = precision_recall_fscore_support(truth, answers, labels=numbers, zero_division=0.0)
        rows = zip(self.labels, *(column.tolist() for column in columns), strict=True)
        per_label = {
            label: LabelFigures(round(precision, 4), round(recall, 4), round(f1, 4), clips)
            for label, precision, recall, f1, clips in rows
            if clips
        }
        return EvaluationReport(
            accuracy=round(self.accuracy, 4),
            accuracy_interval=(round(low, 4), round(high, 4)),
            clips=len(self.recordings),
            speakers=len({r.speaker for r in self.recordings if r.speaker}),
            per_label=per_label,
            confusion=tuple(map(tuple, confusion_matrix(truth, answers, labels=numbers).tolist())),
            labels=self.labels,
            skipped=self.skipped,
            calibration=reliability(self.probabilities, truth),
            clip_results=self._clip_results() if with_clips else (),
        )

    def _clip_results(self) -> tuple[ClipResult, ...]:
        rows = zip(self.recordings, self.answers, self.probabilities, strict=True)
        return tuple(
            ClipResult(r.name, r.label, self.labels[answer], round(float(row.max()), 4))
            for r, answer, row in rows
        )


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
        read, takes = read_takes(known[first : first + _BATCH])
        if read:
            used += read
            results.append(recogniser.probabilities(takes))
    on_progress(len(known), len(known))
    if known and not used:
        raise DataSetError(
            "None of the recordings can be read any more: {folder} and the others may be gone. "
            "Bring them back and try again.",
            folder=known[0].path.parent,
        )
    if not used:
        raise DataSetError(
            "None of the recordings has a label that the model knows: {labels}.",
            labels=", ".join(labels),
        )
    return Evaluation(
        labels, tuple(used), np.concatenate(results), skipped=len(recordings) - len(used)
    )


def read_takes(recordings: Sequence[Recording]) -> tuple[list[Recording], FloatArray]:
    """Return the recordings that can be read still, and their seconds: (n, 8000)."""
    read, takes = [], [np.zeros((0, TAKE_SAMPLES), np.float32)]
    for recording in recordings:
        try:
            takes.append(read_second(recording.path).clip.samples[np.newaxis])
        except SoundFileError:  # gone since the folder was read
            continue
        read.append(recording)
    return read, np.concatenate(takes)


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
        report = read_evaluation(bundle)
    except BundleError as error:
        raise DataSetError.of(error) from error
    if report is None or not report.clip_results:
        raise DataSetError(
            "The model “{model}” does not tell which clips it was tested on.", model=bundle.name
        )
    return frozenset(clip.name for clip in report.clip_results)


def wilson_interval(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return the confidence interval of a share, 95 % unless told otherwise.

    Source: E. B. Wilson, Probable Inference, J. Am. Stat. Assoc. 22 (1927).
    """
    share = right / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


LOST_SHARE = 0.01
"""The share of words, in 0-1, whose answer may be lost to the threshold a model is made with."""
_TEMPERATURES = np.geomspace(0.25, 4, 121)


def fit_temperature(probabilities: FloatArray, truth: IntArray) -> float:
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
    probabilities: FloatArray, truth: IntArray, labels: tuple[str, ...]
) -> tuple[OperatingPoint, ...]:
    """Return what the thresholds 0, 0.01, … 0.99 do.

    Parameters
    ----------
    probabilities : (n, n_labels) float32 array
        Calibrated.
    truth : (n,) int array
    labels : tuple of str

    Returns
    -------
    tuple of OperatingPoint
        Shares of nothing are 0.
    """
    word = np.array([is_word(label) for label in labels])[truth]
    points = []
    for threshold in (np.arange(100) / 100).tolist():
        given = answered(probabilities, labels, threshold)
        accepted = given[word].mean() if word.any() else 0.0
        rejected = (~given[~word]).mean() if (~word).any() else 0.0
        points.append(OperatingPoint(threshold, float(accepted), float(rejected)))
    return tuple(points)


def answered(
    probabilities: FloatArray, labels: tuple[str, ...], threshold: float
) -> npt.NDArray[np.bool_]:
    """Tell which rows, (n, n_labels), are answered with a word."""
    words = np.array([is_word(label) for label in labels])
    given = words[probabilities.argmax(axis=1)] & (probabilities.max(axis=1) >= threshold)
    return np.asarray(given, np.bool_)


def choose_threshold(points: tuple[OperatingPoint, ...]) -> float:
    """Return the highest threshold at which no more than `LOST_SHARE` of the words are lost."""
    most = max(point.accepted for point in points)
    return highest_threshold(points, most - LOST_SHARE) if most else 0.0


def highest_threshold(points: tuple[OperatingPoint, ...], accepted: float) -> float:
    """Return the highest threshold that accepts a share of the words, or 0."""
    enough = [point.threshold for point in points if point.accepted >= accepted]
    return max(enough, default=0.0)


def reliability(probabilities: FloatArray, truth: IntArray, bins: int = 10) -> Reliability:
    """Return the reliability diagram and the expected calibration error.

    Answers are put into bins of equal width by their confidence; the error is the mean distance
    of confidence and accuracy over the bins, weighted by their sizes (Naeini et al., AAAI 2015).

    Returns
    -------
    Reliability
        With the bins that are not empty.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    numbers = np.minimum((confidence * bins).astype(int), bins - 1)
    found = []
    error = 0.0
    for number in np.unique(numbers):
        inside = numbers == number
        mean, accuracy = float(confidence[inside].mean()), float(right[inside].mean())
        clips = int(inside.sum())
        error += abs(mean - accuracy) * clips / len(truth)
        found.append(ConfidenceBin(round(mean, 4), round(accuracy, 4), clips))
    return Reliability(round(error, 4), tuple(found))
