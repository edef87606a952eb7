import numpy as np
import pytest

from core.errors import AudioDeviceError
from core.sound.intake import Intake
from core.sound.levels import SoundProblem
from tests.helpers.fake_source import FakeSource
from tests.helpers.sounds import noise, tone


def taken_in(source):
    intake = Intake(source)
    intake.start()
    return intake, intake.read()


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000, 96000, 192000])
def test_any_rate_becomes_8_khz(rate):
    source = FakeSource(rate)
    source.feed(tone(440, 1.0, rate), block=rate // 50)
    intake, sounds = taken_in(source)
    samples = np.concatenate([sound.samples for sound in sounds])
    assert samples.size == pytest.approx(8000, abs=50)
    peak = np.argmax(np.abs(np.fft.rfft(samples, 8000)))
    assert peak == pytest.approx(440, abs=2)
    assert intake.level.peak_dbfs == pytest.approx(20 * np.log10(0.3), abs=0.1)
    assert not intake.level.clipped


def test_what_was_lost_and_what_was_clipped_is_told_with_its_sound():
    source = FakeSource(16000)
    source.feed(noise(0.1, 16000))
    source.feed(tone(300, 0.1, 16000, amplitude=5).clip(-1, 1), overflowed=True)
    intake, sounds = taken_in(source)
    assert [sound.lost for sound in sounds].index(True) == len(sounds) // 2
    assert sum(sound.lost for sound in sounds) == 1
    assert sum(sound.clipped_seconds for sound in sounds) == pytest.approx(0.09, abs=0.02)
    assert intake.level.clipped


def test_an_overflow_without_any_sound_is_told():
    source = FakeSource()
    source.feed(np.zeros(1), overflowed=True)
    source._blocks[0] = type(source._blocks[0])(np.zeros(0, np.float32), overflowed=True)
    intake, (sound,) = taken_in(source)
    assert sound.lost
    assert intake.level is None


def test_zeros_are_a_problem_only_after_a_while_and_until_sound_comes():
    source = FakeSource()
    source.feed(np.zeros(8000))
    intake, _ = taken_in(source)
    assert intake.problem is None
    assert not intake.sounding
    source.feed(np.zeros(5000))
    intake.read()
    assert intake.problem is SoundProblem.ALL_ZEROS
    source.feed(noise(0.1))
    intake.read()
    assert intake.problem is None
    assert intake.sounding


def test_values_that_are_not_numbers_become_silence():
    samples = noise(0.02)
    samples[50] = np.nan
    samples[60] = np.inf
    samples[70] = 1e30
    source = FakeSource()
    source.feed(samples)
    intake, (sound,) = taken_in(source)
    assert np.abs(sound.samples).max() < 1
    assert np.isfinite(intake.level.rms_dbfs)


def test_a_source_that_is_gone_is_said():
    source = FakeSource()
    intake, sounds = taken_in(source)
    assert sounds == []
    assert intake.level is None
    source.vanish()
    with pytest.raises(AudioDeviceError, match="stopped delivering"):
        intake.read()
