"""The takes of this session and what a person does with them, without any widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.shell.task_runner import TaskRunner
from core.dataset.recordings import RecordingsFolder, Saved, export_clips, label_name
from core.errors import SpokenDigitsError
from core.labels import BACKGROUND_NOISE

if TYPE_CHECKING:
    from pathlib import Path

    from app.recognise.take_model import TakeTableModel
    from app.recognise.takes import RecognisedTake
    from core.sound.clip import AudioClip


@dataclass(slots=True, eq=False)
class _Correction:
    """A take that was kept under a label; the worker notes what it changed."""

    take: RecognisedTake
    old: Saved | None = None
    new: Saved | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Deletion:
    take: RecognisedTake
    row: int


class History(QObject):
    """Saves takes under the label that a person says they are, and deletes takes; with undo.

    Files are written on a worker thread, one after another.

    Parameters
    ----------
    takes : TakeTableModel
    folder : RecordingsFolder
        Where corrected takes go.

    Signals
    -------
    said(str), failed(str)
        A sentence about what was done, or why it was not.
    undo_changed(str)
        What would be undone, or an empty text.
    recordings_changed()
        The folder holds more or less than before.
    """

    said = Signal(str)
    failed = Signal(str)
    undo_changed = Signal(str)
    recordings_changed = Signal()

    def __init__(
        self, takes: TakeTableModel, folder: RecordingsFolder, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.takes = takes
        self.folder = folder
        self._runner = TaskRunner("recordings", self)
        self._done: list[_Correction | _Deletion] = []
        self._kept: dict[AudioClip, Saved] = {}  # the worker's

    def correct(self, take: RecognisedTake, label: str, speaker: str) -> None:
        """Keep a take as a recording of a label; kept under another before, it moves."""
        correction = _Correction(take)
        self._push(correction)

        def done(saved: Saved) -> None:
            self._set_recording(take, saved)
            word = self.tr("no word") if saved.label == BACKGROUND_NOISE else saved.label
            if correction.new is None:
                self._drop(correction)
                self.said.emit(self.tr("It is kept as “{0}” already.").format(word))
            else:
                text = self.tr("Kept as “{0}”: {1}. Ctrl+Z takes it back.")
                self.said.emit(text.format(word, saved.path))

        def failed(error: Exception) -> None:
            self._drop(correction)
            self._on_error(error)

        self._runner.submit(lambda: self._keep(correction, label, speaker), done, failed)

    def delete(self, take: RecognisedTake) -> None:
        """Forget a take; a recording of it stays where it is."""
        if self.takes.row_of(take.clip) >= 0:
            row = self.takes.remove(take)
            self._push(_Deletion(take, row))
            self.said.emit(self.tr("The take is deleted. Ctrl+Z brings it back."))

    def undo(self) -> None:
        """Take back the last correction or deletion."""
        if not self._done:
            return
        last = self._done.pop()
        self._tell_undo()
        if isinstance(last, _Deletion):
            self.takes.insert(last.row, last.take)
            self.said.emit(self.tr("The take is back."))
        else:
            self._undo_correction(last)

    def export(self, target: Path, speaker: str) -> None:
        """Write every take that has a label as a new data set."""
        takes = self.takes.all()
        labelled = [(take.clip, take.label, speaker) for take in reversed(takes) if take.label]
        if not labelled:
            self.failed.emit(self.tr("There is no take with an answer to export."))
            return
        left_out = len(takes) - len(labelled)
        rest = self.tr(" {0} without an answer were left out.").format(left_out) if left_out else ""

        def done(count: int) -> None:
            text = self.tr("{0} takes are in {1}.").format(count, target)
            self.said.emit(text + rest)

        self._runner.submit(lambda: export_clips(target, labelled), done, self._on_error)

    def close(self) -> None:
        """Wait until everything is written."""
        self._runner.finish()

    # --- on the worker ------------------------------------------------------------------

    def _keep(self, correction: _Correction, label: str, speaker: str) -> Saved:
        clip = correction.take.clip
        old = self._kept.get(clip)
        if old is not None and old.label == label_name(label):
            return old
        new = self.folder.save(clip, label, speaker)
        try:
            if old is not None:
                self.folder.undo(old)
        except SpokenDigitsError:
            self.folder.undo(new)
            raise
        correction.old, correction.new = old, new
        self._kept[clip] = new
        return new

    def _take_back(self, correction: _Correction) -> Saved | None:
        clip, old = correction.take.clip, correction.old
        if correction.new is not None:
            self.folder.undo(correction.new)
            del self._kept[clip]
            if old is not None:
                self._kept[clip] = self.folder.save(clip, old.label, old.speaker)
        return self._kept.get(clip)

    # --- on the GUI thread --------------------------------------------------------------

    def _undo_correction(self, correction: _Correction) -> None:
        def done(saved: Saved | None) -> None:
            self._set_recording(correction.take, saved)
            self.said.emit(self.tr("The correction is taken back."))

        self._runner.submit(lambda: self._take_back(correction), done, self._on_error)

    def _set_recording(self, take: RecognisedTake, saved: Saved | None) -> None:
        row = self.takes.row_of(take.clip)
        if row >= 0:
            self.takes.replace(replace(self.takes.take_at(row), recording=saved))
        self.recordings_changed.emit()

    def _push(self, action: _Correction | _Deletion) -> None:
        self._done.append(action)
        self._tell_undo()

    def _drop(self, correction: _Correction) -> None:
        if correction in self._done:
            self._done.remove(correction)
            self._tell_undo()

    def _tell_undo(self) -> None:
        if not self._done:
            self.undo_changed.emit("")
        elif isinstance(self._done[-1], _Deletion):
            self.undo_changed.emit(self.tr("deleting a take"))
        else:
            self.undo_changed.emit(self.tr("a correction"))

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, SpokenDigitsError):
            raise error
        self.failed.emit(str(error))
