"""The Recognise tab with all that belongs to it: recording, listening, the takes so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.library.changes import Changes, RecordingsKeeper
from app.library.clips import State as ClipState
from app.recognise.guesser import Guesser
from app.recognise.kept import KeptClips, is_whole
from app.recognise.kept_menu import KeptMenu
from app.recognise.listening import ListeningController
from app.recognise.sounds import TakeSounds
from app.recognise.tab import RecogniseTab
from app.recognise.takes import exportable
from app.recognise.takes_panel import IN_MEMORY
from app.shell.settings import KEEP
from app.shell.words_menu import ask_for_words_file, write_words
from app.sound_view.picture import ViewSettings
from app.sound_view.player import Player
from core.dataset.recordings import RecordingsFolder
from core.places import user_recordings, user_takes

if TYPE_CHECKING:
    from app.library.clips import Clip
    from app.recognise.controller import RecognitionController
    from app.recognise.listening import Followed
    from app.shell.exports import Exportable
    from app.shell.model_in_use import ChosenModel
    from app.shell.settings import Settings
    from core.sound.clip import AudioClip


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
        self.kept = KeptClips(user_takes(), self)
        self.kept_menu = KeptMenu(self.kept, settings, self.tab)
        self.tab.takes.add_menu(self.kept_menu)
        self._sounds = TakeSounds(self)
        self.listening = ListeningController(recognition, self)
        self.shown: Clip | None = None
        self._heard_again: set[Clip] = set()  # on purpose, by a model that is not in use
        self._recognition = recognition
        self._settings = settings
        self._guesser = Guesser(recognition, self)
        self._streams = False
        self.player = Player(recognition, self)
        model, tab = recognition.model, self.tab

        recognition.state_changed.connect(tab.set_state)
        recognition.running_changed.connect(tab.set_running)
        self._guesser.guessed.connect(tab.set_guess)
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
        tab.record_clicked.connect(self.record)
        tab.listen_toggled.connect(self.listening.set_on)
        tab.threshold.threshold_changed.connect(model.set_threshold)
        self.table.chosen.connect(self._show)
        self.actions.play_wanted.connect(self._play_take)
        self.changes.exports.exported.connect(self._note_saved)
        self._connect_kept()

    def _connect_kept(self) -> None:
        kept, changes, menu = self.kept, self.changes, self.kept_menu
        kept.changed.connect(lambda _: self.takes.tell_all())
        kept.failed.connect(self.failed)
        changes.changed.connect(kept.note)
        changes.removed.connect(self._on_removed)
        changes.restored.connect(kept.restore)
        menu.policy_changed.connect(self._keep_where_wanted)
        menu.cleared.connect(self._on_cleared)
        menu.said.connect(self.said)
        self.table.visible_changed.connect(self._on_seen)
        self._draws = False  # what draws is imported once the window stands
        self._sounds.drawn.connect(self.takes.set_thumbnail)
        self._sounds.unreadable.connect(self._on_unreadable)

    def start(self) -> None:
        """Find the takes that were kept before."""
        self.kept.load(self._on_loaded)

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
        self._keep_where_wanted()
        self._free_memory()

    def _free_memory(self) -> None:
        """Forget the sounds of the oldest takes; those that are kept stay in the list."""
        in_memory = [take for take in self.takes.clips if take.sound is not None]
        older = [take for take in in_memory[IN_MEMORY:] if take is not self.shown]
        for take in older:
            take.sound = None if take.kept is not None else take.sound
        gone = [take for take in older if take.kept is None]
        if gone:
            self.takes.remove(gone)

    def follow(self, followed: Followed) -> None:
        """Show what was made of the sound that came while listening."""
        self.tab.listening.add_sound(followed.samples, followed.columns, followed.seconds)
        for event in followed.events:
            self.tab.listening.add_event(event)

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
            self.changes.runner.submit(lambda: write_words(path, name, said), self.said.emit)

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong, beside the answer that is shown."""
        self.tab.answer.set_failure(sentence)

    def exportable(self) -> Exportable | None:
        """Return what is shown, for whoever wants to take it along."""
        return exportable(self.shown) if self.shown is not None else None

    @property
    def unsaved(self) -> list[Clip]:
        """The takes that would be lost if the window were closed."""
        return [take for take in self.takes.clips if take.state is ClipState.UNSAVED]

    def close(self) -> None:
        """Wait for the workers, and until everything is written."""
        self.player.stop()
        self.listening.close()
        self._guesser.close()
        self.changes.close()
        self._sounds.close()
        self.kept.close()

    def _show(self, take: Clip) -> None:
        self.shown = take
        if take.sound is None:
            self._sounds.read("shown", take, partial(self._on_read, take))
            return
        self.tab.show_take(take)
        self.shown_changed.emit()

    def _on_read(self, take: Clip, sound: AudioClip) -> None:
        take.sound = sound
        if self.shown is take:
            self._show(take)
        lacks = take.kept is not None and not is_whole(take.prediction)
        if lacks and self._recognition.model.current is not None:
            self._recognition.ask_first([take])
        self._free_memory()

    def _play_take(self, take: Clip) -> None:
        if take.sound is not None:
            self._recognition.play(take.sound)
        else:
            self._sounds.read("played", take, self._recognition.play)

    # --- what is kept ---------------------------------------------------------------------

    def _keep_where_wanted(self) -> None:
        if self._settings.unsaved_takes == KEEP:
            self.kept.keep(self.unsaved)

    def _on_loaded(self, takes: list[Clip]) -> None:
        self._set_threshold(takes)
        self.takes.add(takes)

    def keep_heard_again(self, clips: list[Clip]) -> None:
        """Leave takes as another model has heard them, until another one is in use."""
        self._heard_again.update(clips)
        shown = self.shown
        if shown is not None and shown in self._heard_again:
            self.tab.set_prediction(shown.prediction, shown.note)

    def prepare(self) -> None:
        """Make what the first take, or listening, would wait for; then the pictures of rows."""
        self.tab.prepare()
        self._draws = True
        self._on_seen()

    def _on_seen(self) -> None:
        """Make the pictures of rows that can be seen, and ask the model in use about them."""
        seen = [take for take in self.table.visible() if take.sound is None and not take.problem]
        if self._draws:
            self._sounds.draw([take for take in seen if self.takes.lacks_thumbnail(take)])
        model = self._recognition.model.current
        if model is not None:
            name = model.metadata.name
            others = [take for take in seen if take.prediction and take.prediction.model != name]
            self._recognition.ask_first([t for t in others if t not in self._heard_again])

    def _on_unreadable(self, take: Clip) -> None:
        self.takes.tell(take)
        if take is self.shown:
            self.tab.set_prediction(take.prediction, take.note)
            self.failed.emit(take.problem)

    def _on_removed(self, takes: list[Clip]) -> None:
        listed = set(self.takes.clips)  # one may have been taken out of another list only
        self.kept.remove([take for take in takes if take not in listed])

    def _on_cleared(self) -> None:
        self.takes.remove([take for take in self.takes.clips if take.kept is not None])

    # --- what the others tell -------------------------------------------------------------

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
        self.kept.note([take])
        if self.shown is take:
            self._show(take)

    def _on_model_changed(self, model: ChosenModel) -> None:
        self._heard_again.clear()
        self.tab.set_labels(model.metadata.labels)
        self.tab.threshold.set_model(model.metadata, model.threshold)
        in_memory = [take for take in self.takes.clips if take.sound is not None]
        self._set_threshold([take for take in self.takes.clips if take.sound is None])
        self._recognition.ask_again(sorted(in_memory, key=lambda take: take is not self.shown))
        self._on_seen()

    def _on_threshold_changed(self, _model: ChosenModel) -> None:
        self._set_threshold(self.takes.clips)
        self.takes.tell_all()
        if self.takes.row_of(self.shown) >= 0 and self.shown is not None:
            self._show(self.shown)

    def _set_threshold(self, takes: list[Clip]) -> None:
        model = self._recognition.model.current
        for take in takes:
            if take.prediction is not None and model is not None:
                take.prediction = replace(take.prediction, threshold=model.threshold)
