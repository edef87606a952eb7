"""The takes of this session, what can be done with each, and what is asked of the person for it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from app.recognise.take_list import KEPT, TakeList
from app.shell.dialogs import ask_where_to_save
from app.shell.translation import translated
from app.widgets.layout import in_column, in_row
from core.dataset.recordings import speaker_name
from core.errors import SoundFileError
from core.labels import BACKGROUND_NOISE, DIGITS, SILENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.recognise.history import History
    from app.recognise.takes import RecognisedTake
    from app.shell.settings import Settings


class HistoryPanel(QWidget):
    """A list of takes; the marked one can be corrected, played, inspected, saved, deleted.

    The actions work by key wherever the focus is within the widget that `actions` are given to.

    Signals
    -------
    label_given(RecognisedTake, str)
        The person says what a take was.
    play_wanted(AudioClip)
    save_wanted(RecognisedTake), delete_wanted(RecognisedTake)
    export_wanted(), undo_wanted()
    """

    label_given = Signal(object, str)
    play_wanted = Signal(object)
    save_wanted = Signal(object)
    delete_wanted = Signal(object)
    export_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = TakeList()
        self._labels: tuple[str, ...] = ()
        self._asked: RecognisedTake | None = None
        self._note = QLabel(self.tr("Kept in memory only"))
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._note.setToolTip(
            self.tr(
                "Takes are gone when the window is closed; the last {0} are kept. Saved are only "
                "those that you save, export, or say what they were."
            ).format(KEPT)
        )
        self.wrong = QPushButton(self.tr("&Wrong?"))
        self.wrong.setToolTip(self.tr("Say what the marked take was (W, or its digit at once)"))
        self.more = QPushButton(self.tr("M&ore"))
        self.more.setToolTip(self.tr("What can be done with the marked take"))
        self.labels_menu = QMenu(self.tr("It was…"), self)

        # --- actions ---
        self.correct = self._action(self.tr("&Wrong? It was…"), Qt.Key.Key_W, self.ask_label)
        self.play = self._action(
            self.tr("&Play"), None, self._on_current(lambda take: self.play_wanted.emit(take.clip))
        )
        self.inspect = self._action(
            self.tr("&Inspect"), Qt.Key.Key_I, lambda: self.list.inspect_wanted.emit()
        )
        self.save = self._action(
            self.tr("&Save as…"), None, self._on_current(self.save_wanted.emit)
        )
        self.delete = self._action(
            self.tr("&Delete"), Qt.Key.Key_Delete, self._on_current(self.delete_wanted.emit)
        )
        self.undo = self._action(
            self.tr("&Undo"), QKeySequence.StandardKey.Undo, self.undo_wanted.emit
        )
        self.export = self._action(
            self.tr("&Export all takes…"), QKeySequence("Ctrl+Shift+E"), self.export_wanted.emit
        )
        self._digits = [
            self._action(word, QKeySequence(str(number)), partial(self._on_digit, word))
            for number, word in enumerate(DIGITS)
        ]
        self._said = QMenu(self.tr("It wa&s"), self)
        self._said.addActions(self._digits)
        menu = QMenu(self)
        menu.addActions([self.play, self.inspect, self.save, self.delete])
        menu.addSeparator()
        menu.addActions([self.undo, self.export])
        self.more.setMenu(menu)

        # --- layout ---
        line = in_row((self._note, 1), self.wrong, self.more)
        self.setLayout(in_column((self.list, 1), line, spacing=4))

        # --- connections ---
        self.wrong.clicked.connect(self.ask_label)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_context_menu)
        self.list.selectionModel().currentRowChanged.connect(self._enable)
        self.list.takes.rowsInserted.connect(self._enable)
        self.list.takes.rowsRemoved.connect(self._enable)
        self.set_undo("")
        self._enable()

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be given as a correction by key or menu."""
        return self._labels

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Offer what the model in use can answer as corrections."""
        self._labels = tuple(label for label in labels if not label.startswith("_"))
        self.labels_menu.clear()
        for label in self._labels:
            number = DIGITS.index(label) if label in DIGITS else None
            text = f"&{number}   {label}" if number is not None else f"&{label}"
            self.labels_menu.addAction(text, partial(self._give, label))
        self.labels_menu.addSeparator()
        if SILENCE in labels:
            self.labels_menu.addAction(self.tr("&No word"), partial(self._give, BACKGROUND_NOISE))
        self.labels_menu.addAction(self.tr("Another &word…"), self._ask_word)
        self._enable()

    def set_undo(self, what: str) -> None:
        """Say what would be undone."""
        self.undo.setText(self.tr("&Undo {0}").format(what) if what else self.tr("&Undo"))
        self.undo.setEnabled(bool(what))

    def menu_actions(self) -> list[QAction]:
        """Return the actions that belong into a menu of the window."""
        said = self._said.menuAction()
        return [self.correct, said, self.inspect, self.delete, self.undo, self.export]

    def ask_label(self) -> None:
        """Let the person choose what the marked take was."""
        self._asked = self.list.current()  # another may come while they choose
        if self._asked is not None and self._labels:
            above = self.labels_menu.sizeHint().height()
            self.labels_menu.popup(self.wrong.mapToGlobal(QPoint(0, -above)))

    def _give(self, label: str) -> None:
        if self._asked is not None:
            self.label_given.emit(self._asked, label)

    def _ask_word(self) -> None:
        word, given = QInputDialog.getText(self, self.tr("Another word"), self.tr("It was:"))
        if given and word.strip():
            self._give(word)

    def _on_digit(self, word: str) -> None:
        if not self.labels_menu.isVisible():
            self._asked = self.list.current()
        self.labels_menu.close()
        self._give(word)

    def _on_current(self, use: Callable[[RecognisedTake], None]) -> Callable[[], None]:
        """Return a slot that does something with the marked take."""

        def slot() -> None:
            take = self.list.current()
            if take is not None:
                use(take)

        return slot

    def _action(
        self,
        text: str,
        shortcut: Qt.Key | QKeySequence | QKeySequence.StandardKey | None,
        slot: Callable[[], None],
    ) -> QAction:
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: slot())
        self.addAction(action)
        return action

    def _on_context_menu(self, point: QPoint) -> None:
        if self.list.indexAt(point).isValid():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(
                [self.correct, self.play, self.inspect, self.save, self.delete, self.undo]
            )
            menu.popup(self.list.viewport().mapToGlobal(point))

    def _enable(self) -> None:
        one = self.list.current() is not None
        for action in (self.correct, self.play, self.inspect, self.save, self.delete):
            action.setEnabled(one)
        self.wrong.setEnabled(one and bool(self._labels))
        for word, action in zip(DIGITS, self._digits, strict=True):
            action.setEnabled(one and word in self._labels)
        self.export.setEnabled(self.list.takes.rowCount() > 0)


class HistoryActions(QObject):
    """Connects the history with the panel that shows it.

    Parameters
    ----------
    panel : HistoryPanel
    history : History
    settings : Settings
    """

    def __init__(self, panel: HistoryPanel, history: History, settings: Settings) -> None:
        super().__init__(panel)
        self._panel = panel
        self._history = history
        self._settings = settings
        panel.label_given.connect(self.give_label)
        panel.delete_wanted.connect(history.delete)
        panel.undo_wanted.connect(history.undo)
        panel.export_wanted.connect(self._export)
        history.done.undoTextChanged.connect(panel.set_undo)

    def change_speaker(self) -> None:
        """Ask for the speaker's name again."""
        self._ask_speaker()

    def give_label(self, take: RecognisedTake, label: str) -> bool:
        """Keep a take under what the person says it was; tell whether it will be kept."""
        speaker = self._settings.speaker or self._ask_speaker()
        if speaker:
            self._history.correct(take, label, speaker)
        else:
            self._history.said.emit(self.tr("Nothing was kept."))
        return bool(speaker)

    def _ask_speaker(self) -> str | None:
        name = ask_speaker(self._panel, self._settings.speaker, self._history.folder.path)
        if name:
            self._settings.speaker = name
        return name

    def _export(self) -> None:
        speaker = self._settings.speaker or self._ask_speaker()
        if not speaker:
            return
        name = f"takes {datetime.now().astimezone():%Y-%m-%d %H-%M-%S}"
        title = self.tr("Export all takes as a new folder")
        chosen = ask_where_to_save(self._panel, self._settings, title, name)
        if chosen is not None:
            self._history.export(chosen[0], speaker)


def ask_speaker(parent: QWidget, current: str, folder: Path) -> str | None:
    """Ask whose voice it is until the name can be one; None when the person gives up."""
    text, sentence = current, ""
    while True:
        question = parent.tr(
            "{0}Whose voice is it? The name becomes a part of the recordings' names.\n"
            "They are kept in {1}, on this computer only."
        ).format(f"{sentence}\n\n" if sentence else "", folder)
        text, given = QInputDialog.getText(
            parent, parent.tr("Speaker's name"), question, QLineEdit.EchoMode.Normal, text
        )
        if not given:
            return None
        try:
            return speaker_name(text)
        except SoundFileError as error:
            sentence = translated(error.sentence)
