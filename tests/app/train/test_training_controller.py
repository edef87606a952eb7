from functools import partial
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QFile

from app.shell.job import Ending, Job
from app.train.controller import RunState, TrainingController
from app.train.run_form import RunSettings
from core.recognition.bundle import FORMAT_VERSION, load_bundle
from core.training.events import (
    Advanced,
    Batch,
    Data,
    Epoch,
    Evaluated,
    Progress,
    Saved,
    Start,
    Stopping,
)
from core.training.run_folder import RunFolder
from tests.app.train.conftest import Heard
from tests.helpers.bundles import copy_bundle


def settings(folder, name="new", **changes):
    chosen = {"architecture": "notebook-cnn", "split": "speaker"}
    return RunSettings(folder, name, ("one", "two"), chosen | changes)


def run(qtbot, training, told, folder, mood="well", name="new"):
    """Run to the end; return the outcome and the folder of the new model."""
    (folder / "mood").write_text(mood)
    training.start_run(settings(folder, name))
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    return told.last("run_ended")


def begin(qtbot, training, told, folder, mood):
    """Start a run and wait until its third epoch is there."""
    (folder / "mood").write_text(mood)
    training.start_run(settings(folder))
    epochs = lambda: [event for (event,) in told.of("run_told") if isinstance(event, Epoch)]  # noqa: E731
    qtbot.waitUntil(lambda: len(epochs()) == 3, timeout=15_000)


# --- the folder -------------------------------------------------------------------------


def test_a_folder_is_reported_with_progress(qtbot, training, told, folder):
    training.scan(folder)
    qtbot.waitUntil(lambda: bool(told.of("scan_done")), timeout=15_000)
    assert told.of("scan_progress") == [[0, 20]]
    assert told.last("scan_done")[0].clips == 18


def test_why_there_is_no_report_is_said(qtbot, training, told, tmp_path):
    training.scan(tmp_path / "gone")
    qtbot.waitUntil(lambda: bool(told.of("scan_failed")), timeout=15_000)
    assert told.last("scan_failed") == [f"There is no folder {tmp_path / 'gone'}."]


def test_a_new_scan_drops_the_old_one(qtbot, training, told, folder, tmp_path):
    (folder / "mood").write_text("waiting")
    training.scan(folder)
    qtbot.waitUntil(lambda: bool(told.of("scan_progress")), timeout=15_000)
    other = tmp_path / "other"
    other.mkdir()
    training.scan(other)
    qtbot.waitUntil(lambda: bool(told.of("scan_done")), timeout=15_000)
    assert told.last("scan_done")[0].folder == str(other)
    assert told.of("scan_failed") == []


def test_a_scan_can_be_cancelled(qtbot, training, told, folder):
    (folder / "mood").write_text("waiting")
    training.scan(folder)
    qtbot.waitUntil(lambda: bool(told.of("scan_progress")), timeout=15_000)
    training.cancel_scan()
    assert psutil.Process().children() == []
    assert told.of("scan_failed") == []


# --- the run ----------------------------------------------------------------------------


def test_a_run_makes_a_model_and_everything_it_tells_arrives(qtbot, training, told, folder):
    outcome, bundle = run(qtbot, training, told, folder)
    assert outcome.ending is Ending.DONE
    assert bundle == str(training.library.own / "new")
    events = [type(event) for (event,) in told.of("run_told")]
    assert events == [
        *(Progress, Data, Advanced, Start, Batch, Advanced, *[Epoch] * 3),
        *(Stopping, Advanced, Evaluated, Saved),
    ]
    assert told.of("state_changed") == [[RunState.RUNNING], [RunState.IDLE]]
    names = [entry.path.name for entry in told.last("models_changed")[0]]
    assert names == ["notebook-cnn", "new"]


def test_the_settings_become_the_command_line(tmp_path):
    chosen = settings(
        Path("data"),
        epochs=5,
        batch_size=3,
        seed=0,
        validation=0.25,
        start_from=tmp_path,
        tensorboard=None,
    )
    assert chosen.arguments(Path("out")) == [
        *("train", "data", "--output", "out", "--architecture", "notebook-cnn"),
        *("--split", "speaker", "--epochs", "5", "--batch-size", "3"),
        *("--seed", "0", "--validation", "0.25", "--start-from", str(tmp_path)),
        *("--labels", '["one", "two"]', "--json"),
    ]


def test_a_preset_becomes_its_name_and_leaves_all_else_to_the_core():
    chosen = RunSettings(Path("data"), "new", ("one",), {"preset": "quick"})
    assert chosen.arguments(Path("out")) == [
        *("train", "data", "--output", "out", "--preset", "quick"),
        *("--labels", '["one"]', "--json"),
    ]


def test_stop_keeps_the_model(qtbot, training, told, folder):
    begin(qtbot, training, told, folder, "waiting")
    training.stop_run()
    assert training.state is RunState.STOPPING
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    outcome, bundle = told.last("run_ended")
    assert outcome.ending is Ending.DONE
    load_bundle(Path(bundle))


@pytest.mark.slow
@pytest.mark.parametrize("mood", ["waiting", "deaf"])
def test_cancel_keeps_nothing_even_when_the_child_is_deaf(qtbot, training, told, folder, mood):
    begin(qtbot, training, told, folder, mood)
    training.cancel_run()
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    outcome, bundle = told.last("run_ended")
    assert (outcome.ending, bundle) == (Ending.CANCELLED, "")
    assert list(training.library.own.iterdir()) == []
    assert training.state is RunState.IDLE


def test_the_reason_of_a_failure_is_told_and_nothing_is_left(qtbot, training, told, folder):
    outcome, bundle = run(qtbot, training, told, folder, "fail")
    assert (outcome.ending, outcome.reason, bundle) == (Ending.FAILED, "The disk is full.", "")
    assert training.state is RunState.IDLE


@pytest.mark.parametrize("mood", ["crash", "half"])
def test_a_run_whose_child_crashed_can_go_on(qtbot, training, told, folder, mood):
    outcome, bundle = run(qtbot, training, told, folder, mood)
    assert (outcome.ending, bundle) == (Ending.CRASHED, "")
    assert "can go on" in outcome.reason
    ((unfinished,),) = told.last("unfinished_changed")
    assert unfinished.output.name == "new"
    told.told.clear()
    (folder / "mood").write_text("well")
    training.go_on(unfinished)
    assert [event.epoch for (event,) in told.of("run_told")] == [1, 2, 3]
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    assert told.last("run_ended")[0].ending is Ending.DONE
    assert told.last("unfinished_changed") == [[]]


def test_a_damaged_run_does_not_go_on_and_says_so(training, told):
    run = RunFolder(training.library.own / "broken")
    run.path.mkdir(parents=True)
    (run.path / "config.json").write_text('{"folder": "x"}')
    (run.path / "history.json").write_text("{")
    training.go_on(run)
    assert "is damaged" in told.last("failed")[0]
    assert training.state is RunState.IDLE


def test_silence_is_told(qtbot, training, told, folder):
    run(qtbot, training, told, folder, "silent")
    assert told.of("run_silent") == [[True], [False]]


def test_one_run_at_a_time(qtbot, training, told, folder):
    begin(qtbot, training, told, folder, "waiting")
    training.start_run(settings(folder, "second"))
    assert "going on already" in told.last("failed")[0]
    assert len(psutil.Process().children()) == 1


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 200, "dot.", "notes"])
def test_a_name_that_cannot_be_starts_nothing(training, told, folder, name):
    (training.library.own / "notes").mkdir(parents=True)
    training.start_run(settings(folder, name))
    assert len(told.of("failed")) == 1
    assert training.state is RunState.IDLE


def test_a_program_that_cannot_be_started_leaves_no_run(qtbot, library, folder):
    controller = TrainingController(library, make_job=partial(Job, program=("no-such-program",)))
    told = Heard(controller)
    controller.start_run(settings(folder))
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=5000)
    assert told.last("run_ended")[0].ending is Ending.FAILED
    assert controller.state is RunState.IDLE


def test_closing_ends_every_child_and_the_run_can_go_on(qtbot, training, told, folder):
    begin(qtbot, training, told, folder, "deaf")
    qtbot.waitUntil((training.library.own / ".new.run" / "best.keras").exists, timeout=5000)
    training.scan(folder)
    children = psutil.Process().children()
    assert len(children) == 2
    training.close()
    assert not any(child.is_running() for child in children)
    assert RunFolder(training.library.own / "new").can_go_on
    assert training.state is RunState.IDLE


def test_closing_before_the_first_epoch_leaves_nothing(qtbot, training, told, folder):
    (folder / "mood").write_text("silent")
    training.start_run(settings(folder))
    qtbot.waitUntil(lambda: bool(told.of("run_told")), timeout=15_000)
    training.close()
    assert list(training.library.own.iterdir()) == []


def test_a_run_of_another_window_is_left_alone(qtbot, training, told, folder):
    other = RunFolder(training.library.own / "new")
    other.lock()
    outcome, _ = run(qtbot, training, told, folder, "fail")
    assert outcome.ending is Ending.FAILED
    training.discard(RunFolder(other.output))
    assert other.path.is_dir()
    other.remove()


def test_a_free_name_is_neither_a_models_nor_a_runs(training):
    assert training.free_name("new") == "new"
    (training.library.own / "new").mkdir(parents=True)
    RunFolder(training.library.own / "new 2").path.mkdir()
    assert training.free_name("new") == "new 3"


def test_discarding_a_run_forgets_it(qtbot, training, told, folder):
    run(qtbot, training, told, folder, "crash")
    ((unfinished,),) = told.last("unfinished_changed")
    training.discard(unfinished)
    assert told.last("unfinished_changed") == [[]]
    assert list(training.library.own.iterdir()) == []


# --- evaluation and export --------------------------------------------------------------


def test_a_model_is_evaluated(qtbot, training, told, folder):
    training.evaluate(training.library.shipped / "notebook-cnn", folder)
    qtbot.waitUntil(lambda: bool(told.of("evaluated")), timeout=15_000)
    model, figures = told.last("evaluated")
    assert model.name == "notebook-cnn"
    assert figures.accuracy == 0.75


def test_why_a_model_cannot_be_evaluated_is_told(qtbot, training, told, folder):
    (folder / "mood").write_text("fail")
    training.evaluate(training.library.shipped / "notebook-cnn", folder)
    qtbot.waitUntil(lambda: bool(told.of("evaluation_failed")), timeout=15_000)
    assert told.last("evaluation_failed") == ["The folder is gone."]


def test_a_model_is_exported_once(qtbot, training, told, tmp_path):
    model, target = training.library.shipped / "notebook-cnn", tmp_path / "out.h5"
    training.export(model, target)
    qtbot.waitUntil(lambda: bool(told.of("exported")), timeout=15_000)
    assert target.read_bytes() == b"network"
    training.export(model, target)
    qtbot.waitUntil(lambda: bool(told.of("failed")), timeout=15_000)
    assert "exists already" in told.last("failed")[0]


# --- models -----------------------------------------------------------------------------


def test_broken_models_are_listed_with_what_is_wrong(training, told):
    own = training.library.own
    copy_bundle(own / "future", format_version=FORMAT_VERSION + 1)
    copy_bundle(own / "incomplete")
    (own / "incomplete" / "model.tflite").unlink()
    copy_bundle(own / "whole")
    training.refresh()
    entries = {entry.path.name: entry for entry in told.last("models_changed")[0]}
    assert "newer version of this program" in str(entries["future"].problem)
    assert "has no model.tflite" in str(entries["incomplete"].problem)
    assert entries["future"].metadata is entries["incomplete"].metadata is None
    assert (entries["whole"].own, entries["notebook-cnn"].own) == (True, False)
    assert entries["whole"].metadata is not None


def test_a_model_is_renamed_and_its_metadata_with_it(training, told):
    copy_bundle(training.library.own / "old")
    training.rename(training.library.own / "old", "new (2)")
    assert load_bundle(training.library.own / "new (2)").metadata.name == "new (2)"
    assert not (training.library.own / "old").exists()
    assert told.of("failed") == []


@pytest.mark.parametrize("name", ["taken", "a/b", " "])
def test_a_model_keeps_its_name_when_the_new_one_cannot_be(training, told, name):
    for own in ("mine", "taken"):
        copy_bundle(training.library.own / own)
    training.rename(training.library.own / "mine", name)
    assert len(told.of("failed")) == 1
    assert (training.library.own / "mine").is_dir()


def test_a_shipped_model_is_neither_renamed_nor_deleted(training, told):
    shipped = training.library.shipped / "notebook-cnn"
    training.rename(shipped, "mine")
    training.delete(shipped)
    assert len(told.of("failed")) == 2
    load_bundle(shipped)


def test_a_deleted_model_goes_into_the_bin(training, told, monkeypatch):
    binned = []
    monkeypatch.setattr(QFile, "moveToTrash", lambda path: not binned.append(path))
    path = copy_bundle(training.library.own / "mine")
    training.delete(path)
    assert binned == [str(path)]
    assert told.of("failed") == []


def test_without_a_bin_a_model_stays_and_where_it_is_is_said(training, told, monkeypatch):
    monkeypatch.setattr(QFile, "moveToTrash", lambda path: False)
    path = copy_bundle(training.library.own / "mine")
    training.delete(path)
    assert str(path) in told.last("failed")[0]
    assert path.is_dir()
