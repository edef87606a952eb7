"""Five minutes of known words, in the window: found, walked through and taken along."""

import csv

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from core.labels import DIGITS
from tests.end2end.conftest import ROOM
from tests.helpers.sounds import noise, sample_clip, write


def save(qtbot, monkeypatch, panel, said, kind, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    with qtbot.waitSignal(said, timeout=5000):
        panel.save_wanted.emit(kind)
    return path.read_text(encoding="utf-8").splitlines()


def test_five_minutes_of_words_come_out_in_order(qtbot, monkeypatch, window, tmp_path):
    random = np.random.default_rng(5)
    words, parts, seconds = [], [], 0.0
    while seconds < 298:
        pause = float(random.uniform(0.4, 4.0))
        words.append(DIGITS[int(random.integers(10))])
        loud = np.float32(random.uniform(0.3, 1.0))
        parts += [noise(pause, amplitude=ROOM), sample_clip(words[-1]).samples * loud]
        seconds += pause + 1
    path = write(tmp_path / "said.wav", np.repeat(np.concatenate(parts), 2), 16000)
    window.inspect_paths([path])
    page = window.inspect_page
    qtbot.waitUntil(lambda: bool(page.words._found and page.words._found.done), timeout=60000)
    table = page.words.panel.table
    assert [clip.best for clip in table.clips.clips] == words
    said = page.words.said
    rows = save(qtbot, monkeypatch, page.words.panel, said, "csv", tmp_path / "said.csv")
    assert [row["label"] for row in csv.DictReader(rows)] == words
    labels = save(qtbot, monkeypatch, page.words.panel, said, "audacity", tmp_path / "said.txt")
    assert [line.split("\t")[2] for line in labels] == words
    table.setFocus()
    table.selectRow(len(words) - 2)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    last = table.clips.clips[-1]
    assert page.tab.look.start <= last.start < last.stop <= page.tab.look.stop


def test_a_stream_is_scrolled_back_and_its_words_are_saved(
    qtbot, monkeypatch, window, source, tmp_path
):
    tab = window.recognise
    qtbot.keyClick(window, Qt.Key.Key_L)
    for word in ("four", "two"):
        source.feed(sample_clip(word).samples + noise(1.0, amplitude=ROOM, seed=2))
        source.feed(noise(6.0, amplitude=ROOM, seed=3))
    takes = tab.takes.table.clips
    qtbot.waitUntil(lambda: takes.rowCount() == 2, timeout=15000)
    look = tab.listening.sound.look
    qtbot.keyClick(tab, Qt.Key.Key_Left)
    there = look.start
    assert not look.follows
    source.feed(sample_clip("one").samples + noise(1.0, amplitude=ROOM, seed=2))
    source.feed(noise(0.5, amplitude=ROOM, seed=3))
    qtbot.waitUntil(lambda: takes.rowCount() == 3, timeout=15000)
    assert look.start == there
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert tab.listening.isVisible()
    said = window.recognise_page.said
    lines = save(qtbot, monkeypatch, tab.listening, said, "text", tmp_path / "said.txt")
    assert [line.split()[2] for line in lines] == ["four", "two", "one"]
