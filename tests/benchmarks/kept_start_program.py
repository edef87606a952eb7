"""The real window beside takes that were kept. Prints when it is painted, and when they are listed.

Usage: kept_start_program.py STARTED DATA TAKES, where DATA is the folder for the user's data, and
TAKES are in it.
"""

import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does
started, wanted = float(sys.argv[1]), int(sys.argv[3])
os.environ["XDG_DATA_HOME"] = sys.argv[2]


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


print(json.dumps(measure()))
