"""The state of an adaptation, without any widget."""

from __future__ import annotations

import shutil
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.shell.job import Ending, Outcome
from app.shell.learning import Learning
from app.shell.translation import translated
from core.errors import BundleError
from core.training.events import Adapted, Event, Progress
from core.training.run_folder import is_taken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.recognition.model_library import ModelLibrary


class AdaptationState(Enum):
    """What is going on."""

    IDLE = "idle"
    RUNNING = "running"
    DECIDING = "deciding"


class AdaptationController(QObject):
    """Makes an adapted copy of a model in a child process; a person decides what becomes of it.

    Until then the copy lies aside, where nothing uses it.

    Parameters
    ----------
    library : ModelLibrary
    aside : Path
        A folder for copies that nobody has decided on yet.

    Signals
    -------
    state_changed(AdaptationState)
    progress_changed(int, int)
        How much is done, of how much; 0 of 0 while that is not known.
    adapted(Adapted)
        The figures.
    failed(str)
    used(Path)
        The copy is one of the user's models now, and is to be used.
    """

    state_changed = Signal(object)
    progress_changed = Signal(int, int)
    adapted = Signal(object)
    failed = Signal(str)
    used = Signal(object)

    def __init__(self, library: ModelLibrary, aside: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.state = AdaptationState.IDLE
        self.model: Path | None = None
        self._aside = aside
        self._copy = aside
        self._name = ""
        self._learning = Learning(self)
        self._learning.told.connect(self._on_told)
        self._learning.ended.connect(self._on_ended)
        self._result: Adapted | None = None

    @property
    def under_way(self) -> bool:
        """Whether there is a copy, or will be, that nobody has decided on."""
        return self.state is not AdaptationState.IDLE

    def start(self, folders: Sequence[Path], model: Path, name: str) -> None:
        """Adapt a copy of a model to folders of recordings.

        Parameters
        ----------
        folders : sequence of Path
        model : Path
        name : str
            What the copy is called; a number is added to one that is taken.
        """
        if self.state is not AdaptationState.IDLE:
            return
        shutil.rmtree(self._aside, ignore_errors=True)  # of a program that was cut off
        self.model, self._result = model, None
        self._name = self.library.free_name(name, is_taken)
        self._copy = self._aside / self._name
        arguments = ["adapt", *map(str, folders), "--model", str(model)]
        self._set_state(AdaptationState.RUNNING)
        self.progress_changed.emit(0, 0)
        self._learning.start(arguments, self._copy)

    def cancel(self) -> None:
        """End it and keep nothing."""
        self._learning.cancel()

    def use(self) -> None:
        """Make the copy one of the user's models and use it."""
        if self.state is not AdaptationState.DECIDING:
            return
        try:
            target = self.library.place_for(self.library.free_name(self._name, is_taken))
            target.parent.mkdir(parents=True, exist_ok=True)
            self._copy.rename(target)
        except (BundleError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else translated(error.sentence)
            self.failed.emit(self.tr("The copy cannot be kept: {0}").format(reason))
            return
        self._set_state(AdaptationState.IDLE)
        self.used.emit(target)

    def discard(self) -> None:
        """Forget the copy."""
        if self.state is AdaptationState.DECIDING:
            shutil.rmtree(self._aside, ignore_errors=True)
            self._set_state(AdaptationState.IDLE)

    def close(self) -> None:
        """End the child; a copy that nobody has decided on is forgotten."""
        self._learning.close()
        shutil.rmtree(self._aside, ignore_errors=True)

    def _on_told(self, told: Event) -> None:
        if isinstance(told, Progress):
            self.progress_changed.emit(told.done, told.total)
        elif isinstance(told, Adapted):
            self._result = told

    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.ending is Ending.DONE and self._result is not None:
            self._set_state(AdaptationState.DECIDING)
            self.adapted.emit(self._result)
            return
        self._set_state(AdaptationState.IDLE)
        if outcome.ending is Ending.CRASHED:
            self.failed.emit(self.tr("It was ended from outside or crashed. Nothing has changed."))
        elif outcome.ending is not Ending.CANCELLED:
            self.failed.emit(outcome.reason)

    def _set_state(self, state: AdaptationState) -> None:
        self.state = state
        self.state_changed.emit(state)
