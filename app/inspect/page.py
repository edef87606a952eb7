"""The Inspect tab with all that belongs to it; it takes a moment to make, so it is made late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.sound_view.picture import ViewSettings
from app.sound_view.player import Player

if TYPE_CHECKING:
    from app.inspect.explanation import ExplanationController
    from app.inspect.tab import InspectTab
    from app.inspect.words import WordsOfRecording
    from app.library.changes import Changes
    from app.recognise.controller import RecognitionController
    from app.shell.exports import Exportable
    from app.shell.menus import Menus
    from app.shell.settings import Settings


class InspectPage(QStackedWidget):
    """Makes the Inspect tab with all that belongs to it.

    Parameters
    ----------
    recognition : RecognitionController
        Plays, and knows the model in use.
    settings : Settings
    changes : Changes
        Where clips are corrected.
    menus : Menus
        Gets a menu of the tab's actions.

    Signals
    -------
    said(str), failed(str)
    shown_changed()
        Another clip, or none, is shown.
    explained()
        It stands there what its answer depends on, or why not.
    settings_changed(ViewSettings)
        Sound is looked at in another way.
    save_wanted()
        What is shown is to be saved.
    """

    said = Signal(str)
    failed = Signal(str)
    shown_changed = Signal()
    explained = Signal()
    settings_changed = Signal(object)
    save_wanted = Signal()

    def __init__(
        self,
        recognition: RecognitionController,
        settings: Settings,
        changes: Changes,
        menus: Menus,
    ) -> None:
        super().__init__()
        self._recognition = recognition
        self._settings = settings
        self._changes = changes
        self._menus = menus
        self.tab: InspectTab | None = None
        self.explanation: ExplanationController | None = None
        self.words: WordsOfRecording | None = None

    def made(self) -> InspectTab:
        """Return the tab; the first time, it is made."""
        if self.tab is None:
            from app.inspect.controller import InspectController
            from app.inspect.explanation import ExplanationController
            from app.inspect.tab import InspectTab
            from app.inspect.words import WordsOfRecording

            model = self._recognition.model
            view = ViewSettings.from_text(self._settings.inspect)
            controller = InspectController(view, model, self)
            player, changes = Player(self._recognition, self), self._changes
            tab = InspectTab(controller, player, changes, self._settings)
            self.tab, self.explanation = tab, ExplanationController(tab, model)
            self.words = WordsOfRecording(tab, model, changes, self._settings)
            self.words.said.connect(self.said)
            self._menus.add_menu(self.tr("&Inspect"), tab.keys.actions, tab.keys.more_keys)
            self.addWidget(tab)
            tab.divide(self.window().width())
            self._settings.restore_splitters(tab)
            tab.failed.connect(self.failed)
            tab.list.clip_actions.save_wanted.connect(lambda _: self.save_wanted.emit())
            self.explanation.explainer.explained.connect(self.explained)
            self.explanation.explainer.failed.connect(self.explained)
            controller.settings_changed.connect(self.settings_changed)
            controller.clip_shown.connect(self.shown_changed)
            controller.clip_failed.connect(self.shown_changed)
            controller.items_changed.connect(self.shown_changed)
        return self.tab

    def exportable(self) -> Exportable | None:
        """Return what is shown, for whoever wants to take it along."""
        return None if self.explanation is None else self.explanation.exportable()

    def close_tab(self) -> None:
        """Remember how things stand, and wait for the workers."""
        if self.tab is not None and self.explanation is not None:
            self.explanation.close()
            if self.words is not None:
                self.words.close()
            self.tab.close_controller()
