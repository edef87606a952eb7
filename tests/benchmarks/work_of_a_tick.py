"""What the GUI thread works for a tick of the timer."""

import time

from pyqtgraph import GraphicsView

from app.recognise.controller import RecognitionController
from app.widgets.answer import ProbabilityBars
from app.widgets.recording import LevelMeter, RoundButton


class WorkOfATick:
    """Adds up the tick itself, the slots given, and painting after it; keeps milliseconds.

    Parameters
    ----------
    controller : RecognitionController
    counts : callable
        Tells whether the ticks of now are to be counted.
    slots : pairs of a class and the name of its method
        What else is called for a tick.
    """

    def __init__(self, controller, counts, slots=()):
        self.milliseconds = []
        self._counts = counts
        self._work = 0.0
        self._depth = 0
        controller._timer.timeout.disconnect()
        self._wrap(RecognitionController, "_on_tick")
        controller._timer.timeout.connect(lambda: controller._on_tick())
        for kind, name in slots:
            self._wrap(kind, name)
        for widget in (GraphicsView, LevelMeter, RoundButton, ProbabilityBars):
            self._wrap(widget, "paintEvent")

    def _wrap(self, kind, name):
        method = getattr(kind, name)

        def timed(instance, *arguments):
            if name == "_on_tick":
                self._finish()
            begun = time.perf_counter()
            self._depth += 1
            method(instance, *arguments)
            self._depth -= 1
            if not self._depth:
                self._work += time.perf_counter() - begun

        setattr(kind, name, timed)

    def _finish(self):
        if self._counts():
            self.milliseconds.append(1000 * self._work)
        self._work = 0.0
