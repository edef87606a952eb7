"""Training as programs have it: lines of JSON, exit statuses, words on stdin."""

import json
import signal
import subprocess
import sys
import time

import pytest

from core.recognition.bundle import load_bundle
from core.training.run_folder import find_unfinished
from tests.core.cli.conftest import run
from tests.core.conftest import ROOT
from tests.helpers.recordings import LABELS

pytestmark = pytest.mark.slow


class Child:
    """A command in a process of its own, with its JSON lines."""

    def __init__(self, *arguments):
        command = [sys.executable, "-m", "app", *map(str, arguments)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        )
        self.lines = []

    def wait_for(self, event):
        """Read lines until one tells of an event."""
        for line in self.process.stdout:
            self.lines.append(json.loads(line))
            if self.lines[-1]["event"] == event:
                return self.lines[-1]
        raise AssertionError(f"no {event}: {self.lines}")

    def say(self, word):
        """Write a word to its stdin."""
        print(word, file=self.process.stdin, flush=True)

    def end(self):
        """Read what is left; return the exit status and how long the end took in seconds."""
        began = time.monotonic()
        self.lines += [json.loads(line) for line in self.process.stdout]
        status = self.process.wait(timeout=60)
        return status, time.monotonic() - began


@pytest.fixture
def start(tmp_path, recordings):
    """Start a training command in a process of its own; what is left running is killed."""
    children = []

    def start(*arguments):
        output = tmp_path / "models" / "new"
        child = Child("train", recordings, "--output", output, "--json", *arguments)
        children.append(child)
        return child, output

    yield start
    for child in children:
        child.process.kill()
        child.process.wait()
        child.process.stdin.close()
        child.process.stdout.close()


LONG = (
    "--architecture",
    "notebook-cnn",
    "--epochs",
    500,
    "--patience",
    500,
    "--split",
    "speaker",
    "--batch-size",
    16,
)


def test_stop_on_stdin_keeps_the_best_and_stdout_holds_nothing_but_json(start):
    child, output = start(*LONG)
    child.wait_for("epoch")
    child.say("stop")
    stopping = child.wait_for("stopping")
    status, _ = child.end()
    kinds = [line["event"] for line in child.lines]
    assert status == 0
    assert stopping["reason"] == "asked"
    assert kinds[-1] == "saved"
    assert child.lines[-1]["bundle"] == str(output)
    assert load_bundle(output).metadata.labels == LABELS


@pytest.mark.parametrize("word", ["cancel", "stop", ""])
def test_while_tensorflow_loads_the_run_can_be_ended(start, word):
    child, output = start(*LONG, "--supervised")
    child.wait_for("data")
    if word:
        child.say(word)
    else:
        child.process.stdin.close()
    status, seconds = child.end()
    print(f"{word or 'end of stdin'} after {seconds:.1f} s")
    assert status == 3
    assert child.lines[-1] == {"event": "cancelled"}
    if word:
        assert list(output.parent.iterdir()) == []
        return
    (run,) = find_unfinished(output.parent)  # who started it is gone: it is offered again
    assert (run.output, run.can_go_on) == (output, False)


def test_cancel_during_an_epoch_and_after_stop_keeps_nothing(start):
    child, output = start(*LONG)
    child.wait_for("epoch")
    child.say("stop")
    child.say("cancel")
    status, seconds = child.end()
    print(f"cancelled after {seconds:.1f} s")
    assert status == 3
    assert child.lines[-1] == {"event": "cancelled"}
    assert list(output.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_child_that_was_killed_during_an_epoch_goes_on_where_it_was(start, capfd, recordings):
    child, output = start(*LONG)
    child.wait_for("epoch")
    child.process.send_signal(signal.SIGKILL)
    status, _ = child.end()
    assert status == -signal.SIGKILL
    assert not output.exists()
    (unfinished,) = find_unfinished(output.parent)
    done = len(unfinished.read_history())
    config = unfinished.path / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"epochs": done + 1}))
    status, out, _ = run(
        capfd, "train", recordings, "--output", output, "--resume", "--supervised", "--json"
    )
    # Inside pytest, what TensorFlow's converter prints is in between.
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert status == 0
    assert [line["epoch"] for line in lines if line["event"] == "epoch"] == [done + 1]
    assert load_bundle(output).metadata.labels == LABELS


def test_what_cannot_be_trained_is_said_with_status_2(capfd, tmp_path):
    command = ["train", tmp_path / "gone", "--output", tmp_path / "new"]
    status, out, err = run(capfd, *command)
    assert (status, out) == (2, "")
    assert "There is no folder" in err
    status, out, err = run(capfd, *command, "--json")
    *_, last = out.splitlines()
    assert status == 2
    assert json.loads(last)["event"] == "failed"
    assert "There is no folder" in json.loads(last)["error"]
    assert list(tmp_path.glob("*new*")) == []


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--epochs", 0, "epochs must be at least 1"),
        ("--patience", 0, "patience must be at least 1"),
        ("--batch-size", -1, "batch_size must be at least 1"),
        ("--validation", 0.9, "validation must be between 0 and 0.5"),
        ("--seed", -1, "seed must be in 0 to"),
        ("--augmentation", "wild", "There are: full, gentle, noisy"),
        ("--architecture", "none", "There is no architecture “none”"),
        ("--labels", "one,one,one", "at least two labels"),
        ("--start-from", "nowhere", "is not a model bundle"),
    ],
)
def test_a_setting_that_cannot_be_is_said(capfd, tmp_path, recordings, option, value, sentence):
    status, _, err = run(capfd, "train", recordings, "--output", tmp_path / "new", option, value)
    assert status == 2
    assert sentence in err
