"""The takes of this session, newest first: the table, and the list to choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHeaderView

from app.shell.translation import answer_text, label_text, percent, translated
from app.widgets.rows import NO_PARENT, Index, RowTable, RowTableModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.recognise.takes import RecognisedTake
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram

KEPT = 500
"""How many takes are kept; each is about 130 KB of memory."""

PICTURE, TIME, ANSWER, CONFIDENCE = range(4)
THUMBNAIL_SIZE = (72, 24)
"""Width and height in pixels."""


class TakeTableModel(RowTableModel):
    """The takes as rows: picture, time, answer, confidence. A take is known by its clip."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._takes: list[RecognisedTake] = []
        self._thumbnails: dict[int, QPixmap] = {}  # by the id of the spectrogram
        self._headers = ("", self.tr("Time"), self.tr("Answer"), self.tr("Sure"))

    def all(self) -> list[RecognisedTake]:
        """Return all takes, newest first."""
        return list(self._takes)

    def add(self, take: RecognisedTake) -> None:
        """Put a take on top; the oldest goes when there are too many."""
        self.insert(0, take)
        if len(self._takes) > KEPT:
            self.remove(self._takes[-1])

    def insert(self, row: int, take: RecognisedTake) -> None:
        """Put a take at a row, or at the end when there are not so many."""
        row = min(row, len(self._takes))
        self.beginInsertRows(NO_PARENT, row, row)
        self._takes.insert(row, take)
        self.endInsertRows()

    def remove(self, take: RecognisedTake) -> int:
        """Remove a take; return which row it had."""
        row = self.row_of(take.clip)
        self.beginRemoveRows(NO_PARENT, row, row)
        removed = self._takes.pop(row)
        self._thumbnails.pop(id(removed.spectrogram), None)
        self.endRemoveRows()
        return row

    def replace(self, take: RecognisedTake) -> None:
        """Show something else of a take; one that is no longer there is left alone."""
        row = self.row_of(take.clip)
        if row >= 0:
            self._takes[row] = take
            self.dataChanged.emit(self.index(row, 0), self.index(row, CONFIDENCE))

    def set_prediction(self, clip: AudioClip, prediction: Prediction | None) -> None:
        """Show what another model says of a take; one that is no longer there is left alone."""
        row = self.row_of(clip)
        if row >= 0:
            self.replace(replace(self._takes[row], prediction=prediction))

    def set_threshold(self, threshold: float) -> None:
        """Judge every answer anew by the confidence from which on one is given."""
        for row, take in enumerate(self._takes):
            if take.prediction is not None:
                prediction = replace(take.prediction, threshold=threshold)
                self._takes[row] = replace(take, prediction=prediction)
        if self._takes:
            self.dataChanged.emit(self.index(0, ANSWER), self.index(len(self._takes) - 1, ANSWER))

    def row_of(self, clip: AudioClip) -> int:
        """Return the row of the take with a clip, or -1."""
        return next((row for row, take in enumerate(self._takes) if take.clip is clip), -1)

    def take_at(self, row: int) -> RecognisedTake:
        """Return the take of a row."""
        return self._takes[row]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of takes."""
        return 0 if parent.isValid() else len(self._takes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        take, column = self._takes[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(take, column)
        if role == Qt.ItemDataRole.DecorationRole and column == PICTURE:
            return self._thumbnail(take.spectrogram)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self._notes(take))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == CONFIDENCE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and column == PICTURE:
            return self.tr("Spectrogram")
        return None

    def _text(self, take: RecognisedTake, column: int) -> str | None:
        prediction = take.prediction
        if column == TIME:
            return f"{take.time:%H:%M:%S}"
        if column == ANSWER:
            return self._answer(take)
        if column == CONFIDENCE:
            if prediction is None or prediction.problem is not None:
                return ""
            return percent(prediction.confidence)
        return None

    def _notes(self, take: RecognisedTake) -> list[str]:
        notes = [take.source, *([take.note] if take.note else [])]
        if take.prediction is not None:
            if take.prediction.sentence is not None:
                notes.append(translated(take.prediction.sentence))
            notes.append(self.tr("Asked: {0}").format(take.prediction.model))
        if take.recording is not None:
            notes.append(self.tr("Kept as {0}").format(take.recording.path))
        return notes

    def _answer(self, take: RecognisedTake) -> str:
        if take.recording is None:
            return answer_text(take.prediction)
        label = label_text(take.recording.label)
        if take.heard is None:
            return self.tr("{0} (you said)").format(label)
        if take.heard == take.label:
            return self.tr("{0}, right").format(label)
        return self.tr("{0}, not {1}").format(label, take.heard)

    def _thumbnail(self, spectrogram: MelSpectrogram) -> QPixmap:
        known = self._thumbnails.get(id(spectrogram))
        if known is None:
            known = self._thumbnails[id(spectrogram)] = thumbnail(spectrogram)
        return known


class TakeList(RowTable):
    """A list to choose a take from, newest first.

    Signals: ``take_chosen(object)`` with the RecognisedTake that the person chose;
    ``inspect_wanted()`` when it is to be looked at closely.
    """

    take_chosen = Signal(object)
    inspect_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        takes = TakeTableModel()
        super().__init__(takes, ANSWER, parent)
        self.takes = takes
        self._adding = False
        self.setIconSize(QSize(*THUMBNAIL_SIZE))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(24)
        self.setAccessibleName(self.tr("Takes of this session, newest first"))
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self.activated.connect(lambda: self.inspect_wanted.emit())
        self._size_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_columns()

    def current(self) -> RecognisedTake | None:
        """Return the take that is marked."""
        row = self.currentIndex().row()
        return self.takes.take_at(row) if row >= 0 else None

    def add(self, take: RecognisedTake, mark: bool = True) -> None:
        """Put a take on top and mark it, if wanted, without telling that it was chosen."""
        self._adding = True
        self.takes.add(take)
        if not mark:
            self._adding = False
            return
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


def thumbnail(spectrogram: MelSpectrogram) -> QPixmap:
    """Return a small picture of a spectrogram, in the colours of the large one."""
    from app.sound_view.plots import COLOUR_MAPS, DECIBEL_RANGE, audible, colour_table

    low, high = DECIBEL_RANGE
    decibels = audible(spectrogram.decibels, low)[::-1]
    shares = np.clip((decibels - low) / (high - low), 0, 1)
    colours = colour_table(COLOUR_MAPS[0])
    pixels = np.ascontiguousarray(colours[(255 * shares).astype(np.uint8)], np.uint8)
    height, width, _ = pixels.shape
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    ignore = Qt.AspectRatioMode.IgnoreAspectRatio
    smooth = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(*THUMBNAIL_SIZE, ignore, smooth))
