"""Labels in tables: to be ticked, with how much there is of each; and who was taken for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
)

from app.shell.theme import meaning_colours
from app.shell.translation import fill, label_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from core.dataset.health import LabelReport


_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_SHARE = Qt.ItemDataRole.UserRole
_LABEL = Qt.ItemDataRole.UserRole


class _BarDelegate(QStyledItemDelegate):
    """Draws a number over a bar that shows its share of the largest."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the bar, then the number."""
        rect: Any = option.rect
        palette: QPalette = option.palette
        bar = QRectF(rect).adjusted(2, 3, -2, -3)
        bar.setWidth(bar.width() * float(index.data(_SHARE) or 0))
        if option.state & QStyle.StateFlag.State_Selected:
            fill = palette.color(QPalette.ColorRole.Highlight).darker(130)
            text = palette.color(QPalette.ColorRole.HighlightedText)
        else:
            fill = palette.color(QPalette.ColorRole.Midlight)
            text = palette.color(QPalette.ColorRole.Text)
        painter.fillRect(bar, fill)
        painter.setPen(text)
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -6, 0), align, index.data())


class _TickDelegate(QStyledItemDelegate):
    """Draws a frame around the box to tick, which the style hides on a dark ground."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the item, then the frame."""
        super().paint(painter, option, index)
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        widget: Any = option.widget
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        box = widget.style().subElementRect(part, full, widget)
        selected = option.state & QStyle.StateFlag.State_Selected
        role = (
            QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
        )
        painter.save()
        painter.setPen(option.palette.color(role))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 2, 2)
        painter.restore()


class LabelTable(QTableWidget):
    """A row a label: a tick, clips, speakers and seconds as bars.

    Signals: ``ticked_changed()``.
    """

    ticked_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setHorizontalHeaderLabels(
            [self.tr("Label"), self.tr("Clips"), self.tr("Speakers"), self.tr("Seconds")]
        )
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.setItemDelegateForColumn(0, _TickDelegate(self))
        self.setItemDelegateForColumn(1, _BarDelegate(self))
        self.setItemDelegateForColumn(2, _BarDelegate(self))
        self.setItemDelegateForColumn(3, _BarDelegate(self))
        self.setAccessibleName(self.tr("Labels of the data set"))
        self.itemChanged.connect(self._on_item_changed)
        self._size_rows()

    def set_labels(self, labels: dict[str, LabelReport], ticked: set[str]) -> None:
        """Show the labels of a health report."""
        self.blockSignals(True)
        self.setRowCount(len(labels))
        largest = [
            max((getattr(row, key) for row in labels.values()), default=0) or 1
            for key in ("clips", "speakers", "seconds")
        ]
        for number, (label, row) in enumerate(labels.items()):
            item = QTableWidgetItem(label_text(label))
            item.setData(_LABEL, label)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if label in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.setItem(number, 0, item)
            values = (row.clips, row.speakers, row.seconds)
            for column, (value, most) in enumerate(zip(values, largest, strict=True), start=1):
                cell = QTableWidgetItem(fill("{0:,.0f}", value))
                cell.setData(_SHARE, value / most)
                self.setItem(number, column, cell)
        self.blockSignals(False)

    def ticked(self) -> tuple[str, ...]:
        """Return the labels that are ticked, in their order."""
        checked = Qt.CheckState.Checked
        return tuple(item.data(_LABEL) for item in self._ticks() if item.checkState() == checked)

    def tick(self, labels: set[str]) -> None:
        """Tick these labels and no others."""
        self.blockSignals(True)
        for item in self._ticks():
            wanted = item.data(_LABEL) in labels
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.ticked_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_rows()

    def _ticks(self) -> list[QTableWidgetItem]:
        items = (self.item(row, 0) for row in range(self.rowCount()))
        return [item for item in items if item is not None]

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self.ticked_changed.emit()


class ConfusionModel(QAbstractTableModel):
    """Counts with their labels; a cell's colour is its share of the row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self.labels: Sequence[str] = ()
        self._counts: Sequence[Sequence[int]] = ()

    def set_counts(self, labels: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
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
            text = self.tr("said: {0}") if row else self.tr("heard: {0}")
            return text.format(name)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a count, its colour, or what it means in words."""
        row, column = index.row(), index.column()
        count = self._counts[row][column]
        total = sum(self._counts[row])
        share = count / total if total else 0.0
        if role == Qt.ItemDataRole.DisplayRole:
            return fill("{0:,}", count) if count else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(self._colour(share, row == column))
        if role == Qt.ItemDataRole.ForegroundRole:
            dark = self._colour(share, row == column).lightnessF() < 0.5
            return QBrush(Qt.GlobalColor.white if dark else Qt.GlobalColor.black)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self.tr("{count:,} of {total:,} times “{said}” was taken for “{answer}”")
            return fill(
                text,
                count=count,
                total=total,
                said=label_text(self.labels[row]),
                answer=label_text(self.labels[column]),
            )
        return None

    def _colour(self, share: float, right: bool) -> QColor:
        """Blend a hit's colour, or an error's, into the ground."""
        palette = self._widget.palette()
        base = palette.color(QPalette.ColorRole.Base)
        hit = palette.color(QPalette.ColorRole.Highlight)
        full = hit if right else meaning_colours(palette).recording
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
        self._axes = QLabel(self.tr("said ↓  heard →"), self)  # in the corner that is empty
        self._axes.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._axes.setWordWrap(True)
        self._axes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
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

    def set_counts(self, labels: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """Show the counts of an evaluation."""
        self._counts.set_counts(labels, counts)

    def updateGeometries(self) -> None:
        """Keep the names of the axes in the corner."""
        super().updateGeometries()
        width, height = self.verticalHeader().width(), self.horizontalHeader().height()
        self._axes.setGeometry(0, 0, width, height)
        self._axes.raise_()

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
        self.verticalHeader().setMinimumWidth(metrics.horizontalAdvance("heard →") + 16)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            labels = self._counts.labels
            self.cell_chosen.emit(labels[current.row()], labels[current.column()])


class FigureTable(QTableWidget):
    """Shows texts; the keyboard goes from row to row, and Tab leads out of it."""

    def __init__(self, headers: Sequence[str], name: str) -> None:
        super().__init__(0, len(headers))
        self.setHorizontalHeaderLabels(headers)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Show these rows and no others."""
        self.setRowCount(0)
        for texts in rows:
            self.add_row(texts)

    def add_row(self, texts: Sequence[str], bold: bool = False) -> None:
        """Show one row more."""
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            font = item.font()
            font.setBold(bold)
            item.setFont(font)
            self.setItem(row, column, item)
