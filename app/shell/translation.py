"""The language of the window: the system's, or the one that the person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.shell.resources import TRANSLATIONS
from core.sentences import Sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SYSTEM, ENGLISH = "", "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""Each in its own words, as a person looks for it."""


def install_translations(app: QApplication, language: str = SYSTEM) -> None:
    """Let the program and Qt's own dialogs speak a language.

    Parameters
    ----------
    app : QApplication
    language : str
        One of `LANGUAGES`, or empty for the system's; English where there is no translation.
    """
    locale = QLocale(language) if language else QLocale.system()
    if locale.language() == QLocale.Language.English:
        return  # what is written in the code
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    own = QTranslator(app)
    if not own.load(locale, "spoken-digits", "_", str(TRANSLATIONS)):
        return
    app.installTranslator(own)
    qt = QTranslator(app)
    if qt.load(locale, "qtbase", "_", qt_folder):
        app.installTranslator(qt)


def translated(sentence: Sentence) -> str:
    """Return a sentence of the core in the window's language."""
    text = QCoreApplication.translate("core", sentence.text)
    if not sentence.values:
        return text
    values = {
        name: translated(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return text.format(**values)
