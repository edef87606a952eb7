"""Listening without a button, through a real PortAudio stream, whatever happens to the device."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.program import Program
from app.recognise.controller import State
from app.shell.settings import Forgetful, Settings
from core.labels import DIGITS
from core.sound.microphone import list_input_devices
from tests.helpers.sounds import noise, sample_clip
from tests.helpers.voices import deep_clip

pytestmark = pytest.mark.virtual_microphone

VOICES = (0.9, 0.95, 1.0, 1.05, 1.1, 1.15)  # lower to higher, of a man and of a woman


def spoken(*words):
    """Return digits said one after another, with a pause of about half a second."""
    samples = np.concatenate([sample_clip(word).samples for word in words])
    return samples + noise(samples.size / 8000, amplitude=0.0005)


@pytest.fixture
def window(qtbot, virtual_microphone):
    """The real window, listening to the virtual microphone."""
    list_input_devices(rescan=True)
    program = Program(settings=Settings(Forgetful()))
    program.window.show()
    program.window.start("default")
    controller = program.controller
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    qtbot.waitUntil(lambda: controller.model.current is not None, timeout=10_000)
    qtbot.keyClick(program.window, Qt.Key.Key_L)
    yield program.window
    program.window.close()


@pytest.fixture
def problems(window):
    problems = []
    window._controller.problem_changed.connect(problems.append)
    return problems


def transcript(window):
    return window.recognise.listening.text


def test_digits_that_are_played_in_stand_in_the_transcript(qtbot, window, virtual_microphone):
    virtual_microphone.play(spoken("four", "two", "one", "eight", "six", "four"))
    qtbot.waitUntil(lambda: transcript(window) == "4 2 1 8 6 4", timeout=15_000)
    assert window.recognise.takes.table.clips.rowCount() == 6


def test_a_minute_of_digits_of_several_voices_stands_in_the_transcript(
    qtbot, window, virtual_microphone
):
    said = [(word, factor) for word in DIGITS for factor in VOICES]
    said = [said[n] for n in np.random.default_rng(0).permutation(len(said))]
    minute = np.concatenate([deep_clip(word, factor).samples for word, factor in said])
    assert minute.size == 60 * 8000
    expected = " ".join(str(DIGITS.index(word)) for word, _ in said)
    virtual_microphone.play(minute)
    qtbot.waitUntil(lambda: len(transcript(window)) >= len(expected), timeout=90_000)
    qtbot.wait(1000)  # nothing is told twice
    assert transcript(window) == expected
    assert window.recognise.takes.table.clips.rowCount() == 60


def test_a_device_that_is_unloaded_is_said_and_listened_to_when_it_is_back(
    qtbot, window, problems, virtual_microphone
):
    virtual_microphone.play(spoken("four"))
    qtbot.waitUntil(lambda: transcript(window) == "4", timeout=10_000)
    virtual_microphone.unplug()
    qtbot.waitUntil(lambda: any(problems), timeout=15_000)
    assert window.recognise.record.word == "No sound"
    qtbot.wait(2500)  # a retry fails in between
    assert problems[-1]
    virtual_microphone.plug_in()
    qtbot.waitUntil(lambda: problems[-1] == "", timeout=20_000)
    qtbot.waitUntil(lambda: window._controller.state is State.READY, timeout=10_000)
    virtual_microphone.play(spoken("two"))
    qtbot.waitUntil(lambda: transcript(window) == "4 2", timeout=10_000)


def test_a_suspended_device_is_said_and_listened_to_when_it_goes_on(
    qtbot, window, problems, virtual_microphone
):
    virtual_microphone.control("suspend-sink", "virtual_mic", "1")
    qtbot.waitUntil(lambda: any("stopped delivering" in text for text in problems), timeout=10_000)
    virtual_microphone.control("suspend-sink", "virtual_mic", "0")
    qtbot.waitUntil(lambda: problems[-1] == "", timeout=20_000)
    virtual_microphone.play(spoken("two"))
    qtbot.waitUntil(lambda: transcript(window) == "2", timeout=10_000)


def test_a_muted_device_is_said_and_tells_no_digit(qtbot, window, problems, virtual_microphone):
    virtual_microphone.control("set-source-mute", "virtual_mic.monitor", "1")
    qtbot.waitUntil(lambda: any("only zeros" in text for text in problems), timeout=8000)
    virtual_microphone.play(spoken("four"))
    qtbot.wait(1500)
    assert transcript(window) == ""
    virtual_microphone.control("set-source-mute", "virtual_mic.monitor", "0")
    qtbot.waitUntil(lambda: problems[-1] == "", timeout=8000)
    virtual_microphone.play(spoken("one"))
    qtbot.waitUntil(lambda: transcript(window) == "1", timeout=10_000)
