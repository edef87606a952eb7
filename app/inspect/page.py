"""The page of the Inspect tab; what is on it is made when it is needed first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from pathlib import Path

    from app.inspect.explanation import Explaining
    from app.inspect.player import Output
    from app.inspect.tab import InspectTab
    from app.shell.exports import Exportable
    from app.shell.menus import Menus
    from app.shell.settings import Settings


class InspectPlace(QStackedWidget):
    """Makes the tab with all that belongs to it.

    Parameters
    ----------
    output : Output
        What plays.
    settings : Settings
    menus : Menus
        Gets a menu of the tab's actions.

    Signals: ``said(str)`` with a sentence for the status line; ``shown_changed()`` when another
    clip, or none, is shown; ``explained()`` when it stands there why, or why not.
    """

    said = Signal(str)
    shown_changed = Signal()
    explained = Signal()

    def __init__(self, output: Output, settings: Settings, menus: Menus) -> None:
        super().__init__()
        self._output = output
        self._settings = settings
        self._menus = menus
        self.tab: InspectTab | None = None
        self.explaining: Explaining | None = None

    def made(self, model: Path) -> InspectTab:
        """Return the tab; the first time, it is made, with the model in use."""
        if self.tab is None:
            from app.inspect.actions import InspectActions
            from app.inspect.controller import InspectController
            from app.inspect.explanation import Explaining
            from app.inspect.player import Player
            from app.inspect.tab import InspectTab
            from app.inspect.view_settings import ViewSettings

            view = ViewSettings.from_text(self._settings.inspect)
            controller = InspectController(view, self)
            controller.set_model(model)
            self.tab = InspectTab(controller, Player(self._output, self), self._settings)
            self.explaining = Explaining(self.tab, model)
            actions = InspectActions(self.tab)
            self._menus.add_menu(self.tr("&Inspect"), actions.actions, actions.more_keys)
            self.addWidget(self.tab)
            self._settings.restore_splitters(self.tab)
            self.tab.said.connect(self.said)
            self.explaining.explainer.explained.connect(self.explained)
            self.explaining.explainer.failed.connect(self.explained)
            controller.clip_shown.connect(self.shown_changed)
            controller.clip_failed.connect(self.shown_changed)
            controller.items_changed.connect(self.shown_changed)
        return self.tab

    def set_model(self, model: Path) -> None:
        """Ask another model from now on."""
        if self.tab is not None and self.explaining is not None:
            self.tab.controller.set_model(model)
            self.explaining.set_model(model)

    def exportable(self) -> Exportable | None:
        """Return what is shown, for whoever wants to take it along."""
        return None if self.explaining is None else self.explaining.exportable()

    def close_tab(self) -> None:
        """Remember how things stand, and wait for the workers."""
        if self.tab is not None and self.explaining is not None:
            self.explaining.close()
            self.tab.close_controller()
