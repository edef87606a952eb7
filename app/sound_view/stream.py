"""The last ten minutes of a stream, to be looked at while it goes on and when it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.sound.capture import RollingBuffer
from core.sound.clip import SAMPLE_RATE
from core.sound.picture import COLUMN_SECONDS, STREAM_FEATURES, Picture

if TYPE_CHECKING:
    from core.sound.clip import FloatArray

KEPT_SECONDS = 600
_KEPT_COLUMNS = round(KEPT_SECONDS / COLUMN_SECONDS)
_MOST_COLUMNS = 2048  # that are drawn; no screen has more
_BEHIND = STREAM_FEATURES.n_fft / SAMPLE_RATE / 2 - COLUMN_SECONDS
"""A column shows the 32 ms before its end: its middle lies so far before its beginning."""
_QUIETEST_TOP_DB = -20.0  # so that the hum of a quiet room stays dark


class StreamedSound:
    """Keeps samples at 8 kHz, and the columns of their spectrogram."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """How much has come."""
        self._samples = RollingBuffer(KEPT_SECONDS * SAMPLE_RATE)
        self._columns = np.empty((STREAM_FEATURES.n_mels, 2 * _KEPT_COLUMNS), np.float32)
        self._filled = 0
        self._come = 0  # columns in all
        self._top = _QUIETEST_TOP_DB

    @property
    def first(self) -> float:
        """The second from which on it is kept."""
        return max(0.0, self.seconds - KEPT_SECONDS)

    def add(self, samples: FloatArray, columns: FloatArray) -> None:
        """Take in what came: samples at 8 kHz, and columns in dB."""
        self._samples.append(samples)
        self.seconds = self._samples.end / SAMPLE_RATE
        columns = columns[:, -_KEPT_COLUMNS:]
        n_columns = columns.shape[1]
        if self._filled + n_columns > self._columns.shape[1]:
            kept = _KEPT_COLUMNS - n_columns
            self._columns[:, :kept] = self._columns[:, self._filled - kept : self._filled].copy()
            self._filled = kept
        self._columns[:, self._filled : self._filled + n_columns] = columns
        self._filled += n_columns
        self._come += n_columns
        self._top = max(self._top, float(columns.max(initial=_QUIETEST_TOP_DB)))

    def samples(self, start: float, stop: float) -> tuple[FloatArray, float]:
        """Return what is kept between two seconds, and the second that it begins at."""
        first = max(round(start * SAMPLE_RATE), round(self.first * SAMPLE_RATE))
        part = self._samples.between(first, round(stop * SAMPLE_RATE))
        return part, first / SAMPLE_RATE

    def picture(self, start: float, stop: float) -> Picture:
        """Draw what is kept between two seconds, in dB below the loudest so far."""
        oldest = self._come - self._filled
        first = max(int(start / COLUMN_SECONDS), oldest, 0)
        last = min(max(int(stop / COLUMN_SECONDS) + 2, first), self._come)
        seen = self._columns[:, first - oldest : last - oldest] - np.float32(self._top)
        step = max(1, -(-seen.shape[1] // _MOST_COLUMNS))
        if step > 1:
            seen = np.maximum.reduceat(seen, np.arange(0, seen.shape[1], step), axis=1)
        middle = first * COLUMN_SECONDS - _BEHIND + (step - 1) * COLUMN_SECONDS / 2
        return Picture(seen, STREAM_FEATURES, "mel", middle, step * COLUMN_SECONDS)
