"""What a clip's answer depends on: worked out off the GUI thread as long as somebody looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.inspect.explanation_panel import ExplanationPanel
from app.shell.exports import Exportable
from app.shell.model_in_use import Network
from app.shell.task_runner import Task, TaskRunner
from app.widgets.layout import ScrolledColumn

if TYPE_CHECKING:
    from app.inspect.clips import InspectedClip
    from app.inspect.tab import InspectTab
    from app.library.clips import Clip
    from app.shell.model_in_use import ChosenModel, ModelInUse
    from core.recognition.occlusion import OcclusionMap
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip

_SETTLE_MS = 120  # whoever walks through a list is not waiting for this


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What a model says of a clip, and what its answer depends on."""

    prediction: Prediction
    occlusion: OcclusionMap


class Explainer(QObject):
    """Explains a clip with the model in use; only the last one asked for.

    Parameters
    ----------
    model : ModelInUse

    Signals: ``explained(Explanation)``, ``failed(str)``, ``started()`` when it begins to work.
    """

    explained = Signal(object)
    started = Signal()

    def __init__(self, model: ModelInUse, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._network = Network()
        self._runner = TaskRunner("explanation", self)
        self.failed = self._runner.failed
        self._task: Task | None = None
        self._clip: AudioClip | None = None
        self._last: Explanation | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._start)
        model.changed.connect(self._ask)
        model.threshold_changed.connect(self._on_threshold_changed)

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
        self._last = None
        if self._clip is None:
            self._settle.stop()
        else:
            self._settle.start()

    def _drop(self) -> None:
        if self._task is not None:
            self._task.drop()

    def _start(self) -> None:
        clip, model = self._clip, self._model.current
        if clip is None or model is None:
            return
        self.started.emit()
        self._task = self._runner.submit(lambda: self._work(model, clip), self._tell)

    def _work(self, model: ChosenModel, clip: AudioClip) -> Explanation:
        from core.recognition.occlusion import occlusion_map

        recogniser = self._network.of(model)
        return Explanation(recogniser.recognise(clip), occlusion_map(recogniser, clip))

    def _tell(self, explanation: Explanation) -> None:
        self._last = explanation
        self.explained.emit(explanation)

    def _on_threshold_changed(self, model: ChosenModel) -> None:
        if self._last is None:
            self._ask()
        else:
            prediction = replace(self._last.prediction, threshold=model.threshold)
            self._tell(replace(self._last, prediction=prediction))


class ExplanationController(QObject):
    """Connects the Inspect tab with the panel that explains the answer, and with the exports.

    Parameters
    ----------
    tab : InspectTab
        Gets the panel.
    model : ModelInUse
    """

    def __init__(self, tab: InspectTab, model: ModelInUse) -> None:
        super().__init__(tab)
        self._tab = tab
        self._clip: InspectedClip | None = None
        self._explained: tuple[AudioClip, Explanation] | None = None
        self.panel = ExplanationPanel()
        self.explainer = Explainer(model, self)
        tab.set_explanation_panel(ScrolledColumn(self.panel))
        controller = tab.controller
        controller.clip_shown.connect(self._on_clip_shown)
        controller.clip_failed.connect(self._on_clip_failed)
        controller.items_changed.connect(self._on_items_changed)
        model.changed.connect(self._on_model_changed)
        self.explainer.explained.connect(self._on_explained)
        self.explainer.failed.connect(self.panel.set_sentence)
        self.panel.shown_changed.connect(self._explain)
        self.panel.shown_changed.connect(lambda _: self._lay_over())
        self.panel.heat_changed.connect(lambda _: self._lay_over())

    def exportable(self) -> Exportable | None:
        """Return what the tab shows, as it shows it, or None."""
        from core.export.figures import ClipFigure

        clip = self._tab.controller.shown
        if clip is None:
            return None
        picture = self._tab.panes.main.plots.spectrogram.picture or clip.picture
        settings, look = self._tab.controller.settings, self._tab.look
        content = ClipFigure(
            clip.item.path.name if clip.item.path else clip.item.name,
            clip.clip,
            picture,
            clip.prediction,
            settings.colour_map,
            settings.levels,
            (look.start, look.stop),
        )
        arrays = {}
        if self._explained is not None and self._explained[0] is clip.take:
            found = self._explained[1].occlusion
            arrays = {"model_input": found.model_input, "occlusion": found.values}
        return Exportable(content, arrays)

    def close(self) -> None:
        """Wait for the worker."""
        self.explainer.close()

    def _explain(self) -> None:
        clip = self._clip
        seen = clip is not None and self.panel.isVisible()
        self.explainer.explain(clip.take if clip is not None and seen else None)

    def _lay_over(self) -> None:
        """Colour the picture with what the answer depends on, while the panel says so."""
        clip, explained = self._clip, self._explained
        if clip is None:
            return
        seen = self.panel.isVisible() and explained is not None and explained[0] is clip.take
        found = explained[1].occlusion if seen and explained is not None else None
        opacity = self.panel.opacity
        plots = self._tab.panes.main.plots
        plots.set_heat(found if opacity else None, clip.take_start, opacity)

    def _on_clip_shown(self, clip: InspectedClip) -> None:
        before, self._clip = self._clip, clip
        if before is None or before.take is not clip.take:
            self._explain()
        self._lay_over()

    def _on_clip_failed(self, _item: Clip, _sentence: str) -> None:
        self._forget()

    def _on_items_changed(self, items: list[Clip], _sentence: str) -> None:
        if not items:
            self._forget()

    def _on_model_changed(self, _model: ChosenModel) -> None:
        self._explained = None

    def _forget(self) -> None:
        self._clip = self._explained = None
        self.explainer.explain(None)
        self.panel.clear()

    def _on_explained(self, explanation: Explanation) -> None:
        if self._clip is not None:
            self._explained = self._clip.take, explanation
            self.panel.set_explanation(explanation)
            self._lay_over()
