"""The takes of this session, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.takes import RecognisedTake

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class TakeTableModel(QAbstractTableModel):
    """The takes as rows, newest first: time, answer, confidence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._takes: list[RecognisedTake] = []
        self._headers = (self.tr("Time"), self.tr("Answer"), self.tr("Sure"))

    def add(self, take: RecognisedTake) -> None:
        """Put a take on top."""
        self.beginInsertRows(_NO_PARENT, 0, 0)
        self._takes.insert(0, take)
        self.endInsertRows()

    def all(self) -> list[RecognisedTake]:
        """Return all takes, newest first."""
        return list(self._takes)

    def take_at(self, row: int) -> RecognisedTake:
        """Return the take of a row."""
        return self._takes[row]

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of takes."""
        return 0 if parent.isValid() else len(self._takes)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headers[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        take = self._takes[index.row()]
        prediction = take.prediction
        if role == Qt.ItemDataRole.ToolTipRole:
            notes = (take.source, take.note, prediction and prediction.sentence)
            return "\n".join(note for note in notes if note)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return f"{take.time:%H:%M:%S}"
        if index.column() == 1:
            return (prediction and prediction.label) or "-"
        if prediction is None or prediction.problem is not None:
            return ""
        return f"{prediction.confidence:.0%}".replace("%", " %")


class TakeList(QTableView):
    """A list to choose a take from.

    Signals: ``take_chosen(object)`` with the RecognisedTake that the person chose;
    ``inspect_wanted()`` when it is to be looked at closely.
    """

    take_chosen = Signal(object)
    inspect_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes = TakeTableModel(self)
        self.setModel(self.takes)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(self.tr("Takes of this session, newest first"))
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self.activated.connect(lambda: self.inspect_wanted.emit())
        self._size_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space, which records, to the window."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _size_columns(self) -> None:
        metrics = self.fontMetrics()
        self.setMinimumHeight(4 * metrics.height())
        for column, widest in ((0, "00:00:00"), (2, "100 %")):
            self.setColumnWidth(column, metrics.horizontalAdvance(widest) + 20)

    def add(self, take: RecognisedTake) -> None:
        """Put a take on top and mark it, without telling that it was chosen."""
        self.takes.add(take)
        selection = self.selectionModel()
        selection.blockSignals(True)
        selection.setCurrentIndex(
            self.takes.index(0, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        selection.blockSignals(False)
        self.viewport().update()
        self.scrollToTop()

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.take_chosen.emit(self.takes.take_at(current.row()))
