"""A person's own recordings that are thrown away: into the system's bin, and back by undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QObject, Signal

from app.shell.translation import counted, translated
from core.errors import WritingError
from core.files import move_file, numbered
from core.places import user_collections, user_recordings

if TYPE_CHECKING:
    from app.library.changes import Changes
    from app.library.clips import Clip


class RecordingsBin(QObject):
    """Puts the file of a clip that is deleted from a list into the bin, if it is one's own.

    One's own are what was corrected and what was collected; other files are only listed no more.

    Signals: ``said(str)``, ``failed(str)``.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: dict[Clip, Path] = {}
        changes.removed.connect(self._on_removed)
        changes.restored.connect(self._on_restored)

    def _on_removed(self, clips: list[Clip]) -> None:
        own = [clip for clip in clips if _is_own(clip)]
        for clip in own:
            file = QFile(str(clip.path))
            if file.moveToTrash():
                self._places[clip] = Path(file.fileName())
        there = sum(clip in self._places for clip in own)
        if there < len(own):
            one = self.tr("{n} recording cannot be put into the bin: it is where it was.")
            many = self.tr("{n} recordings cannot be put into the bin: they are where they were.")
            self.failed.emit(counted(len(own) - there, one, many))
        elif own:
            one = self.tr("The recording is in the bin. Ctrl+Z brings it back.")
            many = self.tr("{n} recordings are in the bin. Ctrl+Z brings them back.")
            self.said.emit(counted(there, one, many))

    def _on_restored(self, clips: list[Clip]) -> None:
        for clip in clips:
            place = self._places.pop(clip, None)
            if place is None or clip.path is None:
                continue
            try:
                clip.path = move_file(place, numbered(clip.path))
            except WritingError as error:
                self.failed.emit(translated(error.sentence))


def _is_own(clip: Clip) -> bool:
    """Tell whether a clip is the whole of a file that the program has written for the person."""
    path = clip.path
    return (
        path is not None
        and clip.start is None
        and any(map(path.is_relative_to, (user_recordings(), user_collections())))
    )
