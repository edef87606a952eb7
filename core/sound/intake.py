"""From a source, at whatever rate it works, to a stream at 8 kHz, with its level and its faults."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.sound.clip import LARGEST_SAMPLE, SAMPLE_RATE, may_be_sound
from core.sound.levels import SILENCE_DBFS, SoundProblem, decibels

if TYPE_CHECKING:
    from core.sound.clip import Block, FloatArray
    from core.sound.sources import AudioSource


_CUTOFF = 3750 / 8000  # of the lower of the two rates
_SECONDS = 0.01  # of the filter, from 8 kHz on: 500 Hz from pass to stop
_BETA = 8.0  # of the Kaiser window: 80 dB
_MOST_WEIGHTS = 2**19  # of the filter in all of its phases, and of what is multiplied at once
_ZEROS_PATIENCE = 1.5  # exact zeros for so many seconds are a fault, not a pause


class StreamResampler:
    """Resamples a stream to 8 kHz, band-limited.

    A windowed sinc in as many phases as the two rates need, or nearly: where they have little in
    common, a sample may be late by a part in thousands of another. soxr, which resamples clips,
    works in long blocks: it holds a stream back by up to 160 ms, a word's whole latency.

    Parameters
    ----------
    sample_rate : int
        Of what comes in, in Hz; any of `core.sound.container.RATES`.
    """

    def __init__(self, sample_rate: int) -> None:
        divisor = math.gcd(sample_rate, SAMPLE_RATE)
        self._up, self._down = SAMPLE_RATE // divisor, sample_rate // divisor
        lower = min(sample_rate, SAMPLE_RATE)
        half = round(sample_rate / lower * SAMPLE_RATE * _SECONDS / 2)
        self._taps = 2 * half + 1
        self._phases = min(self._up, _MOST_WEIGHTS // self._taps)
        late = (np.arange(self._phases) / self._phases)[:, np.newaxis]
        places = np.arange(-half, half + 1) - late
        window = np.i0(_BETA * np.sqrt(np.maximum(0, 1 - (places / (half + 1)) ** 2)))
        filters = window * np.sinc(2 * _CUTOFF * lower / sample_rate * places)
        self._filters = (filters / filters.sum(axis=1, keepdims=True)).astype(np.float32)
        self._waiting = np.zeros(half, np.float32)
        self._place = 0  # of the next sample to make, in 1 / up of a waiting sample

    def resample(self, samples: FloatArray) -> FloatArray:
        """Return what can be made now of (n,) samples more."""
        sound = np.concatenate([self._waiting, samples])
        end = (sound.size - self._taps + 1) * self._up
        places = np.arange(self._place, max(end, self._place), self._down)
        self._place += places.size * self._down
        starts, late = np.divmod(places, self._up)
        phases = late * self._phases // self._up
        made = np.zeros(places.size, np.float32)
        at_once = max(1, _MOST_WEIGHTS // self._taps)
        for first in range(0, places.size, at_once):
            part = slice(first, first + at_once)
            windows = np.lib.stride_tricks.sliding_window_view(sound, self._taps)[starts[part]]
            np.einsum("ij,ij->i", windows, self._filters[phases[part]], out=made[part])
        done = min(self._place // self._up, sound.size)
        self._waiting = sound[done:]
        self._place -= done * self._up
        return made


@dataclass(frozen=True, slots=True)
class Level:
    """What the level meter shows: of the sound since the last look.

    Parameters
    ----------
    peak_dbfs, rms_dbfs : float
        In dB relative to full scale.
    clipped : bool
        Whether the sound stood on a plateau.
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
        How long it stood on a plateau when it was recorded.
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
        blocks = [_without_nonsense(block) for block in self.source.read()]
        self.level = self._measure([block for block in blocks if block.samples.size])
        return [self._sound(block) for block in blocks]

    def _measure(self, blocks: list[Block]) -> Level | None:
        if not blocks:
            return None
        samples = np.concatenate([block.samples for block in blocks])
        peak = float(np.abs(samples).max())
        if peak > 0:
            self.sounding = True
            self._zero_seconds = 0.0
        else:
            self._zero_seconds += samples.size / self.source.sample_rate
        rms = float(np.sqrt(np.square(samples).mean()))
        return Level(decibels(peak), decibels(rms), any(block.clipped for block in blocks))

    def _sound(self, block: Block) -> Sound:
        samples = block.samples
        clipped = block.clipped / self.source.sample_rate
        if self._resampler is not None:
            samples = self._resampler.resample(samples)
        return Sound(samples, clipped, block.overflowed)


def _without_nonsense(block: Block) -> Block:
    """Let silence be what is left of the values of a broken driver that are no sound."""
    if may_be_sound(block.samples):
        return block
    sound = np.abs(block.samples) <= LARGEST_SAMPLE
    return replace(block, samples=np.where(sound, block.samples, np.float32(0)))
