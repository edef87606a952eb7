"""Clips as rows, sorted and filtered; the same for ten takes and for fifty thousand files."""

from __future__ import annotations

from collections import OrderedDict
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from app.library.clips import BAD, Clip, State, picture_of
from app.shell.translation import answer_text, counted, fill, label_text, percent
from app.sound_view.picture import COLOUR_MAPS
from app.widgets.rows import NO_PARENT, Index, RowTableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from core.sound.features import MelSpectrogram

THUMBNAIL_SIZE = (72, 24)
"""Width and height in pixels."""
_KEPT_THUMBNAILS = 2000
_MANY, _SETTLE_MS, _SETTLE_MANY_MS = 5000, 300, 2000
"""How long rows stay where they are while their clips are being heard."""
_STATES = list(State)


class Column(IntEnum):
    """What is told of a clip."""

    PICTURE = 0
    NAME = 1
    EXPECTED = 2
    HEARD = 3
    SURE = 4
    MODEL = 5
    LENGTH = 6
    LEVEL = 7
    TIME = 8
    STATE = 9
    PROBLEM = 10


_NUMBERS = (Column.SURE, Column.LENGTH, Column.LEVEL, Column.TIME)
_KEYS: dict[Column, Callable[[Clip], Any]] = {
    Column.NAME: lambda clip: f"{clip.folder}\0{clip.name}".casefold(),
    Column.EXPECTED: lambda clip: clip.expected or "",
    Column.HEARD: lambda clip: clip.best,
    Column.SURE: lambda clip: -1 if clip.confidence is None else clip.confidence,
    Column.MODEL: lambda clip: clip.prediction.model if clip.prediction else "",
    Column.LENGTH: lambda clip: -1 if clip.seconds is None else clip.seconds,
    Column.LEVEL: lambda clip: -np.inf if clip.level is None else clip.level,
    Column.TIME: lambda clip: (
        clip.time.timestamp() if clip.time else -1 if clip.start is None else clip.start
    ),
    Column.STATE: lambda clip: _STATES.index(clip.state),
    Column.PROBLEM: lambda clip: clip.problem,
}


class ClipTableModel(RowTableModel):
    """A list of clips, of which those are shown that are looked for, in the wanted order.

    Signals: ``counted()`` when there are more or fewer of a kind than before.
    """

    counted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clips: list[Clip] = []
        """All of them, in the order in which they came."""
        self._shown: list[Clip] = []
        self._rows: dict[Clip, int] = {}
        self._thumbnails: OrderedDict[Clip, QPixmap] = OrderedDict()
        self._words: tuple[str, ...] = ()
        self._fits: Callable[[Clip], bool] | None = None
        self._column, self._descending = -1, False
        self._settle = QTimer(self)  # so that nothing jumps while clips are being heard
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._arrange)
        self._headers = (
            "",
            self.tr("Clip"),
            self.tr("Said"),
            self.tr("Heard"),
            self.tr("Sure"),
            self.tr("Model"),
            self.tr("Length"),
            self.tr("Level"),
            self.tr("Time"),
            self.tr("State"),
            self.tr("Problem"),
        )

    # --- which clips there are ----------------------------------------------------------

    @property
    def shown(self) -> Sequence[Clip]:
        """Those that are to be seen, in their order."""
        return self._shown

    def set_clips(self, clips: Iterable[Clip]) -> None:
        """Show other clips."""
        self.beginResetModel()
        self._thumbnails.clear()
        self.clips = list(clips)
        self._take_over(self._arranged())
        self.endResetModel()
        self.counted.emit()

    def insert(self, place: int, clips: Iterable[Clip]) -> None:
        """Put clips among the others, each after the one before it."""
        new = list(clips)
        self.clips[place:place] = new
        self._arrange()

    def add(self, clips: Iterable[Clip]) -> None:
        """Put clips behind the others."""
        self.insert(len(self.clips), clips)

    def remove(self, clips: Iterable[Clip]) -> None:
        """Show clips no more."""
        gone = set(clips)
        self.clips = [clip for clip in self.clips if clip not in gone]
        for clip in gone:
            self._thumbnails.pop(clip, None)
        self._arrange()

    def set_order(self, clips: Iterable[Clip]) -> None:
        """Show clips as they came, some of which may have gone for a while."""
        self.clips = list(clips)
        self._arrange()

    def tell(self, clip: Clip) -> None:
        """Show what is known of a clip now; a row that belongs elsewhere moves in a while."""
        row = self._rows.get(clip)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._headers) - 1))
        if not self._settle.isActive():
            self._settle.start(_SETTLE_MS if len(self.clips) < _MANY else _SETTLE_MANY_MS)

    def tell_all(self) -> None:
        """Show what is known of every clip now."""
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self._headers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self._arrange()

    def clip_at(self, row: int) -> Clip:
        """Return the clip of a row."""
        return self._shown[row]

    def row_of(self, clip: Clip | None) -> int:
        """Return the row of a clip, or -1."""
        return self._rows.get(clip, -1) if clip is not None else -1

    def next_wrong(self, row: int) -> int:
        """Return the next row after one of which the model heard something else, or -1."""
        count = len(self._shown)
        rows = ((row + step) % count for step in range(1, count + 1))
        return next((each for each in rows if self._shown[each].is_wrong), -1)

    # --- which are shown, and in which order ----------------------------------------------

    def find(self, text: str, fits: Callable[[Clip], bool] | None = None) -> None:
        """Show only clips that hold every word of a text in their name or words, and that fit."""
        self._words, self._fits = tuple(text.casefold().split()), fits
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; by -1, as they came."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arranged(self) -> list[Clip]:
        found = self.clips
        if self._words:
            found = [clip for clip in found if all(map(_text(clip).__contains__, self._words))]
        if self._fits is not None:
            found = list(filter(self._fits, found))
        key = _KEYS.get(Column(self._column)) if self._column >= 0 else None
        if key is not None:
            found = sorted(found, key=key, reverse=self._descending)
        return found

    def _take_over(self, found: list[Clip]) -> None:
        self._shown = list(found)
        self._rows = {clip: row for row, clip in enumerate(self._shown)}

    def _arrange(self) -> None:
        """Show what fits now."""
        self._settle.stop()
        before, found = self._shown, self._arranged()
        same = _common(before, found)
        tail = _common(before[same:][::-1], found[same:][::-1])
        more = len(found) - len(before)
        if same + tail == len(before) == len(found):
            pass
        elif same + tail == len(before):
            self.beginInsertRows(NO_PARENT, same, same + more - 1)
            self._take_over(found)
            self.endInsertRows()
        elif same + tail == len(found):
            self.beginRemoveRows(NO_PARENT, same, same - more - 1)
            self._take_over(found)
            self.endRemoveRows()
        elif not more and set(found) == self._rows.keys():
            self._reorder(found)
        else:
            self.beginResetModel()
            self._take_over(found)
            self.endResetModel()
        self.counted.emit()

    def _reorder(self, found: list[Clip]) -> None:
        self.layoutAboutToBeChanged.emit()
        before, old = self._shown, self.persistentIndexList()
        self._take_over(found)
        new = [self.index(self._rows[before[each.row()]], each.column()) for each in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    # --- Qt's questions -------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many clips are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be dragged to elsewhere."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        clip, column = self._shown[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(clip, column)
        if role == Qt.ItemDataRole.DecorationRole and column == Column.PICTURE:
            return self._thumbnail(clip)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(clip.notes)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.PICTURE:
            return self.tr("Spectrogram")
        return None

    def _cell(self, clip: Clip, column: Column) -> str | None:
        if column == Column.NAME:
            return f"{clip.folder}/{clip.name}" if clip.folder else clip.name
        if column == Column.EXPECTED:
            return self._said(clip.expected) if clip.expected is not None else ""
        if column == Column.HEARD:
            return self._heard(clip)
        if column == Column.SURE:
            return "" if clip.confidence is None else percent(clip.confidence)
        if column == Column.MODEL:
            return clip.prediction.model if clip.prediction is not None else ""
        if column == Column.LENGTH:
            return "" if clip.seconds is None else fill("{0:.2f} s", clip.seconds)
        if column == Column.LEVEL:
            return "" if clip.level is None else fill("{0:.0f} dBFS", clip.level)
        if column == Column.TIME:
            return _time(clip)
        return clip.state.text if column == Column.STATE else clip.problem

    def _said(self, label: str) -> str:
        return self.tr("bad") if label == BAD else label_text(label)

    def _heard(self, clip: Clip) -> str:
        if clip.words not in (None, 1):
            return counted(int(clip.words or 0), self.tr("{n} word"), self.tr("{n} words"))
        if clip.prediction is None:
            return self.tr("error") if clip.problem and clip.seconds is None else ""
        answer = answer_text(clip.prediction)
        if clip.has_changed and clip.before is not None:
            return self.tr("{0}, was {1}").format(answer, answer_text(clip.before))
        return answer

    def _thumbnail(self, clip: Clip) -> QPixmap | None:
        known = self._thumbnails.get(clip)
        if known is None and clip.sound is not None:
            known = QPixmap.fromImage(thumbnail(picture_of(clip.sound)))
            self._keep(clip, known)
        return known

    def lacks_thumbnail(self, clip: Clip) -> bool:
        """Tell whether a clip is not in memory, so that somebody has to make its picture."""
        return clip.sound is None and clip not in self._thumbnails

    def set_thumbnail(self, clip: Clip, image: QImage) -> None:
        """Show a small picture of a clip that is not in memory."""
        self._keep(clip, QPixmap.fromImage(image))
        row = self._rows.get(clip)
        if row is not None:
            cell = self.index(row, Column.PICTURE)
            self.dataChanged.emit(cell, cell)

    def _keep(self, clip: Clip, picture: QPixmap) -> None:
        self._thumbnails[clip] = picture
        if len(self._thumbnails) > _KEPT_THUMBNAILS:
            self._thumbnails.popitem(last=False)


def _common(one: Sequence[Clip], other: Sequence[Clip]) -> int:
    """Return how many clips two lists have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a is not b), min(len(one), len(other)))


def clock(seconds: float) -> str:
    """Return a time in a recording: 1:02:03.4, or 02:03.45 where there is no hour."""
    minutes, rest = divmod(round(100 * seconds), 6000)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return fill("{0}:{1:02d}:{2:04.1f}", hours, minutes, rest // 10 / 10)
    return fill("{0:02d}:{1:05.2f}", minutes, rest / 100)


def thumbnail(spectrogram: MelSpectrogram) -> QImage:
    """Return a small picture of a spectrogram, in the colours of the large one.

    On the GUI thread, since the colours are pyqtgraph's; see `Preparation`.
    """
    from app.sound_view.plots import DECIBEL_RANGE, audible, colour_table

    low, high = DECIBEL_RANGE
    decibels = audible(spectrogram.decibels, low)[::-1]
    shares = np.clip((decibels - low) / (high - low), 0, 1)
    colours = colour_table(COLOUR_MAPS[0])
    pixels = np.ascontiguousarray(colours[(255 * shares).astype(np.uint8)], np.uint8)
    height, width, _ = pixels.shape
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    ignore = Qt.AspectRatioMode.IgnoreAspectRatio
    return image.scaled(*THUMBNAIL_SIZE, ignore, Qt.TransformationMode.SmoothTransformation)


def _time(clip: Clip) -> str:
    return clock(clip.start) if clip.start is not None else clip.moment


def _text(clip: Clip) -> str:
    return f"{clip.folder}/{clip.name} {clip.expected or ''} {clip.best}".casefold()
