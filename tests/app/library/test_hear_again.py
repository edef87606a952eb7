"""Clips that are heard again by another model: what changes, clip by clip."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.library import hear_again
from app.library.clips import BAD, Clip
from app.library.hear_again import Difference, HearAgain, difference_text
from core.places import DEFAULT_MODEL, REFERENCE_MODEL
from core.sound.levels import SoundProblem
from tests.helpers.clips import heard
from tests.helpers.sounds import sample_clip, write


def compared(said, before, now):
    return Clip("", named=said, before=before and heard(before), prediction=now and heard(now))


def by_default(word):
    return replace(heard(word, model=DEFAULT_MODEL.name), bundle=DEFAULT_MODEL)


@pytest.fixture
def again(qtbot):
    again = HearAgain()
    qtbot.addWidget(again.bar)
    again.told = []
    again.said.connect(again.told.append)
    again.failed.connect(again.told.append)
    yield again
    again.close()


@pytest.fixture
def clips(tmp_path):
    """Two clips of which some model had heard another word, one of those it had right."""
    paths = {
        word: write(tmp_path / f"{word}.wav", sample_clip(word).samples) for word in ("one", "six")
    }
    return [
        Clip("one.wav", path=paths["one"], named="one", prediction=by_default("nine")),
        Clip("six.wav", path=paths["six"], named="six", prediction=by_default("six")),
        Clip("seven", sound=sample_clip("seven"), named="two", prediction=by_default("two")),
    ]


def test_what_changed_is_counted_by_what_was_said():
    clips = [
        compared("one", "two", "one"),
        compared("one", "one", "two"),
        compared("one", "two", "three"),
        compared("one", "one", "one"),
        compared(None, "one", "two"),
        compared(BAD, "one", "two"),
        compared("one", None, "one"),
    ]
    found = Difference.of(clips)
    assert found == Difference(6, 5, mended=1, spoilt=1, wrong=2, right=2)


@pytest.mark.parametrize(
    ("difference", "sentence"),
    [
        (
            Difference(363, 12, mended=9, spoilt=2, wrong=20, right=343),
            "12 of 363 are heard otherwise by “m”: 9 that were wrong are right, 2 that were right "
            "are wrong.",
        ),
        (
            Difference(5, 1, mended=1, spoilt=0, wrong=1, right=4),
            "1 of 5 is heard otherwise by “m”: 1 that was wrong is right.",
        ),
        (Difference(5, 1, 0, 0, 1, 4), "1 of 5 is heard otherwise by “m”."),
        (Difference(5, 0, 0, 0, 1, 4), "All 5 are heard by “m” as they were before."),
        (Difference(0, 0, 0, 0, 0, 0), "Heard by “m”; no other model had heard them before."),
    ],
)
def test_what_changed_is_said_in_a_sentence(difference, sentence):
    assert difference_text(difference, "m") == sentence


def test_what_was_heard_before_is_kept_beside_what_is_heard_now(qtbot, again, clips):
    before = [clip.prediction for clip in clips]
    with qtbot.waitSignal(again.heard, timeout=20_000) as signal:
        again.start(clips, DEFAULT_MODEL)
    assert signal.args == [clips]
    assert [clip.best for clip in clips] == ["one", "six", "seven"]
    assert [clip.before for clip in clips] == before
    assert [clip.has_changed for clip in clips] == [True, False, True]
    assert again.told == [
        f"2 of 3 are heard otherwise by “{DEFAULT_MODEL.name}”: 1 that was wrong is right, 1 that "
        "was right is wrong."
    ]
    assert not again.bar.isVisible()


def test_what_cannot_be_read_stays_as_it_was(qtbot, again, clips):
    clips[0].path.unlink()
    with qtbot.waitSignal(again.heard, timeout=20_000):
        again.start(clips, DEFAULT_MODEL)
    assert (clips[0].best, clips[0].before) == ("nine", None)


def test_what_was_wrong_with_a_sound_when_it_came_in_stays_wrong(qtbot, again):
    lossy = replace(heard("one"), problem=SoundProblem.OVERFLOWED)
    take = Clip("Mic", sound=sample_clip("one"), prediction=lossy)
    with qtbot.waitSignal(again.heard, timeout=20_000):
        again.start([take], DEFAULT_MODEL)
    assert take.prediction.model == DEFAULT_MODEL.name
    assert take.prediction.problem is SoundProblem.OVERFLOWED


def test_given_up_nothing_has_changed(qtbot, again, clips, monkeypatch):
    go_on, begun = threading.Event(), threading.Event()
    read = hear_again.sound_of

    def slowly(clip, should_stop):
        begun.set()
        go_on.wait(10)
        return read(clip, should_stop)

    monkeypatch.setattr(hear_again, "sound_of", slowly)
    again.start(clips, DEFAULT_MODEL)
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    assert again.bar.isVisible()
    again.cancel()
    go_on.set()
    again.close()
    assert not again.bar.isVisible()
    assert [clip.best for clip in clips] == ["nine", "six", "two"]
    assert all(clip.before is None for clip in clips)
    assert again.told == ["Given up: every clip is as it was heard before."]


def test_a_model_that_cannot_be_loaded_is_a_sentence(qtbot, again, clips, tmp_path):
    with qtbot.waitSignal(again.failed, timeout=10_000):
        again.start(clips, tmp_path / "no model")
    assert "no model" in again.told[0]
    assert not again.running
    assert clips[0].before is None


def test_by_keys_from_any_table_and_the_model_in_use_stays(
    qtbot, window, heard, clips, monkeypatch
):
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=10_000)
    window.recognise_page.takes.set_clips(clips)
    table, actions = window.recognise_page.table, window.recognise_page.actions
    table.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.recognise, Qt.Key.Key_H, both)
    menu = actions.models_menu
    number = [each.text() for each in menu.actions()].index(REFERENCE_MODEL.name)
    for _ in range(number + 1):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    message = window.statusBar()
    qtbot.waitUntil(lambda: "heard otherwise by" in message.currentMessage(), timeout=20_000)
    assert {clip.prediction.model for clip in clips} == {REFERENCE_MODEL.name}
    assert window._model.path == DEFAULT_MODEL
    asked = []
    monkeypatch.setattr(window._controller, "ask_first", asked.extend)
    window.recognise_page._on_seen()
    assert asked == []  # who was asked on purpose is not asked over
    changed = window.recognise.takes.bar.buttons["changed"]
    qtbot.waitUntil(changed.isVisible, timeout=3000)
    changed.click()
    assert all(clip.has_changed for clip in table.clips.shown)
    before = [clip.prediction for clip in clips]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    window.hearing.start(clips * 50, DEFAULT_MODEL)
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert message.currentMessage().startswith("Given up")
    assert not window.hearing.running
    assert [clip.prediction for clip in clips] == before
