import numpy as np
import pytest
import soundfile

from core.errors import SoundFileError
from core.sound.clip import AudioClip
from core.sound.decoder import ReadingStopped
from core.sound.recording import RecordingStream
from tests.helpers.sounds import noise, tone, write


def read(path):
    stream = RecordingStream(path)
    return stream, list(stream.sounds())


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 44100, 48000])
def test_a_file_comes_whole_and_at_8_khz(tmp_path, rate):
    whole = tone(440, 7.0, rate)
    stream, sounds = read(write(tmp_path / "a.wav", whole, rate))
    samples = np.concatenate([sound.samples for sound in sounds])
    expected = AudioClip(whole, rate).resampled(8000).samples
    assert abs(samples.size - expected.size) <= 1
    assert samples[100:55000] == pytest.approx(expected[100:55000], abs=0.001)
    assert stream.claimed_seconds == pytest.approx(7.0)
    assert not stream.breaks_off


def test_channels_are_mixed_and_what_is_clipped_is_said_where_it_is(tmp_path):
    left = 0.3 * tone(440, 5.0, 16000)
    left[32000:32800] = 1.0
    path = tmp_path / "a.flac"
    soundfile.write(path, np.stack([left, left], 1), 16000)
    _, sounds = read(path)
    places = np.cumsum([0, *(sound.samples.size for sound in sounds)]) / 8000
    clipped = [(place, s.clipped_seconds) for place, s in zip(places, sounds, strict=False)]
    ((place, seconds),) = [pair for pair in clipped if pair[1]]
    assert place == pytest.approx(2.0, abs=0.11)
    assert seconds == pytest.approx(0.05, abs=0.001)
    assert places[-1] == pytest.approx(5.0, abs=0.001)


def test_a_file_that_breaks_off_gives_what_it_has(tmp_path):
    path = tmp_path / "a.flac"
    soundfile.write(path, noise(20.0, amplitude=0.1), 8000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    stream, sounds = read(path)
    assert 5 < sum(sound.samples.size for sound in sounds) / 8000 < 15
    assert stream.breaks_off


def test_what_is_no_sound_is_said_by_name(tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    with pytest.raises(SoundFileError, match=r"a\.wav"):
        read(tmp_path / "a.wav")
    path = write(tmp_path / "nan.wav", np.full(800, np.nan, np.float32), 8000, "FLOAT")
    with pytest.raises(SoundFileError, match="not numbers"):
        read(path)


def test_reading_can_be_stopped(tmp_path):
    heard = []
    path = write(tmp_path / "a.wav", noise(100.0))
    with pytest.raises(ReadingStopped):
        heard.extend(RecordingStream(path, lambda: bool(heard)).sounds())
    assert 0 < sum(sound.samples.size for sound in heard) < 800_000
