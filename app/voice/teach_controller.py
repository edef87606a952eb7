"""The state of teaching: words that are said, and the model that knows them then."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.shell.job import Ending, Outcome
from app.shell.learning import Learning
from app.shell.translation import translated
from app.voice.collect_controller import CollectController
from core.dataset.collection import Collection
from core.errors import BundleError
from core.labels import is_word
from core.training.events import Evaluated, Event
from core.training.presets import DEFAULT_PRESET
from core.training.run_folder import is_taken

if TYPE_CHECKING:
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
    ) -> None:
        super().__init__(recognition, parent)
        self._library = library
        self._figures: EvaluationReport | None = None
        self.learning = Learning(self)
        self.learning.advanced.connect(self.advanced)
        self.learning.told.connect(self._on_told)
        self.learning.ended.connect(self._on_ended)

    def learn(self, name: str) -> None:
        """Make a model of what was said."""
        if self.collection is None or self.learning.running:
            return
        try:
            output = self._library.place_for(self._library.free_name(name, is_taken))
        except BundleError as error:
            self.not_taught.emit(translated(error.sentence))
            return
        folder = self.collection.folder
        words = sorted({path.name for path in folder.iterdir() if path.is_dir()})
        self._figures = None
        arguments = ["train", str(folder), "--preset", DEFAULT_PRESET]
        self.learning.start([*arguments, "--labels", json.dumps(words)], output)

    def say_again(self, word: str) -> None:
        """Ask for some more clips of a word."""
        if self.collection is not None:
            folder, seed = self.collection.folder, secrets.randbelow(2**31)
            self._work(lambda: Collection.go_beyond(folder, (word,), _AGAIN, seed), self._on_opened)

    def close(self) -> None:
        """End the child, and wait until everything is written."""
        self.learning.close()
        super().close()

    def _on_told(self, told: Event) -> None:
        if isinstance(told, Evaluated):
            self._figures = told.evaluation

    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.ending is Ending.DONE and self._figures is not None:
            self.taught.emit(self.learning.output, sureness(self._figures))
        else:
            self.not_taught.emit(outcome.reason)
