"""What can be done on the Inspect tab: what keys do with the picture, and with the clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from app.shell.menus import shows_key
from app.sound_view.keys import Command, PictureKeys

if TYPE_CHECKING:
    from app.inspect.tab import InspectTab


class InspectKeys(PictureKeys):
    """Everything that the keys of the tab do, and its menu."""

    everything = "Home 0"

    def __init__(self, tab: InspectTab) -> None:
        self._tab = tab
        super().__init__(tab.look, tab.panes.main.sound, tab)
        self.actions = [self._action(command) for command in self.commands if not command.shown]
        more = ((command.text, command.shown) for command in self.commands if command.shown)
        self.more_keys = list(dict.fromkeys(more))

    def _commands(self) -> list[Command]:
        tab, walk = self._tab, self._tab.controller.walk
        return [
            Command(self.tr("&Previous clip"), "Up", lambda: walk(-1)),
            Command(self.tr("&Next clip"), "Down", lambda: walk(1)),
            Command(self.tr("Ten clips back"), "PgUp", lambda: walk(-10)),
            Command(self.tr("Ten clips on"), "PgDown", lambda: walk(10)),
            Command(self.tr("P&lay what is selected, or stop"), "P Space", tab.play),
            Command(self.tr("&Compare with this clip, or no more"), "C", tab.compare),
            Command(self.tr("Show or hide the &settings"), "S", tab.toggle_side),
            Command(self.tr("Stop, or clear the selection"), "Esc", tab.escape),
            *super()._commands(),
        ]

    def _action(self, command: Command) -> QAction:
        action = QAction(shows_key(command.text, command.keys.split()[0]), self)
        action.triggered.connect(lambda: command.act())
        return action
