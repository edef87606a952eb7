"""What can be done on the Inspect tab: one table for its keys, its menu and the sheet of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from app.shell.menus import shows_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.inspect.tab import InspectTab

_STEPS_VISIBLE = 200  # steps of the crosshair across what is visible


class Command(NamedTuple):
    """Something that keys do.

    Parameters
    ----------
    text : str
    keys : str
        As `QKeySequence` reads them, separated by spaces; a menu shows the first.
    act : callable
    shown : str
        How the sheet names the keys of what is in no menu.
    """

    text: str
    keys: str
    act: Callable[[], object]
    shown: str = ""


class InspectKeys(QObject):
    """Everything that the keys of the tab do.

    They are the tab's own, no shortcuts of the window: letters and arrows must not be taken
    from whoever types, or moves in a list.
    """

    def __init__(self, tab: InspectTab) -> None:
        super().__init__(tab)
        commands = self._commands(tab)
        self._acts = {
            QKeySequence(key): command.act for command in commands for key in command.keys.split()
        }
        self.actions = [self._action(command) for command in commands if not command.shown]
        self.more_keys = [(command.text, command.shown) for command in commands if command.shown]

    def act_on(self, event: QKeyEvent) -> bool:
        """Do what a key means, and tell whether it means anything."""
        combination = event.keyCombination()
        modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._acts.get(QKeySequence(QKeyCombination(modifiers, combination.key())))
        if act is None:
            return False
        act()
        return True

    def _commands(self, tab: InspectTab) -> list[Command]:
        look, walk = tab.look, tab.controller.walk
        return [
            Command(self.tr("&Previous clip"), "Up", lambda: walk(-1)),
            Command(self.tr("&Next clip"), "Down", lambda: walk(1)),
            Command(self.tr("Ten clips back"), "PgUp", lambda: walk(-10)),
            Command(self.tr("Ten clips on"), "PgDown", lambda: walk(10)),
            Command(self.tr("P&lay what is selected, or stop"), "Space P", tab.play),
            Command(self.tr("&Compare with this clip, or no more"), "C", tab.compare),
            Command(self.tr("Zoom &in"), "+ Shift++ =", look.zoom),
            Command(self.tr("Zoom &out"), "-", look.zoom_out),
            Command(self.tr("&Zoom to the selection"), "Z", look.zoom_to_span),
            Command(self.tr("Show &everything"), "Home 0", tab.show_everything),
            Command(self.tr("Move to the le&ft"), "Left", lambda: look.pan_by_share(-1)),
            Command(self.tr("Move to the &right"), "Right", lambda: look.pan_by_share(1)),
            Command(self.tr("Show or hide the &settings"), "S", tab.toggle_side),
            Command(self.tr("Stop, or clear the selection"), "Esc", tab.escape),
            *self._crosshair_commands(tab),
        ]

    def _crosshair_commands(self, tab: InspectTab) -> list[Command]:
        moves = {"Left": (-1, 0), "Right": (1, 0), "Down": (0, -1), "Up": (0, 1)}
        commands = []
        for modifier, text, shown in (
            ("Ctrl", self.tr("Move the crosshair"), self.tr("Ctrl and an arrow")),
            ("Shift", self.tr("Select"), self.tr("Shift and Left or Right")),
        ):
            for arrow, (right, up) in moves.items():

                def act(
                    right: int = right, up: int = up, select: bool = modifier == "Shift"
                ) -> None:
                    _move_crosshair(tab, right, up, select)

                commands.append(Command(text, f"{modifier}+{arrow}", act, shown))
        return commands

    def _action(self, command: Command) -> QAction:
        action = QAction(shows_key(command.text, command.keys.split()[0]), self)
        action.triggered.connect(lambda: command.act())
        return action


def _move_crosshair(tab: InspectTab, right: int, up: int, select: bool) -> None:
    look = tab.look
    if tab.panes.main.clip is None:
        return
    picture = tab.panes.main.plots.spectrogram.picture or tab.panes.main.clip.picture
    hertz = look.hertz
    if up and not select:
        rows = picture.values.shape[0]
        row = rows / 2 if hertz is None else float(picture.row_of(hertz)) + up * max(1, rows // 100)
        hertz = float(picture.frequency_of(min(max(round(row), 0), rows - 1)))
    step = max(picture.seconds_per_column, look.visible / _STEPS_VISIBLE)
    look.step(right * step, hertz, select)
