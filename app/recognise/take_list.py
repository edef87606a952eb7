"""The list of the takes of this session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.recognise.take_model import (
    ANSWER,
    CONFIDENCE,
    PICTURE,
    THUMBNAIL_SIZE,
    TIME,
    TakeTableModel,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.recognise.takes import RecognisedTake


class TakeList(QTableView):
    """A list to choose a take from, newest first.

    Signals: ``take_chosen(object)`` with the RecognisedTake that the person chose;
    ``inspect_wanted()`` when it is to be looked at closely.
    """

    take_chosen = Signal(object)
    inspect_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes = TakeTableModel(self)
        self._adding = False
        self.setModel(self.takes)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(*THUMBNAIL_SIZE))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(ANSWER, QHeaderView.ResizeMode.Stretch)
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

    def current(self) -> RecognisedTake | None:
        """Return the take that is marked."""
        row = self.currentIndex().row()
        return self.takes.take_at(row) if row >= 0 else None

    def add(self, take: RecognisedTake) -> None:
        """Put a take on top and mark it, without telling that it was chosen."""
        self._adding = True
        self.takes.add(take)
        self.selectionModel().setCurrentIndex(
            self.takes.index(0, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self._adding = False
        self.scrollToTop()

    def _size_columns(self) -> None:
        metrics = self.fontMetrics()
        self.setMinimumHeight(3 * metrics.height())
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(THUMBNAIL_SIZE[1], metrics.height()) + 6)
        self.setColumnWidth(PICTURE, THUMBNAIL_SIZE[0] + 10)
        for column, widest in ((TIME, "00:00:00"), (CONFIDENCE, "100 %")):
            self.setColumnWidth(column, metrics.horizontalAdvance(widest) + 16)

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._adding:
            self.take_chosen.emit(self.takes.take_at(current.row()))
