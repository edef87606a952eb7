import numpy as np
import pytest

from core.errors import SoundFileError
from core.sound import sources
from core.sound.capture import Capture
from core.sound.clip import AudioClip
from core.sound.levels import SoundProblem
from core.sound.microphone import MicrophoneSource
from core.sound.sources import (
    ClipSource,
    demo_source,
    file_source,
    named_file,
    open_source,
)
from tests.helpers.sounds import noise, tone, write


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def played(source, clock, seconds, step=0.033):
    parts = []
    for _ in range(round(seconds / step)):
        clock.now += step
        parts += [block.samples for block in source.read()]
    return np.concatenate(parts)


def test_a_clip_source_plays_in_real_time_a_clip_a_cue():
    clock = Clock()
    source = ClipSource("clips", [AudioClip(tone(440)), AudioClip(tone(880))], clock)
    source.start()
    quiet = played(source, clock, 1.0)
    assert quiet.size == pytest.approx(8000, abs=300)
    assert 0 < np.abs(quiet).max() < 0.01
    for frequency in (440, 880, 440):
        source.cue()
        heard = played(source, clock, 2.0)
        assert np.argmax(np.abs(np.fft.rfft(heard, 16000))) == pytest.approx(2 * frequency, abs=2)
        assert np.abs(heard[-1600:]).max() < 0.01
    source.stop()


def test_who_comes_late_is_not_given_all_of_it_at_once():
    clock = Clock()
    source = ClipSource("clips", [AudioClip(tone(440))], clock)
    source.start()
    clock.now += 8 * 3600
    (block,) = source.read()
    assert block.samples.size == 2 * 8000
    clock.now += 0.1
    (block,) = source.read()
    assert block.samples.size == pytest.approx(800, abs=1)


def test_a_clip_source_needs_a_clip():
    with pytest.raises(ValueError, match="at least one"):
        ClipSource("none", [])


def test_a_file_is_played_at_its_own_rate(tmp_path):
    clock = Clock()
    path = write(tmp_path / "a.wav", tone(rate=44100), 44100)
    assert file_source(path).sample_rate == 44100
    assert open_source(str(path)).name == "a.wav"
    assert clock.now == 100


def test_who_listens_on_hears_one_clip_after_another():
    clock = Clock()
    source = ClipSource("clips", [AudioClip(tone(440)), AudioClip(tone(880))], clock)
    source.start()
    source.keep_playing(True)
    heard = played(source, clock, 4.0)
    for first, frequency in ((0.4, 440), (2.2, 880)):
        part = heard[round(first * 8000) :][:6000]
        assert np.argmax(np.abs(np.fft.rfft(part, 16000))) == pytest.approx(2 * frequency, abs=2)
    source.keep_playing(False)
    assert np.abs(played(source, clock, 1.0)).max() < 0.01


def test_who_listens_on_hears_all_of_a_file_once(tmp_path):
    clock = Clock()
    samples = np.concatenate([tone(440, 1.5), noise(1.0, amplitude=0.001), tone(880, 1.5)])
    source = file_source(write(tmp_path / "a.wav", samples))
    source._clock = clock
    source.start()
    source.keep_playing(True)
    heard = played(source, clock, 6.0)
    assert np.abs(heard[: samples.size] - samples).max() < 0.002
    assert np.abs(heard[samples.size :]).max() < 0.01
    source.stop()


def test_the_demo_has_a_clip_for_every_digit():
    assert len(list(sources.SAMPLES.glob("*.wav"))) == 10
    assert demo_source().sample_rate == 8000


def test_a_demo_without_its_samples_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "SAMPLES", tmp_path)
    with pytest.raises(SoundFileError, match="sample clips are missing"):
        demo_source()


def test_what_is_no_file_is_taken_for_a_device():
    source = open_source("USB Mic")
    assert isinstance(source, MicrophoneSource)
    assert source.name == "USB Mic"


@pytest.mark.parametrize("name", ["gone.wav", "./gone", "/nowhere/gone", "~nosuchuser/gone.wav"])
def test_a_file_that_is_gone_is_no_microphone_that_is_missing(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SoundFileError, match=r"There is no file .*gone"):
        open_source(name)


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "Line In/Mic (Realtek)", "hw:0,0"])
def test_every_other_name_is_a_device(name):
    assert named_file(name) is None


def test_what_a_file_plays_is_not_blamed_on_a_microphone(tmp_path):
    loud = np.clip(4 * tone(110, 3.0), -1, 1)
    source = file_source(write(tmp_path / "a.wav", loud))
    source._clock = Clock()
    capture = Capture(source)
    capture.start()
    heard = [capture.poll()]
    source.keep_playing(True)
    capture.begin_take()
    while heard[-1].take is None:
        source._clock.now += 0.1
        heard.append(capture.poll())
    take = heard[-1].take
    assert take.problem is SoundProblem.CLIPPED
    assert take.clip.from_file
    assert any(each.level and each.level.clipped for each in heard)
    capture.close()


def test_a_file_that_is_no_sound_is_an_error_at_once(tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    with pytest.raises(SoundFileError, match="cannot be read"):
        open_source(str(tmp_path / "a.wav"))
