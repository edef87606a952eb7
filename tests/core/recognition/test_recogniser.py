from dataclasses import replace

import numpy as np
import pytest

from core.errors import BundleError
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser, calibrate
from core.sound.clip import AudioClip
from core.sound.levels import SoundProblem
from tests.helpers.bundles import NOTEBOOK, copy_bundle
from tests.helpers.sounds import noise, recorded, sample_clip, tone, word


@pytest.fixture(scope="module")
def recogniser():
    return DigitRecogniser(load_bundle(NOTEBOOK))


def test_a_spoken_digit_is_recognised(recogniser):
    prediction = recogniser.recognise(sample_clip("four"))
    assert prediction.label == prediction.best == "four"
    assert prediction.confidence == prediction.probabilities.max() > 0.5
    assert prediction.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert prediction.milliseconds > 0
    assert prediction.sentence is None
    with pytest.raises(ValueError, match="read-only"):
        prediction.probabilities[0] = 1


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (np.zeros(8000, np.float32), SoundProblem.ALL_ZEROS),
        (noise(amplitude=0.0002), SoundProblem.TOO_QUIET),
        (np.clip(tone(amplitude=5), -1, 1), SoundProblem.CLIPPED),
    ],
)
def test_what_is_not_fit_is_never_called_a_digit(recogniser, samples, problem):
    prediction = recogniser.recognise(recorded(samples, 8000))
    assert prediction.problem is problem
    assert prediction.label is None
    assert prediction.sentence == problem.sentence
    assert not prediction.probabilities.any()


def test_a_problem_that_is_known_already_counts(recogniser):
    prediction = recogniser.recognise(sample_clip("four"), SoundProblem.OVERFLOWED)
    assert (prediction.label, prediction.problem) == (None, SoundProblem.OVERFLOWED)


def test_an_answer_below_the_threshold_is_not_given(tmp_path):
    careful = DigitRecogniser(load_bundle(copy_bundle(tmp_path / "careful", threshold=1.0)))
    prediction = careful.recognise(AudioClip(word()))
    assert prediction.label is None
    assert prediction.best in str(prediction.sentence)
    assert "Not sure" in prediction.sentence.text
    assert "say it again" in prediction.sentence.text
    of_a_file = replace(prediction, from_file=True).sentence
    assert str(of_a_file) == f"Not sure: it might be {prediction.best}."


@pytest.mark.parametrize(("size", "rate"), [(7999, 8000), (8000, 16000)])
def test_only_takes_are_recognised(recogniser, size, rate):
    with pytest.raises(ValueError, match="not a take"):
        recogniser.recognise(AudioClip(np.ones(size, np.float32), rate))


def test_a_batch_is_the_same_as_one_after_the_other(recogniser):
    clips = [sample_clip(label).samples for label in ("one", "two", "three")]
    together = recogniser.probabilities(np.stack(clips))
    single = np.concatenate([recogniser.probabilities(clip[None]) for clip in clips])
    assert together.shape == (3, 10)
    assert np.abs(together - single).max() < 1e-5


def test_loudness_does_not_change_the_answer(recogniser):
    clip = sample_clip("four").samples
    loud, quiet = recogniser.probabilities(np.stack([clip, clip * np.float32(0.1)]))
    assert np.abs(loud - quiet).max() < 0.02


def test_a_network_of_another_shape_is_refused(tmp_path):
    path = copy_bundle(tmp_path / "copy", labels=["zero", "one"])
    with pytest.raises(BundleError, match=r"maps \(128, 16\) to \(10,\)"):
        DigitRecogniser(load_bundle(path))


@pytest.mark.parametrize("content", [b"no network", bytes(1000)])
def test_a_damaged_network_is_refused(tmp_path, content):
    path = copy_bundle(tmp_path / "copy")
    (path / "model.tflite").write_bytes(content)
    with pytest.raises(BundleError, match="cannot be loaded"):
        DigitRecogniser(load_bundle(path))


def test_a_prediction_says_which_model_made_it_and_from_which_confidence_on(tmp_path):
    path = copy_bundle(tmp_path / "careful", name="careful", threshold=0.25)
    recogniser = DigitRecogniser(load_bundle(path), threshold=0.5)
    for clip in (sample_clip("four"), AudioClip(np.zeros(8000, np.float32))):
        prediction = recogniser.recognise(clip)
        assert (prediction.model, prediction.bundle) == ("careful", path)
        assert prediction.threshold == 0.5
    recogniser.threshold = 0.75
    assert recogniser.recognise(sample_clip("four")).threshold == 0.75
    assert DigitRecogniser(load_bundle(path)).threshold == 0.25


def test_a_higher_temperature_is_less_sure_and_keeps_the_order():
    probabilities = np.array([[0.7, 0.2, 0.1]], np.float32)
    softer = calibrate(probabilities, 2.0)
    assert softer.sum() == pytest.approx(1)
    assert softer[0] == pytest.approx(np.sqrt([0.7, 0.2, 0.1]) / np.sqrt([0.7, 0.2, 0.1]).sum())
    assert calibrate(probabilities, 1.0) is probabilities
    assert calibrate(np.array([[1.0, 0.0]], np.float32), 3.0)[0, 0] < 1


@pytest.mark.slow
def test_the_two_engines_agree(recogniser):
    """Keras trains and LiteRT recognises; they must say the same of the same sound."""
    import keras

    model = keras.models.load_model(NOTEBOOK / "model.keras", compile=False, safe_mode=True)
    clips = np.stack([sample_clip(label).samples for label in ("zero", "five", "nine")])
    clips = np.concatenate(
        [clips, np.stack([noise(seed=seed, amplitude=0.1) for seed in range(5)])]
    )
    theirs = model.predict(recogniser.model_input(clips), verbose=0)
    assert np.abs(recogniser.probabilities(clips) - theirs).max() < 1e-4
