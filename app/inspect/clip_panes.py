"""The clip that is looked at, and above it the one that it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QWidget

from app.shell.translation import answer_text, percent, translated
from app.sound_view.inspector import SoundInspector
from app.sound_view.marks import Marks, WordMark
from app.sound_view.picture import ViewSettings
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.inspect.clips import InspectedClip
    from app.sound_view.navigation import Navigation
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
    ``frequency_zoom_wanted(float, float)``, ``fit_wanted()``, ``clicked(float)`` at a second.
    """

    marked = Signal()
    frequency_zoom_wanted = Signal(float, float)
    fit_wanted = Signal()
    clicked = Signal(float)

    def __init__(self, look: Navigation, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._cursor: float | None = None
        self._selects = True
        self._words: tuple[WordMark, ...] = ()
        self.pinned, self.main = ClipPane("A", ""), ClipPane("B", hint)
        self.pinned.hide()
        self._panes = (self.pinned, self.main)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(_PATIENCE_MS)
        self._opening.timeout.connect(self._show_opening)
        self._opening_name = ""
        self.setLayout(in_column(*((pane, 1) for pane in self._panes), spacing=4))
        for pane in self._panes:
            pane.plots_made.connect(self._connect)
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

    def set_words(self, words: tuple[WordMark, ...]) -> None:
        """Mark the words of the clip that is looked at, in seconds of its file."""
        self._words = words
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
        cursor = look.position if self._cursor is None else self._cursor
        for pane in self._filled():
            clip = pane.clip
            assert clip is not None
            start = clip.take_start
            words = self._words if pane is self.main else ()
            if clip.offset:
                at = clip.offset
                words = tuple(WordMark(w.start - at, w.end - at, w.text) for w in words)
            marks = Marks(
                crosshair=look.seconds,
                cursor=cursor if pane is self.main else None,
                span=look.span,
                second=(start, start + 1.0) if clip.clip.seconds > 1 else None,
                words=words,
            )
            pane.plots.set_marks(marks, look.hertz)
        self.marked.emit()

    def _connect(self, plots: SoundInspector) -> None:
        plots.follow(self._look)
        plots.set_selects(self._selects)
        plots.frequency_zoom_wanted.connect(self.frequency_zoom_wanted)
        plots.fit_wanted.connect(self.fit_wanted)
        plots.clicked.connect(self.clicked)


class ClipPane(QWidget):
    """Shows a clip, or a sentence in its place; the plots are made when they are needed.

    Signals: ``plots_made(SoundInspector)``.
    """

    plots_made = Signal(object)

    def __init__(self, letter: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clip: InspectedClip | None = None
        self._plots: SoundInspector | None = None
        self._settings = ViewSettings()
        self._letter = QLabel(letter)
        self._letter.hide()
        self._name, self._answer, self._note = _Elided(), QLabel(), _Elided()
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        bold = QFont(self.font())
        bold.setBold(True)
        for label in (self._letter, self._answer):
            label.setFont(bold)
        self._sentence = QLabel(hint)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setAutoFillBackground(True)
        self._sentence.setBackgroundRole(QPalette.ColorRole.Base)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._sentence)

        words = (self._letter, self._answer, (self._name, 2), (self._note, 3))
        line = in_row(*words, spacing=16, margins=(8, 0, 8, 0))
        self.setLayout(in_column(line, (self._pages, 1), spacing=4))
        self._size_answer()

    @property
    def plots(self) -> SoundInspector:
        """The plots; the first time, they are made."""
        if self._plots is None:
            self._plots = SoundInspector()
            self._plots.setAccessibleName(self.tr("Waveform and spectrogram"))
            self._pages.addWidget(self._plots)
            self._colour()
            self.plots_made.emit(self._plots)
        return self._plots

    @property
    def text(self) -> str:
        """What is said of the clip, or instead of it."""
        if self._pages.currentWidget() is self._sentence:
            return self._sentence.text()
        return f"{self._name.text()}: {self._answer.text()}. {self._note.text()}"

    def set_letter_visible(self, visible: bool) -> None:
        """Name the pane by its letter when there are two."""
        self._letter.setVisible(visible)

    def show_clip(self, clip: InspectedClip) -> None:
        """Show a clip."""
        self.clip = clip
        self.plots.set_sound(clip.clip, clip.picture, clip.offset)
        self._name.setText(clip.item.name)
        prediction, note = clip.prediction, clip.note
        if prediction is None:
            self._answer.setText(self.tr("no model"))
        elif prediction.problem is not None and prediction.sentence is not None:
            self._answer.setText(self.tr("no answer"))
            note = translated(prediction.sentence)
        else:
            self._answer.setText(f"{answer_text(prediction)}  {percent(prediction.confidence)}")
        self._note.setText(note[:1].upper() + note[1:])
        self._note.setVisible(bool(note))
        self._pages.setCurrentWidget(self.plots)
        self._describe()

    def set_answer(self, text: str) -> None:
        """Show another answer to what is shown."""
        self._answer.setText(text)
        self._describe()

    def show_sentence(self, sentence: str, name: str = "") -> None:
        """Show a sentence in place of a clip."""
        self.clip = None
        self._name.setText(name)
        self._answer.clear()
        self._note.setText("")
        self._sentence.setText(sentence)
        self._pages.setCurrentWidget(self._sentence)

    def set_settings(self, settings: ViewSettings) -> None:
        """Use the colours of the settings."""
        before, self._settings = self._settings, settings
        same = (before.colour_map, before.levels, before.is_z_score) == (
            settings.colour_map,
            settings.levels,
            settings.is_z_score,
        )
        if self._plots is not None and not same:
            self._colour()

    def _colour(self) -> None:
        settings = self._settings
        unit = (
            self.tr("Standard deviations") if settings.is_z_score else self.tr("dB below maximum")
        )
        self.plots.set_colours(settings.colour_map, settings.levels, unit)
        self.plots.set_look(self.palette(), self.font())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            if self._plots is not None:
                self._plots.set_look(self.palette(), self.font())
            self._size_answer()

    def _size_answer(self) -> None:
        """Keep the name where it is, whatever the answer."""
        bold = QFont(self.font())
        bold.setBold(True)
        self._letter.setFont(bold)
        self._answer.setFont(bold)
        self._answer.setMinimumWidth(self._answer.fontMetrics().horizontalAdvance("seven  100 %"))

    def _describe(self) -> None:
        self.plots.setAccessibleDescription(self.text)


class _Elided(QLabel):
    """A line that is cut in the middle where there is no room for it."""

    def __init__(self) -> None:
        super().__init__()
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show a text, and all of it in the tooltip."""
        self._full = text
        self.setToolTip(text)
        self._elide()

    def text(self) -> str:
        """Return the whole text."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        super().setText(self.fontMetrics().elidedText(self._full, middle, self.width()))
