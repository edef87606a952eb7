"""A choice that says what it is: a title, a sentence, and what is to be known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QLabel, QRadioButton, QSizePolicy, QStyle, QWidget

from app.widgets.layout import in_column

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent


class Card(QRadioButton):
    """A radio button as large as what it says; what it says is text and nothing else.

    Signals: ``activated()`` by a double click or Enter.
    """

    activated = Signal()

    def __init__(self, title: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._text, self._note = QLabel(), QLabel(), QLabel()
        for label in (self._title, self._text, self._note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._indicator = self.style().pixelMetric(QStyle.PixelMetric.PM_ExclusiveIndicatorWidth)
        self.setLayout(
            in_column(
                *(self._title, self._text, None, self._note),
                spacing=4,
                margins=(self._indicator + 16, 8, 8, 8),
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.say(title, text)

    def say(self, title: str, text: str, note: str = "") -> None:
        """Show other texts."""
        for label, said in ((self._title, title), (self._text, text), (self._note, note)):
            label.setText(said)
            label.setVisible(bool(said))
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(filter(None, (text, note))))

    def set_note(self, note: str) -> None:
        """Show another last line."""
        self.say(self._title.text(), self._text.text(), note)

    @property
    def told(self) -> str:
        """All that it says, line by line."""
        return "\n".join(label.text() for label in (self._title, self._text, self._note))

    def sizeHint(self) -> QSize:
        """Return the room for all of it, at the width that it has."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the room without which it cannot be read."""
        return QSize(self._least_width(), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Become as high as its lines are at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self.updateGeometry)  # once all are laid out

    def _least_width(self) -> int:
        return self._indicator + 24 + 14 * self.fontMetrics().averageCharWidth()

    def _height(self) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(max(self.width(), self._least_width())) if layout else 0

    def hitButton(self, place: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell that it is meant at once."""
        super().mouseDoubleClickEvent(event)
        self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell that it is meant at once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setChecked(True)
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, and the dot of a radio button beside the title."""
        palette, role = self.palette(), QPalette.ColorRole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked() or self.hasFocus()
        width = 2 if chosen else 1
        painter.setPen(QPen(palette.color(role.Highlight if chosen else role.Mid), width))
        painter.setBrush(palette.color(role.Base if self.isEnabled() else role.Window))
        edge = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 6, 6)
        size = self._indicator
        box = QRectF(9, self._title.geometry().center().y() - size / 2 + 0.5, size, size)
        ink = role.Highlight if self.isChecked() else role.PlaceholderText
        painter.setPen(QPen(palette.color(ink), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if self.isChecked():
            painter.setBrush(palette.color(role.Highlight))
            painter.drawEllipse(QPointF(box.center()), size / 5, size / 5)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(role.PlaceholderText), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 4, 4)
