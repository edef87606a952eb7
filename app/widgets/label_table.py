"""The labels of a data set, to be ticked, with how much there is of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

_SHARE = Qt.ItemDataRole.UserRole


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

    def set_labels(self, labels: dict[str, dict[str, Any]], ticked: set[str]) -> None:
        """Show the labels of a health report."""
        self.blockSignals(True)
        self.setRowCount(len(labels))
        largest = [
            max((row[key] for row in labels.values()), default=0) or 1
            for key in ("clips", "speakers", "seconds")
        ]
        for number, (label, row) in enumerate(labels.items()):
            item = QTableWidgetItem(label)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if label in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.setItem(number, 0, item)
            values = (row["clips"], row["speakers"], row["seconds"])
            for column, (value, most) in enumerate(zip(values, largest, strict=True), start=1):
                cell = QTableWidgetItem(f"{value:,.0f}")
                cell.setData(_SHARE, value / most)
                self.setItem(number, column, cell)
        self.blockSignals(False)

    def ticked(self) -> tuple[str, ...]:
        """Return the labels that are ticked, in their order."""
        checked = Qt.CheckState.Checked
        return tuple(item.text() for item in self._ticks() if item.checkState() == checked)

    def tick(self, labels: set[str]) -> None:
        """Tick these labels and no others."""
        self.blockSignals(True)
        for item in self._ticks():
            wanted = item.text() in labels
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
