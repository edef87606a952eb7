"""The clips on the left of the Inspect tab: found, sorted, heard in the background, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.library.actions import ClipActions
from app.library.bar import CHANGED, PROBLEMS, UNSURE, WRONG, FilterBar
from app.library.model import Column
from app.library.table import ClipTable
from app.widgets.layout import in_column

if TYPE_CHECKING:
    from app.inspect.controller import InspectController
    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.shell.settings import Settings

_NEEDS_ALL = (WRONG, UNSURE, PROBLEMS, CHANGED)
_SORTS_ALL = (Column.HEARD, Column.SURE, Column.MODEL, Column.LENGTH, Column.LEVEL, Column.STATE)


class ClipList(QWidget):
    """A table of the controller's clips, with its bar.

    Rows that are seen are heard first; all others as soon as the person looks for something
    that only the model can tell.

    Parameters
    ----------
    controller : InspectController
    changes : Changes
    settings : Settings
    """

    def __init__(
        self,
        controller: InspectController,
        changes: Changes,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._hearing = hearing = controller.hearing
        columns = (Column.NAME, Column.EXPECTED, Column.HEARD, Column.SURE)
        self.table = table = ClipTable(columns, Column.NAME, "inspect", settings)
        table.setAccessibleName(self.tr("Clips to inspect"))
        self.clip_actions = ClipActions(table, changes, settings)
        self.clip_actions.inspect.setVisible(False)  # it is where one is already
        table.addActions(self.clip_actions.every)
        self.bar = FilterBar(table, (WRONG, UNSURE, PROBLEMS, CHANGED))
        self.setLayout(in_column(self.bar, (table, 1), spacing=2))

        # --- connections ---
        model = table.clips
        controller.items_changed.connect(self._on_items_changed)
        controller.row_changed.connect(lambda row: table.mark(controller.items[row]))
        table.chosen.connect(controller.show_clip)
        table.visible_changed.connect(lambda: controller.look_at(table.visible()))
        for changed in (
            model.modelReset,
            model.rowsInserted,
            model.rowsRemoved,
            model.layoutChanged,
        ):
            changed.connect(self._on_rows_changed)
        hearing.wants_picture = self._wants_picture
        hearing.heard.connect(self._on_heard)
        hearing.drawn.connect(model.set_thumbnail)
        hearing.progressed.connect(self._on_progressed)
        self.bar.wanted_changed.connect(self._hear_all)
        table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._hear_all())

    def stop_hearing(self) -> bool:
        """Hear no more than what is seen; tell whether more was being heard."""
        hears_all = self._hearing.hears_all
        self._hearing.stop()
        return hears_all

    def _hear_all(self) -> None:
        column = self.table.horizontalHeader().sortIndicatorSection()
        if self.bar.wanted in _NEEDS_ALL or column in _SORTS_ALL:
            self._hearing.hear_all(self.table.clips.clips)

    def _wants_picture(self, clip: Clip) -> bool:
        hidden = self.table.isColumnHidden(Column.PICTURE)
        return not hidden and self.table.clips.lacks_thumbnail(clip)

    def _on_items_changed(self, clips: list[Clip]) -> None:
        self.table.blockSignals(True)  # which of them is opened first says the controller
        self.bar.clear()
        self.table.clips.set_clips(clips)
        self.table.blockSignals(False)
        self._hear_all()

    def _on_rows_changed(self) -> None:
        shown = self.table.clips.shown
        self._controller.set_order(shown)
        if not self.table.clips.clips:
            self._controller.clear()
        elif shown and self.table.current() is None:
            self.table.mark(shown[0], quietly=False)  # the first that was found, or came back

    def _on_heard(self, clips: list[Clip]) -> None:
        for clip in clips:
            self.table.clips.tell(clip)

    def _on_progressed(self, heard: int, every: int) -> None:
        self.bar.show_heard(heard if heard < every else None)
