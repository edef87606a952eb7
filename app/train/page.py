"""The Train tab with all that belongs to it; it takes a moment to make, so it is made late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget

from app.shell.translation import fill
from app.sound_view.picture import ViewSettings
from core.places import SHIPPED_MODELS, user_models
from core.recognition.model_library import ModelLibrary

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from app.library.changes import Changes
    from app.recognise.controller import RecognitionController
    from app.shell.progress import HowFar
    from app.shell.settings import Settings
    from app.train.controller import TrainingController
    from app.train.tab import TrainTab


class TrainPage(QStackedWidget):
    """Makes the Train tab and its controller.

    Parameters
    ----------
    recognition : RecognitionController
        Plays, and knows the model in use.
    settings : Settings
    changes : Changes
        What is done with the clips.

    Signals
    -------
    said(str), failed(str)
        See `TrainTab`.
    inspect_wanted(list of Clip, Clip), inspect_folder_wanted(Path)
        Clips are to be looked at closely, beginning with one of them.
    teach_wanted()
        Words are to be taught without a folder.
    models_changed(list of ModelEntry), unfinished_changed(list of RunFolder)
        See `TrainingController`.
    """

    said = Signal(str)
    failed = Signal(str)
    inspect_wanted = Signal(list, object)
    inspect_folder_wanted = Signal(object)
    teach_wanted = Signal()
    models_changed = Signal(list)
    unfinished_changed = Signal(list)

    def __init__(
        self, recognition: RecognitionController, settings: Settings, changes: Changes
    ) -> None:
        super().__init__()
        self._recognition = recognition
        self._settings = settings
        self._changes = changes
        self.bar = RunBar()
        self.tab: TrainTab | None = None
        self.controller: TrainingController | None = None

    def made(self) -> TrainTab:
        """Return the tab; the first time, it is made."""
        if self.tab is None:
            from app.train.controller import TrainingController
            from app.train.tab import TrainTab

            library = ModelLibrary(SHIPPED_MODELS, user_models())
            controller = self.controller = TrainingController(library, self)
            model = self._recognition.model
            tab = self.tab = TrainTab(controller, self._changes, self._settings)
            self.set_settings(ViewSettings.from_text(self._settings.inspect))
            tab.data.folder.setText(self._settings.data_folder)  # it is read once it is shown
            self.addWidget(tab)
            self._settings.restore_splitters(tab)
            tab.use_wanted.connect(model.use)
            tab.play_wanted.connect(self._recognition.play)
            for files in tab.files:
                files.inspect_wanted.connect(self.inspect_wanted)
            tab.data.inspect_folder_wanted.connect(self.inspect_folder_wanted)
            tab.data.teach_clicked.connect(self.teach_wanted)
            tab.said.connect(self.said)
            tab.failed.connect(self.failed)
            controller.run_advanced.connect(self.bar.show_how_far)
            controller.run_ended.connect(self.bar.hide)
            controller.models_changed.connect(self.models_changed)
            controller.unfinished_changed.connect(self.unfinished_changed)
            model.changed.connect(lambda model: tab.show_in_use(model.path))
            controller.refresh()
            tab.show_in_use(model.path)
        return self.tab

    def set_settings(self, settings: ViewSettings) -> None:
        """Look at sound as it is looked at everywhere."""
        if self.tab is not None:
            self.tab.results.clips.sound.set_settings(settings)

    def play(self) -> None:
        """Play the clip that is chosen among those in sight."""
        if self.tab is not None:
            for files in self.tab.files:
                if files.isVisible():
                    files.clip_actions.play.trigger()

    def losses(self) -> dict[str, str]:
        """Return what would be lost if the window were closed."""
        if self.controller is None or not self.controller.loses_all:
            return {}
        return {"training": self.tr("a training that has not finished its first epoch")}

    def refresh(self) -> None:
        """Look again which models there are."""
        if self.controller is not None:
            self.controller.refresh()

    def close_tab(self) -> None:
        """End every child, and remember how things stand."""
        if self.controller is not None and self.tab is not None:
            self.controller.close()
            self._settings.data_folder = self.tab.data.folder.text()


class RunBar(QProgressBar):
    """How far a training is, for those who look at something else; a click shows more.

    Signals: ``clicked()``.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 1000)
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * 44)
        self.setAccessibleName(self.tr("How far the training is"))
        self.setToolTip(self.tr("Show the training"))
        self.hide()

    def show_how_far(self, now: HowFar) -> None:
        """Move the bar."""
        self.setValue(round(1000 * now.fraction))
        text = fill(self.tr("Training: {0:.0%}"), now.fraction)
        self.setFormat(", ".join(filter(None, (text, now.time_left))))
        self.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        super().mouseReleaseEvent(event)
        self.clicked.emit()
