"""Plays a stretch of a sound, and tells where it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.shell.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.errors import SpokenDigitsError
    from core.sound.clip import AudioClip

_TICK_MS = 16


class Output(Protocol):
    """What plays; its calls return at once."""

    def play(
        self,
        clip: AudioClip,
        on_started: Callable[[float], object],
        on_failed: Callable[[SpokenDigitsError], object],
    ) -> None:
        """Play a clip; tell the seconds until it is heard, or why it cannot be."""

    def stop_playing(self) -> None:
        """Stop what is playing."""


class Player(QObject):
    """Follows what is playing with a cursor.

    Signals: ``cursor_moved(object)`` with the second that is heard, None when nothing is;
    ``failed(str)``.
    """

    cursor_moved = Signal(object)
    failed = Signal(str)

    def __init__(self, output: Output, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._output = output
        self._start, self._length, self._heard_at = 0.0, 0.0, 0.0
        self._number = 0  # what was started before counts no more
        self._playing = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_playing(self) -> bool:
        """Whether something is playing, or about to."""
        return self._playing

    def play(self, clip: AudioClip, start: float) -> None:
        """Play a clip that was cut out from a second on."""
        self._number += 1
        number = self._number
        self._start, self._length = start, clip.seconds
        self._playing = True
        self.cursor_moved.emit(start)
        self._output.play(
            clip,
            lambda latency: self._on_started(number, latency),
            lambda error: self._on_failed(number, error),
        )

    def stop(self) -> None:
        """Play nothing."""
        if self._playing:
            self._output.stop_playing()
            self._end()

    def _on_started(self, number: int, latency: float) -> None:
        if number == self._number and self._playing:
            self._heard_at = time.monotonic() + latency
            self._timer.start()

    def _on_failed(self, number: int, error: SpokenDigitsError) -> None:
        if number == self._number and self._playing:
            self._end()
            self.failed.emit(translated(error.sentence))

    def _on_tick(self) -> None:
        heard = time.monotonic() - self._heard_at
        if heard >= self._length:
            self._end()
        else:
            self.cursor_moved.emit(self._start + max(0.0, heard))

    def _end(self) -> None:
        self._playing = False
        self._timer.stop()
        self.cursor_moved.emit(None)
