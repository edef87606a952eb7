"""The answer: the digit in very large type, or a sentence why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.shell.sentences import why_no_answer

if TYPE_CHECKING:
    from core.recognition.recogniser import Prediction

_NUMERALS = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
}


def numeral(word: str) -> str:
    """Return the numeral of a digit's word; another word as it is."""
    return _NUMERALS.get(word, word)


class AnswerCard(QFrame):
    """One of three things in the same place: a hint, an answer, or a sentence."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._digit, self._word, self._figures = QLabel(), QLabel(), QLabel()
        self._note, self._sentence = QLabel(), QLabel(hint)
        for label in (self._digit, self._word, self._figures, self._note, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setWordWrap(True)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._figures.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)

        answer = QWidget()
        lines = QVBoxLayout(answer)
        lines.setContentsMargins(8, 0, 8, 8)
        lines.setSpacing(0)
        lines.addStretch()
        lines.addWidget(self._digit)
        lines.addWidget(self._word)
        lines.addSpacing(4)
        lines.addWidget(self._figures)
        lines.addWidget(self._note)
        lines.addStretch()
        self._pages = QStackedWidget()
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._pages.addWidget(self._sentence)
        self._pages.addWidget(answer)
        box = QVBoxLayout(self)
        box.addWidget(self._pages)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Answer"))
        self._size_type()

    @property
    def text(self) -> str:
        """What the card says, as words."""
        if self._pages.currentIndex() == 0:
            return self._sentence.text()
        return f"{self._word.text()}, {self._figures.text()}"

    def set_prediction(self, prediction: Prediction, note: str | None = None) -> None:
        """Show an answer, or why there is none, and what was done to the sound before."""
        sentence = why_no_answer(prediction)
        if sentence is not None:
            self.set_sentence(sentence)
            return
        word = prediction.label or ""
        self._digit.setText(_NUMERALS.get(word, word[:1].upper()))
        self._word.setText(word)
        confidence = f"{prediction.confidence:.0%}".replace("%", " %")
        self._figures.setText(
            self.tr("{confidence} sure · {milliseconds:.1f} ms").format(
                confidence=confidence, milliseconds=prediction.milliseconds
            )
        )
        self._note.setText(note[:1].upper() + note[1:] + "." if note else "")
        self._pages.setCurrentIndex(1)
        self.setAccessibleDescription(self.text)

    def set_sentence(self, sentence: str) -> None:
        """Show a sentence instead of an answer."""
        self._sentence.setText(sentence)
        self._pages.setCurrentIndex(0)
        self.setAccessibleDescription(self.text)

    def sizeHint(self) -> QSize:
        """Ask for no more than what is needed, however large the digit has become."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def hasHeightForWidth(self) -> bool:
        """Tell that the sentences wrap within the room there is."""
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_type()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the digit fill what the words leave."""
        super().resizeEvent(event)
        self._size_digit()

    def _size_type(self) -> None:
        for label, factor in ((self._word, 2.0), (self._sentence, 1.15)):
            font = QFont(self.font())
            font.setPointSizeF(self.font().pointSizeF() * factor)
            label.setFont(font)
        line = self.fontMetrics().height()
        self._words_height = self._word.fontMetrics().height() + 2 * line + 24
        self.setMinimumHeight(self._words_height + round(5.5 * line))
        self._size_digit()

    def _size_digit(self) -> None:
        room = self.height() - self._words_height - 24
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(max(self.fontMetrics().height(), min(int(room * 0.8), self.width() // 2)))
        self._digit.setFont(font)
