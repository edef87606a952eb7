import time

import numpy as np
import pytest

from app.library.clips import picture_of
from app.recognise import controller as controller_module
from app.recognise.controller import State
from core.places import DEFAULT_MODEL
from core.sound.levels import SoundProblem
from tests.helpers.bundles import copy_bundle
from tests.helpers.odd_sounds import chunk, wav, wav_format
from tests.helpers.sounds import noise, sample_clip, tone, write

ROOM = 0.0005


def say(qtbot, controller, source, label="four"):
    """Let somebody say a digit into the fake microphone."""
    source.on_cue = sample_clip(label).samples + noise(amplitude=ROOM, seed=2)
    controller.begin_take()
    qtbot.waitUntil(lambda: source.cues > 0, timeout=3000)
    source.on_cue = None
    source.feed(noise(1.0, amplitude=ROOM, seed=3))


def test_a_spoken_digit_goes_all_the_way(qtbot, ready, heard, fake_source):
    say(qtbot, ready, fake_source)
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    take = heard.takes[0]
    assert take.prediction.label == "four"
    assert take.sound.samples.shape == (8000,)
    assert picture_of(take.sound).decibels.shape == (96, 251)
    assert take.name == "Fake microphone"
    assert heard.levels
    assert ready.state is State.READY
    assert State.THINKING in heard.states


def test_the_states_of_a_slow_take_come_in_order(qtbot, ready, heard, fake_source):
    heard.states.clear()
    ready.begin_take()
    for part in (noise(0.1, amplitude=ROOM), tone(300, 0.4), noise(0.2, amplitude=ROOM)):
        fake_source.feed(part)
        qtbot.wait(80)
    assert ready.state is State.RECORDING
    fake_source.feed(noise(0.5, amplitude=ROOM))
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    expected = [State.SPEAK_NOW, State.RECORDING, State.THINKING, State.READY]
    assert [state for state in heard.states if state in expected] == expected
    sizes = [samples.size for samples in heard.running]
    assert max(sizes) > 4000


def test_a_take_asked_for_before_the_device_is_open_is_made(qtbot, controller, heard, fake_source):
    controller.model.use(DEFAULT_MODEL)
    controller.open_source("default")
    controller.begin_take()
    fake_source.on_cue = sample_clip("four").samples
    fake_source.feed(noise(0.3, amplitude=ROOM))
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert heard.takes[0].prediction is not None


def test_escape_drops_the_take(qtbot, ready, heard, fake_source):
    ready.begin_take()
    qtbot.waitUntil(lambda: ready.state is State.SPEAK_NOW, timeout=3000)
    ready.cancel_take()
    fake_source.feed(sample_clip("four").samples)
    qtbot.waitUntil(lambda: ready.state is State.READY, timeout=3000)
    qtbot.wait(150)
    assert heard.takes == []


@pytest.mark.parametrize(
    ("sound", "problem"),
    [
        (noise(3, amplitude=0.0002), SoundProblem.TOO_QUIET),
        (noise(1, amplitude=0) * 0, SoundProblem.ALL_ZEROS),
        ((tone(300, 3, amplitude=9)).clip(-1, 1), SoundProblem.CLIPPED),
        (noise(3, amplitude=ROOM * 30, seed=9), SoundProblem.NOTHING_HEARD),
    ],
)
def test_a_bad_take_is_shown_with_its_sentence_and_no_digit(
    qtbot, ready, heard, fake_source, sound, problem
):
    fake_source.feed(sound)
    qtbot.wait(80)
    ready.begin_take()
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    for _ in range(3):
        fake_source.feed(sound)
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    prediction = heard.takes[0].prediction
    assert prediction.problem is problem
    assert prediction.label is None


def test_an_overflow_is_said_and_nothing_is_classified(qtbot, ready, heard, fake_source):
    ready.begin_take()
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    fake_source.feed(noise(0.2, amplitude=ROOM))
    fake_source.feed(tone(300, 0.4), overflowed=True)
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert heard.takes[0].prediction.problem is SoundProblem.OVERFLOWED


def test_zeros_are_said_while_listening_and_the_sentence_goes_when_sound_comes(
    qtbot, ready, heard, fake_source
):
    fake_source.feed(noise(1, amplitude=0) * 0)
    fake_source.feed(noise(1, amplitude=0) * 0)
    qtbot.waitUntil(
        lambda: heard.problems[-1:] == [str(SoundProblem.ALL_ZEROS.sentence)], timeout=3000
    )
    fake_source.feed(noise(0.1, amplitude=ROOM))
    qtbot.waitUntil(lambda: heard.problems[-1:] == [""], timeout=3000)


def test_a_device_that_vanishes_is_said_and_comes_back_by_itself(
    qtbot, monkeypatch, ready, heard, fake_source, made_sources
):
    ready._retry.setInterval(50)
    ready.begin_take()
    qtbot.waitUntil(lambda: ready.state is State.SPEAK_NOW, timeout=3000)
    fake_source.vanish()
    qtbot.waitUntil(lambda: ready.state is State.CLOSED, timeout=3000)
    assert "stopped delivering" in heard.problems[-1]
    assert heard.takes == []
    fake_source._gone = False
    fake_source.feed(noise(0.2, amplitude=ROOM))
    qtbot.waitUntil(lambda: ready.state is State.READY, timeout=3000)
    assert heard.problems[-1] == ""
    assert made_sources[0] == ("default", False)
    assert ("default", True) in made_sources


def test_a_device_that_cannot_be_opened_is_tried_again(qtbot, controller, heard, fake_source):
    controller._retry.setInterval(30)
    fake_source.refuses = "“Fake microphone” cannot be opened."
    controller.open_source("default")
    qtbot.waitUntil(lambda: heard.problems == [fake_source.refuses], timeout=3000)
    fake_source.refuses = None
    fake_source.feed(noise(0.2, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)


def test_a_file_that_is_no_source_is_said_once(qtbot, controller, heard, made_sources, tmp_path):
    controller._retry.setInterval(20)
    (tmp_path / "a.wav").write_text("no sound")
    controller.open_source(str(tmp_path / "a.wav"))
    qtbot.waitUntil(lambda: "cannot be read" in "".join(heard.problems), timeout=3000)
    qtbot.wait(100)
    assert len(made_sources) == 1


@pytest.mark.slow
def test_the_source_before_is_closed_when_another_is_opened(qtbot, ready, fake_source, heard):
    ready.open_source("demo")
    qtbot.waitUntil(lambda: ready.state is State.READY, timeout=3000)
    assert fake_source.stopped >= 1
    ready.begin_take()
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=6000)
    assert heard.takes[0].name == "Demo"


def test_switching_sources_quickly_ends_with_the_last_one(qtbot, controller, fake_source):
    for name in ("demo", "default", "demo", "default"):
        controller.open_source(name)
    fake_source.feed(noise(0.2, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    assert controller._capture.source is fake_source


def test_files_are_recognised_one_after_another(qtbot, ready, heard, tmp_path):
    write(tmp_path / "four.wav", sample_clip("four").samples)
    write(tmp_path / "short.wav", sample_clip("six").samples[2000:6000])
    (tmp_path / "bad.wav").write_text("no sound")
    for name in ("four.wav", "bad.wav", "short.wav", "gone.wav"):
        ready.recognise_file(tmp_path / name)
    qtbot.waitUntil(lambda: len(heard.takes) == 2 and len(heard.failures) == 2, timeout=3000)
    assert [take.name for take in heard.takes] == ["four.wav", "short.wav"]
    assert heard.takes[0].prediction.label == "four"
    assert heard.takes[0].note == ""
    assert "silence was added" in heard.takes[1].note
    assert "bad.wav" in heard.failures[0]
    assert ready.state is State.READY


def test_five_digits_in_a_file_are_five_takes(qtbot, ready, heard, tmp_path):
    words = ("four", "two", "nine", "one", "six")
    parts = [part for w in words for part in (noise(0.6, amplitude=ROOM), sample_clip(w).samples)]
    ready.recognise_file(write(tmp_path / "five.wav", np.concatenate(parts)))
    qtbot.waitUntil(lambda: len(heard.takes) == 5, timeout=8000)
    assert [take.prediction.label for take in heard.takes] == list(words)
    assert {take.name for take in heard.takes} == {"five.wav"}
    assert heard.takes[1].note.startswith("a word of the file, from 2.")
    assert all(take.sound.from_file for take in heard.takes)


def test_a_file_can_be_looked_at_without_any_model(qtbot, controller, heard, tmp_path):
    controller.recognise_file(write(tmp_path / "four.wav", sample_clip("four").samples))
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert heard.takes[0].prediction is None
    assert controller.state is State.CLOSED


def test_another_model_answers_for_the_take_that_is_shown(
    qtbot, ready, heard, fake_source, tmp_path
):
    say(qtbot, ready, fake_source)
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert heard.takes[0].prediction.label == "four"
    ready.model.use(copy_bundle(tmp_path / "careful", threshold=1.0))
    ready.ask_again(heard.takes)
    qtbot.waitUntil(lambda: len(heard.updates) == 1, timeout=3000)
    assert heard.updates[0].prediction.label is None
    assert heard.updates[0] is heard.takes[0]


def test_a_broken_model_never_replaces_a_working_one(qtbot, ready, heard, fake_source, tmp_path):
    broken = copy_bundle(tmp_path / "broken")
    (broken / "model.tflite").write_bytes(b"broken")
    ready.model.use(broken)
    qtbot.waitUntil(lambda: len(heard.model_failures) == 1, timeout=3000)
    assert "broken" in heard.model_failures[0]
    say(qtbot, ready, fake_source)
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert heard.takes[0].prediction.label == "four"


def test_a_clip_that_cannot_be_played_is_said(qtbot, monkeypatch, ready, heard):
    from core.errors import AudioDeviceError
    from core.sound import microphone

    def fail(_clip):
        raise AudioDeviceError("The sound cannot be played.")

    monkeypatch.setattr(microphone, "play", fail)
    ready.play(sample_clip("four"))
    qtbot.waitUntil(lambda: heard.failures == ["The sound cannot be played."], timeout=3000)


def test_without_devices_the_list_is_empty(qtbot, monkeypatch, controller):
    from core.errors import AudioDeviceError

    def fail():
        raise AudioDeviceError("no PortAudio")

    monkeypatch.setattr(controller_module, "list_input_devices", fail)
    with qtbot.waitSignal(controller.devices_listed, timeout=3000) as signal:
        controller.list_devices()
    assert signal.args == [[]]


def test_closing_does_not_wait_for_a_long_file(qtbot, ready, tmp_path):
    path = tmp_path / "hours.wav"
    path.write_bytes(wav(wav_format(48000, 2), chunk(b"data", b""))[:-4] + b"\xf0\xff\xff\xff")
    with path.open("r+b") as file:
        file.truncate(2**32)  # six hours, that need no room on the disk
    ready.recognise_file(path)
    qtbot.wait(100)
    assert ready.state is State.THINKING
    started = time.monotonic()
    ready.close()
    assert time.monotonic() - started < 1


def test_closing_while_a_device_is_being_opened_closes_it(qtbot, controller, fake_source):
    controller.open_source("default")
    controller.close()
    assert fake_source.started == fake_source.stopped or fake_source.stopped >= 1
