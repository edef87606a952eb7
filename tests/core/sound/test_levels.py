import numpy as np
import pytest

from core.sound.clip import AudioClip
from core.sound.levels import (
    SoundProblem,
    find_problem,
    frame_dbfs,
    is_cut_off,
    mean_spectrum,
    measure_levels,
)
from core.sound.sound_file import read_second
from tests.helpers.sounds import noise, recorded, sample_clip, tone, word, write


def test_the_levels_of_a_sine_are_what_they_are_by_definition():
    levels = measure_levels(AudioClip(tone(amplitude=0.5)))
    assert levels.peak_dbfs == pytest.approx(-6.02, abs=0.05)
    assert levels.rms_dbfs == pytest.approx(-9.03, abs=0.05)
    assert levels.loudest_dbfs == pytest.approx(-9.03, abs=0.1)


def test_the_loudest_part_counts_not_the_silence_around_it():
    clip = AudioClip(word(amplitude=0.1))
    assert measure_levels(clip).loudest_dbfs == pytest.approx(-23, abs=0.3)
    assert measure_levels(clip).rms_dbfs < -27


def test_frames_that_are_not_whole_are_left_out():
    assert frame_dbfs(np.ones(25, np.float32), 10) == pytest.approx([0, 0])
    assert frame_dbfs(np.zeros(10, np.float32), 10) == pytest.approx([-120])


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (np.zeros(8000, np.float32), SoundProblem.ALL_ZEROS),
        (noise(amplitude=0.0005), SoundProblem.TOO_QUIET),
        (tone(amplitude=0.0005), SoundProblem.TOO_QUIET),
        (np.clip(tone(amplitude=3), -1, 1), SoundProblem.CLIPPED),
        (word(), None),
        (word(amplitude=0.01), None),
        (tone(amplitude=1.0), None),
    ],
)
def test_what_is_not_fit_for_the_network_is_told_apart(samples, problem):
    assert find_problem(recorded(samples, 8000)) is problem


def test_every_problem_has_a_sentence_of_its_own():
    for of in ("sentence", "file_sentence"):
        sentences = [str(getattr(problem, of)) for problem in SoundProblem]
        assert len(set(sentences)) == len(list(SoundProblem)) == 6
        assert all(sentence.endswith(".") and len(sentence) > 20 for sentence in sentences)


@pytest.mark.parametrize(
    "problem",
    [
        SoundProblem.ALL_ZEROS,
        SoundProblem.TOO_QUIET,
        SoundProblem.NOTHING_HEARD,
        SoundProblem.CLIPPED,
    ],
)
def test_no_microphone_is_blamed_for_a_file(problem):
    sentence = str(problem.file_sentence)
    assert "file" in sentence
    assert not any(word in sentence for word in ("input", "microphone", "Speak", "permission"))


@pytest.mark.parametrize("rate", [8000, 44100])
@pytest.mark.parametrize(
    ("gain", "limit", "seconds"),
    [
        (8.3, 100.0, 0.0),  # 32-bit floating point, undistorted, +18 dB
        (1.0, 1.0, 0.0),
        (4.0, 1.0, 0.8),
        (40.0, 8.3, 0.9),  # cut off, wherever that is
        (4.0, 0.98, 0.8),  # by what µ-law ends at
        (4.0, 0.5, 0.0),  # turned down since: it may have been meant so
    ],
)
def test_clipping_is_a_plateau_and_no_height(rate, gain, limit, seconds):
    samples = (gain * tone(110, 1.0, rate, amplitude=1.0)).clip(-limit, limit)
    clip = recorded(samples.astype(np.float32), rate)
    assert clip.clipped_seconds == pytest.approx(seconds, abs=0.1 if seconds else 0.009)
    assert (find_problem(clip) is SoundProblem.CLIPPED) == (seconds > 0)


def test_clipping_is_seen_although_the_sound_was_resampled_or_coded_since(tmp_path):
    voice = sample_clip("four").resampled(44100).samples
    loud = np.clip(10 * voice, -1, 1)
    for rate in (16000, 48000):
        resampled = AudioClip(loud, 44100).resampled(rate).samples
        assert recorded(resampled, rate).clipped_seconds > 0.05
        whole = AudioClip(10 * voice, 44100).resampled(rate).samples
        assert recorded(whole, rate).clipped_seconds == 0
    coded = read_second(write(tmp_path / "a.mp3", loud, 44100))
    assert coded.clip.clipped_seconds > 0.05


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT", "ULAW", "ALAW"])
def test_clipping_is_seen_in_every_sample_format_and_in_one_of_the_channels(tmp_path, subtype):
    loud = np.clip(4 * tone(110), -1, 1)
    for frames in (loud, np.stack([loud, noise()], axis=1), np.stack([noise(), -loud], axis=1)):
        path = write(tmp_path / "a.wav", frames, subtype=subtype)
        assert read_second(path).clip.clipped_seconds > 0.3
    quiet = write(tmp_path / "a.wav", tone(110, amplitude=0.9), subtype=subtype)
    assert read_second(quiet).clip.clipped_seconds == 0


@pytest.mark.parametrize("offset", [0.0, 0.001, 0.1, -0.5])
@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (np.zeros(8000, np.float32), SoundProblem.TOO_QUIET),
        (noise(amplitude=0.0002), SoundProblem.TOO_QUIET),
        (word(amplitude=0.01), None),
    ],
)
def test_a_constant_is_no_voice_and_hides_none(samples, problem, offset):
    found = find_problem(AudioClip(samples + np.float32(offset)))
    assert found is (SoundProblem.ALL_ZEROS if not (samples + offset).any() else problem)


def test_a_word_at_the_edge_is_seen_beside_a_constant():
    assert is_cut_off(AudioClip(word(at=0.0) + np.float32(0.2)))
    assert not is_cut_off(AudioClip(word() + np.float32(0.2)))


@pytest.mark.parametrize("rate", [1, 3, 1000, 2_822_400, 2**31 - 1])
def test_the_figures_of_a_sound_of_any_rate_are_bounded(rate):
    clip = AudioClip(noise(2.0, amplitude=0.1), rate)
    frequencies, spectrum = mean_spectrum(clip)
    assert frequencies.size == spectrum.size <= 2**15 + 1
    assert np.isfinite(spectrum).all()
    assert measure_levels(clip).rms_dbfs == pytest.approx(-20, abs=0.2)


def test_a_band_is_kept_as_loud_as_it_is_and_nothing_beside_it():
    low, middle, high = (tone(hertz, amplitude=0.2) for hertz in (300, 1000, 3000))
    clip = AudioClip(low + middle + high, clipped_seconds=0.1)
    band = clip.filtered(800, 1200)
    assert np.abs(band.samples - middle).max() < 1e-3
    assert (band.seconds, band.clipped_seconds) == (1.0, 0.1)
    assert np.abs(clip.filtered(0, 4000).samples - clip.samples).max() < 1e-5
