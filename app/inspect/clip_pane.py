"""One clip: what it is called, what the model says, and its plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.inspect.view_settings import ViewSettings
from app.shell.sentences import problem_sentence
from app.widgets.sound_inspector import SoundInspector

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.inspect.clips import InspectedClip


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

        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(16)
        row.addWidget(self._letter)
        row.addWidget(self._answer)
        row.addWidget(self._name, 2)
        row.addWidget(self._note, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
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
        self.plots.set_sound(clip.clip, clip.picture)
        self._name.setText(clip.item.name)
        prediction = clip.prediction
        note = clip.note
        if prediction is None:
            self._answer.setText(self.tr("no model"))
        elif prediction.problem is not None:
            self._answer.setText(self.tr("no answer"))
            note = problem_sentence(prediction.problem)
        else:
            sure = f"{prediction.confidence:.0%}".replace("%", " %")
            answer = prediction.label or self.tr("unsure, {0}?").format(prediction.best)
            self._answer.setText(f"{answer}  {sure}")
        self._note.setText(note[:1].upper() + note[1:])
        self._note.setVisible(bool(note))
        self._pages.setCurrentWidget(self.plots)
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
