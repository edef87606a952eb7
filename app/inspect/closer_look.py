"""What depends on where one looks: the close picture of a long sound, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.sound_view.picture import draw
from core.sound.levels import measure_span

if TYPE_CHECKING:
    from app.inspect.clips import InspectedClip
    from app.shell.task_runner import TaskRunner
    from app.sound_view.navigation import Navigation
    from core.sound.levels import Span
    from core.sound.picture import Picture, PictureConfig

_MARGIN = 1.0  # of what is visible, drawn on either side of it
_COARSE = 1.01


class CloserLook(QObject):
    """Follows the navigation: draws long sounds closely, measures the span, or what is visible.

    Signals
    -------
    picture_refined(InspectedClip, Picture)
        A stretch of a long sound.
    measured(object, object)
        The Span of the clip that is looked at, and that of the pinned one; each may be None.
    """

    picture_refined = Signal(object, object)
    measured = Signal(object, object)

    def __init__(self, runner: TaskRunner, navigation: Navigation, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._navigation = navigation
        self._clips: list[InspectedClip | None] = [None, None]
        self._config: PictureConfig | None = None
        navigation.range_changed.connect(self._look)
        navigation.span_changed.connect(self._measure)

    def look_at(
        self, shown: InspectedClip | None, pinned: InspectedClip | None, config: PictureConfig
    ) -> None:
        """Follow other clips, or other settings."""
        self._clips, self._config = [shown, pinned], config
        self._look()

    def _look(self) -> None:
        for number, clip in enumerate(self._clips):
            if clip is not None and self._is_coarse(clip.picture):
                self._refine(f"refine {number}", clip)
        self._measure()

    @staticmethod
    def _is_coarse(picture: Picture) -> bool:
        config = picture.config
        wanted = config.hop_length / config.sample_rate
        return picture.seconds_per_column > _COARSE * wanted

    def _refine(self, kind: str, clip: InspectedClip) -> None:
        look, config = self._navigation, self._config
        margin = _MARGIN * look.visible
        start, stop = look.start - margin, look.stop + margin
        if config is None:
            return
        self._runner.submit_newest(
            kind,
            lambda: draw(clip.clip, config, start, stop, clip.picture),
            lambda picture: self._on_refined(clip, picture),
        )

    def _on_refined(self, clip: InspectedClip, picture: Picture) -> None:
        if clip in self._clips and picture.config == clip.picture.config:
            self.picture_refined.emit(clip, picture)

    def _measure(self) -> None:
        look = self._navigation
        start, stop = look.span or (look.start, look.stop)
        sounds = [clip.clip if clip is not None else None for clip in self._clips]

        def work() -> list[Span | None]:
            return [
                measure_span(sound, start, stop)
                if sound is not None and start < sound.seconds
                else None
                for sound in sounds
            ]

        self._runner.submit_newest("measure", work, lambda spans: self.measured.emit(*spans))
