"""The Recognise tab with all that belongs to it: recording, listening, the takes so far."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.recognise.controller import State
from app.recognise.history import History
from app.recognise.history_panel import HistoryActions
from app.recognise.listening import ListeningController
from app.recognise.tab import RecogniseTab
from app.shell.model_in_use import Network
from app.shell.task_runner import TaskRunner
from app.shell.translation import counted
from app.shell.words_menu import ask_for_words_file, write_words
from app.sound_view.picture import ViewSettings
from app.sound_view.player import Player
from core.dataset.recordings import RecordingsFolder
from core.places import user_recordings
from core.sound.clip import TAKE_SAMPLES, AudioClip

if TYPE_CHECKING:
    from app.recognise.controller import RecognitionController
    from app.recognise.listening import Followed
    from app.recognise.takes import RecognisedTake
    from app.shell.exports import Exportable
    from app.shell.model_in_use import ChosenModel
    from app.shell.settings import Settings
    from core.recognition.recogniser import Prediction
    from core.sound.clip import FloatArray


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
