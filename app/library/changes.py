"""What a person does with clips: says what was said, throws clips away; all of it with undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from app.library.clips import BAD, sound_of
from app.library.export import ClipExports
from app.shell.task_runner import TaskRunner
from app.shell.translation import counted, label_text, translated
from core.dataset.recordings import RecordingsFolder, Saved, label_name
from core.errors import SpokenDigitsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from app.library.clips import Clip
    from app.library.model import ClipTableModel

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a clip of which something was said.

    Parameters
    ----------
    recording : Saved or None
        What was made of it.
    path : Path or None
        Where it lies now, if it was moved.
    """

    recording: Saved | None = None
    path: Path | None = None


class Keeper(Protocol):
    """Keeps what was said of clips; on the worker's thread."""

    def label_of(self, clip: Clip) -> str | None:
        """Return what is kept of a clip."""

    def keep(self, clip: Clip, label: str | None) -> Kept:
        """Keep a label, or none any more."""


class RecordingsKeeper:
    """Keeps clips as recordings of what they are, in a folder that is a data set.

    Parameters
    ----------
    folder : RecordingsFolder
    """

    def __init__(self, folder: RecordingsFolder) -> None:
        self.folder = folder
        self.speaker = ""
        """Whose voice it is; set before anything is kept."""
        self._kept: dict[Clip, Saved] = {}

    def label_of(self, clip: Clip) -> str | None:
        """Return what is kept of a clip."""
        saved = self._kept.get(clip, clip.recording)
        return saved.label if saved is not None else None

    def keep(self, clip: Clip, label: str | None) -> Kept:
        """Write a recording, or none any more; the one of before goes.

        Raises
        ------
        SoundFileError
            When nothing can be written, or the one of before has changed since.
        """
        old = self._kept.get(clip, clip.recording)
        if label is None:
            if old is not None:
                self.folder.undo(old)
            self._kept.pop(clip, None)
            return Kept()
        speaker = old.speaker if old is not None else self.speaker
        new = self.folder.save(sound_of(clip), label, self.speaker or speaker)
        try:
            if old is not None:
                self.folder.undo(old)
        except SpokenDigitsError:
            self.folder.undo(new)
            raise
        self._kept[clip] = new
        return Kept(new)


class Changes(QObject):
    """Owns what was done, so that it can be undone, in whatever list it was done.

    Files are written on a worker thread, one after another.

    Parameters
    ----------
    recordings : RecordingsKeeper
        Keeps what belongs to no data set that is looked through.

    Signals
    -------
    said(str), failed(str)
        A sentence about what was done, or why it was not.
    changed(list of Clip)
        Something else is known of them.
    removed(list of Clip), restored(list of Clip)
        They are in their list no more, or again.
    teach_wanted(list of Clip)
        A model is to learn from them.
    hear_wanted(list of Clip, Path)
        They are to be heard again, by the model in a folder.
    """

    said = Signal(str)
    failed = Signal(str)
    changed = Signal(list)
    removed = Signal(list)
    restored = Signal(list)
    teach_wanted = Signal(list)
    hear_wanted = Signal(list, object)

    def __init__(self, recordings: RecordingsKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recordings = recordings
        self.exports = ClipExports(self)
        """Where clips are taken along."""
        self.reviews: dict[Path | None, Keeper] = {}
        """Who keeps what is said of the clips of a data set, by its folder."""
        self.done = QUndoStack(self)
        self.runner = TaskRunner("recordings", self)
        self.runner.failed.connect(self.failed)
        self.exports.said.connect(self.said)
        self.exports.failed.connect(self.failed)

    def give(self, labels: Mapping[Clip, str | None]) -> None:
        """Keep what was said; None takes back what was said before."""
        if labels:
            self.done.push(_Labels(self, labels))

    def remove(self, model: ClipTableModel, clips: Iterable[Clip]) -> None:
        """Take clips out of a list; what was kept of them stays."""
        wanted = set(clips)
        there = [clip for clip in model.clips if clip in wanted]
        if there:
            self.done.push(_Removal(self, model, there))

    def undo(self) -> None:
        """Take back what was done last."""
        self.done.undo()

    def keeper_of(self, clip: Clip) -> Keeper:
        """Return who keeps what is said of a clip."""
        return self.reviews.get(clip.data_set, self.recordings)

    def close(self) -> None:
        """Wait until everything is written that was said; what is exported is given up."""
        self.runner.finish()
        self.exports.close()

    def forget(self, command: QUndoCommand) -> None:
        """Offer something no more to be undone that was not done."""
        if isValid(command):  # the stack drops what was undone when something else is done
            command.setObsolete(True)
        while self.done.canUndo() and self.done.command(self.done.index() - 1).isObsolete():
            self.done.undo()


_Done = dict["Clip", tuple[str | None, Kept]]
"""The clips that were changed: the label that is kept now, and what became of them."""


class _Labels(QUndoCommand):
    """What was said of clips; the worker notes what it changed."""

    def __init__(self, changes: Changes, labels: Mapping[Clip, str | None]) -> None:
        super().__init__(translate("changes", "a correction"))
        self._changes = changes
        self._labels = dict(labels)
        self._before: dict[Clip, str | None] = {}
        self._error: SpokenDigitsError | None = None

    def redo(self) -> None:
        self._changes.runner.submit(self._keep, self._on_kept, self._on_failed)

    def undo(self) -> None:
        changes = self._changes

        def on_back(done: _Done) -> None:
            self._show(done)
            changes.said.emit(translate("changes", "The correction is taken back."))

        changes.runner.submit(self._keep_again, on_back)

    def _on_kept(self, done: _Done) -> None:
        changes = self._changes
        self._show(done)
        if self._error is not None:
            changes.failed.emit(translated(self._error.sentence))
        if not done:
            changes.forget(self)
        if self._error is None:
            changes.said.emit(self._sentence(done))

    def _on_failed(self, error: SpokenDigitsError) -> None:
        self._changes.forget(self)
        self._changes.failed.emit(translated(error.sentence))

    def _sentence(self, done: _Done) -> str:
        labels = list(dict.fromkeys(self._labels.values()))
        word = label_text(labels[0]) if labels[0] is not None else ""
        if not done:
            if labels[0] is None:
                return translate(
                    "changes", "Nothing was said of it: there is nothing to take back."
                )
            return translate("changes", "It is kept as “{0}” already.").format(word)
        if labels == [None]:
            return translate("changes", "The correction is taken back.")
        (label, kept), *more = done.values()
        saved = kept.recording
        if not more and saved is not None:
            text = translate("changes", "Kept as “{0}”: {1}. Ctrl+Z takes it back.")
            return text.format(label_text(saved.label), saved.path)
        if not more and kept.path is not None and label not in (None, BAD):
            text = translate("changes", "Corrected to “{0}”: {1}. Ctrl+Z takes it back.")
            return text.format(label_text(str(label)), kept.path)
        one, many = (
            translate("changes", "{n} clip is corrected. Ctrl+Z takes it back."),
            translate("changes", "{n} clips are corrected. Ctrl+Z takes it back."),
        )
        return counted(len(done), one, many)

    def _show(self, done: _Done) -> None:
        for clip, (label, kept) in done.items():
            clip.given, clip.recording = label, kept.recording
            clip.path = kept.path or clip.path
        self._changes.changed.emit(list(done))

    # --- on the worker ------------------------------------------------------------------

    def _keep(self) -> _Done:
        done: _Done = {}
        for clip, wanted in self._labels.items():
            keeper = self._changes.keeper_of(clip)
            old = keeper.label_of(clip)
            try:
                label = label_name(wanted) if wanted not in (None, BAD) else wanted
                if label == old:
                    continue
                kept = keeper.keep(clip, label)
            except SpokenDigitsError as error:
                if not done:
                    raise
                self._error = error
                break
            self._before[clip] = old
            done[clip] = (label, kept)
        return done

    def _keep_again(self) -> _Done:
        done: _Done = {}
        for clip, label in self._before.items():
            done[clip] = (label, self._changes.keeper_of(clip).keep(clip, label))
        return done


class _Removal(QUndoCommand):
    """Clips that are in a list no more."""

    def __init__(self, changes: Changes, model: ClipTableModel, clips: list[Clip]) -> None:
        super().__init__(
            translate("changes", "deleting a take")
            if len(clips) == 1
            else translate("changes", "deleting takes")
        )
        self._changes = changes
        self._model = model
        self._clips = clips
        self._order: list[Clip] = []

    def redo(self) -> None:
        self._order = list(self._model.clips)
        self._model.remove(self._clips)
        self._changes.removed.emit(self._clips)
        one = translate("changes", "The take is deleted. Ctrl+Z brings it back.")
        many = translate("changes", "{n} takes are deleted. Ctrl+Z brings them back.")
        self._changes.said.emit(counted(len(self._clips), one, many))

    def undo(self) -> None:
        there, before = {*self._model.clips, *self._clips}, set(self._order)
        came_since = [clip for clip in self._model.clips if clip not in before]
        self._model.set_order([*came_since, *(clip for clip in self._order if clip in there)])
        self._changes.restored.emit(self._clips)
        self._changes.said.emit(
            counted(
                len(self._clips),
                translate("changes", "The take is back."),
                translate("changes", "{n} takes are back."),
            )
        )
