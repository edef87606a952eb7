"""Takes that are kept for the next time: on quitting, at once, and in the list again."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.library.clips import Clip, Origin, State
from app.library.model import Column
from app.recognise import page as page_module
from app.shell import dialogs
from app.shell.settings import ASK, DISCARD, KEEP, SAVE
from core.dataset.kept_takes import KeptTakes
from core.dataset.scan import scan
from core.labels import DIGITS
from core.places import user_recordings, user_takes
from core.sound.clip import AudioClip
from core.sound.sound_file import read_second
from tests.helpers.clips import heard as prediction
from tests.helpers.sounds import sample_clip

NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)


def take(heard="four", number=0, origin=Origin.SPOKEN):
    clip = AudioClip(sample_clip("four").samples * (1 - number / 100))
    time = NOON + timedelta(hours=1, seconds=number)
    return Clip("Mic", sound=clip, time=time, prediction=prediction(heard), origin=origin)


def keep(number=0, heard="four", **known):
    """Keep a take as an earlier session has done."""
    known = {"source": "Mic", "heard": heard, "confidence": 0.9, "model": "older"} | known
    clip = AudioClip(sample_clip("four").samples * (1 - number / 100))
    return KeptTakes(user_takes()).keep(clip, time=NOON + timedelta(seconds=number), **known)


def kept():
    return KeptTakes(user_takes()).all()


@pytest.fixture
def page(window, settings):
    settings.speaker = "me"
    window.recognise.set_labels(DIGITS)
    window.recognise.setFocus()
    return window.recognise_page


@pytest.fixture
def load(qtbot, page):
    """Loads what was kept before, and returns the list."""

    def load():
        n = len(kept())
        page.prepare()
        page.start()
        qtbot.waitUntil(lambda: sum(c.kept is not None for c in page.takes.clips) == n)
        return page.takes.clips

    return load


@pytest.fixture
def answer(monkeypatch):
    """Answers the questions in turn, and keeps their texts."""
    monkeypatch.setattr("app.recognise.quitting.ask_to_quit", dialogs.ask_to_quit)
    asked, answers = [], []

    def execute(box):
        asked.append(f"{box.text()} {box.informativeText()}")
        button, always = answers.pop(0)
        if box.checkBox() is not None:
            box.checkBox().setChecked(always)
        return button

    monkeypatch.setattr(QMessageBox, "exec", execute)

    def give(button, always=False):
        answers.append((button, always))
        return asked

    return give


def test_takes_are_kept_on_quitting_and_the_window_closes_when_they_are(
    qtbot, window, page, answer
):
    for number in range(3):
        page.add_take(take(number=number))
    page.add_take(take(origin=Origin.OPENED))
    asked = answer(QMessageBox.StandardButton.Save)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert str(user_takes()) in asked[0]
    assert [take.time.second for take in kept()] == [2, 1, 0]
    assert {take.heard for take in kept()} == {"four"}


def test_keeping_is_the_standard_answer_unless_more_would_be_lost(
    window, page, settings, monkeypatch
):
    standard = []

    def look(box):
        standard.append(box.standardButton(box.defaultButton()))
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "exec", look)
    for losses in ({}, {"training": "a training"}):
        assert dialogs.ask_to_quit(window, settings, losses, unsaved=1) is None
    assert standard == [QMessageBox.StandardButton.Save, QMessageBox.StandardButton.Cancel]


@pytest.mark.parametrize(
    ("button", "policy"),
    [(QMessageBox.StandardButton.Save, KEEP), (QMessageBox.StandardButton.Discard, DISCARD)],
)
def test_what_is_always_to_be_done_is_asked_once_and_ticked_in_the_menu(
    window, page, settings, answer, button, policy
):
    asked = answer(button, always=True)
    assert [dialogs.ask_to_quit(window, settings, {}, unsaved=1) for _ in range(2)] == [policy] * 2
    assert len(asked) == 1
    menu = page.kept_menu
    menu.aboutToShow.emit()
    assert menu.policies[policy].isChecked()
    menu.policies[ASK].trigger()
    assert settings.unsaved_takes == ASK


def test_what_cannot_be_kept_is_said_in_a_second_question(qtbot, window, page, answer):
    user_takes().parent.mkdir(parents=True)
    user_takes().write_text("a file in its place")
    page.add_take(take())
    asked = answer(QMessageBox.StandardButton.Save)
    answer(QMessageBox.StandardButton.Discard)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert str(user_takes()) in asked[1]
    assert len(asked) == 2


def test_takes_are_saved_as_a_folder_on_quitting_and_none_is_left_out(
    qtbot, window, page, answer, monkeypatch, tmp_path
):
    page.add_take(take("four"))
    unanswered = take(number=1)
    unanswered.prediction = None
    page.add_take(unanswered)
    names = iter(["", str(tmp_path / "out")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (next(names), ""))
    answer(QMessageBox.StandardButton.SaveAll, always=True)
    assert not window.close()
    assert window.isVisible()  # the person thought better of it
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    found = sorted(path.parent.name for path in (tmp_path / "out").rglob("*.wav"))
    assert found == ["four", "unsorted"]


def test_with_always_every_take_is_written_at_once(qtbot, window, page, settings):
    page.add_take(take())
    page.kept_menu.policies[KEEP].trigger()
    page.add_take(take(number=1))
    page.add_heard(take(number=2))
    page.add_take(take(origin=Origin.PLAYED, number=3))
    qtbot.waitUntil(lambda: len(kept()) == 3)
    qtbot.waitUntil(lambda: window.recognise.takes._note.text() == "Kept for next time")
    states = [clip.state for clip in page.takes.clips]
    assert states == [State.NONE, State.KEPT, State.KEPT, State.KEPT]


def test_what_was_kept_is_below_the_new_the_newest_first_and_no_file_is_read(qtbot, page, load):
    page.add_take(take())
    for number in range(3):
        keep(number).path.write_bytes(b"no sound")
    clips = load()
    assert [clip.time.second for clip in clips[1:]] == [2, 1, 0]
    assert clips[1].state is State.KEPT
    assert (clips[1].heard, clips[1].prediction.model, clips[1].sound) == ("four", "older", None)
    assert clips[1].confidence == pytest.approx(0.9)
    table = page.table.clips
    assert table.index(1, Column.SURE).data() == "90 %"


def test_a_chosen_take_is_read_shown_and_asked_about(qtbot, ready, window, page, load):
    keep(heard="nine")
    keep(1).path.write_bytes(b"no sound")
    damaged, chosen = load()
    page.table.mark(chosen, quietly=False)
    qtbot.waitUntil(lambda: chosen.heard == "four")
    assert page.shown is chosen
    assert page.exportable() is not None
    assert chosen.prediction.bundle is not None
    qtbot.waitUntil(lambda: kept()[1].heard == "four")
    page.table.mark(damaged, quietly=False)
    qtbot.waitUntil(lambda: damaged.state is State.PROBLEM)
    qtbot.waitUntil(lambda: damaged.problem in window.recognise.answer.text)


def test_rows_that_are_seen_get_their_picture_and_the_answer_of_the_model_in_use(
    qtbot, ready, window, page, load
):
    for number in range(200):
        keep(number, heard="nine")
    clips = load()
    qtbot.waitUntil(lambda: not page.takes.lacks_thumbnail(clips[0]))
    qtbot.waitUntil(lambda: clips[0].heard == "four")
    assert clips[0].sound is None
    qtbot.waitUntil(lambda: not ready._to_ask)
    assert clips[-1].heard == "nine"
    assert page.takes.lacks_thumbnail(clips[-1])


def test_a_kept_take_is_played_from_its_file(qtbot, monkeypatch, controller, page, load):
    keep()
    (clip,) = load()
    played = []
    monkeypatch.setattr(controller, "play", played.append)
    page.actions.play_wanted.emit(clip)
    qtbot.waitUntil(lambda: len(played) == 1)
    assert (played[0].samples == read_second(clip.path).clip.samples).all()


def test_deleting_removes_the_file_and_undo_brings_sound_and_row_back(qtbot, window, page, load):
    for number in range(3):
        keep(number, said="nine" if number == 1 else None)
    clips = list(load())
    before = read_second(clips[1].path).clip
    page.table.mark(clips[1])
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(kept()) == 2)
    qtbot.keyClick(window.recognise, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(kept()) == 3)
    assert page.takes.clips == clips
    assert kept()[1].said == "nine"
    assert (read_second(kept()[1].path).clip.samples == before.samples).all()


def test_a_take_that_goes_out_of_another_list_stays_kept(qtbot, page, load):
    from app.library.table import ClipTable

    keep()
    (clip,) = load()
    other = ClipTable([Column.NAME])
    qtbot.addWidget(other)
    other.clips.set_clips([clip])
    page.changes.remove(other.clips, [clip])
    page.kept.close()
    assert len(kept()) == 1


def test_a_correction_is_remembered_and_moves_its_recording_the_next_time(qtbot, page, load):
    keep()
    (clip,) = load()
    page.actions.give([clip], "nine")
    qtbot.waitUntil(lambda: kept()[0].said == "nine")
    qtbot.waitUntil(lambda: not page.kept._runner._pending)
    page.takes.set_clips([])
    page.changes.recordings._kept.clear()
    page.kept._known.clear()
    (again,) = load()
    assert (again.given, again.state) == ("nine", State.CORRECTED)
    page.actions.give([again], "seven")
    qtbot.waitUntil(lambda: kept()[0].said == "seven")
    assert [r.name for r in scan(user_recordings()).recordings] == ["seven/me_nohash_0.wav"]


def test_a_recording_outside_the_folder_of_recordings_is_never_touched(qtbot, page, load, tmp_path):
    from core.dataset.recordings import RecordingsFolder

    saved = RecordingsFolder(tmp_path / "other").save(sample_clip("four"), "four", "me")
    keep(said="four", recording=saved)
    (clip,) = load()
    page.actions.give([clip], "nine")
    qtbot.waitUntil(lambda: kept()[0].said == "nine")
    assert saved.path.exists()


def test_all_kept_takes_are_deleted_after_one_question(qtbot, window, page, load, answer):
    for number in range(3):
        keep(number)
    load()
    page.add_take(take())
    asked = answer(QMessageBox.StandardButton.Cancel)
    answer(QMessageBox.StandardButton.Yes)
    for number in (1, 2):
        page.kept_menu.delete.trigger()
        qtbot.waitUntil(lambda n=number: len(asked) == n)
    qtbot.waitUntil(lambda: len(page.takes.clips) == 1)
    assert "all 3 takes" in asked[0]
    assert "MB" in asked[0]
    assert kept() == []
    page.kept_menu.delete.trigger()
    qtbot.waitUntil(lambda: "No take is kept" in window.statusBar().currentMessage())
    assert len(asked) == 2
    answer(QMessageBox.StandardButton.Discard)


def test_the_folder_is_shown(monkeypatch, window, page):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    menu = page.kept_menu
    menu.show_folder.trigger()
    assert opened == []
    keep()
    menu.show_folder.trigger()
    assert [url.toLocalFile() for url in opened] == [str(user_takes())]


def test_of_too_many_takes_those_that_are_kept_stay_in_the_list(
    qtbot, monkeypatch, window, page, settings
):
    monkeypatch.setattr(page_module, "IN_MEMORY", 3)
    settings.unsaved_takes = KEEP
    takes = [take(number=number) for number in range(5)]
    for one in takes:
        page.add_take(one)
        qtbot.waitUntil(lambda clip=one: clip.kept is not None)
    assert page.takes.clips == takes[::-1]
    assert [clip.sound is None for clip in page.takes.clips] == [False, False, False, True, True]


def test_a_signal_keeps_what_is_always_kept(window, page, settings):
    page.add_take(take())
    settings.unsaved_takes = SAVE
    window.close_at_once()
    assert len(kept()) == 1
