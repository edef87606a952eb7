"""The state of teaching: words that are said, and the model that knows them then."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.shell.job import Ending, Job, Outcome, Told
from app.shell.progress import Follower
from app.shell.translation import translated
from app.voice.collect_controller import CollectController
from core.dataset.collection import Collection
from core.errors import BundleError
from core.files import remove_leftovers
from core.labels import is_word
from core.training.events import Evaluated, Event, Saved
from core.training.presets import DEFAULT_PRESET
from core.training.run_folder import RunFolder, is_taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from app.recognise.controller import RecognitionController
    from core.evaluation.report import EvaluationReport
    from core.recognition.model_library import ModelLibrary

_UNSURE = 0.8
_AGAIN = 3  # times that a word is said again


@dataclass(frozen=True, slots=True)
class Sureness:
    """How well a word is known: its clips, each heard by a model that had not learned from it.

    Parameters
    ----------
    word : str
    clips, right : int
    confidence : float
        The mean confidence, in 0-1, in what was right; 0 where nothing was.
    """

    word: str
    clips: int
    right: int
    confidence: float

    @property
    def is_weak(self) -> bool:
        """Whether it is worth while to say the word again."""
        return self.right < self.clips or self.confidence < _UNSURE


def sureness(figures: EvaluationReport) -> list[Sureness]:
    """Return how well every word is known, the one that is known worst first."""
    found = []
    for word in filter(is_word, figures.labels):
        clips = [clip for clip in figures.clip_results if clip.label == word]
        right = [clip.confidence for clip in clips if clip.answer == word]
        mean = sum(right) / len(right) if right else 0.0
        found.append(Sureness(word, len(clips), len(right), mean))
    return sorted(found, key=lambda each: (each.right / max(1, each.clips), each.confidence))


class TeachController(CollectController):
    """Leads through the words as a collection does, then trains the Quick model in a child.

    Signals
    -------
    advanced(HowFar)
    taught(Path, list of Sureness)
        The new model.
    not_taught(str)
        Why there is none; empty when the person did not want it any more.
    """

    advanced = Signal(object)
    taught = Signal(object, list)
    not_taught = Signal(str)

    def __init__(
        self,
        recognition: RecognitionController,
        library: ModelLibrary,
        parent: QObject | None = None,
        make_job: Callable[[list[str]], Job] = Job,
    ) -> None:
        super().__init__(recognition, parent)
        self._library = library
        self._make_job = make_job
        self._job: Job | None = None
        self._output = library.own
        self._figures: EvaluationReport | None = None
        self._follower = Follower()

    @property
    def learns(self) -> bool:
        """Whether the model is being made."""
        return self._job is not None

    def learn(self, name: str) -> None:
        """Make a model of what was said."""
        if self.collection is None or self.learns:
            return
        try:
            self._output = self._library.place_for(self._library.free_name(name, is_taken))
        except BundleError as error:
            self.not_taught.emit(translated(error.sentence))
            return
        folder = str(self.collection.folder)
        arguments = ["train", folder, "--preset", DEFAULT_PRESET, "--output", str(self._output)]
        words = sorted({path.name for path in self.collection.folder.iterdir() if path.is_dir()})
        job = self._make_job([*arguments, "--labels", json.dumps(words), "--json"])
        self._job, self._figures, self._follower = job, None, Follower()
        job.told.connect(self._on_told)
        job.ended.connect(partial(self._on_ended, job))
        self.advanced.emit(self._follower.now)
        job.start()

    def cancel_learning(self) -> None:
        """Make no model; what was said stays."""
        if self._job is not None:
            self._job.cancel()

    def say_again(self, word: str) -> None:
        """Ask for some more clips of a word."""
        if self.collection is not None:
            folder, seed = self.collection.folder, secrets.randbelow(2**31)
            self._work(lambda: Collection.go_beyond(folder, (word,), _AGAIN, seed), self._on_opened)

    def close(self) -> None:
        """End the child, and wait until everything is written."""
        if self._job is not None:
            self._job.blockSignals(True)
            self._job.kill()
            self._tidy_up()
        super().close()

    def _on_told(self, told: Told) -> None:
        if isinstance(told, Evaluated):
            self._figures = told.evaluation
        elif isinstance(told, Saved):
            self._output = Path(told.bundle)
        if isinstance(told, Event):
            self.advanced.emit(self._follower.follow(told))

    def _on_ended(self, job: Job, outcome: Outcome) -> None:
        job.deleteLater()
        self._job = None
        self._tidy_up()
        if outcome.ending is Ending.DONE and self._figures is not None:
            self.taught.emit(self._output, sureness(self._figures))
        else:
            self.not_taught.emit(outcome.reason)

    def _tidy_up(self) -> None:
        """Remove what a child that was killed could not; what was said makes it again."""
        RunFolder(self._output).remove()
        remove_leftovers(self._output)
