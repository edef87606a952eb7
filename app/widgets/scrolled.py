"""A column that can be scrolled where there is no room for it, and is never cut at its side."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class ScrolledColumn(QScrollArea):
    """Scrolls widgets up and down; sideways it takes the room that they need."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in widgets:
            column.addWidget(widget)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        """Return room for all of it."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the width of what is in it, beside the scroll bar, and room for a few lines."""
        least = self._content.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        lines = 4 * self.fontMetrics().height()
        return QSize(least.width() + bar, min(least.height(), lines))
