"""What listening without a button shows: the sound as it goes by, and what was said so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.widgets.answer import numeral
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from app.widgets.scrolling_sound import ScrollingSound
    from core.recognition.listening import ListeningEvent
    from core.sound.clip import FloatArray

_COPIED_MS = 2000


class ListeningView(QWidget):
    """Scrolling sound with the words marked, and under it the running transcript."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sound: ScrollingSound | None = None
        self._words: list[str] = []
        title = QLabel(self.tr("Transcript"))
        self.transcript = QPlainTextEdit()
        self.transcript.setReadOnly(True)
        self.transcript.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space records everywhere
        self.transcript.setPlaceholderText(self.tr("The digits you say appear here."))
        self.transcript.setAccessibleName(self.tr("Transcript"))
        title.setBuddy(self.transcript)
        self.copy = QPushButton(self.tr("&Copy"))
        self.copy.setToolTip(self.tr("Copy the transcript"))
        self.clear = QPushButton(self.tr("C&lear"))
        self.clear.setToolTip(self.tr("Clear the transcript; the takes stay"))
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._show_words)

        self._column = in_column(in_row((title, 1), self.copy, self.clear), self.transcript)
        self.setLayout(self._column)
        self.copy.clicked.connect(self._copy)
        self.clear.clicked.connect(self.clear_transcript)
        self._size_type()
        self._show_words()

    @property
    def sound(self) -> ScrollingSound:
        """The plots; the first time, they are made."""
        if self._sound is None:
            from app.widgets.scrolling_sound import ScrollingSound

            self._sound = ScrollingSound()
            self._sound.setAccessibleName(self.tr("The last eight seconds, words marked"))
            self._sound.set_look(self.palette(), self.font())
            self._column.insertWidget(0, self._sound, 1)
        return self._sound

    @property
    def text(self) -> str:
        """The transcript."""
        return " ".join(self._words)

    def begin(self) -> None:
        """Begin with an empty picture; the transcript goes on."""
        self.sound.clear_sound()

    def add_sound(self, samples: FloatArray, columns: FloatArray, seconds: float) -> None:
        """Show sound that came."""
        self.sound.add(samples, columns, seconds)

    def add_event(self, event: ListeningEvent) -> None:
        """Mark a word and write it."""
        word = numeral(event.label)
        self.sound.mark(event.start, event.end, word)
        self._words.append(word)
        self._show_words()

    def clear_transcript(self) -> None:
        """Begin the transcript anew."""
        self._words.clear()
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_type()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._sound:
            self._sound.set_look(self.palette(), self.font())

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)
        self.copy.setText(self.tr("Copied"))
        self._copied.start()

    def _show_words(self) -> None:
        self.transcript.setPlainText(self.text)
        bar = self.transcript.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.transcript.setAccessibleDescription(self.text)
        self.copy.setText(self.tr("&Copy"))
        for button in (self.copy, self.clear):
            button.setEnabled(bool(self._words))

    def _size_type(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 2.2)
        self.transcript.setFont(font)
        self.transcript.setFixedHeight(2 * self.transcript.fontMetrics().lineSpacing() + 16)
        width = self.copy.fontMetrics().horizontalAdvance(self.tr("Copied")) + 32
        self.copy.setMinimumWidth(width)
