import numpy as np
import pytest

from core.training import head as head_module
from core.training.head import Head, Spread, fit_head


@pytest.fixture
def clouds():
    """Three clouds of points in six dimensions, of very different scales."""
    random = np.random.default_rng(4)
    truth = np.repeat(np.arange(3), 80)
    centres = random.normal(0, 1.5, (3, 6))
    scale = np.array([1, 10, 0.1, 1, 100, 1])
    values = (centres[truth] + random.normal(size=(240, 6))) * scale + 5 * scale
    return values.astype(np.float32), truth


def test_it_finds_what_logistic_regression_finds(clouds):
    from sklearn.linear_model import LogisticRegression

    values, truth = clouds
    spread = Spread.of(values)
    shares = np.ones(len(truth), np.float32)
    found = fit_head(values, truth, shares, 3, spread)
    strength = 1 / (head_module._DECAY * len(truth))
    reference = LogisticRegression(C=strength, tol=1e-8, max_iter=1000)
    reference.fit((values - spread.mean) / spread.deviation, truth)
    expected = reference.predict_proba((values - spread.mean) / spread.deviation)
    np.testing.assert_allclose(found.probabilities(values), expected, atol=5e-3)


def test_what_counts_for_nothing_is_not_learned(clouds):
    values, truth = clouds
    spread = Spread.of(values)
    shares = (np.arange(len(truth)) % 2 == 0).astype(np.float32)
    wrong = np.where(shares > 0, truth, 2 - truth)
    found = fit_head(values, wrong, shares, 3, spread)
    half = fit_head(values[::2], truth[::2], np.ones(120, np.float32), 3, spread)
    np.testing.assert_allclose(found.weights, half.weights, atol=1e-3 * abs(half.weights).max())


def test_it_may_begin_with_another_head(clouds):
    values, truth = clouds
    spread, shares = Spread.of(values), np.ones(len(truth), np.float32)
    first = fit_head(values, truth, shares, 3, spread)
    again = fit_head(values, truth, shares, 3, spread, first)
    np.testing.assert_allclose(again.probabilities(values), first.probabilities(values), atol=1e-2)


def test_of_nothing_there_are_no_probabilities():
    head = Head(np.zeros((3, 6), np.float32), np.zeros(3, np.float32))
    assert head.probabilities(np.zeros((0, 6), np.float32)).shape == (0, 3)
