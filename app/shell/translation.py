"""The language of the window: its texts, and how it writes numbers, shares and durations."""

from __future__ import annotations

from numbers import Real
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.labels import BACKGROUND_NOISE, SILENCE, UNKNOWN
from core.sentences import Sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from core.recognition.recogniser import Prediction

TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"
SYSTEM, ENGLISH = "", "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""Each in its own words, as a person looks for it."""

_CERTAIN = 0.75  # the confidence from which an answer is no guess, wherever the slider stands


def install_translations(app: QApplication, language: str = SYSTEM) -> None:
    """Let the program and Qt's own dialogs speak a language, and write numbers as it does.

    Parameters
    ----------
    app : QApplication
    language : str
        One of `LANGUAGES`, or empty for the system's; English where there is no translation.
    """
    locale = QLocale(language) if language else QLocale.system()
    own = QTranslator(app)
    if locale.language() == QLocale.Language.English or not own.load(
        locale, "spoken-digits", "_", str(TRANSLATIONS)
    ):
        QLocale.setDefault(QLocale(ENGLISH))
        return  # what is written in the code
    QLocale.setDefault(locale)
    app.installTranslator(own)
    qt = QTranslator(app)
    if qt.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qt)


def translated(sentence: Sentence) -> str:
    """Return a sentence of the core in the window's language."""
    text = QCoreApplication.translate("core", sentence.text)
    return fill(text, **sentence.values) if sentence.values else text


def fill(text: str, /, *values: object, **named: object) -> str:
    """Put values into a text, as `str.format` does, with numbers as the language writes them."""
    return _FORMATTER.vformat(text, values, named)


def counted(n: int, one: str, many: str, /, **named: object) -> str:
    """Put a number of things into one of two texts, as ``n``."""
    return fill(one if n == 1 else many, n=n, **named)


def percent(share: float, digits: int = 0) -> str:
    """Write a share in 0-1."""
    return fill(f"{{0:.{digits}%}}", share)


def duration(seconds: float) -> str:
    """Write how long something takes or is, to the second, or to the minute if it is long."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    return f"{seconds} s"


def label_text(label: str) -> str:
    """Return what a label is called; those of what is no digit have names of their own."""
    if label in (SILENCE, BACKGROUND_NOISE):
        return QCoreApplication.translate("words", "no word")
    return QCoreApplication.translate("words", "other word") if label == UNKNOWN else label


def answer_text(prediction: Prediction | None) -> str:
    """Return the answer in a word or two, as sure as it is; a dash where there is none."""
    if prediction is None or prediction.problem is not None:
        return "\N{EN DASH}"
    best = label_text(prediction.best)
    is_guess = prediction.best not in (SILENCE, UNKNOWN) and not is_certain(prediction)
    return f"{best}?" if is_guess else best


def is_certain(prediction: Prediction) -> bool:
    """Tell whether an answer may look like one, and not like a guess."""
    return prediction.label is not None and prediction.confidence >= _CERTAIN


class _Formatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Sentence):
            return translated(value)
        text: str = format(value, format_spec)
        if not isinstance(value, Real):
            return text
        locale = QLocale()
        if locale.language() == QLocale.Language.C:
            locale = QLocale(ENGLISH)
        signs = {",": locale.groupSeparator(), ".": locale.decimalPoint(), "%": " %"}
        return "".join(signs.get(sign, sign) for sign in text)


_FORMATTER = _Formatter()
