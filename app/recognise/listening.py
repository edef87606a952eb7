"""The state of listening without a button, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.recognise.takes import heard_word
from app.shell.task_runner import Task, TaskRunner
from app.shell.translation import translated
from core.sound.intake import Sound
from core.sound.levels import SoundProblem
from core.sound.picture import MelStream

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.library.clips import Clip
    from app.recognise.controller import RecognitionController, SourceInfo
    from app.shell.model_in_use import ChosenModel
    from core.errors import SpokenDigitsError
    from core.recognition.listening import ListeningEvent, StreamRecogniser
    from core.sound.clip import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """What was made of the sound that came.

    Parameters
    ----------
    samples : (n,) float32 array at 8 kHz
    columns : (n_mels, n_columns) float32 array
        Of the spectrogram.
    seconds : float
        How much has been heard since listening began.
    events : list of ListeningEvent
    takes : list of Clip
        The same words as takes.
    """

    samples: FloatArray
    columns: FloatArray
    seconds: float
    events: list[ListeningEvent]
    takes: list[Clip]


class Follower:
    """The listening thread's: follows the stream with a model of its own."""

    def __init__(self) -> None:
        self._stream: StreamRecogniser | None = None
        self._columns = MelStream()

    def begin(self, model: ChosenModel) -> None:
        """Begin a stream with a model."""
        from core.recognition.listening import StreamRecogniser

        self._stream = StreamRecogniser.load(model.path, model.threshold)
        self._columns = MelStream()

    def follow(self, sounds: list[Sound], source: SourceInfo, model: ChosenModel) -> Followed:
        """Take in what came."""
        assert self._stream is not None
        self._stream.recogniser.threshold = model.threshold
        events: list[ListeningEvent] = []
        for sound in sounds:
            events += self._stream.hear(sound.samples, sound.lost, sound.clipped_seconds)
        if model.threshold != model.metadata.threshold:  # the person wants it otherwise
            events = [event for event in events if event.confidence >= model.threshold]
        samples = np.concatenate([sound.samples for sound in sounds])
        takes = [heard_word(event, source.name, source.origin) for event in events]
        return Followed(samples, self._columns.add(samples), self._stream.seconds, events, takes)


class ListeningController(QObject):
    """Listens without a button to whatever source the recognition has open.

    Sound that comes while the worker is busy waits for it, so none is missed and nothing
    piles up. While the source is gone listening waits for it, too.

    Parameters
    ----------
    recognition : RecognitionController
        Owns the source, and knows the model in use.

    Signals
    -------
    on_changed(bool)
        Listening begins or ends.
    followed(Followed)
    take_ready(Clip)
    missed(str)
        The sentence; sound was lost on its way.
    failed(str)
        Why it has ended by itself.
    """

    on_changed = Signal(bool)
    followed = Signal(object)
    take_ready = Signal(object)
    missed = Signal(str)
    failed = Signal(str)

    def __init__(self, recognition: RecognitionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recognition = recognition
        self._follower = Follower()
        self._model = recognition.model
        self._runner = TaskRunner("recognition-listening", self)
        self._task: Task | None = None
        self._waiting: list[Sound] = []
        self.on = False
        recognition.sounds_heard.connect(self._on_sounds_heard)
        recognition.source_opened.connect(self._on_source_opened)
        self._model.changed.connect(self._on_model_changed)

    def set_on(self, on: bool) -> None:
        """Begin or end to listen."""
        if on == self.on:
            return
        self.on = on
        self._recognition.keep_playing(on)
        if on:
            self._begin()
        else:
            self._forget()
        self.on_changed.emit(on)

    def close(self) -> None:
        """End, and wait for the worker."""
        self.set_on(False)
        self._runner.close()

    def _begin(self) -> None:
        model = self._model.current
        self._forget()
        if model is not None:  # otherwise as soon as there is one
            self._submit(lambda: self._follower.begin(model))

    def _forget(self) -> None:
        if self._task is not None:
            self._task.drop()
        self._task = None
        self._waiting.clear()

    def _on_model_changed(self, _model: ChosenModel) -> None:
        if self.on:
            self._begin()
            self.on_changed.emit(True)

    def _on_source_opened(self, _source: SourceInfo) -> None:
        if self.on:
            self._recognition.keep_playing(True)
            self._waiting.append(Sound(np.zeros(0, np.float32), lost=True))

    def _on_sounds_heard(self, sounds: list[Sound]) -> None:
        if not self.on or self._model.current is None:
            return
        self._waiting += sounds
        if any(sound.lost for sound in sounds):
            self.missed.emit(translated(SoundProblem.OVERFLOWED.sentence))
        self._follow()

    def _follow(self) -> None:
        model, source = self._model.current, self._recognition.source
        if self._task is None and self._waiting and model is not None and source is not None:
            sounds, self._waiting = self._waiting, []
            self._submit(lambda: self._follower.follow(sounds, source, model))

    def _submit(self, work: Callable[[], Followed | None]) -> None:
        self._task = self._runner.submit(work, self._on_followed, self._on_failed)

    def _on_followed(self, followed: Followed | None) -> None:
        self._task = None
        if followed is not None:
            self.followed.emit(followed)
            for take in followed.takes:
                self.take_ready.emit(take)
        self._follow()

    def _on_failed(self, error: SpokenDigitsError) -> None:
        self._task = None
        self.set_on(False)
        self.failed.emit(translated(error.sentence))
