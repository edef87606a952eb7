"""The state of teaching with clips that were chosen in a table, without any widget."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.library.hear_again import Difference, hear, is_wrong
from app.shell.job import Ending, Outcome
from app.shell.learning import Learning
from app.shell.model_in_use import Network
from app.shell.task_runner import TaskRunner
from app.shell.translation import translated
from app.voice.lesson import Lesson, make_lesson, usable_label
from core.errors import BundleError, SpokenDigitsError
from core.files import first_free
from core.labels import is_word
from core.recognition.metadata import BeforeAndAfter
from core.sound.decoder import ReadingStopped
from core.training.events import Adapted, Evaluated, Event
from core.training.presets import DEFAULT_PRESET
from core.training.run_folder import is_taken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.library.clips import Clip
    from app.shell.model_in_use import ChosenModel, ModelInUse
    from core.recognition.model_library import ModelLibrary
    from core.recognition.recogniser import Prediction


class TeachingStep(Enum):
    """What is going on, or what the person is to do."""

    IDLE = "idle"
    LOOKING = "the clips are read"
    CHOOSING = "a new model, or the one in use"
    LEARNING = "a model learns"
    HEARING = "the clips are heard by the new model"
    DECIDING = "the new model or the old one"


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """What became of a model that was taught with clips.

    Parameters
    ----------
    model : Path
        The new model.
    clips : list of Clip
        Copies that hold what was heard before and what is heard now.
    tested : BeforeAndAfter
        Clips that were judged by a model that had not learned from them.
    standard : BeforeAndAfter
        The standard test of a model that was adapted.
    """

    model: Path
    clips: list[Clip]
    tested: BeforeAndAfter
    standard: BeforeAndAfter

    @property
    def difference(self) -> Difference:
        """How it differs from the model before, on all clips."""
        return Difference.of(self.clips)

    @property
    def is_worse(self) -> bool:
        """Whether it is better not used."""
        from core.training.adaptation import is_worse

        return is_worse(self.tested, self.standard)


class ClipTeacher(QObject):
    """Makes a data set of clips, then a model of it, and hears the clips with both models.

    Until it is learned from, the data set lies aside; what is given up leaves nothing.

    Parameters
    ----------
    model : ModelInUse
    library : ModelLibrary
    collections : Path
        Where the data set goes.
    aside : Path
        Where it lies before that.

    Signals
    -------
    step_changed(TeachingStep)
    advanced(int, int)
        How many clips are read or heard, of how many.
    learned(HowFar)
    taught(Taught)
    failed(str)
        Why there is no new model; the clips can be learned from another time.
    refused(str)
        Why nothing can be learned from the clips at all.
    """

    step_changed = Signal(object)
    advanced = Signal(int, int)
    learned = Signal(object)
    taught = Signal(object)
    failed = Signal(str)
    refused = Signal(str)
    _advanced = Signal(int, int, int)

    def __init__(
        self,
        model: ModelInUse,
        library: ModelLibrary,
        collections: Path,
        aside: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.step = TeachingStep.IDLE
        self.lesson: Lesson | None = None
        self.result: Taught | None = None
        self.adapts = False
        self.before: ChosenModel | None = None
        """The model that was in use when the clips were read."""
        self._model, self._library = model, library
        self._collections, self._aside = collections, aside
        self._number = 0  # of what was asked last, which alone counts
        self._told: Evaluated | Adapted | None = None
        self._runner, self._network = TaskRunner("teaching", self), Network()
        self.learning = Learning(self)
        self.learning.advanced.connect(self.learned)
        self.learning.told.connect(self._on_told)
        self.learning.ended.connect(self._on_ended)
        self._advanced.connect(self._on_advanced)

    def begin(self, clips: Sequence[Clip], own_name: str) -> bool:
        """Look at clips; tell whether there are any to learn from."""
        if self.step in (TeachingStep.LEARNING, TeachingStep.HEARING):
            return True  # it is shown how far that is
        if not any(map(usable_label, clips)):
            self.refused.emit(
                self.tr(
                    "Nobody has said yet what these clips are, so nothing can be learned from "
                    "them. Correct or confirm some first: a digit, the first letters of a word, "
                    "or Enter."
                )
            )
            return False
        self.leave()
        number, model = self._number, self._model.current
        self.before = model
        name = f"clips {datetime.now().astimezone():%Y-%m-%d %H-%M-%S}"
        chosen = list(clips)
        self._set_step(TeachingStep.LOOKING)
        self.advanced.emit(0, len(chosen))

        def work() -> Lesson | None:
            folder = first_free(self._aside / name)
            try:
                return make_lesson(
                    chosen,
                    folder,
                    own_name,
                    model,
                    self._network,
                    partial(self._advanced.emit, number),
                    partial(self._is_given_up, number),
                )
            except BaseException as error:
                shutil.rmtree(folder, ignore_errors=True)
                if isinstance(error, ReadingStopped):
                    return None
                raise

        self._runner.submit(work, partial(self._on_made, number), partial(self._on_error, number))
        return True

    def teach(self, adapts: bool) -> None:
        """Let a new model learn, or a copy of the one in use."""
        lesson = self.lesson
        if self.step is not TeachingStep.CHOOSING or lesson is None:
            return
        self.adapts, self._told = adapts, None
        wish = f"clips {datetime.now().astimezone():%Y-%m-%d}"
        if adapts and self.before is not None:
            wish = f"{self.before.path.name.removesuffix(' adapted')} adapted"
        try:
            output = self._library.place_for(self._library.free_name(wish, is_taken))
            folder = _move(lesson.folder, self._collections / lesson.folder.name)
        except (BundleError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else translated(error.sentence)
            self.failed.emit(self.tr("It cannot be begun: {0}").format(reason))
            return
        self.lesson = replace(lesson, folder=folder)
        arguments = ["train", str(folder), "--preset", DEFAULT_PRESET]
        arguments += ["--labels", json.dumps(lesson.words)]
        if adapts and self.before is not None:
            arguments = ["adapt", str(folder), "--model", str(self.before.path)]
        self._set_step(TeachingStep.LEARNING)
        self.learning.start(arguments, output)

    def cancel(self) -> None:
        """Let no model learn; the clips can be learned from another time."""
        self.learning.cancel()

    def leave(self) -> None:
        """Forget it all; a model that was made stays."""
        self._number += 1
        self.learning.close()
        if self.lesson is not None and self.step is not TeachingStep.DECIDING:
            if self.step is TeachingStep.HEARING and self.learning.output is not None:
                shutil.rmtree(self.learning.output, ignore_errors=True)
            shutil.rmtree(self.lesson.folder, ignore_errors=True)
        self.lesson = self.result = None
        self._set_step(TeachingStep.IDLE)

    def close(self) -> None:
        """End the child and the worker; nothing is left aside."""
        self.leave()
        self._runner.close()
        shutil.rmtree(self._aside, ignore_errors=True)

    # --- what the workers tell --------------------------------------------------------------

    def _is_given_up(self, number: int) -> bool:
        return number != self._number or self._runner.closing

    def _on_advanced(self, number: int, done: int, total: int) -> None:
        if number == self._number:
            self.advanced.emit(done, total)

    def _on_made(self, number: int, lesson: Lesson | None) -> None:
        if lesson is None:
            return
        if number != self._number:
            shutil.rmtree(lesson.folder, ignore_errors=True)
            return
        self.lesson = lesson
        self._set_step(TeachingStep.CHOOSING)

    def _on_error(self, number: int, error: SpokenDigitsError) -> None:
        if number == self._number:
            self.leave()
            self.refused.emit(translated(error.sentence))

    def _on_told(self, told: Event) -> None:
        if isinstance(told, (Evaluated, Adapted)):
            self._told = told

    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.ending is not Ending.DONE or self._told is None:
            self._put_aside()
            self._set_step(TeachingStep.CHOOSING)
            self.failed.emit(outcome.reason or self.tr("Given up: nothing has changed."))
            return
        assert self.lesson is not None
        assert self.learning.output is not None
        number, output, clips = self._number, self.learning.output, self.lesson.every
        self._set_step(TeachingStep.HEARING)

        self._runner.submit(
            lambda: hear(
                clips,
                output,
                self._network,
                partial(self._advanced.emit, number),
                partial(self._is_given_up, number),
            ),
            partial(self._on_heard, number),
            partial(self._on_error, number),
        )

    def _put_aside(self) -> None:
        """Let the data set lie where it did before it was to be learned from."""
        if self.lesson is not None:
            try:
                folder = _move(self.lesson.folder, self._aside / self.lesson.folder.name)
            except OSError:
                return  # it is one of the collections
            self.lesson = replace(self.lesson, folder=folder)

    def _on_heard(self, number: int, found: dict[Clip, Prediction] | None) -> None:
        if number != self._number or found is None or self.lesson is None:
            return
        before, told, output = self.lesson.heard, self._told, self.learning.output
        assert output is not None
        clips = [
            replace(clip, before=before.get(clip), prediction=prediction)
            for clip, prediction in found.items()
        ]
        if isinstance(told, Adapted):
            self.result = Taught(output, clips, told.yours, told.samples + told.rehearsal)
        elif isinstance(told, Evaluated):
            tested = self._tested(told)
            self.result = Taught(output, clips, tested, BeforeAndAfter(0, 0, 0))
        self._set_step(TeachingStep.DECIDING)
        self.taught.emit(self.result)

    def _tested(self, told: Evaluated) -> BeforeAndAfter:
        """Return how many both models have right of the clips that a new one was tested on."""
        assert self.lesson is not None
        clips = before = after = 0
        for each in told.evaluation.clip_results:
            clip = self.lesson.clips.get(each.name)
            said = self.lesson.heard.get(clip) if clip is not None else None
            clips += 1
            before += said is not None and not is_wrong(said, each.label)
            after += each.answer == each.label or not (is_word(each.answer) or is_word(each.label))
        return BeforeAndAfter(clips, before, after)

    def _set_step(self, step: TeachingStep) -> None:
        if step is not self.step:
            self.step = step
            self.step_changed.emit(step)


def _move(folder: Path, wish: Path) -> Path:
    """Move a folder to a place that is free; return which."""
    wish.parent.mkdir(parents=True, exist_ok=True)
    return folder.rename(first_free(wish))
