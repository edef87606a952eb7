"""The table of clips: to walk through, to hear, and to correct by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDrag, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from app.library.columns import Columns, NameDelegate
from app.library.label_keys import LabelKeys
from app.library.model import THUMBNAIL_SIZE, ClipTableModel, Column
from app.widgets.rows import RowTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from app.library.clips import Clip
    from app.shell.settings import Settings

_SETTLE_MS = 30
_HIGH = 100  # pixels that rows may claim; with larger letters, there is no room for them
_MOST_MARKED = 1000  # rows that stay marked when other rows are shown
_SHORTCUTS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class ClipTable(RowTable):
    """A table of clips; several can be marked, and what is done is done to all of them.

    Parameters
    ----------
    columns : sequence of Column
        Those that are seen until the person chooses others.
    stretched : Column
        The one that takes the room that is left.
    place : str
        Where it stands; its columns are remembered under this name.
    settings : Settings, optional
    space_plays : bool
        Whether Space plays here, or is for somebody else.

    Signals
    -------
    chosen(Clip)
        The person looks at another one.
    opened(Clip)
        It is to be looked at closely.
    label_given(list of Clip, str), confirmed(list of Clip), taken_back(list of Clip)
        What was said; that it was what the model heard; that nothing is said any more.
    delete_wanted(list of Clip), play_wanted(Clip)
    said(str)
        What the letters typed so far may mean.
    visible_changed()
        Other rows can be seen.
    """

    chosen = Signal(object)
    opened = Signal(object)
    label_given = Signal(list, str)
    confirmed = Signal(list)
    taken_back = Signal(list)
    delete_wanted = Signal(list)
    play_wanted = Signal(object)
    said = Signal(str)
    visible_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        stretched: Column = Column.NAME,
        place: str = "",
        settings: Settings | None = None,
        space_plays: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        model = ClipTableModel()
        super().__init__(model, stretched, parent)
        self.clips = model
        self.labels = LabelKeys(self)
        self.write_sounds: Callable[[list[Clip]], list[Path]] | None = None
        """Writes what is in memory only to files, so that it can be dragged to elsewhere."""
        self._least_rows = 0.0
        self.empty_text = ""
        """What the list is for, while nothing is in it."""
        self._space_plays = space_plays
        self._told: Clip | None = None  # of which was told that it is chosen
        self._quiet = False
        self._before: tuple[list[Clip], int, list[Clip]] = ([], -1, [])
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(*THUMBNAIL_SIZE))
        self.setItemDelegateForColumn(Column.NAME, NameDelegate(self))
        self.setDragEnabled(True)
        self.setAccessibleName(self.tr("Clips"))
        self.columns = Columns(self, columns, place, settings)
        self.setSortingEnabled(True)
        self._size_rows()

        # --- connections ---
        self._settle.timeout.connect(self.visible_changed)
        self.verticalScrollBar().valueChanged.connect(lambda: self._settle.start())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        for changed in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            changed.connect(lambda *_: self._settle.start())
        model.rowsRemoved.connect(self._mark_next)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda index: self.opened.emit(model.clip_at(index.row())))
        self.labels.typed.connect(lambda label: self.label_given.emit(self.selected(), label))
        self.labels.ambiguous.connect(
            lambda typed, found: self.said.emit(
                f"{typed}\N{HORIZONTAL ELLIPSIS} {', '.join(found)}"
            )
        )

    # --- what is marked -------------------------------------------------------------------

    def current(self) -> Clip | None:
        """Return the clip that is looked at."""
        row = self.currentIndex().row()
        return self.clips.clip_at(row) if 0 <= row < len(self.clips.shown) else None

    def selected(self) -> list[Clip]:
        """Return the clips that are marked, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.clips.clip_at(row) for row in rows]

    def visible(self) -> Sequence[Clip]:
        """Return the clips whose rows can be seen."""
        last = self.rowAt(self.viewport().height() - 1)
        return self.clips.shown[max(0, self.rowAt(0)) : last + 1 if last >= 0 else None]

    def mark(self, clip: Clip | None, quietly: bool = True) -> None:
        """Mark one clip and bring it into sight; quietly: without telling that it is chosen."""
        row = self.clips.row_of(clip)
        if row < 0 or (self.current() is clip and self.selected() == [clip]):
            return
        self._quiet = quietly
        flags = QItemSelectionModel.SelectionFlag
        index = self.clips.index(row, self.columns.first)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        self._quiet = False

    def mark_next_wrong(self) -> None:
        """Go to the next clip of which the model heard something else."""
        row = self.clips.next_wrong(self.currentIndex().row())
        if row >= 0:
            self.mark(self.clips.clip_at(row), quietly=False)

    # --- Qt's events ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, correct, play; every other key is for whoever holds the table."""
        plain = not event.modifiers() & _SHORTCUTS and self.current() is not None
        act = self._acts.get(Qt.Key(event.key())) if plain else None
        if plain and self.labels.means(event):
            self.labels.press(event)
        elif act is not None and (self._space_plays or event.key() != Qt.Key.Key_Space):
            act(self)
        elif event.key() == Qt.Key.Key_A and event.modifiers() & _SHORTCUTS:
            self.selectAll()
        else:
            self.walk(event)

    _acts: dict[Qt.Key, Callable[[ClipTable], None]] = {  # noqa: RUF012
        Qt.Key.Key_Return: lambda self: self.confirmed.emit(self.selected()),
        Qt.Key.Key_Enter: lambda self: self.confirmed.emit(self.selected()),
        Qt.Key.Key_Backspace: lambda self: self.taken_back.emit(self.selected()),
        Qt.Key.Key_Delete: lambda self: self.delete_wanted.emit(self.selected()),
        Qt.Key.Key_Space: lambda self: self.play_wanted.emit(self.current()),
        Qt.Key.Key_F3: lambda self: self.mark_next_wrong(),
    }

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Take the marked clips along as files."""
        clips = self.selected()
        files = [clip for clip in clips if clip.path is not None and clip.start is None]
        in_memory = [clip for clip in clips if clip not in set(files)]  # or a word of a file
        paths = [clip.path for clip in files if clip.path is not None]
        if in_memory and self.write_sounds is not None:
            paths += self.write_sounds(in_memory)
        if paths:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in dict.fromkeys(paths)])
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what the list is for where it is empty, and that nothing was found."""
        super().paintEvent(event)
        if not self.clips.shown:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            text = self.tr("None of them is like that.") if self.clips.clips else self.empty_text
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(12, 4, -12, -4), flags, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that other rows can be seen."""
        super().resizeEvent(event)
        self._settle.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.columns.size()
            self._size_rows()

    def _size_rows(self) -> None:
        height = self.fontMetrics().height()
        pictures = not self.isColumnHidden(Column.PICTURE)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(THUMBNAIL_SIZE[1] if pictures else 0, height) + 6)
        header = self.horizontalHeader().sizeHint().height()
        least = header + round(self._least_rows * rows.defaultSectionSize())
        self.setMinimumHeight(least if 2 * height < least <= _HIGH else 2 * height)

    def set_least_rows(self, count: float) -> None:
        """Be so high that as many rows can always be seen."""
        self._least_rows = count
        self._size_rows()

    def _mark_next(self) -> None:
        """Where a marked row has gone, Qt looks at the next one but does not mark it."""
        if not self.selectionModel().hasSelection() and self.current() is not None:
            self.selectRow(self.currentIndex().row())

    def _remember(self) -> None:
        self._before = list(self.clips.shown), self.currentIndex().row(), self.selected()

    def _restore(self) -> None:
        """Mark what was marked; in place of a row that has gone, the next one."""
        before, row, marked = self._before
        nearest = [*before[row:], *before[:row][::-1]] if row >= 0 else []
        current = next((clip for clip in nearest if self.clips.row_of(clip) >= 0), None)
        if current is not None:
            self.mark(current, quietly=current is self._told)
            flags = QItemSelectionModel.SelectionFlag
            for clip in marked[:_MOST_MARKED]:
                index = self.clips.index(self.clips.row_of(clip), self.columns.first)
                self.selectionModel().select(index, flags.Select | flags.Rows)
        self._settle.start()
        self._tell()

    def _tell(self) -> None:
        clip = self.current()
        if clip is not self._told:
            self._told = clip
            if clip is not None and not self._quiet:
                self.chosen.emit(clip)
