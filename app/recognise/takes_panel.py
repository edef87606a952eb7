"""The takes and the words that were heard, newest first, with what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from app.library.actions import ClipActions
from app.library.bar import UNSAVED, UNSURE, WRONG, FilterBar
from app.library.model import Column
from app.library.table import ClipTable
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from app.library.changes import Changes
    from app.shell.settings import Settings

KEPT = 500
"""How many takes are kept; each is about 40 KB of memory."""


class TakesPanel(QWidget):
    """A table of takes; those that are marked can be corrected, played, saved, thrown away.

    Parameters
    ----------
    changes : Changes
    settings : Settings
    """

    def __init__(self, changes: Changes, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = (Column.PICTURE, Column.TIME, Column.EXPECTED, Column.HEARD, Column.SURE)
        self.table = ClipTable(columns, Column.HEARD, "takes", settings, space_plays=False)
        self.table.setAccessibleName(self.tr("Takes of this session, newest first"))
        self.clip_actions = ClipActions(self.table, changes, settings)
        self.bar = FilterBar(self.table, (WRONG, UNSURE, UNSAVED), is_flat=True)
        self._note = QLabel(self.tr("Kept in memory only"))
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._note.setToolTip(
            self.tr(
                "Takes are gone when the window is closed; the last {0} are kept. Saved are only "
                "those that you save, export, or say what they were."
            ).format(KEPT)
        )
        actions = self.clip_actions
        self.wrong = QPushButton(self.tr("&Wrong?"))
        self.wrong.setToolTip(self.tr("Say what the marked take was (W, or its digit at once)"))
        self.more = QPushButton(self.tr("M&ore"))
        self.more.setToolTip(self.tr("What can be done with the marked take"))
        menu = QMenu(self)
        menu.addActions([actions.play, actions.inspect, actions.save, actions.delete])
        menu.addSeparator()
        menu.addActions([actions.undo, actions.export])
        self.more.setMenu(menu)
        self._note.setMinimumWidth(1)  # it may be cut
        line = in_row(self.bar.count, (self._note, 1), self.wrong, self.more)
        self.setLayout(in_column(self.bar, (self.table, 1), line, spacing=2))
        self.wrong.clicked.connect(actions.ask_label)
        actions.correct.enabledChanged.connect(self.wrong.setEnabled)
        self.wrong.setEnabled(actions.correct.isEnabled())
