"""What the history asks a person: their name, and where an export goes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit

from core.dataset.recordings import speaker_name
from core.errors import SoundFileError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.recognise.history import History
    from app.recognise.history_panel import HistoryPanel
    from app.recognise.takes import RecognisedTake
    from app.shell.settings import Settings


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
            sentence = str(error)


class HistoryDesk(QObject):
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
        panel.label_given.connect(self._on_label_given)
        panel.delete_wanted.connect(history.delete)
        panel.undo_wanted.connect(history.undo)
        panel.export_wanted.connect(self._export)
        history.undo_changed.connect(panel.set_undo)

    def change_speaker(self) -> None:
        """Ask for the speaker's name again."""
        self._ask_speaker()

    def _on_label_given(self, take: RecognisedTake, label: str) -> None:
        speaker = self._settings.speaker or self._ask_speaker()
        if speaker:
            self._history.correct(take, label, speaker)
        else:
            self._history.said.emit(self.tr("Nothing was kept."))

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
        path, _ = QFileDialog.getSaveFileName(
            self._panel,
            self.tr("Export all takes as a new folder"),
            str(Path(self._settings.folder) / name),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self._settings.folder = str(Path(path).parent)
            self._history.export(Path(path), speaker)
