"""Makes, after the start, what the window needs later, without holding anybody up."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.shell.task_runner import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

_SLOWLY_IMPORTED = ("app.widgets.scrolling_sound", "app.train.tab", "app.inspect.tab")


class Preparation(QObject):
    """Imports in another thread, then makes one part after another, with events between them.

    Parameters
    ----------
    window : QWidget
        When it is no longer shown, nothing more is made.
    makers : sequence of callable
        Each makes a part, or does nothing where it is made already.
    """

    def __init__(self, window: QWidget, makers: Sequence[Callable[[], object]]) -> None:
        super().__init__(window)
        self._window = window
        self._makers = makers
        self._runner = TaskRunner("preparation", self)

    def begin(self) -> None:
        """Make everything, in a while."""
        self._runner.submit(
            lambda: [import_module(name) for name in _SLOWLY_IMPORTED],
            lambda _: self._make(0),
            self._on_error,
        )

    def finish(self) -> None:
        """Make everything at once."""
        for make in self._makers:
            make()

    def close(self) -> None:
        """Wait for the thread."""
        self._runner.close()

    def _make(self, number: int) -> None:
        if number < len(self._makers) and self._window.isVisible():
            self._makers[number]()
            QTimer.singleShot(0, self, lambda: self._make(number + 1))

    @staticmethod
    def _on_error(error: Exception) -> None:
        raise error
