"""What becomes of takes that were not saved, and where those are that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QActionGroup, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox

from app.shell.settings import ASK, DISCARD, KEEP, SAVE
from app.shell.translation import counted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.recognise.kept import KeptClips
    from app.shell.settings import Settings


class KeptMenu(QMenu):
    """Lets the person choose what always becomes of takes, and look after what is kept.

    Parameters
    ----------
    kept : KeptClips
    settings : Settings
        Where the choice is remembered.
    parent : QWidget

    Signals
    -------
    policy_changed()
    cleared()
        Nothing is kept any more.
    said(str)
    """

    policy_changed = Signal()
    cleared = Signal()
    said = Signal(str)

    def __init__(self, kept: KeptClips, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Kept takes"))
        self._kept = kept
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
        self.show_folder = self.addAction(show, QKeySequence("Ctrl+U, O"), self._show_folder)
        self.delete = self.addAction(
            delete, QKeySequence("Ctrl+U, D"), lambda: kept.measure(self._ask_to_delete)
        )
        self.aboutToShow.connect(self._tick)
        self._tick()

    def _tick(self) -> None:
        self.policies[self._settings.unsaved_takes].setChecked(True)

    def _choose(self) -> None:
        chosen = next(policy for policy, action in self.policies.items() if action.isChecked())
        self._settings.unsaved_takes = chosen
        self.policy_changed.emit()

    def _show_folder(self) -> None:
        if self._kept.folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._kept.folder)))
        else:
            self.said.emit(self.tr("No take is kept yet."))

    def _ask_to_delete(self, size: tuple[int, int]) -> None:
        count, needed = size
        if not count:
            self.said.emit(self.tr("No take is kept yet."))
            return
        one = self.tr("Delete the take that is kept ({megabytes:.1f} MB)?")
        many = self.tr("Delete all {n} takes that are kept ({megabytes:.1f} MB)?")
        text = counted(count, one, many, megabytes=needed / 1e6)
        question, title = QMessageBox.Icon.Question, self.tr("Kept takes")
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
        box = QMessageBox(question, title, text, buttons, self.parentWidget())
        box.setInformativeText(self.tr("This cannot be undone. Your recordings of them stay."))
        box.button(QMessageBox.StandardButton.Yes).setText(self.tr("&Delete"))
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        if box.exec() == QMessageBox.StandardButton.Yes:
            self._kept.clear(self._on_cleared)
        box.deleteLater()

    def _on_cleared(self, count: int) -> None:
        self.cleared.emit()
        one, many = self.tr("{n} take was deleted."), self.tr("{n} takes were deleted.")
        self.said.emit(counted(count, one, many))
