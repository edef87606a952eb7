"""The state of a guided recording, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.library.clips import Origin, sound_of
from app.recognise.controller import State
from app.shell.task_runner import TaskRunner
from app.shell.translation import translated
from core.dataset.collection import Collection, CollectionPlan
from core.sound.levels import SoundProblem, is_cut_off

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.library.clips import Clip
    from app.recognise.controller import RecognitionController
    from core.errors import SpokenDigitsError

_PAUSE_MS = 600  # before the next word, when it goes on by itself


class CollectPhase(Enum):
    """What the person is to do."""

    PLAN = "plan"
    SAY = "say the word"
    DECIDE = "keep it or say it again"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a take.

    Parameters
    ----------
    sentence : str
    can_be_kept : bool
        Whether the person may keep it all the same.
    """

    sentence: str
    can_be_kept: bool


class CollectController(QObject):
    """Leads through a collection, one word after another, with the takes of the program.

    Parameters
    ----------
    recognition : RecognitionController
        Makes the takes.

    Signals
    -------
    phase_changed(CollectPhase)
    prompt_changed(str, int, int)
        The word to say, how many are done, and how many there are.
    take_checked(Clip, Objection or None)
    failed(str)
    """

    phase_changed = Signal(object)
    prompt_changed = Signal(str, int, int)
    take_checked = Signal(object, object)
    failed = Signal(str)

    def __init__(self, recognition: RecognitionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recognition = recognition
        self._runner = TaskRunner("collection", self)
        self.collection: Collection | None = None
        self.phase = CollectPhase.PLAN
        self.take: Clip | None = None
        self.goes_on = False
        self._asked = self._writing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.record)
        recognition.take_ready.connect(self._on_take_ready)
        recognition.state_changed.connect(self._on_state_changed)

    # --- the collection ---------------------------------------------------------------

    def begin(self, folder: Path, plan: CollectionPlan) -> None:
        """Begin a collection in a new folder."""
        self._work(lambda: Collection.begin(folder, plan), self._on_opened)

    def resume(self, folder: Path) -> None:
        """Go on with a collection."""
        self._work(lambda: Collection.resume(folder), self._on_opened)

    def leave(self) -> None:
        """Leave the collection as it is; it can go on later."""
        self.stop()
        self.collection = self.take = None
        self._set_phase(CollectPhase.PLAN)

    def close(self) -> None:
        """Wait until everything is written."""
        self.stop()
        self._runner.finish()

    def _on_opened(self, collection: Collection) -> None:
        self.collection = collection
        self._next()

    # --- one word ---------------------------------------------------------------------

    @property
    def under_way(self) -> bool:
        """Whether words are still to be said."""
        return self.phase in (CollectPhase.SAY, CollectPhase.DECIDE)

    @property
    def can_go_back(self) -> bool:
        """Whether the word before can be said again."""
        return self.collection is not None and self.collection.can_go_back

    def record(self) -> None:
        """Take one second of the word."""
        self._pause.stop()
        if not self.under_way or self._writing:
            return
        if self._recognition.state is State.CLOSED:
            self.failed.emit(self.tr("There is no sound. Choose a source in the main window."))
            return
        self._asked = True
        self._set_phase(CollectPhase.SAY)
        self._recognition.begin_take()

    def stop(self) -> bool:
        """Drop the take under way, and do not go on by itself; tell whether there was one."""
        was_asked = self._asked or self._pause.isActive()
        self._pause.stop()
        if self._asked:
            self._asked = False
            self._recognition.cancel_take()
        return was_asked

    def keep(self) -> None:
        """Keep the take that speaks against itself."""
        if self.phase is CollectPhase.DECIDE and self.take is not None:
            self._keep(self.take)

    def skip(self) -> None:
        """Leave the word out."""
        collection = self.collection
        if collection is not None and collection.prompt is not None:
            self.stop()
            self._work(collection.skip, lambda _: self._next())

    def back(self) -> None:
        """Go back to the word before; its clip is removed."""
        collection = self.collection
        if collection is not None and collection.can_go_back:
            self.stop()
            self._work(collection.back, lambda _: self._next(by_itself=False))

    def _on_take_ready(self, take: Clip) -> None:
        if not self._asked or self.collection is None or self.collection.prompt is None:
            return
        if take.origin is Origin.OPENED:  # meanwhile, from a file: it is no voice of theirs
            return
        self._asked = False
        self.take = take
        objection = self._object(take, self.collection.prompt)
        self.take_checked.emit(take, objection)
        if objection is None:
            self._keep(take)
        else:
            self._set_phase(CollectPhase.DECIDE)

    def _on_state_changed(self, state: State) -> None:
        if state in (State.READY, State.CLOSED):  # it was cancelled, or the source is gone
            self._asked = False

    def _keep(self, take: Clip) -> None:
        collection = self.collection
        assert collection is not None
        self._work(lambda: collection.keep(sound_of(take)), lambda _: self._next())

    def _next(self, by_itself: bool = True) -> None:
        collection = self.collection
        if collection is None:
            return
        if collection.prompt is None:
            self.prompt_changed.emit("", collection.done, len(collection.prompts))
            self._set_phase(CollectPhase.FINISHED)
            return
        self.prompt_changed.emit(collection.prompt, collection.done, len(collection.prompts))
        self._set_phase(CollectPhase.SAY)
        if self.goes_on and by_itself and self.take is not None:
            self._pause.start()
        self.take = None

    def _object(self, take: Clip, word: str) -> Objection | None:
        """Say what speaks against a take of a word."""
        prediction = take.prediction
        if prediction is not None and prediction.problem is not None and prediction.sentence:
            clipped = prediction.problem is SoundProblem.CLIPPED
            return Objection(translated(prediction.sentence), clipped)
        if is_cut_off(sound_of(take)):
            sentence = self.tr("Cut off: the word runs over the edge of the second.")
            return Objection(sentence, True)
        if prediction is None or word not in prediction.labels or take.heard == word:
            return None
        if take.heard is not None:
            text = self.tr("It sounded like “{0}”. Keep it if you did say “{1}”.")
            return Objection(text.format(take.heard, word), True)
        if prediction.best.startswith("_"):  # no word, or another one
            text = self.tr("It did not sound like a word. Keep it if you did say “{0}”.")
            return Objection(text.format(word), True)
        return None

    # --- writing ------------------------------------------------------------------------

    def _work(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if self._writing:
            return
        self._writing = True

        def on_done(result: Any) -> None:
            self._writing = False
            done(result)

        self._runner.submit(work, on_done, self._on_error)

    def _on_error(self, error: SpokenDigitsError) -> None:
        self._writing = False
        self.failed.emit(translated(error.sentence))
        if self.take is not None and self.phase is CollectPhase.SAY:
            self._set_phase(CollectPhase.DECIDE)  # nothing is lost: keep it once there is room

    def _set_phase(self, phase: CollectPhase) -> None:
        self.phase = phase
        self.phase_changed.emit(phase)
