import json
import os
import subprocess
import sys
from dataclasses import asdict

import pytest

from core.errors import TrainingError
from core.training.events import Epoch
from core.training.run_folder import RunFolder, find_unfinished
from tests.helpers.disks import FULL, needs_full_disk, not_writable_folder

LOCK_AND_WAIT = """
import sys
from pathlib import Path
from core.training.run_folder import RunFolder
run = RunFolder(Path(sys.argv[1]))
run.lock()
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def run(tmp_path):
    run = RunFolder(tmp_path / "models" / "new")
    run.lock()
    yield run
    run.unlock()


def saver(content):
    return lambda path: path.write_bytes(content)


def keep(run, *losses):
    best = [loss == min(losses[: n + 1]) for n, loss in enumerate(losses)]
    epochs = [Epoch(n + 1, 0.1, 0.9, loss, 0.8, 1.0, best[n]) for n, loss in enumerate(losses)]
    save = saver(b"%d" % len(losses))
    if best[-1]:
        run.keep_best(save)
    run.keep_epoch(save, epochs)


def test_the_best_and_the_last_epoch_are_kept(run):
    run.begin({"epochs": 3})
    assert not run.can_go_on
    for count in (1, 2, 3):
        keep(run, *(0.5, 0.3, 0.4)[:count])
    assert run.can_go_on
    assert run.best.read_bytes() == b"2"
    assert run.last.read_bytes() == b"3"
    assert [epoch.val_loss for epoch in run.read_history()] == [0.5, 0.3, 0.4]
    assert run.read_config() == {"epochs": 3}


def test_a_new_run_forgets_the_old_one(run):
    keep(run, 0.5)
    run.check_data("some sounds")
    run.begin({})
    assert not run.can_go_on
    run.check_data("other sounds")


def test_a_removed_run_leaves_nothing(run):
    run.begin({})
    keep(run, 0.5)
    run.remove()
    assert list(run.output.parent.iterdir()) == []


def test_nobody_else_can_have_it_until_it_is_given_back(run):
    other = RunFolder(run.output)
    assert other.going_on
    with pytest.raises(TrainingError, match=r"Another run for .*new is going on"):
        other.lock()
    run.unlock()
    assert not other.going_on
    other.lock()
    other.unlock()


def test_another_process_has_it_until_it_dies(tmp_path):
    output = tmp_path / "new"
    command = [sys.executable, "-c", LOCK_AND_WAIT, str(output)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout.readline() == "locked\n"
        with pytest.raises(TrainingError, match="is going on"):
            RunFolder(output).lock()
        process.kill()
    run = RunFolder(output)
    run.lock()
    run.remove()


def test_unfinished_runs_are_found_unless_they_go_on(tmp_path):
    assert find_unfinished(tmp_path / "gone") == []
    runs = [RunFolder(tmp_path / name) for name in ("a b", "c", "d", "e")]
    for run in runs:
        run.lock()
    for run in runs[:3]:
        run.begin({})
    for run in runs[:2]:
        keep(run, 0.5)
    runs[0].unlock()
    runs[2].unlock()  # before its first epoch
    runs[3].unlock()  # before it was begun
    found = find_unfinished(tmp_path)
    assert [run.output for run in found] == [tmp_path / "a b", tmp_path / "d"]
    assert [run.can_go_on for run in found] == [True, False]
    assert found[1].read_history() == []
    runs[1].unlock()
    assert len(find_unfinished(tmp_path)) == 3


@pytest.mark.parametrize("length", [1, 200, 201, 242, 255])
def test_a_run_has_a_folder_however_long_its_name_is(tmp_path, length):
    run = RunFolder(tmp_path / ("n" * length))
    run.lock()
    run.begin({"output": str(run.output)})
    keep(run, 0.5)
    run.unlock()
    assert [found.output for found in find_unfinished(tmp_path)] == [run.output]


def test_a_name_that_is_no_text_is_found_again(tmp_path):
    output = tmp_path / os.fsdecode(b"caf\xe9" * 60)
    run = RunFolder(output)
    run.lock()
    run.begin({"output": str(output)})
    run.unlock()
    assert [found.output for found in find_unfinished(tmp_path)] == [output]


def test_a_run_goes_on_with_the_same_sounds_only(run):
    run.begin({})
    run.check_data("sounds")
    run.check_data("sounds")
    with pytest.raises(TrainingError, match="recordings have changed"):
        run.check_data("other sounds")


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(TrainingError, match=r"Nothing can be written to .*another place"):
        RunFolder(not_writable_folder(tmp_path) / "new").lock()


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "models").write_text("")
    with pytest.raises(TrainingError, match="Nothing can be written to"):
        RunFolder(tmp_path / "models" / "new").lock()


@needs_full_disk
def test_a_full_disk_leaves_the_epoch_before(run):
    run.begin({})
    keep(run, 0.5)
    (run.path / "new.keras").symlink_to(FULL)
    with pytest.raises(TrainingError, match=r"No space left.*Make room"):
        keep(run, 0.5, 0.4)
    (run.path / "new.keras").unlink()
    assert run.can_go_on
    assert run.last.read_bytes() == run.best.read_bytes() == b"1"
    assert len(run.read_history()) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_damaged_run_is_said(run, content):
    run.begin({})
    keep(run, 0.5)
    for name, read in (("history", run.read_history), ("config", run.read_config)):
        (run.path / f"{name}.json").write_text(content)
        with pytest.raises(TrainingError, match="is damaged"):
            read()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"epochs": 3},
        {"epochs": [{"epoch": 1}]},
        {"epochs": [1, 2], "accuracy": float("nan")},
        {"epochs": [asdict(Epoch(10**400, 0.1, 0.9, 0.5, 0.8, 1.0, True))]},
    ],
)
def test_a_history_without_epochs_is_damaged(run, data):
    run.begin({})
    (run.path / "history.json").write_text(json.dumps(data))
    with pytest.raises(TrainingError, match="is damaged"):
        run.read_history()
