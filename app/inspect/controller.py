"""The state of the Inspect tab, without any widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.inspect.closer_look import CloserLook
from app.inspect.worker import InspectWorker, Prefetcher, collect
from app.library.hearing import Hearing
from app.shell.task_runner import Task, TaskRunner
from app.shell.translation import translated
from app.sound_view.navigation import Navigation
from core.labels import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.inspect.clips import InspectedClip
    from app.library.clips import Clip
    from app.shell.model_in_use import ChosenModel, ModelInUse
    from app.sound_view.picture import ViewSettings
    from core.errors import SpokenDigitsError


class InspectController(QObject):
    """Owns the list, the clip that is shown, the one that is pinned, and how they are looked at.

    Everything is read, recognised and drawn on one worker thread. What the person waits for
    goes first; neighbours of the clip, and rows of the list, are done when nobody waits.

    Parameters
    ----------
    settings : ViewSettings
    model : ModelInUse

    Signals
    -------
    items_changed(list of Clip, str)
        Another list, or none and the sentence why.
    searching_changed(bool)
        A folder is being searched, or not any more.
    row_changed(int)
        The row of the list that is looked at.
    opening(Clip)
        A clip is being opened, which takes a moment.
    clip_shown(InspectedClip)
        A clip is looked at, or looks different now.
    clip_failed(Clip, str)
        It cannot be opened.
    pinned_changed(object)
        The InspectedClip to compare with, or None.
    settings_changed(ViewSettings)
    failed(str)
    """

    items_changed = Signal(list, str)
    searching_changed = Signal(bool)
    row_changed = Signal(int)
    opening = Signal(object)
    clip_shown = Signal(object)
    clip_failed = Signal(object, str)
    pinned_changed = Signal(object)
    settings_changed = Signal(object)
    failed = Signal(str)

    def __init__(
        self, settings: ViewSettings, model: ModelInUse, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.model = model
        self.items: Sequence[Clip] = []
        self.row = -1
        self.shown: InspectedClip | None = None
        self.pinned: InspectedClip | None = None
        self.navigation = Navigation(self)
        self._runner = TaskRunner("inspect", self)
        self._worker = InspectWorker(lambda: self._runner.closing)
        self._runner.failed.connect(self.failed)
        self.closer = CloserLook(self._runner, self.navigation, self)
        self.hearing = Hearing(self._runner, self, self._worker.network)
        self.prefetcher = Prefetcher(self._worker, self._runner, self.hearing)
        self._opening: Task | None = None
        self._search: Task | None = None
        self._stop_search = False
        self._idle = QTimer(self)  # so that what was asked for is painted first
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)
        model.changed.connect(self._on_model_changed)
        model.threshold_changed.connect(self._on_threshold_changed)

    # --- the list ---------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Search files and folders, and list what was found."""
        self.cancel_search()
        self._stop_search = False
        self.searching_changed.emit(True)
        model = self.model.current
        words = model.metadata.labels if model is not None else DIGITS
        self._search = self._runner.submit(
            lambda: collect(list(paths), lambda: self._stop_search, words),
            self._on_found,
            self._on_not_found,
        )

    def cancel_search(self) -> None:
        """Look no further; the list stays as it is."""
        if self._search is not None:
            self._search.drop()
            self._end_search()

    def show_items(self, items: Sequence[Clip], row: int = 0) -> None:
        """List clips, and look at one of them."""
        self.cancel_search()
        self._list(list(items), row)

    def set_order(self, items: Sequence[Clip]) -> None:
        """Walk through the clips that are listed now, in their order."""
        item = self.items[self.row] if self.row >= 0 else None
        self.items = items
        self.row = self._row_of(item)

    def clear(self) -> None:
        """Look at nothing: the last clip is in the list no more."""
        if self.shown is not None or self._opening is not None:
            self._list([])

    def look_at(self, items: Sequence[Clip]) -> None:
        """Take notice of which rows can be seen: they are heard first."""
        self.hearing.look_at(items)

    def _on_found(self, items: list[Clip]) -> None:
        self._end_search()
        self._list(items)

    def _on_not_found(self, error: SpokenDigitsError) -> None:
        self._end_search()
        self._list([], sentence=translated(error.sentence))

    def _end_search(self) -> None:
        self._stop_search = True
        self._search = None
        self.searching_changed.emit(False)

    def _list(self, items: list[Clip], row: int = 0, sentence: str = "") -> None:
        self._drop_opening()
        self.prefetcher.forget()
        self.hearing.stop()
        self.hearing.look_at(())  # or what was in sight of the last list would be heard again
        self.hearing.set_model(self.model.current)
        self.items, self.row, self.shown = items, -1, None
        self.items_changed.emit(items, sentence)
        if 0 <= row < len(items):
            self.show_clip(items[row])

    def _row_of(self, item: Clip | None) -> int:
        return self.items.index(item) if item in self.items else -1

    # --- the clip ---------------------------------------------------------------------

    def show_clip(self, item: Clip) -> None:
        """Look at a clip of the list."""
        self.show(self._row_of(item))

    def show(self, row: int) -> None:
        """Look at a row of the list."""
        if not 0 <= row < len(self.items) or row == self.row:
            return
        self.row = row
        self.row_changed.emit(row)
        self._drop_opening()
        item = self.items[row]
        ready = self.prefetcher.take(item)
        if ready is not None:
            self._show(ready)
            return
        self.opening.emit(item)
        self.prefetcher.pause()
        settings, model = self.settings, self.model.current
        self._opening = self._runner.submit(
            lambda: self._worker.open(item, settings, model),
            self._on_opened,
            lambda error: self._on_not_opened(item, error),
        )

    def show_around(self, seconds: float) -> None:
        """Look at what is around a second of a file that is too long to be shown at once."""
        shown = self.shown
        if shown is None or shown.file_seconds <= shown.clip.seconds:
            return
        settings = self.settings
        self._runner.submit_newest(
            "move", lambda: self._worker.move(shown, settings, seconds), self._on_shown_again
        )

    def run(self, work: Callable[[], object], on_done: Callable[[Any], object]) -> None:
        """Read or write something for the person on the worker thread."""
        self._runner.submit(work, on_done)

    def walk(self, rows: int) -> None:
        """Go on in the list, or back."""
        self.show(min(max(self.row + rows, 0), len(self.items) - 1))

    def pin(self) -> None:
        """Keep the clip that is looked at, to compare others with it."""
        self._pin(self.shown)

    def unpin(self) -> None:
        """Look at one clip alone."""
        self._pin(None)

    def _pin(self, clip: InspectedClip | None) -> None:
        self.pinned = clip = self._judged(clip) if clip is not None else None
        self._fit_length()
        self.pinned_changed.emit(clip)
        self._idle.start()

    def _on_opened(self, clip: InspectedClip) -> None:
        self._opening = None
        self.prefetcher.keep(clip)
        self._show(clip)

    def _on_not_opened(self, item: Clip, error: SpokenDigitsError) -> None:
        self._opening = self.shown = None
        sentence = translated(error.sentence)
        self.prefetcher.note_failure(item, sentence)
        self.clip_failed.emit(item, sentence)
        self._idle.start()

    def _judged(self, clip: InspectedClip) -> InspectedClip:
        """Answer from the confidence on that is wanted now, whatever it was when it was asked."""
        model = self.model.current
        return clip.judged(model.threshold) if model is not None else clip

    def _show(self, clip: InspectedClip) -> None:
        self.shown = clip = self._judged(clip)
        self.navigation.offset = clip.offset
        self._fit_length()
        self.clip_shown.emit(clip)
        self._idle.start()

    def _fit_length(self) -> None:
        clips = [clip.clip.seconds for clip in (self.shown, self.pinned) if clip is not None]
        if clips:
            self.navigation.set_length(max(clips))

    def _on_idle(self) -> None:
        self.closer.look_at(self.shown, self.pinned, self.settings.picture)
        if self._opening is None:
            self.prefetcher.do_more(self.items, self.row, self.settings, self.model.current)

    def _drop_opening(self) -> None:
        if self._opening is not None:
            self._opening.drop()
            self._opening = None

    # --- how it is looked at ----------------------------------------------------------

    def set_settings(self, settings: ViewSettings) -> None:
        """Look at everything in another way."""
        before, self.settings = self.settings, settings
        if settings == before:
            return
        self.settings_changed.emit(settings)
        if (settings.picture, settings.as_recorded) != (before.picture, before.as_recorded):
            self._do_again()

    def close(self) -> None:
        """Wait for the worker."""
        self._stop_search = True
        self._idle.stop()
        self._runner.close()

    def _on_model_changed(self, model: ChosenModel) -> None:
        self.hearing.set_model(model)
        self._do_again()
        self._idle.start()

    def _on_threshold_changed(self, model: ChosenModel) -> None:
        self.prefetcher.set_threshold(model.threshold)
        self.hearing.set_threshold(model)
        if self.pinned is not None:
            self._pin(self.pinned)
        if self.shown is not None:
            self._show(self.shown)

    def _do_again(self) -> None:
        """Redo what is seen; what was opened for later is opened again when it is wanted."""
        self.prefetcher.forget()
        if self._opening is not None:  # in a way that counts no more
            row, self.row = self.row, -1
            self.show(row)
        self._redo("shown", self.shown, self._on_shown_again)
        self._redo("pinned", self.pinned, self._on_pinned_again)

    def _redo(
        self, kind: str, clip: InspectedClip | None, on_done: Callable[[InspectedClip], None]
    ) -> None:
        settings, model = self.settings, self.model.current
        if clip is not None:
            redo = self._worker.redo
            self._runner.submit_newest(kind, lambda: redo(clip, settings, model), on_done)

    def _on_shown_again(self, clip: InspectedClip) -> None:
        if self.shown is not None and self.shown.item is clip.item:
            self.prefetcher.keep(clip)
            self._show(clip)

    def _on_pinned_again(self, clip: InspectedClip) -> None:
        if self.pinned is not None and self.pinned.item is clip.item:
            self._pin(clip)
