import errno
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.dataset import kept_takes
from core.dataset.cache import alone
from core.dataset.kept_takes import INDEX_FILE, KeptTakes
from core.dataset.recordings import RecordingsFolder
from core.errors import WritingError
from core.sound.clip import AudioClip
from core.sound.sound_file import read_second, write_wav
from tests.helpers.disks import not_writable_folder
from tests.helpers.sounds import sample_clip, tone

NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def takes(tmp_path):
    return KeptTakes(tmp_path / "data" / "takes")


def keep(takes, minutes=0, **known):
    return takes.keep(AudioClip(tone(440)), time=NOON + timedelta(minutes=minutes), **known)


def files(takes):
    return {path.name for path in takes.folder.iterdir()} - {INDEX_FILE, "lock"}


def test_nothing_is_there_before_the_first_take(takes):
    assert (takes.all(), takes.bytes, takes.clear()) == ([], 0, 0)
    assert not takes.folder.exists()


def test_what_is_kept_is_found_by_another_start_of_the_program_the_newest_first(takes):
    known = {"source": "Mic", "heard": "four", "confidence": 0.93, "model": "best", "said": "five"}
    clip = sample_clip("four")
    first = takes.keep(clip, time=NOON, **known)
    second = keep(takes, 1)
    assert KeptTakes(takes.folder).all() == [second, first]
    assert (first.time, first.heard, first.said) == (NOON, "four", "five")
    assert (second.heard, second.confidence, second.said) == (None, 0.0, None)
    assert (read_second(first.path).clip.samples == clip.samples).all()


def test_the_recording_of_a_correction_is_found_again_and_can_be_undone(takes, tmp_path):
    folder = RecordingsFolder(tmp_path / "recordings")
    saved = folder.save(sample_clip("four"), "four", "me")
    takes.change(keep(takes), said="four", recording=saved)
    (found,) = KeptTakes(takes.folder).all()
    assert found.recording == saved
    folder.undo(found.recording)
    assert not saved.path.exists()


@pytest.mark.parametrize("damage", [{"stamp": [1]}, {"stamp": ["a", 1]}, {"stamp": None}, {}])
def test_a_recording_that_is_told_wrongly_is_none(takes, damage):
    told = {"path": "/a", "label": "four", "speaker": "me"} | damage
    take = keep(takes)
    with (takes.folder / INDEX_FILE).open("a") as file:
        file.write(json.dumps({"file": take.path.name, "said": "four", "recording": told}) + "\n")
    (found,) = takes.all()
    assert (found.said, found.recording) == ("four", None)


def test_a_take_without_a_time_is_from_now(takes):
    before = datetime.now().astimezone()
    take = takes.keep(AudioClip(tone(440)))
    assert before <= take.time <= datetime.now().astimezone()


def test_takes_of_the_same_moment_do_not_meet(takes):
    kept = {keep(takes).path for _ in range(3)}
    assert {take.path for take in takes.all()} == kept
    assert len(kept) == 3


def test_a_change_is_kept_and_so_is_what_another_window_noted(takes):
    take = keep(takes, heard="four", confidence=0.5, model="best")
    KeptTakes(takes.folder).change(take, said="five")
    changed = takes.change(take, heard="nine", confidence=0.9, model="quick")
    (found,) = takes.all()
    assert (changed.heard, changed.said) == ("nine", None)
    assert (found.heard, found.confidence, found.model, found.said) == (
        "nine",
        0.9,
        "quick",
        "five",
    )
    takes.change(found, said=None)
    assert takes.all()[0].said is None


def test_a_take_is_removed_and_brought_back_by_keeping_it_again(takes):
    other, take = keep(takes), keep(takes, 1, heard="four")
    takes.remove(take)
    takes.remove(take)  # gone already
    assert takes.all() == [other]
    assert keep(takes, 1, heard="four") == take
    assert takes.all() == [take, other]


def test_all_takes_are_removed_and_nothing_that_is_none(takes):
    kept = [keep(takes, n) for n in range(3)]
    size = sum(take.path.stat().st_size for take in kept)
    assert takes.bytes == size + (takes.folder / INDEX_FILE).stat().st_size
    write_wav(takes.folder / "my song.wav", sample_clip("four"))
    assert takes.clear() == 3
    assert files(takes) == {"my song.wav"}
    assert (takes.all(), takes.bytes) == ([], 0)


def test_a_take_without_a_line_is_a_take_without_an_answer(takes):
    take = keep(takes, heard="four", said="four")
    (takes.folder / INDEX_FILE).unlink()
    (found,) = takes.all()
    assert (found.path, found.time, found.heard, found.said) == (take.path, NOON, None, None)


def test_a_line_that_a_crash_has_torn_costs_no_other(takes):
    first = keep(takes, heard="four")
    index = takes.folder / INDEX_FILE
    whole = index.read_bytes()
    keep(takes, 1, heard="five")
    index.write_bytes(index.read_bytes()[: len(whole) + 20])
    third = keep(takes, 2, heard="six")
    assert [take.heard for take in takes.all()] == ["six", None, "four"]
    assert [takes.all()[n] for n in (0, 2)] == [third, first]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe\x00",
        b"null",
        b"[1, 2]",
        b'{"file": 3}',
        b"[" * 60_000,
        b'{"said": "five"}',
        b'{"file": "FILE", "said": 5, "heard": [], "confidence": "high", "time": 7}',
        b'{"file": "FILE", "confidence": NaN}',
        b'{"file": "FILE", "confidence": 1e999, "model": {}}',
        b'{"file": "FILE", "path": "/etc/passwd", "folder": "x"}',
        b'{"file": "' + b"x" * 200_000 + b'"}',
    ],
)
def test_a_line_that_makes_no_sense_changes_nothing(takes, line):
    take = keep(takes, heard="four", confidence=0.5)
    with (takes.folder / INDEX_FILE).open("ab") as index:
        index.write(line.replace(b"FILE", take.path.name.encode()) + b"\n")
    assert takes.all() == [take]
    changed = takes.change(take, said="five")
    assert takes.all() == [changed]


@pytest.mark.parametrize(
    "time",
    ["yesterday", "2026-03-04T11:00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00+23:59"],
)
def test_a_time_that_is_none_or_odd_does_no_harm(takes, time):
    keep(takes)
    take = keep(takes, 1)
    line = json.dumps({"file": take.path.name, "time": time})
    with (takes.folder / INDEX_FILE).open("a") as index:
        index.write(f"{line}\n")
    assert len(takes.all()) == 2


def test_files_elsewhere_are_neither_found_nor_removed(takes, tmp_path):
    keep(takes)
    outside = tmp_path / "20260101-000000-000000.wav"
    write_wav(outside, sample_clip("four"))
    (takes.folder / "20260101-000000-000000.wav").symlink_to(outside)
    (takes.folder / "20260101-000000-000001.wav").mkdir()
    with (takes.folder / INDEX_FILE).open("a") as index:
        index.write(json.dumps({"file": f"../../{outside.name}"}) + "\n")
    assert len(takes.all()) == 1
    assert takes.clear() == 1
    assert outside.exists()


def test_a_name_that_is_no_day_is_a_take_all_the_same(takes):
    keep(takes)
    write_wav(takes.folder / "20260230-999999-000000.wav", sample_clip("four"))
    assert takes.all()[-1].path.name.startswith("20260230")


def test_an_index_of_what_is_gone_becomes_short_and_loses_nothing(takes, monkeypatch):
    monkeypatch.setattr(kept_takes, "_FEW_LINES", 5)
    take = keep(takes, heard="four")
    for _ in range(6):
        takes.change(take, said="five")
        takes.remove(keep(takes, 1))
    index = takes.folder / INDEX_FILE
    assert len(index.read_bytes().splitlines()) == 13
    found = takes.all()
    assert (found[0].heard, found[0].said) == ("four", "five")
    assert len(index.read_bytes().splitlines()) == 1
    assert takes.all() == found


def test_an_index_that_another_window_is_writing_to_is_left_as_it_is(takes, monkeypatch):
    monkeypatch.setattr(kept_takes, "_FEW_LINES", 5)
    take = keep(takes)
    for _ in range(12):
        takes.change(take, said="five")
    index = takes.folder / INDEX_FILE
    before = index.read_bytes()
    with alone(takes.folder, 0.0):
        assert takes.all()[0].said == "five"
    assert index.read_bytes() == before
    takes.all()
    assert len(index.read_bytes()) < len(before)


KEEP_SOME = """
import sys
from pathlib import Path
from core.dataset import kept_takes
from core.sound.clip import AudioClip
from tests.helpers.sounds import tone

kept_takes._FEW_LINES = 0
takes = kept_takes.KeptTakes(Path(sys.argv[1]))
for n in range(30):
    take = takes.keep(AudioClip(tone(300)), heard="four")
    takes.remove(takes.keep(AudioClip(tone(300)), said="gone"))
    takes.change(take, said=f"{sys.argv[2]} {n}")
    takes.all()
"""


def test_windows_at_once_lose_nothing(takes):
    """Each compacts the index again and again, while the others write to it."""
    root = Path(__file__).resolve().parents[3]
    windows = [
        subprocess.Popen([sys.executable, "-c", KEEP_SOME, takes.folder, str(number)], cwd=root)
        for number in range(3)
    ]
    assert [window.wait(timeout=60) for window in windows] == [0, 0, 0]
    found = takes.all()
    assert {take.said for take in found} == {f"{n} {m}" for n in range(3) for m in range(30)}
    assert [take.heard for take in found] == ["four"] * 90
    assert len((takes.folder / INDEX_FILE).read_bytes().splitlines()) < 270  # were written


def test_what_cannot_be_kept_is_said_and_leaves_nothing(takes, monkeypatch):
    keep(takes)
    before = files(takes)

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("core.dataset.kept_takes.append_line", full)
        with pytest.raises(WritingError, match=r"No space left on device.*Make room"):
            keep(takes, 1)
    assert files(takes) == before
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        patch.setattr(Path, "replace", full)
        with pytest.raises(WritingError, match="No space left"):
            keep(takes, 1)
    assert files(takes) == before


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    takes = KeptTakes(not_writable_folder(tmp_path) / "takes")
    with pytest.raises(WritingError, match="cannot be a folder"):
        keep(takes)


def test_a_file_in_the_folders_place_is_said(takes):
    takes.folder.parent.mkdir(parents=True)
    takes.folder.write_text("a file")
    with pytest.raises(WritingError, match="cannot be read"):
        takes.all()
    with pytest.raises(WritingError, match="cannot be a folder"):
        keep(takes)
    assert (takes.clear(), takes.bytes) == (0, 0)
