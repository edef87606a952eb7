"""Rows and columns of widgets, on a grid of 8 pixels; and a column that can be scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

Part = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
"""A widget or what is laid out already, with the share of the room that it takes or without;
room in pixels; or None for room that grows."""
Margins = tuple[int, int, int, int]

_NONE = (0, 0, 0, 0)


def in_row(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QHBoxLayout:
    """Put parts side by side."""
    layout = QHBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def in_column(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QVBoxLayout:
    """Put parts one below the other."""
    layout = QVBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def in_page(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QWidget:
    """Return a widget that holds a column."""
    widget = QWidget()
    widget.setLayout(in_column(*parts, spacing=spacing, margins=margins))
    return widget


class ScrolledColumn(QScrollArea):
    """Scrolls widgets up and down; sideways it takes the room that they need."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._content = in_page(*widgets, spacing=0)
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


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], spacing: int, margins: Margins) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        content, stretch = part if isinstance(part, tuple) else (part, 0)
        if content is None:
            layout.addStretch()
        elif isinstance(content, int):
            layout.addSpacing(content)
        elif isinstance(content, QLayout):
            layout.addLayout(content, stretch)
        else:
            layout.addWidget(content, stretch)
