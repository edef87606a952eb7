"""The clip that is looked at, and above it the one that it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.inspect.clip_pane import ClipPane
from app.widgets.plot_marks import Marks

if TYPE_CHECKING:
    from app.inspect.clips import InspectedClip
    from app.inspect.navigation import Navigation
    from app.inspect.view_settings import ViewSettings
    from app.widgets.sound_inspector import SoundInspector
    from core.sound.clip import AudioClip
    from core.sound.picture import Picture

_PATIENCE_MS = 250


class Panes(QWidget):
    """Two panes that look where the navigation says, at the same scale and in the same colours.

    Parameters
    ----------
    look : Navigation
    hint : str
        What stands there while there is no clip.

    Signals: ``marked()`` when the crosshair, or what is under it, has changed;
    ``frequency_zoom_wanted(float, float)``.
    """

    marked = Signal()
    frequency_zoom_wanted = Signal(float, float)

    def __init__(self, look: Navigation, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._cursor: float | None = None
        self._selects = False
        self.pinned, self.main = ClipPane("A", ""), ClipPane("B", hint)
        self.pinned.hide()
        self._panes = (self.pinned, self.main)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(_PATIENCE_MS)
        self._opening.timeout.connect(self._show_opening)
        self._opening_name = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for pane in self._panes:
            column.addWidget(pane, 1)
            pane.plots_made.connect(self._connect)
        look.range_changed.connect(self._on_range_changed)
        look.crosshair_changed.connect(self._mark)
        look.span_changed.connect(self._mark)

    @property
    def sounds(self) -> list[tuple[AudioClip, Picture]]:
        """What is seen, from top to bottom."""
        clips = [(pane.clip, pane.plots.spectrogram.picture) for pane in self._filled()]
        return [(clip.clip, picture or clip.picture) for clip, picture in clips if clip is not None]

    def show_clip(self, clip: InspectedClip) -> None:
        """Look at a clip."""
        self._fill(self.main, clip)

    def show_sentence(self, sentence: str, name: str = "") -> None:
        """Say something in place of the clip."""
        self._opening.stop()
        self.main.show_sentence(sentence, name)
        self._mark()

    def show_opening(self, name: str) -> None:
        """Say that a clip is being opened, if it takes long enough to be noticed."""
        self._opening_name = name
        self._opening.start()

    def show_pinned(self, clip: InspectedClip | None) -> None:
        """Compare with a clip, or with none."""
        self.pinned.setVisible(clip is not None)
        for pane in self._panes:
            pane.set_letter_visible(clip is not None)
        if clip is not None:
            self._fill(self.pinned, clip)
        else:
            self.pinned.show_sentence("")
            self._share_scale()
            self._mark()

    def refine(self, clip: InspectedClip, picture: Picture) -> None:
        """Show a stretch of a clip more closely."""
        for pane in self._panes:
            if pane.clip is clip:
                pane.plots.spectrogram.set_picture(picture)
        self._mark()

    def set_settings(self, settings: ViewSettings) -> None:
        """Use the colours of the settings."""
        for pane in self._panes:
            pane.set_settings(settings)

    def set_cursor(self, seconds: float | None) -> None:
        """Mark what is playing."""
        self._cursor = seconds
        self._mark()

    def set_selects(self, selects: bool) -> None:
        """Let dragging select."""
        self._selects = selects
        for pane in self._filled():
            pane.plots.set_selects(selects)

    def _filled(self) -> list[ClipPane]:
        return [pane for pane in self._panes if pane.clip is not None]

    def _fill(self, pane: ClipPane, clip: InspectedClip) -> None:
        if pane is self.main:
            self._opening.stop()
        pane.show_clip(clip)
        pane.plots.set_range(self._look.start, self._look.stop)
        pane.plots.set_selects(self._selects)
        self._share_scale()
        self._mark()

    def _show_opening(self) -> None:
        self.show_sentence(self.tr("Opening…"), self._opening_name)

    def _share_scale(self) -> None:
        """Draw both waveforms to the same scale when two are compared."""
        plots = [pane.plots.waveform for pane in self._filled()]
        scale = max(plot.own_scale for plot in plots) if len(plots) == 2 else 0.0
        for plot in plots:
            plot.set_least_scale(scale)

    def _mark(self) -> None:
        look = self._look
        for pane in self._filled():
            clip = pane.clip
            assert clip is not None
            start = clip.take_start
            marks = Marks(
                crosshair=look.seconds,
                cursor=self._cursor if pane is self.main else None,
                span=look.span,
                second=(start, start + 1.0) if clip.clip.seconds > 1 else None,
            )
            pane.plots.set_marks(marks, look.hertz)
        self.marked.emit()

    def _on_range_changed(self, start: float, stop: float) -> None:
        for pane in self._filled():
            pane.plots.set_range(start, stop)

    def _connect(self, plots: SoundInspector) -> None:
        look = self._look
        plots.zoom_wanted.connect(look.zoom)
        plots.frequency_zoom_wanted.connect(self.frequency_zoom_wanted)
        plots.pan_wanted.connect(look.pan)
        plots.pointed.connect(look.point)
        plots.span_wanted.connect(look.select)
        plots.span_cleared.connect(look.clear_span)
        plots.fit_wanted.connect(look.fit)
