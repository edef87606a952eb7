import errno
import os
import shutil

import pytest

from core import files
from core.dataset import relabelling
from core.dataset.corrections import CorrectionList
from core.dataset.relabelling import relabel, undo
from core.dataset.scan import scan
from core.dataset.splits import split
from core.errors import DataSetError, SoundFileError, WritingError
from tests.helpers.recordings import LABELS, write_recordings
from tests.helpers.sounds import noise, write

ONE, TWO = "one/s1_nohash_0.wav", "two/s1_nohash_0.wav"


@pytest.fixture
def folder(tmp_path):
    return write_recordings(tmp_path / "data", speakers=("s1", "s2"), takes=3)


def tree(folder):
    """Return what is in a folder, file by file."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def named(folder):
    return {r.name: (r.label, r.speaker) for r in scan(folder).recordings}


def write_tree(folder, names):
    """Write files of these names, no two alike."""
    for number, name in enumerate(names):
        write(folder / name, noise(1.0, amplitude=0.1, seed=number))
    return folder


def test_a_clip_moves_to_its_words_folder_over_no_other_and_back(folder):
    before = tree(folder)
    moved = relabel(folder, ONE, "two")
    assert (moved.old, moved.new, moved.label) == (ONE, "two/s1_nohash_3.wav", "two")
    assert moved.path == folder / "two" / "s1_nohash_3.wav"
    after = before | {moved.new: before[ONE]}
    del after[ONE]
    assert tree(folder) == after
    assert named(folder)[moved.new] == ("two", "s1")
    undo(moved)
    assert tree(folder) == before


def test_a_clip_keeps_its_name_where_that_is_free(folder):
    (folder / TWO).unlink()
    assert relabel(folder, folder / ONE, "two").new == TWO


def test_a_word_that_is_new_gets_a_folder_that_goes_with_it(folder):
    before = tree(folder)
    moved = relabel(folder, ONE, "Seven")
    assert moved.new == "seven/s1_nohash_0.wav"
    other = relabel(folder, TWO, "seven")
    undo(other)
    undo(moved)
    assert tree(folder) == before
    assert not (folder / "seven").exists()


LAYOUTS = [
    (  # numerals, and capital letters
        ["7/a_nohash_0.wav", "Eight/a_nohash_0.wav", "Ja/a_nohash_1.wav"],
        [("7/a_nohash_0.wav", "eight", "Eight/a_nohash_1.wav"),
         ("Eight/a_nohash_0.wav", "Ja", "Ja/a_nohash_0.wav")],
    ),
    (  # Free Spoken Digit Dataset
        ["7_jackson_0.wav", "7_lucas_0.wav", "2_jackson_0.wav", "2_jackson_1.wav"],
        [("7_jackson_0.wav", "two", "2_jackson_2.wav"),
         ("2_jackson_1.wav", "nine", "9_jackson_1.wav")],
    ),
    (  # AudioMNIST
        ["01/7_01_0.wav", "01/2_01_0.wav", "02/7_02_0.wav", "02/2_02_0.wav"],
        [("01/7_01_0.wav", "two", "01/2_01_1.wav")],
    ),
    (  # below sides
        ["train/7/a_nohash_0.wav", "train/2/a_nohash_0.wav",
         "test/7/b_nohash_0.wav", "test/2/b_nohash_1.wav"],
        [("test/7/b_nohash_0.wav", "two", "test/2/b_nohash_0.wav")],
    ),
    (  # <label>/<speaker>/<n> and <speaker>/<label>/<n>
        ["two/ann/1.wav", "two/bob/1.wav", "seven/ann/1.wav", "seven/bob/2.wav"],
        [("two/ann/1.wav", "seven", "seven/ann/0.wav"), ("two/bob/1.wav", "six", "six/bob/1.wav")],
    ),
    (
        ["ann/two/1.wav", "bob/two/1.wav", "ann/seven/1.wav", "bob/seven/2.wav"],
        [("ann/two/1.wav", "seven", "ann/seven/0.wav")],
    ),
    (  # words of one speaker a folder
        ["ann/two_1.wav", "ann/seven_1.wav", "bob/two_1.wav"],
        [("ann/two_1.wav", "seven", "ann/seven_0.wav")],
    ),
    (  # without numbers
        ["cat/ann.wav", "dog/ann.wav", "dog/bob.wav"],
        [("cat/ann.wav", "dog", "dog/ann_0.wav")],
    ),
    (  # all of it in one folder more
        ["recordings/7_ann_0.wav", "recordings/2_ann_0.wav"],
        [("recordings/7_ann_0.wav", "two", "recordings/2_ann_1.wav")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("names", "moves"), LAYOUTS)
def test_a_clip_moves_as_its_folder_is_arranged(tmp_path, names, moves):
    folder = write_tree(tmp_path / "data", names)
    for old, label, new in moves:
        before, files = named(folder), tree(folder)
        moved = relabel(folder, old, label)
        assert moved.new == new
        speaker = before.pop(old)[1]
        assert named(folder) == before | {new: (label, speaker)}
        undo(moved)
        assert tree(folder) == files


@pytest.mark.parametrize(
    ("names", "old", "label"),
    [
        # In folders of speakers, names of files say digits only.
        (["01/7_01_0.wav", "01/2_01_0.wav", "02/7_02_0.wav"], "01/7_01_0.wav", "yes"),
        # Without it, the other folders would be words, not speakers.
        (["ann/two_1.wav", "bob/seven_1.wav", "bob/seven_2.wav"], "ann/two_1.wav", "cat"),
    ],
)
def test_what_cannot_be_moved_without_being_read_otherwise_stays(tmp_path, names, old, label):
    folder = write_tree(tmp_path / "data", names)
    before = tree(folder)
    with pytest.raises(DataSetError, match="Keep a list of corrections"):
        relabel(folder, old, label)
    assert tree(folder) == before


def test_lists_follow_so_that_no_test_clip_is_learned(folder):
    tests = folder / "testing_list.txt"
    tests.write_bytes(
        b"\xef\xbb\xbfdata/one/s1_nohash_0.wav\r\none/s2_nohash_0.wav\r\ngone.wav\r\n"
    )
    (folder / "validation_list.txt").write_text("zero/s1_nohash_0.wav")
    before = split(scan(folder), LABELS)
    moved = relabel(folder, ONE, "two")
    assert tests.read_bytes() == (
        b"\xef\xbb\xbftwo/s1_nohash_3.wav\r\none/s2_nohash_0.wav\r\ngone.wav\r\n"
    )
    assert {r.name for r in split(scan(folder), LABELS).test} == {moved.new, "one/s2_nohash_0.wav"}
    undo(moved)
    assert split(scan(folder), LABELS) == before
    moved = relabel(folder, "zero/s1_nohash_0.wav", "two")
    assert (folder / "validation_list.txt").read_text() == moved.new


def test_a_clip_that_is_learned_takes_no_place_that_a_list_sets_aside(folder):
    (folder / "testing_list.txt").write_text("two/s1_nohash_3.wav\n./two/s1_nohash_4.wav\n")
    assert relabel(folder, ONE, "two").new == "two/s1_nohash_5.wav"


@pytest.mark.parametrize("step", ["list before", "move", "list after"])
def test_whatever_ends_the_move_no_test_clip_is_learned(folder, monkeypatch, step):
    """The list names both places while the clip moves."""
    (folder / "testing_list.txt").write_text(f"{ONE}\n")
    fingerprint = {r.name: r.fingerprint for r in scan(folder).recordings}[ONE]
    written = []

    class Killed(BaseException):
        pass

    def killed(*_args):
        raise Killed

    def replace(path, content):
        if step == ("list after" if written else "list before"):
            raise Killed
        written.append(content)
        path.write_bytes(content)

    monkeypatch.setattr(relabelling, "replace_file", replace)
    if step == "move":
        monkeypatch.setattr(relabelling, "move_file", killed)
    with pytest.raises(Killed):
        relabel(folder, ONE, "two")
    data_set = scan(folder)
    (clip,) = [r for r in data_set.recordings if r.fingerprint == fingerprint]
    assert clip.name in data_set.testing_list


def test_a_list_that_cannot_be_written_leaves_the_clip_where_it_is(folder, monkeypatch):
    (folder / "testing_list.txt").write_text(f"{ONE}\n")
    before = tree(folder)

    def full(path, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(relabelling, "replace_file", full)
    with pytest.raises(WritingError, match="No space left"):
        relabel(folder, ONE, "seven")
    assert tree(folder) == before
    assert not (folder / "seven").exists()


def test_a_clip_that_cannot_be_moved_leaves_the_lists_as_they_were(folder, monkeypatch):
    (folder / "testing_list.txt").write_text(f"{ONE}\n")
    before = tree(folder)

    def denied(*_args, **_options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(files, "_take_place", denied)
    with pytest.raises(WritingError, match="Permission denied"):
        relabel(folder, ONE, "seven")
    assert tree(folder) == before
    assert not (folder / "seven").exists()


def test_what_the_list_of_corrections_said_goes_and_comes_back(folder):
    corrections = CorrectionList(folder)
    for said in ("two", None):
        corrections.set_all({ONE: said, TWO: "one"})
        moved = relabel(folder, ONE, "zero")
        assert corrections.read().labels == {TWO: "one"}
        assert not corrections.read().bad
        undo(moved)
        read = corrections.read()
        assert (read.labels.get(ONE), ONE in read.bad) == (said, said is None)


def test_a_clip_that_has_changed_or_gone_is_not_moved_back(folder):
    moved = relabel(folder, ONE, "two")
    content = moved.path.read_bytes()
    moved.path.write_bytes(b"edited in the meantime")
    with pytest.raises(DataSetError, match="has changed since"):
        undo(moved)
    moved.path.unlink()
    with pytest.raises(DataSetError, match="has changed since"):
        undo(moved)
    assert content not in tree(folder).values()


def test_a_place_that_was_taken_in_the_meantime_is_not_written_over(folder):
    moved = relabel(folder, ONE, "two")
    write(folder / ONE, noise(1.0, amplitude=0.1))
    before = tree(folder)
    with pytest.raises(WritingError, match="its place is taken"):
        undo(moved)
    assert tree(folder) == before


@pytest.mark.parametrize("file", ["../outside.wav", "/etc/passwd", "one/../../x.wav", ""])
def test_nothing_outside_is_moved(folder, file):
    with pytest.raises(SoundFileError, match="does not lie in"):
        relabel(folder, file, "two")


@pytest.mark.parametrize("file", ["one/nobody_nohash_0.wav", "one", "_background_noise_/rain.wav"])
def test_what_is_no_clip_of_a_word_is_not_moved(folder, file):
    write(folder / "_background_noise_" / "rain.wav", noise(3.0, amplitude=0.1))
    with pytest.raises(DataSetError, match="is no recording of a word"):
        relabel(folder, file, "two")


@pytest.mark.parametrize("label", ["", "..", "a/b", "_unknown_", "_background_noise_", "x" * 41])
def test_nothing_is_moved_to_what_is_no_word(folder, label):
    before = tree(folder)
    with pytest.raises(SoundFileError, match=r"cannot be a label|is no word"):
        relabel(folder, ONE, label)
    assert tree(folder) == before


def test_a_clip_is_not_moved_to_where_it_is(folder):
    with pytest.raises(DataSetError, match="counts as “one” already"):
        relabel(folder, ONE, "1")


def test_links_lead_nowhere(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "seven").symlink_to(outside)
    with pytest.raises(DataSetError, match="is a link to somewhere else"):
        relabel(folder, ONE, "seven")
    assert list(outside.iterdir()) == []
    shutil.move(folder / ONE, outside / "clip.wav")
    (folder / ONE).symlink_to(outside / "clip.wav")
    with pytest.raises(DataSetError, match="is a link, and stays"):
        relabel(folder, ONE, "two")
    (outside / "list").write_text(TWO)
    (folder / "testing_list.txt").symlink_to(outside / "list")
    with pytest.raises(DataSetError, match="is a link, and stays"):
        relabel(folder, TWO, "one")
    assert (outside / "list").read_text() == TWO
    assert (folder / TWO).exists()


def test_a_folder_that_is_reached_by_a_link_can_be_changed(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    moved = relabel(tmp_path / "link", tmp_path / "link" / ONE, "two")
    assert (folder / moved.new).exists()
    undo(moved)
    assert (folder / ONE).exists()


@pytest.mark.skipif(os.name == "nt", reason="names there are text")
def test_a_name_that_is_no_text_moves_too(folder):
    name = f"one/{os.fsdecode(b'caf' + bytes([0xE9]) + b'_nohash_0.wav')}"
    (folder / ONE).rename(folder / name)
    (folder / "testing_list.txt").write_bytes(os.fsencode(name))
    moved = relabel(folder, name, "two")
    assert os.fsencode(moved.new) == b"two/caf\xe9_nohash_0.wav"
    assert scan(folder).testing_list == {moved.new}
