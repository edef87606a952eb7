"""Where in a stream a word has just ended, told by level alone.

A word that has ended stands as a hill before the level of now: what was heard a moment ago
is louder than what is heard now. That needs no silence between words and holds in a noise
whose level changes; a floor that adapts keeps it calm where nothing stands out.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.sound.clip import SAMPLE_RATE
from core.sound.levels import SILENCE_DBFS, TOO_QUIET_DBFS

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.sound.clip import FloatArray

FRAME = SAMPLE_RATE // 100
"""Samples whose power is one point of the contour: 10 ms."""

_CONTOUR = 120  # frames that are looked back
_LONGEST = 80  # frames of a word; what is longer is cut at its beginning
_SHORTEST = 10
_GAP = 9  # frames that a sound may be interrupted, as before the t of "eight"
_NOW = 4  # frames whose mean is the level of now
_QUIET = 4  # frames of quiet after which a word may have ended
_LATEST = 30  # frames of quiet after which it is told no more
_EDGE_DB = 4.0  # what stands above the level of now belongs to the hill
_HEIGHT_DB = 7.0  # how high a hill is at least
_ABOVE_FLOOR_DB = 3.0
_SOFT_DB = 6.0
_SOFT_FRAMES = 20
_FLOOR_FRAMES = 200
_FLOOR_PERCENTILE = 25
_FLOOR_EVERY = 10
_SMALLEST_POWER = 10 ** (SILENCE_DBFS / 10)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sound that has ended: from `start` up to `end`, in samples into the stream."""

    start: int
    end: int


class UtteranceFinder:
    """Follows the level of a stream, and tells what has ended a moment ago."""

    def __init__(self) -> None:
        self._powers = np.full(_CONTOUR, _SMALLEST_POWER, np.float64)
        self._history: deque[float] = deque(maxlen=_FLOOR_FRAMES)
        self._frames = 0
        self._offset = 0.0  # what a cheap input adds to everything
        self._floor_dbfs = SILENCE_DBFS

    def add(self, samples: FloatArray) -> None:
        """Follow the stream by whole frames: (n * FRAME,) samples."""
        if samples.size:
            newer = min(1.0, samples.size / SAMPLE_RATE)
            self._offset += newer * (float(samples.mean()) - self._offset)
        heard = samples.reshape(-1, FRAME) - np.float32(self._offset)
        powers = np.square(heard, dtype=np.float64).mean(axis=1)
        np.maximum(powers, _SMALLEST_POWER, out=powers)
        self._powers = np.concatenate([self._powers, powers])[-_CONTOUR:]
        self._history.extend(powers.tolist())
        if (self._frames + powers.size) // _FLOOR_EVERY > self._frames // _FLOOR_EVERY:
            self._floor_dbfs = _decibels(np.percentile(self._history, _FLOOR_PERCENTILE))
        self._frames += powers.size

    def ended(self, after: int = 0) -> Utterance | None:
        """Return the sound that ended a moment ago, or None.

        Parameters
        ----------
        after : int
            The position in the stream, in samples, before which nothing counts.
        """
        now = _decibels(self._powers[-_NOW:].mean())
        edge = max(now + _EDGE_DB, self._floor_dbfs + _ABOVE_FLOOR_DB, TOO_QUIET_DBFS)
        smooth = self._powers.copy()
        smooth[1:-1] = (self._powers[:-2] + self._powers[1:-1] + self._powers[2:]) / 3
        loud = np.flatnonzero(smooth > 10 ** (edge / 10))
        if not loud.size:
            return None
        end = int(loud[-1]) + 1
        if not _QUIET <= _CONTOUR - end <= _LATEST:
            return None
        breaks = np.flatnonzero(np.diff(loud) > _GAP)
        start = int(loud[breaks[-1] + 1] if breaks.size else loud[0])
        start = self._softly_begun(smooth, start)
        first = self._frames - _CONTOUR  # the frame where the contour begins
        start = max(start, -(-after // FRAME) - first, 0)
        if end - start < _SHORTEST or _decibels(smooth[start:end].max()) < now + _HEIGHT_DB:
            return None
        return Utterance((first + max(start, end - _LONGEST)) * FRAME, (first + end) * FRAME)

    def _softly_begun(self, smooth: npt.NDArray[np.float64], start: int) -> int:
        """Go back from a loud beginning over the soft one, as of "four", to the floor."""
        edge = 10 ** (max(self._floor_dbfs + _SOFT_DB, TOO_QUIET_DBFS) / 10)
        quiet = np.flatnonzero(smooth[max(0, start - _SOFT_FRAMES) : start] < edge)
        return start if not quiet.size else max(0, start - _SOFT_FRAMES) + int(quiet[-1]) + 1


def _decibels(power: np.floating) -> float:
    return 10 * float(np.log10(power))
