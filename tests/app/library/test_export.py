"""Clips that are taken along: as a folder, as a list, and dragged out as files."""

import csv
import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressDialog, QPushButton

from app.library.actions import ClipActions
from app.library.changes import Changes, RecordingsKeeper
from app.library.clips import Clip
from app.library.model import Column
from app.library.table import ClipTable
from core.dataset.recordings import RecordingsFolder
from core.sound.sound_file import read_second
from tests.helpers.clips import clip, heard
from tests.helpers.sounds import sample_clip, write


class Told:
    def __init__(self, changes):
        self.said, self.failed = [], []
        changes.said.connect(self.said.append)
        changes.failed.connect(self.failed.append)


@pytest.fixture
def changes(qtbot, tmp_path):
    changes = Changes(RecordingsKeeper(RecordingsFolder(tmp_path / "recordings")))
    yield changes
    changes.close()


@pytest.fixture
def told(changes):
    return Told(changes)


@pytest.fixture
def table(qtbot, changes, settings, tmp_path):
    """Two files, one that is damaged, a take in memory, and one without an answer."""
    settings.speaker = "me"
    table = ClipTable([Column.NAME, Column.HEARD])
    qtbot.addWidget(table)
    table.actions_ = ClipActions(table, changes, settings)
    sound = sample_clip("four")
    files = [write(tmp_path / name, sound.samples) for name in ("a.wav", "b.wav")]
    damaged = tmp_path / "damaged.wav"
    damaged.write_bytes(b"no sound")
    table.clips.set_clips(
        [
            clip("a.wav", "four", "four", path=files[0], seconds=1.0),
            clip("b.wav", "five", "four", path=files[1]),
            clip("damaged.wav", "six", "six", path=damaged),
            Clip("Mic", sound=sound, prediction=heard("seven")),
            Clip("Mic", sound=sound),
        ]
    )
    table.resize(400, 300)
    table.show()
    return table


@pytest.fixture
def target(monkeypatch, tmp_path):
    """Where the person wants it."""

    def choose(name, filters=""):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), filters))
        return path

    return choose


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.wav"))


def test_all_that_are_shown_are_written_as_a_folder_and_it_is_said_what_is_left_out(
    qtbot, table, told, target
):
    folder = target("out")
    table.selectRow(0)  # one is no selection
    table.actions_.export.trigger()
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said == [
        f"3 takes are in {folder}. Left out: 1 without an answer, 1 that cannot be read "
        "(damaged.wav)."
    ]
    assert names(folder) == [
        "five/me_nohash_0.wav",
        "four/me_nohash_0.wav",
        "seven/me_nohash_0.wav",
    ]


def test_of_several_marked_only_those_are_written(qtbot, table, told, target):
    folder = target("out")
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    table.actions_.export.trigger()
    qtbot.waitUntil(lambda: bool(told.said))
    assert names(folder) == ["five/me_nohash_0.wav", "four/me_nohash_0.wav"]


def test_what_takes_long_can_be_given_up_and_leaves_nothing(
    qtbot, monkeypatch, table, told, target, tmp_path
):
    from app.library import export

    reads, goes_on = threading.Event(), threading.Event()

    def read(_clip):
        reads.set()
        assert goes_on.wait(10)
        return sample_clip("four")

    monkeypatch.setattr(export, "sound_of", read)
    before = set(tmp_path.iterdir())
    target("out")
    table.actions_.export.trigger()
    qtbot.waitUntil(reads.is_set)
    dialog = table.window().findChild(QProgressDialog)
    dialog.forceShow()
    button = dialog.findChild(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    goes_on.set()
    qtbot.waitUntil(lambda: told.said == ["Nothing was exported."])
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("name", "filters", "written"),
    [
        ("list.csv", "CSV (*.csv)", "list.csv"),
        ("list", "CSV (*.csv)", "list.csv"),
        ("list", "JSON lines (*.jsonl)", "list.jsonl"),
        ("list.jsonl", "CSV (*.csv)", "list.jsonl"),
    ],
)
def test_what_is_known_is_written_as_a_list(qtbot, table, told, target, name, filters, written):
    path = target(name, filters).with_name(written)
    table.actions_.export_list.trigger()
    qtbot.waitUntil(lambda: told.said == [f"A list of 5 clips is in {path}."])
    text = path.read_text()
    if written.endswith("csv"):
        rows = list(csv.DictReader(text.splitlines()))
    else:
        rows = [json.loads(line) for line in text.splitlines()]
    assert [row["file"] for row in rows][1:4] == [
        str(path.with_name("b.wav")),
        str(path.with_name("damaged.wav")),
        "Mic",
    ]
    assert (rows[1]["expected"], rows[1]["heard"]) == ("five", "four")
    assert float(rows[0]["seconds"]) == 1.0
    assert rows[4]["heard"] in ("", None)


def test_a_list_is_never_written_over_another_file(qtbot, table, told, target):
    path = target("list.csv")
    path.write_text("mine")
    table.actions_.export_list.trigger()
    qtbot.waitUntil(lambda: bool(told.failed))
    assert path.read_text() == "mine"


def drag(qtbot, table, rows):
    """Drag rows with the mouse; return the files that come along."""
    dragged = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QDrag, "exec", lambda each, _action: dragged.append(each.mimeData().urls()))
        table.setFocus()
        table.selectRow(rows[0])
        for _ in rows[1:]:
            qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        place = table.visualRect(table.clips.index(rows[0], Column.NAME)).center()
        view = table.viewport()
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
        for step in (5, 20, 40):
            at = QPointF(place + QPoint(step, step))
            left = Qt.MouseButton.LeftButton
            kind, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
            event = QMouseEvent(kind, at, view.mapToGlobal(at), Qt.MouseButton.NoButton, left, keys)
            QApplication.sendEvent(view, event)
        qtbot.waitUntil(lambda: bool(dragged))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place + QPoint(40, 40))
    return [Path(url.toLocalFile()) for url in dragged[0]]


def test_rows_are_dragged_out_as_files_and_what_was_written_for_it_goes_at_the_end(
    qtbot, changes, table, tmp_path
):
    first, second, damaged, taken = drag(qtbot, table, [0, 1, 2, 3])
    assert (first, second, damaged) == tuple(
        tmp_path / n for n in ("a.wav", "b.wav", "damaged.wav")
    )
    assert taken.name == "seven.wav"
    assert (read_second(taken).clip.samples == sample_clip("four").samples).all()
    assert drag(qtbot, table, [3]) == [taken]
    changes.close()
    assert not taken.parent.exists()
    assert first.exists()


def test_a_word_of_a_recording_is_dragged_as_a_file_of_its_own(qtbot, table, tmp_path):
    word = Clip("a.wav", path=tmp_path / "a.wav", start=0.2, stop=0.6, prediction=heard("four"))
    table.clips.set_clips([word])
    (path,) = drag(qtbot, table, [0])
    assert path.name == "four.wav"
    assert path.parent != tmp_path


def test_files_are_dropped_in_but_not_rows_of_the_window_itself(
    qtbot, monkeypatch, window, tmp_path
):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path / "a.wav", sample_clip("four").samples)))])
    accepted = []
    for source in (None, window.recognise.takes.table):
        event = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        monkeypatch.setattr(QDragEnterEvent, "source", lambda _, s=source: s)
        window.dragEnterEvent(event)
        accepted.append(event.isAccepted())
    assert accepted == [True, False]
