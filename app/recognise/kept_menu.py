"""What becomes of takes that were not saved, and where those are that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from app.shell.settings import ASK, DISCARD, KEEP, SAVE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.shell.settings import Settings


class KeptMenu(QMenu):
    """Lets the person choose what always becomes of takes, and look after what is kept.

    Parameters
    ----------
    settings : Settings
        Where the choice is remembered.

    Signals: ``policy_changed()``, ``folder_wanted()``, ``deletion_wanted()``.
    """

    policy_changed = Signal()
    folder_wanted = Signal()
    deletion_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Kept takes"))
        self._settings = settings
        choices = {
            ASK: (self.tr("&Ask when I quit"), "Ctrl+U, A"),
            KEEP: (self.tr("&Keep every take"), "Ctrl+U, K"),
            SAVE: (self.tr("&Save as a folder when I quit"), "Ctrl+U, S"),
            DISCARD: (self.tr("&Forget takes when I quit"), "Ctrl+U, F"),
        }
        group = QActionGroup(self)
        self.policies = {}
        for policy, (text, keys) in choices.items():
            action = self.policies[policy] = self.addAction(text, QKeySequence(keys), self._choose)
            action.setCheckable(True)
            action.setData(policy)
            group.addAction(action)
        self.addSeparator()
        show, delete = self.tr("Show the folder &of kept takes"), self.tr("&Delete all kept takes…")
        self.show_folder = self.addAction(show, QKeySequence("Ctrl+U, O"), self.folder_wanted.emit)
        self.delete = self.addAction(delete, QKeySequence("Ctrl+U, D"), self.deletion_wanted.emit)
        self.show_policy()

    def show_policy(self) -> None:
        """Tick what is chosen."""
        self.policies[self._settings.unsaved_takes].setChecked(True)

    def _choose(self) -> None:
        chosen = next(policy for policy, action in self.policies.items() if action.isChecked())
        self._settings.unsaved_takes = chosen
        self.policy_changed.emit()
