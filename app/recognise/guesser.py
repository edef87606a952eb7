"""What a word is most like while it is still being said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.recognise.controller import State
from app.shell.model_in_use import Network
from app.shell.task_runner import TaskRunner
from core.sound.clip import TAKE_SAMPLES, AudioClip

if TYPE_CHECKING:
    from app.recognise.controller import RecognitionController
    from core.recognition.recogniser import Prediction
    from core.sound.clip import FloatArray


class Guesser(QObject):
    """Asks the model in use about the take under way, as often as it answers.

    Signals: ``guessed(Prediction)``.
    """

    guessed = Signal(object)

    def __init__(self, recognition: RecognitionController, parent: QObject) -> None:
        super().__init__(parent)
        self._recognition = recognition
        self._runner, self._network = TaskRunner("guess", self), Network()
        self._guessing = False
        recognition.running_changed.connect(self._guess)

    def close(self) -> None:
        """Wait for the worker."""
        self._runner.close()

    def _guess(self, samples: FloatArray) -> None:
        model = self._recognition.model.current
        recording = self._recognition.state is State.RECORDING
        if model is None or self._guessing or not samples.size:
            return
        if not recording and self._network.knows(model):
            return  # it is loaded, and nobody speaks yet
        self._guessing = True
        clip = AudioClip(np.pad(samples, (0, max(0, TAKE_SAMPLES - samples.size))))

        def done(prediction: Prediction | None) -> None:
            self._guessing = False
            if prediction is not None:
                self.guessed.emit(prediction)

        self._runner.submit(
            lambda: self._network.of(model).recognise(clip), done, lambda _: done(None)
        )
