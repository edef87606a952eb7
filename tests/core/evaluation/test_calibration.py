"""Temperature, threshold and reliability, in cases that can be worked out by hand."""

import numpy as np
import pytest

from core.evaluation.accuracy import (
    choose_threshold,
    fit_temperature,
    highest_threshold,
    operating_points,
    reliability,
)
from core.evaluation.report import ConfidenceBin
from core.labels import UNKNOWN
from core.recognition.recogniser import calibrate

LABELS = ("zero", "one", UNKNOWN)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_the_temperature_that_a_model_was_spoilt_by_is_found(temperature):
    random = np.random.default_rng(3)
    honest = random.dirichlet((1, 1, 1), 4000).astype(np.float32)
    truth = np.array([random.choice(3, p=row / row.sum()) for row in honest.astype(np.float64)])
    spoilt = calibrate(honest, 1 / temperature)
    assert fit_temperature(spoilt, truth) == pytest.approx(temperature, rel=0.12)


def test_what_a_threshold_does():
    probabilities = np.array(
        [[0.9, 0.1, 0], [0.2, 0.6, 0.2], [0.2, 0.2, 0.6], [0.7, 0.2, 0.1], [0, 0.1, 0.9]],
        np.float32,
    )
    truth = np.array([0, 1, 1, 2, 2])
    points = {round(p.threshold, 2): p for p in operating_points(probabilities, truth, LABELS)}
    assert (points[0].accepted, points[0].rejected) == (pytest.approx(2 / 3), 0.5)
    assert (points[0.65].accepted, points[0.65].rejected) == (pytest.approx(1 / 3), 0.5)
    assert (points[0.8].accepted, points[0.8].rejected) == (pytest.approx(1 / 3), 1)
    assert points[0.65].to_json() == {"threshold": 0.65, "accepted": 0.3333, "rejected": 0.5}


def test_the_highest_threshold_that_loses_few_words_is_chosen():
    random = np.random.default_rng(4)
    sure = random.uniform(0.5, 1, 1000).astype(np.float32)
    probabilities = np.stack([sure, 1 - sure, np.zeros_like(sure)], axis=1)
    points = operating_points(probabilities, np.zeros(1000, int), LABELS)
    assert highest_threshold(points, 0.9) == pytest.approx(0.55, abs=0.02)
    assert highest_threshold(points, 1.0) == pytest.approx(0.5, abs=0.02)
    assert choose_threshold(points) == pytest.approx(0.505, abs=0.02)


def test_without_words_there_is_no_threshold():
    points = operating_points(np.array([[0, 0, 1]], np.float32), np.array([2]), LABELS)
    assert choose_threshold(points) == 0
    assert highest_threshold(points, 0.9) == 0


def test_the_calibration_error_of_a_known_case():
    probabilities = np.array([[0.95, 0.05]] * 10 + [[0.65, 0.35]] * 10, np.float32)
    truth = np.array([0] * 10 + [0] * 5 + [1] * 5)
    result = reliability(probabilities, truth)
    assert result.error == pytest.approx((0.05 + 0.15) / 2, abs=1e-4)
    assert result.bins == (ConfidenceBin(0.65, 0.5, 10), ConfidenceBin(0.95, 1.0, 10))
