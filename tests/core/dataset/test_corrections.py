import csv
import os
import shutil

import pytest

from core.dataset.corrections import CorrectionList, corrections_text
from core.dataset.health import CorrectionReport, FolderReport, ProblemKind
from core.dataset.scan import scan
from core.dataset.splits import split
from core.errors import DataSetError, SoundFileError, WritingError
from tests.helpers.disks import not_writable_folder
from tests.helpers.recordings import LABELS, write_flat_recordings, write_recordings
from tests.helpers.sounds import noise, write

ONE, TWO = "one/s1_nohash_0.wav", "two/s1_nohash_0.wav"


@pytest.fixture
def folder(tmp_path):
    return write_recordings(tmp_path / "data", speakers=("s1", "s2"), takes=3)


@pytest.fixture
def corrections(folder):
    return CorrectionList(folder)


def labels(folder):
    return {recording.name: recording.label for recording in scan(folder).recordings}


def rows(corrections):
    with corrections.path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_without_a_list_nothing_is_said(folder, corrections):
    read = corrections.read()
    assert (read.labels, read.bad, read.ignored) == ({}, frozenset(), 0)
    assert scan(folder).corrections is None
    assert FolderReport.from_json(scan(folder).to_json()).corrections is None


def test_what_is_said_lies_beside_the_folder_and_nothing_in_it_changes(folder, corrections):
    before = sorted(folder.rglob("*"))
    corrections.set(ONE, "two")
    corrections.set(folder / TWO, None)
    assert corrections.path == folder.parent / "data corrections.csv"
    assert rows(corrections) == [["file", "label"], [ONE, "two"], [TWO, ""]]
    assert sorted(folder.rglob("*")) == before
    read = CorrectionList(folder).read()
    assert (read.labels, read.bad) == ({ONE: "two"}, {TWO})


def test_a_second_word_replaces_the_first_and_can_be_taken_back(folder, corrections):
    corrections.set_all({ONE: "two", TWO: "one"})
    corrections.set(ONE, None)
    corrections.set(TWO, "zero")
    assert rows(corrections)[1:] == [[ONE, ""], [TWO, "zero"]]
    corrections.remove(ONE, "one/never_nohash_0.wav")
    assert corrections.read().labels == {TWO: "zero"}
    corrections.remove(TWO)
    assert not corrections.path.exists()
    corrections.remove(TWO)


def test_the_scan_obeys_and_says_how_often(folder, corrections):
    before = labels(folder)
    corrections.set_all({ONE: "two", "one/s2_nohash_0.wav": "one", TWO: None})
    data_set = scan(folder)
    assert labels(folder) == {n: v for n, v in before.items() if n != TWO} | {ONE: "two"}
    assert data_set.corrections == CorrectionReport(relabelled=1, bad=1)
    assert data_set.problems == ()
    assert FolderReport.from_json(data_set.to_json()).corrections == data_set.corrections
    speakers = {r.name: r.speaker for r in data_set.recordings}
    assert speakers[ONE] == "s1"


def test_the_same_sound_under_two_labels_is_mended_by_a_correction(folder, corrections):
    shutil.copy(folder / ONE, folder / "two" / "s9_nohash_0.wav")
    assert scan(folder).problems[0].kind is ProblemKind.TWO_LABELS
    corrections.set("two/s9_nohash_0.wav", "one")
    assert [problem.kind for problem in scan(folder).problems] == [ProblemKind.DUPLICATE]
    assert labels(folder)[ONE] == "one"


def test_other_labels_make_it_another_data_set(folder, corrections):
    before = scan(folder).fingerprint
    corrections.set(ONE, "two")
    assert scan(folder).fingerprint != before


def test_lists_mean_the_same_clips_whatever_their_labels(folder, corrections):
    (folder / "validation_list.txt").write_text("zero/s1_nohash_0.wav\none/s1_nohash_1.wav\n")
    (folder / "testing_list.txt").write_text(f"{ONE}\ntwo/s2_nohash_1.wav\n")
    corrections.set(ONE, "two")
    sides = split(scan(folder), LABELS)
    assert {(r.name, r.label) for r in sides.test} == {(ONE, "two"), ("two/s2_nohash_1.wav", "two")}


def test_a_file_of_noise_can_be_bad_but_is_no_word(folder, corrections):
    for name in ("kettle", "rain"):
        write(folder / "_background_noise_" / f"{name}.wav", noise(3.0, amplitude=0.1, seed=3))
    corrections.set("_background_noise_/kettle.wav", None)
    corrections.set("_background_noise_/rain.wav", "one")
    data_set = scan(folder)
    assert [r.name for r in data_set.noise] == ["_background_noise_/rain.wav"]
    assert data_set.corrections == CorrectionReport(bad=1, ignored=1)


@pytest.mark.parametrize(
    "row",
    [
        ["../data/one/s1_nohash_0.wav", "two"],
        ["/etc/passwd", ""],
        ["", "two"],
        [".", ""],
        [ONE, "a/b"],
        [ONE, ".."],
        [ONE, "_unknown_"],
        [ONE, "_background_noise_"],
        [ONE, "x" * 41],
        ["one/nobody_nohash_0.wav", "two"],
        ["one/nobody_nohash_0.wav"],
        ["one", ""],
    ],
)
def test_what_cannot_be_is_counted_and_not_obeyed(folder, corrections, row):
    before = labels(folder)
    with corrections.path.open("w", newline="") as file:
        csv.writer(file).writerows([["file", "label"], row])
    assert scan(folder).corrections == CorrectionReport(ignored=1)
    assert labels(folder) == before
    corrections.set(TWO, "one")  # and is kept: it is a person's
    assert row in [each[: len(row)] for each in rows(corrections)]


@pytest.mark.parametrize("label", ["a/b", "", "_unknown_", "_background_noise_", "nul", "x" * 41])
def test_a_label_that_cannot_be_is_not_written(corrections, label):
    with pytest.raises(SoundFileError, match=r"cannot be a label|is no word"):
        corrections.set(ONE, label)
    assert not corrections.path.exists()


@pytest.mark.parametrize("file", ["../elsewhere.wav", "/etc/passwd", "", "one/../../x.wav"])
def test_a_file_elsewhere_is_not_written(corrections, file):
    for act in (lambda: corrections.set(file, "two"), lambda: corrections.remove(file)):
        with pytest.raises(SoundFileError, match="does not lie in"):
            act()
    assert not corrections.path.exists()


@pytest.mark.parametrize(
    ("written", "label"),
    [("7", "seven"), ("Two", "two"), ("  Ja  wohl ", "Ja wohl"), ("Gro\u0308ße", "Größe")],
)
def test_a_label_is_read_as_a_folders_name_is(folder, corrections, written, label):
    corrections.set(ONE, written)
    assert labels(folder)[ONE] == label
    shutil.move(folder / "zero", folder / written.strip())
    assert label in {value for name, value in labels(folder).items() if name != ONE}


def test_columns_and_lines_of_others_stay(folder, corrections):
    text = f"who;label;file;why\nme;two;{ONE};it is\nme;;one/gone.wav;{'noise'}\n;;;a note\n"
    corrections.path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert corrections.read().labels == {ONE: "two"}
    corrections.set(ONE, "zero")
    corrections.set(TWO, None)
    content = corrections.path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content[3:].decode().splitlines()
    assert lines == [
        "who;label;file;why",
        f"me;zero;{ONE};it is",
        "me;;one/gone.wav;noise",
        ";;;a note",
        f";;{TWO};",
    ]
    corrections.remove(ONE, TWO, "one/gone.wav")
    assert corrections.path.read_text(encoding="utf-8-sig").splitlines() == [lines[0], lines[3]]


def test_a_table_of_another_program_is_read_and_stays_in_its_encoding(folder, corrections):
    corrections.path.write_bytes(f"file\tlabel\n{ONE}\ttwo\n".encode("utf-16"))
    assert corrections.read().labels == {ONE: "two"}
    corrections.set(TWO, "größe")
    assert corrections.path.read_bytes().decode("utf-16").splitlines()[-1] == f"{TWO}\tgröße"
    assert corrections.read().labels == {ONE: "two", TWO: "größe"}


@pytest.mark.skipif(os.name == "nt", reason="names there are text")
@pytest.mark.parametrize(
    "name",
    [b"s1, me_nohash_0.wav", b'"s1"_nohash_0.wav', b"s\n1_nohash_0.wav", b"caf\xe9_nohash_0.wav"],
)
def test_any_name_on_a_disk_can_be_spoken_of(folder, corrections, name):
    path = folder / "one" / os.fsdecode(name)
    (folder / ONE).rename(path)
    corrections.set(path, "two")
    corrections.set(TWO, "one")
    assert labels(folder)[f"one/{os.fsdecode(name)}"] == "two"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,word\na,b\n",
        b"\x00\x01\x02\x03" * 100,
        b"file,label,file\na,b,c\n",
        b'file,label\n"a,b\n',
        b"file,label\n" + b"x" * 200_000 + b",two\n",
    ],
)
def test_a_file_that_is_no_such_list_is_left_alone(folder, corrections, content):
    corrections.path.write_bytes(content)
    with pytest.raises(DataSetError, match="is no list of corrections"):
        scan(folder)
    for act in (lambda: corrections.set(ONE, "two"), lambda: corrections.remove(ONE)):
        with pytest.raises(WritingError, match="Mend it"):
            act()
    assert corrections.path.read_bytes() == content


def test_a_list_that_cannot_be_read_is_said(folder, corrections):
    corrections.path.mkdir()
    with pytest.raises(DataSetError, match="cannot be read"):
        scan(folder)


def test_a_folder_beside_which_nothing_can_be_written_is_said(tmp_path):
    corrections = CorrectionList(not_writable_folder(tmp_path) / "fd")
    with pytest.raises(WritingError, match=r"kept beside it.*cannot be written.*Copy the folder"):
        corrections.set(ONE, "two")


def test_a_folder_that_is_reached_by_a_link_has_the_same_list(folder, corrections, tmp_path):
    link = tmp_path / "elsewhere"
    link.symlink_to(folder)
    CorrectionList(link).set(link / ONE, "two")
    assert corrections.read().labels == {ONE: "two"}
    assert labels(link)[ONE] == "two"


def test_the_list_of_a_folder_within_a_data_set_is_expected_there(folder):
    CorrectionList(folder / "one").set("s1_nohash_0.wav", "two")
    assert scan(folder).problems == ()


def test_a_flat_folder_is_corrected_alike(tmp_path):
    folder = write_flat_recordings(tmp_path / "flat", digits=(0, 7), takes=1)
    CorrectionList(folder).set("7_s1_0.wav", "0")
    assert labels(folder)["7_s1_0.wav"] == "zero"


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (
            CorrectionReport(30, 2, 1),
            "By the list of corrections, 30 clips count as other words than their names say, and "
            "2 bad clips are left out. 1 line of the list of corrections names no clip of the "
            "folder, or no word.",
        ),
        (CorrectionReport(bad=1), "By the list of corrections, 1 bad clip is left out."),
        (
            CorrectionReport(relabelled=1),
            "By the list of corrections, 1 clip counts as another word than its name says.",
        ),
        (
            CorrectionReport(ignored=2000),
            "2,000 lines of the list of corrections name no clip of the folder, or no word.",
        ),
    ],
)
def test_one_sentence_says_what_became_of_it(report, text):
    assert str(corrections_text(report)) == text
