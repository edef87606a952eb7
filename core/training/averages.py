"""Means over the batches of an epoch, of figures and of the weights of a network."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.sound.clip import FloatArray

_EVERY = 10  # batches
_MOMENTUM = 0.99  # over a thousand batches


class Means:
    """The means of figures that come batch by batch."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()
        self._clips = 0

    def add(self, figures: dict[str, float], clips: int) -> None:
        """Take notice of a batch of so many clips."""
        self._sums.update({name: float(value) * clips for name, value in figures.items()})
        self._clips += clips

    def values(self) -> dict[str, float]:
        """Return the mean of each figure over all clips."""
        return {name: total / self._clips for name, total in self._sums.items()}


class WeightAverage:
    """Averages the weights of a network over the last batches, about a thousand.

    A run that goes on after it was cut off begins its average anew.

    What a network learns last from a few augmented clips is chance; the average of many such
    states understands unheard people better than each of them.

    Sources: Polyak & Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992;
    Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization, UAI 2018.

    Parameters
    ----------
    model : keras.Model
        Its weights, and the statistics of its batch normalisation, are averaged.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._average: list[FloatArray] = model.get_weights()
        self._batches = 0

    def add(self) -> None:
        """Take notice of a batch that was learned."""
        self._batches += 1
        if self._batches % _EVERY:
            return
        snapshots = self._batches // _EVERY
        momentum = min(_MOMENTUM, snapshots / (snapshots + 9))  # soon forgets the beginning
        for average, now in zip(self._average, self._model.get_weights(), strict=True):
            average += np.float32(1 - momentum) * (now - average)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the network have the average for as long as the context lasts."""
        live = self._model.get_weights()
        self._model.set_weights(self._average)
        try:
            yield
        finally:
            self._model.set_weights(live)
