import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.dataset.scan import DataSet, Recording
from core.dataset.splits import Split, split, split_text
from core.errors import DataSetError
from core.labels import SILENCE

LABELS = ("one", "two", "three")
SPEAKERS = tuple(f"s{n}" for n in range(10))


def recording(label, speaker, number):
    name = f"{label}/{speaker}_nohash_{number}.wav"
    return Recording(Path(name), name, label, speaker, name, 1.0, 8000)


def data_set(recordings, validation=None, testing=None):
    ordered = tuple(sorted(recordings, key=lambda r: r.name))
    return DataSet(Path(), ordered, (), (), validation, testing)


def everybody(speakers=SPEAKERS, labels=LABELS, takes=4):
    return [recording(x, s, n) for x in labels for s in speakers for n in range(takes)]


def speakers(side):
    return {r.speaker for r in side}


def test_by_speaker_nobody_stands_on_two_sides():
    sides = split(data_set(everybody()), LABELS)
    train, validation, test = map(speakers, (sides.train, sides.validation, sides.test))
    assert train | validation | test == set(SPEAKERS)
    assert not train & validation
    assert not train & test
    assert not validation & test
    assert (len(validation), len(test)) == (2, 2)
    assert sides.shared_speakers == 0
    assert sides.evaluated == sides.test
    assert "Warning" not in str(split_text(sides.to_json()))


def test_by_speaker_the_side_depends_on_the_name_and_neither_on_order_nor_seed():
    ordered = split(data_set(everybody()), LABELS, seed=1)
    turned = split(data_set(everybody(SPEAKERS[::-1])), LABELS[::-1], seed=2)
    assert ordered.test == turned.test
    assert ordered.validation == turned.validation


def test_three_speakers_are_enough_and_each_takes_a_side():
    sides = split(data_set(everybody(SPEAKERS[:3])), LABELS)
    assert [len(speakers(side)) for side in (sides.train, sides.validation, sides.test)] == [1] * 3


def test_clips_of_unknown_speakers_are_learned_from():
    clips = [*everybody(), recording("one", None, 1), recording("one", None, 2)]
    sides = split(data_set(clips), LABELS)
    assert {r.name for r in clips[-2:]} <= {r.name for r in sides.train}
    assert None not in speakers(sides.validation) | speakers(sides.test)


def test_only_the_chosen_labels_are_divided():
    sides = split(data_set(everybody()), ("one", "two"))
    assert {r.label for r in sides.train + sides.validation + sides.test} == {"one", "two"}


def test_the_lists_of_a_folder_decide():
    validation = frozenset(f"{x}/s1_nohash_{n}.wav" for x in LABELS for n in range(4))
    testing = frozenset(f"{x}/s2_nohash_{n}.wav" for x in LABELS for n in range(4))
    sides = split(data_set(everybody(), validation, testing), LABELS)
    assert sides.by_lists
    assert speakers(sides.validation) == {"s1"}
    assert speakers(sides.test) == {"s2"}
    assert speakers(sides.train) == set(SPEAKERS) - {"s1", "s2"}


def test_lists_that_name_nothing_do_not_decide():
    sides = split(data_set(everybody(), frozenset({"x"}), frozenset({"y"})), LABELS)
    assert not sides.by_lists
    assert sides.validation


def test_lists_that_leave_nothing_of_a_label_to_learn_from_are_refused():
    validation = frozenset(f"one/{s}_nohash_{n}.wav" for s in SPEAKERS for n in range(4))
    with pytest.raises(DataSetError, match="nobody is left to learn one from"):
        split(data_set(everybody(), validation, frozenset()), LABELS)


def test_the_random_split_is_scikit_learns_stratified_one():
    data = data_set(everybody())
    sides = split(data, LABELS, "random", 0.2, 777)
    clips = data.of_labels(LABELS)
    from sklearn.model_selection import train_test_split  # takes a second

    train, validation = train_test_split(
        clips, test_size=0.2, random_state=777, stratify=[r.label for r in clips]
    )
    assert (sides.train, sides.validation, sides.test) == (tuple(train), tuple(validation), ())
    assert sides.evaluated == sides.validation
    assert split(data, LABELS, "random", 0.2, 778).train != sides.train


def test_speakers_on_both_sides_are_counted_and_warned_of():
    sides = split(data_set(everybody(takes=8)), LABELS, "random")
    assert sides.shared_speakers == len(SPEAKERS)
    report = sides.to_json()
    assert report["train"] == {"clips": 192, "speakers": 10}
    assert report["test"] == {"clips": 0, "speakers": 0}
    text = str(split_text(report))
    assert "192 clips of 10 speakers for learning" in text
    assert "Warning: 10 speakers stand on both sides" in text
    assert "the test" not in text


def test_too_few_speakers_are_refused_with_the_way_that_works():
    with pytest.raises(DataSetError, match=r"2 known speakers.*random split"):
        split(data_set(everybody(SPEAKERS[:2])), LABELS)
    assert split(data_set(everybody(SPEAKERS[:2])), LABELS, "random").train


def test_a_label_that_only_the_tested_speak_is_refused():
    tested = split(data_set(everybody()), LABELS).test[0].speaker
    clips = [*everybody(), recording("six", tested, 0), recording("six", tested, 1)]
    with pytest.raises(DataSetError, match="nobody is left to learn six from"):
        split(data_set(clips), (*LABELS, "six"))


def test_too_few_clips_for_a_random_split_are_refused():
    clips = everybody(SPEAKERS[:2], takes=1)
    with pytest.raises(DataSetError, match="6 clips are too few to set 20% of every label aside"):
        split(data_set(clips), LABELS, "random")


@pytest.mark.parametrize("kind", ["speaker", "random"])
def test_one_label_is_refused(kind):
    with pytest.raises(DataSetError, match="at least two labels"):
        split(data_set(everybody()), ("one",), kind)


def heard(sides):
    return sides.tested_on_unheard


def test_unheard_are_those_whom_nobody_learned_from_and_of_whom_that_is_known():
    known = everybody()
    nameless = recording("one", None, 1)
    noise = recording(SILENCE, None, 1)
    assert heard(split(data_set(known), LABELS)) is True
    assert heard(split(data_set([*known, nameless]), LABELS)) is None
    assert heard(split(data_set(known), LABELS, "random")) is False
    assert heard(Split("speaker", (known[0], noise), (), (known[5], noise))) is True
    assert heard(Split("speaker", (known[0],), (), (nameless,))) is None
    assert heard(Split("speaker", (known[0],), (), (known[1],))) is False
    assert heard(Split("speaker", (known[0], nameless), (), (known[1],))) is False
    assert heard(Split("speaker", (known[0],), (known[5],), ())) is False


@pytest.mark.parametrize("listed", ["validation", "testing"])
def test_one_list_decides_its_side_and_the_other_is_chosen(listed):
    names = frozenset(f"{x}/s1_nohash_{n}.wav" for x in LABELS for n in range(4))
    sides = split(data_set(everybody(), **{listed: names}), LABELS)
    train, validation, test = map(speakers, (sides.train, sides.validation, sides.test))
    assert (validation if listed == "validation" else test) == {"s1"}
    assert train | validation | test == set(SPEAKERS)
    assert len(train) + len(validation) + len(test) == len(SPEAKERS)
    assert sides.by_lists


def test_one_list_of_clips_whose_speakers_are_not_known_is_obeyed():
    clips = [recording(x, None, n) for x in LABELS for n in range(10)]
    names = frozenset(r.name for r in clips if r.name.endswith(("8.wav", "9.wav")))
    sides = split(data_set(clips, testing=names), LABELS)
    assert {r.name for r in sides.test} == names
    assert {r.label for r in sides.validation} == set(LABELS)
    assert (len(sides.train), len(sides.validation)) == (18, 6)


def test_a_list_that_names_nothing_does_not_decide():
    assert not split(data_set(everybody(), testing=frozenset({"x"})), LABELS).by_lists


def test_no_test_set_is_made_of_noise_alone():
    noise = [recording(SILENCE, None, n) for n in range(10)]
    validation = frozenset(f"{x}/s1_nohash_{n}.wav" for x in LABELS for n in range(4))
    folder = replace(data_set(everybody(), validation, frozenset()), noise=tuple(noise))
    sides = split(folder, (*LABELS, SILENCE))
    assert sides.test == ()
    assert sum(r.label == SILENCE for r in sides.validation) == 2
    assert {r.label for r in sides.evaluated} == {*LABELS, SILENCE}


def test_one_is_one():
    side = {"clips": 1, "speakers": 1}
    report = {"by_lists": False, "shared_speakers": 0, "unknown_speakers": 0}
    report |= dict.fromkeys(("train", "validation", "test"), side)
    assert str(split_text(report)) == (
        "1 clip of 1 speaker for learning, 1 clip of 1 speaker for validation, "
        "1 clip of 1 speaker for the test."
    )
    assert "1 speaker stands on both sides" in str(split_text(report | {"shared_speakers": 1}))
    assert "in 1 clip is not known" in str(split_text(report | {"unknown_speakers": 1}))
    with pytest.raises(DataSetError, match="1 known speaker, and"):
        split(data_set(everybody(SPEAKERS[:1])), LABELS)


def test_names_that_are_no_text_are_divided():
    raw = os.fsdecode(b"caf\xe9")
    noise = [recording(SILENCE, None, f"{n}{raw}") for n in range(10)]
    folder = replace(data_set(everybody([f"{s}{raw}" for s in SPEAKERS])), noise=tuple(noise))
    assert split(folder, (*LABELS, SILENCE)).test
    assert folder.fingerprint
