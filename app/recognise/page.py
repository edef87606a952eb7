"""The Recognise tab with all that belongs to it: recording, listening, the takes so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.library.changes import Changes, RecordingsKeeper, sound_of
from app.library.clips import State as ClipState
from app.recognise.controller import State
from app.recognise.listening import ListeningController
from app.recognise.tab import RecogniseTab
from app.recognise.takes import exportable
from app.recognise.takes_panel import KEPT
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
    from app.library.clips import Clip
    from app.recognise.controller import RecognitionController
    from app.recognise.listening import Followed
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
        self.changes = Changes(RecordingsKeeper(RecordingsFolder(user_recordings())), self)
        self.tab = RecogniseTab(self.changes, settings)
        self.table = self.tab.takes.table
        self.takes = self.table.clips
        self.actions = self.tab.takes.clip_actions
        self.listening = ListeningController(recognition, self)
        self.shown: Clip | None = None
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
        self.changes.said.connect(self.said)
        self.changes.failed.connect(self.failed)
        self.changes.changed.connect(self._on_clips_changed)
        tab.record_clicked.connect(self.record)
        tab.listen_toggled.connect(self.listening.set_on)
        tab.threshold.threshold_changed.connect(model.set_threshold)
        self.table.chosen.connect(self._show)
        self.actions.play_wanted.connect(lambda take: recognition.play(sound_of(take)))
        self.actions.exported.connect(self._note_saved)

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

    def add_take(self, take: Clip) -> None:
        """Put a take on top of the list, and show it."""
        self._put_on_top(take)
        self.table.mark(take)
        self._show(take)

    def add_heard(self, take: Clip) -> None:
        """Put a word that was listened to on top; an earlier one stays chosen."""
        follows = self.shown is None or self.takes.clips[:1] == [self.shown]
        self._put_on_top(take)
        if follows:
            self.table.mark(take)
            self.shown = take
            self.tab.set_prediction(take.prediction, take.note)
            self.shown_changed.emit()

    def _put_on_top(self, take: Clip) -> None:
        self.takes.insert(0, [take])
        self.takes.remove(self.takes.clips[KEPT:])

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
        self.table.mark(self._take_of(clip), quietly=False)

    def note_saved(self, sound: AudioClip) -> None:
        """Take notice that a take was saved somewhere else."""
        take = self._take_of(sound)
        if take is not None:
            self._note_saved([take])

    def _note_saved(self, takes: list[Clip]) -> None:
        for take in takes:
            take.is_saved = True
        self.takes.tell_all()

    def _take_of(self, sound: AudioClip) -> Clip | None:
        return next((take for take in self.takes.clips if take.sound is sound), None)

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
        return exportable(self.shown) if self.shown is not None else None

    def losses(self) -> dict[str, str]:
        """Return what would be lost if the window were closed."""
        count = sum(take.state is ClipState.UNSAVED for take in self.takes.clips)
        one, many = self.tr("{n} take that was not saved"), self.tr("{n} takes that were not saved")
        return {"takes": counted(count, one, many)} if count else {}

    def close(self) -> None:
        """Wait for the workers, and until everything is written."""
        self.player.stop()
        self.listening.close()
        self._guesser.close()
        self.changes.close()

    def _show(self, take: Clip) -> None:
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

    def _on_take_updated(self, take: Clip) -> None:
        self.takes.tell(take)
        if self.shown is take:
            self._show(take)

    def _on_clips_changed(self, clips: list[Clip]) -> None:
        shown = self.shown
        if shown is not None and shown in clips:  # perhaps another model has heard it
            self.tab.set_prediction(shown.prediction, shown.note)

    def _on_model_changed(self, model: ChosenModel) -> None:
        self.tab.set_labels(model.metadata.labels)
        self.tab.threshold.set_model(model.metadata, model.threshold)
        takes = sorted(self.takes.clips, key=lambda take: take is not self.shown)
        self._recognition.ask_again(takes)

    def _on_threshold_changed(self, model: ChosenModel) -> None:
        for take in self.takes.clips:
            if take.prediction is not None:
                take.prediction = replace(take.prediction, threshold=model.threshold)
        self.takes.tell_all()
        if self.takes.row_of(self.shown) >= 0 and self.shown is not None:
            self._show(self.shown)
