"""The buttons above the Inspect tab's picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

if TYPE_CHECKING:
    from pathlib import Path


class ToolRow(QWidget):
    """Opens, plays, compares, zooms.

    Signals: ``files_wanted()``, ``folder_wanted()``, ``recent_chosen(Path)``.
    """

    files_wanted = Signal()
    folder_wanted = Signal()
    recent_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open_menu = QMenu(self)
        self.open = QPushButton(self.tr("&Open"))
        self.open.setToolTip(self.tr("Choose what to inspect"))
        self.open.setMenu(self._open_menu)
        self._recent: list[Path] = []
        self.searching = QLabel(self.tr("Searching for sound files…"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.play = _button(
            self.tr("Play"), self.tr("Play the selection, or what is visible (Space)")
        )
        self.select = _tick(
            self.tr("Dra&g selects"),
            self.tr("Dragging selects, and with Shift moves; otherwise it is the other way round"),
        )
        self.compare = _tick(
            self.tr("&Compare"), self.tr("Keep this clip above, to compare others with it (C)")
        )
        self.zoom_out = _button("\N{MINUS SIGN}", self.tr("Zoom out (-)"))
        self.zoom_in = _button("+", self.tr("Zoom in (+)"))
        self.fit = _button(self.tr("Fit"), self.tr("Show everything (Home or 0)"))
        self.settings = _tick(self.tr("S&ettings"), self.tr("Show or hide the settings (S)"))
        self.zoom_out.setAccessibleName(self.tr("Zoom out"))
        self.zoom_in.setAccessibleName(self.tr("Zoom in"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.open)
        row.addWidget(self.searching)
        row.addWidget(self.cancel)
        row.addStretch(1)
        for widget in (self.play, self.select, self.compare):
            row.addWidget(widget)
        row.addSpacing(16)
        for widget in (self.zoom_out, self.zoom_in, self.fit):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.settings)
        self.set_searching(False)
        self.set_clip(False, False)
        self.set_recent([])

    @property
    def is_searching(self) -> bool:
        """Whether a folder is being searched."""
        return not self.searching.isHidden()

    def set_recent(self, paths: list[Path]) -> None:
        """Offer what was inspected before."""
        menu = self._open_menu
        menu.clear()
        menu.addAction(self.tr("&Files…"), self.files_wanted.emit)
        menu.addAction(self.tr("F&older…"), self.folder_wanted.emit)
        if paths:
            menu.addSeparator()
        for path in paths:
            action = menu.addAction(f"{path.name}   ({path.parent})")
            action.triggered.connect(lambda _=False, path=path: self.recent_chosen.emit(path))

    def set_searching(self, searching: bool) -> None:
        """Show that a folder is being searched."""
        self.searching.setVisible(searching)
        self.cancel.setVisible(searching)

    def set_playing(self, playing: bool) -> None:
        """Offer to play, or to stop."""
        self.play.setText(self.tr("Stop") if playing else self.tr("Play"))

    def set_clip(self, shown: bool, pinned: bool) -> None:
        """Offer what can be done with the clip, if there is one."""
        for control in (self.play, self.select, self.zoom_in, self.zoom_out, self.fit):
            control.setEnabled(shown)
        self.compare.setEnabled(shown or pinned)
        self.compare.setChecked(pinned)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    return button


def _tick(text: str, tip: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setToolTip(tip)
    return box
