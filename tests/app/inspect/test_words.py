import csv
import json

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from app.inspect.word_finder import WordFinder
from app.inspect.words import WordsOfRecording
from app.library.bar import UNSURE
from app.library.model import Column, clock
from core.sound.sound_file import read_clip
from tests.helpers.clips import heard
from tests.helpers.sounds import noise, sample_clip, write

pytestmark = pytest.mark.slow  # each builds the tab anew

WORDS = ("four", "two", "nine", "one", "eight", "six")


@pytest.fixture
def recording(tmp_path):
    """A file in which words are spoken two seconds apart."""
    parts = [part for word in WORDS for part in (noise(1.0, amplitude=0.0005), sample_clip(word))]
    samples = [getattr(part, "samples", part) for part in parts]
    return write(tmp_path / "said.wav", np.concatenate(samples))


@pytest.fixture
def words(tab, model, changes, settings):
    words = WordsOfRecording(tab, model, changes, settings)
    yield words
    words.close()


@pytest.fixture
def found(qtbot, tab, words, recording):
    """The words of the recording, found."""
    tab.open_paths([recording])
    qtbot.waitUntil(lambda: words._found is not None and words._found.done, timeout=15000)
    return words


def labels(words):
    return [clip.best for clip in words.panel.table.clips.clips]


def test_every_word_of_a_file_is_in_the_table_in_order(found, tab):
    assert labels(found) == list(WORDS)
    assert found.panel.text == "6 words"
    assert not found.finder.searching
    assert not found.panel.cancel.isVisible()
    assert tab.panes.main.text.startswith("said.wav: 6 words")
    model = found.panel.table.clips
    cells = [model.index(1, column).data() for column in (Column.TIME, Column.HEARD)]
    assert cells == ["00:03.31", "two"]
    marks = tab.panes.main.plots._marks_items[0]._marks.words
    assert [mark.text.split()[0] for mark in marks] == list(WORDS)


def test_the_arrow_keys_walk_and_the_picture_follows(qtbot, found, tab, output):
    table, look = found.panel.table, tab.look
    table.setFocus()
    table.selectRow(0)
    for number in (1, 2, 3):
        qtbot.keyClick(table, Qt.Key.Key_Down)
        word = table.clips.clip_at(number)
        assert look.span == (word.start, word.stop)
        assert look.start <= word.start < word.stop <= look.stop
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert output.played[-1].seconds == pytest.approx(word.stop - word.start, abs=0.01)


def test_a_word_in_the_picture_can_be_clicked(qtbot, found, tab):
    plots, table = tab.panes.main.plots, found.panel.table
    word = table.clips.clip_at(4)
    place = plots.waveform.vb.mapViewToScene(QPointF((word.start + word.stop) / 2, 0))
    qtbot.mouseClick(plots.viewport(), Qt.MouseButton.LeftButton, pos=plots.mapFromScene(place))
    assert table.current() == word
    assert tab.look.span == (word.start, word.stop)


def test_a_click_beside_the_words_is_where_play_begins(qtbot, found, tab, output):
    tab.look.click(2.5)
    assert tab.look.position == 2.5
    tab.play()
    assert output.played[-1].seconds == pytest.approx(tab.look.stop - 2.5, abs=0.01)
    tab.player.stop()
    tab.escape()
    assert tab.look.position is None


def test_what_is_unsure_can_be_seen_alone(found):
    model, bar = found.panel.table.clips, found.panel.bar
    unsure = model.clip_at(2)
    unsure.prediction = heard("nine", 0.6)
    model.tell(unsure)
    bar.show_kind(UNSURE)
    assert list(model.shown) == [clip for clip in model.clips if clip.confidence < 0.75]
    assert unsure in model.shown
    bar.show_kind(None)
    assert model.rowCount() == len(WORDS)


def test_a_digit_says_what_a_word_was_and_it_becomes_a_recording_once(qtbot, found, changes, tab):
    table = found.panel.table
    table.setFocus()
    table.selectRow(2)
    word, folder = table.current(), changes.recordings.folder.path
    for key, label in ((Qt.Key.Key_5, "five"), (Qt.Key.Key_6, "six")):
        qtbot.keyClick(table, key)
        qtbot.waitUntil(lambda label=label: word.given == label, timeout=3000)
    (path,) = folder.rglob("*.wav")
    assert path.relative_to(folder).as_posix() == "six/me_nohash_0.wav"
    kept = read_clip(path)
    assert kept.samples.size == 8000
    loud = np.flatnonzero(np.abs(kept.samples) > 0.05)
    middle = (word.start + word.stop) / 2
    assert abs((loud[0] + loud[-1]) / 16000 - 0.5) < 0.2
    assert 5 < middle < 6
    cells = [table.clips.index(2, column).data() for column in (Column.EXPECTED, Column.HEARD)]
    assert cells == ["six", "nine"]
    said = [word.label for word in found.panel.transcript.words]
    assert said == [*WORDS[:2], "six", *WORDS[3:]]
    marks = tab.panes.main.plots._marks_items[0]._marks.words
    assert marks[2].text.split()[0] == "six"
    changes.undo()
    qtbot.waitUntil(lambda: word.given == "five", timeout=3000)


def test_what_was_said_of_a_word_is_there_again_when_its_recording_is(
    qtbot, found, tab, recording, tmp_path
):
    table = found.panel.table
    table.setFocus()
    table.selectRow(2)
    qtbot.keyClick(table, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: found.panel.transcript.words[2].label == "five", timeout=3000)
    tab.open_paths([write(tmp_path / "other.wav", sample_clip("one").samples)])
    qtbot.waitUntil(lambda: labels(found) == [], timeout=5000)
    tab.open_paths([recording])
    qtbot.waitUntil(lambda: labels(found) == list(WORDS), timeout=5000)
    assert found.panel.transcript.words[2].label == "five"
    marks = tab.panes.main.plots._marks_items[0]._marks.words
    assert marks[2].text.split()[0] == "five"


def test_the_words_are_copied_as_a_table_and_saved_for_others(qtbot, found, tmp_path, monkeypatch):
    found.panel.copy.click()
    rows = list(csv.DictReader(QApplication.clipboard().text().splitlines()))
    assert [row["label"] for row in rows] == list(WORDS)
    endings = {"audacity": "said.labels.txt", "json": "said.jsonl", "textgrid": "said.TextGrid"}
    for kind, name in endings.items():
        asked = []

        def ask(_parent, _settings, _title, wish, filters, asked=asked):
            asked.append((wish, filters))
            return tmp_path / wish, filters

        monkeypatch.setattr("app.shell.words_menu.ask_where_to_save", ask)
        with qtbot.waitSignal(found.said):
            found.panel.save_wanted.emit(kind)
        assert asked[0][0] == name
    lines = (tmp_path / "said.labels.txt").read_text().splitlines()
    assert [line.split("\t")[2] for line in lines] == list(WORDS)
    objects = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text().splitlines()]
    assert [each["label"] for each in objects] == list(WORDS)
    with qtbot.waitSignal(found._tab.controller.failed):  # nothing is overwritten
        found.panel.save_wanted.emit("audacity")


def test_a_clip_of_a_second_has_no_table_of_words(qtbot, tab, words):
    tab.controller.show(3)
    qtbot.waitUntil(lambda: words._clip is not None and tab.controller.row == 3, timeout=5000)
    qtbot.wait(300)
    assert not words.finder.searching
    assert labels(words) == []
    assert words.overview.length == pytest.approx(1.0)


def test_a_search_can_be_cancelled_and_keeps_what_was_found(qtbot, model, tmp_path):
    parts = [sample_clip("four").samples, noise(600.0, amplitude=0.0005)]
    path = write(tmp_path / "long.wav", np.concatenate(parts * 4))
    finder = WordFinder(model)
    told, stopped = [], []
    finder.found.connect(lambda found: told.append((found.seconds, len(found.words))))
    finder.stopped.connect(lambda: stopped.append(True))
    finder.look_at(path)
    qtbot.waitUntil(lambda: bool(told) and told[-1][1] > 0, timeout=15000)
    finder.cancel()
    assert stopped == [True]
    assert not finder.searching
    seconds = told[-1][0]
    assert 0 < seconds < 2404
    qtbot.wait(50)
    assert told[-1][0] == seconds
    finder.close()


def test_a_file_that_breaks_in_the_middle_says_why(qtbot, model, tmp_path):
    (tmp_path / "no.wav").write_text("no sound")
    finder = WordFinder(model)
    with qtbot.waitSignal(finder.failed, timeout=5000) as failed:
        finder.look_at(tmp_path / "no.wav")
    assert "no.wav" in failed.args[0]
    finder.close()


def test_the_overview_looks_somewhere_else(qtbot, found, tab):
    overview = found.overview
    tab.look.show_range(0.0, 2.0)
    assert overview.length == pytest.approx(12.0, abs=0.01)
    at = overview.rect().center()
    qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=at)
    assert (tab.look.start + tab.look.stop) / 2 == pytest.approx(6.0, abs=0.1)
    assert tab.look.visible == pytest.approx(2.0)


def test_a_place_beyond_ten_minutes_is_opened_when_it_is_wanted(qtbot, tab, words, tmp_path):
    parts = [noise(1199.0, amplitude=0.0005), sample_clip("four").samples]
    path = write(tmp_path / "long.wav", np.concatenate([sample_clip("two").samples * 2, *parts]))
    tab.open_paths([path])
    qtbot.waitUntil(lambda: words._found is not None and words._found.done, timeout=30000)
    qtbot.waitUntil(lambda: words._clip is not None, timeout=30000)
    assert words._clip.offset == 0
    table = words.panel.table
    assert labels(words) == ["two", "four"]
    table.selectRow(1)
    qtbot.waitUntil(lambda: tab.look.span is not None, timeout=15000)
    last = table.clips.clip_at(1)
    assert words._clip.offset == 601
    assert tab.look.span[0] + tab.look.offset == pytest.approx(last.start)
    span = tab.look.span
    sound = tab.controller.shown.clip.part(*span)
    there = read_clip(path, last.stop - last.start, last.start)
    assert abs(sound.samples.size - there.samples.size) <= 1
    both = min(sound.samples.size, there.samples.size)
    assert sound.samples[:both] == pytest.approx(there.samples[:both], abs=1e-3)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, "00:00.00"), (83.456, "01:23.46"), (3723.04, "1:02:03.0")]
)
def test_times_are_written_as_a_clock_shows_them(seconds, text):
    assert clock(seconds) == text
