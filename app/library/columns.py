"""How the columns of a table of clips look, which of them are seen, and how that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.library.model import THUMBNAIL_SIZE, Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QTableView

    from app.shell.settings import Settings

_WIDEST = {  # what a column has room for, until the person makes it wider
    Column.NAME: "00_speaker.wav_",
    Column.EXPECTED: "seven_",
    Column.HEARD: "seven?_",
    Column.SURE: "100 %_",
    Column.MODEL: "speech-embedding",
    Column.LENGTH: "000.00 s",
    Column.LEVEL: "-00 dBFS_",
    Column.TIME: "00:00:00_",
    Column.STATE: "corrected_",
    Column.PROBLEM: "clipped: 0.010 s at full",
}


class NameDelegate(QStyledItemDelegate):
    """Draws a name whole, after as much of its folder, in grey, as there is room for."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row's ground, the folder, and the name."""
        self.initStyleOption(option, index)
        cell: Any = option
        folder, slash, name = str(cell.text).rpartition("/")
        cell.text = ""
        style, metrics = cell.widget.style(), cell.fontMetrics
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, cell.widget)
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        rect = cell.rect.adjusted(margin, 0, -margin, 0)
        room = rect.width() - metrics.horizontalAdvance(name)
        before = metrics.elidedText(folder + slash, Qt.TextElideMode.ElideLeft, max(0, room))
        before = before if len(before) > 2 else ""  # no more than the dots
        marked = bool(cell.state & QStyle.StateFlag.State_Selected)
        ink = QPalette.ColorRole.HighlightedText if marked else QPalette.ColorRole.Text
        pale = ink if marked else QPalette.ColorRole.PlaceholderText
        palette: QPalette = cell.palette
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setPen(palette.color(pale))
        painter.drawText(rect, align, before)
        rect = rect.adjusted(metrics.horizontalAdvance(before), 0, 0, 0)
        painter.setPen(palette.color(ink))
        painter.drawText(
            rect, align, metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
        )
        painter.restore()


class Columns(QObject):
    """Which columns a table shows, and where; a right click on the titles chooses.

    Parameters
    ----------
    table : QTableView
    shown : sequence of Column
        Those that are seen, in this order, until the person chooses others.
    place : str
        What is remembered is remembered under this name.
    settings : Settings or None
        None to remember nothing.
    """

    def __init__(
        self, table: QTableView, shown: Sequence[Column], place: str, settings: Settings | None
    ) -> None:
        super().__init__(table)
        self._table = table
        self._key = f"library/{place}"
        self._settings = settings
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(24)
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose)
        self.size()
        for column in Column:
            table.setColumnHidden(column, column not in shown)
        for place_of, column in enumerate(shown):
            header.moveSection(header.visualIndex(column), place_of)
        kept = settings.store.value(self._key) if settings is not None else None
        if isinstance(kept, QByteArray):
            header.restoreState(kept)
        for changed in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged):
            changed.connect(self._remember)

    def size(self) -> None:
        """Make every column as wide as what stands in it."""
        metrics = self._table.fontMetrics()
        self._table.setColumnWidth(Column.PICTURE, THUMBNAIL_SIZE[0] + 10)
        for column, widest in _WIDEST.items():
            self._table.setColumnWidth(column, metrics.horizontalAdvance(widest) + 8)

    @property
    def first(self) -> int:
        """The leftmost of those that are seen."""
        header = self._table.horizontalHeader()
        places = map(header.logicalIndex, range(header.count()))
        return next(column for column in places if not header.isSectionHidden(column))

    def _choose(self, point: QPoint) -> None:
        header = self._table.horizontalHeader()
        menu = QMenu(header)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in Column:
            title = self._table.model().headerData(column, Qt.Orientation.Horizontal)
            action = menu.addAction(title or self.tr("Picture"))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.setEnabled(
                header.isSectionHidden(column) or header.count() - header.hiddenSectionCount() > 1
            )
            action.toggled.connect(lambda on, column=column: self._show(column, on))
        menu.popup(header.mapToGlobal(point))

    def _show(self, column: Column, on: bool) -> None:
        self._table.setColumnHidden(column, not on)
        self._remember()

    def _remember(self) -> None:
        if self._settings is not None:
            state = self._table.horizontalHeader().saveState()
            self._settings.store.setValue(self._key, state)
