"""What can be done with the clips of a table: one set of actions, wherever they are listed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QInputDialog, QMenu

from app.library.clips import BAD
from app.library.review import MOVES, Review, ask_how_to_keep
from app.shell.dialogs import ask_speaker, ask_where_to_save
from core.labels import BACKGROUND_NOISE, DIGITS, SILENCE, is_word
from core.places import SHIPPED_MODELS, user_models
from core.recognition.model_library import ModelLibrary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.library.table import ClipTable
    from app.shell.settings import Settings


class ClipActions(QObject):
    """Corrects, hears, throws away and takes along what is marked in a table.

    Parameters
    ----------
    table : ClipTable
    changes : Changes
        Where it is done, and undone.
    settings : Settings
        Where the speaker's name and the last folder are remembered.

    Signals
    -------
    inspect_wanted(list of Clip, Clip)
        All clips that are shown, and the one to begin with.
    play_wanted(Clip), save_wanted(Clip)
    """

    inspect_wanted = Signal(list, object)
    play_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(self, table: ClipTable, changes: Changes, settings: Settings) -> None:
        super().__init__(table)
        self.table = table
        self.changes = changes
        self._settings = settings
        self._labels: tuple[str, ...] = ()
        self._asked: list[Clip] = []
        self.labels_menu = QMenu(self.tr("It was…"), table)

        # --- actions ---
        self.correct = self._action(self.tr("&Wrong? It was…"), Qt.Key.Key_W, self.ask_label)
        self.play = self._action(self.tr("&Play"), None, self._play)
        self.inspect = self._action(self.tr("&Inspect"), Qt.Key.Key_I, self._inspect)
        self.save = self._action(self.tr("&Save as…"), None, self._save)
        self.bad = self._action(self.tr("Leave it out as &bad"), Qt.Key.Key_B, self._give_bad)
        self.delete = self._action(self.tr("&Delete"), Qt.Key.Key_Delete, self._delete)
        self.undo = self._action(
            self.tr("&Undo"), QKeySequence(QKeySequence.StandardKey.Undo), changes.undo
        )
        self.export = self._action(
            self.tr("&Export as a folder…"), QKeySequence("Ctrl+Shift+E"), self._export
        )
        self.export_list = self._action(
            self.tr("Export &as a list…"), QKeySequence("Ctrl+E, L"), self._export_list
        )
        self._letters = {
            each: each.shortcut().toString() for each in (self.correct, self.inspect, self.bad)
        }
        self.teach = self._action(
            self.tr("&Teach with these…"), QKeySequence("Ctrl+Shift+L"), self._teach
        )
        self.hear = self._action(
            self.tr("&Hear again with…"), QKeySequence("Ctrl+Shift+H"), self._ask_model
        )
        self.models_menu = QMenu(self.tr("Hear again with…"), table)
        self.digits = [
            self._action(word, QKeySequence(str(number)), partial(self._on_digit, word))
            for number, word in enumerate(DIGITS)
        ]
        self._said = QMenu(self.tr("It wa&s"), table)
        self._said.addActions(self.digits)

        # --- connections ---
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_context_menu)
        table.selectionModel().selectionChanged.connect(self._enable)
        table.clips.counted.connect(self._enable)
        table.label_given.connect(self.give)
        table.confirmed.connect(self.confirm)
        table.taken_back.connect(self._take_back)
        table.delete_wanted.connect(lambda _: self._delete())
        table.play_wanted.connect(self.play_wanted)
        table.said.connect(changes.said)
        table.write_sounds = changes.exports.as_files
        table.opened.connect(lambda _: self._inspect())
        changes.changed.connect(self._on_changed)
        changes.done.undoTextChanged.connect(self._set_undo)
        self._set_undo(changes.done.undoText())
        self._enable()

    @property
    def every(self) -> list[QAction]:
        """All actions, for a widget in which their keys are to work."""
        parts = [self.correct, self.play, self.inspect, self.save, self.delete, self.undo]
        more = [self.export, self.export_list, self.teach, self.hear, self.bad]
        return [*parts, *more, *self.digits]

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be said by key or menu."""
        return self._labels

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Offer what the model in use can answer as corrections."""
        self._labels = self.table.labels.labels = tuple(filter(is_word, labels))
        self.labels_menu.clear()
        for label in self._labels:
            number = DIGITS.index(label) if label in DIGITS else None
            text = f"&{number}   {label}" if number is not None else f"&{label}"
            self.labels_menu.addAction(text, partial(self._give_asked, label))
        self.labels_menu.addSeparator()
        if SILENCE in labels:
            self.labels_menu.addAction(
                self.tr("&No word"), partial(self._give_asked, BACKGROUND_NOISE)
            )
        self.labels_menu.addAction(self.tr("Another &word…"), self._ask_word)
        words = [label for label in self._labels if label not in DIGITS]
        for action, key in self._letters.items():  # which a word of the model takes
            is_taken = any(word.startswith(key.lower()) for word in words)
            action.setShortcut(QKeySequence("" if is_taken else key))
        self._enable()

    def menu_actions(self) -> list[QAction]:
        """Return the actions that belong into a menu of the window."""
        said = self._said.menuAction()
        clips = [self.correct, said, self.inspect, self.delete, self.undo]
        return [*clips, self.export, self.export_list, self.teach, self.hear, self.bad]

    # --- what was said --------------------------------------------------------------------

    def give(self, clips: Sequence[Clip], label: str) -> bool:
        """Keep what clips were; tell whether it will be kept."""
        return self._give(dict.fromkeys(clips, label))

    def confirm(self, clips: Sequence[Clip]) -> None:
        """Keep that clips were what the model heard."""
        self._give({clip: clip.best for clip in clips if clip.best and is_word(clip.best)})

    def ask_label(self) -> None:
        """Let the person choose what the marked clips were."""
        self._asked = self.table.selected()  # others may come while they choose
        if self._asked and self._labels:
            self._pop_up(self.labels_menu)

    def change_speaker(self) -> None:
        """Ask for the speaker's name again."""
        self._ask_speaker()

    def _give(self, labels: dict[Clip, str]) -> bool:
        changes, recordings = self.changes, self.changes.recordings
        folders = {clip.data_set for clip in labels if clip.data_set is not None}
        for folder in folders - changes.reviews.keys():
            how = ask_how_to_keep(self.table, self._settings, folder)
            if how is None:
                return False
            changes.reviews[folder] = Review(folder, how == MOVES)
        if any(changes.keeper_of(clip) is recordings for clip in labels):
            recordings.speaker = self._settings.speaker or self._ask_speaker() or ""
            if not recordings.speaker:
                self.changes.said.emit(self.tr("Nothing was kept."))
                return False
        self.changes.give(labels)
        return bool(labels)

    def _give_bad(self) -> None:
        self._give(dict.fromkeys((c for c in self.table.selected() if c.data_set), BAD))

    def _take_back(self, clips: list[Clip]) -> None:
        self.changes.give(dict.fromkeys(clips))

    def _give_asked(self, label: str) -> None:
        self.give(self._asked, label)

    def _ask_word(self) -> None:
        title, question = self.tr("Another word"), self.tr("It was:")
        word, given = QInputDialog.getText(self.table, title, question)
        if given and word.strip():
            self._give_asked(word)

    def _on_digit(self, word: str) -> None:
        if not self.labels_menu.isVisible():
            self._asked = self.table.selected()
        self.labels_menu.close()
        self._give_asked(word)

    def _ask_speaker(self) -> str | None:
        folder = self.changes.recordings.folder.path
        name = ask_speaker(self.table, self._settings.speaker, folder)
        if name:
            self._settings.speaker = name
        return name

    # --- what else is done ----------------------------------------------------------------

    def _play(self) -> None:
        clip = self.table.current()
        if clip is not None:
            self.play_wanted.emit(clip)

    def _inspect(self) -> None:
        self.inspect_wanted.emit(list(self.table.clips.shown), self.table.current())

    def _save(self) -> None:
        clip = self.table.current()
        if clip is not None:
            self.save_wanted.emit(clip)

    def _delete(self) -> None:
        self.changes.remove(self.table.clips, self.table.selected())

    def _teach(self) -> None:
        self.changes.teach_wanted.emit(self._chosen())

    def _ask_model(self) -> None:
        clips, menu = self._chosen(), self.models_menu
        menu.clear()
        for path in ModelLibrary(SHIPPED_MODELS, user_models()).paths():
            name = path.name.replace("&", "&&")
            menu.addAction(name, partial(self.changes.hear_wanted.emit, clips, path))
        self._pop_up(menu)

    def _pop_up(self, menu: QMenu) -> None:
        """Show a menu above the row that is looked at."""
        row = self.table.visualRect(self.table.currentIndex())
        place = self.table.viewport().mapToGlobal(row.bottomLeft())
        menu.popup(place - QPoint(0, menu.sizeHint().height() + row.height()))

    def export_folder(
        self,
        clips: Sequence[Clip],
        with_unsorted: bool = False,
        on_done: Callable[[bool], object] = lambda _: None,
    ) -> None:
        """Ask where clips are to be written as a data set, and write them; see `ClipExports`."""
        speaker = self._settings.speaker or self._ask_speaker()
        title = self.tr("Export as a new folder")
        chosen = speaker and ask_where_to_save(self.table, self._settings, title, _stem())
        if speaker and chosen:
            exports, window = self.changes.exports, self.table.window()
            exports.as_folder(window, chosen[0], clips, speaker, with_unsorted, on_done)
        else:
            on_done(False)

    def _export(self) -> None:
        clips = self._chosen()
        if any(clip.label for clip in clips):
            self.export_folder(clips)
        else:
            self.changes.failed.emit(self.tr("There is no take with an answer to export."))

    def _export_list(self) -> None:
        title, filters = self.tr("Export as a list"), "CSV (*.csv);;JSON lines (*.jsonl)"
        name = f"{_stem()}.csv"
        chosen = ask_where_to_save(self.table, self._settings, title, name, filters)
        if chosen is not None:
            path, selected = chosen
            suffix = ".jsonl" if "jsonl" in selected else ".csv"
            if suffix == ".jsonl" and path.name == name:  # the name was made for the other form
                path = path.with_suffix(suffix)
            self.changes.exports.as_list(
                path if path.suffix else path.with_suffix(suffix), self._chosen()
            )

    def _chosen(self) -> list[Clip]:
        """Return the marked clips or, of fewer than two, all that are shown."""
        marked = self.table.selected()
        return marked if len(marked) > 1 else list(self.table.clips.shown)

    def _action(
        self, text: str, shortcut: Qt.Key | QKeySequence | None, slot: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: slot())
        return action

    def _on_context_menu(self, point: QPoint) -> None:
        if self.table.indexAt(point).isValid():
            menu = QMenu(self.table)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions([self.correct, self.play, self.inspect, self.save])
            menu.addActions([self.export, self.export_list])
            menu.addActions([self.teach, self.hear, self.bad, self.delete, self.undo])
            menu.popup(self.table.viewport().mapToGlobal(point))

    def _on_changed(self, clips: list[Clip]) -> None:
        if not set(clips).isdisjoint(self.table.clips.clips):
            self.table.clips.tell_all()

    def _set_undo(self, what: str) -> None:
        self.undo.setText(self.tr("&Undo {0}").format(what) if what else self.tr("&Undo"))
        self.undo.setEnabled(bool(what))

    def _enable(self) -> None:
        one = self.table.current() is not None
        for action in (self.correct, self.play, self.inspect, self.save, self.delete):
            action.setEnabled(one)
        self.correct.setEnabled(one and bool(self._labels))
        self.bad.setEnabled(any(clip.data_set for clip in self.table.selected()))
        for word, action in zip(DIGITS, self.digits, strict=True):
            action.setEnabled(one and word in self._labels)
        for action in (self.export, self.export_list, self.teach, self.hear):
            action.setEnabled(bool(self.table.clips.shown))


def _stem() -> str:
    """Return how new files of clips are called."""
    return f"takes {datetime.now().astimezone():%Y-%m-%d %H-%M-%S}"
