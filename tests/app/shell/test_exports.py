import csv

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog

from app.library.clips import picture_of
from tests.helpers.sounds import sample_clip, write


@pytest.fixture
def with_take(qtbot, window, heard, tmp_path):
    """The window with one take, of the word four."""
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=10000)
    window.open_files([write(tmp_path / "four.wav", sample_clip("four").samples)])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=10000)
    return window


@pytest.fixture
def choose(monkeypatch):
    """Answers the file dialog; returns what it proposed."""
    proposals = []

    def answer(path, selected=""):
        def dialog(_parent, _title, proposal, filters, **_options):
            proposals.append((proposal, filters))
            return str(path), selected

        monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
        return proposals

    return answer


def press(qtbot, window, *keys):
    for key in keys:
        qtbot.keySequence(window, QKeySequence(key))


def test_without_anything_to_take_along_the_actions_rest(window):
    exports = window.exports
    actions = (exports.sound, *exports.exports, exports.copy)
    assert not any(action.isEnabled() for action in actions)
    exports.sound.trigger()
    exports.copy.trigger()


@pytest.mark.parametrize(
    ("key", "name", "begins"),
    [
        ("P", "a.png", b"\x89PNG"),
        ("P", "a.svg", b"<?xml"),
        ("S", "a.csv", b"Hz \\ s,0.0000,"),
        ("R", "a.csv", b"label,probability\nzero,"),
        ("A", "a.npz", b"PK"),
    ],
)
def test_what_is_shown_is_written_as_asked(
    qtbot, with_take, choose, settings, tmp_path, key, name, begins
):
    target = tmp_path / "out" / name
    target.parent.mkdir()
    proposals = choose(target)
    with qtbot.waitSignal(with_take.exports.said, timeout=20000) as said:
        press(qtbot, with_take, "Ctrl+E", key)
    assert target.read_bytes().startswith(begins)
    assert str(target) in said.args[0]
    assert "four_" in proposals[0][0]
    assert settings.folder == str(target.parent)
    with qtbot.waitSignal(with_take.exports.failed, timeout=20000) as refused:
        press(qtbot, with_take, "Ctrl+E", key)
    assert "exists already" in refused.args[0]


def test_tables_and_arrays_hold_the_take(qtbot, with_take, heard, choose, tmp_path):
    take = heard.takes[0]
    for key, name in (("R", "p.csv"), ("A", "a.npz")):
        choose(tmp_path / name)
        with qtbot.waitSignal(with_take.exports.said, timeout=5000):
            press(qtbot, with_take, "Ctrl+E", key)
    rows = dict(csv.reader((tmp_path / "p.csv").read_text().splitlines()))
    assert float(rows["four"]) == pytest.approx(take.prediction.confidence, abs=1e-5)
    with np.load(tmp_path / "a.npz") as arrays:
        assert np.array_equal(arrays["samples"], take.sound.samples)
        assert np.array_equal(arrays["spectrogram"], picture_of(take.sound).decibels)


def test_a_name_without_a_suffix_gets_that_of_the_chosen_kind(qtbot, with_take, choose, tmp_path):
    for selected, suffix in (("PNG (*.png)", ".png"), ("SVG (*.svg)", ".svg")):
        choose(tmp_path / "picture", selected)
        with qtbot.waitSignal(with_take.exports.said, timeout=20000):
            press(qtbot, with_take, "Ctrl+E", "P")
        assert (tmp_path / f"picture{suffix}").is_file()


def test_a_dialog_that_is_broken_off_writes_nothing(qtbot, with_take, choose, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    choose("")
    press(qtbot, with_take, "Ctrl+E", "P")
    press(qtbot, with_take, "Ctrl+S")
    assert sorted(tmp_path.rglob("*")) == before


def test_the_picture_is_copied(qtbot, with_take):
    with qtbot.waitSignal(with_take.exports.said, timeout=20000):
        press(qtbot, with_take, "Ctrl+Shift+C")
    image = QApplication.clipboard().image()
    assert (image.width(), image.height()) == (1200, 750)
    assert image.pixelColor(3, 3) == Qt.GlobalColor.white


def test_where_nothing_can_be_written_it_is_said_in_place(qtbot, with_take, choose, tmp_path):
    choose(tmp_path / "gone" / "a.csv")
    with qtbot.waitSignal(with_take.exports.failed, timeout=5000):
        press(qtbot, with_take, "Ctrl+E", "S")
    assert "cannot be written" in with_take.recognise.answer.text
