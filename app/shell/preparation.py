"""What takes a moment to make, made while the window stands already."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


class Preparation(QObject):
    """Imports one module, or makes one part, after another, with events between them.

    All of it on the GUI thread: PySide makes the classes of Qt when they are first asked for, and
    while pyqtgraph asked for all of them on a thread of its own, one start in hundreds crashed.

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
        self._makers = makers
        self._steps: list[Callable[[], object]] = [partial(import_module, name) for name in modules]
        self._steps += makers
        self._begun = False

    def begin(self) -> None:
        """Make everything, in a while; only the first call does anything."""
        if not self._begun:
            self._begun = True
            self._go_on(0)

    def finish(self) -> None:
        """Make everything at once."""
        for make in self._makers:
            make()

    def _go_on(self, number: int) -> None:
        QTimer.singleShot(0, self, lambda: self._take_step(number))

    def _take_step(self, number: int) -> None:
        if number < len(self._steps) and self._window.isVisible():
            self._steps[number]()
            self._go_on(number + 1)
