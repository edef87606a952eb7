"""The menus with their keys, the sheet, and what the program says of itself."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu

from app.main_window import MainWindow
from app.shell.help_dialogs import AboutDialog, ShortcutSheet
from app.shell.licences import libraries
from app.shell.manual import ManualDialog
from core.evaluation.model_card import read_card
from core.places import DEFAULT_MODEL, user_cache, user_data
from core.recognition.bundle import CARD_FILE
from tests.helpers.accessibility import nameless
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import sample_clip, write


def leaves(menu):
    """Yield the actions of a menu and of the menus in it."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from leaves(inner)
        elif not action.isSeparator():
            yield action


@pytest.fixture
def actions(window):
    window.prepare()
    menus = [action.menu() for action in window.menuBar().actions()]
    return [action for menu in menus for action in leaves(menu)]


@pytest.fixture
def shown(monkeypatch):
    """The dialogs that were opened, each closed at once."""
    dialogs = []

    def close_at_once(dialog):
        dialogs.append(dialog)
        dialog.show()
        QTimer.singleShot(0, dialog.reject)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QDialog, "exec", close_at_once)
    return dialogs


def test_every_action_of_the_menus_has_a_key_and_no_two_the_same(window, actions):
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)
    chords = [key for key in keys if "," in key]
    assert not {chord.partition(",")[0] for chord in chords} & set(keys)
    for menu in [action.menu() for action in window.menuBar().actions()]:
        of_a_tab = [a.text().partition("\t")[2] for a in leaves(menu) if not a.shortcuts()]
        assert all(of_a_tab)
        assert len(set(of_a_tab)) == len(of_a_tab)


def test_every_action_of_the_window_is_in_a_menu(window, actions):
    keyed = [a for a in window.findChildren(QAction) if a.shortcuts() and a.text()]
    assert keyed
    named = {(action.text(), action.shortcut().toString()) for action in actions}
    for action in keyed:  # every list of clips has its own, with the texts and keys of the menu's
        assert action in actions or (action.text(), action.shortcut().toString()) in named, action


def test_every_menu_says_its_letter_once(window):
    for menu in [action.menu() for action in window.menuBar().actions()]:
        texts = [action.text() for action in menu.actions() if "&" in action.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters), texts


def test_the_manual_opens_by_f1(qtbot, window, shown):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert isinstance(shown[0], ManualDialog)


def test_the_sheet_lists_every_action_with_its_key(qtbot, window, actions, shown):
    qtbot.keySequence(window, QKeySequence("?"))
    assert isinstance(shown[0], ShortcutSheet)
    listed = [pair for _, pairs in window.menus.shortcut_list() for pair in pairs]
    assert {name for name, _ in listed} >= {
        a.text().partition("\t")[0].replace("&", "").rstrip("…")
        for a in window.menus.record_menu.actions()
        if not a.isSeparator() and not a.menu()
    }
    assert ("It was: seven", "7") in listed
    assert len(listed) > len(actions)  # and those of the crosshair
    assert ("Record", "Space") in listed
    assert ("Theme: Dark", "Ctrl+T, D") in listed
    assert ("Manual", "F1") in listed
    assert ("Shortcuts", "? or Shift+F1") in listed
    from PySide6.QtWidgets import QLabel

    texts = [label.text() for label in shown[0].findChildren(QLabel)]
    assert all(name in texts and key in texts for name, key in listed)
    assert nameless(shown[0]) == []


def test_tabs_are_chosen_by_their_number(qtbot, window):
    control = Qt.KeyboardModifier.ControlModifier
    last = window.tabs.count() - 1
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + last), control)
    assert window.tabs.currentIndex() == last
    qtbot.keyClick(window, Qt.Key.Key_1, control)
    assert window.tabs.currentIndex() == 0


def test_the_window_can_fill_the_screen(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_what_was_opened_last_is_listed_first_and_opens_again(
    qtbot, monkeypatch, window, controller, heard, settings, tmp_path
):
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=10000)
    assert not window.menus.recent.isEnabled()
    paths = [write(tmp_path / f"{n}.wav", sample_clip(n).samples) for n in ("one", "four")]
    for path in paths:
        names = ([str(path)], "")
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a, n=names, **k: n)
        window.menus.open.trigger()
    assert settings.recent == paths[::-1]
    assert settings.folder == str(tmp_path)
    window.menus.file.aboutToShow.emit()
    entries = window.menus.recent.actions()
    assert [entry.text() for entry in entries] == ["&1  four.wav", "&2  one.wav"]
    qtbot.waitUntil(lambda: len(heard.takes) == 2, timeout=10000)
    entries[1].trigger()
    qtbot.waitUntil(lambda: len(heard.takes) == 3, timeout=10000)
    assert heard.takes[2].name == "one.wav"
    assert settings.recent == paths


@pytest.mark.slow
def test_tab_splitters_theme_and_language_are_remembered(qtbot, window, controller, settings):
    window.training_tab()
    window.tabs.setCurrentIndex(window.tabs.count() - 1)
    splitter = window.recognise.splitter
    splitter.setSizes([400, 700])
    before = splitter.sizes()
    for action in leaves(window.menus.view):
        if action.data() in ("light", "de"):
            action.trigger()
    window.train_page.tab.data.folder.setText("/recordings")
    window.close()
    again = MainWindow(controller, settings)
    assert again.tabs.currentIndex() == again.tabs.count() - 1
    again.resize(window.size())
    assert again.recognise.splitter.saveState() == splitter.saveState()
    assert before[0] < before[1]
    ticked = [action for action in leaves(again.menus.view) if action.isChecked()]
    assert [action.data() for action in ticked] == ["light", "de"]
    assert again.training_tab().data.folder.text() == "/recordings"
    again.close()
    again.deleteLater()


def test_the_report_is_copied(qtbot, window):
    qtbot.keySequence(window, QKeySequence("Ctrl+Shift+R"))
    text = QApplication.clipboard().text()
    assert "Spoken Digits" in text
    assert "Qt 6" in text
    assert "numpy" in text


def test_about_shows_versions_model_licences_and_report(qtbot, monkeypatch):
    dialog = AboutDialog(DEFAULT_MODEL)
    qtbot.addWidget(dialog)
    dialog.show()
    assert DEFAULT_MODEL.name in dialog.card.toPlainText()
    assert "Spoken Digits" in dialog.report.toPlainText()
    qtbot.waitUntil(lambda: dialog.libraries.rowCount() > 10, timeout=10000)
    rows = range(dialog.libraries.rowCount())
    licences = {dialog.libraries.item(row, 0).text(): row for row in rows}
    assert "LGPL" in dialog.libraries.item(licences["PySide6_Essentials"], 2).text()
    assert {"Python", "libsndfile", "PortAudio", "Qt"} <= set(licences)
    where = dialog.traces.toPlainText()
    assert str(user_data()) in where
    assert str(user_cache()) in where
    assert "pip uninstall spoken-digits" in where
    dialog.copy.click()
    assert QApplication.clipboard().text() == dialog.report.toPlainText()
    assert nameless(dialog) == []
    dialog.reject()


def test_the_model_card_opens_by_its_key(qtbot, window, shown):
    qtbot.keySequence(window, QKeySequence("Ctrl+I"))
    assert isinstance(shown[0], AboutDialog)
    assert shown[0].pages.currentIndex() == 1
    qtbot.keySequence(window, QKeySequence("Ctrl+F1"))
    assert shown[1].pages.currentIndex() == 0
    for dialog in shown:
        qtbot.waitUntil(lambda dialog=dialog: not dialog.isVisible())


def test_a_card_in_the_bundle_is_shown_as_it_is(tmp_path):
    from core.errors import BundleError

    bundle = copy_bundle(tmp_path / "mine", threshold=0.5)
    assert "Answers from a confidence of:** 50 %" in read_card(bundle)
    (bundle / CARD_FILE).write_text("# Mine\n\nMade of **clay**.", encoding="utf-8")
    assert read_card(bundle) == "# Mine\n\nMade of **clay**."
    (bundle / CARD_FILE).write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(BundleError, match="too long"):
        read_card(bundle)
    with pytest.raises(BundleError, match="not a model bundle"):
        read_card(tmp_path)


def test_a_model_that_is_gone_does_not_keep_about_from_opening(qtbot, tmp_path):
    dialog = AboutDialog(tmp_path / "gone", "model")
    qtbot.addWidget(dialog)
    dialog.show()
    assert "not a model bundle" in dialog.card.toPlainText()
    dialog.reject()


def test_libraries_are_those_the_program_stands_on():
    found = {library.name.lower(): library for library in libraries()}
    assert {"numpy", "pyqtgraph", "soxr", "shiboken6"} <= set(found)
    assert not {"pytest", "ruff", "spoken-digits"} & set(found)
    assert all(library.version and library.licence for library in found.values())


def test_every_control_of_the_window_has_a_name_or_text(window):
    window.prepare()
    assert nameless(window) == []
