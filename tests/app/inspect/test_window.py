"""The ways into the Inspect tab, in the main window."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from app.__main__ import main
from app.train.evaluated_clips import FolderClips
from core.dataset.health import FolderReport, ProblemReport
from tests.helpers.sounds import sample_clip, write


@pytest.fixture
def started(qtbot, window, heard):
    """The window with its model, and no sound coming in."""
    window.start("default")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=5000)
    return window


@pytest.fixture
def clips(tmp_path):
    for label in ("one", "two", "three"):
        write(tmp_path / "clips" / f"{label}.wav", sample_clip(label).samples)
    return tmp_path / "clips"


def wait_for(qtbot, window, beginning):
    qtbot.waitUntil(
        lambda: (
            window.inspect_page.tab is not None
            and window.inspect_page.tab.panes.main.text.startswith(beginning)
        ),
        timeout=5000,
    )


def drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    modifiers = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), action, mime, button, modifiers))


def test_the_tab_stands_there_when_it_is_first_shown(window):
    assert window.inspect_page.tab is None
    window.tabs.setCurrentIndex(1)
    assert window.inspect_page.tab is not None
    assert "Open sound files or a folder" in window.inspect_page.tab.panes.main.text


def test_the_takes_are_inspected_beginning_with_the_one_that_is_shown(qtbot, started, heard, clips):
    started.open_files([clips / "one.wav", clips / "two.wav"])
    qtbot.waitUntil(lambda: len(heard.takes) == 2, timeout=5000)
    qtbot.keyClick(started.recognise.takes.table, Qt.Key.Key_Down)
    qtbot.keyClick(started, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: started.inspect_page.tab.controller.shown is not None, timeout=5000)
    tab = started.inspect_page.tab
    assert len(tab.controller.items) == 2
    assert tab.controller.row == 1
    assert tab.controller.items[1].name.endswith("one.wav")
    assert (tab.controller.shown.take.samples == heard.takes[0].sound.samples).all()


def test_without_a_take_the_tab_says_what_to_do(qtbot, started):
    started.inspect_takes()
    assert "Open sound files or a folder" in started.inspect_page.tab.panes.main.text


def test_a_dropped_folder_is_inspected_and_so_is_what_is_dropped_there(qtbot, started, clips):
    drop(started, clips)
    wait_for(qtbot, started, "one.wav")
    assert len(started.inspect_page.tab.controller.items) == 3
    drop(started, clips / "two.wav")
    wait_for(qtbot, started, "two.wav")


def test_keys_of_the_window_mean_what_is_seen(qtbot, started, clips, monkeypatch):
    started.inspect_paths([clips])
    wait_for(qtbot, started, "one.wav")
    tab = started.inspect_page.tab
    tab.look.select(0.1, 0.2)
    qtbot.keyClick(tab.panes.main.plots, Qt.Key.Key_Escape)
    assert tab.look.span is None
    chosen = ([str(clips / "three.wav")], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a, **k: chosen)
    started._open_dialog()
    wait_for(qtbot, started, "three.wav")
    played = []
    monkeypatch.setattr(started._controller, "play", lambda clip, *_: played.append(clip))
    qtbot.keyClick(tab.panes.main.plots, Qt.Key.Key_P)
    assert played[0].seconds == 1


def test_the_clips_of_a_confusion_cell_are_inspected(qtbot, started, clips):
    panel = started.training_tab().results.clips
    assert panel.files.clip_actions.changes is started.recognise_page.changes
    files = FolderClips(clips)
    panel.list_clips("", [files.clip(f"{name}.wav") for name in ("two", "one", "../outside")])
    panel.table.mark(panel.table.clips.clip_at(1), quietly=False)
    panel.inspect.click()
    wait_for(qtbot, started, "one.wav")
    assert [item.name for item in started.inspect_page.tab.controller.items] == [
        "two.wav",
        "one.wav",
    ]


def test_the_clip_of_a_cell_and_the_one_with_a_problem_are_played_by_the_windows_key(
    qtbot, started, clips, monkeypatch
):
    played = []
    monkeypatch.setattr(started._controller, "play", played.append)
    started.show_tab("train")
    tab = started.training_tab()
    tab.play_wanted.disconnect()
    tab.play_wanted.connect(played.append)
    files = FolderClips(clips)
    tab.pages.setCurrentWidget(tab.results)
    tab.results.clips.list_clips("", [files.clip("two.wav")])
    table = tab.results.clips.table
    table.setFocus()
    table.mark(table.clips.clip_at(0), quietly=False)
    qtbot.waitUntil(tab.results.clips.play.isEnabled, timeout=5000)
    qtbot.keyClick(table, Qt.Key.Key_P)
    assert len(played) == 1
    tab.go_back()
    tab.data._body.setCurrentIndex(1)
    table = tab.data.problems.files.table
    tab.data.problems.files.show_clips([files.clip("one.wav")])
    table.setFocus()
    table.mark(table.clips.clip_at(0))
    qtbot.keyClick(table, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: len(played) == 2, timeout=5000)


def test_a_problem_of_the_data_set_is_inspected_with_the_others_of_its_kind(qtbot, started, clips):
    started.show_tab("train")
    data = started.training_tab().data
    data.folder.setText(str(clips))
    problems = tuple(ProblemReport("clipped", f"{word}.wav", "") for word in ("three", "two"))
    other = ProblemReport("few clips", "one", "1 clip")
    report = FolderReport(
        folder=str(clips),
        clips=3,
        speakers=0,
        seconds=3.0,
        labels={},
        sample_rates={},
        problems=(*problems, other),
        problem_counts={"clipped": 2, "few clips": 1},
    )
    data.show_report(report)
    data.problems.kinds.selectRow(1)
    table = data.problems.files.table
    table.setFocus()
    table.mark(table.clips.clip_at(1))
    qtbot.keyClick(table, Qt.Key.Key_I)
    wait_for(qtbot, started, "two.wav")
    assert [item.name for item in started.inspect_page.tab.controller.items] == [
        "three.wav",
        "two.wav",
    ]
    started.tabs.setCurrentWidget(started.train_page)
    data.problems.kinds.selectRow(2)
    table.setFocus()
    table.mark(table.clips.clip_at(0))
    qtbot.keyClick(table, Qt.Key.Key_I)
    assert len(started.inspect_page.tab.controller.items) == 2  # of a label there is no clip
    data.inspect.click()
    qtbot.waitUntil(lambda: len(started.inspect_page.tab.controller.items) == 3, timeout=5000)


def test_the_model_that_is_chosen_is_the_one_that_is_asked(qtbot, started, clips, heard, tmp_path):
    from tests.helpers.bundles import copy_bundle

    started.inspect_paths([clips])
    wait_for(qtbot, started, "one.wav")
    careful = copy_bundle(tmp_path / "careful", name="careful")
    started._model.use(careful)
    controller = started.inspect_page.tab.controller
    qtbot.waitUntil(lambda: controller.shown.prediction.model == "careful", timeout=5000)


def test_the_command_line_opens_the_window_on_files(monkeypatch, clips):
    opened = []

    class Program:
        def __init__(self, *_, inspect=(), **__):
            opened.extend(inspect)

        def run(self):
            return 0

    monkeypatch.setattr("app.program.Program", Program)
    assert main(["inspect", str(clips)]) == 0
    assert opened == [clips]


def test_without_a_screen_the_command_says_so(monkeypatch, capsys, clips):
    monkeypatch.setattr("app.__main__.has_screen", lambda: False)
    assert main(["inspect", str(clips)]) == 2
    assert "no screen" in capsys.readouterr().err
