import json
import random
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from core.dataset.collection import STATE_FILE, Collection, CollectionPlan, find_unfinished
from core.dataset.scan import scan
from core.errors import SoundFileError
from core.labels import DIGITS
from core.sound.clip import AudioClip
from core.sound.levels import is_cut_off
from tests.helpers.sounds import noise, sample_clip, tone, word


def clip(number):
    return AudioClip(tone(200 + 10 * number))


@pytest.fixture
def collection(tmp_path):
    return Collection.begin(tmp_path / "me", CollectionPlan("me", ("one", "two", "six"), 2, 5))


def test_every_round_has_every_word_and_none_comes_twice_in_a_row():
    for seed in range(40):
        prompts = CollectionPlan("me", ("one", "two", "six"), 6, seed).prompts
        for first in range(0, 18, 3):
            assert sorted(prompts[first : first + 3]) == ["one", "six", "two"]
        assert all(a != b for a, b in pairwise(prompts))
    orders = {CollectionPlan("me", DIGITS, 1, seed).prompts for seed in range(10)}
    assert len(orders) == 10


def test_a_single_word_can_be_said_again_and_again():
    assert CollectionPlan("me", ("yes",), 3).prompts == ("yes", "yes", "yes")


def test_the_result_is_a_data_set(collection):
    number = 0
    while collection.prompt is not None:
        collection.keep(clip(number))
        number += 1
    data_set = scan(collection.folder)
    assert Counter(r.label for r in data_set.recordings) == {"one": 2, "two": 2, "six": 2}
    assert {r.speaker for r in data_set.recordings} == {"me"}
    assert [p.kind.value for p in data_set.problems] == ["few clips"] * 3
    data_set.check_trainable(("one", "two", "six"))


def test_it_goes_on_where_it_was_left(collection):
    collection.keep(clip(0))
    collection.skip()
    again = Collection.resume(collection.folder)
    assert again.done == 2
    assert again.prompts == collection.prompts
    assert not again.can_go_back
    assert [c.folder for c in find_unfinished([collection.folder])] == [collection.folder]
    while again.prompt is not None:
        again.skip()
    assert find_unfinished([collection.folder, collection.folder / "none"]) == []


def test_going_back_removes_the_clip_and_asks_again(collection):
    first = collection.prompt
    saved = collection.keep(clip(0))
    collection.skip()
    collection.back()
    assert saved.path.exists()
    collection.back()
    assert not saved.path.exists()
    assert (collection.prompt, collection.done) == (first, 0)
    assert not collection.can_go_back
    assert Collection.resume(collection.folder).done == 0


def test_what_lies_there_is_not_touched(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(SoundFileError, match="not empty"):
        Collection.begin(tmp_path, CollectionPlan("me", DIGITS, 1))
    with pytest.raises(SoundFileError, match="not empty"):
        Collection.begin(tmp_path / "notes.txt", CollectionPlan("me", DIGITS, 1))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (("…", ("one",), 1), "needs a letter"),
        (("me", (), 1), "at least one word"),
        (("me", ("a/b",), 1), "cannot be a label"),
        (("me", ("one",), 0), "Rounds must be"),
        (("me", ("one",), 101), "Rounds must be"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan, sentence):
    with pytest.raises(SoundFileError, match=sentence):
        CollectionPlan(*plan)


def test_words_count_once():
    assert CollectionPlan("me", ("One", "one ", "two"), 1).labels == ("one", "two")


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"done": -1},
        {"done": 7},
        {"done": "x"},
        {"labels": 3},
        {"labels": ["../.."]},
        {"rounds": 10**9},
        {"speaker": ""},
        {"done": 1e999},
        {"seed": [[[]]]},
    ],
)
def test_a_damaged_state_is_said_and_the_clips_stay(collection, change):
    saved = collection.keep(clip(0))
    file = collection.folder / STATE_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(SoundFileError, match="cannot go on"):
        Collection.resume(collection.folder)
    assert saved.path.exists()


def test_no_bytes_make_it_fail_in_another_way(collection):
    shuffled = random.Random(3)
    file = collection.folder / STATE_FILE
    whole = file.read_bytes()
    for _ in range(100):
        broken = bytearray(whole)
        broken[shuffled.randrange(len(broken))] = shuffled.randrange(256)
        file.write_bytes(broken)
        with suppress(SoundFileError):
            Collection.resume(collection.folder)


def test_a_full_disk_is_said_and_the_word_stays(collection, monkeypatch):
    word_now = collection.prompt

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SoundFileError, match="No space left"):
        collection.keep(clip(0))
    assert collection.prompt == word_now
    monkeypatch.undo()
    monkeypatch.setattr(Path, "write_bytes", lambda *a, **k: full(*a[:2]))
    with pytest.raises(SoundFileError, match="No space left"):
        collection.keep(clip(0))
    assert (collection.prompt, collection.can_go_back) == (word_now, False)
    assert list(collection.folder.rglob("*.wav")) == []


def test_words_at_the_edge_are_cut_off():
    assert is_cut_off(AudioClip(word(at=0.8, length=0.2)))
    assert is_cut_off(AudioClip(word(at=0.0, length=0.3)))
    assert not is_cut_off(AudioClip(word(at=0.3, length=0.4)))
    assert not is_cut_off(AudioClip(noise(amplitude=0.05)))
    assert not is_cut_off(AudioClip(np.zeros(8000, np.float32)))
    assert not is_cut_off(AudioClip(tone(300, 0.01)))
    assert not any(is_cut_off(sample_clip(label)) for label in DIGITS)
