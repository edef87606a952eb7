"""How many clips a model had right before it learned, and has right after: two bars a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.shell.translation import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from core.recognition.metadata import BeforeAndAfter


class BeforeAfter(QWidget):
    """Two bars a figure, before above after, each with its share and its count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: list[tuple[str, BeforeAndAfter]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Before and after"))

    def set_figures(self, figures: list[tuple[str, BeforeAndAfter]]) -> None:
        """Show figures with their titles, from top to bottom; each is of some clips at least."""
        self._figures = figures
        self.setAccessibleDescription(" ".join(self._sentence(*figure) for figure in figures))
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for every figure."""
        return QSize(480, len(self._figures) * self._height_of_one())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the titles, the bars and their numbers."""
        painter = QPainter(self)
        palette, line = self.palette(), self.fontMetrics().lineSpacing()
        words = self.fontMetrics().horizontalAdvance(self.tr("before") + "   ")
        numbers = self.fontMetrics().horizontalAdvance("100.0 %   0000 / 0000")
        width = max(40, self.width() - words - numbers - 16)
        for number, (title, figure) in enumerate(self._figures):
            top = number * self._height_of_one()
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.drawText(QRectF(0, top, self.width(), line), title)
            font.setBold(False)
            painter.setFont(font)
            for row, (word, right) in enumerate(
                ((self.tr("before"), figure.before), (self.tr("after"), figure.after)), start=1
            ):
                y = top + row * (line + 2) + 2
                self._draw_row(painter, QRectF(words, y, width, line), word, right, figure.clips)

    def _draw_row(self, painter: QPainter, bar: QRectF, word: str, right: int, clips: int) -> None:
        palette = self.palette()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(QRectF(0, bar.top(), bar.left(), bar.height()), middle, word)
        inner = bar.adjusted(0, 4, 0, -4)
        painter.fillRect(inner, palette.color(QPalette.ColorRole.Midlight))
        role = (
            QPalette.ColorRole.Dark if word == self.tr("before") else QPalette.ColorRole.Highlight
        )
        filled = QRectF(inner)
        filled.setWidth(inner.width() * right / clips)
        painter.fillRect(filled, palette.color(role))
        text = QRectF(bar.right(), bar.top(), self.width() - bar.right(), bar.height())
        align = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(text, align, fill("{0:.1%}   {1:,} / {2:,}", right / clips, right, clips))

    def _height_of_one(self) -> int:
        return 3 * (self.fontMetrics().lineSpacing() + 2) + 16

    def _sentence(self, title: str, figure: BeforeAndAfter) -> str:
        text = self.tr("{0}: {1} of {2} right before, {3} after.")
        return text.format(title, figure.before, figure.clips, figure.after)
