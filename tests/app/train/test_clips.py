"""The clips of results and of problems: listed, walked through, heard and corrected."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.library.review import LISTS, Review
from app.train.problems_panel import ProblemsPanel
from app.train.results_page import ResultsPage
from core.dataset.corrections import CorrectionList
from core.dataset.health import FolderReport, LabelReport, ProblemReport
from core.evaluation.report import ClipResult, EvaluationReport
from core.sentences import say
from tests.helpers.fake_program import EVALUATION
from tests.helpers.sounds import sample_clip, write

FIGURES = EvaluationReport.from_json(EVALUATION)
WHOLE = replace(
    FIGURES,
    accuracy=1.0,
    confusion=((2, 0), (0, 2)),
    clip_results=tuple(replace(clip, answer=clip.label) for clip in FIGURES.clip_results),
)
LABEL = LabelReport(6, 3, 6.0)


@pytest.fixture
def folder(tmp_path, settings):
    folder = tmp_path / "data"
    for name in ("one/a.wav", "one/b.wav", "two/c.wav"):
        write(folder / name, sample_clip("two").samples)
    settings.set_text(f"review/{folder}", LISTS)
    return folder


@pytest.fixture
def results(qtbot, changes, settings, folder):
    page = ResultsPage(changes, settings)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    qtbot.waitExposed(page)
    page.folder = folder
    return page


@pytest.fixture
def problems(qtbot, changes, settings):
    panel = ProblemsPanel(changes, settings)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def report(*problems, **counts):
    told = {problem.kind: 0 for problem in problems}
    for problem in problems:
        told[problem.kind] += 1
    return FolderReport(
        clips=3,
        speakers=1,
        seconds=3.0,
        labels={"one": LABEL, "two": LABEL},
        sample_rates={},
        problems=problems,
        problem_counts=told | counts,
    )


def names(table):
    return [clip.name for clip in table.clips.shown]


def test_a_label_lists_its_clips_the_mistakes_first(qtbot, results):
    results.show_evaluation(FIGURES, "mine")
    results.details.click()
    results.pages.setCurrentWidget(results.per_label)
    results.per_label.setFocus()
    qtbot.keyClick(results.per_label, Qt.Key.Key_Down)
    qtbot.keyClick(results.per_label, Qt.Key.Key_Up)
    assert results.clips.caption == "“one”: 2"
    assert names(results.clips.table) == ["b.wav", "a.wav"]


def test_all_clips_come_at_a_click_and_go_at_another(qtbot, results):
    results.show_evaluation(FIGURES, "mine")
    table, every = results.clips.table, results.clips.every
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    assert results.clips.caption == "All 4 clips of the test:"
    assert names(table) == ["a.wav", "b.wav", "c.wav", "d.wav"]
    results.clips.files.bar.field.setText("two")
    assert len(names(table)) == 3  # of which one was heard as it
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    assert results.clips.caption == "Its worst mistakes, to be heard:"
    assert names(table) == ["b.wav"]
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    results.show_cell("two", "two")
    assert not every.isChecked()
    assert names(table) == ["c.wav", "d.wav"]


def test_without_a_mistake_the_sentence_stands_alone_and_nothing_jumps_when_clips_come(
    qtbot, results
):
    results.show_evaluation(WHOLE, "mine")
    panel = results.clips
    assert panel.caption == "No clip of the test was taken for another."
    assert not panel.table.isVisible()
    assert not panel.sound.isVisible()
    before = panel.every.geometry(), panel.geometry()
    qtbot.mouseClick(panel.every, Qt.MouseButton.LeftButton)
    assert panel.table.isVisible()
    assert panel.sound.isVisible()
    assert (panel.every.geometry(), panel.geometry()) == before


def test_a_model_whose_clips_were_not_noted_lists_none(results):
    results.show_evaluation(replace(FIGURES, clip_results=()), "mine")
    assert "was not noted" in results.clips.caption
    assert not results.clips.table.isVisible()
    assert not results.clips.every.isVisible()


def test_what_is_corrected_by_a_key_is_seen_in_every_list(qtbot, results, folder):
    results.show_evaluation(FIGURES, "mine")
    table = results.clips.table
    table.setFocus()
    table.mark(table.clips.clip_at(0))
    assert table.current().is_wrong
    qtbot.keyClick(table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: not table.current().is_wrong, timeout=3000)
    assert CorrectionList(folder).read().labels == {"one/b.wav": "two"}
    results.show_cell("one", "two")
    assert [clip.expected for clip in table.clips.shown] == ["two"]
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: table.clips.clip_at(0).is_wrong, timeout=3000)


def test_what_was_corrected_before_is_known_and_confirming_it_takes_nothing_back(
    qtbot, results, folder, changes
):
    CorrectionList(folder).set("one/b.wav", "two")
    figures = replace(FIGURES, clip_results=(ClipResult("one/b.wav", "two", "two", 0.9),))
    results.show_evaluation(figures, "mine")
    qtbot.mouseClick(results.clips.every, Qt.MouseButton.LeftButton)
    table = results.clips.table
    table.setFocus()
    table.mark(table.clips.clip_at(0))
    assert table.current().given == "two"
    with qtbot.waitSignal(changes.said):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert CorrectionList(folder).read().labels == {"one/b.wav": "two"}


def test_a_clip_without_a_file_is_not_kept_and_it_says_why(qtbot, results, changes, settings):
    settings.speaker = "me"
    failures = []
    changes.failed.connect(failures.append)
    results.show_evaluation(FIGURES, "mine")
    results.show_cell("two", "two")
    table = results.clips.table
    table.setFocus()
    table.mark(table.clips.clip_at(1))
    qtbot.keyClick(table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(failures), timeout=3000)
    assert failures == ["The clip lies outside of the folder."]


def test_delete_throws_no_file_away_and_takes_none_out_of_the_list(qtbot, results, folder):
    results.show_evaluation(FIGURES, "mine")
    table = results.clips.table
    table.setFocus()
    table.mark(table.clips.clip_at(0))
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert names(table) == ["b.wav"]
    assert (folder / "one" / "b.wav").exists()


def test_all_that_is_shown_is_inspected_in_its_order_without_what_cannot_be_read(qtbot, results):
    results.show_evaluation(FIGURES, "mine")
    qtbot.mouseClick(results.clips.every, Qt.MouseButton.LeftButton)
    table = results.clips.table
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    wanted = []
    results.clips.files.inspect_wanted.connect(lambda *told: wanted.append(told))
    table.setFocus()
    table.mark(next(clip for clip in table.clips.shown if clip.name == "b.wav"))
    qtbot.keyClick(table, Qt.Key.Key_I)
    ((clips, first),) = wanted
    assert [clip.name for clip in clips] == ["c.wav", "b.wav", "a.wav"]
    assert first is clips[1]


def test_what_is_corrected_in_inspect_is_seen_here_and_what_is_heard_there_is_not(
    qtbot, results, changes, folder
):
    changes.reviews[folder] = Review(folder, moves=False)
    wanted = []
    results.clips.files.inspect_wanted.connect(lambda *told: wanted.append(told))
    results.show_evaluation(FIGURES, "mine")
    table = results.clips.table
    table.setFocus()
    table.mark(table.clips.clip_at(0))
    qtbot.keyClick(table, Qt.Key.Key_I)
    ((_, copy),) = wanted
    copy.prediction = None
    changes.give({copy: "two"})
    qtbot.waitUntil(lambda: table.current().given == "two", timeout=3000)
    assert table.current().heard == "two"
    changes.undo()
    qtbot.waitUntil(lambda: table.current().given is None, timeout=3000)


def test_while_a_clip_is_read_the_one_before_is_not_heard(qtbot, results):
    played = []
    results.clips.play_wanted.connect(played.append)
    results.show_evaluation(FIGURES, "mine")
    results.show_cell("one", "one")
    table = results.clips.table
    table.setFocus()
    table.mark(table.clips.clip_at(0), quietly=False)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert played == []
    results.clips.show_clip(sample_clip("two"))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert len(played) == 1


def test_the_kinds_of_problems_stay_in_sight_and_each_lists_its_clips(qtbot, problems, folder):
    clipped = [ProblemReport("clipped", name, "loud") for name in ("one/a.wav", "one/b.wav")]
    empty = ProblemReport("empty", "one/b.wav", "", say("{name} is empty.", name="b.wav"))
    few = ProblemReport("few clips", "two", "1 clip")
    problems.show_report(report(*clipped, empty, few, clipped=7000), folder)
    kinds = problems.kinds
    assert [[kinds.item(row, n).text() for n in (0, 1)] for row in range(4)] == [
        ["all: 7,002", ""],
        ["clipped: 7,000", "used all the same; 6,998 more in the report"],
        ["empty: 1", "left out"],
        ["few clips: 1", "used all the same"],
    ]
    table = problems.files.table
    assert [clip.problem for clip in table.clips.shown] == [
        "clipped: loud",
        "clipped: loud; empty: b.wav is empty.",
        "few clips: 1 clip",
    ]
    qtbot.mouseClick(
        kinds.viewport(),
        Qt.MouseButton.LeftButton,
        pos=kinds.visualItemRect(kinds.item(2, 0)).center(),
    )
    assert names(table) == ["b.wav"]
    assert kinds.isVisible()


def test_where_there_is_little_room_the_kinds_are_in_one_line(qtbot, problems, folder):
    clipped = [ProblemReport("clipped", name, "loud") for name in ("one/a.wav", "one/b.wav")]
    problems.show_report(report(*clipped, ProblemReport("empty", "two/c.wav", "")), folder)
    assert not problems.choice.isVisible()
    problems.resize(600, 150)
    qtbot.waitUntil(problems.choice.isVisible)
    assert not problems.kinds.isVisible()
    assert problems.choice.currentText() == "all: 3"
    problems.choice.setFocus()
    qtbot.keyClick(problems.choice, Qt.Key.Key_Down)
    assert problems.choice.currentText() == "clipped: 2"
    assert names(problems.files.table) == ["a.wav", "b.wav"]
    problems.resize(600, 500)
    qtbot.waitUntil(problems.kinds.isVisible)
    assert problems.kinds.currentRow() == 1


def test_a_folder_without_problems_says_so_alone(problems, folder):
    problems.show_report(report(ProblemReport("empty", "one/a.wav", "empty")), folder)
    problems.show_report(report(), folder)
    assert problems.kinds.item(0, 0).text() == "Nothing is wrong."
    assert not problems.files.isVisible()
    assert names(problems.files.table) == []


def test_a_clip_with_a_problem_is_corrected_and_left_out_by_keys(qtbot, problems, folder):
    clipped = [ProblemReport("clipped", name, "loud") for name in ("one/a.wav", "one/b.wav")]
    problems.show_report(report(*clipped), folder)
    table = problems.files.table
    assert [clip.named for clip in table.clips.shown] == ["one", "one"]
    table.setFocus()
    table.mark(table.clips.clip_at(0))
    qtbot.keyClick(table, Qt.Key.Key_2)
    table.mark(table.clips.clip_at(1))
    qtbot.keyClick(table, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: table.clips.clip_at(1).given is not None, timeout=3000)
    said = CorrectionList(folder).read()
    assert (said.labels, set(said.bad)) == ({"one/a.wav": "two"}, {"one/b.wav"})
