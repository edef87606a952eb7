"""The model that answers: which it is, from which confidence on, and who is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.shell.task_runner import TaskRunner
from app.shell.translation import translated
from core.places import DEFAULT_MODEL
from core.recognition.bundle import ModelBundle, load_bundle
from core.sound.clip import TAKE_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.shell.settings import Settings
    from core.errors import SpokenDigitsError
    from core.recognition.bundle import ModelMetadata
    from core.recognition.listening import ListeningEvent
    from core.recognition.recogniser import DigitRecogniser, Prediction
    from core.sound.clip import AudioClip
    from core.sound.levels import SoundProblem


@dataclass(frozen=True, slots=True, eq=False)
class ChosenModel:
    """A model that was loaded and found whole, and how it is to be asked.

    Parameters
    ----------
    bundle : ModelBundle
    threshold : float
        The confidence, 0-1, from which on an answer is given.
    """

    bundle: ModelBundle
    threshold: float

    @property
    def path(self) -> Path:
        """Its folder."""
        return self.bundle.path

    @property
    def metadata(self) -> ModelMetadata:
        """What it says of itself."""
        return self.bundle.metadata


class Network:
    """One thread's own network of whatever model is chosen, loaded when it is asked first."""

    def __init__(self) -> None:
        self._recogniser: DigitRecogniser | None = None

    def knows(self, model: ChosenModel) -> bool:
        """Tell whether the network is loaded."""
        return self._recogniser is not None and self._recogniser.bundle is model.bundle

    def of(self, model: ChosenModel) -> DigitRecogniser:
        """Return the network, which answers as it was chosen; raises BundleError."""
        from core.recognition.recogniser import DigitRecogniser

        if self._recogniser is None or self._recogniser.bundle is not model.bundle:
            recogniser = DigitRecogniser(model.bundle)
            recogniser.probabilities(np.zeros((1, TAKE_SAMPLES), np.float32))  # the first is slow
            self._recogniser = recogniser
        self._recogniser.threshold = model.threshold
        return self._recogniser


class ModelInUse(QObject):
    """The one place that knows which model answers; the choice is remembered.

    A model is loaded on the thread on which takes are recognised, so that what is recognised
    after a choice waits for it. Other threads take `current` along and have a `Network` each.

    Parameters
    ----------
    settings : Settings

    Signals
    -------
    changed(ChosenModel)
        Another model answers from now on.
    threshold_changed(ChosenModel)
        The same one answers from another confidence on.
    failed(str)
        Why a model cannot be used; the one before stays in use.
    """

    changed = Signal(object)
    threshold_changed = Signal(object)
    failed = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = TaskRunner("recognition", self)
        self.current: ChosenModel | None = None
        self._settings = settings
        self._network = Network()
        self._asked: ChosenModel | None = None  # the worker's

    @property
    def path(self) -> Path:
        """The folder of the model in use; before one is loaded, of the one that will be."""
        return self.current.path if self.current else self._remembered

    @property
    def _remembered(self) -> Path:
        return Path(self._settings.model) if self._settings.model else DEFAULT_MODEL

    def start(self) -> None:
        """Use the model of last time or, where it cannot be, the one that ships."""
        remembered = self._remembered
        if remembered == DEFAULT_MODEL:
            self.use(DEFAULT_MODEL)
            return

        def on_error(error: SpokenDigitsError) -> None:
            text = self.tr("{problem} “{model}” answers instead.")
            sentence = text.format(problem=translated(error.sentence), model=DEFAULT_MODEL.name)
            self.runner.submit(lambda: self._load(DEFAULT_MODEL), self._on_loaded)
            self.failed.emit(sentence)

        self.runner.submit(lambda: self._load(remembered), self._on_loaded, on_error)

    def use(self, path: Path) -> None:
        """Use another model from now on; the one in use stays until that one is loaded."""

        def on_loaded(model: ChosenModel) -> None:
            self._settings.model = "" if path == DEFAULT_MODEL else str(path)
            self._on_loaded(model)

        self.runner.submit(
            lambda: self._load(path),
            on_loaded,
            lambda error: self.failed.emit(translated(error.sentence)),
        )

    def set_threshold(self, threshold: float) -> None:
        """Answer from another confidence on, 0-1."""
        if self.current is None:
            return
        self._settings.set_threshold(self.current.metadata.name, threshold)
        model = self.current = replace(self.current, threshold=threshold)
        self.runner.submit(lambda: setattr(self, "_asked", model))
        self.threshold_changed.emit(model)

    def ask(self, clip: AudioClip, problem: SoundProblem | None = None) -> Prediction | None:
        """Recognise a take; None when there is no model. Only the runner's thread calls it."""
        model = self._asked
        return self._network.of(model).recognise(clip, problem) if model is not None else None

    def listen(self, path: Path, should_stop: Callable[[], bool]) -> list[ListeningEvent]:
        """Return the words of a short recording; called as `ask` is."""
        from core.recognition.words import words_in

        model = self._asked
        if model is None:
            return []
        parts = words_in(path, self._network.of(model), should_stop)
        return [event for part in parts for event in part.events]

    def _load(self, path: Path) -> ChosenModel:
        bundle = load_bundle(path)
        standard = bundle.metadata.threshold
        model = ChosenModel(bundle, self._settings.threshold(bundle.metadata.name, standard))
        self._network.of(model)
        self._asked = model
        return model

    def _on_loaded(self, model: ChosenModel) -> None:
        self.current = model
        self.changed.emit(model)
