"""The German window: complete, with the same places for what is filled in."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.shell.translation import LANGUAGES, TRANSLATIONS, install_translations, translated
from core.recognition.recogniser import Prediction
from core.sound.levels import SoundProblem

PLACE = re.compile(r"\{[^}]*\}")
TEXTS = sorted(TRANSLATIONS.glob("*.ts"))


@pytest.fixture
def app(qapp):
    """The application, in English again afterwards."""
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale("en"))


def messages(path):
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name"), message.findtext("source"), message.find("translation")


def test_every_language_but_english_has_its_texts_and_is_compiled():
    assert {path.stem for path in TEXTS} == {
        f"spoken-digits_{code}" for code in LANGUAGES if code != "en"
    }
    for path in TEXTS:
        assert path.with_suffix(".qm").stat().st_size > 1000


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_everything_is_translated_with_the_same_places(path):
    for context, source, translation in messages(path):
        assert translation.get("type") is None, (context, source)
        assert translation.text, (context, source)
        assert sorted(PLACE.findall(source)) == sorted(PLACE.findall(translation.text)), source
        assert source.count("\t") == translation.text.count("\t")
        assert ("&" in source.replace("&&", "")) == ("&" in translation.text), source


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_compiled_is_what_is_written(app, path):
    install_translations(app, path.stem.rpartition("_")[2])
    for context, source, translation in messages(path):
        assert QCoreApplication.translate(context, source) == translation.text


def test_the_window_speaks_german(qtbot, app, controller, settings):
    install_translations(app, "de")
    window = MainWindow(controller, settings)
    window.show()
    titles = [action.text() for action in window.menuBar().actions()]
    assert {"&Datei", "&Ansicht", "&Hilfe"} <= set(titles)
    assert window.tabs.tabText(0) == "Erkennen"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    window.training_tab()
    assert window.train_page.tab.pages.tabText(0) == "1  Daten"
    window.close()


def test_every_german_menu_says_its_letter_once(qtbot, app, controller, settings):
    install_translations(app, "de")
    window = MainWindow(controller, settings)
    for menu in [window.menuBar(), *(a.menu() for a in window.menuBar().actions())]:
        texts = [action.text() for action in menu.actions() if "&" in action.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters), texts
    window.close()


def test_what_is_wrong_with_a_sound_is_said_as_the_core_says_it(app):
    for problem in SoundProblem:
        assert translated(problem.sentence) == str(problem.sentence)
    sure = Prediction(("one", "two"), np.array([0.6, 0.4], np.float32), 0.5, 1.0)
    unsure = replace(sure, threshold=0.7)
    assert sure.sentence is None
    assert translated(unsure.sentence) == str(unsure.sentence)
    install_translations(app, "de")
    for problem in SoundProblem:
        assert translated(problem.sentence) != str(problem.sentence)
    assert "one" in translated(unsure.sentence) != str(unsure.sentence)


def test_english_and_unknown_languages_are_what_the_code_says(app):
    for language in ("en", "xx"):
        install_translations(app, language)
        assert QApplication.translate("Menus", "&File") == "&File"
