"""No letter is claimed twice by what can be seen at once, in any language."""

import pytest
from PySide6.QtCore import QLocale, QTranslator

from app.main_window import MainWindow
from app.shell.help_dialogs import AboutDialog
from app.shell.translation import LANGUAGES, install_translations
from core.places import DEFAULT_MODEL
from tests.helpers.mnemonics import claimed_twice


@pytest.fixture(params=LANGUAGES)
def window(request, qapp, qtbot, controller, settings):
    """The window in a language, with everything on it made and shown that can be."""
    install_translations(qapp, request.param)
    window = MainWindow(controller, settings)
    window.resize(1280, 720)
    window.show()
    window.prepare()
    yield window
    window.close()
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale("en"))


def test_on_recognise(window):
    window.show_tab("recognise")
    window.recognise.set_problem("Gone.")  # offers a remedy
    assert claimed_twice(window) == []
    window.recognise.set_listening(True)
    assert claimed_twice(window) == []


def test_on_inspect(window):
    window.show_tab("inspect")
    tab = window.inspection()
    tab.tools.settings.setChecked(True)
    tab.tools.set_searching(True)
    for side in range(tab.side.count()):
        tab.side.setCurrentIndex(side)
        if side:
            panel = window.inspect_page.explanation.panel
            panel._pages.setCurrentIndex(1)
        assert claimed_twice(window) == []


def test_on_train(window):
    window.show_tab("train")
    tab = window.training_tab()
    tab.data.form.cards["expert"].click()
    tab.data._unfinished.show()
    for step in range(tab.steps.count()):
        tab.steps.setCurrentIndex(step)
        assert claimed_twice(window) == []
    tab.pages.setCurrentWidget(tab.results)
    tab.results.details.click()
    for decides in (False, True):
        tab.results.show_title("A verdict.", decides=decides)
        for inner in range(tab.results.pages.count()):
            tab.results.pages.setCurrentIndex(inner)
            assert claimed_twice(window) == []


def test_in_the_dialogs(qtbot, window):
    window.voice.collect.trigger()
    dialog = window.voice.collecting
    dialog.plan._unfinished_row.show()
    for page in range(dialog._pages.count()):
        dialog._pages.setCurrentIndex(page)
        assert claimed_twice(dialog) == []
    window.voice.adapt.trigger()
    dialog = window.voice.adapting
    for page in range(dialog._pages.count()):
        dialog._pages.setCurrentIndex(page)
        assert claimed_twice(dialog) == []
    about = AboutDialog(DEFAULT_MODEL, parent=window)
    about.show()
    assert claimed_twice(about) == []
    about.reject()
