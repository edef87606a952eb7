"""Clips that are chosen in a table teach a model, by keys, in a real child process."""

import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.library.clips import Clip, Origin
from app.shell.job import Job
from app.shell.model_in_use import Network
from app.voice.clip_teacher import TeachingStep
from app.voice.lesson import make_lesson, usable_label
from core.dataset.recordings import RecordingsFolder
from core.errors import SpokenDigitsError
from core.evaluation.report import read_evaluation
from core.labels import BACKGROUND_NOISE, DIGITS, SILENCE
from core.places import DEFAULT_MODEL, user_collections, user_data, user_models
from core.sound.sound_file import read_second
from core.training.events import Progress
from tests.app.voice.test_adapt import FakeJob
from tests.helpers.sounds import sample_clip
from tests.helpers.voices import deep_clip

FAKE = Path(__file__).parents[2] / "helpers" / "fake_program.py"
ASIDE = "undecided clips"


def record(folder, speakers=("anna", "bert", "carl"), words=DIGITS):
    """Deep voices, of which the shipped model has some wrong; return their clips."""
    recordings = RecordingsFolder(folder)
    found = []
    for number, speaker in enumerate(speakers):
        for n, word in enumerate(words):
            factor = 0.56 + 0.04 * number
            saved = recordings.save(deep_clip(word, factor, seed=10 * number + n), word, speaker)
            found.append(Clip(saved.path.name, path=saved.path, folder=word, named=word))
    return found


def lesson_of(clips, folder, model=None):
    return make_lesson(clips, folder, "me", model, Network())


def left_behind():
    """What lies where models, collections and undecided clips are."""
    folders = (user_models(), user_collections(), user_data() / ASIDE)
    return [path for folder in folders if folder.exists() for path in folder.iterdir()]


@pytest.fixture
def started(qtbot, window, heard):
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=10_000)
    return window


def choose(window, clips):
    """List clips where the takes are, and mark all of them by keys."""
    window.recognise_page.takes.set_clips(clips)
    table = window.recognise_page.table
    table.setFocus()
    return table


def open_by_keys(qtbot, window, clips):
    """List clips, mark all, and open the window that teaches; return it with what it shows."""
    table = choose(window, clips)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.recognise, Qt.Key.Key_L, both)
    dialog, teacher = window.voice.clip_teaching, window.voice._clip_teacher
    qtbot.waitUntil(lambda: teacher.step is TeachingStep.CHOOSING, timeout=20_000)
    return dialog, teacher


def test_from_wrong_clips_to_a_model_in_use_that_has_them_right(qtbot, started, tmp_path):
    dialog, teacher = open_by_keys(qtbot, started, record(tmp_path / "deep"))
    assert "30 clips can be learned from" in dialog.intro.text()
    assert "3 speakers are known: anna, bert, carl." in dialog.intro.text()
    assert dialog.copy.isChecked()  # it keeps what it knows besides
    sides = teacher.lesson.sides
    (tested,) = {each.speaker for each in sides.test}
    assert f"tested on 10 clips of people whom it has not heard: {tested}" in (
        dialog.about_new.text()
    )
    dialog.copy.setFocus()
    qtbot.keyClick(dialog.copy, Qt.Key.Key_Down)
    assert dialog.new.isChecked()
    dialog.teach.setFocus()
    qtbot.keyClick(dialog.teach, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: teacher.step is TeachingStep.DECIDING, timeout=60_000)
    wrong = [clip for clip in dialog.table.clips.clips if clip.before.best != clip.named]
    assert len(wrong) >= 3
    assert f"has {len(wrong)} of {len(wrong)} right that were wrong" in dialog.verdict.text()
    assert not any(clip.is_wrong for clip in wrong)
    changed = dialog.filter.buttons["changed"]
    qtbot.waitUntil(lambda: changed.text() == f"Changed {len(wrong)}", timeout=3000)
    assert "Clips of people whom it had not heard" in dialog.figures.accessibleDescription()
    (model,), (folder,) = user_models().iterdir(), user_collections().iterdir()
    names = {each.name for each in read_evaluation(model).clip_results}
    assert names == {each.name for each in sides.test}
    sounds = {path: path.read_bytes() for path in folder.rglob("*.wav")}
    assert len(sounds) == 30
    of_test = {sounds.pop(folder / name) for name in names}
    assert of_test.isdisjoint(sounds.values())
    assert dialog.use.hasFocus()
    qtbot.keyClick(dialog.use, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: started._model.path == model, timeout=10_000)
    assert not dialog.isVisible()


def test_a_model_in_use_is_adapted_when_its_words_are_all_there_are(qtbot, started, tmp_path):
    dialog, teacher = open_by_keys(qtbot, started, record(tmp_path / "deep", words=("two", "six")))
    asked = []
    teacher.learning.make_job = lambda arguments: (
        asked.append(arguments) or Job(arguments, ("true",))
    )
    qtbot.keyClick(dialog.teach, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(dialog.message.text()), timeout=10_000)
    ((command, folder, option, model, *_),) = asked
    assert (command, option, model) == ("adapt", "--model", str(DEFAULT_MODEL))
    assert Path(folder).parent == user_collections()
    dialog.reject()
    assert left_behind() == []


def test_a_copy_that_is_worse_is_better_not_used_but_stays(qtbot, started, tmp_path):
    dialog, teacher = open_by_keys(qtbot, started, record(tmp_path / "deep"))
    teacher.learning.make_job = FakeJob
    qtbot.keyClick(dialog.teach, Qt.Key.Key_Space)
    FakeJob.last.told.emit(Progress("adapt", 120, 480))
    assert dialog.bar.value() == 250  # of a thousand
    FakeJob.last.finish(yours=(30, 17, 12))
    qtbot.waitUntil(lambda: teacher.step is TeachingStep.DECIDING, timeout=20_000)
    assert "17 of 30 right before, 12 after" in dialog.figures.accessibleDescription()
    assert "standard test: 389 of 410" in dialog.figures.accessibleDescription()
    assert dialog.keep.hasFocus()
    qtbot.keyClick(dialog.keep, Qt.Key.Key_Space)
    name = f"{DEFAULT_MODEL.name} adapted"
    assert f"“{name}” is among the models" in started.statusBar().currentMessage()
    assert started._model.path == DEFAULT_MODEL
    assert [path.name for path in user_models().iterdir()] == [name]
    assert not dialog.isVisible()


def test_given_up_it_leaves_nothing(qtbot, started, tmp_path):
    dialog, teacher = open_by_keys(qtbot, started, record(tmp_path / "deep"))
    (folder,) = (user_data() / ASIDE).iterdir()
    (folder / "mood").write_text("waiting")
    teacher.learning.make_job = partial(Job, program=(sys.executable, str(FAKE)))
    dialog.new.setChecked(True)
    qtbot.keyClick(dialog.teach, Qt.Key.Key_Space)
    assert started.voice.losses().keys() == {"clips"}
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=15_000)
    assert [path.name for path in user_collections().iterdir()] == [folder.name]
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: teacher.step is TeachingStep.CHOOSING, timeout=15_000)
    assert dialog.message.text() == "Given up: nothing has changed."
    assert left_behind() == [folder]  # it can be taught once more
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert left_behind() == []


def test_escape_while_the_model_learns_leaves_nothing(qtbot, started, tmp_path):
    dialog, teacher = open_by_keys(qtbot, started, record(tmp_path / "deep"))
    (teacher.lesson.folder / "mood").write_text("deaf")
    teacher.learning.make_job = partial(Job, program=(sys.executable, str(FAKE)))
    dialog.new.setChecked(True)
    qtbot.keyClick(dialog.teach, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=15_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert left_behind() == []
    assert not started.voice.losses()


def test_when_the_program_is_closed_nothing_is_left(qtbot, started, tmp_path):
    choose(started, record(tmp_path / "deep"))
    started.recognise_page.actions.teach.trigger()
    assert started.voice._clip_teacher.step is TeachingStep.LOOKING
    started.close()
    assert left_behind() == []


def test_why_there_is_no_model_is_said_and_the_clips_can_be_taught_again(qtbot, started, tmp_path):
    dialog, teacher = open_by_keys(qtbot, started, record(tmp_path / "deep"))
    (teacher.lesson.folder / "mood").write_text("fail")
    teacher.learning.make_job = partial(Job, program=(sys.executable, str(FAKE)))
    dialog.new.setChecked(True)
    qtbot.keyClick(dialog.teach, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(dialog.message.text()), timeout=15_000)
    assert dialog.message.text() == "The disk is full."
    assert dialog.teach.isEnabled()


def test_clips_of_which_nobody_has_said_what_they_are_are_refused_in_a_sentence(qtbot, started):
    takes = [Clip("Demo", sound=sample_clip(word), origin=Origin.SPOKEN) for word in DIGITS]
    choose(started, takes)
    started.recognise_page.actions.teach.trigger()
    assert "Nobody has said yet what these clips are" in started.statusBar().currentMessage()
    assert not started.voice.clip_teaching.isVisible()


def test_with_one_marked_all_that_are_shown_are_meant(qtbot, started, tmp_path):
    clips = record(tmp_path / "deep", words=("two", "six"))
    table = choose(started, clips)
    meant = []
    started.recognise_page.changes.teach_wanted.disconnect(started.voice.teach_with)
    started.recognise_page.changes.teach_wanted.connect(meant.append)
    table.mark(clips[2])
    started.recognise_page.actions.teach.trigger()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    started.recognise_page.actions.teach.trigger()
    assert meant == [clips, clips[:2]]


# --- what would be learned ------------------------------------------------------------------


def test_what_is_of_no_use_is_left_out_and_said_why(tmp_path):
    clips = record(tmp_path / "deep", words=("two", "six"))
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound")
    clips.append(Clip("broken.wav", path=broken, named="two"))
    clips.append(Clip("whose.wav", path=clips[0].path))
    clips.append(Clip("again.wav", path=clips[0].path, named="two"))
    lesson = lesson_of(clips, tmp_path / "lesson")
    assert sorted(why for why, _ in lesson.left_out) == [
        "duplicate",
        "nobody has said what it is",
        "unreadable",
    ]
    assert len(lesson.every) == 6
    assert lesson.words == ("two", "six")


def test_every_clip_is_known_by_the_file_that_was_written_of_it(tmp_path):
    clips = record(tmp_path / "deep", words=("two", "six"))
    clips += [Clip("take", sound=sample_clip("six"), origin=Origin.SPOKEN, given="six")]
    lesson = lesson_of(clips, tmp_path / "lesson")
    assert len(lesson.clips) == 7
    assert "six/me_nohash_0.wav" in lesson.clips
    for name, clip in lesson.clips.items():
        written = read_second(lesson.folder / name).clip.samples
        read = clip.sound or read_second(clip.path).clip
        assert abs(written - read.samples).max() < 1e-4


def test_what_is_tested_on_was_not_learned_from(tmp_path):
    clips = record(tmp_path / "deep", ("anna", "bert", "carl", "dora"), ("two", "six"))
    clips += [Clip("double.wav", path=clips[0].path, named=clips[0].named)]
    sides = lesson_of(clips, tmp_path / "lesson").sides
    learned = {each.fingerprint for each in sides.train}
    assert sides.test
    assert learned.isdisjoint(each.fingerprint for each in sides.test)
    assert {each.speaker for each in sides.train}.isdisjoint(each.speaker for each in sides.test)


def test_of_a_speaker_alone_everything_is_learned_from_and_judged_in_turns(tmp_path):
    lesson = lesson_of(record(tmp_path / "deep", ("anna",) * 2), tmp_path / "lesson")
    assert lesson.sides.test == ()
    assert len(lesson.sides.train) == 20


def test_files_of_unknown_speakers_stay_unknown(tmp_path):
    clips = record(tmp_path / "deep", ("anna", "bert", "carl"), ("two", "six"))
    for number, clip in enumerate(clips[:2]):
        path = tmp_path / f"sound {number}.wav"
        path.write_bytes(clip.path.read_bytes())
        clip.path = path
    lesson = lesson_of(clips, tmp_path / "lesson")
    assert {each.speaker for each in lesson.data_set.recordings} == {None, "bert", "carl"}
    assert lesson.sides.test == ()


def test_one_word_alone_makes_no_new_model(tmp_path):
    lesson = lesson_of(record(tmp_path / "deep", words=("two",)), tmp_path / "lesson")
    assert lesson.sides is None
    assert "two words at least" in lesson.no_new
    assert lesson.no_copy == "There is no model in use."


def test_nothing_readable_is_no_lesson_and_leaves_nothing(tmp_path):
    gone = [Clip("gone.wav", path=tmp_path / "gone.wav", named="two")]
    with pytest.raises(SpokenDigitsError, match=r"gone\.wav"):
        lesson_of(gone, tmp_path / "lesson")
    assert list(tmp_path.iterdir()) == []


def test_noise_is_learned_as_no_word():
    assert usable_label(Clip("hum", given=SILENCE)) == BACKGROUND_NOISE
    assert usable_label(Clip("hum", given=BACKGROUND_NOISE)) == BACKGROUND_NOISE
    assert usable_label(Clip("hum", given="_bad_")) is None
    assert usable_label(Clip("hum")) is None


# --- my recordings --------------------------------------------------------------------------


def test_my_recordings_are_opened_where_they_can_be_looked_through(qtbot, started):
    opened = []
    started.voice.recordings_wanted.connect(opened.append)
    started.voice.recordings.trigger()
    assert "no recordings of yours yet" in started.statusBar().currentMessage()
    assert str(user_data()) in started.voice.recordings.toolTip()
    record(user_collections() / "mine", ("me",), ("two", "six"))
    started.voice.recordings.trigger()
    assert opened == [[user_collections() / "mine"]]
    assert started.tabs.currentWidget() is started.inspect_page
    review = started.recognise_page.changes.reviews[user_collections() / "mine"]
    assert review.moves  # without a question
