"""The main job once, by itself: take one second, print the answer, leave."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.recognise.controller import State
from core.sound.sources import DEFAULT, DEMO

if TYPE_CHECKING:
    from pathlib import Path

    from app.main_window import MainWindow
    from app.recognise.controller import RecognitionController
    from app.recognise.takes import RecognisedTake

_GIVE_UP_MS = 20_000
_PAINT_MS = 200  # the window paints what it has to show before its picture is taken


class Once(QObject):
    """Does what a person would do: waits until it can, records, reads the answer.

    The answer goes to stdout, what is going on to stderr. Where no source was named and no
    microphone can be heard, the demo speaks instead.

    Parameters
    ----------
    controller : RecognitionController
    window : MainWindow
    source : str or None
    screenshot : Path or None
        Where a picture of the window goes.
    tab : str or None
        Which tab is pictured; that of inspecting shows the take, and explains it.
    """

    def __init__(
        self,
        controller: RecognitionController,
        window: MainWindow,
        source: str | None,
        screenshot: Path | None,
        tab: str | None = None,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window
        self._source = source
        self._screenshot = screenshot
        self._tab = tab
        self.status = 1
        # A copy, because sounddevice drops everybody's stderr while it looks for devices.
        self._stderr = os.fdopen(os.dup(2), "w", buffering=1)
        controller.model_loaded.connect(self._on_model_loaded)
        controller.model_failed.connect(self._give_up)
        controller.problem_changed.connect(self._on_problem_changed)
        controller.state_changed.connect(self._on_state_changed)
        controller.take_ready.connect(self._on_take_ready)

    def start(self) -> None:
        """Begin."""
        QTimer.singleShot(_GIVE_UP_MS, self, lambda: self._give_up("No sound came in."))
        self._window.start(self._source or DEFAULT)

    def _on_model_loaded(self) -> None:
        self._controller.begin_take()

    def _on_problem_changed(self, sentence: str) -> None:
        if not sentence:
            return
        if self._source is None:
            self._source = DEMO
            self._say(f"{sentence} The built-in demo speaks instead.")
            self._window.choose_source(DEMO)
            self._controller.begin_take()
        else:
            self._give_up(sentence)

    def _on_state_changed(self, state: State) -> None:
        if state is State.SPEAK_NOW:
            self._say("Speak now.")

    def _on_take_ready(self, take: RecognisedTake) -> None:
        prediction = take.prediction
        if prediction is None or prediction.label is None:
            sentence = prediction.sentence if prediction is not None else None
            self._say(str(sentence or "There is no model to ask."))
        else:
            print(f"{prediction.label}\t{prediction.confidence:.1%}")  # noqa: T201
            self.status = 0
        if self._screenshot is None or self._tab in (None, "recognise"):
            QTimer.singleShot(_PAINT_MS, self, self._finish)
        elif self._tab == "inspect":
            self._window.inspect_takes()
            self._window.inspect_place.explained.connect(self._on_tab_ready)
            self._window.inspection().show_explanation()
        else:
            self._window.show_tab(self._tab)
            self._on_tab_ready()

    def _on_tab_ready(self) -> None:
        QTimer.singleShot(_PAINT_MS, self, self._finish)

    def _finish(self) -> None:
        if self._screenshot is not None:
            if self._window.grab().save(str(self._screenshot)):
                self._say(f"The picture of the window is {self._screenshot}.")
            else:
                self._say(f"The picture cannot be written to {self._screenshot}.")
                self.status = 1
        self._stderr.close()
        self._window.close()

    def _give_up(self, sentence: str) -> None:
        if not self._stderr.closed:
            self._say(sentence)
            self._finish()

    def _say(self, sentence: str) -> None:
        print(sentence, file=self._stderr)
