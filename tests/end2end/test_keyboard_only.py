"""The three main jobs without a mouse: recognise, inspect, retrain."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QTabBar

from core.places import SAMPLES, user_models
from core.recognition.bundle import load_bundle
from tests.end2end.conftest import ROOM
from tests.helpers.sounds import noise, sample_clip, tone, write

ENOUGH_TABS = 120


def press(qtbot, *keys):
    """Press keys, or chords by their names, where the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if isinstance(key, Qt.Key):
            qtbot.keyClick(target, key)
        else:
            qtbot.keySequence(target, QKeySequence(key))


def reach(qtbot, widget):
    """Press Tab until the keyboard is in a widget."""
    for _ in range(ENOUGH_TABS):
        focus = QApplication.focusWidget()
        if focus is not None and (focus is widget or widget.isAncestorOf(focus)):
            return
        press(qtbot, Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not lead to {widget}")


def retype(qtbot, widget, text):
    """Replace what stands in a field."""
    reach(qtbot, widget)
    press(qtbot, "Ctrl+A")
    qtbot.keyClicks(QApplication.focusWidget(), text)


def speak(qtbot, window, source, label):
    before = window.recognise.takes.table.clips.rowCount()
    cues = source.cues
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: source.cues == cues + 1)
    source.feed(sample_clip(label).samples + noise(amplitude=ROOM, seed=2))
    source.feed(noise(1.0, amplitude=ROOM, seed=3))
    qtbot.waitUntil(lambda: window.recognise.takes.table.clips.rowCount() == before + 1)


def test_recognise(qtbot, monkeypatch, window, source):
    from core.sound import microphone

    played = []
    monkeypatch.setattr(microphone, "play", lambda clip: played.append(clip) or 0.0)
    for label in ("one", "four"):
        speak(qtbot, window, source, label)
        assert window.recognise.answer.text.startswith(label)
    press(qtbot, "P")
    qtbot.waitUntil(lambda: len(played) == 1)
    reach(qtbot, window.recognise.takes.table)
    press(qtbot, Qt.Key.Key_Down)
    assert window.recognise.answer.text.startswith("one")
    press(qtbot, "Ctrl+2", "Ctrl+1")
    speak(qtbot, window, source, "six")


def test_inspect(qtbot, window):
    window.open_files([SAMPLES / f"{label}.wav" for label in ("one", "four")])
    qtbot.waitUntil(lambda: window.recognise.takes.table.clips.rowCount() == 2)
    press(qtbot, "I")
    tab = window.inspection()
    controller, look = tab.controller, tab.look
    qtbot.waitUntil(lambda: controller.shown is not None)
    assert window.tabs.currentWidget() is window.inspect_page
    first = controller.shown
    press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: controller.shown is not None and controller.shown is not first)
    press(qtbot, "C", Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: controller.shown.item is first.item)
    assert controller.pinned is not None
    press(qtbot, "+")
    assert look.visible < 1
    press(qtbot, "Ctrl+Right", "Shift+Right", "Shift+Right")
    assert look.span is not None
    assert "amplitude" in tab.panes.tools.pointed_text
    press(qtbot, Qt.Key.Key_Escape, Qt.Key.Key_Home)
    assert look.span is None
    reach(qtbot, tab.side.findChild(QTabBar))
    press(qtbot, Qt.Key.Key_Right)
    panel = window.inspect_page.explanation.panel
    qtbot.waitUntil(lambda: "depends most on" in panel.text, timeout=10000)
    heat = tab.panes.main.plots.spectrogram.heat
    assert heat.shown
    reach(qtbot, panel.depends)
    press(qtbot, Qt.Key.Key_Space)
    assert not panel.depends.isChecked()
    assert not heat.shown


def test_retrain(qtbot, window, tmp_path):
    folder = tmp_path / "recordings"
    for number, label in enumerate(("one", "two")):
        for seed, speaker in enumerate("abcd"):
            path = folder / label / f"{speaker}_nohash_0.wav"
            write(path, tone(300 + 500 * number) + noise(seed=seed))
    press(qtbot, "Ctrl+3")
    train = window.training_tab()
    data, form = train.data, train.data.form
    reach(qtbot, data.folder)
    qtbot.keyClicks(data.folder, str(folder))
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(data.start.isEnabled, timeout=30000)
    retype(qtbot, data.name, "by hand")
    reach(qtbot, data.form.cards["quick"])
    press(qtbot, *[Qt.Key.Key_Right] * 3)
    assert data.form.chosen == "expert"
    reach(qtbot, form.architecture)
    press(qtbot, Qt.Key.Key_Home)
    for _ in range(form.architecture.findText("notebook-cnn")):  # the quickest
        press(qtbot, Qt.Key.Key_Down)
    retype(qtbot, form.epochs, "1")
    qtbot.waitUntil(data.start.isEnabled, timeout=30000)
    reach(qtbot, data.start)
    press(qtbot, Qt.Key.Key_Space)
    bundle = user_models() / "by hand"
    qtbot.waitUntil(lambda: bundle.is_dir(), timeout=120000)
    assert load_bundle(bundle).metadata.labels == ("one", "two")
    qtbot.waitUntil(lambda: train.pages.currentWidget() is train.results, timeout=30000)
    reach(qtbot, train.results.use)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "by hand" in window._model_label.text(), timeout=10000)
