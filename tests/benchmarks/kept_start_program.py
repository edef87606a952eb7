"""The real window beside takes that were kept. Prints when it is painted, and when they are listed.

Usage: kept_start_program.py STARTED DATA TAKES, where DATA is the folder for the user's data; takes
that are missing there are written first, and then nothing is measured.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does
started, wanted = float(sys.argv[1]), int(sys.argv[3])
os.environ["XDG_DATA_HOME"] = sys.argv[2]

from core.dataset.kept_takes import KeptTakes  # noqa: E402 - after the folder is named
from core.places import user_takes  # noqa: E402


def write_takes():
    from tests.helpers.sounds import sample_clip

    os.fsync = lambda _: None  # they are written only to be read
    known = {"source": "Microphone", "heard": "seven", "confidence": 0.98}
    takes, clip, now = KeptTakes(user_takes()), sample_clip("seven"), datetime.now(UTC)
    for number in range(wanted):
        takes.keep(clip, time=now - timedelta(seconds=number), model="speech-embedding", **known)


def measure():
    from PySide6.QtCore import QEvent, QObject

    from app.program import Program
    from app.shell.settings import Forgetful, Settings

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                figures["painted_seconds"] = time.monotonic() - started
            return False

    def look(*_):
        if "ready_seconds" in figures and len(page.takes.clips) == wanted:
            figures.setdefault("listed_seconds", time.monotonic() - started)
            program.window.close_at_once()

    def on_ready(_model):
        figures["ready_seconds"] = time.monotonic() - started
        look()

    figures = {}
    program = Program(source="demo", settings=Settings(Forgetful()))
    page, watch = program.window.recognise_page, Watch()
    program.window.recognise.installEventFilter(watch)
    program.controller.model.changed.connect(on_ready)
    page.takes.counted.connect(look)
    program.run()
    return figures


if wanted and not user_takes().exists():
    write_takes()
    print("{}")
else:
    print(json.dumps(measure()))
