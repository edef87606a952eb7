"""Sound of any rate to 8 kHz while it comes in, with a delay of five milliseconds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.sound.sound_file import SAMPLE_RATE

if TYPE_CHECKING:
    from core.sound.sound_file import FloatArray

_CUTOFF_HZ = 3750.0
_SECONDS = 0.01  # of the filter: 500 Hz from pass to stop
_BETA = 8.0  # of the Kaiser window: 80 dB


class StreamResampler:
    """Resamples a stream to 8 kHz, band-limited.

    A windowed sinc in as many phases as the two rates need. soxr, which resamples clips,
    works in long blocks: it holds a stream back by up to 160 ms, a word's whole latency.

    Parameters
    ----------
    sample_rate : int
        Of what comes in, in Hz; at least 8000.
    """

    def __init__(self, sample_rate: int) -> None:
        divisor = math.gcd(sample_rate, SAMPLE_RATE)
        self._up, self._down = SAMPLE_RATE // divisor, sample_rate // divisor
        half = round(sample_rate * _SECONDS / 2)
        self._taps = 2 * half + 1
        places = np.arange(-half, half + 1) - (np.arange(self._up) / self._up)[:, np.newaxis]
        window = np.i0(_BETA * np.sqrt(np.maximum(0, 1 - (places / (half + 1)) ** 2)))
        filters = window * np.sinc(2 * _CUTOFF_HZ / sample_rate * places)
        self._filters = (filters / filters.sum(axis=1, keepdims=True)).astype(np.float32)
        self._waiting = np.zeros(half, np.float32)
        self._place = 0  # of the next sample to make, in 1 / up of a waiting sample

    def resample(self, samples: FloatArray) -> FloatArray:
        """Return what can be made now of (n,) samples more."""
        sound = np.concatenate([self._waiting, samples])
        end = (sound.size - self._taps + 1) * self._up
        places = np.arange(self._place, max(end, self._place), self._down)
        self._place += places.size * self._down
        starts, phases = np.divmod(places, self._up)
        made = np.zeros(0, np.float32)
        if places.size:
            windows = np.lib.stride_tricks.sliding_window_view(sound, self._taps)
            made = np.einsum("ij,ij->i", windows[starts], self._filters[phases])
        done = min(self._place // self._up, sound.size)
        self._waiting = sound[done:]
        self._place -= done * self._up
        return made
