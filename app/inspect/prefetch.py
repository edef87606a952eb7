"""The clips that are open already, and what is opened before anybody asks for it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.inspect.clips import Glance
from core.errors import SpokenDigitsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inspect.clips import ClipItem, InspectedClip
    from app.inspect.view_settings import ViewSettings
    from app.inspect.worker import Workbench
    from app.shell.task_runner import Task, TaskRunner

_KEPT_SAMPLES = 4_000_000  # of the clips that are kept open: a few hundred of one second
_AHEAD = (1, -1, 2, -2)  # rows to open before they are asked for


class Shelf(QObject):
    """Opens the neighbours of a row, and looks into the visible rows, one thing after another.

    Signals: ``glanced(ClipItem, Glance)`` with what the list is to say of a clip.
    """

    glanced = Signal(object, object)

    def __init__(self, workbench: Workbench, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._runner = runner
        self._items: list[ClipItem] = []
        self._row = -1
        self._settings: ViewSettings | None = None
        self._visible = range(0)
        self._open: OrderedDict[ClipItem, InspectedClip] = OrderedDict()
        self._glanced: set[ClipItem] = set()
        self._unreadable: set[ClipItem] = set()
        self._ahead: list[ClipItem] = []  # the neighbours that are to be opened still
        self._task: Task | None = None

    def set_items(self, items: list[ClipItem]) -> None:
        """Serve another list."""
        self.forget_open()
        self.forget_glances()
        self._items, self._row, self._visible = items, -1, range(0)

    def take(self, item: ClipItem) -> InspectedClip | None:
        """Return a clip that is open, or None."""
        clip = self._open.get(item)
        if clip is not None:
            self._open.move_to_end(item)
        return clip

    def keep(self, clip: InspectedClip) -> None:
        """Keep a clip that was opened; those that were not looked at for longest make room."""
        self._open[clip.item] = clip
        kept = sum(each.clip.samples.size for each in self._open.values())
        while kept > _KEPT_SAMPLES and len(self._open) > 1:
            kept -= self._open.popitem(last=False)[1].clip.samples.size
        self._unreadable.discard(clip.item)
        self._tell(clip.item, clip.glance)

    def note_failure(self, item: ClipItem, sentence: str) -> None:
        """Take notice that a clip cannot be read."""
        self._unreadable.add(item)
        self._glanced.discard(item)
        self._tell(item, Glance(None, sentence=sentence))

    def forget_open(self) -> None:
        """Drop what was opened, or is being opened, in a way that counts no more."""
        self._open.clear()
        self._row = -1
        if self._task is not None:
            self._task.drop()
            self._task = None

    def forget_glances(self) -> None:
        """Look into every row again when it is seen."""
        self._glanced.clear()
        self._unreadable.clear()

    def set_visible_rows(self, first: int, last: int) -> None:
        """Take notice of which rows can be seen: only they are looked into."""
        self._visible = range(max(0, first), min(last + 1, len(self._items)))

    def do_more(self, row: int, settings: ViewSettings) -> None:
        """Open the neighbours of a row and look into the visible rows."""
        if (row, settings) != (self._row, self._settings):
            rows = (row + step for step in _AHEAD)
            self._ahead = [self._items[each] for each in rows if 0 <= each < len(self._items)]
        self._row, self._settings = row, settings
        self._do_next()

    def pause(self) -> None:
        """Begin nothing until `do_more`, because somebody waits for the worker."""
        self._settings = None

    def _do_next(self) -> None:
        settings = self._settings
        if self._task is not None or settings is None:
            return
        neighbour = self._next_neighbour()
        if neighbour is not None:
            self._begin(neighbour, lambda: self._workbench.open(neighbour, settings), self.keep)
            return
        unknown = next((row for row in self._visible if self._items[row] not in self._glanced), -1)
        if unknown >= 0:
            item = self._items[unknown]
            self._begin(
                item,
                lambda: self._workbench.glance(item),
                lambda glance: self._tell(item, glance),
            )

    def _next_neighbour(self) -> ClipItem | None:
        """Return the next to open; each is opened once, or long ones would push out each other."""
        while self._ahead:
            item = self._ahead.pop(0)
            if item not in self._open and item not in self._unreadable:
                return item
        return None

    def _begin(
        self, item: ClipItem, work: Callable[[], Any], on_result: Callable[[Any], None]
    ) -> None:
        def on_done(result: Any) -> None:
            self._task = None
            on_result(result)
            self._do_next()

        def on_error(error: Exception) -> None:
            self._task = None
            if not isinstance(error, SpokenDigitsError):
                raise error
            self.note_failure(item, str(error))
            self._do_next()

        self._task = self._runner.submit(work, on_done, on_error)

    def _tell(self, item: ClipItem, glance: Glance) -> None:
        if item not in self._glanced:
            self._glanced.add(item)
            self.glanced.emit(item, glance)
