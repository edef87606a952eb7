"""What the keys of a picture of sound do: one table for the keys, a menu and the sheet of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.sound_view.navigation import Navigation
    from app.sound_view.pane import SoundPane


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


class PictureKeys(QObject):
    """Everything that keys do with a picture.

    They are its own, no shortcuts of the window: letters and arrows must not be taken from
    whoever types, or moves in a list.

    Parameters
    ----------
    look : Navigation
    pane : SoundPane
    parent : QObject
    """

    everything = "Home"
    """The keys that show everything."""

    def __init__(self, look: Navigation, pane: SoundPane, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._pane = look, pane
        self.commands = self._commands()
        self._acts = {
            QKeySequence(key): command.act
            for command in self.commands
            for key in command.keys.split()
        }

    def act_on(self, event: QKeyEvent) -> bool:
        """Do what a key means, and tell whether it means anything."""
        combination = event.keyCombination()
        modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._acts.get(QKeySequence(QKeyCombination(modifiers, combination.key())))
        if act is None:
            return False
        act()
        return True

    def _commands(self) -> list[Command]:
        look = self._look
        return [
            Command(self.tr("Zoom &in"), "+ Shift++ =", look.zoom),
            Command(self.tr("Zoom &out"), "-", look.zoom_out),
            Command(self.tr("&Zoom to the selection"), "Z", look.zoom_to_span),
            Command(self.tr("Show &everything"), self.everything, look.show_everything),
            Command(self.tr("Show the en&d"), "End", look.go_to_end),
            Command(self.tr("Move to the le&ft"), "Left", lambda: look.pan_by_share(-1)),
            Command(self.tr("Move to the &right"), "Right", lambda: look.pan_by_share(1)),
            *self._moves("Ctrl", self.tr("Move the crosshair"), self.tr("Ctrl and an arrow")),
            *self._moves(
                "Shift",
                self.tr("Select a time, and a band of frequencies"),
                self.tr("Shift and an arrow"),
            ),
        ]

    def _moves(self, modifier: str, text: str, shown: str) -> list[Command]:
        arrows = {"Left": (-1, 0), "Right": (1, 0), "Down": (0, -1), "Up": (0, 1)}
        return [
            Command(text, f"{modifier}+{arrow}", self._move(*move, modifier == "Shift"), shown)
            for arrow, move in arrows.items()
        ]

    def _move(self, right: int, up: int, select: bool) -> Callable[[], None]:
        def act() -> None:
            if self._pane.is_filled:
                self._pane.plots.step(right, up, select)

        return act
