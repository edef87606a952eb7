"""The tabs, each with what belongs to it: its controllers, and what they tell each other.

Two of them take a moment to make: they are made when they are shown first, or when there is time.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget

from app.recognise.controller import State
from app.recognise.history import History
from app.recognise.history_panel import HistoryActions
from app.recognise.listening import ListeningController
from app.recognise.tab import RecogniseTab
from app.shell.model_in_use import Network
from app.shell.task_runner import TaskRunner
from app.shell.translation import counted, fill
from app.shell.words_menu import ask_for_words_file, write_words
from app.sound_view.picture import ViewSettings
from app.sound_view.player import Player
from core.dataset.recordings import RecordingsFolder
from core.places import SHIPPED_MODELS, user_models, user_recordings
from core.recognition.model_library import ModelLibrary
from core.sound.clip import TAKE_SAMPLES, AudioClip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QWidget

    from app.inspect.explanation import ExplanationController
    from app.inspect.tab import InspectTab
    from app.inspect.words import WordsOfRecording
    from app.recognise.controller import RecognitionController
    from app.recognise.listening import Followed
    from app.recognise.takes import RecognisedTake
    from app.shell.exports import Exportable
    from app.shell.menus import Menus
    from app.shell.model_in_use import ChosenModel
    from app.shell.progress import HowFar
    from app.shell.settings import Settings
    from app.train.controller import TrainingController
    from app.train.tab import TrainTab
    from core.recognition.recogniser import Prediction
    from core.sound.clip import FloatArray

_SLOWLY_IMPORTED = (
    "app.sound_view.inspector",
    "app.train.tab",
    "app.inspect.tab",
)


class RecognisePage(QObject):
    """Connects the Recognise tab with recording, listening, and the takes made so far.

    Parameters
    ----------
    recognition : RecognitionController
    settings : Settings
    parent : QObject

    Signals
    -------
    said(str), failed(str)
    shown_changed()
        Another take is shown, or another answer.
    """

    said = Signal(str)
    failed = Signal(str)
    shown_changed = Signal()

    def __init__(
        self, recognition: RecognitionController, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.tab = RecogniseTab()
        self.takes = self.tab.takes.takes
        self.listening = ListeningController(recognition, self)
        self.history = History(self.takes, RecordingsFolder(user_recordings()), self)
        self.actions = HistoryActions(self.tab.history, self.history, settings)
        self.shown: RecognisedTake | None = None
        self._recognition = recognition
        self._settings = settings
        self._guesser, self._network = TaskRunner("guess", self), Network()
        self._guessing = self._streams = False
        self._guesser.failed.connect(self.failed)
        self.player = Player(recognition, self)
        model, tab = recognition.model, self.tab

        recognition.state_changed.connect(tab.set_state)
        recognition.running_changed.connect(tab.set_running)
        recognition.running_changed.connect(self._guess)
        recognition.problem_changed.connect(tab.set_problem)
        recognition.take_ready.connect(self.add_take)
        recognition.take_updated.connect(self._on_take_updated)
        recognition.failed.connect(self.failed)
        model.changed.connect(self._on_model_changed)
        model.threshold_changed.connect(self._on_threshold_changed)
        self.listening.on_changed.connect(self._on_listening_changed)
        self.player.cursor_moved.connect(lambda seconds: tab.view.set_cursor(seconds))
        self.player.failed.connect(self.failed)
        tab.sound.play_wanted.connect(self.play)
        tab.set_settings(ViewSettings.from_text(settings.inspect))
        self.listening.followed.connect(self.follow)
        self.listening.take_ready.connect(self.add_heard)
        self.listening.missed.connect(self.said)
        self.listening.failed.connect(self.failed)
        self.history.said.connect(self.said)
        self.history.failed.connect(self.failed)
        tab.record_clicked.connect(self.record)
        tab.listen_toggled.connect(self.listening.set_on)
        tab.threshold.threshold_changed.connect(model.set_threshold)
        tab.take_chosen.connect(self._show)
        tab.history.play_wanted.connect(recognition.play)

    def record(self, held: bool = False) -> None:
        """Take one second; listening ends."""
        self.listening.set_on(False)
        self._recognition.begin_take(held)

    def cancel(self) -> None:
        """Give up the take under way, or listening."""
        self.listening.set_on(False)
        self._recognition.cancel_take()
        if self.shown is not None and self.tab.view is self.tab.sound:
            self._show(self.shown)  # not the beginning of what was given up

    def play(self) -> None:
        """Play what is in sight: the selection, or from the position on; or stop."""
        chosen = self.tab.view.chosen()
        if self.player.is_playing:
            self.player.stop()
        elif chosen is not None:
            self.player.play(*chosen)

    def add_take(self, take: RecognisedTake) -> None:
        """Put a take on top of the list, and show it."""
        self.tab.takes.add(take)
        self._show(take)

    def add_heard(self, take: RecognisedTake) -> None:
        """Put a word that was listened to on top; an earlier one stays chosen."""
        if self.tab.takes.currentIndex().row() > 0:
            self.tab.takes.add(take, mark=False)
        else:
            self.tab.takes.add(take)
            self.shown = take
            self.tab.set_prediction(take.prediction, take.note)
            self.shown_changed.emit()

    def follow(self, followed: Followed) -> None:
        """Show what was made of the sound that came while listening."""
        self.tab.listening.add_sound(followed.samples, followed.columns, followed.seconds)
        for event in followed.events:
            self.tab.listening.add_event(event)

    def set_settings(self, settings: ViewSettings) -> None:
        """Look at sound as it is looked at everywhere."""
        self.tab.set_settings(settings)

    def _guess(self, samples: FloatArray) -> None:
        """Ask what a word is most like while it is being said."""
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
                self.tab.set_guess(prediction)

        self._guesser.submit(
            lambda: self._network.of(model).recognise(clip), done, lambda _: done(None)
        )

    def _on_word_clicked(self, clip: AudioClip) -> None:
        row = self.takes.row_of(clip)
        if row >= 0:
            self.tab.takes.setCurrentIndex(self.takes.index(row, 0))

    def _save_words(self, name: str) -> None:
        view = self.tab.listening
        stem = f"listening {datetime.now().astimezone():%Y-%m-%d %H-%M-%S}"
        path = ask_for_words_file(self.tab, self._settings, name, stem)
        if path is not None:
            said = view.words
            self._guesser.submit(lambda: write_words(path, name, said), self.said.emit)

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong, beside the answer that is shown."""
        self.tab.answer.set_failure(sentence)

    def exportable(self) -> Exportable | None:
        """Return what is shown, for whoever wants to take it along."""
        return self.shown.exportable() if self.shown is not None else None

    def losses(self) -> dict[str, str]:
        """Return what would be lost if the window were closed."""
        count = self.history.unsaved
        one, many = self.tr("{n} take that was not saved"), self.tr("{n} takes that were not saved")
        return {"takes": counted(count, one, many)} if count else {}

    def close(self) -> None:
        """Wait for the workers, and until everything is written."""
        self.player.stop()
        self.listening.close()
        self._guesser.close()
        self.history.close()

    def _show(self, take: RecognisedTake) -> None:
        self.shown = take
        self.tab.show_take(take)
        self.shown_changed.emit()

    def _on_listening_changed(self, on: bool) -> None:
        self.tab.set_listening(on)
        if on and not self._streams:
            self._streams = True
            view = self.tab.listening
            view.sound.play_wanted.connect(self.play)
            view.save_wanted.connect(self._save_words)
            view.word_clicked.connect(self._on_word_clicked)

    def _on_take_updated(self, take: RecognisedTake) -> None:
        self.takes.set_prediction(take.clip, take.prediction)
        if self.shown is not None and self.shown.clip is take.clip:
            self._show(take)

    def _on_model_changed(self, model: ChosenModel) -> None:
        self.tab.set_labels(model.metadata.labels)
        self.tab.threshold.set_model(model.metadata, model.threshold)
        takes = self.takes.all()
        shown = self.takes.row_of(self.shown.clip) if self.shown is not None else -1
        first = [takes.pop(shown)] if shown >= 0 else []
        self._recognition.ask_again(first + takes)

    def _on_threshold_changed(self, model: ChosenModel) -> None:
        self.takes.set_threshold(model.threshold)
        row = self.takes.row_of(self.shown.clip) if self.shown is not None else -1
        if row >= 0:
            self._show(self.takes.take_at(row))


class InspectPage(QStackedWidget):
    """Makes the Inspect tab with all that belongs to it.

    Parameters
    ----------
    recognition : RecognitionController
        Plays, and knows the model in use.
    settings : Settings
    menus : Menus
        Gets a menu of the tab's actions.

    Signals
    -------
    said(str), failed(str)
    shown_changed()
        Another clip, or none, is shown.
    explained()
        It stands there what its answer depends on, or why not.
    corrected(Word, RecognisedTake, str)
        See `WordsOfRecording`.
    settings_changed(ViewSettings)
        Sound is looked at in another way.
    """

    said = Signal(str)
    failed = Signal(str)
    shown_changed = Signal()
    explained = Signal()
    corrected = Signal(object, object, str)
    settings_changed = Signal(object)

    def __init__(
        self, recognition: RecognitionController, settings: Settings, menus: Menus
    ) -> None:
        super().__init__()
        self._recognition = recognition
        self._settings = settings
        self._menus = menus
        self.tab: InspectTab | None = None
        self.explanation: ExplanationController | None = None
        self.words: WordsOfRecording | None = None

    def made(self) -> InspectTab:
        """Return the tab; the first time, it is made."""
        if self.tab is None:
            from app.inspect.controller import InspectController
            from app.inspect.explanation import ExplanationController
            from app.inspect.tab import InspectTab
            from app.inspect.words import WordsOfRecording

            model = self._recognition.model
            view = ViewSettings.from_text(self._settings.inspect)
            controller = InspectController(view, model, self)
            tab = InspectTab(controller, Player(self._recognition, self), self._settings)
            self.tab, self.explanation = tab, ExplanationController(tab, model)
            self.words = WordsOfRecording(tab, model, self._settings)
            self.words.corrected.connect(self.corrected)
            self.words.said.connect(self.said)
            self._menus.add_menu(self.tr("&Inspect"), tab.keys.actions, tab.keys.more_keys)
            self.addWidget(tab)
            self._settings.restore_splitters(tab)
            tab.failed.connect(self.failed)
            self.explanation.explainer.explained.connect(self.explained)
            self.explanation.explainer.failed.connect(self.explained)
            controller.settings_changed.connect(self.settings_changed)
            controller.clip_shown.connect(self.shown_changed)
            controller.clip_failed.connect(self.shown_changed)
            controller.items_changed.connect(self.shown_changed)
        return self.tab

    def exportable(self) -> Exportable | None:
        """Return what is shown, for whoever wants to take it along."""
        return None if self.explanation is None else self.explanation.exportable()

    def close_tab(self) -> None:
        """Remember how things stand, and wait for the workers."""
        if self.tab is not None and self.explanation is not None:
            self.explanation.close()
            if self.words is not None:
                self.words.close()
            self.tab.close_controller()


class TrainPage(QStackedWidget):
    """Makes the Train tab and its controller.

    Parameters
    ----------
    recognition : RecognitionController
        Plays, and knows the model in use.
    settings : Settings

    Signals
    -------
    said(str), failed(str), inspect_wanted(list of ClipItem, int), inspect_folder_wanted(Path)
        See `TrainTab`.
    teach_wanted(), models_changed(list of ModelEntry), unfinished_changed(list of RunFolder)
        See `TrainTab` and `TrainingController`.
    """

    said = Signal(str)
    failed = Signal(str)
    inspect_wanted = Signal(list, int)
    inspect_folder_wanted = Signal(object)
    teach_wanted = Signal()
    models_changed = Signal(list)
    unfinished_changed = Signal(list)

    def __init__(self, recognition: RecognitionController, settings: Settings) -> None:
        super().__init__()
        self._recognition = recognition
        self._settings = settings
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
            tab = self.tab = TrainTab(controller)
            self.set_settings(ViewSettings.from_text(self._settings.inspect))
            tab.data.folder.setText(self._settings.data_folder)  # it is read once it is shown
            self.addWidget(tab)
            self._settings.restore_splitters(tab)
            tab.use_wanted.connect(model.use)
            tab.play_wanted.connect(self._recognition.play)
            tab.inspect_wanted.connect(self.inspect_wanted)
            tab.inspect_folder_wanted.connect(self.inspect_folder_wanted)
            tab.teach_wanted.connect(self.teach_wanted)
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


class Preparation(QObject):
    """Imports in another thread, then makes one part after another, with events between them.

    Parameters
    ----------
    window : QWidget
        When it is no longer shown, nothing more is made.
    makers : sequence of callable
        Each makes a part, or does nothing where it is made already.
    """

    def __init__(self, window: QWidget, makers: Sequence[Callable[[], object]]) -> None:
        super().__init__(window)
        self._window = window
        self._makers = makers
        self._runner = TaskRunner("preparation", self)
        self._begun = False

    def begin(self) -> None:
        """Make everything, in a while; only the first call does anything."""
        if not self._begun:
            self._begun = True
            self._runner.submit(
                lambda: [import_module(name) for name in _SLOWLY_IMPORTED],
                lambda _: self._make(0),
            )

    def finish(self) -> None:
        """Make everything at once."""
        for make in self._makers:
            make()

    def close(self) -> None:
        """Wait for the thread."""
        self._runner.close()

    def _make(self, number: int) -> None:
        if number < len(self._makers) and self._window.isVisible():
            self._makers[number]()
            QTimer.singleShot(0, self, lambda: self._make(number + 1))
