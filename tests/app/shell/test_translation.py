"""The German window: complete, with the same places for what is filled in."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.shell.translation import (
    LANGUAGES,
    TRANSLATIONS,
    counted,
    duration,
    fill,
    install_translations,
    percent,
    translated,
)
from core.recognition.recogniser import Prediction
from core.sentences import say
from core.sound.levels import SoundProblem

PLACE = re.compile(r"\{[^}]*\}")
TEXTS = sorted(TRANSLATIONS.glob("*.ts"))


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
    assert window.train_page.tab.data.form.cards["quick"].told.startswith("Schnell")
    window.close()


def test_every_german_menu_says_its_letter_once(qtbot, app, controller, settings):
    install_translations(app, "de")
    window = MainWindow(controller, settings)
    for menu in [window.menuBar(), *(a.menu() for a in window.menuBar().actions())]:
        texts = [action.text() for action in menu.actions() if "&" in action.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters), texts
    window.close()


def test_the_german_window_is_no_wider_than_the_english(qtbot, app, controller, settings):
    install_translations(app, "de")
    window = MainWindow(controller, settings)
    window.show()
    window.prepare()
    tab = window.inspection()
    tab.tools.set_searching(True)
    for index in range(3):
        window.tabs.setCurrentIndex(index)
        QApplication.processEvents()
        assert window.minimumSizeHint().width() <= 860, index
    texts = [action.text() for action in tab.keys.actions if "&" in action.text()]
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


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["95 %", "33.3 %", "3,000", "1.2 ms", "1 clip", "3,000 clips", "-12.5"]),
        ("de", ["95 %", "33,3 %", "3.000", "1,2 ms", "1 clip", "3.000 clips", "-12,5"]),
    ],
)
def test_numbers_are_written_as_the_language_does(app, language, written):
    install_translations(app, language)
    assert [
        percent(0.95),
        percent(1 / 3, 1),
        fill("{0:,}", 3000),
        fill("{milliseconds:.1f} ms", milliseconds=np.float32(1.24)),
        counted(1, "{n:,} clip", "{n:,} clips"),
        counted(3000, "{n:,} clip", "{n:,} clips"),
        fill("{0:.1f}", -12.5),
    ] == written


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (18.4, "18 s"), (60, "1 min"), (75, "1 min 15 s"), (7500, "2 h 5 min")],
)
def test_durations_are_never_nought_minutes(seconds, text):
    assert duration(seconds) == text


def test_numbers_in_a_sentence_of_the_core_are_the_languages(app):
    sentence = say("{n:,} of {part}", n=3000, part=say("{share:.1%}", share=1 / 3))
    assert translated(sentence) == "3,000 of 33.3 %"
    install_translations(app, "de")
    assert translated(sentence) == "3.000 of 33,3 %"
