"""A child process that makes a model, how far it is, and what it leaves behind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.shell.job import Job, Outcome, Told
from app.shell.progress import Follower
from core.files import remove_leftovers
from core.training.events import Event
from core.training.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Learning(QObject):
    """Runs at most one command that makes a model of what lies in folders.

    What a child that was killed could not remove is removed: it is not to go on another time.

    Parameters
    ----------
    make_job : callable, optional
        Makes the child of its arguments.

    Signals
    -------
    advanced(HowFar)
    told(Event)
    ended(Outcome)
    """

    advanced = Signal(object)
    told = Signal(object)
    ended = Signal(object)

    def __init__(
        self, parent: QObject | None = None, make_job: Callable[[list[str]], Job] | None = None
    ) -> None:
        super().__init__(parent)
        self.make_job = make_job
        self.output: Path | None = None
        self._job: Job | None = None
        self._follower = Follower()

    @property
    def running(self) -> bool:
        """Whether a model is being made."""
        return self._job is not None

    def start(self, arguments: list[str], output: Path) -> None:
        """Make a model where nothing lies yet, by a command and its arguments."""
        self.output, self._follower = output, Follower()
        job = (self.make_job or Job)([*arguments, "--output", str(output), "--json"])
        self._job = job
        job.told.connect(self._on_told)
        job.ended.connect(partial(self._on_ended, job))
        self.advanced.emit(self._follower.now)
        job.start()

    def cancel(self) -> None:
        """Make no model."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """End the child at once; nobody is told."""
        if self._job is not None:
            self._job.blockSignals(True)
            self._job.kill()
            self._job = None
            self._tidy_up()

    def _on_told(self, told: Told) -> None:
        if isinstance(told, Event):
            self.advanced.emit(self._follower.follow(told))
            self.told.emit(told)

    def _on_ended(self, job: Job, outcome: Outcome) -> None:
        job.deleteLater()
        self._job = None
        self._tidy_up()
        self.ended.emit(outcome)

    def _tidy_up(self) -> None:
        if self.output is not None:
            RunFolder(self.output).remove()
            remove_leftovers(self.output)
