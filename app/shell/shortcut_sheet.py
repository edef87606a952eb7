"""All keys on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    Section = tuple[str, Sequence[tuple[str, str]]]


class ShortcutSheet(QDialog):
    """The keys of every menu, as they are made from the menus themselves."""

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        screen = self.screen().availableSize()
        sheet = self._sheet(sections, columns=2)
        if sheet.sizeHint().width() > screen.width() - 80:  # a small screen or a large font
            sheet = self._sheet(sections, columns=1)
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Shortcuts"))
        area.setAccessibleDescription(
            "; ".join(f"{name}: {key}" for _, keys in sections for name, key in keys)
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(area)
        box.addWidget(buttons)
        wanted = sheet.sizeHint()
        self.resize(
            min(wanted.width() + 48, screen.width() - 40),
            min(wanted.height() + 80, screen.height() - 80),
        )
        area.setFocus()

    def _sheet(self, sections: Sequence[Section], columns: int) -> QWidget:
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(48)
        for part in _balanced(sections, columns):
            column = QVBoxLayout()
            column.setSpacing(16)
            for title, keys in part:
                column.addLayout(self._section(title, keys))
            column.addStretch()
            row.addLayout(column, 1)
        return sheet

    def _section(self, title: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, 0, 0, 1, 2)
        for row, (name, key) in enumerate(keys, start=1):
            grid.addWidget(QLabel(name), row, 0)
            label = QLabel(key)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignRight)
        return grid


def _balanced(sections: Sequence[Section], n_columns: int) -> list[list[Section]]:
    """Break sections into columns of about the same height."""
    filled = [section for section in sections if section[1]]
    total = sum(len(keys) + 2 for _, keys in filled)
    columns: list[list[Section]] = [[] for _ in range(n_columns)]
    height = 0
    for section in filled:
        middle = height + (len(section[1]) + 2) / 2
        columns[min(int(middle * n_columns / total), n_columns - 1)].append(section)
        height += len(section[1]) + 2
    return columns
