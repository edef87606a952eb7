import os

import pytest

from core.dataset.layouts import Layout
from core.labels import DIGITS
from core.sentences import Sentence


def read(*names):
    """Return label and speaker of each name, or the sentence why it is none."""
    layout = Layout([tuple(name.split("/")) for name in names])
    found = [layout.read(tuple(name.split("/"))) for name in names]
    return [str(r) if isinstance(r, Sentence) else tuple(r) for r in found], layout


def odd(layout):
    return {name: str(detail) for name, detail in layout.odd.items()}


@pytest.mark.parametrize(
    ("name", "label", "speaker"),
    [
        ("one/s1_nohash_0.wav", "one", "s1"),
        ("one/anna.wav", "one", None),
        ("one/0.wav", "one", None),
        ("one/1_george_3.wav", "one", "george"),
        ("cat/cat_george_3.wav", "cat", "george"),
        ("7_george_3.wav", "seven", "george"),
        ("07_george_3.wav", "seven", "george"),
        ("Seven_george_3.wav", "seven", "george"),
        ("cat_george_3.wav", "cat", "george"),
        ("01/0_01_0.wav", "zero", "01"),
        ("1/0_01_0.wav", "zero", "01"),
        ("george/7_George_3.wav", "seven", "George"),
        ("anna/seven_3.wav", "seven", "anna"),
        ("anna/Seven.wav", "seven", "anna"),
        ("3/7_anna_0.wav", "seven", "anna"),
        ("-x/s1_nohash_0.wav", "-x", "s1"),
        ("a,b/s1_nohash_0.wav", "a,b", "s1"),
        (" cat /s1_nohash_0.wav", "cat", "s1"),
        ("Bed  room/s1_nohash_0.wav", "Bed room", "s1"),
        ("o\tn\x1be/s\n1_nohash_0.wav", "o n\\x1be", "s 1"),
        ("gro\u0308\u00dfe/s1_nohash_0.wav", "gr\u00f6\u00dfe", "s1"),
        (os.fsdecode(b"caf\xe9/b\xe9_nohash_0.wav"), "caf\\xe9", "b\\xe9"),
        ("60/s1_nohash_0.wav", "60", "s1"),
    ],
)
def test_what_a_name_says(name, label, speaker):
    assert read(name)[0] == [(label, speaker)]


@pytest.mark.parametrize("name", ["loose.wav", "12_anna_3.wav", "anna_nohash_0.wav", "1.wav"])
def test_a_loose_file_that_names_no_speaker_is_none(name):
    (found,), _ = read(name)
    assert "in no label's folder" in found


@pytest.mark.parametrize("name", ["_x_/s1_nohash_0.wav", " /s1_nohash_0.wav", "_x_/a/s1.wav"])
def test_a_folder_that_is_no_label_is_none(name):
    (found, _), _ = read(name, "one/s1_nohash_0.wav")
    assert found == "in a folder that is no label"


@pytest.mark.parametrize("name", ["Zero", "ONE", "two ", "03", "4", "one_1", "05 five"])
def test_what_was_taken_for_a_digit_is_told(name):
    ((label, _),), layout = read(f"{name}/s1_nohash_0.wav")
    assert label in DIGITS
    assert odd(layout) == {name: f"taken for “{label}”"}


def test_what_needs_no_words_is_not_told():
    names = ["one/s1_nohash_0.wav", "cat/s2_nohash_0.wav", "7_george_3.wav", "-x/a.wav"]
    assert odd(read(*names, os.fsdecode(b"caf\xe9/a.wav"))[1]) == {}


def test_folders_of_speakers_are_no_digits_when_the_files_say_some():
    names = [f"{s:02}/{d}_{s:02}_{n}.wav" for s in range(1, 61) for d in range(10) for n in (0, 1)]
    found, layout = read(*names)
    assert found == [(DIGITS[d], f"{s:02}") for s in range(1, 61) for d in range(10) for _ in "ab"]
    assert odd(layout) == {}


@pytest.mark.parametrize("files", ["{d}_0.wav", "{d}.wav"])
def test_numbers_beyond_nine_are_speakers_where_every_file_begins_with_a_digit(files):
    names = [f"{s}/{files.format(d=d)}" for s in (1, 2, 3, 17) for d in range(10)]
    assert read(*names)[0] == [(DIGITS[d], str(s)) for s in (1, 2, 3, 17) for d in range(10)]


def test_spoken_numbers_stay_labels():
    names = [f"{number}/{speaker}_nohash_0.wav" for number in (1, 2, 17) for speaker in "ab"]
    assert [label for label, _ in read(*names)[0]] == ["one", "one", "two", "two", "17", "17"]


def test_numbered_takes_in_a_labels_folder_are_no_digits():
    names = [f"{label}/{n}.wav" for label in ("one", "cat", "2") for n in range(12)]
    assert {label for label, _ in read(*names)[0]} == {"one", "cat", "two"}


def test_folders_of_sessions_are_no_labels_and_that_is_told():
    names = [f"{s}/{d}_anna_{n}.wav" for s in ("monday", "home") for d in (3, 7) for n in (0, 1)]
    found, layout = read(*names)
    assert {label for label, _ in found} == {"three", "seven"}
    assert set(odd(layout)) == {"monday", "home"}


def test_a_word_beside_digits_stays_one_and_what_contradicts_it_is_told():
    found, layout = read("cat/1_anna_3.wav", "one/1_anna_3.wav", "three/7_anna_0.wav")
    assert [label for label, _ in found] == ["cat", "one", "three"]
    assert set(odd(layout)) == {"cat", "three"}
    assert "1_anna_3" in odd(layout)["cat"]


@pytest.mark.parametrize(
    ("labels", "form"),
    [
        (("one", "two", "cat"), "{label}/{speaker}/0.wav"),
        (("1", "2"), "{label}/{speaker}/0.wav"),
        (("yes", "no"), "{label}/{speaker}/0.wav"),
        (("one", "two"), "{speaker}/{label}/0.wav"),
        (("1", "2"), "{speaker}/{label}/0.wav"),
    ],
)
def test_folders_of_speakers_within_folders_of_labels_or_about_them(labels, form):
    pairs = [(label, speaker) for label in labels for speaker in ("anna", "ben")]
    found, layout = read(*(form.format(label=label, speaker=speaker) for label, speaker in pairs))
    words = {"1": "one", "2": "two"}
    assert found == [(words.get(label, label), speaker) for label, speaker in pairs]
    assert "taken for a speaker" in odd(layout)["anna"]
    assert "ben" not in odd(layout)


def test_a_deeper_folder_beside_labels_is_none():
    found, _ = read("one/s1_nohash_0.wav", "one/s2_nohash_0.wav", "one/old/s3_nohash_0.wav")
    assert found[2] == "deeper than a label's folder"
    assert "deeper" in read("one/a/b/0.wav", "two/a/b/0.wav")[0][0]


LAYOUTS = {
    "Speech Commands": ("{word}/{speaker}_nohash_{n}.wav", "{word}"),
    "Free Spoken Digit Dataset": ("{digit}_{speaker}_{n}.wav", "{word}"),
    "AudioMNIST": ("{speaker}/{digit}_{speaker}_{n}.wav", "{word}"),
    "nested": ("{word}/{speaker}/{n}.wav", "{word}"),
}


def names_of(layout, above=""):
    return [
        f"{above}{LAYOUTS[layout][0]}".format(word=DIGITS[d], digit=d, speaker=s, n=n)
        for d in range(10)
        for s in ("07", "11")
        for n in range(2)
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("above", ["data/", "FSDD-master/recordings/"])
def test_a_folder_that_holds_everything_is_no_label(layout, above):
    plain, _ = read(*names_of(layout))
    found, read_layout = read(*names_of(layout, above))
    assert found == plain
    assert [label for label, _ in found] == [DIGITS[d] for d in range(10) for _ in range(4)]
    assert {speaker for _, speaker in found} == {"07", "11"}
    assert set(above.split("/")) - {""} <= set(odd(read_layout))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("train", "test", "validation"),
    [
        ("train", "test", "validation"),
        ("Training", "TESTING", "dev"),
        ("all/train", "all/test", "all/val"),
        ("train/audio", "test/audio", "valid/audio"),
    ],
)
def test_folders_for_training_and_test_are_sides_and_no_labels(layout, train, test, validation):
    plain, _ = read(*names_of(layout))
    sides = {train: "train", test: "test", validation: "validation"}
    names = [name for side in sides for name in names_of(layout, f"{side}/")]
    found, read_layout = read(*names)
    assert found == 3 * plain
    assert [read_layout.side(tuple(name.split("/"))) for name in names] == [
        side for side in sides.values() for _ in plain
    ]
    assert read_layout.without_sides(tuple(names[0].split("/"))) == tuple(
        names_of(layout)[0].split("/")
    )


def test_the_words_train_and_test_are_labels_where_sounds_lie_in_them():
    found, layout = read("train/s1_nohash_0.wav", "test/s1_nohash_0.wav", "test/s2_nohash_0.wav")
    assert [label for label, _ in found] == ["train", "test", "test"]
    assert layout.side(("train", "s1_nohash_0.wav")) is None
    found, _ = read("train/s1_nohash_0.wav", "bus/s1_nohash_0.wav")
    assert [label for label, _ in found] == ["train", "bus"]


def test_a_single_word_is_no_folder_that_holds_everything():
    for name in ("hello/my_recording_2.wav", "hello/anna.wav", "train/anna_take_1.wav"):
        ((label, _),), layout = read(name)
        assert label == name.partition("/")[0]
        assert odd(layout) == {}


def test_takes_that_are_numbered_in_words_are_no_digits():
    found, _ = read("two/anna_nohash_0.wav", "cat/one.wav", "cat/two.wav", "cat/three_1.wav")
    assert found[1:] == [("cat", None)] * 3


def test_what_lies_beside_the_sides_is_told():
    found, _ = read("train/one/a.wav", "test/one/b.wav", "raw/one/c.wav", "d.wav")
    assert [isinstance(r, str) and "beside" in r for r in found] == [False, False, True, True]


def test_a_single_side_is_no_label_either():
    found, layout = read("train/one/a.wav", "train/two/a.wav")
    assert [label for label, _ in found] == ["one", "two"]
    assert layout.side(("train", "one", "a.wav")) == "train"
