from types import SimpleNamespace

import numpy as np
import pytest

from core.places import DEFAULT_MODEL
from core.recognition.bundle import load_bundle
from core.recognition.occlusion import occlusion_map
from core.recognition.recogniser import DigitRecogniser
from core.sound.clip import AudioClip
from core.sound.features import FeatureConfig, LogMelFrontEnd
from tests.helpers.bundles import NOTEBOOK
from tests.helpers.sounds import noise, sample_clip, word

FEATURES = FeatureConfig(n_fft=512, win_length=256, hop_length=80, n_mels=40)


class Listener:
    """A recogniser that is known through and through: it listens to a part of its input.

    The more sound there is in the part, the surer it says yes.
    """

    def __init__(self, features, rows, columns):
        metadata = SimpleNamespace(labels=("yes", "no"), features=features)
        self.bundle = SimpleNamespace(metadata=metadata)
        self.part = (slice(None), slice(*rows), slice(*columns))
        self.asked = self.largest_batch = 0
        self._front_end = LogMelFrontEnd(features) if features else None

    def model_input(self, samples):
        if self._front_end is None:
            return np.ascontiguousarray(samples[..., np.newaxis])
        return self._front_end.model_input(samples)

    def probabilities_of_input(self, batch):
        self.asked += len(batch)
        self.largest_batch = max(self.largest_batch, len(batch))
        on_waveform = self._front_end is None
        pictures = np.swapaxes(np.abs(batch), 1, 2) * 20 if on_waveform else batch
        yes = 1 / (1 + np.exp(-pictures[self.part].mean(axis=(1, 2))))
        return np.stack([yes, 1 - yes], axis=1).astype(np.float32)


def test_what_the_answer_comes_from_is_found():
    listener = Listener(FEATURES, (8, 16), (42, 56))
    clip = AudioClip(word(at=0.3, length=0.6))
    found = occlusion_map(listener, clip, label="yes", step=(4, 7))
    assert found.values.shape == found.model_input.shape == (40, 101)
    assert found.values.dtype == np.float32
    inside = found.values[8:16, 42:56]
    outside = found.values.copy()
    outside[2:22, 28:70] = 0  # a patch that begins outside may reach in
    assert inside.min() > 0
    assert not outside.any()
    assert found.lowest_probability < found.probability
    region = found.strongest
    assert 0.28 < region.start < region.end < 0.7
    fmin, fmax = FEATURES.row_of(np.array([region.fmin, region.fmax]))
    assert 3 < fmin < fmax < 20


def test_what_speaks_against_a_label_is_negative():
    listener = Listener(FEATURES, (0, 40), (30, 60))
    found = occlusion_map(listener, AudioClip(word(at=0.3, length=0.3)), label="no")
    assert found.label == "no"
    assert found.values[:, 30:60].mean() < 0
    assert found.strongest is None or found.values.max() > 0


def test_a_model_on_the_waveform_is_covered_along_time_only():
    listener = Listener(None, (0, 1), (3000, 4000))
    found = occlusion_map(listener, AudioClip(word(at=0.3, length=0.6)))
    assert found.values.shape == found.model_input.shape == (1, 8000)
    assert found.features is None
    region = found.strongest
    assert (region.fmin, region.fmax) == (None, None)
    assert 0.3 < region.start < 0.4 < region.end < 0.6


def test_the_patches_may_be_of_any_size_that_leaves_no_gap():
    listener = Listener(FEATURES, (8, 16), (42, 56))
    clip = AudioClip(word(at=0.3, length=0.6))
    fine = occlusion_map(listener, clip, "yes", patch=(4, 7), step=(3, 5))
    coarse = occlusion_map(listener, clip, "yes", patch=(40, 101), step=(40, 101))
    assert np.ptp(coarse.values) == 0
    assert np.count_nonzero(fine.values) < np.count_nonzero(coarse.values)
    for patch, step in (((2, 7), (3, 5)), ((4, 4), (3, 5)), ((4, 4), (0, 4))):
        with pytest.raises(ValueError, match="leave gaps"):
            occlusion_map(listener, clip, patch=patch, step=step)


def test_the_network_is_asked_in_batches_that_are_few_and_small():
    listener = Listener(FEATURES, (8, 16), (42, 56))
    occlusion_map(listener, AudioClip(word()))
    assert 1 < listener.largest_batch <= 64
    assert listener.asked < 70
    part = AudioClip(word(at=0.3, length=0.6))
    quick, whole = (occlusion_map(listener, part, "yes", step=step) for step in (None, (4, 7)))
    assert np.corrcoef(quick.values.ravel(), whole.values.ravel())[0, 1] > 0.98
    assert quick.lowest_probability == whole.lowest_probability


@pytest.mark.parametrize("label", ["four", "seven"])
def test_a_part_of_the_answers_paints_the_picture_that_all_of_them_do(label):
    recogniser = DigitRecogniser(load_bundle(DEFAULT_MODEL))
    clip = sample_clip(label)
    quick = occlusion_map(recogniser, clip)
    rows, columns = quick.values.shape
    whole = occlusion_map(recogniser, clip, step=(-(-rows // 12), -(-columns // 16)))
    assert np.corrcoef(quick.values.ravel(), whole.values.ravel())[0, 1] > 0.98
    assert quick.strongest == whole.strongest


def test_a_shipped_model_is_explained_and_answers_the_same_afterwards():
    recogniser = DigitRecogniser(load_bundle(NOTEBOOK))
    clip = sample_clip("four")
    before = recogniser.recognise(clip)
    found = occlusion_map(recogniser, clip)
    assert found.label == before.best
    assert found.probability == pytest.approx(before.confidence, abs=1e-5)
    assert np.array_equal(found.model_input, recogniser.model_input(clip.samples[None])[0])
    assert np.isfinite(found.values).all()
    assert found.lowest_probability < found.probability
    region = found.strongest
    assert 0 <= region.start < region.end <= 1
    assert 0 <= region.fmin < region.fmax <= 4000
    after = recogniser.recognise(clip)
    assert np.allclose(after.probabilities, before.probabilities, atol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        found.values[0, 0] = 1


def test_zeros_and_noise_have_a_map_too():
    recogniser = DigitRecogniser(load_bundle(NOTEBOOK))
    for samples in (np.zeros(8000, np.float32), noise(amplitude=0.3)):
        found = occlusion_map(recogniser, AudioClip(samples))
        assert np.isfinite(found.values).all()
    nothing = occlusion_map(recogniser, AudioClip(np.zeros(8000, np.float32)))
    assert nothing.strongest is None


def test_only_takes_and_known_labels_are_explained():
    listener = Listener(FEATURES, (8, 16), (42, 56))
    with pytest.raises(ValueError, match="not a take"):
        occlusion_map(listener, AudioClip(noise(2.0)))
    with pytest.raises(ValueError, match="perhaps"):
        occlusion_map(listener, AudioClip(noise()), label="perhaps")
