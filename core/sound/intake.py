"""From a source, at whatever rate it works, to sound at 8 kHz, with its level and its faults."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.sound.clip import SAMPLE_RATE, clipped_samples
from core.sound.levels import SILENCE_DBFS, SoundProblem, decibels

if TYPE_CHECKING:
    from core.sound.clip import Block, FloatArray
    from core.sound.sources import AudioSource


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


_ZEROS_PATIENCE = 1.5  # exact zeros for so many seconds are a fault, not a pause


@dataclass(frozen=True, slots=True)
class Level:
    """What the level meter shows: of the sound since the last look.

    Parameters
    ----------
    peak_dbfs, rms_dbfs : float
        In dB relative to full scale.
    clipped : bool
        Whether the sound stood at full scale.
    """

    peak_dbfs: float = SILENCE_DBFS
    rms_dbfs: float = SILENCE_DBFS
    clipped: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A piece of a stream.

    Parameters
    ----------
    samples : (n,) float32 array at 8 kHz, n may be 0
    clipped_seconds : float
        How long it stood at full scale when it was recorded.
    lost : bool
        Sound before it was lost.
    """

    samples: FloatArray
    clipped_seconds: float = 0.0
    lost: bool = False


class Intake:
    """Reads a source and makes 8 kHz of whatever it delivers.

    `start` and `close` may wait for a device; `read` never does.

    Parameters
    ----------
    source : AudioSource
        Not started yet.
    """

    def __init__(self, source: AudioSource) -> None:
        self.source = source
        self.level: Level | None = None
        self.sounding = False
        self._resampler: StreamResampler | None = None
        self._zero_seconds = 0.0

    @property
    def problem(self) -> SoundProblem | None:
        """What is wrong with the stream at present."""
        return SoundProblem.ALL_ZEROS if self._zero_seconds >= _ZEROS_PATIENCE else None

    def start(self) -> None:
        """Open the source; raises AudioDeviceError when it cannot be opened."""
        self.source.start()
        if self.source.sample_rate != SAMPLE_RATE:
            self._resampler = StreamResampler(self.source.sample_rate)

    def close(self) -> None:
        """Stop the source; may be called twice."""
        self.source.stop()

    def read(self) -> list[Sound]:
        """Return what has come since the last call, and measure its level.

        Raises
        ------
        AudioDeviceError
            When the source is gone.
        """
        blocks = self.source.read()
        self.level = self._measure([block.samples for block in blocks if block.samples.size])
        return [self._sound(block) for block in blocks]

    def _measure(self, parts: list[FloatArray]) -> Level | None:
        if not parts:
            return None
        samples = np.nan_to_num(np.concatenate(parts), posinf=0.0, neginf=0.0)
        peak = float(np.abs(samples).max())
        if peak > 0:
            self.sounding = True
            self._zero_seconds = 0.0
        else:
            self._zero_seconds += samples.size / self.source.sample_rate
        rms = float(np.sqrt(np.square(samples).mean()))
        clipped = any(clipped_samples(part) for part in parts)
        return Level(decibels(peak), decibels(rms), clipped)

    def _sound(self, block: Block) -> Sound:
        samples = block.samples
        clipped = clipped_samples(samples) / self.source.sample_rate
        if not np.isfinite(samples).all():  # a broken driver; silence is what is left of it
            samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        if self._resampler is not None:
            samples = self._resampler.resample(samples)
        return Sound(samples, clipped, block.overflowed)
