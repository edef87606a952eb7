"""Keeps takes in a folder, and measures how long it takes to find them; prints one JSON line.

Usage: kept_takes_program.py STARTED FOLDER TAKES.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.dataset.kept_takes import KeptTakes
from tests.helpers.sounds import sample_clip


def main(_began: str, folder: str, number: str) -> None:
    os.fsync = lambda _: None  # they are written only to be read
    takes, clip, now = KeptTakes(Path(folder)), sample_clip("seven"), datetime.now(UTC)
    known = {"source": "Microphone", "heard": "seven", "confidence": 0.98, "model": "mine"}
    for n in range(int(number)):
        take = takes.keep(clip, time=now - timedelta(seconds=n), **known)
        if n % 10 == 0:
            takes.change(take, said="seven")
    seconds = []
    for _ in range(7):
        began = time.perf_counter()
        found = KeptTakes(Path(folder)).all()
        seconds.append(time.perf_counter() - began)
        assert len(found) == int(number)
    print(json.dumps({"seconds": sorted(seconds)[len(seconds) // 2]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
