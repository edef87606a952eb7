"""Connects the Inspect tab with the panel that explains the answer, and with the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.inspect.explainer import Explainer
from app.inspect.explanation_panel import ExplanationPanel
from app.shell.exports import Exportable
from app.widgets.scrolled import ScrolledColumn

if TYPE_CHECKING:
    from pathlib import Path

    from app.inspect.clips import ClipItem, InspectedClip
    from app.inspect.explainer import Explanation
    from app.inspect.tab import InspectTab


class Explaining(QObject):
    """Explains the clip that the tab shows, as long as somebody looks at the panel.

    Parameters
    ----------
    tab : InspectTab
        Gets the panel.
    model : Path
        The bundle in use.
    """

    def __init__(self, tab: InspectTab, model: Path) -> None:
        super().__init__(tab)
        self._tab = tab
        self._clip: InspectedClip | None = None
        self._explained: tuple[InspectedClip, Explanation] | None = None
        self.panel = ExplanationPanel()
        self.explainer = Explainer(self)
        self.explainer.set_model(model)
        tab.set_explanation_panel(ScrolledColumn(self.panel))
        controller = tab.controller
        controller.clip_shown.connect(self._on_clip_shown)
        controller.clip_failed.connect(self._on_clip_failed)
        controller.items_changed.connect(self._on_items_changed)
        self.explainer.explained.connect(self._on_explained)
        self.explainer.failed.connect(self.panel.set_sentence)
        self.panel.shown_changed.connect(self._on_panel_shown)

    def set_model(self, model: Path) -> None:
        """Explain with another model from now on."""
        self._explained = None
        self.explainer.set_model(model)

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
        if self._explained is not None and self._explained[0] is clip:
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

    def _on_clip_shown(self, clip: InspectedClip) -> None:
        if self._clip is None or self._clip.take is not clip.take:
            self._clip = clip
            self._explain()
        self._clip = clip

    def _on_clip_failed(self, _item: ClipItem, _sentence: str) -> None:
        self._forget()

    def _on_items_changed(self, items: list[ClipItem], _sentence: str) -> None:
        if not items:
            self._forget()

    def _forget(self) -> None:
        self._clip = self._explained = None
        self.explainer.explain(None)
        self.panel.clear()

    def _on_explained(self, explanation: Explanation) -> None:
        if self._clip is not None:
            self._explained = self._clip, explanation
            self.panel.set_explanation(explanation)

    def _on_panel_shown(self, _shown: bool) -> None:
        self._explain()
