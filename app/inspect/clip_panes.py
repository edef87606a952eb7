"""The clip that is looked at, and above it the one that it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from app.shell.translation import answer_text, percent, translated
from app.sound_view.marks import WordMark
from app.sound_view.pane import SoundPane
from app.sound_view.tools import SoundTools
from app.widgets.elided import Elided
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from app.inspect.clips import InspectedClip
    from app.sound_view.inspector import SoundInspector
    from app.sound_view.navigation import Navigation
    from app.sound_view.picture import ViewSettings
    from core.sound.picture import Picture

_PATIENCE_MS = 250


class Panes(QWidget):
    """Two panes that look where the navigation says, at the same scale and in the same colours.

    Parameters
    ----------
    look : Navigation
    hint : str
        What stands there while there is no clip.
    """

    def __init__(self, look: Navigation, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words: tuple[WordMark, ...] = ()
        self.pinned, self.main = ClipPane(look, "A", ""), ClipPane(look, "B", hint)
        self.pinned.hide()
        self._panes = (self.pinned, self.main)
        self.tools = SoundTools(look, [pane.sound for pane in self._panes])
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(_PATIENCE_MS)
        self._opening.timeout.connect(self._show_opening)
        self._opening_name = ""
        self.setLayout(in_column(*((pane, 1) for pane in self._panes), spacing=4))

    def show_clip(self, clip: InspectedClip) -> None:
        """Look at a clip."""
        self._opening.stop()
        self._fill(self.main, clip)
        self.set_words(self._words)

    def show_sentence(self, sentence: str, name: str = "") -> None:
        """Say something in place of the clip."""
        self._opening.stop()
        self.main.show_sentence(sentence, name)
        self.tools.set_enabled(False)

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
            self.tools.refresh()

    def refine(self, clip: InspectedClip, picture: Picture) -> None:
        """Show a stretch of a clip more closely."""
        for pane in self._panes:
            if pane.clip is clip:
                pane.plots.spectrogram.set_picture(picture)
        self.tools.refresh()

    def set_settings(self, settings: ViewSettings) -> None:
        """Use the colours of the settings."""
        for pane in self._panes:
            pane.sound.set_settings(settings)

    def set_cursor(self, seconds: float | None) -> None:
        """Mark what is playing."""
        self.main.sound.mark(cursor=seconds)
        self.tools.set_playing(seconds is not None)

    def set_words(self, words: tuple[WordMark, ...]) -> None:
        """Mark the words of the clip that is looked at, in seconds of its file."""
        self._words = words
        at = self._look.offset
        if at:
            words = tuple(WordMark(w.start - at, w.end - at, w.text) for w in words)
        self.main.sound.mark(words=words)

    def _fill(self, pane: ClipPane, clip: InspectedClip) -> None:
        pane.show_clip(clip)
        self._share_scale()
        self.tools.set_enabled(self.main.clip is not None)

    def _show_opening(self) -> None:
        self.show_sentence(self.tr("Opening…"), self._opening_name)

    def _share_scale(self) -> None:
        """Draw both waveforms to the same scale when two are compared."""
        plots = [pane.plots.waveform for pane in self._panes if pane.clip is not None]
        scale = max(plot.own_scale for plot in plots) if len(plots) == 2 else 0.0
        for plot in plots:
            plot.set_least_scale(scale)


class ClipPane(QWidget):
    """Shows a clip and what is said of it, or a sentence in its place."""

    def __init__(
        self, look: Navigation, letter: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.clip: InspectedClip | None = None
        self.sound = SoundPane(look, hint, takes_keys=True)
        self._letter, self._answer = QLabel(letter), QLabel()
        self._name, self._note = Elided(Qt.TextElideMode.ElideMiddle), Elided()
        self._letter.hide()
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words = (self._letter, self._answer, (self._name, 2), (self._note, 3))
        line = in_row(*words, spacing=16, margins=(8, 0, 8, 0))
        self.setLayout(in_column(line, (self.sound, 1), spacing=4))
        self._size_answer()

    @property
    def plots(self) -> SoundInspector:
        """The plots; the first time, they are made."""
        return self.sound.plots

    @property
    def text(self) -> str:
        """What is said of the clip, or instead of it."""
        if not self.sound.is_filled:
            return self.sound.sentence
        return f"{self._name.text()}: {self._answer.text()}. {self._note.text()}"

    def set_letter_visible(self, visible: bool) -> None:
        """Name the pane by its letter when there are two."""
        self._letter.setVisible(visible)

    def show_clip(self, clip: InspectedClip) -> None:
        """Show a clip."""
        self.clip = clip
        self.plots.set_sound(clip.clip, clip.picture, clip.offset)
        start = clip.take_start
        self.sound.mark(second=(start, start + 1.0) if clip.clip.seconds > 1 else None)
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
        self.sound.show_plots()
        self.sound.describe(self.text)

    def set_answer(self, text: str) -> None:
        """Show another answer to what is shown."""
        self._answer.setText(text)
        self.sound.describe(self.text)

    def show_sentence(self, sentence: str, name: str = "") -> None:
        """Show a sentence in place of a clip."""
        self.clip = None
        self._name.setText(name)
        self._answer.clear()
        self._note.setText("")
        self.sound.say(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_answer()

    def _size_answer(self) -> None:
        """Keep the name where it is, whatever the answer."""
        bold = QFont(self.font())
        bold.setBold(True)
        self._letter.setFont(bold)
        self._answer.setFont(bold)
        self._answer.setMinimumWidth(self._answer.fontMetrics().horizontalAdvance("seven  100 %"))
