"""A recording of any length as a stream at 8 kHz, as fast as it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.sound.clip import SAMPLE_RATE, may_be_sound
from core.sound.decoder import opened, without_samples
from core.sound.intake import Sound
from core.sound.sound_file import never, not_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.sound.clip import FloatArray
    from core.sound.decoder import Piece

_TENTH = SAMPLE_RATE // 10


class RecordingStream:
    """Reads a file from its beginning to its end; memory stays small whatever its length.

    It is resampled by soxr, which holds back what it has: nobody waits for the sound of a file.

    Parameters
    ----------
    path : Path
    should_stop : callable
        Asked all the while; when it says so, the reading ends with `ReadingStopped`.
    """

    def __init__(self, path: Path, should_stop: Callable[[], bool] = never) -> None:
        self.path = path
        self.claimed_seconds = 0.0
        """How long the file says it is; known with the first sound, and perhaps not true."""
        self.breaks_off = False
        """Whether there was more, that could not be read; known at the end."""
        self._should_stop = should_stop
        self._clipped: dict[int, float] = {}  # seconds, by the tenth of a second
        self._made = 0

    def sounds(self) -> Iterator[Sound]:
        """Yield a few seconds at a time; where it is clipped, a tenth of a second.

        Raises
        ------
        SoundFileError
            When there is no such file, or it holds no readable sound; perhaps in the middle.
        ReadingStopped
        """
        with opened(self.path) as decoder:
            self.claimed_seconds = decoder.claimed_seconds
            resample = _resampler(decoder.rate)
            length = 0
            for piece in decoder.pieces(self._should_stop):
                if not may_be_sound(piece.samples):
                    raise not_numbers(self.path)
                self._note_clipped(piece, length, decoder.rate)
                length += piece.samples.size
                yield from self._cut(resample(piece.samples, False))
            if not length:
                raise without_samples(self.path)
            yield from self._cut(resample(np.zeros(0, np.float32), True))
            self.breaks_off = decoder.breaks_off

    def _note_clipped(self, piece: Piece, start: int, rate: int) -> None:
        if not piece.clipped.any():
            return
        places = np.flatnonzero(piece.clipped)
        tenths, counts = np.unique((start + places) * 10 // rate, return_counts=True)
        for tenth, count in zip(tenths.tolist(), counts.tolist(), strict=True):
            self._clipped[tenth] = self._clipped.get(tenth, 0.0) + count / rate

    def _cut(self, samples: FloatArray) -> Iterator[Sound]:
        while samples.size:
            last = self._made + samples.size
            first = min((t for t in self._clipped if t * _TENTH < last), default=None)
            if first is None:
                size, seconds = samples.size, 0.0
            elif first * _TENTH > self._made:
                size, seconds = first * _TENTH - self._made, 0.0
            else:
                size = max(1, (first + 1) * _TENTH - self._made)
                seconds = self._clipped.pop(first)
            part, samples = samples[:size], samples[size:]
            self._made += part.size
            yield Sound(part, seconds)


def _resampler(rate: int) -> Callable[[FloatArray, bool], FloatArray]:
    """Return what makes 8 kHz of the next samples; the last ones end it."""
    if rate == SAMPLE_RATE:
        return lambda samples, _last: samples
    import soxr

    stream = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32", quality="HQ")
    return lambda samples, last: np.asarray(stream.resample_chunk(samples, last), np.float32)
