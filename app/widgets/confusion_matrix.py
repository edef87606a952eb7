"""Who was taken for whom: a row for what was said, a column for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.shell.translation import label_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class ConfusionModel(QAbstractTableModel):
    """Counts with their labels; a cell's colour is its share of the row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self.labels: list[str] = []
        self._counts: list[list[int]] = []

    def set_counts(self, labels: list[str], counts: list[list[int]]) -> None:
        """Show other counts."""
        self.beginResetModel()
        self.labels, self._counts = labels, counts
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of labels."""
        return 0 if parent.isValid() else len(self.labels)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of labels."""
        return 0 if parent.isValid() else len(self.labels)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a label is called."""
        name = label_text(self.labels[section])
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            row = orientation == Qt.Orientation.Vertical
            text = self.tr("said: {0}") if row else self.tr("answer: {0}")
            return text.format(name)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a count, its colour, or what it means in words."""
        row, column = index.row(), index.column()
        count = self._counts[row][column]
        total = sum(self._counts[row])
        share = count / total if total else 0.0
        if role == Qt.ItemDataRole.DisplayRole:
            return str(count) if count else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(self._colour(share))
        if role == Qt.ItemDataRole.ForegroundRole and share > 0.5:
            return QBrush(self._widget.palette().color(QPalette.ColorRole.HighlightedText))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("{count} of {total} times “{said}” was taken for “{answer}”").format(
                count=count,
                total=total,
                said=label_text(self.labels[row]),
                answer=label_text(self.labels[column]),
            )
        return None

    def _colour(self, share: float) -> QColor:
        palette = self._widget.palette()
        base = palette.color(QPalette.ColorRole.Base)
        full = palette.color(QPalette.ColorRole.Highlight)
        weight = share**0.5 if share else 0.0  # so that a single mistake can be seen
        return QColor(
            round(base.red() + (full.red() - base.red()) * weight),
            round(base.green() + (full.green() - base.green()) * weight),
            round(base.blue() + (full.blue() - base.blue()) * weight),
        )


class ConfusionMatrix(QTableView):
    """A table to choose a pair of labels from.

    Signals: ``cell_chosen(str, str)`` with what was said and what was answered.
    """

    cell_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = ConfusionModel(self)
        self.setModel(self._counts)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setHighlightSections(True)
        align = Qt.AlignmentFlag
        self.verticalHeader().setDefaultAlignment(align.AlignRight | align.AlignVCenter)
        self.horizontalHeader().setDefaultAlignment(align.AlignCenter | Qt.TextFlag.TextWordWrap)
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._size()

    def set_counts(self, labels: list[str], counts: list[list[int]]) -> None:
        """Show the counts of an evaluation."""
        self._counts.set_counts(labels, counts)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _size(self) -> None:
        metrics = self.fontMetrics()
        self.horizontalHeader().setMinimumSectionSize(metrics.horizontalAdvance("seven") + 8)
        self.horizontalHeader().setFixedHeight(2 * metrics.height() + 4)  # "other word" wraps
        self.verticalHeader().setMinimumSectionSize(metrics.height() + 2)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            labels = self._counts.labels
            self.cell_chosen.emit(labels[current.row()], labels[current.column()])
