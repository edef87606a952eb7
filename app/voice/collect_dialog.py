"""The window of a guided recording."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.library.clips import sound_of
from app.shell.translation import counted, translated
from app.voice.collect_controller import CollectPhase
from app.voice.collect_pages import PlanPage, SayPage
from app.widgets.layout import in_column, in_page, in_row
from core.dataset.collection import find_unfinished
from core.errors import SoundFileError
from core.sound.sound_file import find_sound_files

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QShowEvent

    from app.library.clips import Clip
    from app.recognise.controller import RecognitionController
    from app.shell.settings import Settings
    from app.voice.collect_controller import CollectController, Objection
    from core.sound.clip import FloatArray


class CollectDialog(QDialog):
    """Three pages: the plan, the words, and what can be done with the recordings.

    Parameters
    ----------
    controller : CollectController
    recognition : RecognitionController
    settings : Settings
    home : Path
        Where new collections go.

    Signals
    -------
    train_wanted(Path), adapt_wanted(Path)
        With the folder of recordings.
    """

    train_wanted = Signal(object)
    adapt_wanted = Signal(object)

    def __init__(
        self,
        controller: CollectController,
        recognition: RecognitionController,
        settings: Settings,
        home: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._settings = settings
        self._home = home
        self._model = recognition.model
        self.setWindowTitle(self.tr("Collect recordings"))

        # --- parts ---
        self.plan = PlanPage()
        self.say = SayPage()
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self.train = QPushButton(self.tr("&Train a new model…"))
        self.adapt = QPushButton(self.tr("&Adapt the model…"))
        self.another = QPushButton(self.tr("Collect &more"))
        self._pages = QStackedWidget()
        done = in_row(self.another, None, self.train, self.adapt)
        for each in (self.plan, self.say, in_page(None, self._summary, None, done)):
            self._pages.addWidget(each)
        self.setLayout(in_column(self._pages, margins=(16, 16, 16, 16)))
        self.resize(640, 600)

        # --- connections ---
        controller.phase_changed.connect(self._on_phase_changed)
        controller.prompt_changed.connect(self.say.set_prompt)
        controller.take_checked.connect(self._on_take_checked)
        controller.failed.connect(self._on_failed)
        recognition.state_changed.connect(self.say.set_state)
        recognition.running_changed.connect(self._on_running_changed)
        recognition.level_changed.connect(self.say.meter.set_level)
        recognition.problem_changed.connect(self.say.set_problem)
        self.say.set_state(recognition.state)
        self.plan.begin_clicked.connect(self._begin)
        self.plan.resume_clicked.connect(self._resume)
        self.say.record_clicked.connect(controller.record)
        self.say.keep_clicked.connect(controller.keep)
        self.say.skip_clicked.connect(controller.skip)
        self.say.back_clicked.connect(controller.back)
        self.say.play_clicked.connect(lambda: self._play(recognition))
        self.train.clicked.connect(lambda: self._hand_over(self.train_wanted))
        self.adapt.clicked.connect(lambda: self._hand_over(self.adapt_wanted))
        self.another.clicked.connect(self._start_over)
        self._last_take: Clip | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """Look what was left unfinished."""
        super().showEvent(event)
        if self._controller.phase is CollectPhase.PLAN:
            self._propose()

    def reject(self) -> None:
        """Esc stops the take under way; otherwise it closes, and the rest can be said later."""
        if not self._controller.stop():
            self._controller.leave()
            super().reject()

    def _propose(self) -> None:
        folders = sorted(self._home.iterdir()) if self._home.is_dir() else []
        unfinished = find_unfinished(folders)
        labels = self._model.current.metadata.labels if self._model.current else ()
        words = [word for word in labels if not word.startswith("_")]
        self.plan.propose(self._settings.speaker, words, self._home, unfinished)

    # --- what the controller tells --------------------------------------------------------

    def _on_phase_changed(self, phase: CollectPhase) -> None:
        page = {CollectPhase.PLAN: 0, CollectPhase.FINISHED: 2}.get(phase, 1)
        self._pages.setCurrentIndex(page)
        self.say.set_can_go_back(self._controller.can_go_back)
        self.say.play.setEnabled(self._last_take is not None)
        if page == 1:
            self.say.setFocus()
        elif phase is CollectPhase.FINISHED and self._controller.collection is not None:
            self._summarise(self._controller.collection.folder)
            self.adapt.setDefault(True)
            self.adapt.setFocus()

    def _summarise(self, folder: Path) -> None:
        clips = len(find_sound_files(folder))
        one = self.tr("{n} recording is in {folder}")
        many = self.tr("{n} recordings are in {folder}")
        text = self.tr(
            "All words are said. {0}: a data set that a model can be trained on, or that the model "
            "in use can be adapted to."
        )
        self._summary.setText(text.format(counted(clips, one, many, folder=folder)))
        self.train.setEnabled(clips > 0)
        self.adapt.setEnabled(clips > 0)

    def _on_take_checked(self, take: Clip, objection: Objection | None) -> None:
        self._last_take = take
        self.say.show_take(take)
        self.say.set_deciding(objection)
        self.say.play.setEnabled(True)

    def _on_running_changed(self, samples: FloatArray) -> None:
        if self.isVisible() and self._pages.currentIndex() == 1:
            self.say.sound.set_running(samples)

    def _on_failed(self, sentence: str) -> None:
        self.plan.message.setText(sentence)
        self.say.say(sentence)
        self.say.keep.setEnabled(self._controller.take is not None)

    # --- what the person does -------------------------------------------------------------

    def _begin(self) -> None:
        try:
            plan = self.plan.plan(secrets.randbelow(2**31))
        except SoundFileError as error:
            self.plan.message.setText(translated(error.sentence))
            return
        self._settings.speaker = plan.speaker
        self._controller.goes_on = self.plan.goes_on.isChecked()
        self._controller.begin(Path(self.plan.folder.text()), plan)

    def _resume(self, folder: Path) -> None:
        self._controller.goes_on = self.plan.goes_on.isChecked()
        self._controller.resume(folder)

    def _play(self, recognition: RecognitionController) -> None:
        if self._last_take is not None:
            recognition.play(sound_of(self._last_take))

    def _start_over(self) -> None:
        self._controller.leave()
        self._propose()

    def _hand_over(self, wanted: SignalInstance) -> None:
        collection = self._controller.collection
        if collection is not None:
            self._controller.leave()
            self.accept()
            wanted.emit(collection.folder)
