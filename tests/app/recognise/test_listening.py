import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from app.recognise.controller import State
from app.recognise.listening import ListeningController
from app.widgets.scrolling_sound import SECONDS, ScrollingSound
from core.places import DEFAULT_MODEL
from core.sound.picture import MelStream
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import noise, sample_clip, tone

ROOM = 0.0005


def say(source, *words, **faults):
    """Let somebody say digits, a second apart, into the fake microphone."""
    for word in words:
        source.feed(sample_clip(word).samples + noise(1.0, amplitude=ROOM, seed=2), **faults)
    source.feed(noise(0.4, amplitude=ROOM, seed=3))


class Kept:
    """Keeps what a listening controller tells."""

    def __init__(self, listening):
        self.followed, self.takes, self.failures = [], [], []
        listening.followed.connect(self.followed.append)
        listening.take_ready.connect(self.takes.append)
        listening.failed.connect(self.failures.append)

    @property
    def labels(self):
        return [event.label for followed in self.followed for event in followed.events]

    @property
    def samples(self):
        return sum(followed.samples.size for followed in self.followed)


@pytest.fixture
def listening(ready):
    listening = ListeningController(ready)
    yield listening
    listening.close()


@pytest.fixture
def told(listening):
    return Kept(listening)


def test_digits_are_told_in_order_and_become_takes(qtbot, listening, told, fake_source):
    listening.set_on(True)
    say(fake_source, "four", "two", "one")
    qtbot.waitUntil(lambda: len(told.takes) == 3, timeout=5000)
    assert told.labels == ["four", "two", "one"]
    assert [take.prediction.label for take in told.takes] == told.labels
    assert told.takes[0].clip.samples.shape == (8000,)
    assert told.takes[0].source == "Fake microphone"
    assert told.takes[0].spectrogram.decibels.shape == (96, 251)


def test_all_the_sound_is_followed_however_much_comes_at_once(qtbot, listening, told, fake_source):
    listening.set_on(True)
    for _ in range(5):
        fake_source.feed(noise(2.0, amplitude=ROOM))
    fake_source.feed(noise(0.5, amplitude=ROOM))
    qtbot.waitUntil(lambda: told.samples == 84000, timeout=5000)
    columns = sum(followed.columns.shape[1] for followed in told.followed)
    assert columns == 84000 // 80
    assert told.followed[-1].seconds == pytest.approx(10.5, abs=0.02)


def test_nothing_is_followed_while_it_is_off(qtbot, listening, told, fake_source, heard):
    say(fake_source, "four")
    qtbot.waitUntil(lambda: bool(heard.levels), timeout=3000)
    listening.set_on(True)
    listening.set_on(False)
    say(fake_source, "two")
    qtbot.wait(150)
    assert told.labels == []
    assert listening.on is False


def test_a_source_that_vanishes_is_listened_to_again_when_it_comes_back(
    qtbot, ready, listening, told, heard, fake_source
):
    ready._retry.setInterval(50)
    listening.set_on(True)
    say(fake_source, "four")
    qtbot.waitUntil(lambda: told.labels == ["four"], timeout=5000)
    fake_source.vanish()
    qtbot.waitUntil(lambda: ready.state is State.CLOSED, timeout=3000)
    assert "stopped delivering" in heard.problems[-1]
    assert listening.on
    fake_source._gone = False
    fake_source.feed(noise(0.5, amplitude=ROOM))
    say(fake_source, "two")
    qtbot.waitUntil(lambda: told.labels == ["four", "two"], timeout=5000)
    assert heard.problems[-1] == ""


def test_another_model_is_used_at_once(qtbot, ready, listening, told, heard, tmp_path, fake_source):
    listening.set_on(True)
    ready.model.use(copy_bundle(tmp_path / "careful", threshold=1.0))
    qtbot.waitUntil(lambda: len(heard.models) == 2, timeout=3000)
    say(fake_source, "four", "two")
    qtbot.waitUntil(lambda: told.samples >= 19000, timeout=3000)
    assert told.labels == []


def test_listening_before_there_is_a_model_begins_when_there_is_one(
    qtbot, controller, fake_source, heard
):
    listening = ListeningController(controller)
    told = Kept(listening)
    listening.set_on(True)
    controller.open_source("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    controller.model.use(DEFAULT_MODEL)
    qtbot.waitUntil(lambda: bool(heard.models), timeout=3000)
    say(fake_source, "four")
    qtbot.waitUntil(lambda: told.labels == ["four"], timeout=5000)
    listening.close()


def test_a_model_that_is_gone_ends_listening_with_a_sentence(
    qtbot, ready, listening, told, heard, tmp_path
):
    model = copy_bundle(tmp_path / "here")
    ready.model.use(model)
    qtbot.waitUntil(lambda: len(heard.models) == 2, timeout=3000)
    model.rename(tmp_path / "elsewhere")
    listening.set_on(True)
    qtbot.waitUntil(lambda: len(told.failures) == 1, timeout=3000)
    assert "here" in told.failures[0]
    assert listening.on is False


@pytest.mark.slow
def test_the_demo_speaks_on_and_on(qtbot, ready, listening, told):
    ready.open_source("demo")
    listening.set_on(True)
    qtbot.waitUntil(lambda: len(told.labels) >= 2, timeout=15000)


# --- in the window ---------------------------------------------------------------------


@pytest.fixture
def live(qtbot, window, fake_source, controller):
    window.start("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=5000)
    qtbot.waitUntil(lambda: controller.model.current is not None, timeout=5000)
    return window


def test_a_key_begins_and_ends_listening(qtbot, live, fake_source):
    tab = live.recognise
    qtbot.keyClick(live, Qt.Key.Key_L)
    assert tab.listen.isChecked()
    assert "Stop" in tab.listen.text()
    assert tab.record.word == "Listening"
    assert tab.listening.isVisible()
    assert not tab.sound.isVisible()
    say(fake_source, "four", "two")
    qtbot.waitUntil(lambda: tab.listening.text == "4 2", timeout=5000)
    qtbot.waitUntil(lambda: tab.takes.takes.rowCount() == 2, timeout=3000)
    assert tab.listening.sound.words == ["4", "2"]
    assert tab.answer.text.startswith("two")
    qtbot.keyClick(live, Qt.Key.Key_L)
    assert not tab.listen.isChecked()
    assert tab.sound.isVisible()
    assert tab.record.word == "Ready"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_escape_and_space_end_listening(qtbot, live, controller, key):
    qtbot.mouseClick(live.recognise.listen, Qt.MouseButton.LeftButton)
    assert live.recognise.listen.isChecked()
    qtbot.keyClick(live, key)
    assert not live.recognise.listen.isChecked()
    assert (controller._capture._wanted) is (key == Qt.Key.Key_Space)


def test_the_transcript_is_copied_and_cleared(qtbot, live, fake_source):
    view = live.recognise.listening
    assert not view.copy.isEnabled()
    qtbot.keyClick(live, Qt.Key.Key_L)
    say(fake_source, "four", "two", "one")
    qtbot.waitUntil(lambda: view.text == "4 2 1", timeout=5000)
    view.copy.click()
    assert QApplication.clipboard().text() == "4 2 1"
    assert view.copy.text() == "Copied"
    view.clear.click()
    assert view.text == ""
    assert not view.clear.isEnabled()
    assert live.recognise.takes.takes.rowCount() == 3


def test_a_lost_source_is_said_while_listening_goes_on(qtbot, live, controller, fake_source):
    controller._retry.setInterval(50)
    qtbot.keyClick(live, Qt.Key.Key_L)
    fake_source.vanish()
    qtbot.waitUntil(lambda: controller.state is State.CLOSED, timeout=3000)
    assert "stopped delivering" in live.recognise.record.hint
    assert live.recognise.listen.isChecked()
    fake_source._gone = False
    fake_source.feed(noise(0.5, amplitude=ROOM))
    qtbot.waitUntil(lambda: live.recognise.record.word == "Listening", timeout=3000)


def test_lost_sound_is_said(qtbot, live, fake_source):
    qtbot.keyClick(live, Qt.Key.Key_L)
    say(fake_source, "four", overflowed=True)
    qtbot.waitUntil(lambda: "was lost" in live.statusBar().currentMessage(), timeout=3000)


def test_the_window_closes_while_it_listens(qtbot, live, fake_source):
    qtbot.keyClick(live, Qt.Key.Key_L)
    say(fake_source, "four")
    live.close()
    assert not live.isVisible()


def test_devices_are_looked_for_again_when_asked(qtbot, live, made_sources, fake_source):
    box = live.inputs.source
    index = box.findText("Look for devices again")
    box.setCurrentIndex(index)
    box.activated.emit(index)
    qtbot.waitUntil(lambda: ("default", True) in made_sources, timeout=3000)
    assert box.currentData() == "default"


# --- the scrolling picture -------------------------------------------------------------


@pytest.fixture
def scrolling(qtbot):
    widget = ScrollingSound()
    qtbot.addWidget(widget)
    widget.set_look(QPalette(), widget.font())
    return widget


def test_the_picture_moves_with_the_sound_and_forgets_what_is_older(scrolling):
    columns = MelStream()
    for second in range(1, 13):
        sound = tone(1000, 1.0) if second == 6 else noise(1.0, amplitude=ROOM)
        scrolling.add(sound, columns.add(sound), float(second))
        if second == 6:
            scrolling.mark(5.1, 5.9, "7")
            assert scrolling.words == ["7"]
    envelope = np.abs(scrolling._envelope).max(axis=1)
    assert np.flatnonzero(envelope > 0.1).tolist() == list(range(100, 200))
    assert scrolling._decibels.shape == (48, 100 * SECONDS)
    loud = np.flatnonzero(scrolling._decibels.max(axis=0) > 0)
    assert (loud[0], loud[-1]) == (pytest.approx(100, abs=4), pytest.approx(200, abs=4))
    assert scrolling.words == ["7"]
    sound = noise(3.0, amplitude=ROOM)
    scrolling.add(sound, columns.add(sound), 15.0)
    assert scrolling.words == []


def test_the_picture_begins_anew(scrolling):
    sound = tone(1000, 1.0)
    scrolling.add(sound, MelStream().add(sound), 1.0)
    scrolling.mark(0.2, 0.5, "1")
    scrolling.clear_sound()
    assert scrolling.words == []
    assert not scrolling._envelope.any()


def test_a_low_picture_ticks_only_what_there_is_room_for(scrolling):
    line = scrolling.fontMetrics().height()
    heard = []
    for lines in (30, 8):
        scrolling.resize(600, lines * line)
        scrolling.grab()
        axis = scrolling._picture.getAxis("left")
        heard.append((axis.label.isVisible(), [text for _, text in axis._tickLevels[0]]))
    assert heard == [(True, ["500", "1000", "2000", "4000"]), (False, ["500", "2000"])]
