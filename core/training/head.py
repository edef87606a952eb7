"""The last layer of a network, learned on what the layers below it say: logistic regression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.dataset.feature_store import StoredRows
    from core.sound.clip import FloatArray, IntArray


_DECAY = 0.02  # of the squared weights, for values that spread by one
_MOST_STEPS = 120
_TOLERANCE = 1e-4
_CHUNK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What values are made comparable with: mean and standard deviation of each, (n_values,)."""

    mean: FloatArray
    deviation: FloatArray

    @classmethod
    def of(cls, values: FloatArray) -> Spread:
        """Measure the spread of (n, n_values)."""
        deviation = np.maximum(values.std(axis=0), np.float32(1e-3))
        return cls(values.mean(axis=0), deviation)


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A dense layer with softmax.

    Parameters
    ----------
    weights : (n_labels, n_values) float32 array
    biases : (n_labels,) float32 array
    """

    weights: FloatArray
    biases: FloatArray

    def probabilities(self, values: FloatArray | StoredRows) -> FloatArray:
        """Return (n, n_labels) for (n, n_values), summing to 1."""
        parts = [self._chunk(values[n : n + _CHUNK]) for n in range(0, len(values), _CHUNK)]
        return np.concatenate([np.zeros((0, len(self.biases)), np.float32), *parts])

    def _chunk(self, values: FloatArray) -> FloatArray:
        return _softmax(np.asarray(values @ self.weights.T + self.biases, np.float32))[0]


def fit_head(
    values: FloatArray,
    truth: IntArray,
    shares: FloatArray,
    n_labels: int,
    spread: Spread,
    start: Head | None = None,
) -> Head:
    """Find the head of the highest likelihood, with a decay of its weights.

    Multinomial logistic regression by L-BFGS (Liu & Nocedal, Math. Program. 45, 1989) on values
    that are made comparable first; what that takes is part of the weights that are returned.

    Parameters
    ----------
    values : (n, n_values) float32 array
    truth : (n,) int array
        Indices of their labels.
    shares : (n,) float32 array
        How much each counts.
    n_labels : int
    spread : Spread
    start : Head, optional
        To begin with, which is quicker than with nothing.
    """
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    scaled = np.asarray((values - spread.mean) / spread.deviation, np.float32)
    counts = np.asarray(shares / shares.sum(), np.float32)
    rows = np.arange(len(truth))

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        found = flat.reshape(n_labels, -1).astype(np.float32)
        weights, biases = found[:, :-1], found[:, -1]
        errors, logarithms = _softmax(scaled @ weights.T + biases)
        likelihood = float(counts @ logarithms[rows, truth])
        errors[rows, truth] -= 1
        errors *= counts[:, np.newaxis]
        slope = np.empty(found.shape, np.float64)
        slope[:, :-1] = errors.T @ scaled + _DECAY * weights
        slope[:, -1] = errors.sum(axis=0)
        return _DECAY / 2 * float(np.square(weights).sum()) - likelihood, slope.ravel()

    first = np.zeros((n_labels, values.shape[1] + 1))
    if start is not None:
        first[:, :-1] = start.weights * spread.deviation
        first[:, -1] = start.biases + start.weights @ spread.mean
    options = {"maxiter": _MOST_STEPS, "gtol": _TOLERANCE}
    with threadpool_limits(1, "blas"):  # several would wait for each other longer than they work
        result = minimize(loss, first.ravel(), jac=True, method="L-BFGS-B", options=options)
    found = result.x.reshape(first.shape).astype(np.float32)
    weights = found[:, :-1] / spread.deviation
    biases = found[:, -1] - weights @ spread.mean
    return Head(weights, biases)


def _softmax(logits: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the probabilities behind rows of logits, and their logarithms."""
    logarithms = logits - logits.max(axis=1, keepdims=True)
    probabilities = np.exp(logarithms)
    sums = probabilities.sum(axis=1, keepdims=True)
    return probabilities / sums, logarithms - np.log(sums)
