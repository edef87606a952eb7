"""What is thrown away of one's own recordings is in the bin, and undo brings it back."""

import pytest

from app.library.changes import Changes, RecordingsKeeper
from app.library.clips import Clip
from app.library.model import ClipTableModel
from app.voice import recordings_bin
from app.voice.recordings_bin import RecordingsBin
from core.dataset.recordings import RecordingsFolder
from core.places import user_collections, user_recordings
from tests.helpers.sounds import sample_clip, tone, write


class NoBin:
    """A file on a disk that has none."""

    def __init__(self, path):
        pass

    def moveToTrash(self):
        return False


@pytest.fixture
def changes(qtbot):
    changes = Changes(RecordingsKeeper(RecordingsFolder(user_recordings())))
    yield changes
    changes.close()


@pytest.fixture
def bin_(changes):
    place = RecordingsBin(changes, changes)
    place.told, place.wrong = [], []
    place.said.connect(place.told.append)
    place.failed.connect(place.wrong.append)
    return place


@pytest.fixture
def model(qtbot, tmp_path):
    """A recording of the person's, one that was collected, a foreign one, and a word of a file."""
    own = RecordingsFolder(user_recordings()).save(sample_clip("one"), "one", "me").path
    more = RecordingsFolder(user_collections() / "mine").save(sample_clip("two"), "two", "me").path
    foreign = write(tmp_path / "foreign.wav", tone())
    model = ClipTableModel()
    model.set_clips([Clip(path.name, path=path) for path in (own, more, foreign)])
    model.add([Clip(more.name, path=more, start=0.1, stop=0.4)])
    return model


def test_only_ones_own_go_into_the_bin_and_come_back(changes, bin_, model):
    clips = list(model.clips)
    sounds = [clip.path.read_bytes() for clip in clips]
    changes.remove(model, clips[2:])
    assert all(clip.path.exists() for clip in clips)
    assert bin_.told == []
    changes.remove(model, clips[:2])
    assert [clip.path.exists() for clip in clips[:3]] == [False, False, True]
    assert bin_.told == ["2 recordings are in the bin. Ctrl+Z brings them back."]
    changes.undo()
    changes.undo()
    assert model.clips == clips
    assert [clip.path.read_bytes() for clip in clips] == sounds
    assert bin_.wrong == []


def test_nothing_is_overwritten_by_what_comes_back(changes, bin_, model):
    clip = model.clips[0]
    path, sound = clip.path, clip.path.read_bytes()
    changes.remove(model, [clip])
    path.write_bytes(b"another")
    changes.undo()
    assert path.read_bytes() == b"another"
    assert clip.path != path
    assert clip.path.read_bytes() == sound


def test_without_a_bin_it_stays_where_it_is_and_that_is_said(changes, bin_, model, monkeypatch):
    monkeypatch.setattr(recordings_bin, "QFile", NoBin)
    clip = model.clips[0]
    changes.remove(model, [clip])
    assert clip.path.exists()
    assert bin_.wrong == ["1 recording cannot be put into the bin: it is where it was."]
    changes.undo()
    assert clip.path.exists()


def test_in_the_window_it_is_said_where_they_are(qtbot, window, model):
    changes = window.recognise_page.changes
    changes.remove(model, model.clips[:1])
    said = window.statusBar()
    qtbot.waitUntil(lambda: "is in the bin" in said.currentMessage(), timeout=3000)
