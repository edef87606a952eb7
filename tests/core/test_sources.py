import numpy as np
import pytest

from core.errors import SoundFileError
from core.sound import sources
from core.sound.audio import AudioClip
from core.sound.microphone import MicrophoneSource
from core.sound.sources import ClipSource, demo_source, file_source, open_source
from tests.helpers.sounds import tone, write


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


def test_a_clip_source_needs_a_clip():
    with pytest.raises(ValueError, match="at least one"):
        ClipSource("none", [])


def test_a_file_is_played_at_its_own_rate(tmp_path):
    clock = Clock()
    path = write(tmp_path / "a.wav", tone(rate=44100), 44100)
    assert file_source(path).sample_rate == 44100
    assert open_source(str(path)).name == "a.wav"
    assert clock.now == 100


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


def test_a_file_that_is_no_sound_is_an_error_at_once(tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    with pytest.raises(SoundFileError, match="cannot be read"):
        open_source(str(tmp_path / "a.wav"))
