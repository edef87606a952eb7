"""Work off the GUI thread, one task after another, results back on it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from app.shell.translation import translated
from core.errors import SpokenDigitsError

if TYPE_CHECKING:
    from collections.abc import Callable

    _OnResult = Callable[[Any], object]
    _OnError = Callable[[SpokenDigitsError], object]


class Task:
    """A piece of work that was submitted; once dropped, nobody hears of its result."""

    def __init__(self, on_result: _OnResult | None, on_error: _OnError | None) -> None:
        self.on_result = on_result
        self.on_error = on_error
        self.dropped = False

    def drop(self) -> None:
        """Make its result count for nothing."""
        self.dropped = True


class TaskRunner(QObject):
    """Runs functions on one worker thread and delivers their results on the GUI thread.

    What goes wrong reaches whoever submitted the task, if they want to know it, or else
    `failed`. What nobody expects, any error but the program's own, reaches the hook for such
    errors in any case, after whoever submitted the task.

    Signals
    -------
    busy_changed(bool)
        It begins, or has nothing left to do.
    failed(str)
        The sentence of an error that whoever submitted the task does not handle.
    """

    busy_changed = Signal(bool)
    failed = Signal(str)
    _finished = Signal(object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._pending = 0
        self._closing = False
        self._newest: dict[str, Task] = {}
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def closing(self) -> bool:
        """Whether nobody waits any more for what is going on; what takes long looks at it."""
        return self._closing

    def submit(
        self,
        function: Callable[[], Any],
        on_result: _OnResult | None = None,
        on_error: _OnError | None = None,
    ) -> Task:
        """Run ``function`` on the worker; then call one of the two on the GUI thread."""
        task = Task(on_result, on_error)
        if self._closing:
            task.drop()
            return task

        def work() -> None:
            result, error = None, None
            if not task.dropped and not self._closing:
                try:
                    result = function()
                except Exception as caught:  # noqa: BLE001 - delivered, not swallowed
                    error = caught
            self._finished.emit(task, result, error)

        self._pending += 1
        if self._pending == 1:
            self.busy_changed.emit(True)
        self._executor.submit(work)
        return task

    def submit_newest(
        self,
        kind: str,
        function: Callable[[], Any],
        on_result: _OnResult | None = None,
        on_error: _OnError | None = None,
    ) -> None:
        """Do the same, and drop the task of that kind before it: only the newest counts."""
        before = self._newest.get(kind)
        if before is not None:
            before.drop()
        self._newest[kind] = self.submit(function, on_result, on_error)

    def close(self, last: Callable[[], None] = lambda: None) -> None:
        """Wait for the running task, forget the others, and run ``last`` on the worker.

        Only the first call does anything.
        """
        if self._closing:
            return
        self._closing = True
        closed = self._executor.submit(last)
        self._executor.shutdown(wait=True)
        closed.result()

    def finish(self) -> None:
        """Wait until all that was submitted is done, then close."""
        if not self._closing:
            self._executor.submit(lambda: None).result()
        self.close()

    def _on_finished(self, task: Task, result: Any, error: Exception | None) -> None:
        try:
            if not self._closing and not task.dropped:  # or whoever submitted it is gone
                self._deliver(task, result, error)
        finally:  # what follows at once was submitted already: it stays busy
            self._pending -= 1
            if self._pending == 0:
                self.busy_changed.emit(False)

    def _deliver(self, task: Task, result: Any, error: Exception | None) -> None:
        if error is None:
            if task.on_result is not None:
                task.on_result(result)
        elif isinstance(error, SpokenDigitsError):
            if task.on_error is not None:
                task.on_error(error)
            else:
                self.failed.emit(translated(error.sentence))
        else:
            if task.on_error is not None:
                task.on_error(SpokenDigitsError(self.tr("Something unexpected went wrong.")))
            raise error
