"""The list of clips: one model for ten or ten thousand, looked into only where it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.shell.translation import fill, percent
from app.widgets.rows import NO_PARENT, Index, RowTable, RowTableModel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.inspect.clips import ClipItem, Glance

_SETTLE_MS = 30
_WIDEST = ("00_speak.wav", "Answer_", "100 %_", "Length")  # what a column has room for


class ClipListModel(RowTableModel):
    """The clips as rows: name, answer, confidence, length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[ClipItem] = []
        self._rows: dict[ClipItem, int] = {}
        self._glances: dict[ClipItem, Glance] = {}
        self._headers = (self.tr("Clip"), self.tr("Answer"), self.tr("Sure"), self.tr("Length"))

    def set_items(self, items: list[ClipItem]) -> None:
        """Show other clips."""
        self.beginResetModel()
        self.items = items
        self._rows = {item: row for row, item in enumerate(items)}
        self._glances = {}
        self.endResetModel()

    def set_glance(self, item: ClipItem, glance: Glance) -> None:
        """Show what is known of a clip."""
        row = self._rows.get(item)
        if row is not None:
            self._glances[item] = glance
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._headers) - 1))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of clips."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        item = self.items[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name if column == 0 else self._cell(self._glances.get(item), column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            glance = self._glances.get(item)
            where = str(item.path) if item.path is not None else item.name
            return f"{where}\n{glance.sentence}" if glance and glance.sentence else where
        return None

    def _cell(self, glance: Glance | None, column: int) -> str:
        if glance is None:
            return ""
        if column == 1:
            return (glance.answer or "–") if glance.seconds is not None else self.tr("error")
        if column == 2:
            return "" if glance.confidence is None else percent(glance.confidence)
        return "" if glance.seconds is None else fill("{0:.2f} s", glance.seconds)


class ClipList(RowTable):
    """A list to walk through with the arrow keys.

    Signals
    -------
    row_chosen(int)
    visible_rows_changed(int, int)
        The first and the last row that can be seen.
    """

    row_chosen = Signal(int)
    visible_rows_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        clips = ClipListModel()
        super().__init__(clips, 0, parent)
        self.clips = clips
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(self.tr("Clips to inspect"))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._tell_visible_rows)
        self.verticalScrollBar().valueChanged.connect(lambda: self._settle.start())
        self.clips.modelReset.connect(lambda: self._settle.start())
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self._size()

    def set_row(self, row: int) -> None:
        """Mark a row and make it visible."""
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self.clips.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the list; every other key is for the pictures."""
        self.walk(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that other rows can be seen."""
        super().resizeEvent(event)
        self._use_room()
        self._settle.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _size(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 6)
        widths = self._widths = [metrics.horizontalAdvance(widest) + 14 for widest in _WIDEST]
        for column, width in enumerate(widths[1:], start=1):
            self.setColumnWidth(column, width)
        self.horizontalHeader().setMinimumSectionSize(min(widths))
        self.setMinimumWidth(sum(widths[:2]))
        self._use_room()

    def _use_room(self) -> None:
        """Leave out the length, and then the confidence, where there is no room for them."""
        for column in (2, 3):
            self.setColumnHidden(column, sum(self._widths[: column + 1]) > self.width())

    def _tell_visible_rows(self) -> None:
        last = self.rowAt(self.viewport().height() - 1)
        first = max(0, self.rowAt(0))
        self.visible_rows_changed.emit(first, last if last >= 0 else len(self.clips.items) - 1)

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(current.row())
