"""In which form the words of a recording are taken along."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.shell.dialogs import ask_where_to_save
from core.export.words import FORMATS
from core.files import write_new

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.shell.settings import Settings
    from core.recognition.words import Transcript


class WordsMenu(QMenu):
    """Offers the forms; tells the name of the one that is chosen."""

    def __init__(self, on_chosen: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        texts = {
            "text": self.tr("Lines of text…"),
            "csv": self.tr("Table (CSV)…"),
            "json": self.tr("JSON lines…"),
            "audacity": self.tr("Labels for Audacity…"),
            "textgrid": self.tr("TextGrid for Praat…"),
        }
        for kind, text in texts.items():
            self.addAction(text, partial(on_chosen, kind))


def ask_for_words_file(parent: QWidget, settings: Settings, name: str, stem: str) -> Path | None:
    """Ask where words in a form of `FORMATS` are to be saved; None for nowhere."""
    suffix = FORMATS[name].suffix
    title = QCoreApplication.translate("ask", "Save the words")
    pattern = f"*{Path(suffix).suffix}"
    chosen = ask_where_to_save(parent, settings, title, stem + suffix, pattern)
    if chosen is None:
        return None
    return chosen[0] if chosen[0].suffix else chosen[0].with_suffix(suffix)


def write_words(path: Path, name: str, said: Transcript) -> str:
    """Write words in a form of `FORMATS` to a new file, and return what to say of it.

    Raises
    ------
    WritingError
    """
    write_new(path, FORMATS[name].write(said).encode())
    return QCoreApplication.translate("ask", "The words are in {0}.").format(path)
