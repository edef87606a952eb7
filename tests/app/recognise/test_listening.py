from datetime import datetime, timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from app.library.clips import picture_of
from app.recognise.controller import State
from app.recognise.listening import ListeningController
from app.sound_view.marks import WordMark
from app.sound_view.stream_view import STREAM_SECONDS, StreamView
from app.sound_view.view import SoundView
from core.places import DEFAULT_MODEL
from core.sound.clip import AudioClip
from core.sound.picture import MelStream
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import noise, sample_clip, tone

ROOM = 0.0005


def say(source, *words, **faults):
    """Let somebody say digits, a second apart, into the fake microphone."""
    for word in words:
        source.feed(sample_clip(word).samples + noise(1.0, amplitude=ROOM, seed=2), **faults)
    source.feed(noise(0.4, amplitude=ROOM, seed=3))


class Kept:
    """Keeps what a listening controller tells."""

    def __init__(self, listening):
        self.followed, self.takes, self.failures = [], [], []
        listening.followed.connect(self.followed.append)
        listening.take_ready.connect(self.takes.append)
        listening.failed.connect(self.failures.append)

    @property
    def labels(self):
        return [event.label for followed in self.followed for event in followed.events]

    @property
    def samples(self):
        return sum(followed.samples.size for followed in self.followed)


@pytest.fixture
def listening(ready):
    listening = ListeningController(ready)
    yield listening
    listening.close()


@pytest.fixture
def told(listening):
    return Kept(listening)


def test_digits_are_told_in_order_and_become_takes(qtbot, listening, told, fake_source):
    listening.set_on(True)
    say(fake_source, "four", "two", "one")
    qtbot.waitUntil(lambda: len(told.takes) == 3, timeout=5000)
    assert told.labels == ["four", "two", "one"]
    assert [take.prediction.label for take in told.takes] == told.labels
    assert told.takes[0].sound.samples.shape == (8000,)
    assert told.takes[0].name == "Fake microphone"
    assert picture_of(told.takes[0].sound).decibels.shape == (96, 251)


def test_all_the_sound_is_followed_however_much_comes_at_once(qtbot, listening, told, fake_source):
    listening.set_on(True)
    for _ in range(5):
        fake_source.feed(noise(2.0, amplitude=ROOM))
    fake_source.feed(noise(0.5, amplitude=ROOM))
    qtbot.waitUntil(lambda: told.samples == 84000, timeout=5000)
    columns = sum(followed.columns.shape[1] for followed in told.followed)
    assert columns == 84000 // 80
    assert told.followed[-1].seconds == pytest.approx(10.5, abs=0.02)


def test_nothing_is_followed_while_it_is_off(qtbot, listening, told, fake_source, heard):
    say(fake_source, "four")
    qtbot.waitUntil(lambda: bool(heard.levels), timeout=3000)
    listening.set_on(True)
    listening.set_on(False)
    say(fake_source, "two")
    qtbot.wait(150)
    assert told.labels == []
    assert listening.on is False


def test_a_source_that_vanishes_is_listened_to_again_when_it_comes_back(
    qtbot, ready, listening, told, heard, fake_source
):
    ready._retry.setInterval(50)
    listening.set_on(True)
    say(fake_source, "four")
    qtbot.waitUntil(lambda: told.labels == ["four"], timeout=5000)
    fake_source.vanish()
    qtbot.waitUntil(lambda: ready.state is State.CLOSED, timeout=3000)
    assert "stopped delivering" in heard.problems[-1]
    assert listening.on
    fake_source._gone = False
    fake_source.feed(noise(0.5, amplitude=ROOM))
    say(fake_source, "two")
    qtbot.waitUntil(lambda: told.labels == ["four", "two"], timeout=5000)
    assert heard.problems[-1] == ""


def test_another_model_is_used_at_once(qtbot, ready, listening, told, heard, tmp_path, fake_source):
    listening.set_on(True)
    ready.model.use(copy_bundle(tmp_path / "careful", threshold=1.0))
    qtbot.waitUntil(lambda: len(heard.models) == 2, timeout=3000)
    say(fake_source, "four", "two")
    qtbot.waitUntil(lambda: told.samples >= 19000, timeout=3000)
    assert told.labels == []


def test_listening_before_there_is_a_model_begins_when_there_is_one(
    qtbot, controller, fake_source, heard
):
    listening = ListeningController(controller)
    told = Kept(listening)
    listening.set_on(True)
    controller.open_source("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    controller.model.use(DEFAULT_MODEL)
    qtbot.waitUntil(lambda: bool(heard.models), timeout=3000)
    say(fake_source, "four")
    qtbot.waitUntil(lambda: told.labels == ["four"], timeout=5000)
    listening.close()


def test_a_model_that_is_gone_ends_listening_with_a_sentence(
    qtbot, ready, listening, told, heard, tmp_path
):
    model = copy_bundle(tmp_path / "here")
    ready.model.use(model)
    qtbot.waitUntil(lambda: len(heard.models) == 2, timeout=3000)
    model.rename(tmp_path / "elsewhere")
    listening.set_on(True)
    qtbot.waitUntil(lambda: len(told.failures) == 1, timeout=3000)
    assert "here" in told.failures[0]
    assert listening.on is False


@pytest.mark.slow
def test_the_demo_speaks_on_and_on(qtbot, ready, listening, told):
    ready.open_source("demo")
    listening.set_on(True)
    qtbot.waitUntil(lambda: len(told.labels) >= 2, timeout=15000)


# --- in the window ---------------------------------------------------------------------


@pytest.fixture
def live(qtbot, window, fake_source, controller):
    window.start("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=5000)
    qtbot.waitUntil(lambda: controller.model.current is not None, timeout=5000)
    return window


def test_a_key_begins_and_ends_listening(qtbot, live, fake_source):
    tab = live.recognise
    qtbot.keyClick(live, Qt.Key.Key_L)
    assert tab.listen.isChecked()
    assert "Stop" in tab.listen.text()
    assert tab.record.word == "Listening"
    assert tab.listening.isVisible()
    assert not tab.sound.isVisible()
    say(fake_source, "four", "two")
    qtbot.waitUntil(lambda: tab.listening.text == "4 2", timeout=5000)
    qtbot.waitUntil(lambda: tab.takes.table.clips.rowCount() == 2, timeout=3000)
    assert [word.split()[0] for word in tab.listening.sound.words] == ["4", "2"]
    assert tab.answer.text.startswith("two")
    qtbot.keyClick(live, Qt.Key.Key_L)
    assert not tab.listen.isChecked()
    assert tab.record.word == "Ready"
    assert tab.listening.isVisible()  # what was heard stays
    assert len(tab.listening.sound.words) == 2
    tab.takes.table.setCurrentIndex(tab.takes.table.clips.index(1, 0))
    mark = tab.listening.sound.pane.marks.words[0]
    assert tab.listening.sound.look.span == (mark.start, mark.end)
    assert tab.answer.text.startswith("four")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_escape_and_space_end_listening(qtbot, live, controller, key):
    qtbot.mouseClick(live.recognise.listen, Qt.MouseButton.LeftButton)
    assert live.recognise.listen.isChecked()
    qtbot.keyClick(live, key)
    assert not live.recognise.listen.isChecked()
    assert (controller._capture._wanted) is (key == Qt.Key.Key_Space)


def test_the_transcript_is_copied_and_cleared(qtbot, live, fake_source):
    view = live.recognise.listening
    assert not view.copy.isEnabled()
    qtbot.keyClick(live, Qt.Key.Key_L)
    say(fake_source, "four", "two", "one")
    qtbot.waitUntil(lambda: view.text == "4 2 1", timeout=5000)
    view.copy.click()
    assert QApplication.clipboard().text() == "4 2 1"
    assert view.copy.text() == "Copied"
    view.clear.click()
    assert view.text == ""
    assert not view.clear.isEnabled()
    assert live.recognise.takes.table.clips.rowCount() == 3


def test_a_lost_source_is_said_while_listening_goes_on(qtbot, live, controller, fake_source):
    controller._retry.setInterval(50)
    qtbot.keyClick(live, Qt.Key.Key_L)
    fake_source.vanish()
    qtbot.waitUntil(lambda: controller.state is State.CLOSED, timeout=3000)
    assert "stopped delivering" in live.recognise.record.hint
    assert live.recognise.listen.isChecked()
    fake_source._gone = False
    fake_source.feed(noise(0.5, amplitude=ROOM))
    qtbot.waitUntil(lambda: live.recognise.record.word == "Listening", timeout=3000)


def test_lost_sound_is_said(qtbot, live, fake_source):
    qtbot.keyClick(live, Qt.Key.Key_L)
    say(fake_source, "four", overflowed=True)
    qtbot.waitUntil(lambda: "was lost" in live.statusBar().currentMessage(), timeout=3000)


def test_the_window_closes_while_it_listens(qtbot, live, fake_source):
    qtbot.keyClick(live, Qt.Key.Key_L)
    say(fake_source, "four")
    live.close()
    assert not live.isVisible()


def test_devices_are_looked_for_again_when_asked(qtbot, live, made_sources, fake_source):
    box = live.inputs.source
    index = box.findText("Look for devices again")
    box.setCurrentIndex(index)
    box.activated.emit(index)
    qtbot.waitUntil(lambda: ("default", True) in made_sources, timeout=3000)
    assert box.currentData() == "default"


# --- the picture of a stream -------------------------------------------------------------

BEGUN = datetime(2026, 1, 2, 23, 59, 58)


@pytest.fixture
def streaming(qtbot):
    view = StreamView("hint")
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show()
    view.begin_stream(BEGUN)
    return view


def flow(view, *sounds, columns=None):
    columns = columns or MelStream()
    for sound in sounds:
        view.add_sound(sound, columns.add(sound))
    return columns


def quiet(seconds, seed=0):
    return noise(seconds, amplitude=ROOM, seed=seed)


def test_the_picture_moves_with_the_sound_and_shows_the_last_seconds(streaming):
    columns = MelStream()
    for second in range(1, 13):
        flow(streaming, tone(1000, 1.0) if second == 6 else quiet(1.0), columns=columns)
        if second == 6:
            streaming.add_word(WordMark(5.1, 5.9, "7"))
            assert streaming.words == ["7"]
    assert (streaming.look.start, streaming.look.stop) == (12 - STREAM_SECONDS, 12)
    times, values = streaming.plots.waveform._curve.getData()
    loud = times[np.abs(values) > 0.1]
    assert (loud.min(), loud.max()) == (pytest.approx(5, abs=0.02), pytest.approx(6, abs=0.02))
    picture = streaming.plots.spectrogram.picture
    levels = picture.values.max(axis=0)
    assert levels.max() <= 0
    seen = picture.first_seconds + np.flatnonzero(levels > -20) * picture.seconds_per_column
    assert (seen[0], seen[-1]) == (pytest.approx(5, abs=0.05), pytest.approx(6, abs=0.05))
    flow(streaming, quiet(3.0), columns=columns)
    assert streaming.look.stop == 15
    assert streaming.words == ["7"]  # it can be scrolled back to


def test_the_time_of_the_day_is_written_and_passes_midnight(qtbot, streaming):
    axis = streaming.plots.spectrogram.getAxis("bottom")
    assert axis.tickStrings([0.0, 2.0, 63.0], 1.0, 1.0) == ["23:59:58", "00:00:00", "00:01:01"]
    assert axis.tickStrings([0.5], 1.0, 0.5) == ["23:59:58.5"]
    assert axis.labelText == "Time of day"
    assert streaming.plots.written(2.5) == "00:00:00.500"
    take = SoundView("hint")
    qtbot.addWidget(take)
    take.set_take(AudioClip(quiet(1.0)))
    axis = take.plots.spectrogram.getAxis("bottom")
    assert axis.tickStrings([0.5], 1.0, 0.5) == ["0.5"]
    assert axis.labelText == "Time in s"


def test_who_scrolls_back_stays_there_while_it_goes_on(qtbot, streaming):
    columns = flow(streaming, *[quiet(1.0, seed) for seed in range(20)])
    assert streaming.look.follows
    assert streaming.tools.now.isHidden()
    streaming.look.pan(-5)
    there = streaming.look.start, streaming.look.stop
    flow(streaming, tone(1000, 1.0), columns=columns)
    assert (streaming.look.start, streaming.look.stop) == there
    assert not streaming.tools.now.isHidden()
    _, values = streaming.plots.waveform._curve.getData()
    assert np.abs(values).max() < 0.1
    streaming.tools.now.click()
    assert streaming.look.stop == 21
    flow(streaming, quiet(1.0), columns=columns)
    assert streaming.look.stop == 22
    assert streaming.tools.now.isHidden()


def test_ten_minutes_are_kept_and_no_more(streaming):
    columns = flow(streaming, tone(1000, 1.0))
    for seed in range(13):
        flow(streaming, quiet(50.0, seed), columns=columns)
    streaming.look.fit()
    assert (streaming.look.start, streaming.look.stop) == (51, 651)
    picture = streaming.plots.spectrogram.picture
    assert picture.values.shape[1] <= 2048
    assert picture.first_seconds == pytest.approx(51, abs=1)
    end = picture.first_seconds + picture.values.shape[1] * picture.seconds_per_column
    assert end == pytest.approx(651, abs=1)
    streaming.look.select(60.0, 61.0)
    clip, start = streaming.chosen()
    assert (clip.seconds, start) == (1.0, 60.0)


def test_a_word_of_the_stream_can_be_clicked_and_is_what_is_played(qtbot, streaming):
    flow(streaming, quiet(1.0), tone(1000, 1.0), quiet(2.0))
    streaming.add_word(WordMark(1.0, 2.0, "4"))
    plots = streaming.plots
    QApplication.processEvents()
    place = plots.mapFromScene(plots.waveform.vb.mapViewToScene(QPointF(1.5, 0)))
    with qtbot.waitSignal(streaming.word_clicked) as clicked:
        qtbot.mouseClick(plots.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args[0].text == "4"
    assert streaming.look.span == (1.0, 2.0)
    clip, start = streaming.chosen()
    assert (start, clip.seconds) == (1.0, 1.0)
    assert np.abs(clip.samples).max() > 0.1


def test_what_was_heard_before_a_pause_stays_and_so_does_its_time(qtbot, streaming):
    flow(streaming, quiet(1.0), tone(1000, 1.0), quiet(0.5031))
    streaming.add_word(WordMark(1.0, 2.0, "4"))
    streaming.look.pan(-1)
    start = streaming.begin_stream(BEGUN + timedelta(minutes=5))
    assert 3.5 < start < 3.6
    assert streaming.look.stop == start
    assert streaming.look.follows
    columns = flow(streaming, quiet(2.0, 1), tone(500, 1.0), quiet(2.0, 2))
    streaming.add_word(WordMark(start + 2, start + 3, "5"))
    assert streaming.words == ["4", "5"]
    (gap,) = streaming.pane.marks.gaps
    assert (gap.end, gap.text) == (start, "00:04:58")
    assert gap.end - gap.start == pytest.approx(1.0, abs=0.02)

    # the columns of both parts lie where their sound does
    streaming.look.show_range(0, streaming.look.length)
    picture = streaming.plots.spectrogram.picture
    levels = picture.values.max(axis=0)
    seen = picture.first_seconds + np.flatnonzero(levels > -20) * picture.seconds_per_column
    later = seen[seen > gap.end]
    assert (seen[0], later[0]) == (pytest.approx(1, abs=0.05), pytest.approx(start + 2, abs=0.05))

    # each part has the times of its own
    assert streaming.plots.written(1.0) == "23:59:59.000"
    assert streaming.plots.written(start + 1) == "00:04:59.000"
    axis = streaming.plots.spectrogram.getAxis("bottom")
    (step, majors), *_ = axis.tickValues(0, streaming.look.length, 700)
    texts = axis.tickStrings(majors, 1.0, step)
    assert {"23:59:58", "00:00:00", "00:05:00", "00:05:02"} <= set(texts)

    # a click on a word before the gap plays that
    plots = streaming.plots
    streaming.grab()
    place = plots.mapFromScene(plots.waveform.vb.mapViewToScene(QPointF(1.5, 0)))
    with qtbot.waitSignal(streaming.word_clicked) as clicked:
        qtbot.mouseClick(plots.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args[0].text == "4"
    clip, begins = streaming.chosen()
    assert (begins, clip.seconds) == (1.0, 1.0)
    assert np.abs(clip.samples).max() > 0.1

    # what is older than ten minutes is gone, with its marks
    flow(streaming, quiet(600.0), columns=columns)
    streaming.add_word(WordMark(600.0, 601.0, "6"))
    assert streaming.words == ["6"]


def test_a_pause_without_sound_before_it_leaves_no_gap(streaming):
    assert streaming.begin_stream(BEGUN) == 0
    flow(streaming, quiet(1.0))
    first = streaming.begin_stream(BEGUN)
    assert streaming.begin_stream(BEGUN) == first
    assert len(streaming.pane.marks.gaps) == 1


def test_a_low_picture_ticks_only_what_there_is_room_for(streaming):
    line = streaming.fontMetrics().height()
    flow(streaming, quiet(1.0))
    heard = []
    for lines in (30, 13):
        streaming.resize(600, lines * line)
        QApplication.processEvents()
        streaming.grab()
        axis = streaming.plots.spectrogram.getAxis("left")
        heard.append((axis.label.isVisible(), len(axis._tickLevels[0])))
    assert heard[0][0]
    assert not heard[1][0]
    assert heard[0][1] > heard[1][1] >= 2


def test_an_earlier_word_stays_chosen_while_new_ones_come(qtbot, live, fake_source):
    tab = live.recognise
    qtbot.keyClick(live, Qt.Key.Key_L)
    say(fake_source, "four", "two")
    qtbot.waitUntil(lambda: tab.takes.table.clips.rowCount() == 2, timeout=8000)
    tab.takes.table.setCurrentIndex(tab.takes.table.clips.index(1, 0))
    assert tab.answer.text.startswith("four")
    span = tab.listening.sound.look.span
    say(fake_source, "one")
    qtbot.waitUntil(lambda: tab.takes.table.clips.rowCount() == 3, timeout=8000)
    assert tab.answer.text.startswith("four")
    assert tab.takes.table.currentIndex().row() == 2
    assert tab.listening.sound.look.span == span


def test_a_new_start_is_a_new_paragraph_and_the_words_can_be_saved(
    qtbot, live, fake_source, tmp_path, monkeypatch
):
    view = live.recognise.listening
    for words in (("four", "two"), ("one",)):
        qtbot.keyClick(live, Qt.Key.Key_L)
        count = live.recognise.takes.table.clips.rowCount() + len(words)
        say(fake_source, *words)
        takes = live.recognise.takes.table.clips
        qtbot.waitUntil(lambda takes=takes, count=count: takes.rowCount() == count, timeout=8000)
        qtbot.keyClick(live, Qt.Key.Key_L)
    first, second = view.text.splitlines()
    assert first.split()[1:] == ["4", "2"]
    assert second.split()[1:] == ["1"]
    assert len(first.split()[0].split(":")) == 3
    target = tmp_path / "said.csv"
    asked = "app.shell.words_menu.ask_where_to_save"
    monkeypatch.setattr(asked, lambda *_: (target, ""))
    with qtbot.waitSignal(live.recognise_page.said, timeout=5000):
        view.save_wanted.emit("csv")
    rows = target.read_text().splitlines()
    assert [row.split(",")[2] for row in rows[1:]] == ["four", "two", "one"]
    starts = [float(row.split(",")[0]) for row in rows[1:]]
    assert starts == sorted(starts)
    sound = view.sound
    assert [word.split()[0] for word in sound.words] == ["4", "2", "1"]
    assert len(sound.pane.marks.gaps) == 1
    with qtbot.waitSignal(view.word_clicked) as clicked:  # a word of the paragraph before
        sound.look.click(sound.pane.marks.words[0].start + 0.1)
    assert clicked.args[0] is view._clips[sound.pane.marks.words[0]]
    assert live.recognise.answer.text.startswith("four")
    view.clear.click()
    assert not view.save.isEnabled()
    assert len(sound.words) == 3


def test_what_was_before_fades_when_a_take_begins_and_the_bars_follow(
    qtbot, live, controller, fake_source
):
    tab = live.recognise
    say(fake_source, "four")
    faded = []  # at the moment that the take begins; the first guess may follow at once
    controller.state_changed.connect(
        lambda state: faded.append((state, all(each.isEnabled() for each in tab._faded)))
    )
    qtbot.keyClick(live, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    assert (State.SPEAK_NOW, True) in faded
    guesses = []
    bars = tab.bars.set_prediction
    tab.bars.set_prediction = lambda prediction: (guesses.append(prediction), bars(prediction))
    clip = sample_clip("four").samples
    for first in range(0, clip.size, 400):
        fake_source.feed(clip[first : first + 400])
        qtbot.wait(30)
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: tab.answer.text.startswith("four"), timeout=8000)
    assert not any(each.isEnabled() for each in tab._faded)
    assert len(guesses) > 1
