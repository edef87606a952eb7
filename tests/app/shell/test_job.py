"""A child process and what it tells: whole lines, half lines, crashes, silence, deafness."""

import json
import os
import shutil
import subprocess
import sys

import psutil
import pytest

from app.shell.job import PROGRAM, Ending, Job, own_program
from core.dataset.health import FolderReport
from core.evaluation.report import EvaluationReport
from core.records import to_json
from core.training.events import Adapted, Cancelled, Event, Exported, Progress, Saved
from tests.core.training.test_events import ALL
from tests.helpers.recordings import write_recordings

PRELUDE = """
import json, os, sys, time

def tell(**line):
    print(json.dumps(line), flush=True)

def tell_progress(done, what="scan"):
    tell(event="progress", what=what, done=done, total=9)
"""


RESULTS = (Saved, Adapted, Exported, Cancelled)
FOLDER = FolderReport(clips=0, speakers=0, seconds=0.0, labels={}, problems=(), sample_rates={})
EVALUATION = EvaluationReport(
    accuracy=0.5,
    accuracy_interval=(0.4, 0.6),
    clips=2,
    speakers=1,
    per_label={},
    confusion=((1, 0), (1, 0)),
    labels=("one", "two"),
    skipped=0,
)


def progress(done, what="scan"):
    return Progress(what, done, 9)


class Heard:
    """Keeps what a job told."""

    def __init__(self, job):
        self.lines, self.silences, self.outcomes = [], [], []
        job.told.connect(self.lines.append)
        job.silent.connect(self.silences.append)
        job.ended.connect(self.outcomes.append)


@pytest.fixture
def start(qtbot):
    """Run Python code as a job; return it and what it tells."""
    jobs = []

    def start(code, arguments=(), **options):
        code = f"{PRELUDE}\n{code}"
        job = Job(list(arguments), program=(sys.executable, "-c", code), **options)
        heard = Heard(job)
        jobs.append(job)
        job.start()
        return job, heard

    yield start
    for job in jobs:
        job.blockSignals(True)
        job.kill()


def finish(qtbot, heard):
    """Wait for the end; return the outcome."""
    qtbot.waitUntil(lambda: bool(heard.outcomes), timeout=15_000)
    (outcome,) = heard.outcomes
    return outcome


def test_lines_of_json_are_told_as_they_come_and_the_arguments_are_passed(qtbot, start):
    code = 'tell_progress(1, what=" ".join(sys.argv[1:])); tell(event="saved", bundle="/new")'
    _, heard = start(code, ["check", "folder"])
    assert finish(qtbot, heard).ending is Ending.DONE
    assert heard.lines == [progress(1, "check folder --supervised"), Saved("/new")]


def test_half_a_line_waits_for_its_other_half(qtbot, start):
    code = """
line = json.dumps({"event": "saved", "bundle": "größer"}, ensure_ascii=False).encode()
middle = line.index(b"gr") + 3
for part in (line[:middle], line[middle:] + b"\\n" + line[:5], line[5:] + b"\\n"):
    sys.stdout.buffer.write(part); sys.stdout.buffer.flush(); time.sleep(0.1)
"""
    _, heard = start(code)
    assert finish(qtbot, heard).ending is Ending.DONE
    assert heard.lines == [Saved("größer")] * 2


@pytest.mark.parametrize(
    "line",
    ["garbage {", "[1]", "7", '{"n": 1}', '{"event": "epoch", "epoch": "one"}', '{"problems": 1}'],
)
def test_what_the_program_does_not_tell_is_not_told_and_stands_in_the_details(qtbot, start, line):
    _, heard = start(f"print({line!r}); tell_progress(1); sys.exit(1)")
    outcome = finish(qtbot, heard)
    assert heard.lines == [progress(1)]
    assert outcome.ending is Ending.FAILED
    assert line in outcome.details


def test_the_reason_of_a_failure_is_what_the_child_says_last(qtbot, start):
    code = 'print(json.dumps({"event": "failed", "error": "The disk is full."})); sys.exit(2)'
    _, heard = start(code)
    assert finish(qtbot, heard).reason == "The disk is full."
    _, heard = start('sys.exit("Traceback\\nAll is lost.")')
    outcome = finish(qtbot, heard)
    assert (outcome.reason, outcome.details) == ("All is lost.", "Traceback\nAll is lost.")
    _, heard = start("sys.exit(1)")
    assert finish(qtbot, heard).reason == "It ended without saying why."


def test_a_crash_is_told_from_a_failure_and_half_a_line_is_kept(qtbot, start):
    code = 'sys.stdout.write(\'{"event": "epo\'); sys.stdout.flush(); os.kill(os.getpid(), 9)'
    _, heard = start(code)
    outcome = finish(qtbot, heard)
    assert outcome.ending is Ending.CRASHED
    assert "ended from outside, or crashed" in outcome.reason
    assert '(unfinished line) {"event": "epo' in outcome.details
    assert heard.lines == []


def test_a_program_that_is_not_there_is_said(qtbot):
    job = Job([], program=("no-such-program-anywhere",))
    heard = Heard(job)
    job.start()
    outcome = finish(qtbot, heard)
    assert outcome.ending is Ending.FAILED
    assert outcome.reason
    assert not job.running


@pytest.fixture
def hostile_folder(tmp_path, monkeypatch):
    """A current folder full of modules that are called as the program's and the library's are."""
    folder = tmp_path / "hostile"
    names = ("app.py", "json.py", "core/__init__.py", "app/__init__.py", "app/__main__.py")
    for name in (*names, "argparse.py", "numpy.py", "sitecustomize.py", "contextlib.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("import os\nopen('hostile', 'w').close()\nos._exit(0)\n")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("path", [None, "", ".", f"{os.pathsep}relative{os.pathsep}"])
def test_modules_in_the_current_folder_are_not_run(qtbot, monkeypatch, hostile_folder, path):
    if path is not None:
        monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.setenv("PYTHONINSPECT", "1")
    recordings = write_recordings(hostile_folder / "data", speakers=("s1",), takes=1)
    job = Job(["check", str(recordings), "--json"])
    heard = Heard(job)
    job.start()
    assert finish(qtbot, heard).ending is Ending.DONE
    assert heard.lines[-1].clips == 3
    assert not (hostile_folder / "hostile").exists()


def test_the_command_line_too_takes_no_modules_from_the_current_folder(hostile_folder):
    shutil.rmtree(hostile_folder / "app")  # of these, `python -m app` has no choice
    for name in ("app.py", "contextlib.py"):
        (hostile_folder / name).unlink()
    for program in (("-m", "app"), (PROGRAM[-1],)):
        done = subprocess.run(
            [sys.executable, *program, "devices", "--help"], capture_output=True, check=True
        )
        assert b"--json" in done.stdout
    assert not (hostile_folder / "hostile").exists()


def test_the_end_of_a_child_that_told_no_result_is_a_failure(qtbot, start):
    for told in ("tell_progress(1)", "pass"):
        _, heard = start(f"{told}; print('noise')")
        outcome = finish(qtbot, heard)
        assert (outcome.ending, outcome.reason) == (Ending.FAILED, "It ended without a result.")
        assert "noise" in outcome.details


@pytest.mark.parametrize(
    "told",
    [event for event, *_ in ALL if isinstance(event, RESULTS)] + [FOLDER, EVALUATION],
    ids=lambda told: type(told).__name__,
)
def test_what_a_command_has_found_out_is_its_result(qtbot, start, told):
    line = told.to_json() if isinstance(told, Event) else json.dumps(to_json(told))
    _, heard = start(f"print({line!r})")
    assert finish(qtbot, heard).ending is Ending.DONE
    assert heard.lines == [told]


def test_silence_is_told_and_that_it_ends(qtbot, start):
    code = """
tell_progress(1); sys.stdin.readline()
tell_progress(2); sys.stdin.readline()
"""
    job, heard = start(code, silent_ms=300)
    qtbot.waitUntil(lambda: bool(heard.lines) and heard.silences[-1:] == [True], timeout=10_000)
    before = len(heard.silences)
    qtbot.wait(700)
    assert len(heard.silences) == before
    job.ask("go on")
    qtbot.waitUntil(lambda: len(heard.lines) == 2, timeout=10_000)
    assert heard.silences[before:] == [False]


def test_a_child_that_never_said_a_word_is_silent_too(qtbot, start):
    _, heard = start("time.sleep(60)", silent_ms=100)
    qtbot.waitUntil(lambda: heard.silences == [True], timeout=10_000)


def test_by_default_thirty_seconds_are_silence(qapp):
    assert Job([])._watchdog.interval() == 30_000


def test_a_word_reaches_the_child(qtbot, start):
    job, heard = start('tell(event="saved", bundle=sys.stdin.readline().strip())')
    job.ask("stop")
    assert finish(qtbot, heard).ending is Ending.DONE
    assert heard.lines == [Saved("stop")]


def test_cancel_lets_the_child_end_by_itself(qtbot, start):
    job, heard = start('sys.exit(3 if sys.stdin.readline().strip() == "cancel" else 0)')
    job.cancel(kill_after_ms=60_000)
    outcome = finish(qtbot, heard)
    assert (outcome.ending, outcome.reason) == (Ending.CANCELLED, "")


def test_a_child_that_does_not_hear_is_killed(qtbot, start):
    job, heard = start("tell_progress(1); time.sleep(60)")
    qtbot.waitUntil(lambda: bool(heard.lines), timeout=10_000)
    job.cancel(kill_after_ms=100)
    assert finish(qtbot, heard).ending is Ending.CANCELLED
    assert not job.running


def test_kill_ends_the_child_at_once(qtbot, start):
    job, heard = start("tell_progress(os.getpid()); time.sleep(60)")
    qtbot.waitUntil(lambda: bool(heard.lines), timeout=10_000)
    job.kill()
    assert not psutil.pid_exists(heard.lines[0].done)


def test_much_output_and_a_flood_on_stderr_do_no_harm(qtbot, start):
    code = """
for n in range(2000):
    tell_progress(n, "x" * 100)
    print("noise " * 20, file=sys.stderr)
sys.exit("the end")
"""
    _, heard = start(code)
    outcome = finish(qtbot, heard)
    assert [event.done for event in heard.lines] == list(range(2000))
    assert outcome.reason == "the end"
    assert len(outcome.details) <= 4000


def test_the_child_has_what_the_commands_need(qtbot, start):
    names = ["PYTHONUNBUFFERED", "OPENBLAS_NUM_THREADS"]
    _, heard = start(f"tell_progress(1, ''.join(os.environ[name] for name in {names!r}))")
    finish(qtbot, heard)
    assert heard.lines == [progress(1, "11")]


def test_a_bundle_starts_the_program_whose_lines_can_be_read(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for name in ("spoken-digits-window.exe", "spoken-digits.exe"):
        monkeypatch.setattr(sys, "executable", str(tmp_path / name))
        assert own_program() == (str(tmp_path / "spoken-digits.exe"),)
