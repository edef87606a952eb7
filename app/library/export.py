"""Clips that are taken along: as a folder to train on, as a list, and as files that are dragged."""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressDialog

from app.library.clips import sound_of
from app.shell.task_runner import TaskRunner
from app.shell.translation import counted, fill, translated
from core.dataset.recordings import Exported, export_clips, label_name
from core.errors import SoundFileError, SpokenDigitsError
from core.export.clips import ClipRow, clips_csv, clips_jsonl
from core.files import write_new, write_numbered
from core.sound.decoder import ReadingStopped
from core.sound.sound_file import write_wav

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from app.library.clips import Clip

UNSORTED = "unsorted"
"""The folder of clips of which nobody knows what they are, where they are exported, too."""

_PATIENCE_MS = 1000
_NAMED = 3  # files of those that could not be read
_NOHASH = re.compile(r"(.+)_nohash_\d+")


class ClipExports(QObject):
    """Writes clips to wherever a person wants them, off the GUI thread.

    Signals
    -------
    said(str), failed(str)
        What was written, and what was left out and why; or why nothing was.
    exported(list of Clip)
        They are in a folder now.
    """

    said = Signal(str)
    failed = Signal(str)
    exported = Signal(list)
    _progressed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = TaskRunner("export", self)
        self._runner.failed.connect(self.failed)
        self._dragged: dict[Clip, Path] = {}
        self._folder: Path | None = None

    def as_folder(
        self,
        window: QWidget,
        target: Path,
        clips: Sequence[Clip],
        speaker: str,
        with_unsorted: bool = False,
        on_done: Callable[[bool], object] = lambda _all_is_well: None,
    ) -> None:
        """Write clips as a data set; what takes longer than a second can be given up.

        Parameters
        ----------
        window : QWidget
            Above which it is said how far it is.
        target : Path
            A folder that is not there yet.
        clips : sequence of Clip
            Those without a label that can be one are left out, and so are those that cannot be
            read.
        speaker : str
            Whose voice it is where the name of a file does not tell.
        with_unsorted : bool
            Whether those of which nobody knows what they are go into `UNSORTED` instead.
        on_done : callable
            Told whether all that was to be written is.
        """
        labels = {clip: _label(clip) or (UNSORTED if with_unsorted else "") for clip in clips}
        wanted = [clip for clip, label in labels.items() if label]
        if not wanted:
            self.failed.emit(self.tr("There is no take with an answer to export."))
            on_done(False)
            return
        dialog = QProgressDialog(
            self.tr("Writing clips…"), self.tr("Cancel"), 0, len(wanted), window
        )
        dialog.setWindowTitle(self.tr("Export"))
        dialog.setMinimumDuration(_PATIENCE_MS)
        dialog.setAutoClose(False)
        self._progressed.connect(dialog.setValue)
        sounds = [(partial(sound_of, c), labels[c], _speaker(c, speaker)) for c in wanted]
        cancelled: list[bool] = []
        dialog.canceled.connect(lambda: cancelled.append(True))

        def write() -> Exported | None:
            try:
                return export_clips(
                    target,
                    sounds,
                    self._progressed.emit,
                    lambda: bool(cancelled) or self._runner.closing,
                )
            except ReadingStopped:
                return None

        def on_written(done: Exported | None) -> None:
            dialog.deleteLater()
            if done is None:
                self.said.emit(self.tr("Nothing was exported."))
                on_done(False)
                return
            unread = [wanted[place] for place, _ in done.left_out]
            left_out = self._left_out(len(clips) - len(wanted), unread)
            one, many = self.tr("{n} take is in {folder}."), self.tr("{n} takes are in {folder}.")
            text = counted(done.clips, one, many, folder=target)
            self.exported.emit([clip for clip in wanted if clip not in set(unread)])
            self.said.emit(f"{text} {left_out}".rstrip())
            on_done(not left_out)

        def on_failed(error: SpokenDigitsError) -> None:
            dialog.deleteLater()
            self.failed.emit(translated(error.sentence))
            on_done(False)

        self._runner.submit(write, on_written, on_failed)

    def as_list(self, path: Path, clips: Sequence[Clip]) -> None:
        """Write what is known of clips as a new file: JSON lines, or else CSV."""
        rows = [_row(clip) for clip in clips]
        form = clips_jsonl if path.suffix.lower() in (".jsonl", ".json") else clips_csv

        def on_written(_none: None) -> None:
            one = self.tr("A list of {n} clip is in {file}.")
            many = self.tr("A list of {n} clips is in {file}.")
            self.said.emit(counted(len(rows), one, many, file=path))

        self._runner.submit(lambda: write_new(path, form(rows).encode()), on_written)

    def as_files(self, clips: Sequence[Clip]) -> list[Path]:
        """Write clips to a folder of the program's, at once: they are being dragged away.

        What cannot be read is left out, and said.
        """
        for clip in clips:
            if clip not in self._dragged:
                try:
                    self._dragged[clip] = self._write_file(clip)
                except SpokenDigitsError as error:
                    self.failed.emit(translated(error.sentence))
        return [self._dragged[clip] for clip in clips if clip in self._dragged]

    def close(self) -> None:
        """End what is being written, and remove what was dragged."""
        self._runner.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _write_file(self, clip: Clip) -> Path:
        sound = sound_of(clip)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="spoken-digits-"))
        time = f" {clip.time:%Y-%m-%d %H-%M-%S}" if clip.time is not None else ""
        wish = self._folder / f"{_label(clip) or 'take'}{time}.wav"
        return write_numbered(wish, lambda new: write_wav(new, sound))

    def _left_out(self, unanswered: int, unread: Sequence[Clip]) -> str:
        """Return in a sentence what was left out and why; empty where nothing was."""
        reasons = []
        if unanswered:
            reasons.append(fill(self.tr("{0} without an answer"), unanswered))
        if unread:
            names = [clip.name if clip.path is None else clip.path.name for clip in unread]
            text = self.tr("{0} that cannot be read ({1})")
            more = ["\N{HORIZONTAL ELLIPSIS}"] if len(names) > _NAMED else []
            reasons.append(fill(text, len(unread), ", ".join([*names[:_NAMED], *more])))
        return fill(self.tr("Left out: {0}."), ", ".join(reasons)) if reasons else ""


def _label(clip: Clip) -> str:
    """Return what a clip is, as a folder can be named; empty where nobody knows."""
    try:
        return label_name(clip.label or "")
    except SoundFileError:
        return ""


def _row(clip: Clip) -> ClipRow:
    said = clip.prediction if clip.prediction and not clip.prediction.problem else None
    return ClipRow(
        file=clip.name if clip.path is None else str(clip.path),
        expected=clip.expected,
        heard=said.best if said else None,
        confidence=said.confidence if said else None,
        model=said.model if said else None,
        seconds=clip.seconds,
        level_dbfs=clip.level,
        time=clip.time,
        state=clip.state.value,
    )


def _speaker(clip: Clip, own: str) -> str:
    """Return whose voice it is, as far as the name of its file tells."""
    named = _NOHASH.match(clip.path.stem) if clip.path is not None else None
    return named[1] if named else own
