"""The takes of this session and what a person does with them, without any widget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from app.recognise.takes import Origin
from app.shell.task_runner import TaskRunner
from app.shell.translation import counted, label_text, translated
from core.dataset.recordings import RecordingsFolder, Saved, export_clips, label_name
from core.errors import SpokenDigitsError

if TYPE_CHECKING:
    from pathlib import Path

    from app.recognise.take_list import TakeTableModel
    from app.recognise.takes import RecognisedTake
    from core.sound.clip import AudioClip


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
    recordings_changed()
        The folder holds more or less than before.
    """

    said = Signal(str)
    failed = Signal(str)
    recordings_changed = Signal()

    def __init__(
        self, takes: TakeTableModel, folder: RecordingsFolder, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.takes = takes
        self.folder = folder
        self.done = QUndoStack(self)
        self.runner = TaskRunner("recordings", self)
        self.runner.failed.connect(self.failed)
        self.kept: dict[AudioClip, Saved] = {}  # the worker's
        self._saved: set[AudioClip] = set()  # elsewhere

    def correct(self, take: RecognisedTake, label: str, speaker: str) -> None:
        """Keep a take as a recording of a label; kept under another before, it moves."""
        self.done.push(_Correction(self, take, label, speaker))

    def delete(self, take: RecognisedTake) -> None:
        """Forget a take; a recording of it stays where it is."""
        if self.takes.row_of(take.clip) >= 0:
            self.done.push(_Deletion(self, take))

    def undo(self) -> None:
        """Take back the last correction or deletion."""
        self.done.undo()

    def export(self, target: Path, speaker: str) -> None:
        """Write every take that has a label as a new data set."""
        takes = self.takes.all()
        labelled = [(take.clip, take.label, speaker) for take in reversed(takes) if take.label]
        if not labelled:
            self.failed.emit(self.tr("There is no take with an answer to export."))
            return
        left_out = len(takes) - len(labelled)

        def done(count: int) -> None:
            one, many = self.tr("{n} take is in {folder}."), self.tr("{n} takes are in {folder}.")
            text = counted(count, one, many, folder=target)
            if left_out:
                one = self.tr("{n} without an answer was left out.")
                many = self.tr("{n} without an answer were left out.")
                text += " " + counted(left_out, one, many)
            self._saved.update(clip for clip, *_ in labelled)
            self.said.emit(text)

        self.runner.submit(lambda: export_clips(target, labelled), done)

    def note_saved(self, clip: AudioClip) -> None:
        """Take notice that a take was saved somewhere else."""
        self._saved.add(clip)

    @property
    def unsaved(self) -> int:
        """How many takes that the person has spoken are in memory only."""
        takes = [take for take in self.takes.all() if take.origin is Origin.SPOKEN]
        return sum(take.recording is None and take.clip not in self._saved for take in takes)

    def close(self) -> None:
        """Wait until everything is written."""
        self.runner.finish()

    def set_recording(self, take: RecognisedTake, saved: Saved | None) -> None:
        """Take notice of where a take is kept, if it is."""
        row = self.takes.row_of(take.clip)
        if row >= 0:
            self.takes.replace(replace(self.takes.take_at(row), recording=saved))
        self.recordings_changed.emit()

    def forget(self, command: QUndoCommand) -> None:
        """Offer something no more to be undone that was not done."""
        if isValid(command):  # the stack drops what was undone when something else is done
            command.setObsolete(True)
        while self.done.canUndo() and self.done.command(self.done.index() - 1).isObsolete():
            self.done.undo()


class _Correction(QUndoCommand):
    """A take that is kept under a label; the worker notes what it changed."""

    def __init__(self, history: History, take: RecognisedTake, label: str, speaker: str) -> None:
        super().__init__(history.tr("a correction"))
        self._history = history
        self._take = take
        self._label, self._speaker = label, speaker
        self._old: Saved | None = None
        self._new: Saved | None = None

    def redo(self) -> None:
        self._history.runner.submit(self._keep, self._on_kept, self._on_failed)

    def undo(self) -> None:
        history = self._history

        def done(saved: Saved | None) -> None:
            history.set_recording(self._take, saved)
            history.said.emit(history.tr("The correction is taken back."))

        history.runner.submit(self._take_back, done)

    def _on_kept(self, saved: Saved) -> None:
        history, word = self._history, label_text(saved.label)
        history.set_recording(self._take, saved)
        if self._new is None:
            history.forget(self)
            history.said.emit(history.tr("It is kept as “{0}” already.").format(word))
        else:
            text = history.tr("Kept as “{0}”: {1}. Ctrl+Z takes it back.")
            history.said.emit(text.format(word, saved.path))

    def _on_failed(self, error: SpokenDigitsError) -> None:
        self._history.forget(self)
        self._history.failed.emit(translated(error.sentence))

    # --- on the worker ------------------------------------------------------------------

    def _keep(self) -> Saved:
        clip, folder, kept = self._take.clip, self._history.folder, self._history.kept
        old = kept.get(clip)
        if old is not None and old.label == label_name(self._label):
            return old
        new = folder.save(clip, self._label, self._speaker)
        try:
            if old is not None:
                folder.undo(old)
        except SpokenDigitsError:
            folder.undo(new)
            raise
        self._old, self._new = old, new
        kept[clip] = new
        return new

    def _take_back(self) -> Saved | None:
        clip, folder, kept = self._take.clip, self._history.folder, self._history.kept
        if self._new is not None:
            folder.undo(self._new)
            del kept[clip]
            if self._old is not None:
                kept[clip] = folder.save(clip, self._old.label, self._old.speaker)
        return kept.get(clip)


class _Deletion(QUndoCommand):
    """A take that is in the list no more."""

    def __init__(self, history: History, take: RecognisedTake) -> None:
        super().__init__(history.tr("deleting a take"))
        self._history = history
        self._take = take
        self._row = -1

    def redo(self) -> None:
        self._row = self._history.takes.remove(self._take)
        self._history.said.emit(self._history.tr("The take is deleted. Ctrl+Z brings it back."))

    def undo(self) -> None:
        self._history.takes.insert(self._row, self._take)
        self._history.said.emit(self._history.tr("The take is back."))
