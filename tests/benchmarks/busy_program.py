"""The real window while it trains a model in its child process. Prints its figures.

Usage: busy_program.py STARTED FOLDER HOME, where FOLDER holds clips to learn from and HOME takes
what the run writes. STARTED is not looked at.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["XDG_DATA_HOME"] = os.environ["XDG_CACHE_HOME"] = sys.argv[3]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.program import Program
from app.recognise.controller import State
from app.shell.settings import Forgetful, Settings
from app.train.controller import RunState
from app.train.run_form import RunSettings
from core.labels import DIGITS
from core.places import SAMPLES
from core.training.events import Batch
from tests.benchmarks.event_loop import paint, wait
from tests.benchmarks.work_of_a_tick import WorkOfATick

folder = Path(sys.argv[2])
FRAME_SECONDS = 1 / 30
FRAMES, TAKES = 300, 8
NOTCHES = 24  # of the wheel, in; then as many out again


def turn_wheel(widget, place, notches):
    """Send what a mouse sends whose wheel is turned."""
    where = QPointF(place)
    event = QWheelEvent(
        where,
        QPointF(widget.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def drag_zoom(plots, look):
    """Zoom in and out about the mouse, and pull the sound along; return ms of each frame."""
    viewport = plots.viewport()
    width, middle = viewport.width(), viewport.height() // 2
    milliseconds, widest, narrowest = [], look.visible, look.visible
    place = QPoint(width // 2, middle)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    for number in range(FRAMES):
        begun = time.perf_counter()
        place = QPoint(width // 2 + (number % 40 - 20) * width // 200, middle)
        QTest.mouseMove(viewport, place)
        turn_wheel(viewport, place, 1 if number % (2 * NOTCHES) < NOTCHES else -1)
        paint()
        milliseconds.append(1000 * (time.perf_counter() - begun))
        narrowest = min(narrowest, look.visible)
        wait(lambda due=begun + FRAME_SECONDS: time.perf_counter() >= due)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert narrowest < widest / 10
    return milliseconds


program = Program(source="demo", settings=Settings(Forgetful()))
sys.excepthook = sys.__excepthook__  # nobody is there to read a dialog
window, controller = program.window, program.controller
window.resize(1280, 720)
window.show()
window.start("demo")
wait(lambda: window.train_page.tab is not None and controller.state is State.READY)

training, told = window.train_page.controller, []
training.run_told.connect(told.append)
training.start_run(
    RunSettings(
        folder,
        "busy",
        DIGITS,
        {"architecture": "ds-resnet-se", "split": "speaker", "epochs": 1000, "patience": 1000},
    )
)
wait(lambda: training.state is RunState.IDLE or any(isinstance(event, Batch) for event in told))

window.inspect_paths([SAMPLES])
wait(lambda: window.inspection().controller.shown is not None)
frames = drag_zoom(window.inspection().panes.main.plots, window.inspection().look)

window.show_tab("recognise")
takes = []
controller.take_ready.connect(takes.append)
asked = (State.SPEAK_NOW, State.RECORDING, State.THINKING)
work = WorkOfATick(controller, lambda: controller.state in asked)
for number in range(TAKES):
    wait(lambda: controller.state is State.READY)
    controller.begin_take()
    wait(lambda before=number: len(takes) > before)

assert training.state is RunState.RUNNING, told[-3:]
assert all(take.prediction is not None for take in takes)
window.close_at_once()
print(json.dumps({"frames_milliseconds": frames, "ticks_milliseconds": work.milliseconds}))
