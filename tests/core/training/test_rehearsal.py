from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from core.dataset.scan import Recording
from core.errors import BundleError
from core.recognition.bundle import REHEARSAL_FILE
from core.training.fine_tuning import (
    Rehearsal,
    choose_for_rehearsal,
    load_rehearsal,
    write_rehearsal,
)


def recordings(label, speaker, n):
    names = [f"{label}/{speaker}_nohash_{number}.wav" for number in range(n)]
    return [Recording(Path(name), name, label, speaker, name, 1.0, 8000) for name in names]


def test_every_label_and_every_speaker_has_its_turn():
    many = recordings("one", "me", 500) + recordings("two", "me", 500)
    few = [r for n in range(30) for r in recordings("one", f"guest{n}", 2)]
    rare = recordings("three", "me", 5)
    chosen = choose_for_rehearsal(many + few + rare, (16, 10))
    assert Counter(r.label for r in chosen) == {"one": 40, "two": 40, "three": 5}
    speakers = Counter(r.speaker for r in chosen if r.label == "one")
    assert len(speakers) == 31
    assert max(speakers.values()) <= 2
    assert chosen == choose_for_rehearsal(many + few + rare, (16, 10))
    assert len(set(chosen)) == len(chosen)


def test_of_large_inputs_fewer_are_chosen():
    chosen = choose_for_rehearsal(recordings("a", "x", 90) + recordings("b", "x", 90), (8000, 10))
    assert Counter(r.label for r in chosen) == {"a": 6, "b": 6}
    assert len(choose_for_rehearsal(recordings("a", "x", 9), (10**7,))) == 1
    assert choose_for_rehearsal([], (16, 10)) == []


def part(n, seed):
    random = np.random.default_rng(seed)
    return random.standard_normal((n, 4, 3)).astype(np.float32), np.arange(n) % 3


def test_what_is_written_is_read_back(tmp_path):
    learned, held_out = part(9, 0), part(6, 1)
    write_rehearsal(tmp_path, Rehearsal(*learned, *held_out))
    rehearsal = load_rehearsal(tmp_path, 3, (4, 3))
    assert np.allclose(rehearsal.learned, learned[0], atol=2e-3)
    assert rehearsal.learned.dtype == np.float32
    assert (rehearsal.learned_labels == learned[1]).all()
    assert np.allclose(rehearsal.held_out, held_out[0], atol=2e-3)
    assert (rehearsal.held_out_labels == held_out[1]).all()


def test_a_bundle_without_one_has_none(tmp_path):
    assert load_rehearsal(tmp_path, 3, (4, 3)) is None


@pytest.mark.parametrize(
    ("n_labels", "shape"),
    [(2, (4, 3)), (3, (4, 4))],
)
def test_one_of_another_network_is_refused(tmp_path, n_labels, shape):
    write_rehearsal(tmp_path, Rehearsal(*part(9, 0), *part(6, 1)))
    with pytest.raises(BundleError, match=r"is damaged"):
        load_rehearsal(tmp_path, n_labels, shape)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 half"])
def test_a_damaged_one_is_refused(tmp_path, content):
    (tmp_path / REHEARSAL_FILE).write_bytes(content)
    with pytest.raises(BundleError, match=r"rehearsal\.npz is damaged"):
        load_rehearsal(tmp_path, 3, (4, 3))


def test_values_that_are_no_numbers_are_refused(tmp_path):
    inputs, labels = part(9, 0)
    inputs[3] = np.nan
    write_rehearsal(tmp_path, Rehearsal(inputs, labels, *part(6, 1)))
    with pytest.raises(BundleError, match=r"rehearsal\.npz is damaged"):
        load_rehearsal(tmp_path, 3, (4, 3))


def test_one_that_would_run_code_is_refused(tmp_path):
    objects = np.array([object()] * 9, dtype=object)
    np.savez(tmp_path / REHEARSAL_FILE, learned=objects, learned_labels=np.arange(9))
    with pytest.raises(BundleError, match=r"rehearsal\.npz is damaged"):
        load_rehearsal(tmp_path, 3, (4, 3))
