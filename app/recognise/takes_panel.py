"""The takes and the words that were heard, newest first, with what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from app.library.actions import ClipActions
from app.library.bar import UNSAVED, UNSURE, WRONG, FilterBar
from app.library.clips import State
from app.library.model import Column
from app.library.table import ClipTable
from app.shell.settings import DISCARD
from app.shell.translation import fill
from app.widgets.layout import in_column, in_row
from core.places import user_takes

if TYPE_CHECKING:
    from app.library.changes import Changes
    from app.recognise.kept_menu import KeptMenu
    from app.shell.settings import Settings

IN_MEMORY = 500
"""How many takes are in memory; each needs about 40 KB of it."""
_LEAST_ROWS = 2.7  # a part of a row tells that there are more


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
        self.table.setAccessibleName(self.tr("Takes, newest first"))
        self.table.set_least_rows(_LEAST_ROWS)
        self.table.empty_text = self.tr(
            "Each take is listed here, to be heard again, corrected and kept."
        )
        self.clip_actions = ClipActions(self.table, changes, settings)
        self.bar = FilterBar(self.table, (WRONG, UNSURE, UNSAVED), is_flat=True)
        self._settings = settings
        self._note = QLabel()
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        text = self.tr(
            "The last {n} takes are in memory. They are gone when the window is closed, unless you "
            "save or export them, say what they were, or keep them for next time in {folder}, on "
            "this computer only. “More” lets you choose what always becomes of them."
        )
        self._note.setToolTip(fill(text, n=IN_MEMORY, folder=user_takes()))
        actions = self.clip_actions
        self.wrong = QPushButton(self.tr("&Wrong?"))
        self.wrong.setToolTip(self.tr("Say what the marked take was (W, or its digit at once)"))
        self.more = QPushButton(self.tr("M&ore"))
        self.more.setToolTip(self.tr("What can be done with the marked take"))
        menu = QMenu(self)
        menu.addActions([actions.play, actions.inspect, actions.save, actions.delete])
        menu.addSeparator()
        menu.addActions([actions.undo, actions.export, actions.export_list])
        menu.addSeparator()
        menu.addActions([actions.teach, actions.hear])
        menu.addSeparator()
        self.more.setMenu(menu)
        self._note.setMinimumWidth(1)  # it may be cut
        line = in_row(self.bar.count, (self._note, 1), self.wrong, self.more)
        self.setLayout(in_column(self.bar, (self.table, 1), line, spacing=2))
        self.wrong.clicked.connect(actions.ask_label)
        actions.correct.enabledChanged.connect(self.wrong.setEnabled)
        self.wrong.setEnabled(actions.correct.isEnabled())
        self.table.clips.counted.connect(self.tell_state)
        self.tell_state()

    def add_menu(self, menu: KeptMenu) -> None:
        """Offer what becomes of takes, and show what was chosen."""
        self.more.menu().addMenu(menu)
        menu.policy_changed.connect(self.tell_state)

    def tell_state(self) -> None:
        """Say where the takes are, and what becomes of them."""
        clips = self.table.clips.clips
        unsaved = sum(clip.state is State.UNSAVED for clip in clips)
        kept = sum(clip.kept is not None for clip in clips)
        self._note.setText(self._text(unsaved, kept) if clips else "")

    def _text(self, unsaved: int, kept: int) -> str:
        if unsaved and self._settings.unsaved_takes == DISCARD:
            return self.tr("Forgotten when you quit")
        if unsaved and kept:
            return fill(self.tr("{0} in memory only"), unsaved)
        if unsaved:
            return self.tr("Kept in memory only")
        return self.tr("Kept for next time") if kept else ""
