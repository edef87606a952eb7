"""The real window on the demo source, driven through a few takes. Prints its figures.

Usage: window_program.py STARTED TAKES, where STARTED is time.monotonic() of the caller when
it started this process.
"""

import json
import os
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from app.program import Program
from app.recognise.controller import State
from app.shell.settings import Forgetful, Settings
from core.places import DEFAULT_MODEL
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser

started, wanted_takes = float(sys.argv[1]), int(sys.argv[2])
figures = {}


def since_start():
    return time.monotonic() - started


class Person(QObject):
    """Presses Space when the window is painted first, then makes takes until there are enough."""

    def __init__(self, program):
        super().__init__()
        self._program = program
        self.takes = []
        program.window.recognise.installEventFilter(self)
        program.controller.model.changed.connect(self._on_model_loaded)
        program.controller.take_ready.connect(self._on_take_ready)
        program.controller.state_changed.connect(self._on_state_changed)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._press_space)
        return False

    def _press_space(self):
        controller = self._program.controller
        QTest.keyClick(self._program.window, Qt.Key.Key_Space)
        assert controller._wanted is not None or controller._capture._wanted
        figures["space_seconds"] = since_start()
        self._watch_ticks()

    def _on_model_loaded(self, _model):
        figures["ready_seconds"] = since_start()
        self._watch_ticks()

    def _watch_ticks(self):
        if not {"space_seconds", "ready_seconds"} <= set(figures):
            return  # what is loaded here must not delay either of them
        from tests.benchmarks.work_of_a_tick import WorkOfATick  # loads pyqtgraph

        controller = self._program.controller
        busy = (State.SPEAK_NOW, State.RECORDING)
        self.work = WorkOfATick(controller, lambda: controller.state in busy)

    def _on_take_ready(self, take):
        self.takes.append(take)
        if len(self.takes) == wanted_takes:
            self._program.window.close_at_once()

    def _on_state_changed(self, state):
        if state is State.READY:
            self._program.controller.begin_take()


program = Program(source="demo", settings=Settings(Forgetful()))
person = Person(program)
program.run()
figures["ticks_milliseconds"] = person.work.milliseconds

recogniser = DigitRecogniser(load_bundle(DEFAULT_MODEL))
takes = person.takes
recogniser.recognise(takes[0].sound)
predictions = [recogniser.recognise(takes[n % len(takes)].sound) for n in range(500)]
figures["take_milliseconds"] = [prediction.milliseconds for prediction in predictions]
figures["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(figures))
