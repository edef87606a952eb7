"""What is asked before the window closes, and when nothing is."""

import signal
from datetime import datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.library.clips import Clip, Origin
from app.program import Program
from app.shell import diagnostics, dialogs
from app.shell.settings import Forgetful, Settings
from app.train.controller import RunState
from app.voice.adapt_controller import AdaptationState
from tests.helpers.sounds import sample_clip


@pytest.fixture
def asked(monkeypatch):
    """The sentences that were asked; the answer is that of the last element of `answers`."""
    sentences = []

    def answer(box):
        sentences.append(f"{box.text()}\n{box.informativeText()}")
        return answer.button

    answer.button = QMessageBox.StandardButton.Cancel
    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr("app.recognise.quitting.ask_to_quit", dialogs.ask_to_quit)
    yield sentences, answer
    answer.button = QMessageBox.StandardButton.Discard


def take(label="four", origin=Origin.SPOKEN):
    clip = sample_clip(label)
    return Clip("Demo", sound=clip, time=datetime.now(), origin=origin)


def test_where_nothing_is_lost_nothing_is_asked(window, asked):
    window.recognise_page.add_take(take(origin=Origin.OPENED))
    window.recognise_page.add_take(take(origin=Origin.PLAYED))
    assert window.close()
    assert asked[0] == []


def test_takes_in_memory_are_asked_about_and_cancelling_keeps_the_window(window, asked):
    sentences, answer = asked
    for _ in range(2):
        window.recognise_page.add_take(take())
    assert not window.close()
    assert window.isVisible()
    assert sentences[0].splitlines()[0] == "2 takes were not saved. What is to become of them?"
    answer.button = QMessageBox.StandardButton.Discard
    assert window.close()


def test_what_was_saved_is_not_lost(qtbot, monkeypatch, window, asked, settings, tmp_path):
    settings.speaker = "me"
    for _ in range(2):
        window.recognise_page.add_take(take())
    window.recognise_page.actions.give([window.recognise.takes.table.current()], "four")
    window.recognise.takes.table.selectRow(1)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "a.wav"), "")
    )
    with qtbot.waitSignal(window.exports.sound_saved, timeout=3000):
        window.exports.sound.trigger()
    qtbot.waitUntil(lambda: not window.recognise_page.unsaved, timeout=3000)
    assert window.close()
    assert asked[0] == []


def test_one_sentence_says_all_that_would_be_lost(monkeypatch, window, asked):
    sentences, answer = asked
    window.training_tab()
    monkeypatch.setattr(window.train_page.controller, "state", RunState.RUNNING)
    window.voice._open_adapting()
    window.voice._adaptation.state = AdaptationState.DECIDING
    window.recognise_page.add_take(take())
    assert not window.close()
    (sentence,) = sentences
    assert sentence.splitlines()[0] == "1 take was not saved. What is to become of it?"
    assert (
        "If you quit now, you also lose a training that has not finished its first epoch, an "
        "adaptation under way." in sentence
    )
    answer.button = QMessageBox.StandardButton.Discard


def test_a_training_that_has_an_epoch_can_go_on_and_is_not_asked_about(window, asked, monkeypatch):
    window.training_tab()
    controller = window.train_page.controller
    monkeypatch.setattr(controller, "state", RunState.RUNNING)
    assert controller.loses_all
    controller._epochs = 1
    assert not controller.loses_all
    assert window.train_page.losses() == {}


def test_what_need_not_be_asked_again_is_remembered_and_nothing_else(
    monkeypatch, window, settings, asked
):
    def tick(box):
        box.checkBox().setChecked(True)
        return QMessageBox.StandardButton.Discard

    monkeypatch.setattr(QMessageBox, "exec", tick)
    losses = {"teaching": "a model"}
    assert dialogs.ask_to_quit(window, settings, losses)
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Cancel)
    assert dialogs.ask_to_quit(window, settings, losses)
    assert not dialogs.ask_to_quit(window, settings, losses | {"training": "a training"})


def test_a_signal_closes_whatever_dialog_is_open(qtbot, window, asked):
    window.recognise_page.add_take(take())
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    QTimer.singleShot(0, window.close_at_once)
    box.open()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=3000)
    assert asked[0] == []


def test_a_signal_ends_the_program_although_something_is_lost(qapp, monkeypatch, asked):
    monkeypatch.setattr(diagnostics, "start_log", lambda: None)
    monkeypatch.setattr(diagnostics.ErrorReporter, "install", lambda _: None)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    program = Program(source="demo", settings=Settings(Forgetful()))
    program.window.recognise_page.add_take(take())
    QTimer.singleShot(100, lambda: signal.raise_signal(signal.SIGTERM))
    try:
        assert program.run() == 0
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert not program.window.isVisible()
    assert asked[0] == []
