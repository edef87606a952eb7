"""A bar for every label, in a fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.shell.sentences import label_text

if TYPE_CHECKING:
    from core.recognition.recogniser import Prediction

_GAP = 3


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
        metrics = self.fontMetrics()
        text_width = max((metrics.horizontalAdvance(word) for word in self._names), default=0)
        text_width += metrics.averageCharWidth() * 2
        number_width = metrics.horizontalAdvance("100 %") + 8
        bar_width = self.width() - text_width - number_width
        best = int(np.argmax(self._probabilities)) if self._probabilities else -1
        bold = QFont(self.font())
        bold.setBold(True)
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
                f"{value:.0%}".replace("%", " %"),
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
            ", ".join(f"{label} {value:.0%}" for label, value in shown if value >= 0.005)
        )
        self.update()
