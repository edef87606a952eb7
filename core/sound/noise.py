"""Recorded and artificial noise, from which seconds are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.errors import DataSetError, SoundFileError
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES
from core.sound.sound_file import read_clip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.sound.clip import FloatArray


LONGEST_DRAW = 2 * TAKE_SAMPLES
"""As many samples can be drawn at once: two seconds."""

QUIET = np.float32(1e-9)
"""The least power that anything is divided by."""


class Noise:
    """Recordings of noise, from which seconds are drawn.

    Parameters
    ----------
    recordings : sequence of (n_samples,) float32 arrays at 8 kHz
        None of them empty; shorter ones are repeated.
    """

    def __init__(self, recordings: Sequence[FloatArray]) -> None:
        longest = [np.resize(r, max(r.size, LONGEST_DRAW + 1)) for r in recordings]
        self._starts = np.cumsum([0, *(r.size for r in longest)])
        self._samples = np.concatenate([*longest, np.zeros(0, np.float32)])
        lengths = np.diff(self._starts)
        self._weights = np.sqrt(lengths) / np.sqrt(lengths).sum() if lengths.size else lengths

    @classmethod
    def read(cls, paths: Sequence[Path]) -> Noise:
        """Read noise from files of any rate and length.

        Raises
        ------
        DataSetError
            When one of them cannot be read.
        """
        try:
            return cls([read_clip(path).resampled(SAMPLE_RATE).samples for path in paths])
        except SoundFileError as error:
            raise DataSetError.of(error) from error

    def __len__(self) -> int:
        return len(self._weights)

    def draw(self, random: np.random.Generator, n: int, size: int = TAKE_SAMPLES) -> FloatArray:
        """Return (n, size) samples of recorded noise or, without any, of coloured noise.

        `size` is at most `LONGEST_DRAW`.
        """
        if not len(self):
            return coloured_noise(random, n, size)
        chosen = random.choice(len(self), n, p=self._weights)
        room = self._starts[chosen + 1] - self._starts[chosen] - size
        first = self._starts[chosen] + (random.random(n) * room).astype(np.intp)
        return np.asarray(self._samples[first[:, None] + np.arange(size)], np.float32)


def coloured_noise(random: np.random.Generator, n: int, size: int = TAKE_SAMPLES) -> FloatArray:
    """Return (n, size) samples of noise that falls by -3 to 9 dB an octave, RMS 1."""
    spectra = random.standard_normal((n, size // 2 + 1, 2), np.float32).view(np.complex64)
    frequencies = np.arange(size // 2 + 1, dtype=np.float32) * (TAKE_SAMPLES / size)
    slopes = random.uniform(-0.5, 1.5, (n, 1)).astype(np.float32)
    noise = irfft(spectra[..., 0] * (np.maximum(frequencies, 20) / 20) ** -slopes, size)
    return np.asarray(noise / np.sqrt(mean_power(noise)), np.float32)


def mean_power(samples: FloatArray) -> FloatArray:
    """Return the power of each row, never zero: (n, 1)."""
    power = np.square(samples).mean(axis=1, keepdims=True)
    return np.asarray(np.maximum(power, QUIET), np.float32)


def irfft(spectra: npt.NDArray[np.complexfloating], n: int) -> FloatArray:
    """Return the `n` samples behind each row of a spectrum."""
    import scipy.fft

    return np.asarray(scipy.fft.irfft(spectra, n), np.float32)
