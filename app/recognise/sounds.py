"""The sounds of takes that are not in memory: read when they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.library.clips import picture_of, sound_of
from app.library.model import thumbnail
from app.shell.task_runner import TaskRunner
from app.shell.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.library.clips import Clip
    from core.errors import SpokenDigitsError
    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram


class TakeSounds(QObject):
    """Reads sounds off the GUI thread; pictures of rows one after another, behind all else.

    Signals
    -------
    drawn(Clip, QImage)
        The small picture of a take.
    unreadable(Clip)
        Its `problem` says why.
    """

    drawn = Signal(object, object)
    unreadable = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = TaskRunner("recognition-sounds", self)
        self._to_draw: list[Clip] = []
        self._drawing = False

    def read(self, what_for: str, take: Clip, on_read: Callable[[AudioClip], object]) -> None:
        """Read the sound of a take; of two for the same purpose only the newest counts."""
        self._runner.submit_newest(
            what_for,
            lambda: sound_of(take),
            on_read,
            lambda error: self._on_unreadable(take, error),
        )

    def draw(self, takes: Iterable[Clip]) -> None:
        """Make the pictures of these takes, and of no others any more."""
        self._to_draw = list(takes)
        if not self._drawing:
            self._draw_next()

    def close(self) -> None:
        """Wait for what is being read."""
        self._to_draw.clear()
        self._runner.close()

    def _draw_next(self) -> None:
        self._drawing = bool(self._to_draw)
        if not self._drawing:
            return
        take = self._to_draw.pop(0)

        def on_drawn(picture: MelSpectrogram) -> None:
            self.drawn.emit(take, thumbnail(picture))
            self._draw_next()

        def on_failed(error: SpokenDigitsError) -> None:
            self._on_unreadable(take, error)
            self._draw_next()

        self._runner.submit(lambda: picture_of(sound_of(take)), on_drawn, on_failed)

    def _on_unreadable(self, take: Clip, error: SpokenDigitsError) -> None:
        take.problem = translated(error.sentence)
        self.unreadable.emit(take)
