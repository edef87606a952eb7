"""The takes of this session as a table, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap

from app.shell.sentences import why_no_answer
from core.labels import BACKGROUND_NOISE

if TYPE_CHECKING:
    from app.recognise.takes import RecognisedTake
    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram

KEPT = 500
"""How many takes are kept; each is about 130 KB of memory."""

PICTURE, TIME, ANSWER, CONFIDENCE = range(4)
THUMBNAIL_SIZE = (72, 24)
"""Width and height in pixels."""

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class TakeTableModel(QAbstractTableModel):
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
        self.beginInsertRows(_NO_PARENT, row, row)
        self._takes.insert(row, take)
        self.endInsertRows()

    def remove(self, take: RecognisedTake) -> int:
        """Remove a take; return which row it had."""
        row = self.row_of(take.clip)
        self.beginRemoveRows(_NO_PARENT, row, row)
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

    def row_of(self, clip: AudioClip) -> int:
        """Return the row of the take with a clip, or -1."""
        return next((row for row, take in enumerate(self._takes) if take.clip is clip), -1)

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
        take, column = self._takes[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(take, column)
        if role == Qt.ItemDataRole.DecorationRole and column == PICTURE:
            return self._thumbnail(take.spectrogram)
        if role == Qt.ItemDataRole.ToolTipRole:
            sentence = why_no_answer(take.prediction) if take.prediction else None
            kept = take.recording and self.tr("Kept as {0}").format(take.recording.path)
            notes = (take.source, take.note, sentence and str(sentence), kept)
            return "\n".join(note for note in notes if note)
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
            return f"{prediction.confidence:.0%}".replace("%", " %")
        return None

    def _answer(self, take: RecognisedTake) -> str:
        if take.recording is None:
            return take.heard or "-"
        label = self.tr("no word") if take.label == BACKGROUND_NOISE else take.label
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


def thumbnail(spectrogram: MelSpectrogram) -> QPixmap:
    """Return a small picture of a spectrogram, in the colours of the large one."""
    from app.widgets.spectrogram import COLOUR_MAPS, DECIBEL_RANGE, colour_table

    low, high = DECIBEL_RANGE
    shares = np.clip((spectrogram.decibels[::-1] - low) / (high - low), 0, 1)
    colours = colour_table(COLOUR_MAPS[0])
    pixels = np.ascontiguousarray(colours[(255 * shares).astype(np.uint8)], np.uint8)
    height, width, _ = pixels.shape
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    ignore = Qt.AspectRatioMode.IgnoreAspectRatio
    smooth = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(*THUMBNAIL_SIZE, ignore, smooth))
