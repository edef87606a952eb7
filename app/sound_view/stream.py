"""The last ten minutes of a stream: its sound, and the picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.sound.capture import RollingBuffer
from core.sound.clip import SAMPLE_RATE
from core.sound.picture import COLUMN_SECONDS, STREAM_FEATURES, Picture

if TYPE_CHECKING:
    from core.sound.clip import FloatArray

KEPT_SECONDS = 600
_KEPT_COLUMNS = round(KEPT_SECONDS / COLUMN_SECONDS) + 1  # the first is seen in part
_ROWS, _HOP = STREAM_FEATURES.n_mels, STREAM_FEATURES.hop_length
_MOST_COLUMNS = 2048  # that are drawn; no screen has more
_BEHIND = STREAM_FEATURES.n_fft / SAMPLE_RATE / 2 - COLUMN_SECONDS
"""A column shows the 32 ms before its end: its middle lies so far before its beginning."""
_GAP_SECONDS = 1.0  # between two parts
_NOTHING_DB = -200.0
_QUIETEST_TOP_DB = -20.0  # so that the hum of a quiet room stays dark


class StreamedSound:
    """Keeps samples at 8 kHz, and the columns of their spectrogram."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """How much has come."""
        self._samples = RollingBuffer(KEPT_SECONDS * SAMPLE_RATE)
        self._columns = RollingBuffer(_KEPT_COLUMNS * _ROWS)  # one after another
        self._top = _QUIETEST_TOP_DB
        self._begun = 0  # the sample that the last part begins with

    @property
    def first(self) -> float:
        """The second from which on it is kept."""
        return max(0.0, self.seconds - KEPT_SECONDS)

    def begin(self) -> float:
        """Begin a new part, after a gap where there is one before; return its first second."""
        if self._samples.end > self._begun:
            rest = -self._samples.end % _HOP
            self._samples.append(np.zeros(round(_GAP_SECONDS * SAMPLE_RATE) + rest, np.float32))
            n_values = self._samples.end // _HOP * _ROWS - self._columns.end
            self._columns.append(np.full(n_values, _NOTHING_DB, np.float32))
            self._begun = self._samples.end
            self.seconds = self._begun / SAMPLE_RATE
        return self._begun / SAMPLE_RATE

    def add(self, samples: FloatArray, columns: FloatArray) -> None:
        """Take in what came: samples at 8 kHz, and columns in dB."""
        self._samples.append(samples)
        self._columns.append(columns.T.ravel())
        self.seconds = self._samples.end / SAMPLE_RATE
        self._top = max(self._top, float(columns.max(initial=_QUIETEST_TOP_DB)))

    def samples(self, start: float, stop: float) -> tuple[FloatArray, float]:
        """Return what is kept between two seconds, and the second that it begins at."""
        first = max(round(start * SAMPLE_RATE), round(self.first * SAMPLE_RATE))
        part = self._samples.between(first, round(stop * SAMPLE_RATE))
        return part, first / SAMPLE_RATE

    def picture(self, start: float, stop: float) -> Picture:
        """Draw what is kept between two seconds, in dB below the loudest so far."""
        oldest = self._columns.end // _ROWS - _KEPT_COLUMNS
        first = max(int(start / COLUMN_SECONDS), oldest, 0)
        last = max(int(stop / COLUMN_SECONDS) + 2, first)
        seen = self._columns.between(first * _ROWS, last * _ROWS).reshape(-1, _ROWS)
        step = max(1, -(-len(seen) // _MOST_COLUMNS))
        if step > 1:
            seen = np.maximum.reduceat(seen, np.arange(0, len(seen), step), axis=0)
        seen -= np.float32(self._top)
        middle = first * COLUMN_SECONDS - _BEHIND + (step - 1) * COLUMN_SECONDS / 2
        return Picture(seen.T, STREAM_FEATURES, "mel", middle, step * COLUMN_SECONDS)
