"""One channel made of several, so that none cancels another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.sound.clip import FloatArray

_OPPOSITE = -0.5
"""The correlation with the reference below which a channel counts as turned upside down."""
_LOUDER = 2.0
"""How much more power another channel has to have before it becomes the reference."""


class Mixer:
    """Mixes the channels of a stream, block by block.

    Two channels that are each other's opposite, as a swapped wire or a balanced line leaves them,
    would be silence together: such a channel is turned over. What has come so far decides, and a
    change of mind is a gradual one.

    Parameters
    ----------
    n_channels : int
    by_power : bool
        Each channel counts by its share of the power, instead of all alike: the average of 32
        channels, of which one is plugged in, would be 30 dB too soft.
    kept : float
        Share of what is known that is kept from one block to the next.
    """

    def __init__(self, n_channels: int, by_power: bool = False, kept: float = 1.0) -> None:
        self._by_power = by_power
        self._kept = kept
        self._reference = 0  # the channel that the others are compared with
        self._powers = np.zeros(n_channels)
        self._likeness = np.zeros(n_channels)  # with the reference
        self._weights: FloatArray | None = None

    def mix(self, channels: FloatArray) -> FloatArray:
        """Return one channel of (n_channels, n) samples; a single one as it is.

        Values that are not numbers make others that are not.
        """
        if len(channels) == 1:
            return np.asarray(channels[0], np.float32)
        before, now = self._weights, self._weigh(channels)
        if now is None:
            return np.asarray(channels.mean(axis=0), np.float32)
        self._weights = now
        mixed = np.asarray(now @ channels, np.float32)
        if before is None or np.array_equal(before, now):
            return mixed
        gone = np.linspace(1, 0, mixed.size, dtype=np.float32)
        return np.asarray(gone * (before @ channels) + (1 - gone) * mixed, np.float32)

    def _weigh(self, channels: FloatArray) -> FloatArray | None:
        """Learn from a block; return the weights, or None while there is nothing but silence."""
        with np.errstate(all="ignore"):
            powers = np.einsum("ij,ij->i", channels, channels)
            if not np.isfinite(powers).all():  # a driver's values that are not numbers
                return None
            known = self._kept * self._powers + powers
            loudest = int(known.argmax())
            if known[loudest] > _LOUDER * known[self._reference]:
                self._reference, self._likeness, known = loudest, np.zeros_like(known), powers
            likeness = channels @ channels[self._reference]
        self._powers, self._likeness = known, self._kept * self._likeness + likeness
        if not known.any():
            return None
        limits = _OPPOSITE * np.sqrt(known[self._reference] * known)
        shares = known / known.sum() if self._by_power else np.full(known.size, 1 / known.size)
        weights = np.where(self._likeness < limits, -shares, shares).astype(np.float32)
        if self._weights is not None and np.dot(weights, self._weights) < 0:
            weights = -weights  # another one is the reference: the mixture keeps its sign
        return weights
