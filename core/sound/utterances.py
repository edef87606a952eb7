"""Where in a stream a word has just ended, told by level alone.

A word that has ended stands as a hill before the level of now: what was heard a moment ago
is louder than what is heard now. That needs no silence between words and holds in a noise
whose level changes; a floor that adapts keeps it calm where nothing stands out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from core.sound.clip import SAMPLE_RATE
from core.sound.levels import SILENCE_DBFS, TOO_QUIET_DBFS

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.sound.clip import FloatArray

FRAME = SAMPLE_RATE // 100
"""Samples whose power is one point of the contour: 10 ms."""

GAP = 9
"""Frames that a sound may be interrupted, as before the t of "eight"."""

_CONTOUR = 120  # frames that are looked back
_LONGEST = 80  # frames of a word; what is longer is cut at its beginning
_SHORTEST = 10
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
_FEW = 4  # steps that are looked at one by one, as they come from a device
_NEARLY = 1 - 1e-9  # what is told apart at once is computed in another order
_SMALLEST_POWER = 10 ** (SILENCE_DBFS / 10)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sound that has ended: from `start` up to `end`, in samples into the stream."""

    start: int
    end: int


class UtteranceFinder:
    """Follows the level of a stream, and tells what has ended a moment ago."""

    def __init__(self) -> None:
        self._powers = np.zeros(0, np.float64)  # of the frames before the steps, and in them
        self._floors_dbfs = np.full(1, SILENCE_DBFS)  # one a step
        self._step_frames = 0
        self._frames = 0  # before the steps
        self._offset = 0.0  # what a cheap input adds to everything

    def add(self, samples: FloatArray) -> None:
        """Follow the stream by a step of whole frames: (n * FRAME,) samples."""
        self.follow(samples.reshape(1, -1))

    def follow(self, steps: FloatArray) -> list[int]:
        """Follow the stream by several steps; return those after which a sound may have ended.

        It is the same as if they came one by one, but most are told apart all at once: in hours
        of sound, few need a closer look.

        Parameters
        ----------
        steps : (n, m * FRAME) float32 array

        Returns
        -------
        list of int
            For `ended`; after the other steps, it returns None.
        """
        self._frames += self._step_frames * self._floors_dbfs.size
        self._step_frames = steps.shape[1] // FRAME
        powers = self._frame_powers(steps).ravel()
        self._powers = np.concatenate([self._powers[-_FLOOR_FRAMES:], powers])
        self._floors_dbfs = self._floors(len(steps))
        n_steps = len(steps)
        return self._worth_a_look().tolist() if n_steps > _FEW else list(range(n_steps))

    def _frame_powers(self, steps: FloatArray) -> npt.NDArray[np.float64]:
        newer = min(1.0, steps.shape[1] / SAMPLE_RATE)
        offsets = np.zeros((len(steps), 1, 1), np.float32)
        for index, mean in enumerate(steps.mean(axis=1).tolist() if steps.size else []):
            self._offset += newer * (mean - self._offset)
            offsets[index] = self._offset
        heard = steps.reshape(len(steps), -1, FRAME) - offsets
        powers = np.square(heard, dtype=np.float64).mean(axis=2)
        return np.asarray(np.maximum(powers, _SMALLEST_POWER))

    def _floors(self, n_steps: int) -> npt.NDArray[np.float64]:
        """Return the floor after each step; it is looked at every tenth frame."""
        ends = self._ends(n_steps)
        counts = self._frames + self._step_frames * np.arange(n_steps + 1)
        anew = np.flatnonzero(counts[1:] // _FLOOR_EVERY > counts[:-1] // _FLOOR_EVERY)
        floors = np.full(n_steps, self._floors_dbfs[-1])
        whole = int(np.searchsorted(ends[anew], _FLOOR_FRAMES))
        found = [_percentile(self._powers[: ends[step]]) for step in anew[:whole].tolist()]
        if whole < anew.size:
            windows = np.lib.stride_tricks.sliding_window_view(self._powers, _FLOOR_FRAMES)
            found += _percentile(windows[ends[anew[whole:]] - _FLOOR_FRAMES]).tolist()
        for (first, last), floor in zip(pairwise([*anew.tolist(), n_steps]), found, strict=True):
            floors[first:last] = _decibels(floor)
        return floors

    def _ends(self, n_steps: int) -> npt.NDArray[np.int64]:
        """Return where each step ends among the powers."""
        return self._powers.size + self._step_frames * np.arange(1 - n_steps, 1)

    def _worth_a_look(self) -> npt.NDArray[np.int64]:
        """Return the steps after which it is quieter than a moment ago, by a hill's height."""
        powers = np.concatenate([np.full(_CONTOUR, _SMALLEST_POWER), self._powers])
        ends = self._ends(self._floors_dbfs.size) + _CONTOUR
        now = np.mean([powers[ends - back] for back in range(1, _NOW + 1)], axis=0)
        floors = 10 ** ((np.maximum(self._floors_dbfs + _ABOVE_FLOOR_DB, TOO_QUIET_DBFS)) / 10)
        edges = np.maximum(now * 10 ** (_EDGE_DB / 10), floors)
        smooth = _smoothed(powers)
        lately = np.lib.stride_tricks.sliding_window_view(smooth, _LATEST - _QUIET + 1).max(axis=1)
        ended = lately[ends - _LATEST - 1] > _NEARLY * edges
        higher = np.lib.stride_tricks.sliding_window_view(smooth, _CONTOUR - 2).max(axis=1)
        highest = np.maximum(higher[ends - _CONTOUR + 1], powers[ends - _CONTOUR])
        return np.flatnonzero(ended & (highest > _NEARLY * 10 ** (_HEIGHT_DB / 10) * now))

    def ended(self, after: int = 0, step: int = -1) -> Utterance | None:
        """Return the sound that ended a moment ago, or None.

        Parameters
        ----------
        after : int
            The position in the stream, in samples, before which nothing counts.
        step : int
            After which of the steps that came last.
        """
        step %= self._floors_dbfs.size
        last = int(self._ends(self._floors_dbfs.size)[step])
        powers = np.full(_CONTOUR, _SMALLEST_POWER)
        heard = self._powers[max(0, last - _CONTOUR) : last]
        powers[_CONTOUR - heard.size :] = heard
        floor = float(self._floors_dbfs[step])
        now = _decibels(powers[-_NOW:].mean())
        edge = max(now + _EDGE_DB, floor + _ABOVE_FLOOR_DB, TOO_QUIET_DBFS)
        smooth = _smoothed(powers)
        loud = np.flatnonzero(smooth > 10 ** (edge / 10))
        if not loud.size:
            return None
        end = int(loud[-1]) + 1
        if not _QUIET <= _CONTOUR - end <= _LATEST:
            return None
        breaks = np.flatnonzero(np.diff(loud) > GAP)
        start = int(loud[breaks[-1] + 1] if breaks.size else loud[0])
        start = _softly_begun(smooth, start, floor)
        first = self._frames + (step + 1) * self._step_frames - _CONTOUR
        start = max(start, -(-after // FRAME) - first, 0)
        if end - start < _SHORTEST or _decibels(smooth[start:end].max()) < now + _HEIGHT_DB:
            return None
        return Utterance((first + max(start, end - _LONGEST)) * FRAME, (first + end) * FRAME)


def _smoothed(powers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    smooth = powers.copy()
    smooth[1:-1] = (powers[:-2] + powers[1:-1] + powers[2:]) / 3
    return smooth


def _softly_begun(smooth: npt.NDArray[np.float64], start: int, floor: float) -> int:
    """Go back from a loud beginning over the soft one, as of "four", to the floor."""
    edge = 10 ** (max(floor + _SOFT_DB, TOO_QUIET_DBFS) / 10)
    quiet = np.flatnonzero(smooth[max(0, start - _SOFT_FRAMES) : start] < edge)
    return start if not quiet.size else max(0, start - _SOFT_FRAMES) + int(quiet[-1]) + 1


def _percentile(powers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the floor among the powers of each row; `np.percentile` takes ten times as long."""
    size = powers.shape[-1]
    place = (size - 1) * _FLOOR_PERCENTILE / 100
    below, above = int(place), min(int(place) + 1, size - 1)
    ordered = np.partition(powers, (below, above))
    low, high = ordered[..., below], ordered[..., above]
    return np.asarray(low + (high - low) * (place - below))


def _decibels(power: float | np.floating | npt.NDArray[np.float64]) -> float:
    return 10 * float(np.log10(power))
