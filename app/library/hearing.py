"""Hears clips in the background: what is looked at first, the others where they are asked for."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.library.clips import Clip, picture_of, sound_of
from app.library.model import thumbnail
from app.shell.model_in_use import Network
from app.shell.translation import translated
from core.errors import SoundFileError
from core.sound.decoder import ReadingStopped
from core.sound.levels import loudest_dbfs
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.shell.model_in_use import ChosenModel
    from app.shell.task_runner import Task, TaskRunner
    from core.errors import SpokenDigitsError
    from core.recognition.recogniser import Prediction
    from core.sound.features import MelSpectrogram

_BATCH, _BATCH_SECONDS = 64, 0.015
"""How many clips are heard at most before what was heard is told, and for how long."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found out about a clip.

    Parameters
    ----------
    prediction : Prediction or None
        None where there is no model, or nothing to be heard.
    seconds, level : float or None
        None where it cannot be read.
    sentence : str
        Why it cannot be read.
    picture : MelSpectrogram or None
        For its small picture, where that was wanted.
    """

    prediction: Prediction | None = None
    seconds: float | None = None
    level: float | None = None
    sentence: str = ""
    picture: MelSpectrogram | None = None


class Hearing(QObject):
    """Lets one model hear the clips of a list, a few at a time, and notes what it says of them.

    Of a clip that another model has heard before, that answer is kept as `before`.

    Parameters
    ----------
    runner : TaskRunner
        On its thread it is read and heard.
    network : Network, optional
        That thread's, where it has one already.

    Signals
    -------
    heard(list of Clip)
        More is known of them.
    drawn(Clip, QImage)
        A small picture that was wanted.
    progressed(int, int)
        How many of all that are to be heard are heard; 0, 0 when it is at the end, or stopped.
    """

    heard = Signal(list)
    drawn = Signal(object, object)
    progressed = Signal(int, int)

    def __init__(
        self, runner: TaskRunner, parent: QObject | None = None, network: Network | None = None
    ) -> None:
        super().__init__(parent)
        self.wants_picture: Callable[[Clip], bool] = lambda _: False
        """Whether a clip that is looked at lacks its small picture."""
        self.model: ChosenModel | None = None
        self._runner = runner
        self._network = network or Network()
        self._known: set[Clip] = set()
        self._unreadable: set[Clip] = set()
        self._first: Sequence[Clip] = ()
        self._every: list[Clip] = []
        self._rest: deque[Clip] = deque()
        self._paused = False
        self._task: Task | None = None

    @property
    def hears_all(self) -> bool:
        """Whether more is being heard than what is looked at."""
        return bool(self._every)

    def knows(self, clip: Clip) -> bool:
        """Tell whether the model has heard a clip, or it cannot be read."""
        return clip in self._known

    def set_model(self, model: ChosenModel | None) -> None:
        """Hear with another model from now on, also what was heard already."""
        self.model = model
        self.forget()
        self._go_on()

    def set_threshold(self, model: ChosenModel) -> None:
        """Answer from another confidence on."""
        self.model = model
        for clip in self._known:
            said = clip.prediction
            if said is not None and said.bundle == model.path:
                clip.prediction = replace(said, threshold=model.threshold)

    def forget(self) -> None:
        """Hear everything again."""
        self._drop()
        self._known.clear()
        self._rest = deque(self._every)

    def look_at(self, clips: Sequence[Clip]) -> None:
        """Hear these before any others."""
        self._first = clips
        self._go_on()

    def hear_all(self, clips: Iterable[Clip]) -> None:
        """Hear all of these, one after another, when nothing else is looked at."""
        self._every = list(clips)
        self._rest = deque(self._every)
        self._go_on()

    def stop(self) -> None:
        """Hear no more than what is looked at."""
        self._every = []
        self._rest.clear()
        self.progressed.emit(0, 0)

    def pause(self) -> None:
        """Leave the thread to what somebody waits for, even in the middle of a long file."""
        self._paused = True

    def resume(self) -> None:
        """Go on after a pause."""
        self._paused = False
        self._go_on()

    def note(self, clip: Clip, found: Heard) -> None:
        """Take over what is known of a clip; only the GUI thread calls it."""
        before, said = clip.prediction, found.prediction
        if before is not None and said is not None and before.bundle != said.bundle:
            clip.before = before
        clip.prediction, clip.seconds, clip.level = said, found.seconds, found.level
        if found.sentence:
            clip.problem = found.sentence
            self._unreadable.add(clip)
        elif clip in self._unreadable:
            clip.problem = ""
            self._unreadable.discard(clip)
        self._known.add(clip)

    def _go_on(self) -> None:
        if self._task is not None or self._paused:
            return
        batch = [clip for clip in self._first if self._lacks(clip)][:_BATCH]
        draws = set(filter(self.wants_picture, batch))
        first = len(batch)
        while len(batch) < _BATCH and self._rest:
            clip = self._rest.popleft()
            if clip not in self._known:
                batch.append(clip)
        if self._every:
            every, left = len(self._every), len(self._rest) + len(batch) - first
            self.progressed.emit(every - left, every)
        if not batch:
            if self._every:
                self.stop()
            return
        model = self.model
        self._task = self._runner.submit(
            lambda: self._hear_some(batch, draws, model),
            lambda found: self._on_heard(batch, first, found),
            self._on_failed,
        )

    def _lacks(self, clip: Clip) -> bool:
        return clip not in self._known or (clip.seconds is not None and self.wants_picture(clip))

    def _on_heard(self, batch: list[Clip], first: int, found: list[Heard]) -> None:
        self._task = None
        if self._every:  # and it was not stopped
            self._rest.extendleft(reversed(batch[max(first, len(found)) :]))
        clips = batch[: len(found)]
        for clip, each in zip(clips, found, strict=True):
            self.note(clip, each)
            if each.picture is not None:
                self.drawn.emit(clip, thumbnail(each.picture))
        if clips:
            self.heard.emit(clips)
        self._go_on()

    def _on_failed(self, error: SpokenDigitsError) -> None:
        self._task = None
        self.stop()
        self._runner.failed.emit(translated(error.sentence))

    def _drop(self) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None

    # --- on the worker ------------------------------------------------------------------

    def _hear_some(
        self, batch: list[Clip], draws: set[Clip], model: ChosenModel | None
    ) -> list[Heard]:
        """Hear as many as there is time for, in their order."""
        until = time.perf_counter() + _BATCH_SECONDS
        found: list[Heard] = []
        for clip in batch:
            if self._should_stop() or (found and time.perf_counter() > until):
                break
            try:
                found.append(self._hear(clip, model, clip in draws))
            except ReadingStopped:
                break
        return found

    def _hear(self, clip: Clip, model: ChosenModel | None, draws: bool) -> Heard:
        try:
            if clip.is_file and clip.path is not None:
                second = read_second(clip.path, self._should_stop)
                sound, seconds = second.clip, second.file_seconds
            else:
                sound = sound_of(clip, self._should_stop)
                seconds = clip.seconds or sound.seconds
        except SoundFileError as error:
            return Heard(sentence=translated(error.sentence))
        network = self._network.of(model) if model is not None else None
        said = network.recognise(sound, clip.known_problem) if network is not None else None
        picture = picture_of(sound) if draws else None
        return Heard(said, seconds, loudest_dbfs(sound), picture=picture)

    def _should_stop(self) -> bool:
        return self._paused or self._runner.closing
