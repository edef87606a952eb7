"""What a person does with their own voice: their name, and a model that learns from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from core.places import SHIPPED_MODELS, user_collections, user_data, user_models, user_recordings
from core.recognition.library import ModelLibrary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.adaptation.controller import AdaptationController
    from app.adaptation.dialog import AdaptDialog
    from app.settings import Settings


class VoiceMenu(QMenu):
    """Opens the windows that deal with a person's own recordings; each is made when needed.

    Parameters
    ----------
    settings : Settings
    model : callable
        Returns the folder of the model in use.
    parent : QWidget

    Signals
    -------
    use_wanted(Path)
        A model is to recognise from now on.
    name_wanted()
        The person wants to change the speaker's name.
    said(str)
    """

    use_wanted = Signal(object)
    name_wanted = Signal()
    said = Signal(str)

    def __init__(self, settings: Settings, model: Callable[[], Path], parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("My &voice"))
        self._settings = settings
        self._model = model
        self.adapting: AdaptDialog | None = None
        self._adaptation: AdaptationController | None = None
        self.adapt = self.addAction(self.tr("&Adapt the model…"), self._open_adapting)
        self.addSeparator()
        self.addAction(self.tr("Speaker's &name…"), self.name_wanted.emit)

    def end(self) -> None:
        """End what is going on and close the windows."""
        if self._adaptation is not None and self.adapting is not None:
            self._adaptation.close()
            self.adapting.close()

    def _open_adapting(self) -> None:
        if self.adapting is None:
            from app.adaptation.controller import AdaptationController
            from app.adaptation.dialog import AdaptDialog

            library = ModelLibrary(SHIPPED_MODELS, user_models())
            self._adaptation = AdaptationController(library, user_data() / "undecided", self)
            self._adaptation.used.connect(self._on_used)
            self.adapting = AdaptDialog(
                self._adaptation,
                self._folders,
                self._model,
                lambda: self._settings.speaker,
                self.parentWidget(),
            )
        self.adapting.show()
        self.adapting.raise_()

    def _folders(self) -> list[tuple[str, Path]]:
        collected = user_collections()
        folders = sorted(path for path in collected.iterdir()) if collected.is_dir() else []
        named = [(self.tr("Collected: {0}").format(path.name), path) for path in folders]
        return [(self.tr("Takes that you have corrected"), user_recordings()), *named]

    def _on_used(self, model: Path) -> None:
        assert self._adaptation is not None
        before = self._adaptation.model.name if self._adaptation.model else ""
        self.use_wanted.emit(model)
        text = self.tr("“{0}” is in use now. “{1}” is still there: choose it above to go back.")
        self.said.emit(text.format(model.name, before))
