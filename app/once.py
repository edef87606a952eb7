"""The main job once, by itself: take one second, print the answer, leave."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QObject, QTimer

from app.recognise.controller import State
from core.cli.terminal import OutputError, tell
from core.errors import WritingError
from core.files import replace_file, write_new
from core.labels import printable
from core.sentences import percent
from core.sound.sources import DEFAULT, DEMO

if TYPE_CHECKING:
    from pathlib import Path

    from app.library.clips import Clip
    from app.main_window import MainWindow
    from app.recognise.controller import RecognitionController

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
    force : bool
        Whether the picture may take the place of another file.
    """

    def __init__(
        self,
        controller: RecognitionController,
        window: MainWindow,
        source: str | None,
        screenshot: Path | None,
        tab: str | None = None,
        force: bool = False,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window
        self._source = source
        self._screenshot = screenshot
        self._tab = tab
        self._force = force
        self.status = 1
        # A copy, because sounddevice drops everybody's stderr while it looks for devices.
        self._stderr = os.fdopen(os.dup(2), "w", buffering=1)
        controller.model.changed.connect(lambda _: controller.begin_take())
        controller.model.failed.connect(self._give_up)
        controller.problem_changed.connect(self._on_problem_changed)
        controller.state_changed.connect(self._on_state_changed)
        controller.take_ready.connect(self._on_take_ready)

    def start(self) -> None:
        """Begin."""
        QTimer.singleShot(_GIVE_UP_MS, self, lambda: self._give_up("No sound came in."))
        self._window.start(self._source or DEFAULT)

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

    def _on_take_ready(self, take: Clip) -> None:
        prediction = take.prediction
        if prediction is None or prediction.label is None:
            sentence = prediction.sentence if prediction is not None else None
            self._say(str(sentence or "There is no model to ask."))
        else:
            self._answer(prediction.label, prediction.confidence)
        if self._screenshot is None or self._tab in (None, "recognise"):
            QTimer.singleShot(_PAINT_MS, self, self._finish)
        elif self._tab == "inspect":
            self._window.inspect_takes()
            self._window.inspect_page.explained.connect(self._on_tab_ready)
            self._window.inspection().show_explanation()
        else:
            self._window.show_tab(self._tab)
            self._on_tab_ready()

    def _answer(self, label: str, confidence: float) -> None:
        try:
            tell(label, percent(confidence))
            self.status = 0
        except OutputError as error:
            self._say(error)

    def _on_tab_ready(self) -> None:
        QTimer.singleShot(_PAINT_MS, self, self._finish)

    def _finish(self) -> None:
        if self._screenshot is not None:
            try:
                self._write_picture(self._screenshot)
                self._say(f"The picture of the window is {self._screenshot}.")
            except WritingError as error:
                self._say(error)
                self.status = 1
        self._stderr.close()
        self._window.close_at_once()

    def _write_picture(self, path: Path) -> None:
        picture = QBuffer()
        kind = path.suffix.removeprefix(".") or "png"
        if not self._window.grab().save(picture, kind):
            raise WritingError("{path} cannot be written: it must end in .png.", path=path)
        content = bytes(picture.data().data())
        if not self._force:
            write_new(path, content)
            return
        try:
            replace_file(path, content)
        except OSError as error:
            raise WritingError(
                "{path} cannot be written: {reason}.", path=path, reason=error.strerror or error
            ) from error

    def _give_up(self, sentence: str) -> None:
        if not self._stderr.closed:
            self._say(sentence)
            self._finish()

    def _say(self, sentence: object) -> None:
        print(printable(str(sentence)), file=self._stderr)
