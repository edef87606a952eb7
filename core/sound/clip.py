"""Mono sound in memory: a clip, resampled, cut and fitted; a block; one channel made of many."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]
    IntArray = npt.NDArray[np.intp]


SAMPLE_RATE = 8000
"""The rate in Hz, that everything behind the microphone works at."""

TAKE_SAMPLES = 8000
"""The length of a take: one second."""

LARGEST_SAMPLE = 1e10
"""Beyond this, what a file or a driver gives is no sound; whole numbers of 32 bits are within."""

_FULL_SCALE = np.float32(0.97)
"""What a wave is cut off at: µ-law ends at 0.98, 8 bits at 0.99, others at 1."""
_EQUAL, _SHORTEST_RUN = np.float32(1e-4), 3
"""How much, of their height, the samples of a plateau differ, and how many there are at least."""
_TOP, _SHOULDER, _SHORTEST_TOP = np.float32(0.97), np.float32(0.91), 5
"""Of the extreme: from where on the top of a wave is, and from where on its shoulders."""
_TOP_OF_SHOULDERS = 4
"""How many times as many samples are on a top that was cut off; a sine has 1.4 times as many."""


def on_plateau(samples: FloatArray) -> npt.NDArray[np.bool_]:
    """Tell which samples stand on a plateau, where a wave was cut off.

    A single sample at full scale is a loud peak, and so is a wave of floating point numbers that
    goes beyond; three equal ones at the extreme are a wave with its top cut off. Where a cut top
    was resampled since, or coded with loss, it is not flat any more, but there still is much
    more of it than of what leads to it.

    Parameters
    ----------
    samples : (n,) or (n_channels, n) float array, full scale is 1.0

    Returns
    -------
    (n,) bool array
        Of several channels: in one of them.
    """
    member = np.zeros(samples.shape[-1], np.bool_)
    if samples.ndim == 2:
        for channel in samples:
            member |= on_plateau(channel)
    elif samples.size >= _SHORTEST_RUN:
        highest, lowest = samples.max(), samples.min()
        for extreme, far in ((highest, highest >= _FULL_SCALE), (lowest, lowest <= -_FULL_SCALE)):
            if far and math.isfinite(extreme):
                height = samples / extreme
                member |= _in_runs(height >= 1 - _EQUAL, _SHORTEST_RUN)
                top = _in_runs(height >= _TOP, _SHORTEST_TOP)
                shoulders = (height >= _SHOULDER) & (height < _TOP)
                if np.count_nonzero(top) > _TOP_OF_SHOULDERS * np.count_nonzero(shoulders):
                    member |= top
    return member


def _in_runs(flags: npt.NDArray[np.bool_], shortest: int) -> npt.NDArray[np.bool_]:
    """Keep the flags that stand in a row of so many."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False))
    lengths = edges[1::2] - edges[::2]
    kept = flags.copy()
    kept[flags] = np.repeat(lengths >= shortest, lengths)
    return kept


def clipped_samples(samples: FloatArray) -> int:
    """Count the samples that stand on a plateau."""
    if not samples.size or (samples.max() < _FULL_SCALE and samples.min() > -_FULL_SCALE):
        return 0
    return int(np.count_nonzero(on_plateau(samples)))


@dataclass(frozen=True, slots=True, eq=False)
class AudioClip:
    """Mono sound in memory; the samples are read-only.

    Parameters
    ----------
    samples : (n,) float32 array, n >= 1
        Full scale is 1.0. Every value must be finite.
    sample_rate : int
        In Hz.
    clipped_seconds : float
        How long the sound stood on plateaus when it was recorded (see `on_plateau`); kept
        through resampling, which would hide it.
    from_file : bool
        Whether it was read from a file, or recorded. What is wrong with it is said accordingly.

    Raises
    ------
    ValueError
        When the samples are not a row of finite numbers, or the rate is not positive.
    """

    samples: FloatArray
    sample_rate: int = SAMPLE_RATE
    clipped_seconds: float = 0.0
    from_file: bool = False

    def __post_init__(self) -> None:
        samples = self.samples
        if samples.dtype != np.float32 or samples.flags.writeable or not samples.flags.owndata:
            samples = np.array(samples, dtype=np.float32)
        if samples.ndim != 1 or samples.size == 0:
            raise ValueError(f"samples must be a non-empty row, not of shape {samples.shape}")
        if not may_be_sound(samples):
            raise ValueError("samples must be finite numbers, and of sound")
        if self.sample_rate <= 0:
            raise ValueError(f"sample_rate must be positive, not {self.sample_rate}")
        samples.flags.writeable = False
        object.__setattr__(self, "samples", samples)

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return self.samples.size / self.sample_rate

    def resampled(self, sample_rate: int) -> AudioClip:
        """Return the clip at another rate, band-limited (soxr, high quality).

        Raises
        ------
        ValueError
            When the new rate is not positive.
        """
        if sample_rate == self.sample_rate:
            return self
        import soxr

        samples = soxr.resample(self.samples, self.sample_rate, sample_rate, quality="HQ")
        if samples.size == 0:  # soxr needs more than a sample or two to say anything
            samples = np.zeros(max(1, round(self.seconds * sample_rate)), np.float32)
        samples.flags.writeable = False
        return replace(self, samples=samples, sample_rate=sample_rate)

    def part(self, start: float, stop: float) -> AudioClip:
        """Return what sounds between two seconds; at least one sample."""
        first = min(max(0, round(start * self.sample_rate)), self.samples.size - 1)
        last = max(first + 1, round(stop * self.sample_rate))
        return replace(self, samples=self.samples[first:last])

    def filtered(self, low: float, high: float) -> AudioClip:
        """Return what sounds between two frequencies in Hz, with edges of an eighth octave."""
        spectrum = np.fft.rfft(self.samples)
        hertz = np.linspace(0, self.sample_rate / 2, spectrum.size)
        edge = 2**0.125
        passed = np.interp(hertz, (low / edge, low, high, high * edge), (0, 1, 1, 0))
        shape = np.sin(np.pi / 2 * passed) ** 2
        samples = np.fft.irfft(spectrum * shape, self.samples.size).astype(np.float32)
        samples.flags.writeable = False
        return replace(self, samples=samples)

    def fitted(self, length: int = TAKE_SAMPLES) -> AudioClip:
        """Return exactly `length` samples: the middle of a longer clip, or silence around it."""
        if self.samples.size == length:
            return self
        return replace(self, samples=fit_length(self.samples, length))


def fit_length(samples: FloatArray, length: int) -> FloatArray:
    """Cut `samples` to their middle `length`, or put the same silence before and after them.

    Parameters
    ----------
    samples : (n,) float32 array
    length : int

    Returns
    -------
    (length,) float32 array
    """
    excess = samples.size - length
    if excess >= 0:
        return samples[excess // 2 : excess // 2 + length]
    before = -excess // 2
    fitted = np.zeros(length, samples.dtype)
    fitted[before : before + samples.size] = samples
    return fitted


def may_be_sound(samples: FloatArray) -> bool:
    """Tell whether a row holds numbers only, none of them too large to be computed with."""
    # One sum of squares tells it ten times as fast, of all but huge numbers.
    with np.errstate(all="ignore"):
        enough = np.dot(samples, samples) <= LARGEST_SAMPLE**2
        return bool(enough or np.abs(samples).max() <= LARGEST_SAMPLE)


def loudest_start(energies: npt.NDArray[np.float64], window: int) -> int:
    """Find where the loudest stretch begins.

    The energies are weighted with a Hann window, so that a short word ends up in the
    middle of the stretch and not at its edge.

    Parameters
    ----------
    energies : (n,) array of energies, one a hop
    window : int
        Length of the stretch in hops, 1 <= window.

    Returns
    -------
    int
        Index of its first hop; 0 when everything fits into one stretch.
    """
    if energies.size <= window:
        return 0
    weights = np.hanning(window + 2)[1:-1]
    return int(np.argmax(np.correlate(energies, weights, mode="valid")))


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A few milliseconds of mono sound.

    Parameters
    ----------
    samples : (n,) float32 array, n may be 0
        At the rate of the source, full scale 1.0.
    overflowed : bool
        Sound before or in this block was lost.
    clipped : int
        How many of them stood on a plateau when they were recorded (see `on_plateau`).
    """

    samples: FloatArray
    overflowed: bool = False
    clipped: int = 0


_OPPOSITE = -0.5
"""The correlation with the reference below which a channel counts as turned upside down."""
_LOUDER = 2.0
"""How much more power another channel has to have before it becomes the reference."""


class Mixer:
    """Mixes the channels of a stream, block by block, so that none cancels another.

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
            powers = np.array([np.dot(channel, channel) for channel in channels])
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
        limits = _OPPOSITE * np.sqrt(known[self._reference]) * np.sqrt(known)
        shares = known / known.sum() if self._by_power else np.full(known.size, 1 / known.size)
        weights = np.where(self._likeness < limits, -shares, shares).astype(np.float32)
        if self._weights is not None and np.dot(weights, self._weights) < 0:
            weights = -weights  # another one is the reference: the mixture keeps its sign
        return weights
