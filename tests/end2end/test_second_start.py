"""The program is started again with a file, as a desktop does it, while its window is open."""

import os
import subprocess
import sys
import time
from pathlib import Path

from core.places import SAMPLES

ROOT = Path(__file__).resolve().parents[2]


def test_the_second_start_ends_at_once_and_the_first_opens_its_file(tmp_path):
    env = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "app"]
    with subprocess.Popen([*program, "--source", "demo"], env=env, cwd=tmp_path) as first:
        until = time.monotonic() + 60
        while not list(tmp_path.glob("spoken-digits-*")):
            assert time.monotonic() < until
            time.sleep(0.05)
        second = subprocess.run(
            [*program, SAMPLES / "one.wav"],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert second.returncode == 0
        assert "open already" in second.stderr
        assert first.poll() is None
        first.terminate()
        assert first.wait(60) == 0
    assert not list(tmp_path.glob("spoken-digits-*"))
    (settings,) = tmp_path.rglob("spoken-digits.ini")
    assert "tab=inspect" in settings.read_text()
