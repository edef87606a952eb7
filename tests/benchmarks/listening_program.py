"""The real window on the demo source, listening without a button. Prints its figures.

Usage: listening_program.py STARTED SECONDS, where STARTED is time.monotonic() of the caller.
"""

import json
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does

from PySide6.QtCore import QTimer

from app.program import Program
from app.recognise.page import RecognisePage
from app.shell.settings import Forgetful, Settings
from tests.benchmarks.work_of_a_tick import WorkOfATick

seconds = float(sys.argv[2])
program = Program(source="demo", settings=Settings(Forgetful()))
page = program.window.recognise_page
listening = page.listening
work = []


def begin():
    work.append(WorkOfATick(program.controller, lambda: listening.on, [(RecognisePage, "follow")]))
    listening.followed.disconnect()
    listening.followed.connect(lambda followed: page.follow(followed))
    listening.set_on(True)
    QTimer.singleShot(round(1000 * seconds), program.window.close_at_once)


program.controller.model.changed.connect(lambda _: QTimer.singleShot(500, begin))
program.run()
print(json.dumps({"ticks_milliseconds": work[0].milliseconds}))
