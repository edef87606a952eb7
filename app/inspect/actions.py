"""What can be done on the Inspect tab, as actions for a menu and for the sheet of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.shell.menus import shows_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inspect.tab import InspectTab


class InspectActions(QObject):
    """An action for everything that a key does on the tab.

    The keys themselves are the tab's (see `app.inspect.keys`): letters and arrows must not be
    taken from whoever types, or moves in a list.
    """

    def __init__(self, tab: InspectTab) -> None:
        super().__init__(tab)
        look, controller = tab.look, tab.controller
        entries: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (self.tr("&Previous clip"), "Up", lambda: controller.walk(-1)),
            (self.tr("&Next clip"), "Down", lambda: controller.walk(1)),
            (self.tr("P&lay what is selected, or stop"), "Space", tab.play),
            (self.tr("&Compare with this clip, or no more"), "C", tab.compare),
            (self.tr("Zoom &in"), "+", look.zoom),
            (self.tr("Zoom &out"), "-", look.zoom_out),
            (self.tr("&Zoom to the selection"), "Z", look.zoom_to_span),
            (self.tr("Show &everything"), "Home", look.fit),
            (self.tr("Move to the le&ft"), "Left", lambda: look.pan_by_share(-1)),
            (self.tr("Move to the &right"), "Right", lambda: look.pan_by_share(1)),
            (self.tr("Show or hide the &settings"), "S", tab.toggle_side),
        )
        self.actions = [self._make(*entry) for entry in entries]
        self.more_keys = [
            (self.tr("Move the crosshair"), self.tr("Ctrl and an arrow")),
            (self.tr("Select"), self.tr("Shift and Left or Right")),
        ]

    def _make(self, text: str, key: str, act: Callable[[], object]) -> QAction:
        action = QAction(shows_key(text, key), self)
        action.triggered.connect(lambda: act())
        return action
