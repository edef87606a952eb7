"""Tries a bundle on the machine it was built on: ``python packaging/smoke.py PROGRAM``.

It recognises a file, draws it, teaches by *Quick*, and opens the window once. Needs nothing but
Python.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"
SPEAKERS = ("ann", "ben", "cem", "dee", "eva")


def main() -> int:
    """Run all of it; an assertion says what is wrong."""
    program = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        _say(program, here, "--version")
        (line,) = _say(program, here, "recognise", SAMPLES / "one.wav", "--json").splitlines()
        assert json.loads(line)["label"] == "one", line
        _say(program, here, "spectrogram", SAMPLES / "one.wav", "--output", here / "pictures")
        assert (here / "pictures" / "one.png").stat().st_size > 10_000
        recordings = _write_recordings(here / "recordings")
        _say(program, here, "train", recordings, "--preset", "quick", "--output", here / "new")
        _say(program, here, "recognise", SAMPLES / "two.wav", "--model", here / "new")
        _say(program, here, "--once", "--source", "demo", "--screenshot", here / "window.png")
        assert (here / "window.png").stat().st_size > 10_000
    return 0


def _write_recordings(folder: Path) -> Path:
    """Write the samples as if several people had spoken each of them several times."""
    for word in ("two", "four", "seven"):
        (folder / word).mkdir(parents=True)
        content = (SAMPLES / f"{word}.wav").read_bytes()
        for number, speaker in enumerate(SPEAKERS * 4):
            varied = content[:-1] + bytes([number])  # no two are the same
            (folder / word / f"{speaker}_nohash_{number}.wav").write_bytes(varied)
    return folder


def _say(program: Path, folder: Path, *arguments: object) -> str:
    began = time.monotonic()
    home = {"HOME": str(folder), "APPDATA": str(folder), "LOCALAPPDATA": str(folder)}
    done = subprocess.run(
        [program, *map(str, arguments)],
        cwd=folder,
        env=os.environ | home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    seconds = time.monotonic() - began
    print(f"{seconds:6.2f} s  {' '.join(map(str, arguments))}")
    if done.returncode != 0:
        print(done.stdout, done.stderr)
        raise SystemExit(f"It ended with {done.returncode}.")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
