"""The answer: in very large type, with all probabilities, and from which confidence it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.shell.theme import meaning_colours, write_in
from app.shell.translation import fill, is_certain, label_text, percent, translated
from app.widgets.layout import in_column, in_page, in_row
from core.labels import DIGITS, SILENCE, UNKNOWN

if TYPE_CHECKING:
    from core.recognition.bundle import ModelMetadata
    from core.recognition.recogniser import Prediction

_GAP = 3  # pixels between two bars


def numeral(word: str) -> str:
    """Return the numeral of a digit's word; another word as it is."""
    return str(DIGITS.index(word)) if word in DIGITS else word


class AnswerCard(QFrame):
    """In the same place: an answer, which looks as sure as it is, or a sentence instead.

    Below it stands what went wrong since, if anything did.
    """

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prediction: Prediction | None = None
        self._digit, self._word, self._figures = QLabel(), QLabel(), QLabel()
        self._note, self._sentence, self._failure = QLabel(), QLabel(hint), QLabel()
        for label in (self._digit, self._word, self._figures, self._note, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._word, self._note, self._sentence, self._failure):
            label.setWordWrap(True)
        for label in (self._sentence, self._failure):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._failure.hide()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

        answer = in_page(
            *(None, self._digit, self._word, 4, self._figures, self._note, None),
            spacing=0,
            margins=(8, 0, 8, 8),
        )
        self._pages = QStackedWidget()
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._pages.addWidget(self._sentence)
        self._pages.addWidget(answer)
        self.setLayout(in_column((self._pages, 1), self._failure, margins=(8, 8, 8, 8)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Answer"))
        self._size_type()

    @property
    def text(self) -> str:
        """What the card says, as words."""
        if self._pages.currentIndex() == 0:
            said = self._sentence.text()
        else:
            said = ", ".join(t for t in (self._word.text(), self._figures.text()) if t)
        return " ".join(text for text in (said, self._failure.text()) if text)

    def set_prediction(self, prediction: Prediction, note: str | None = None) -> None:
        """Show an answer, or why there is none, and what was done to the sound before."""
        sentence = translated(prediction.sentence) if prediction.sentence else ""
        if prediction.problem is not None or prediction.best in (SILENCE, UNKNOWN):
            self.set_sentence(sentence)
            return
        self._prediction, word = prediction, prediction.best
        digit = numeral(word) if word in DIGITS else word[:1].upper()
        self._digit.setText(digit if self._certain else f"{digit}?")
        if sentence:
            self._word.setText(sentence)
            self._figures.clear()
        else:
            self._word.setText(word if self._certain else self.tr("perhaps {0}").format(word))
            text = self.tr("{confidence} sure · {milliseconds:.1f} ms")
            confidence = percent(prediction.confidence)
            self._figures.setText(
                fill(text, confidence=confidence, milliseconds=prediction.milliseconds)
            )
        self._note.setText(note[:1].upper() + note[1:] + "." if note else "")
        self._pages.setCurrentIndex(1)
        self.set_failure("")
        self._size_type()

    def set_sentence(self, sentence: str) -> None:
        """Show a sentence instead of an answer."""
        self._prediction = None
        self._sentence.setText(sentence)
        self._pages.setCurrentIndex(0)
        self.set_failure("")

    def set_failure(self, sentence: str) -> None:
        """Say below what went wrong; what the card says stays."""
        self._failure.setText(sentence)
        self._failure.setVisible(bool(sentence))
        self.setAccessibleDescription(self.text)
        self._size_digit()

    def sizeHint(self) -> QSize:
        """Ask for no more than what is needed, however large the digit has become."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def hasHeightForWidth(self) -> bool:
        """Tell that the sentences wrap within the room there is."""
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._size_type()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the digit fill what the words leave."""
        super().resizeEvent(event)
        self._size_digit()

    @property
    def _certain(self) -> bool:
        return self._prediction is not None and is_certain(self._prediction)

    def _size_type(self) -> None:
        """Write what is unsure smaller and paler than what is sure."""
        guess = self._prediction is not None and self._prediction.label is None
        for label, factor in ((self._word, 1.15 if guess else 2.0), (self._sentence, 1.15)):
            font = QFont(self.font())
            font.setPointSizeF(self.font().pointSizeF() * factor)
            label.setFont(font)
        palette = self.palette()
        pale = palette.color(QPalette.ColorRole.PlaceholderText)
        write_in(self._digit, palette.color(QPalette.ColorRole.Text) if self._certain else pale)
        for label in (self._figures, self._note):
            write_in(label, pale)
        write_in(self._failure, meaning_colours(palette).recording)
        line = self.fontMetrics().height()
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 2.0)
        self._words_height = QFontMetrics(font).height() + 2 * line + 24
        self.setMinimumHeight(self._words_height + round(5.5 * line))
        self._size_digit()

    def _size_digit(self) -> None:
        room = self.height() - self._words_height - 24
        if not self._failure.isHidden():
            room -= self._failure.heightForWidth(max(1, self.width() - 32)) + 8
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self._certain else QFont.Weight.Normal)
        share = 0.8 if self._certain else 0.5
        largest = min(int(room * share), self.width() // 2)
        font.setPixelSize(max(self.fontMetrics().height(), largest))
        self._digit.setFont(font)


class ProbabilityBars(QWidget):
    """The labels of the model in use, each with its probability as a bar and in per cent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._names: list[str] = []
        self._probabilities: list[float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Probabilities"))

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Show empty bars for the labels of a model."""
        self._labels = labels
        self._names = [label_text(label) for label in labels]
        self._probabilities = None
        self.updateGeometry()
        self._changed()

    def set_prediction(self, prediction: Prediction | None) -> None:
        """Show the probabilities of a prediction, or none."""
        if prediction is None or prediction.problem is not None:
            self._probabilities = None
        else:
            if prediction.labels != self._labels:
                self.set_labels(prediction.labels)
            self._probabilities = prediction.probabilities.tolist()
        self._changed()

    def sizeHint(self) -> QSize:
        """Return room for a line a label."""
        return QSize(220, max(1, len(self._labels)) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height: a bar that is cut off says nothing."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a line a label; the most probable is bold and in the accent colour."""
        painter = QPainter(self)
        palette = self.palette()
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        text_width = max((metrics.horizontalAdvance(word) for word in self._names), default=0)
        text_width += metrics.averageCharWidth()
        number_width = metrics.horizontalAdvance("100 %") + 8
        bar_width = self.width() - text_width - number_width
        best = int(np.argmax(self._probabilities)) if self._probabilities else -1
        height = self._row_height() - _GAP
        vertical = Qt.AlignmentFlag.AlignVCenter
        for row, label in enumerate(self._names):
            top = row * self._row_height()
            painter.setFont(bold if row == best else self.font())
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.drawText(QRectF(0, top, text_width, height), vertical, label)
            track = QRectF(text_width, top + height * 0.22, bar_width, height * 0.56)
            painter.fillRect(track, palette.color(QPalette.ColorRole.Midlight))
            if self._probabilities is None:
                continue
            value = self._probabilities[row]
            role = QPalette.ColorRole.Highlight if row == best else QPalette.ColorRole.Dark
            filled = QRectF(track)
            filled.setWidth(track.width() * value)
            painter.fillRect(filled, palette.color(role))
            painter.drawText(
                QRectF(text_width + bar_width, top, number_width, height),
                vertical | Qt.AlignmentFlag.AlignRight,
                percent(value),
            )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return int(self.fontMetrics().height()) + _GAP + 1

    def _changed(self) -> None:
        shown = zip(self._names, self._probabilities or [], strict=False)
        self.setAccessibleDescription(
            ", ".join(f"{label} {percent(value)}" for label, value in shown if value >= 0.005)
        )
        self.update()


class ThresholdSlider(QWidget):
    """Sets the threshold of the model in use; a line says what it did when it was measured.

    Signals: ``threshold_changed(float)`` when a person moves it.
    """

    threshold_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metadata: ModelMetadata | None = None
        title = QLabel(self.tr("Answer from"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 99)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("Confidence from which an answer is given"))
        title.setBuddy(self.slider)
        self._value = QLabel()
        self._value.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reset = QToolButton()
        self.reset.setText(self.tr("Reset"))
        self.reset.setAutoRaise(True)
        self.reset.setToolTip(self.tr("Back to what was chosen when the model was trained"))
        self._cost = QLabel()
        self._cost.setWordWrap(True)
        self._cost.setForegroundRole(QPalette.ColorRole.PlaceholderText)

        line = in_row(title, self.slider, self._value, self.reset)
        self.setLayout(in_column(line, self._cost, spacing=0, margins=(0, 8, 0, 0)))
        self.setEnabled(False)

        self.slider.valueChanged.connect(self._on_value_changed)
        self.reset.clicked.connect(self._on_reset_clicked)

    @property
    def model(self) -> str:
        """The name of the model whose threshold it is."""
        return self._metadata.name if self._metadata else ""

    @property
    def text(self) -> str:
        """What the line below the slider says."""
        return self._cost.text()

    def set_model(self, metadata: ModelMetadata, threshold: float) -> None:
        """Show a model and the threshold that is used with it, 0-1."""
        self._metadata = metadata
        self.setEnabled(True)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(threshold * 100))
        self.slider.blockSignals(blocked)
        self._show()

    def _show(self) -> None:
        assert self._metadata is not None
        threshold = self.slider.value() / 100
        self._value.setText(percent(threshold))
        self.reset.setEnabled(self.slider.value() != round(self._metadata.threshold * 100))
        point = self._metadata.operating_point(threshold)
        if point is None:
            text = self.tr("What this costs was not measured for this model.")
        else:
            text = self.tr("When measured: {0} of the digits answered, {1} of all else turned down")
            text = text.format(percent(point.accepted), percent(point.rejected))
        self._cost.setText(text)
        self.slider.setAccessibleDescription(self._cost.text())

    def _on_value_changed(self) -> None:
        self._show()
        self.threshold_changed.emit(self.slider.value() / 100)

    def _on_reset_clicked(self) -> None:
        if self._metadata is not None:
            self.slider.setValue(round(self._metadata.threshold * 100))
