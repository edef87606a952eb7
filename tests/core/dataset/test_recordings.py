import errno
import os
import threading
from pathlib import Path

import pytest
import soundfile

from core.dataset.recordings import (
    Exported,
    RecordingsFolder,
    export_clips,
    label_name,
    speaker_name,
)
from core.dataset.scan import scan
from core.errors import SoundFileError
from core.sound.clip import AudioClip
from core.sound.decoder import ReadingStopped
from core.sound.sound_file import read_second, write_wav
from tests.helpers.sounds import sample_clip, tone


@pytest.fixture
def folder(tmp_path):
    return RecordingsFolder(tmp_path / "data" / "recordings")


def files(folder):
    found = folder.path.rglob("*") if folder.path.exists() else []
    return sorted(str(path.relative_to(folder.path)) for path in found if path.is_file())


def test_a_clip_goes_under_its_label_and_is_a_data_set(folder):
    for label in ("seven", "four"):
        saved = folder.save(sample_clip(label), label, "me")
        assert saved.path == folder.path / label / "me_nohash_0.wav"
        assert (read_second(saved.path).clip.samples == sample_clip(label).samples).all()
    recordings = scan(folder.path).recordings
    assert [(r.label, r.speaker) for r in recordings] == [("four", "me"), ("seven", "me")]


def test_nothing_is_overwritten_whoever_wrote_it(folder):
    place = folder.path / "seven" / "me_nohash_0.wav"
    place.parent.mkdir(parents=True)
    place.write_text("somebody else's")
    (place.parent / "me_nohash_2.wav").write_text("somebody else's")
    names = [folder.save(sample_clip("seven"), "seven", "me").path.name for _ in range(2)]
    assert names == ["me_nohash_1.wav", "me_nohash_3.wav"]
    assert place.read_text() == "somebody else's"


def test_two_writers_at_once_never_meet(folder):
    clips = [AudioClip(tone(200 + 50 * n)) for n in range(4)]

    def write(clip):
        for _ in range(5):
            folder.save(clip, "seven", "me")

    threads = [threading.Thread(target=write, args=(clip,)) for clip in clips]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert files(folder) == sorted(f"seven/me_nohash_{n}.wav" for n in range(20))
    assert all(soundfile.info(path).frames == 8000 for path in folder.path.rglob("*.wav"))


def test_undo_takes_a_clip_back_and_an_empty_label_with_it(folder):
    first = folder.save(sample_clip("seven"), "seven", "me")
    second = folder.save(sample_clip("seven"), "seven", "me")
    folder.undo(first)
    assert files(folder) == ["seven/me_nohash_1.wav"]
    folder.undo(second)
    assert list(folder.path.iterdir()) == []
    folder.undo(second)  # it is gone already, which is what was wanted


def test_undo_leaves_a_file_that_has_changed(folder):
    saved = folder.save(sample_clip("seven"), "seven", "me")
    saved.path.write_bytes(b"edited in the meantime")
    with pytest.raises(SoundFileError, match="has changed since"):
        folder.undo(saved)
    assert saved.path.read_bytes() == b"edited in the meantime"


def test_a_full_disk_is_said_and_leaves_nothing(folder, monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(soundfile, "write", full)
    with pytest.raises(SoundFileError, match=r"No space left on device.*Make room"):
        folder.save(sample_clip("seven"), "seven", "me")
    assert files(folder) == []


def test_a_disk_that_fills_at_the_last_moment_leaves_nothing(folder, monkeypatch):
    kept = folder.save(sample_clip("seven"), "seven", "me")

    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SoundFileError, match="No space left"):
        folder.save(sample_clip("seven"), "seven", "me")
    assert list(folder.path.rglob("*.*")) == [kept.path]


def test_a_folder_that_cannot_be_written_to_is_said(folder, monkeypatch):
    folder.path.parent.mkdir(parents=True)
    folder.path.write_text("a file in the folder's place")
    with pytest.raises(SoundFileError, match="cannot be saved in"):
        folder.save(sample_clip("seven"), "seven", "me")

    def denied(self, **_options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", denied)
    with pytest.raises(SoundFileError, match="Permission denied"):
        folder.save(sample_clip("seven"), "seven", "me")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Voice", "Voice"),
        ("  Größe Ñandú ", "Größe-Ñandú"),
        ("a/b\\c:d", "a-b-c-d"),
        ("../../etc", "etc"),
        ("x_nohash_3", "x-nohash-3"),
        ("伊藤", "伊藤"),
        ("a" * 100, "a" * 40),
        ("a\0b\n", "a-b"),
    ],
)
def test_any_name_becomes_one_that_a_file_can_have(folder, typed, name):
    assert speaker_name(typed) == name
    saved = folder.save(sample_clip("seven"), "seven", typed)
    assert scan(folder.path).recordings[0].speaker == name
    assert saved.path.parent == folder.path / "seven"


@pytest.mark.parametrize("typed", ["", "  ", "…", "___", "/"])
def test_a_name_without_a_letter_is_refused(folder, typed):
    with pytest.raises(SoundFileError, match="needs a letter"):
        folder.save(sample_clip("seven"), "seven", typed)
    assert files(folder) == []


@pytest.mark.parametrize(
    "word", ["", "..", "a/b", "_unknown_", ".hidden", "nul", "a" * 41, "stop."]
)
def test_a_word_that_no_folder_can_be_named_by_is_refused(folder, word):
    with pytest.raises(SoundFileError, match="cannot be a label"):
        folder.save(sample_clip("seven"), word, "me")
    assert files(folder) == []


def test_a_word_is_a_label_in_small_letters():
    assert label_name(" Bed  room ") == "bed room"
    assert label_name("Größe") == "größe"


def test_clips_are_exported_as_a_data_set(tmp_path):
    clips = [(AudioClip(tone(200 + 50 * n)), label, "me") for n, label in enumerate("aab")]
    names = ("a/me_nohash_0.wav", "a/me_nohash_1.wav", "b/me_nohash_0.wav")
    exported = export_clips(tmp_path / "takes", clips)
    assert exported == Exported(names)
    assert exported.clips == 3
    assert tuple(recording.name for recording in scan(tmp_path / "takes").recordings) == names
    with pytest.raises(SoundFileError, match="exists already"):
        export_clips(tmp_path / "takes", clips)


def test_clips_of_unknown_speakers_are_exported_without_a_name(tmp_path):
    clips = [(AudioClip(tone(200 + 50 * n)), "a", who) for n, who in enumerate(("", "me", ""))]
    export_clips(tmp_path / "takes", clips)
    found = {each.name: each.speaker for each in scan(tmp_path / "takes").recordings}
    assert found == {"a/0.wav": None, "a/1.wav": None, "a/me_nohash_0.wav": "me"}


def test_an_export_that_fails_leaves_nothing(tmp_path):
    def clips():
        yield sample_clip("four"), "four", "me"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(SoundFileError, match="No space left"):
        export_clips(tmp_path / "takes", clips())
    assert list(tmp_path.glob("[!h]*")) == []
    assert list(tmp_path.glob(".*")) == []


def test_files_are_read_when_their_turn_comes_and_what_cannot_be_is_left_out(tmp_path):
    words = ("two", "four", "seven")
    paths = [tmp_path / f"{word}.wav" for word in words]
    for path, word in zip(paths, words, strict=True):
        write_wav(path, sample_clip(word))
    paths[1].write_bytes(b"")
    done = []

    def clips():
        for path in (*paths, tmp_path / "gone.wav"):
            yield path, path.stem, "me"
        yield lambda: sample_clip("two"), "two", "you"
        paths[0].unlink()  # whose turn has come and gone

    exported = export_clips(tmp_path / "takes", clips(), done.append)
    assert exported.clips == 3
    assert [(n, str(why).split()[0]) for n, why in exported.left_out] == [
        (1, "four.wav"),
        (3, "There"),
    ]
    assert done == [0, 1, 2, 3, 4]
    written = {r.name: r.path for r in scan(tmp_path / "takes").recordings}
    assert set(written) == {"seven/me_nohash_0.wav", "two/me_nohash_0.wav"}  # you say the same
    samples = read_second(written["seven/me_nohash_0.wav"]).clip.samples
    assert (samples == sample_clip("seven").samples).all()


def test_where_no_clip_can_be_read_no_folder_is_left(tmp_path):
    with pytest.raises(SoundFileError, match=r"gone\.wav"):
        export_clips(tmp_path / "takes", [(tmp_path / "gone.wav", "two", "me")])
    assert not (tmp_path / "takes").exists()


def test_an_export_that_is_cancelled_leaves_nothing(tmp_path):
    done = []
    clips = [(sample_clip("two"), "two", "me")] * 5
    with pytest.raises(ReadingStopped):
        export_clips(tmp_path / "takes", clips, done.append, lambda: len(done) == 3)
    assert done == [0, 1, 2]
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == []
