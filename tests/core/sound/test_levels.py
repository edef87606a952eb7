import numpy as np
import pytest

from core.sound.clip import AudioClip
from core.sound.levels import SoundProblem, find_problem, frame_dbfs, measure_levels
from tests.helpers.sounds import noise, tone, word


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
    assert find_problem(AudioClip.from_recording(samples, 8000)) is problem


def test_every_problem_has_a_sentence_of_its_own():
    sentences = [str(problem.sentence) for problem in SoundProblem]
    assert len(set(sentences)) == len(list(SoundProblem)) == 6
    assert all(sentence.endswith(".") and len(sentence) > 20 for sentence in sentences)
