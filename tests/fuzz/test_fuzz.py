"""A few cases of each kind; `python -m tests.fuzz` makes a thousand."""

import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="cases are forked, and their threads counted")
def test_a_few_cases_of_each_kind_are_stood():
    command = [sys.executable, "-m", "tests.fuzz", "--seed", "7", "--each", "6"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(", 0 not stood") == 4
