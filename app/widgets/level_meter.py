"""The level meter: how loud the input is, and whether it is clipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.shell.theme import meaning_colours

if TYPE_CHECKING:
    from core.sound.intake import Level

_FLOOR_DBFS = -60.0
_HOLD_MS = 1500
_CLIPPED_MS = 2000
_FALL_DB_PER_SECOND = 40.0


class LevelMeter(QWidget):
    """A bar from -60 to 0 dBFS: filled up to the level, a line at the recent peak.

    When the sound stands at full scale, the word *clipped* lights up at once and stays for
    two seconds.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_dbfs = _FLOOR_DBFS
        self._peak_dbfs = _FLOOR_DBFS
        self._since_level = QElapsedTimer()
        self._since_peak = QElapsedTimer()
        self._since_clipped = QElapsedTimer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Input level"))
        self.setToolTip(
            self.tr("Input level in dB below full scale. Speak so that it stays below “clipped”.")
        )

    @property
    def clipped(self) -> bool:
        """Whether *clipped* is lit."""
        return self._since_clipped.isValid() and self._since_clipped.elapsed() < _CLIPPED_MS

    def set_level(self, level: Level) -> None:
        """Show a level; the bar rises at once and falls smoothly."""
        fall = _FALL_DB_PER_SECOND * self._seconds_since_level()
        self._shown_dbfs = max(level.peak_dbfs, self._shown_dbfs - fall, _FLOOR_DBFS)
        held = self._since_peak.isValid() and self._since_peak.elapsed() < _HOLD_MS
        if level.peak_dbfs >= self._peak_dbfs or not held:
            self._peak_dbfs = max(level.peak_dbfs, _FLOOR_DBFS)
            self._since_peak.start()
        was_clipped = self.clipped
        if level.clipped:
            self._since_clipped.start()
        if self.clipped != was_clipped:
            self._describe()
        self.update()

    def clear(self) -> None:
        """Show that no sound comes in."""
        self._shown_dbfs = self._peak_dbfs = _FLOOR_DBFS
        self._since_clipped.invalidate()
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a low, wide bar."""
        return QSize(240, max(22, self.fontMetrics().height() + 6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar, its scale, the peak and the word."""
        painter = QPainter(self)
        palette = self.palette()
        colours = meaning_colours(palette)
        word = self.tr("clipped")
        word_width = self.fontMetrics().horizontalAdvance(word) + 16
        bar = QRectF(0.5, 0.5, self.width() - word_width - 8, self.height() - 1)
        painter.setPen(palette.mid().color())
        painter.setBrush(palette.base())
        painter.drawRect(bar)
        inner = bar.adjusted(2, 2, -1, -1)
        filled = QRectF(inner)
        filled.setWidth(inner.width() * self._fraction(self._shown_dbfs))
        painter.fillRect(filled, palette.highlight())
        painter.setPen(palette.mid().color())
        for dbfs in (-48, -36, -24, -12):
            x = inner.left() + inner.width() * self._fraction(dbfs)
            painter.drawLine(int(x), int(inner.bottom()) - 4, int(x), int(inner.bottom()))
        if self._peak_dbfs > _FLOOR_DBFS:
            x = inner.left() + (inner.width() - 2) * self._fraction(self._peak_dbfs)
            painter.fillRect(QRectF(x, inner.top(), 2, inner.height()), palette.text())
        flag = QRectF(bar.right() + 8, 0.5, word_width - 1, self.height() - 1)
        if self.clipped:
            painter.fillRect(flag, colours.recording)
            painter.setPen(palette.base().color())
        else:
            painter.setPen(palette.mid().color())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(flag)
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, word)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        self.updateGeometry()
        self.update()

    def _fraction(self, dbfs: float) -> float:
        return min(1.0, max(0.0, 1 - dbfs / _FLOOR_DBFS))

    def _seconds_since_level(self) -> float:
        seconds = self._since_level.elapsed() / 1000 if self._since_level.isValid() else 1.0
        self._since_level.start()
        return seconds

    def _describe(self) -> None:
        text = self.tr("The input is clipped: too loud.") if self.clipped else ""
        self.setAccessibleDescription(text)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
