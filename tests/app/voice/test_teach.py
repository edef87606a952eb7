"""Words of one's own, without a folder: said, learned by a fake trainer, and in use."""

import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.recognise.controller import State
from app.shell.job import Job
from app.voice.collect_controller import CollectPhase
from app.voice.teach_controller import Sureness, sureness
from core.dataset.scan import scan
from core.evaluation.report import EvaluationReport
from core.places import user_models
from tests.app.voice.test_collect import ROOM, begin, page, say
from tests.helpers.fake_program import EVALUATION
from tests.helpers.sounds import noise, sample_clip

FAKE = Path(__file__).parents[2] / "helpers" / "fake_program.py"
LEARNING, TAUGHT = 3, 4


@pytest.fixture
def dialog(qtbot, window, controller, heard, fake_source, settings):
    """The window for teaching, on a started program that hears a quiet room."""
    window.start("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY and bool(heard.models), timeout=5000)
    settings.speaker = "me"
    window.voice.teach.trigger()
    return window.voice.teaching


@pytest.fixture
def teacher(dialog, window):
    teacher = window.voice._teacher
    teacher.learning.make_job = partial(Job, program=(sys.executable, str(FAKE)))
    return teacher


def say_all(qtbot, dialog, teacher, source, mood="well"):
    """Say every word that is asked for; the trainer is of some mood."""
    (teacher.collection.folder / "mood").write_text(mood)
    while teacher.phase is CollectPhase.SAY:
        done = teacher.collection.done
        say(qtbot, dialog, source, sample_clip(dialog.say.word.text()).samples)
        qtbot.waitUntil(lambda done=done: teacher.collection.done == done + 1, timeout=5000)
        qtbot.waitUntil(lambda: not teacher._writing, timeout=3000)


def test_it_asks_for_words_and_for_nothing_that_is_settled(dialog):
    assert dialog.plan.words.isVisible()
    assert dialog.plan.rounds.value() == 5
    assert not dialog.plan.rounds.isVisible()
    assert not dialog.plan.folder.isVisible()
    dialog.plan.words.setText("tree, lamp, door, moon")
    assert "20 recordings, in about 1 min" in dialog.plan.total.text()


def test_one_word_cannot_be_told_from_others(dialog, teacher):
    dialog.plan.words.setText("tree, tree ,")
    dialog.plan.begin.click()
    assert "at least two words" in dialog.plan.message.text()
    assert page(dialog) == 0


def test_from_the_words_to_a_model_in_use(qtbot, window, dialog, teacher, fake_source):
    begin(qtbot, dialog, teacher, words="two, one")
    fractions = []
    dialog.bar.valueChanged.connect(fractions.append)
    say_all(qtbot, dialog, teacher, fake_source)
    assert page(dialog) == LEARNING
    assert window.voice.losses().keys() == {"teaching"}
    qtbot.waitUntil(lambda: page(dialog) == TAUGHT, timeout=15_000)
    assert fractions == sorted(fractions)
    (model,) = user_models().iterdir()
    assert model.name.startswith("my words ")
    qtbot.waitUntil(lambda: window._model.path == model, timeout=10_000)
    assert model.name in dialog._verdict.text()
    rows = [[dialog.words.item(r, c).text() for c in range(3)] for r in range(2)]
    assert rows == [["one", "1 of 2", "90 %"], ["two", "2 of 2", "75 %"]]
    assert "again" in dialog._advice.text()
    assert window.voice.losses() == {}


def test_a_word_is_said_again_and_learned_with_the_others(
    qtbot, window, dialog, teacher, fake_source
):
    begin(qtbot, dialog, teacher, words="two, one")
    say_all(qtbot, dialog, teacher, fake_source)
    folder = teacher.collection.folder
    qtbot.waitUntil(lambda: page(dialog) == TAUGHT, timeout=15_000)
    assert dialog.again.text() == "&Say “one” again"
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: teacher.phase is CollectPhase.SAY, timeout=3000)
    assert dialog.say.word.text() == "one"
    say_all(qtbot, dialog, teacher, fake_source)
    qtbot.waitUntil(lambda: page(dialog) == TAUGHT, timeout=15_000)
    assert [r.label for r in scan(folder).recordings] == ["one"] * 4 + ["two"]
    assert len(list(user_models().iterdir())) == 2
    dialog.finish.click()
    assert not dialog.isVisible()
    assert teacher.phase is CollectPhase.PLAN


def test_why_nothing_was_learned_is_said_and_the_words_are_kept(
    qtbot, dialog, teacher, fake_source
):
    begin(qtbot, dialog, teacher, words="two, one")
    folder = teacher.collection.folder
    say_all(qtbot, dialog, teacher, fake_source, mood="fail")
    qtbot.waitUntil(lambda: page(dialog) == 0, timeout=15_000)
    assert dialog.plan.message.text().startswith("The disk is full. What you said is kept")
    assert len(scan(folder).recordings) == 2
    assert not user_models().exists() or not list(user_models().iterdir())


def test_learning_can_be_cancelled_and_leaves_nothing_but_the_words(
    qtbot, dialog, teacher, fake_source
):
    begin(qtbot, dialog, teacher, words="two, one")
    folder = teacher.collection.folder
    say_all(qtbot, dialog, teacher, fake_source, mood="waiting")
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=15_000)
    dialog.cancel.click()
    qtbot.waitUntil(lambda: page(dialog) == 0, timeout=15_000)
    assert not list(user_models().iterdir())
    assert len(scan(folder).recordings) == 2


def test_the_train_page_offers_it_while_it_is_empty(window):
    window.show_tab("train")
    window.training_tab().data.teach.click()
    assert window.voice.teaching.isVisible()
    window.voice.teaching.reject()


def test_a_word_is_weak_when_a_clip_is_wrong_or_the_model_unsure():
    found = sureness(EvaluationReport.from_json(EVALUATION))
    assert found == [Sureness("one", 2, 1, 0.9), Sureness("two", 2, 2, 0.75)]
    assert [each.is_weak for each in found] == [True, True]
    assert not Sureness("one", 5, 5, 0.95).is_weak
