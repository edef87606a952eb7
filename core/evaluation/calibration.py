"""How honest a model's confidence is, and from which confidence on its answer is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.evaluation.report import ConfidenceBin, Reliability
from core.labels import is_word
from core.recognition.metadata import OperatingPoint
from core.recognition.recogniser import calibrate

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.sound.clip import FloatArray

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


def reliability(
    probabilities: FloatArray, truth: npt.NDArray[np.intp], bins: int = 10
) -> Reliability:
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
