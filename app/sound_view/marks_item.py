"""Draws what is marked over the plots of a sound."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen

from app.sound_view.marks import Marks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

_SHADE = QColor(0, 0, 0, 150)
_MOST_WORDS = 2000  # that are drawn; more in one picture tell nobody anything
_LARGE = 1e9
_LEAST_FRAMED = 6.0  # pixels
_BAND = 6.0  # pixels: what marks a span above a picture


class MarksItem(pg.GraphicsObject):
    """Draws the marks over one plot, light on a dark edge, so that they show on any colour."""

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__()
        self._box = plot.vb
        self._marks = Marks()
        self._line, self._fill = QColor("white"), QColor(128, 128, 128, 60)
        self._edge: QColor | None = _SHADE
        self._paper, self._hatch = QColor("white"), QColor("grey")
        self.setParentItem(self._box)
        self.setZValue(1000)
        self._box.sigRangeChanged.connect(lambda *_: self.update())
        self._box.sigResized.connect(self._on_resized)

    def set_marks(self, marks: Marks) -> None:
        """Draw other marks."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def set_palette(self, palette: QPalette, over_picture: bool) -> None:
        """Take the colours of a theme; over a picture, lines are white with a dark edge."""
        fill = palette.color(QPalette.ColorRole.Highlight)
        fill.setAlpha(255 if over_picture else 60)
        self._fill = fill
        text = palette.color(QPalette.ColorRole.Text)
        self._line = QColor("white") if over_picture else text
        self._edge = _SHADE if over_picture else None
        self._paper = palette.color(QPalette.ColorRole.Base)
        self._hatch = palette.color(QPalette.ColorRole.Mid)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all of the plot."""
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw what is inside of the visible range."""
        marks, rect = self._marks, self.boundingRect()
        painter.setClipRect(rect)
        self._paint_gaps(painter, rect)
        self._paint_words(painter, rect)
        if marks.second is not None:
            for x in map(self._x, marks.second):
                self._draw(painter, QLineF(x, 0, x, rect.bottom()), Qt.PenStyle.DotLine)
        if marks.span is not None:
            left, right = map(self._x, marks.span)
            high = _BAND if self._edge is not None else rect.height()  # no colour may change
            painter.fillRect(QRectF(left, 0, max(1.0, right - left), high), self._fill)
            top, bottom = 0.0, rect.bottom()
            if marks.rows is not None:
                bottom, top = (self._y(row) for row in marks.rows)
                for y in (top, bottom):
                    self._draw(painter, QLineF(left, y, right, y))
            for x in (left, right):
                self._draw(painter, QLineF(x, top, x, bottom))
        if marks.crosshair is not None:
            x = self._x(marks.crosshair)
            self._draw(painter, QLineF(x, 0, x, rect.bottom()), Qt.PenStyle.DashLine)
        if marks.row is not None:
            y = self._y(marks.row)
            self._draw(painter, QLineF(0, y, rect.right(), y), Qt.PenStyle.DashLine)
        if marks.cursor is not None:
            x = self._x(marks.cursor)
            self._draw(painter, QLineF(x, 0, x, rect.bottom()), width=2)

    def _paint_gaps(self, painter: QPainter, rect: QRectF) -> None:
        """Hatch where there is no sound, and write what follows."""
        for gap in self._marks.gaps:
            left, right = self._x(gap.start), self._x(gap.end)
            if right < 0 or left > rect.right():
                continue
            shape = QRectF(left, 0, max(2.0, right - left), rect.height())
            painter.fillRect(shape, self._paper)
            painter.fillRect(shape, QBrush(self._hatch, Qt.BrushStyle.BDiagPattern))
            if self._edge is None:
                painter.setPen(self._line)
                painter.drawText(QPointF(right + 3, rect.bottom() - 4), gap.text)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        """Frame the words, and write what they are where there is room for it."""
        words = self._marks.words
        start, stop = self._box.viewRange()[0]
        first = bisect_left(words, start, key=lambda word: word.end)
        last = bisect_right(words, stop, key=lambda word: word.start)
        over_picture = self._edge is not None
        free = -_LARGE
        for word in words[first : min(last, first + _MOST_WORDS)]:
            left, right = self._x(word.start), self._x(word.end)
            shape = QRectF(left, 0, max(2.0, right - left), rect.height())
            if over_picture:  # no colour may change
                if right - left > _LEAST_FRAMED:
                    painter.setPen(QPen(self._line, 1))
                    painter.drawRect(shape.adjusted(0, -1, 0, 1))
                continue
            painter.fillRect(shape, self._fill)
            painter.setPen(self._line)
            width = painter.fontMetrics().horizontalAdvance(word.text) + 6
            at = max(0.0, min((left + right - width) / 2, rect.right() - width))
            if at > free:
                painter.drawText(QPointF(at + 3, painter.fontMetrics().ascent() + 1), word.text)
                free = at + width

    def _x(self, seconds: float) -> float:
        return float(self._box.mapFromView(QPointF(seconds, 0)).x())

    def _y(self, row: float) -> float:
        return float(self._box.mapFromView(QPointF(0, row)).y())

    def _draw(
        self,
        painter: QPainter,
        line: QLineF,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        width: int = 1,
    ) -> None:
        if self._edge is not None:
            painter.setPen(QPen(self._edge, width + 2))
            painter.drawLine(line)
        painter.setPen(QPen(self._line, width, style))
        painter.drawLine(line)

    def _on_resized(self) -> None:
        self.prepareGeometryChange()
        self.update()
