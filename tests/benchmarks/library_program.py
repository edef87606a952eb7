"""The real window's list of clips, with a folder of very many. Prints its figures.

Usage: library_program.py STARTED FOLDER, where FOLDER is a data set.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from app.library.bar import WRONG
from app.library.model import Column
from app.program import Program
from app.shell.settings import Forgetful, Settings
from tests.benchmarks.event_loop import paint, wait

HEARD_SECONDS = 10

folder = Path(sys.argv[2])
program = Program(source="demo", settings=Settings(Forgetful()))
window = program.window
window.resize(1280, 720)
window.show()
window.start("demo")
wait(lambda: window.train_page.tab is not None)
tab = window.inspection()
window.tabs.setCurrentIndex(1)
table, bar = tab.clips, tab.list.bar
wait(lambda: tab.controller.model.current is not None)
program.controller.close()  # the demo speaks no more: what is measured is this list
figures = {}
ticks, last = [], [0.0]


def measured(name, do):
    begun = time.perf_counter()
    do()
    paint()
    figures.setdefault(name, []).append(1000 * (time.perf_counter() - begun))


begun = time.perf_counter()
window.inspect_paths([folder])
wait(lambda: table.clips.clips)
paint()
figures["open_seconds"] = time.perf_counter() - begun
wait(lambda: tab.controller.shown is not None)
tab.controller.hearing.pause()
for column in (Column.NAME, Column.EXPECTED, Column.TIME):
    for order in Qt.SortOrder:
        measured("sort_milliseconds", lambda c=column, o=order: table.sortByColumn(c, o))
measured("sort_milliseconds", lambda: table.sortByColumn(-1, Qt.SortOrder.AscendingOrder))
for text in ("s", "s1", "s12", "", "seven", ""):
    measured("find_milliseconds", lambda text=text: bar.field.setText(text))
tab.controller.hearing.resume()


def tick():
    now = time.perf_counter()
    ticks.append(1000 * (now - last[0]) - timer.interval())
    last[0] = now


wait(lambda: bar.buttons[WRONG].isEnabled())
bar.buttons[WRONG].click()
timer = QTimer()
timer.setTimerType(Qt.TimerType.PreciseTimer)
timer.setInterval(33)
timer.timeout.connect(tick)
last[0] = begun = time.perf_counter()
timer.start()
while time.perf_counter() - begun < HEARD_SECONDS:
    QCoreApplication.processEvents()
    time.sleep(0.0005)
timer.stop()
known = sum(map(tab.controller.hearing.knows, table.clips.clips))
figures["heard_per_second"] = known / HEARD_SECONDS
figures["late_milliseconds"] = ticks
window.close_at_once()
print(json.dumps(figures))
