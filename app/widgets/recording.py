"""The level meter, and the round button that records with the word for what is going on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.shell.theme import meaning_colours, write_in
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from app.shell.theme import MeaningColours
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


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state looks: its word, what to do, its shape, and the name of its colour."""

    word: str
    hint: str
    shape: str
    colour: str


class RoundButton(QAbstractButton):
    """A disc with a shape in it: a circle, a voice, a square, or three dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = "dots"
        self._colour = "idle"
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space records wherever the focus is
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_look(self, shape: str, colour: str) -> None:
        """Change shape and colour."""
        self._shape, self._colour = shape, colour
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square that grows with the font."""
        side = max(56, self.fontMetrics().height() * 4)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc and the shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height()) - 4
        painter.translate(self.width() / 2, self.height() / 2)
        colour: QColor = getattr(self._colours(), self._colour)
        if self.isDown():
            colour = colour.darker(120)
        elif self.underMouse():
            colour = colour.lighter(110)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(0, 0), side / 2, side / 2)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        self._draw_shape(painter, side / 2)

    def _draw_shape(self, painter: QPainter, radius: float) -> None:
        r = radius * 0.36
        if self._shape == "circle":
            painter.drawEllipse(QPointF(0, 0), r, r)
        elif self._shape == "square":
            painter.drawRect(QRectF(-r, -r, 2 * r, 2 * r))
        elif self._shape == "dots":
            for x in (-r, 0, r):
                painter.drawEllipse(QPointF(x, 0), r * 0.3, r * 0.3)
        elif self._shape == "cross":
            painter.rotate(45)
            painter.drawRect(QRectF(-r, -r / 4, 2 * r, r / 2))
            painter.drawRect(QRectF(-r / 4, -r, r / 2, 2 * r))
        else:  # "voice": a speaking mouth
            for offset, height in ((-r, 0.5), (-r / 3, 1.2), (r / 3, 0.8), (r, 0.4)):
                bar = QRectF(offset - r / 7, -r * height, 2 * r / 7, 2 * r * height)
                painter.drawRect(bar)

    def _colours(self) -> MeaningColours:
        return meaning_colours(self.palette())


class RecordButton(QWidget):
    """The button with its key written on it, the state in words, and a way out of trouble."""

    def __init__(self, remedy: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = RoundButton()
        self.button.setAccessibleName(self.tr("Record (Space)"))
        self.button.setToolTip(self.tr("Record one second (Space); Esc cancels"))
        self._key = QLabel(self.tr("Space"))
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._word, self._hint = QLabel(), QLabel()
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.remedy = QPushButton(remedy)
        keep = self.remedy.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.remedy.setSizePolicy(keep)
        self.remedy.hide()
        self._look = StateLook("", "", "dots", "idle")
        self._problem = ""

        disc = in_column(self.button, self._key, spacing=2)
        disc.setAlignment(self.button, Qt.AlignmentFlag.AlignHCenter)
        words = in_column(self._word, (self._hint, 1), spacing=4)
        self._box = in_row(disc, (words, 1), self.remedy, spacing=16, margins=(8, 0, 8, 0))
        self.setLayout(self._box)
        self._size_type()

    def add(self, button: QPushButton) -> None:
        """Put a button at the right end."""
        self._box.addWidget(button)

    @property
    def word(self) -> str:
        """The word of the state that is shown."""
        return self._word.text()

    @property
    def hint(self) -> str:
        """What the person is told to do."""
        return self._hint.text()

    def set_look(self, look: StateLook) -> None:
        """Show a state."""
        self._look = look
        self._show()

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong instead of what to do, and offer the remedy; or nothing."""
        self._problem = sentence
        self.remedy.setVisible(bool(sentence))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_type()
        elif event.type() == QEvent.Type.PaletteChange:
            self._colour_words()

    @property
    def _shown(self) -> StateLook:
        """What is shown: where nothing can be heard, nothing is ready."""
        if not self._problem:
            return self._look
        return StateLook(self.tr("No sound"), self._problem, "cross", "idle")

    def _show(self) -> None:
        look = self._shown
        self.button.set_look(look.shape, look.colour)
        self._word.setText(look.word)
        self._hint.setText(look.hint)
        self._colour_words()
        self.button.setAccessibleDescription(f"{self._word.text()}. {self._hint.text()}")

    def _size_type(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setBold(True)
        self._word.setFont(font)
        self._word.setMinimumHeight(self._word.fontMetrics().height())
        self._hint.setMinimumHeight(2 * self.fontMetrics().lineSpacing())

    def _colour_words(self) -> None:
        colours = meaning_colours(self.palette())
        write_in(self._word, getattr(colours, self._shown.colour))
        write_in(self._hint, colours.recording if self._problem else colours.idle)
