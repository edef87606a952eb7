"""A strip of the whole recording: where one looks, what plays, and where the words are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from core.sound.clip import FloatArray

_NOTHING = np.zeros(0, np.float32)
_LINES = 1.8  # its height, in lines of text
_NARROWEST = 3.0  # pixels of what is looked at


class Overview(QWidget):
    """Shows the outline of a sound; a click or a drag looks somewhere else.

    Signals: ``moved(float)`` the second that the person wants in the middle.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peaks: FloatArray = _NOTHING
        self._length = self._step = 0.0
        self._range = (0.0, 0.0)
        self._cursor: float | None = None
        self._words: FloatArray = _NOTHING
        self._columns: FloatArray | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Overview of the whole recording"))
        self.setToolTip(self.tr("The whole recording: click or drag to look somewhere else"))

    @property
    def length(self) -> float:
        """How many seconds are shown."""
        return self._length

    def set_sound(self, peaks: Sequence[float] | FloatArray, step: float, length: float) -> None:
        """Show a sound: its largest amplitude in each step, a step and its length in seconds.

        The steps may end before the sound does: the rest is not known yet.
        """
        self._peaks, self._step, self._length = np.asarray(peaks, np.float32), step, length
        self._columns = None
        self.update()

    def set_range(self, start: float, stop: float) -> None:
        """Frame what is looked at."""
        if (start, stop) != self._range:
            self._range = start, stop
            self.update()

    def set_cursor(self, seconds: float | None) -> None:
        """Mark what is playing."""
        self._cursor = seconds
        self.update()

    def set_words(self, starts: Sequence[float]) -> None:
        """Mark where words begin."""
        self._words = np.asarray(starts, np.float32)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a low strip."""
        return QSize(200, int(_LINES * self.fontMetrics().height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look there, as long as the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outline, the words, the frame and the cursor."""
        painter, palette = QPainter(self), self.palette()
        painter.fillRect(self.rect(), palette.base())
        if not self._length:
            return
        highlight = palette.color(QPalette.ColorRole.Highlight)
        middle = self.height() / 2
        columns = self._outline()
        loudest = max(float(columns.max(initial=0.0)), 1e-3)
        painter.setPen(QPen(highlight, 1))
        for x, peak in enumerate((columns / loudest * (middle - 2)).tolist()):
            painter.drawLine(QPointF(x + 0.5, middle - peak), QPointF(x + 0.5, middle + peak))
        text = palette.color(QPalette.ColorRole.Text)
        painter.setPen(QPen(text, 1))
        for column in np.unique((self._words / self._length * self.width()).astype(int)).tolist():
            painter.drawLine(QPointF(column + 0.5, 0), QPointF(column + 0.5, 3))
        left, right = map(self._x, self._range)
        if right - left < self.width() - 1:
            shade = palette.color(QPalette.ColorRole.Window)
            shade.setAlpha(150)
            right = max(right, left + _NARROWEST)
            painter.fillRect(QRectF(0, 0, left, self.height()), shade)
            painter.fillRect(QRectF(right, 0, self.width() - right, self.height()), shade)
            painter.drawRect(QRectF(left, 0.5, right - left, self.height() - 1))
        if self._cursor is not None:
            painter.setPen(QPen(text, 2))
            at = self._x(self._cursor)
            painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))

    def _outline(self) -> FloatArray:
        """Return the largest amplitude in each column of pixels, as far as it is known."""
        width = max(1, self.width())
        if self._columns is None and self._peaks.size:
            known = min(1.0, self._peaks.size * self._step / self._length)
            n_columns = max(1, round(known * width))
            starts = np.arange(n_columns) * self._peaks.size // n_columns
            self._columns = np.maximum.reduceat(self._peaks, starts)
        return self._columns if self._columns is not None else _NOTHING

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Compute the columns anew."""
        super().resizeEvent(event)
        self._columns = None

    def _x(self, seconds: float) -> float:
        return self.width() * seconds / self._length

    def _follow(self, event: QMouseEvent) -> None:
        if self._length:
            share = min(max(event.position().x() / max(1, self.width()), 0.0), 1.0)
            self.moved.emit(share * self._length)
