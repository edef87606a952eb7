"""Takes outlive the program: kept by a question's answer, or always and whatever ends it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from core.labels import DIGITS

ROOT = Path(__file__).resolve().parents[2]
TAKES = 10


def program(*arguments):
    """Start the program in a process of its own, in the folders of this test."""
    command = [sys.executable, "-m", "tests.helpers.takes_program", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def listed():
    """Return what is in the list of the program when it is started again."""
    with program("list", TAKES) as process:
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return [tuple(take) for take in json.loads(out.splitlines()[0])]


@pytest.fixture
def are_there_again():
    def check():
        found = listed()
        assert [state for state, *_ in found] == ["kept"] * TAKES
        heard = [word for _, word, *_ in found]
        right = sum(word == said for word, said in zip(heard, reversed(DIGITS), strict=True))
        assert right >= TAKES - 2, heard  # the newest is the first
        times = [time for _, _, time, _ in found]
        assert times == sorted(times, reverse=True)
        return found

    return check


def test_ten_takes_are_kept_by_the_answer_to_one_question(are_there_again):
    with program("asked", TAKES) as process:
        out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert out.splitlines() == ["10 takes were not saved. What is to become of them?"]
    are_there_again()


def test_what_is_always_kept_outlives_the_process_being_killed(are_there_again):
    with program("always", TAKES) as process:
        too_late = Timer(120, process.kill)
        too_late.start()
        said = process.stdout.readline()
        too_late.cancel()
        process.kill()
    assert said == "all are kept\n"
    found = are_there_again()
    assert listed() == found
