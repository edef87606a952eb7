"""The real window on its Inspect tab, with a folder of clips. Prints its figures.

Usage: inspect_program.py STARTED FOLDER, where FOLDER holds as many clips as are to be listed.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from app.program import Program
from app.shell.settings import Forgetful, Settings
from tests.benchmarks.event_loop import paint, wait

folder = Path(sys.argv[2])
figures = {"next_milliseconds": [], "settings_milliseconds": [], "scroll_milliseconds": []}


def quiet():
    """Wait until neighbours and rows are done."""
    for _ in range(2):
        QCoreApplication.processEvents()
        wait(lambda: not controller._idle.isActive() and controller._runner._pending == 0)


program = Program(source="demo", settings=Settings(Forgetful()))
window = program.window
window.resize(1280, 720)
window.show()
window.start("demo")
wait(lambda: window.train_page.tab is not None)
tab = window.inspection()
window.tabs.setCurrentIndex(1)
controller = tab.controller
wait(lambda: controller.model.current is not None)

begun = time.perf_counter()
window.inspect_paths([folder])
wait(lambda: len(controller.items) > 0)
paint()
figures["folder_seconds"] = time.perf_counter() - begun
wait(lambda: controller.shown is not None)
program.controller.close()  # the demo speaks no more: what is measured is this tab
for _ in range(60):
    quiet()
    begun = time.perf_counter()
    QTest.keyClick(tab.clips, Qt.Key.Key_Down)
    paint()
    figures["next_milliseconds"].append(1000 * (time.perf_counter() - begun))
    assert controller.shown is controller.prefetcher.take(controller.items[controller.row])
quiet()
shown = []
controller.clip_shown.connect(shown.append)
for number in range(60):
    shown.clear()
    begun = time.perf_counter()
    tab.settings.window_ms.setValue(20 + number % 30)
    wait(lambda: shown)
    figures["settings_milliseconds"].append(1000 * (time.perf_counter() - begun))
    quiet()
bar = tab.clips.verticalScrollBar()
for number in range(60):
    begun = time.perf_counter()
    bar.setValue(bar.maximum() * number // 60)
    paint()
    figures["scroll_milliseconds"].append(1000 * (time.perf_counter() - begun))
window.close_at_once()
print(json.dumps(figures))
