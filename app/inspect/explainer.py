"""Explanations worked out off the GUI thread, with a network of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.shell.task_runner import Task, TaskRunner
from core.errors import SpokenDigitsError

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.occlusion import OcclusionMap
    from core.recognition.recogniser import DigitRecogniser, Prediction
    from core.sound.clip import AudioClip

_SETTLE_MS = 120  # whoever walks through a list is not waiting for this


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What a model says of a clip, and what its answer depends on."""

    prediction: Prediction
    occlusion: OcclusionMap


class Explainer(QObject):
    """Explains the clip that is looked at with the model in use; only the last one asked for.

    Signals: ``explained(Explanation)``, ``failed(str)``, ``started()`` when it begins to work.
    """

    explained = Signal(object)
    failed = Signal(str)
    started = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = TaskRunner("explanation", self)
        self._task: Task | None = None
        self._model: Path | None = None
        self._clip: AudioClip | None = None
        self._loaded: tuple[Path, DigitRecogniser] | None = None  # the worker's
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._start)

    def set_model(self, path: Path) -> None:
        """Ask another model from now on, and about the clip that is looked at."""
        self._model = path
        self._ask()

    def explain(self, clip: AudioClip | None) -> None:
        """Explain a take; None for nothing."""
        self._clip = clip
        self._ask()

    def close(self) -> None:
        """Wait for the worker."""
        self._settle.stop()
        self._drop()
        self._runner.close()

    def _ask(self) -> None:
        self._drop()
        if self._clip is None or self._model is None:
            self._settle.stop()
        else:
            self._settle.start()

    def _drop(self) -> None:
        if self._task is not None:
            self._task.drop()

    def _start(self) -> None:
        clip, model = self._clip, self._model
        if clip is None or model is None:
            return
        self.started.emit()
        self._task = self._runner.submit(
            lambda: self._work(model, clip), self.explained.emit, self._on_error
        )

    def _work(self, model: Path, clip: AudioClip) -> Explanation:
        from core.recognition.bundle import load_bundle
        from core.recognition.occlusion import occlusion_map
        from core.recognition.recogniser import DigitRecogniser

        if self._loaded is None or self._loaded[0] != model:
            self._loaded = model, DigitRecogniser(load_bundle(model))
        recogniser = self._loaded[1]
        return Explanation(recogniser.recognise(clip), occlusion_map(recogniser, clip))

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, SpokenDigitsError):
            raise error
        self.failed.emit(str(error))
