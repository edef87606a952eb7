"""The commands as programs have them: lines of JSON, exit statuses, words on stdin."""

import json
import signal
import subprocess
import sys
import time

import pytest

from app.__main__ import main
from core.recognition.bundle import load_bundle
from core.training.networks import load_keras
from core.training.run_folder import find_unfinished
from tests.core.conftest import ROOT
from tests.helpers.bundles import copy_bundle
from tests.helpers.recordings import LABELS, SPEAKERS, write_recordings


def run(capfd, *arguments):
    """Run a command in this process; return the exit status, stdout, and stderr."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", None)  # pytest's cannot be read
        status = main([str(argument) for argument in arguments])
    return status, *capfd.readouterr()


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


# --- train ------------------------------------------------------------------------------


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
    assert list(output.parent.iterdir()) == []


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


# --- check ------------------------------------------------------------------------------


def test_check_prints_one_json_object(capfd, recordings):
    status, out, err = run(capfd, "check", recordings, "--json")
    report = json.loads(out)
    assert (status, err) == (0, "")
    assert list(report["labels"]) == list(LABELS)
    assert (report["clips"], report["speakers"]) == (90, len(SPEAKERS))
    assert report["split"]["shared_speakers"] == 0


def test_check_tells_a_person_what_is_there_and_what_is_wrong(capfd, tmp_path):
    folder = write_recordings(tmp_path / "data", speakers=SPEAKERS[:2], takes=1)
    (folder / "one" / "bad.wav").write_text("no sound")
    status, out, _ = run(capfd, "check", folder)
    assert status == 0
    assert "6 clips, 2 speakers" in out
    assert "unreadable: one/bad.wav" in out
    assert "split by speaker: The clips have 2 known speakers" in out


def test_check_with_a_parent_tells_its_progress(capfd, recordings):
    _, out, _ = run(capfd, "check", recordings, "--json", "--supervised", "--split", "random")
    first, *_, report = (json.loads(line) for line in out.splitlines())
    assert first == {"event": "progress", "what": "scan", "done": 0, "total": 90}
    assert report["split"]["kind"] == "random"


# --- evaluate ---------------------------------------------------------------------------


def test_evaluate_prints_the_figures_of_a_model(capfd, recordings, trained, tmp_path):
    command = ["evaluate", recordings, "--model", trained.bundle.path]
    status, out, _ = run(capfd, *command, "--json")
    figures = json.loads(out)
    assert status == 0
    assert {"accuracy", "clips", "speakers", "per_label", "confusion", "labels", "skipped"} <= set(
        figures
    )
    assert (figures["clips"], figures["speakers"], figures["skipped"]) == (90, 5, 0)
    assert sum(map(sum, figures["confusion"])) == 90
    status, out, _ = run(capfd, *command)
    assert status == 0
    assert f"accuracy {figures['accuracy']:.1%}" in out
    assert "Confusion" in out


def test_evaluate_like_another_takes_the_clips_that_one_was_tested_on(capfd, recordings, trained):
    path = trained.bundle.path
    _, out, _ = run(
        capfd, "evaluate", recordings, "--model", path, "--like", path, "--clips", "--json"
    )
    figures = json.loads(out)
    tested = trained.bundle.metadata.metrics["test"]
    assert (figures["clips"], figures["accuracy"]) == (tested["clips"], tested["accuracy"])
    assert len(figures["clip_results"]) == tested["clips"]


def test_files_that_are_left_out_count_as_skipped(capfd, trained, tmp_path):
    folder = write_recordings(tmp_path / "data", (*LABELS, "cat"), SPEAKERS[:1], 1)
    (folder / "one" / "bad.wav").write_text("no sound")
    _, out, _ = run(capfd, "evaluate", folder, "--model", trained.bundle.path, "--json")
    figures = json.loads(out)
    assert (figures["clips"], figures["skipped"]) == (3, 2)


def test_a_model_that_knows_none_of_the_labels_says_so(capfd, trained, tmp_path):
    folder = write_recordings(tmp_path / "data", ("cat", "dog"), SPEAKERS[:1], 1)
    status, _, err = run(capfd, "evaluate", folder, "--model", trained.bundle.path)
    assert status == 2
    assert "None of the recordings has a label that the model knows" in err


# --- export -----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".keras", ".h5", ".hdf5"])
def test_an_exported_network_can_be_loaded_by_keras(capfd, trained, tmp_path, suffix):
    target = tmp_path / f"model{suffix}"
    status, out, _ = run(capfd, "export", trained.bundle.path, "--output", target)
    assert (status, out) == (0, f"{target}\n")
    exported, original = load_keras(target), load_keras(trained.bundle.keras)
    for ours, theirs in zip(exported.get_weights(), original.get_weights(), strict=True):
        assert (ours == theirs).all()


def test_an_exported_tflite_is_the_bundles(capfd, trained, tmp_path):
    target = tmp_path / "model.tflite"
    run(capfd, "export", trained.bundle.path, "--output", target)
    assert target.read_bytes() == trained.bundle.tflite.read_bytes()


def test_what_cannot_be_exported_is_said(capfd, tmp_path):
    model = copy_bundle(tmp_path / "model")
    taken = tmp_path / "taken.h5"
    taken.write_text("mine")
    for target, sentence in (
        (tmp_path / "a.onnx", "must end in .keras, .h5 or .tflite"),
        (taken, "exists already"),
        (tmp_path / "nowhere" / "a.keras", "cannot be written"),
        (tmp_path / "nowhere" / "a.h5", "cannot be written"),
    ):
        status, out, err = run(capfd, "export", model, "--output", target)
        assert (status, out) == (2, "")
        assert sentence in err
    assert taken.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} <= {"home", "model", "taken.h5"}
