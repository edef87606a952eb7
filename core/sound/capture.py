"""One-second takes out of a running source.

The stream stays open and is kept in a rolling buffer, so a take can begin before it was
asked for. It is anchored on the voice, not on the key: after *speak now* the take waits for
a voice to stand out from the background, and begins 250 ms before it. So neither a quick
nor a slow speaker loses a part of the word.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES, AudioClip, fit_length, loudest_start
from core.sound.intake import Intake, Level, Sound
from core.sound.levels import SILENCE_DBFS, SoundProblem, find_problem, frame_dbfs

if TYPE_CHECKING:
    from core.sound.clip import FloatArray
    from core.sound.sources import AudioSource

PRE_ROLL = SAMPLE_RATE // 4
"""Samples that a take begins before the voice: 250 ms."""

_PATIENCE = 2 * SAMPLE_RATE  # how long a take waits for a voice
_HELD_PATIENCE = 10 * SAMPLE_RATE  # the same while the key is held down
_KEPT = _HELD_PATIENCE + 3 * SAMPLE_RATE

_FRAME = SAMPLE_RATE // 50  # 20 ms
_VOICE_FRAMES, _VOICE_OUT_OF = 4, 5  # a voice lasts 80 ms; the click of a key does not
_VOICE_ABOVE_FLOOR_DB = 9.0
_VOICE_AT_LEAST_DBFS = -55.0
_BARELY_ABOVE_FLOOR_DB = 3.0


class Phase(Enum):
    """What a person can do now."""

    WAITING = "waiting for sound"
    READY = "ready"
    SPEAK_NOW = "speak now"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One second of sound, and what is wrong with it.

    Parameters
    ----------
    clip : AudioClip
        8000 samples at 8 kHz.
    source : str
        The name of the device or the file.
    problem : SoundProblem or None
        Why it must not be recognised.
    """

    clip: AudioClip
    source: str
    problem: SoundProblem | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What a `Capture` has to tell since it was last asked.

    Parameters
    ----------
    phase : Phase
    level : Level or None
        None when no sound has come.
    running : (n,) float32 array or None
        The take so far, n <= 8000; while no voice is heard yet, its pre-roll.
    take : Take or None
        The take that has just been completed.
    problem : SoundProblem or None
        What is wrong with the stream at present.
    sounds : list of Sound
        All that has come.
    """

    phase: Phase
    level: Level | None
    running: FloatArray | None
    take: Take | None
    problem: SoundProblem | None
    sounds: list[Sound]


class RollingBuffer:
    """The last samples of a stream, addressed by their position in the stream.

    Parameters
    ----------
    capacity : int
        How many samples are kept.
    """

    def __init__(self, capacity: int) -> None:
        self._samples = np.zeros(2 * capacity, np.float32)
        self._capacity = capacity
        self._filled = 0
        self.end = 0

    def append(self, samples: FloatArray) -> None:
        """Add samples at the end."""
        self.end += samples.size
        samples = samples[-self._capacity :]
        if self._filled + samples.size > self._samples.size:
            kept = self._capacity - samples.size
            self._samples[:kept] = self._samples[self._filled - kept : self._filled]
            self._filled = kept
        self._samples[self._filled : self._filled + samples.size] = samples
        self._filled += samples.size

    def between(self, start: int, stop: int) -> FloatArray:
        """Copy the samples from position `start` up to `stop`, as far as they are there."""
        first = self.end - self._filled
        low, high = max(start, first) - first, max(stop, first) - first
        return self._samples[low : min(high, self._filled)].copy()


class Capture:
    """Listens to a source at 8 kHz, tells its level, and makes takes.

    `start` and `close` may wait for a device; `poll` and the others never do.

    Parameters
    ----------
    source : AudioSource
        Not started yet.
    """

    def __init__(self, source: AudioSource) -> None:
        self.source = source
        self._intake = Intake(source)
        self._buffer = RollingBuffer(_KEPT)
        self._faults: deque[tuple[int, float, bool]] = deque(maxlen=1000)
        self._wanted = False
        self._held = False
        self._start: int | None = None
        self._first: int | None = None
        self._taken_until = -1  # where the take before ended

    def start(self) -> None:
        """Open the source; raises AudioDeviceError when it cannot be opened."""
        self._intake.start()

    def close(self) -> None:
        """Stop the source; may be called twice."""
        self._intake.close()

    def begin_take(self, held: bool = False) -> None:
        """Ask for a take; it starts once the source delivers sound.

        Parameters
        ----------
        held : bool
            A key is held down: wait longer for a voice, until `release`.
        """
        if not self._wanted:
            self._wanted, self._held = True, held

    def release(self) -> None:
        """Tell that the key is not held any more."""
        self._held = False

    def cancel_take(self) -> None:
        """Drop the take that was asked for."""
        self._wanted = self._held = False
        self._start = self._first = None

    def poll(self) -> Heard:
        """Take in what the source has delivered, and tell what came of it.

        Raises
        ------
        AudioDeviceError
            When the source is gone.
        """
        sounds = self._take_in()
        phase, running, take = self._go_on()
        return Heard(phase, self._intake.level, running, take, self._intake.problem, sounds)

    def _go_on(self) -> tuple[Phase, FloatArray | None, Take | None]:
        """Bring the take forward that was asked for."""
        if not self._intake.sounding:
            return Phase.WAITING, None, None
        if not self._wanted:
            return Phase.READY, None, None
        if self._start is None:
            self._start = self._buffer.end
            self.source.cue()
        if self._first is None:
            self._first = self._find_voice(self._start)
        now = self._buffer.end
        if self._first is not None:
            if now < self._first + TAKE_SAMPLES:
                running = self._buffer.between(self._first, now)
                return Phase.RECORDING, running, None
            return Phase.READY, None, self._finish(self._first)
        if now >= self._start + (_HELD_PATIENCE if self._held else _PATIENCE):
            return Phase.READY, None, self._without_voice(self._start)
        running = self._buffer.between(now - PRE_ROLL, now)
        return Phase.SPEAK_NOW, running, None

    def _take_in(self) -> list[Sound]:
        sounds = self._intake.read()
        for sound in sounds:
            self._buffer.append(sound.samples)
            if sound.clipped_seconds or sound.lost:
                self._faults.append((self._buffer.end, sound.clipped_seconds, sound.lost))
        return sounds

    def _levels_since(self, position: int) -> tuple[FloatArray, float]:
        """Return the levels of the frames since `position`, and the noise floor around them."""
        before = (min(position, SAMPLE_RATE) // _FRAME) * _FRAME
        samples = self._buffer.between(position - before, self._buffer.end)
        levels = frame_dbfs(samples, _FRAME, offset=False)
        floor = float(np.percentile(levels, 20)) if levels.size else SILENCE_DBFS
        return levels[before // _FRAME :], floor

    def _find_voice(self, start: int) -> int | None:
        """Return where the take begins, or None while no voice is heard.

        What still sounds where the take before ended is the end of its word, no new voice.
        """
        earliest = max(0, start - PRE_ROLL, self._taken_until)
        levels, floor = self._levels_since(earliest)
        loud = levels > max(floor + _VOICE_ABOVE_FLOOR_DB, _VOICE_AT_LEAST_DBFS)
        if earliest == self._taken_until:
            loud &= np.logical_or.accumulate(~loud)
        if loud.size < _VOICE_OUT_OF:
            return None
        runs = np.lib.stride_tricks.sliding_window_view(loud, _VOICE_OUT_OF).sum(axis=1)
        voiced = np.flatnonzero(runs >= _VOICE_FRAMES)
        if not voiced.size:
            return None
        onset = earliest + int(voiced[0]) * _FRAME
        return max(earliest, onset - PRE_ROLL)

    def _without_voice(self, start: int) -> Take:
        """Make a take of the loudest second, for want of a voice."""
        earliest = max(0, start - PRE_ROLL, self._taken_until)
        levels, floor = self._levels_since(earliest)
        energies = np.power(10, levels.astype(np.float64) / 10)
        first = earliest + loudest_start(energies, TAKE_SAMPLES // _FRAME) * _FRAME
        barely = levels.max(initial=SILENCE_DBFS) < floor + _BARELY_ABOVE_FLOOR_DB
        return self._finish(first, SoundProblem.NOTHING_HEARD if barely else None)

    def _finish(self, first: int, problem: SoundProblem | None = None) -> Take:
        last = first + TAKE_SAMPLES
        faults = [fault for fault in self._faults if first < fault[0] <= last + _FRAME]
        samples = fit_length(self._buffer.between(first, last), TAKE_SAMPLES)
        clipped = sum(fault[1] for fault in faults)
        clip = AudioClip(samples, SAMPLE_RATE, clipped, not self.source.is_device)
        if any(fault[2] for fault in faults):
            problem = SoundProblem.OVERFLOWED
        self.cancel_take()
        self._taken_until = last
        return Take(clip, self.source.name, find_problem(clip) or problem)
