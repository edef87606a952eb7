"""What takes a moment to make, made while the window stands already."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.shell.task_runner import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


class Preparation(QObject):
    """Imports in another thread, then makes one part after another, with events between them.

    Parameters
    ----------
    window : QWidget
        When it is no longer shown, nothing more is made.
    modules : sequence of str
        What is imported.
    makers : sequence of callable
        Each makes a part, or does nothing where it is made already.
    """

    def __init__(
        self, window: QWidget, modules: Sequence[str], makers: Sequence[Callable[[], object]]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._modules = modules
        self._makers = makers
        self._runner = TaskRunner("preparation", self)
        self._begun = False

    def begin(self) -> None:
        """Make everything, in a while; only the first call does anything."""
        if not self._begun:
            self._begun = True
            self._runner.submit(
                lambda: [import_module(name) for name in self._modules],
                lambda _: self._make(0),
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
