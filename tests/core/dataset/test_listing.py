import errno
import json
import os
from pathlib import Path

import pytest

from core.dataset.health import ProblemKind
from core.dataset.listing import Listing
from core.dataset.scan import scan
from core.dataset.splits import split, split_text
from core.errors import DataSetError
from core.labels import printable
from tests.helpers.recordings import LABELS, SPEAKERS, spoken, write_recordings
from tests.helpers.sounds import noise, write


@pytest.fixture
def folder(tmp_path):
    return write_recordings(tmp_path / "data", takes=1)


def write_raw(path, samples):
    """Write a sound under a name that is no text, which soundfile does not take."""
    write(path.parents[1] / "raw.wav", samples).rename(path)


def told(listing, kind):
    return {p.path: str(p.detail) for p in listing.problems if p.kind is kind}


def broken(monkeypatch, place, number):
    """Let the system fail to list a folder; the superuser may read everything else."""
    scandir = os.scandir

    def failing(path="."):
        if Path(path) == place:
            raise OSError(number, os.strerror(number), os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)


ERRORS = [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOTCONN]


@pytest.mark.parametrize("number", ERRORS)
def test_a_folder_that_cannot_be_entered_is_told_and_the_others_are_read(
    folder, monkeypatch, number
):
    broken(monkeypatch, folder / "one", number)
    listing = Listing(folder)
    assert {file.label for file in listing.files} == {"zero", "two"}
    (detail,) = told(listing, ProblemKind.UNREADABLE).values()
    assert list(told(listing, ProblemKind.UNREADABLE)) == ["one"]
    assert os.strerror(number) in detail


@pytest.mark.parametrize("number", ERRORS)
def test_a_data_set_that_cannot_be_entered_is_told(folder, monkeypatch, number):
    broken(monkeypatch, folder, number)
    with pytest.raises(DataSetError, match=f"cannot be read: {os.strerror(number)}"):
        scan(folder)


def test_a_disk_that_goes_away_while_it_is_read_is_told(folder, monkeypatch):
    scandir = os.scandir

    class Going:
        def __init__(self, path):
            self.entries = scandir(path)

        def __iter__(self):
            return self

        def __next__(self):
            raise OSError(errno.EIO, os.strerror(errno.EIO))  # without a file name

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.entries.close()

    monkeypatch.setattr(os, "scandir", lambda p: (Going if Path(p).name == "one" else scandir)(p))
    listing = Listing(folder)
    assert {file.label for file in listing.files} == {"zero", "two"}
    assert "Input/output error" in told(listing, ProblemKind.UNREADABLE)["."]


def test_where_nothing_can_be_entered_the_reason_is_told(tmp_path, monkeypatch):
    write(tmp_path / "data" / "one" / "s1_nohash_0.wav", spoken("one", "s1", 0))
    broken(monkeypatch, tmp_path / "data" / "one", errno.EACCES)
    with pytest.raises(DataSetError, match="can be reached: one cannot be entered: Permission"):
        scan(tmp_path / "data")


@pytest.mark.parametrize("name", ["~nosuchuser", "a\0b", "x" * 300, "data/one/s1_nohash_0.wav"])
def test_what_is_no_folder_is_told(folder, name):
    with pytest.raises(DataSetError, match=r"There is no folder|cannot be read"):
        scan(folder.parent / name)


def test_links_to_folders_are_told_and_not_followed(folder, tmp_path):
    other = write_recordings(tmp_path / "other", labels=("six",), takes=1)
    (folder / "six").symlink_to(other / "six", target_is_directory=True)
    (folder / "one" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "seven").symlink_to(tmp_path / "gone", target_is_directory=True)
    (folder / "one" / "s9_nohash_0.wav").symlink_to(other / "six" / "s1_nohash_0.wav")
    listing = Listing(folder)
    assert {"six", "one/loop"} <= set(told(listing, ProblemKind.STRAY))
    assert "link" in told(listing, ProblemKind.STRAY)["six"]
    assert {file.label for file in listing.files} == set(LABELS)
    assert "one/s9_nohash_0.wav" in {file.name for file in listing.files}


def test_names_may_be_as_long_as_a_disk_takes(folder):
    long = "x" * (255 - len("_nohash_0.wav"))
    write(folder / "one" / f"{long}_nohash_0.wav", spoken("one", "x", 0))
    write(folder / ("y" * 255) / "s1_nohash_0.wav", spoken("six", "x", 0))
    (folder / ("z" * 255)).mkdir()
    data_set = scan(folder)
    assert long in {r.speaker for r in data_set.recordings}
    assert "y" * 255 in data_set.labels


def test_names_that_are_no_text_can_be_divided_reported_and_written(folder):
    raw = os.fsdecode(b"caf\xe9")
    try:
        (folder / raw).mkdir()
    except OSError:
        pytest.skip("the file system takes text only")
    for number, speaker in enumerate(SPEAKERS):
        write_raw(folder / raw / f"{speaker}{raw}_nohash_0.wav", spoken("x", speaker, number))
    (folder / "_background_noise_").mkdir()
    write_raw(folder / "_background_noise_" / f"{raw}.wav", noise(2.0, amplitude=0.1))
    (folder / raw / f"{raw}_nohash_1.wav").write_bytes(b"no sound")
    (folder / f"{raw}.txt").write_text("a note")
    data_set = scan(folder)
    assert printable(raw) in data_set.labels
    assert len(data_set.fingerprint) == 32
    report = data_set.to_json()
    json.dumps(report)
    json.dumps([report["labels"], [p["detail"] for p in report["problems"]]], ensure_ascii=False)
    sides = split(data_set, data_set.labels)
    text = json.dumps(
        [(r.label, r.speaker) for r in sides.train + sides.validation + sides.test],
        ensure_ascii=False,
    )
    assert text.encode()
    assert all((folder / r.name).is_file() for r in data_set.recordings)


# --- lists ------------------------------------------------------------------------------

ENTRIES = ["one/s1_nohash_0.wav", "two/s1_nohash_0.wav"]


def lines(entries, mark="", end="\n"):
    return mark + "".join(entry + end for entry in entries)


WAYS = {
    "plain": lines(ENTRIES).encode(),
    "no last line end": "\n".join(ENTRIES).encode(),
    "Windows": lines([entry.replace("/", "\\") for entry in ENTRIES], end="\r\n").encode(),
    "a mark": lines(ENTRIES, "\ufeff").encode(),
    "UTF-16": lines(ENTRIES, end="\r\n").encode("utf-16"),
    "UTF-16, other order": lines(ENTRIES, "\ufeff").encode("utf-16-be"),
    "UTF-16, no mark": lines(ENTRIES).encode("utf-16-le"),
    "UTF-16, no mark, other order": lines(ENTRIES).encode("utf-16-be"),
    "from here": lines([f"./{entry}" for entry in ENTRIES]).encode(),
    "from above": lines([f"data/{entry}" for entry in ENTRIES]).encode(),
    "elsewhere": lines([f"/home/me/sets/digits/{entry}" for entry in ENTRIES]).encode(),
    "another drive": lines([f"C:\\sets\\{e}".replace("/", "\\") for e in ENTRIES]).encode(),
    "spaces": lines([f"  {entry}\t" for entry in ENTRIES], end="\n\n").encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_list_is_read_whatever_has_written_it(folder, way):
    (folder / "testing_list.txt").write_bytes(WAYS[way])
    listing = Listing(folder)
    assert listing.testing == set(ENTRIES)
    assert listing.validation is None
    assert listing.problems == []


def test_an_absolute_path_in_a_list_is_found(folder):
    (folder / "validation_list.txt").write_text("\n".join(str(folder / e) for e in ENTRIES))
    assert Listing(folder).validation == set(ENTRIES)


def test_what_a_list_names_and_is_not_there_is_told_and_bounded(folder):
    entries = ENTRIES + [f"one/{'x' * 4000}{n}_nohash_0.wav" for n in range(50)]
    (folder / "testing_list.txt").write_text(lines(entries))
    listing = Listing(folder)
    assert listing.testing == set(ENTRIES)
    detail = told(listing, ProblemKind.LIST)["testing_list.txt"]
    assert detail.startswith("50 of its 52 names are not in the folder, as one/xxx")
    assert len(detail) < 300


def test_a_list_that_cannot_be_read_is_told(folder):
    (folder / "testing_list.txt").symlink_to(folder / "gone.txt")
    listing = Listing(folder)
    assert listing.testing is None
    assert "No such file" in told(listing, ProblemKind.UNREADABLE)["testing_list.txt"]


def test_a_recording_in_both_lists_is_tested_on_only(folder):
    (folder / "validation_list.txt").write_text(lines(ENTRIES))
    (folder / "testing_list.txt").write_text(ENTRIES[0])
    listing = Listing(folder)
    assert (listing.validation, listing.testing) == ({ENTRIES[1]}, {ENTRIES[0]})


def test_names_of_a_list_need_not_be_text(folder):
    raw = os.fsdecode(b"one/caf\xe9_nohash_0.wav")
    try:
        write(folder / "x.wav", spoken("one", "x", 1)).rename(folder / raw)
    except OSError:
        pytest.skip("the file system takes text only")
    (folder / "testing_list.txt").write_bytes(os.fsencode(raw))
    assert Listing(folder).testing == {raw}


@pytest.mark.parametrize("list_name", ["validation_list.txt", "testing_list.txt"])
def test_one_of_the_two_lists_is_obeyed(folder, list_name):
    names = [f"{label}/s3_nohash_0.wav" for label in LABELS]
    (folder / list_name).write_text(lines(names))
    sides = split(scan(folder), LABELS)
    listed, other = sides.validation, sides.test
    if list_name == "testing_list.txt":
        listed, other = other, listed
    assert {r.speaker for r in listed} == {"s3"}
    assert len({r.speaker for r in other}) == 1
    assert {r.speaker for r in sides.train} == set(SPEAKERS) - {"s3"} - {r.speaker for r in other}
    assert sides.by_lists
    assert "as the folder itself divides them" in str(split_text(sides.to_json()))


def test_lists_below_folders_that_hold_everything_are_found(tmp_path):
    write_recordings(tmp_path / "train" / "audio", takes=1)
    (tmp_path / "train" / "testing_list.txt").write_text(lines(ENTRIES))
    listing = Listing(tmp_path)
    assert listing.testing == {f"train/audio/{entry}" for entry in ENTRIES}
    assert {file.label for file in listing.files} == set(LABELS)


# --- sides ------------------------------------------------------------------------------


def test_folders_for_training_and_test_are_obeyed(tmp_path):
    for side, speakers in (("train", SPEAKERS[:3]), ("test", ("s4",)), ("dev", ("s5",))):
        write_recordings(tmp_path / side, speakers=speakers, takes=1)
        write(tmp_path / side / "_background_noise_" / "a.wav", noise(2.0, seed=len(side)))
    data_set = scan(tmp_path)
    sides = split(data_set, (*LABELS, "_silence_"))
    for side, name, speakers in (
        (sides.train, "train", SPEAKERS[:3]),
        (sides.test, "test", ("s4",)),
        (sides.validation, "dev", ("s5",)),
    ):
        assert {r.name.partition("/")[0] for r in side} == {name}
        assert {r.speaker for r in side} == {*speakers, None}
    assert sides.by_lists
    assert sides.tested_on_unheard


def test_folders_for_training_and_test_only_leave_validation_to_be_chosen(tmp_path):
    write_recordings(tmp_path / "train", speakers=SPEAKERS[:4], takes=1)
    write_recordings(tmp_path / "test", speakers=SPEAKERS[4:], takes=1)
    sides = split(scan(tmp_path), LABELS)
    assert {r.speaker for r in sides.test} == {"s5"}
    assert len({r.speaker for r in sides.validation}) == 1
    assert len(sides.train) == 9


def test_sides_without_speakers_are_obeyed_and_nothing_is_claimed_of_them(tmp_path):
    for side, first in (("train", 0), ("test", 10)):
        for label in LABELS:
            for number in range(first, first + 10):
                path = tmp_path / side / label / f"{number}.wav"
                write(path, spoken(label, "x", number))
    sides = split(scan(tmp_path), LABELS)
    assert (len(sides.train), len(sides.validation), len(sides.test)) == (24, 6, 30)
    assert {r.label for r in sides.validation} == set(LABELS)
    assert sides.tested_on_unheard is None
    text = str(split_text(sides.to_json()))
    assert "Who speaks in 60 clips is not known" in text
