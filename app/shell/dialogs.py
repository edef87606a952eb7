"""What is asked of the person: what to open, where to save, and whether something may be lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox

from core.sound.sound_file import SOUND_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def may_quit(window: QWidget, settings: Settings, losses: Mapping[str, str]) -> bool:
    """Ask whether the window may close, unless nothing would be lost that is to be asked about.

    Parameters
    ----------
    window : QWidget
    settings : Settings
        Where it is remembered what need not be asked about again.
    losses : mapping
        What would be lost: a name, and the words for the person.
    """
    silent = settings.quits_silently.split()
    told = {name: words for name, words in losses.items() if name not in silent}
    if not told:
        return True
    translate = QCoreApplication.translate
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("ask", "Quit?"))
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


def _sound_filter() -> str:
    patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SOUND_SUFFIXES)
    text = QCoreApplication.translate("ask", "Sound ({patterns});;All files (*)")
    return text.format(patterns=patterns)
