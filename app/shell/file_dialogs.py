"""Asks for files and folders, beginning where the person was last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from core.sound.sound_file import SOUND_SUFFIXES

if TYPE_CHECKING:
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


def _sound_filter() -> str:
    patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SOUND_SUFFIXES)
    text = QCoreApplication.translate("ask", "Sound ({patterns});;All files (*)")
    return text.format(patterns=patterns)
