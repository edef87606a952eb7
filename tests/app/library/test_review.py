"""A data set that is looked through: labels are put right by key, in the folder or beside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox

from app.library.actions import ClipActions
from app.library.bar import WRONG, FilterBar
from app.library.changes import Changes, RecordingsKeeper
from app.library.clips import BAD, Clip
from app.library.model import Column
from app.library.review import LISTS, MOVES, read_corrections
from app.library.table import ClipTable
from app.shell.settings import Forgetful, Settings
from core.dataset.recordings import RecordingsFolder
from core.dataset.scan import scan
from core.labels import DIGITS
from tests.helpers.clips import heard
from tests.helpers.sounds import sample_clip, write

LISTED = "digits corrections.csv"


def clips_of(folder):
    """The clips as Inspect lists them; the model hears what is said in them, not their folder."""
    clips = []
    for path in sorted(folder.rglob("*.wav")):
        spoken = path.stem.split("_")[0]
        clips.append(
            Clip(
                path.name,
                path,
                folder=path.parent.name,
                named=path.parent.name,
                data_set=folder,
                prediction=heard(spoken),
            )
        )
    return clips


@pytest.fixture
def folder(tmp_path):
    """Six clips in the folders of their words, but two, whose folders were swapped."""
    for number, word in enumerate(("four", "six", "seven")):
        for speaker in range(2):
            samples = sample_clip(word).samples * (1 - speaker / 10)
            write(tmp_path / "digits" / word / f"{word}_{speaker}{number}_nohash_0.wav", samples)
    swapped = tmp_path / "digits"
    (swapped / "four/four_00_nohash_0.wav").rename(swapped / "six/four_00_nohash_0.wav")
    (swapped / "six/six_01_nohash_0.wav").rename(swapped / "four/six_01_nohash_0.wav")
    return swapped


class Place:
    """A table with all that belongs to it."""

    def __init__(self, qtbot, folder, how):
        self.settings = Settings(Forgetful())
        if how is not None:
            self.settings.set_text(f"review/{folder}", how)
        self.changes = Changes(RecordingsKeeper(RecordingsFolder(folder.parent / "mine")))
        self.table = ClipTable((Column.NAME, Column.EXPECTED, Column.HEARD))
        self.actions = ClipActions(self.table, self.changes, self.settings)
        self.actions.set_labels(DIGITS)
        self.table.addActions(self.actions.every)
        self.bar = FilterBar(self.table, (WRONG,))
        self.said, self.failed = [], []
        self.changes.said.connect(self.said.append)
        self.changes.failed.connect(self.failed.append)
        qtbot.addWidget(self.table)
        qtbot.addWidget(self.bar)
        self.table.show()
        self.table.setFocus()
        qtbot.waitUntil(self.table.hasFocus, timeout=3000)
        self.table.clips.set_clips(clips_of(folder))


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.wav"))


def labels(folder):
    return {each.path.name: each.label for each in scan(folder).recordings}


def put_right(qtbot, place):
    """Go through what is wrong, by keys alone: confirm what the model heard."""
    place.bar.show_kind(WRONG)
    place.table.setFocus()
    place.table.selectRow(0)
    wrong = len(place.table.clips.shown)
    for left in range(wrong - 1, -1, -1):
        qtbot.keyClick(place.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda left=left: len(place.table.clips.shown) == left, timeout=3000)
    return wrong


@pytest.mark.parametrize("how", [MOVES, LISTS])
def test_swapped_labels_are_found_and_put_right_by_keys_alone(qtbot, folder, how):
    before = files(folder)
    place = Place(qtbot, folder, how)
    assert put_right(qtbot, place) == 2
    right = {name: name.split("_")[0] for name in labels(folder)}
    assert labels(folder) == right
    assert (files(folder) == before) is (how == LISTS)
    assert (folder.parent / LISTED).exists() is (how == LISTS)
    assert not (folder.parent / "mine").exists()
    for _ in range(2):
        place.actions.undo.trigger()
    qtbot.waitUntil(lambda: len(place.table.clips.shown) == 2, timeout=3000)
    assert files(folder) == before
    assert not (folder.parent / LISTED).exists()
    assert labels(folder) != right
    assert place.failed == []


@pytest.mark.parametrize("how", [MOVES, LISTS])
def test_what_is_bad_is_left_out_of_training_and_stays_where_it_is(qtbot, folder, how):
    before = files(folder)
    place = Place(qtbot, folder, how)
    place.table.selectRow(0)
    name = place.table.current().name
    qtbot.keyClick(place.table, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: place.table.current().given == BAD, timeout=3000)
    assert place.table.clips.index(0, Column.EXPECTED).data() == "bad"
    assert files(folder) == before
    assert name not in labels(folder)
    qtbot.keyClick(place.table, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: place.table.current().given is None, timeout=3000)
    assert name in labels(folder)


def test_a_word_that_is_said_twice_moves_the_file_only_to_the_last(qtbot, folder):
    place = Place(qtbot, folder, MOVES)
    place.table.selectRow(0)
    clip = place.table.current()
    for key, word in ((Qt.Key.Key_8, "eight"), (Qt.Key.Key_9, "nine")):
        qtbot.keyClick(place.table, key)
        qtbot.waitUntil(lambda word=word: clip.path.parent.name == word, timeout=3000)
        assert clip.path.exists()
    assert not (folder / "eight").exists()
    place.actions.undo.trigger()
    qtbot.waitUntil(lambda: clip.path.parent.name == "eight", timeout=3000)
    assert clip.path.exists()


def test_what_was_said_before_is_known_again(qtbot, folder):
    put_right(qtbot, Place(qtbot, folder, LISTS))
    clips = clips_of(folder)
    assert sum(clip.is_wrong for clip in clips) == 2
    read_corrections(folder, clips)
    assert not any(clip.is_wrong for clip in clips)
    assert [clip.given for clip in clips].count(None) == 4


def test_the_person_is_asked_once_and_can_think_better_of_it(qtbot, monkeypatch, folder):
    asked = []

    def answer(box):
        asked.append(box.text())
        if len(asked) > 1:
            box.findChild(QCheckBox).setChecked(True)
            next(each for each in box.buttons() if "list" in each.text()).click()

    monkeypatch.setattr(QMessageBox, "exec", answer)
    place = Place(qtbot, folder, None)
    place.table.selectRow(0)
    qtbot.keyClick(place.table, Qt.Key.Key_8)
    assert place.table.current().given is None
    for key, word in ((Qt.Key.Key_8, "eight"), (Qt.Key.Key_9, "nine")):
        qtbot.keyClick(place.table, key)
        qtbot.waitUntil(lambda word=word: place.table.current().given == word, timeout=3000)
    assert asked == [f"May the files in {folder} be moved?"] * 2
    assert place.settings.text(f"review/{folder}") == LISTS


def test_a_list_that_cannot_be_written_is_said_and_nothing_is_changed(qtbot, folder):
    (folder.parent / LISTED).mkdir()
    place = Place(qtbot, folder, LISTS)
    place.table.selectRow(0)
    qtbot.keyClick(place.table, Qt.Key.Key_8)
    qtbot.waitUntil(lambda: bool(place.failed), timeout=3000)
    assert LISTED in place.failed[0]
    assert place.table.current().given is None
    assert not place.actions.undo.isEnabled()
