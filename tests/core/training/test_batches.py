"""Which clips a network is shown, and how often."""

import itertools
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from core.dataset.scan import Recording
from core.labels import SILENCE, UNKNOWN
from core.sound.noise import Noise
from core.training.architectures import FINE_FEATURES
from core.training.augmentation import Augmenter
from core.training.batches import AugmentedBatches, PlainBatches, ahead, draw_chances, one_hot
from tests.helpers.sounds import noise, word

LABELS = ("zero", "one", SILENCE, UNKNOWN)


class Rows:
    """Stands for rows of a store."""

    def __init__(self, array):
        self.array = array

    def __len__(self):
        return len(self.array)

    def __getitem__(self, chosen):
        return self.array[chosen].copy()

    def release(self):
        pass


def recording(label, speaker, number=0):
    name = f"{label}/{speaker}_nohash_{number}.wav"
    return Recording(Path(name), name, label, speaker, name, 1.0, 8000)


def test_every_clip_comes_once_an_epoch_in_an_order_of_its_own():
    rows = np.arange(10, dtype=np.float32)[:, None, None] * np.ones((1, 2, 3), np.float32)
    batches = PlainBatches(Rows(rows), np.eye(10, dtype=np.float32), 4, 777)
    assert len(batches) == 3
    epochs = []
    for epoch in range(2):
        stream = batches.from_epoch(epoch)
        inputs, targets = zip(*itertools.islice(stream, 3), strict=True)
        seen = np.concatenate(inputs)[:, 0, 0]
        np.testing.assert_array_equal(seen, np.concatenate(targets).argmax(axis=1))
        epochs.append(seen.tolist())
    assert sorted(epochs[0]) == list(range(10))
    assert epochs[0] != epochs[1]
    again = next(batches.from_epoch(1))[0]
    np.testing.assert_array_equal(again[:, 0, 0], epochs[1][:4])


def test_labels_are_drawn_equally_and_busy_speakers_less_than_their_clips():
    busy = [recording("zero", "busy", n) for n in range(100)]
    rare = [recording("zero", f"rare{n}") for n in range(10)]
    ones = [recording("one", f"rare{n}") for n in range(3)]
    chances = draw_chances([*busy, *rare, *ones])
    assert chances.sum() == pytest.approx(1)
    assert chances[110:].sum() == pytest.approx(0.5)
    assert chances[:100].sum() == pytest.approx(0.25)
    assert chances[100:110].sum() == pytest.approx(0.25)


def test_what_is_only_learned_from_and_unknown_words_have_their_shares():
    own = [recording("zero", "a"), recording("one", "a"), recording(UNKNOWN, "a")]
    also = [recording("zero", "voice"), recording(UNKNOWN, "voice")]
    zero, one, unknown, zero_also, unknown_also = draw_chances([*own, *also], len(also))
    assert zero + zero_also == pytest.approx(one)
    assert unknown + unknown_also == pytest.approx(0.34)
    assert zero_also / (zero + zero_also) == pytest.approx(0.4)


@pytest.fixture
def batches():
    recordings = [recording(label, f"s{n}") for label in ("zero", "one", UNKNOWN) for n in range(4)]
    takes = np.stack([word(at=0.1 + 0.03 * n) for n in range(len(recordings))])
    augmenter = Augmenter(FINE_FEATURES, Noise([noise(3)]))
    return AugmentedBatches(Rows(takes), recordings, 0, LABELS, augmenter, 32, 320, 777)


@pytest.mark.slow
def test_augmented_batches_hold_every_label(batches):
    assert len(batches) == 10
    counts = Counter()
    for inputs, targets in itertools.islice(batches.from_epoch(0), len(batches)):
        assert inputs.shape == (32, 40, 101)
        np.testing.assert_array_equal(targets.sum(axis=1), 1)
        counts.update(targets.argmax(axis=1).tolist())
    shares = {label: counts[n] / 320 for n, label in enumerate(LABELS)}
    assert shares[SILENCE] == pytest.approx(0.08, abs=0.05)
    assert shares[UNKNOWN] == pytest.approx(0.28 * 0.92, abs=0.09)
    assert shares["zero"] == pytest.approx(shares["one"], abs=0.1)


def test_augmented_batches_depend_on_seed_and_epoch_alone(batches):
    first, again, later = (next(batches.from_epoch(epoch))[0] for epoch in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, later)


def test_targets_are_one_hot():
    targets = one_hot([recording("one", "a"), recording("zero", "a")], LABELS)
    np.testing.assert_array_equal(targets, [[0, 1, 0, 0], [1, 0, 0, 0]])


def test_prepared_batches_are_the_same_and_their_thread_ends():
    with ahead(iter([1, 2, 3, 4, 5, 6, 7])) as stream:
        assert list(itertools.islice(stream, 5)) == [1, 2, 3, 4, 5]


def test_what_fails_in_the_thread_is_raised_where_the_batches_are_used():
    def broken():
        yield 1
        raise OSError("the disk is gone")

    with ahead(broken()) as stream, pytest.raises(OSError, match="the disk is gone"):
        list(stream)


def test_words_that_nobody_said_are_spliced_from_two_different_ones(batches):
    random = np.random.default_rng(1)
    unknown = LABELS.index(UNKNOWN)
    classes = np.array([0, 0, 1, unknown, unknown])
    first, second = batches._halves(random, classes, 200)
    same = classes[first] == classes[second]
    assert np.all(classes[first][same] == unknown)
    assert np.all(first != second)
    of_labels = (classes[first] != unknown) & (classes[second] != unknown)
    assert 0.3 < of_labels.mean() < 0.9
