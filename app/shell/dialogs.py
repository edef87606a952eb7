"""What is asked of the person: what to open, where to save, and whether something may be lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QInputDialog, QLineEdit, QMessageBox

from app.shell.settings import ASK, DISCARD, KEEP, SAVE
from app.shell.translation import counted, translated
from core.dataset.recordings import speaker_name
from core.errors import SoundFileError
from core.places import user_takes
from core.sound.sound_file import SOUND_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from app.shell.settings import Settings


def ask_for_sounds(parent: QWidget, settings: Settings, title: str) -> list[Path]:
    """Ask for sound files; none when the person thinks better of it."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, settings.folder, _sound_filter())
    paths = [Path(name) for name in names]
    if paths:
        settings.folder = str(paths[0].parent)
    return paths


def ask_for_sound(parent: QWidget, settings: Settings, title: str) -> Path | None:
    """Ask for one sound file."""
    name, _ = QFileDialog.getOpenFileName(parent, title, settings.folder, _sound_filter())
    if not name:
        return None
    settings.folder = str(Path(name).parent)
    return Path(name)


def ask_for_folder(parent: QWidget, settings: Settings, title: str) -> Path | None:
    """Ask for a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, settings.folder)
    if not name:
        return None
    settings.folder = name
    return Path(name)


def ask_where_to_save(
    parent: QWidget, settings: Settings | None, title: str, name: str, filters: str = ""
) -> tuple[Path, str] | None:
    """Ask for a new file, or a new folder; return it with the filter that was chosen.

    Whether it is there already is not asked: nothing is overwritten, and that is said then.
    """
    chosen, selected = QFileDialog.getSaveFileName(
        parent,
        title,
        str(Path(settings.folder) / name) if settings else name,
        filters,
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    if not chosen:
        return None
    if settings:
        settings.folder = str(Path(chosen).parent)
    return Path(chosen), selected


def ask_to_quit(
    window: QWidget,
    settings: Settings,
    losses: Mapping[str, str],
    unsaved: int = 0,
    problem: str = "",
) -> str | None:
    """Ask whether the window may close, unless there is nothing that is to be asked about.

    Parameters
    ----------
    window : QWidget
    settings : Settings
        Where it is remembered what need not be asked about again.
    losses : mapping
        What would be lost: a name, and the words for the person.
    unsaved : int
        How many takes were not saved, of which it is asked what becomes of them.
    problem : str
        Why that which was wanted cannot be done with them.

    Returns
    -------
    {"keep", "discard", "save"} or None
        What becomes of the takes; None to stay.
    """
    silent = settings.quits_silently.split()
    told = {name: words for name, words in losses.items() if name not in silent}
    if unsaved and (settings.unsaved_takes == ASK or problem):
        return _ask_about_takes(window, settings, list(told.values()), unsaved, problem)
    if told and not _may_lose(window, settings, told, silent):
        return None
    return settings.unsaved_takes if unsaved else DISCARD


def _may_lose(
    window: QWidget, settings: Settings, told: Mapping[str, str], silent: Sequence[str]
) -> bool:
    translate = QCoreApplication.translate
    box = _question(window)
    text = translate("ask", "If you quit now, you lose {0}.")
    box.setText(text.format(", ".join(told.values())))
    box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
    box.button(QMessageBox.StandardButton.Discard).setText(translate("ask", "&Quit"))
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    again = QCheckBox(translate("ask", "&Do not ask about this again"), box)
    box.setCheckBox(again)
    quits = box.exec() == QMessageBox.StandardButton.Discard
    box.deleteLater()
    if quits and again.isChecked():
        settings.quits_silently = " ".join(dict.fromkeys([*silent, *told]))
    return quits


def _ask_about_takes(
    window: QWidget, settings: Settings, losses: Sequence[str], unsaved: int, problem: str
) -> str | None:
    translate = QCoreApplication.translate
    button = QMessageBox.StandardButton
    box = _question(window)
    one, many = (
        translate("ask", "{n} take was not saved. What is to become of it?"),
        translate("ask", "{n} takes were not saved. What is to become of them?"),
    )
    box.setText(counted(unsaved, one, many))
    also = translate("ask", "If you quit now, you also lose {0}.").format(", ".join(losses))
    where = translate("ask", "What is kept stays on this computer, in {0}.").format(user_takes())
    box.setInformativeText("\n\n".join(filter(None, [problem, also if losses else "", where])))
    choices = {
        button.Save: (KEEP, translate("ask", "&Keep for next time")),
        button.SaveAll: (SAVE, translate("ask", "Save as a &folder…")),
        button.Discard: (DISCARD, translate("ask", "&Discard")),
    }
    for each, (_, text) in choices.items():
        box.addButton(each).setText(text)
    box.addButton(button.Cancel)
    box.setDefaultButton(button.Cancel if losses or problem else button.Save)
    always = QCheckBox(translate("ask", "&Always do this with takes"), box)
    always.setToolTip(translate("ask", "It can be changed under Record, Kept takes."))
    box.setCheckBox(always)
    chosen = choices.get(button(box.exec()))
    box.deleteLater()
    if chosen is None:
        return None
    if always.isChecked():
        settings.unsaved_takes = chosen[0]
    return chosen[0]


def _question(window: QWidget) -> QMessageBox:
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(QCoreApplication.translate("ask", "Quit?"))
    return box


def ask_speaker(parent: QWidget, current: str, folder: Path) -> str | None:
    """Ask whose voice it is until the name can be one; None when the person gives up."""
    text, sentence = current, ""
    translate = QCoreApplication.translate
    while True:
        question = translate(
            "ask",
            "{0}Whose voice is it? The name becomes a part of the recordings' names.\n"
            "They are kept in {1}, on this computer only.",
        ).format(f"{sentence}\n\n" if sentence else "", folder)
        text, given = QInputDialog.getText(
            parent, translate("ask", "Speaker's name"), question, QLineEdit.EchoMode.Normal, text
        )
        if not given:
            return None
        try:
            return speaker_name(text)
        except SoundFileError as error:
            sentence = translated(error.sentence)


def _sound_filter() -> str:
    patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SOUND_SUFFIXES)
    text = QCoreApplication.translate("ask", "Sound ({patterns});;All files (*)")
    return text.format(patterns=patterns)
