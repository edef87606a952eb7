"""The real thing: the real window, a real PortAudio stream, a sound that is really played."""

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.program import Program
from app.recognise.controller import State
from app.shell.settings import Forgetful, Settings
from core.sound.capture import Capture, Phase
from core.sound.clip import AudioClip
from core.sound.microphone import MicrophoneSource, list_input_devices
from tests.helpers.sounds import noise, sample_clip, tone

pytestmark = pytest.mark.virtual_microphone

LABEL = "four"


def listen(capture, seconds):
    """Poll a capture for a while; return what was heard."""
    heard = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        heard.append(capture.poll())
        if heard[-1].take is not None:
            break
        time.sleep(0.02)
    return heard


def test_a_played_clip_comes_back_through_portaudio(virtual_microphone):
    assert "default" in {device.name for device in list_input_devices(rescan=True)}
    capture = Capture(MicrophoneSource())
    capture.start()
    try:
        assert any(heard.phase is Phase.READY for heard in listen(capture, 4))
        clip = sample_clip(LABEL).samples
        capture.begin_take()
        virtual_microphone.play(clip)
        take = listen(capture, 6)[-1].take
    finally:
        capture.close()
    assert take is not None
    assert take.problem is None
    correlation = np.correlate(np.pad(take.clip.samples, 4000), clip, mode="valid").max()
    norm = np.linalg.norm(take.clip.samples) * np.linalg.norm(clip)
    assert correlation / norm > 0.97


@pytest.fixture
def program(qapp, virtual_microphone):
    list_input_devices(rescan=True)
    program = Program(settings=Settings(Forgetful()))
    program.window.show()
    program.window.start("default")
    yield program
    program.window.close()


def test_the_window_hears_a_word_and_shows_its_digit(qtbot, program, virtual_microphone):
    window, controller = program.window, program.controller
    takes = []
    controller.take_ready.connect(takes.append)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    virtual_microphone.play(sample_clip(LABEL).samples)
    qtbot.waitUntil(lambda: len(takes) == 1, timeout=10_000)
    assert takes[0].prediction.label == LABEL
    assert window.recognise.answer.text.startswith(LABEL)
    assert window.recognise.takes.table.clips.rowCount() == 1
    assert "Hz" in window._device_label.text()


def test_a_muted_input_is_said_and_forgotten_when_it_speaks_again(
    qtbot, program, virtual_microphone
):
    controller = program.controller
    problems = []
    controller.problem_changed.connect(problems.append)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    virtual_microphone.control("set-source-mute", "virtual_mic.monitor", "1")
    qtbot.waitUntil(lambda: any("only zeros" in text for text in problems), timeout=6000)
    virtual_microphone.control("set-source-mute", "virtual_mic.monitor", "0")
    qtbot.waitUntil(lambda: problems[-1] == "", timeout=6000)


def test_a_device_that_disappears_comes_back(qtbot, program, virtual_microphone):
    controller = program.controller
    problems = []
    controller.problem_changed.connect(problems.append)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    virtual_microphone.control("suspend-sink", "virtual_mic", "1")
    qtbot.waitUntil(lambda: any("stopped delivering" in text for text in problems), timeout=8000)
    virtual_microphone.control("suspend-sink", "virtual_mic", "0")
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=15_000)
    assert problems[-1] == ""


def test_a_device_that_is_unloaded_while_it_records_is_said_and_records_when_it_is_back(
    qtbot, program, virtual_microphone
):
    window, controller = program.window, program.controller
    problems, takes = [], []
    controller.problem_changed.connect(problems.append)
    controller.take_ready.connect(takes.append)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    controller.begin_take()
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    virtual_microphone.play(sample_clip(LABEL).samples)
    qtbot.waitUntil(lambda: controller.state is State.RECORDING, timeout=5000)
    virtual_microphone.unplug()
    qtbot.waitUntil(lambda: controller.state is State.CLOSED, timeout=15_000)
    assert window.recognise.record.word == "No sound"
    assert problems[-1].endswith(".")
    assert takes == []
    virtual_microphone.plug_in()
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=20_000)
    assert problems[-1] == ""
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    virtual_microphone.play(sample_clip(LABEL).samples)
    qtbot.waitUntil(lambda: len(takes) == 1, timeout=10_000)
    assert takes[0].prediction.label == LABEL


def test_a_loud_input_is_called_clipped_and_never_a_digit(qtbot, program, virtual_microphone):
    controller = program.controller
    takes = []
    controller.take_ready.connect(takes.append)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    controller.begin_take()
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    loud = np.clip(sample_clip(LABEL).samples * 50, -1, 1)
    virtual_microphone.play(np.concatenate([loud, noise(0.5)]))
    qtbot.waitUntil(lambda: len(takes) == 1, timeout=10_000)
    assert program.window.inputs.meter.clipped
    assert takes[0].prediction.label is None


def test_a_clip_plays_on_while_a_missing_device_is_looked_for(qtbot, program, virtual_microphone):
    import sounddevice

    controller = program.controller
    problems, started, failures = [], [], []
    controller.problem_changed.connect(problems.append)
    controller.failed.connect(failures.append)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    controller._retry.setInterval(50)
    controller.open_source("no such microphone")
    qtbot.waitUntil(lambda: any("no input device" in text for text in problems), timeout=10_000)
    controller.play(AudioClip(tone(seconds=20)), started.append)
    qtbot.waitUntil(lambda: bool(started), timeout=10_000)
    stream, looks = sounddevice.get_stream(), []
    controller.devices_listed.connect(looks.append)
    qtbot.waitUntil(lambda: len(looks) >= 5, timeout=10_000)
    assert stream.active
    controller.stop_playing()
    qtbot.waitUntil(lambda: stream.closed, timeout=10_000)
    controller.open_source("default")
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    controller.play(AudioClip(tone(seconds=0.2)), started.append)
    qtbot.waitUntil(lambda: len(started) == 2, timeout=10_000)
    assert failures == []
