"""The state of the Inspect tab, without any widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.inspect.detail import CloserLook
from app.inspect.navigation import Navigation
from app.inspect.prefetch import Shelf
from app.inspect.worker import Workbench, collect, draw_again
from app.shell.task_runner import Task, TaskRunner
from core.errors import SpokenDigitsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.inspect.clips import ClipItem, InspectedClip
    from app.inspect.view_settings import ViewSettings
    from core.recognition.bundle import ModelMetadata


class InspectController(QObject):
    """Owns the list, the clip that is shown, the one that is pinned, and how they are looked at.

    Everything is read, recognised and drawn on one worker thread. What the person waits for
    goes first; neighbours of the clip, and rows of the list, are done when nobody waits.

    Parameters
    ----------
    settings : ViewSettings

    Signals
    -------
    items_changed(list of ClipItem, str)
        Another list, or none and the sentence why.
    searching_changed(bool)
        A folder is being searched, or not any more.
    row_changed(int)
        The row of the list that is looked at.
    opening(ClipItem)
        A clip is being opened, which takes a moment.
    clip_shown(InspectedClip)
        A clip is looked at, or looks different now.
    clip_failed(ClipItem, str)
        It cannot be opened.
    pinned_changed(object)
        The InspectedClip to compare with, or None.
    settings_changed(ViewSettings)
    model_changed(ModelMetadata)
        Another model is asked.
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
    model_changed = Signal(object)
    failed = Signal(str)

    def __init__(self, settings: ViewSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.items: list[ClipItem] = []
        self.row = -1
        self.shown: InspectedClip | None = None
        self.pinned: InspectedClip | None = None
        self.model: ModelMetadata | None = None
        self.navigation = Navigation(self)
        self._workbench = Workbench()
        self._runner = TaskRunner("inspect", self)
        self.closer = CloserLook(self._runner, self.navigation, self)
        self.shelf = Shelf(self._workbench, self._runner, self)
        self._opening: Task | None = None
        self._search: Task | None = None
        self._stop_search = False
        self._idle = QTimer(self)  # so that what was asked for is painted first
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)

    # --- the list ---------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Search files and folders, and list what was found."""
        self.cancel_search()
        self._stop_search = False
        self.searching_changed.emit(True)
        self._search = self._runner.submit(
            lambda: collect(list(paths), lambda: self._stop_search),
            self._on_found,
            self._on_not_found,
        )

    def cancel_search(self) -> None:
        """Look no further; the list stays as it is."""
        if self._search is not None:
            self._search.drop()
            self._end_search()

    def show_items(self, items: Sequence[ClipItem], row: int = 0) -> None:
        """List clips, and look at one of them."""
        self.cancel_search()
        self._list(list(items), row)

    def set_visible_rows(self, first: int, last: int) -> None:
        """Take notice of which rows can be seen: only they are looked into."""
        self.shelf.set_visible_rows(first, last)
        self._idle.start()

    def _on_found(self, items: list[ClipItem]) -> None:
        self._end_search()
        self._list(items)

    def _on_not_found(self, error: Exception) -> None:
        self._end_search()
        self._list([], sentence=_sentence(error))

    def _end_search(self) -> None:
        self._stop_search = True
        self._search = None
        self.searching_changed.emit(False)

    def _list(self, items: list[ClipItem], row: int = 0, sentence: str = "") -> None:
        self.shelf.set_items(items)
        self.items, self.row, self.shown = items, -1, None
        self.items_changed.emit(items, sentence)
        self.show(row)

    # --- the clip ---------------------------------------------------------------------

    def show(self, row: int) -> None:
        """Look at a row of the list."""
        if not 0 <= row < len(self.items) or row == self.row:
            return
        self.row = row
        self.row_changed.emit(row)
        self._drop_opening()
        item = self.items[row]
        ready = self.shelf.take(item)
        if ready is not None:
            self._show(ready)
            return
        self.opening.emit(item)
        self.shelf.pause()
        settings = self.settings
        self._opening = self._runner.submit(
            lambda: self._workbench.open(item, settings),
            self._on_opened,
            lambda error: self._on_not_opened(item, error),
        )

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
        self.pinned = clip
        self._fit_length()
        self.pinned_changed.emit(clip)
        self._idle.start()

    def _on_opened(self, clip: InspectedClip) -> None:
        self._opening = None
        self.shelf.keep(clip)
        self._show(clip)

    def _on_not_opened(self, item: ClipItem, error: Exception) -> None:
        self._opening = self.shown = None
        sentence = _sentence(error)
        self.shelf.note_failure(item, sentence)
        self.clip_failed.emit(item, sentence)
        self._idle.start()

    def _show(self, clip: InspectedClip) -> None:
        self.shown = clip
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
            self.shelf.do_more(self.row, self.settings)

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
        if settings.as_recorded != before.as_recorded:
            self._do_again(lambda clip: self._workbench.open(clip.item, settings))
        elif settings.picture != before.picture:
            self._do_again(lambda clip: draw_again(clip, settings))

    def set_model(self, path: Path) -> None:
        """Ask another model."""
        self.submit("model", lambda workbench: workbench.load(path), self._on_model_loaded)

    def submit(
        self, kind: str, work: Callable[[Workbench], Any], on_result: Callable[[Any], None]
    ) -> None:
        """Run something on the worker, which owns the model; of a kind, only the newest counts."""
        self._runner.submit_newest(
            kind, lambda: work(self._workbench), on_result, self._on_work_failed
        )

    def close(self) -> None:
        """Wait for the worker."""
        self._stop_search = True
        self._idle.stop()
        self._runner.close()

    def _on_model_loaded(self, metadata: ModelMetadata) -> None:
        self.model = metadata
        self.shelf.forget_glances()
        self.model_changed.emit(metadata)
        self._do_again(self._workbench.ask_again)
        self._idle.start()

    def _do_again(self, work: Callable[[InspectedClip], InspectedClip]) -> None:
        """Redo what is seen; what was opened for later is opened again when it is wanted."""
        self.shelf.forget_open()
        if self._opening is not None:  # in a way that counts no more
            row, self.row = self.row, -1
            self.show(row)
        shown, pinned = self.shown, self.pinned
        if shown is not None:
            self.submit("shown", lambda _: work(shown), self._on_shown_again)
        if pinned is not None:
            self.submit("pinned", lambda _: work(pinned), self._on_pinned_again)

    def _on_shown_again(self, clip: InspectedClip) -> None:
        if self.shown is not None and self.shown.item is clip.item:
            self.shelf.keep(clip)
            self._show(clip)

    def _on_pinned_again(self, clip: InspectedClip) -> None:
        if self.pinned is not None and self.pinned.item is clip.item:
            self._pin(clip)

    def _on_work_failed(self, error: Exception) -> None:
        self.failed.emit(_sentence(error))


def _sentence(error: Exception) -> str:
    """Return what a person is told of an error; one that nobody expected is raised."""
    if not isinstance(error, SpokenDigitsError):
        raise error
    return str(error)
