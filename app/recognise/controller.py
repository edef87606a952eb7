"""The state of recording and recognising, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.library.clips import Origin
from app.recognise.open_source import OpenSource
from app.recognise.takes import LONGEST_SECONDS, analyse, analyse_file, ask_again
from app.shell.task_runner import Task, TaskRunner
from app.shell.translation import translated
from core.errors import AudioDeviceError, SoundFileError, SpokenDigitsError
from core.sound.capture import Capture, Phase
from core.sound.microphone import list_input_devices
from core.sound.sources import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.library.clips import Clip
    from app.shell.model_in_use import ModelInUse
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.sources import AudioSource

_TICK_MS = 33
_RETRY_MS = 2000


class State(Enum):
    """What the program is doing for the person."""

    CLOSED = "closed"
    WAITING = "waiting"
    READY = "ready"
    SPEAK_NOW = "speak now"
    RECORDING = "recording"
    THINKING = "thinking"


_STATE_OF_PHASE = {
    Phase.WAITING: State.WAITING,
    Phase.READY: State.READY,
    Phase.SPEAK_NOW: State.SPEAK_NOW,
    Phase.RECORDING: State.RECORDING,
}


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What there is to say of the open source."""

    name: str
    sample_rate: int
    origin: Origin


class RecognitionController(QObject):
    """Owns the source and the take under way.

    Everything that may wait, an audio device, a network, happens on one of two worker threads.
    PortAudio wants all of its calls on one thread, so it has its own; the other is the model's.

    Parameters
    ----------
    model : ModelInUse
    make_source : callable
        Makes an AudioSource from its name and whether to rescan devices; tests give their own.

    Signals
    -------
    state_changed(State)
    level_changed(Level)
    sounds_heard(list of Sound)
        All that came from the source since the last time.
    running_changed(ndarray)
        The samples of the take so far.
    take_ready(Clip)
        A new take, with its prediction.
    take_updated(Clip)
        A take that the model in use was asked again about.
    long_opened(Path)
        A file that was recognised is too long for its words to be takes.
    source_opened(SourceInfo)
    problem_changed(str)
        What is wrong with the source at present; empty when nothing is.
    failed(str)
        A sentence about something that the person asked for.
    devices_listed(list of InputDevice)
    """

    state_changed = Signal(object)
    level_changed = Signal(object)
    sounds_heard = Signal(object)
    running_changed = Signal(object)
    take_ready = Signal(object)
    take_updated = Signal(object)
    long_opened = Signal(object)
    source_opened = Signal(object)
    problem_changed = Signal(str)
    failed = Signal(str)
    devices_listed = Signal(object)

    def __init__(
        self,
        model: ModelInUse,
        make_source: Callable[[str, bool], AudioSource],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._open_source = OpenSource(make_source)
        self._audio = TaskRunner("audio", self)
        self._audio.failed.connect(self.failed)
        self._worker = model.runner
        self._worker.failed.connect(self.failed)
        self.busy_changed = self._worker.busy_changed
        self._capture: Capture | None = None
        self._opening: Task | None = None
        self._wanted: bool | None = None  # a take was asked for before the source was open
        self._source_name = DEFAULT
        self._phase = Phase.WAITING
        self._to_ask: list[Clip] = []
        self._asking: Task | None = None
        self._thinking = 0
        self._problem = ""
        self.source: SourceInfo | None = None
        self.state = State.CLOSED
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(lambda: self._open(rescan=True))

    # --- the source -------------------------------------------------------------------

    def open_source(self, name: str) -> None:
        """Listen to a source from now on; the one before it is closed."""
        self._source_name = name
        self._open(rescan=False)

    def list_devices(self) -> None:
        """Look which input devices there are."""
        self._audio.submit(
            list_input_devices,
            self.devices_listed.emit,
            lambda _: self.devices_listed.emit([]),
        )

    def look_for_devices(self) -> None:
        """Let the system look for devices anew; the source is closed and opened for it."""
        self.stop_playing()  # devices are not looked for while a clip plays
        self._open(rescan=True)

    def _open(self, rescan: bool) -> None:
        self._timer.stop()
        self._retry.stop()
        if self._opening is not None:
            self._opening.drop()
        self._capture = None
        if not rescan:
            self._set_state(State.WAITING)
        name = self._source_name
        self._opening = self._audio.submit(
            lambda: self._open_source.open(name, rescan), self._on_opened, self._on_lost
        )
        if rescan:
            self.list_devices()

    def _on_opened(self, capture: Capture) -> None:
        self._capture = capture
        self._set_problem("")
        source = capture.source
        origin = Origin.SPOKEN if source.is_device else Origin.PLAYED
        self.source = SourceInfo(source.name, source.sample_rate, origin)
        self.source_opened.emit(self.source)
        self._set_state(State.WAITING)
        if self._wanted is not None:
            capture.begin_take(self._wanted)
            self._wanted = None
        self._timer.start()

    def _on_lost(self, error: SpokenDigitsError) -> None:
        """Say that the source cannot be heard; a device is tried again until it can."""
        self._timer.stop()
        self._capture = self._wanted = None
        self._set_state(State.CLOSED)
        if isinstance(error, AudioDeviceError):
            self._retry.start()
        self._set_problem(
            translated(error.sentence)
        )  # last: whoever hears it may open another source

    # --- takes ------------------------------------------------------------------------

    def begin_take(self, held: bool = False) -> None:
        """Record one second; see `Capture.begin_take`."""
        if self._capture is not None:
            self._capture.begin_take(held)
        elif self.state is State.WAITING:
            self._wanted = held

    def release(self) -> None:
        """Tell that the key is not held any more."""
        if self._capture is not None:
            self._capture.release()
        elif self._wanted:
            self._wanted = False

    def cancel_take(self) -> None:
        """Drop the take under way."""
        self._wanted = None
        if self._capture is not None:
            self._capture.cancel_take()

    def keep_playing(self, on: bool) -> None:
        """Let a source that plays recordings do so without a cue, or not."""
        if self._capture is not None:
            self._capture.source.keep_playing(on)

    def recognise_file(self, path: Path) -> None:
        """Recognise a sound file as if it had been spoken; of a long one, tell that it is."""

        def then(takes: list[Clip]) -> None:
            if any((take.seconds or 0.0) > LONGEST_SECONDS for take in takes):
                self.long_opened.emit(path)

        self._think(lambda: analyse_file(path, self.model), then)

    def ask_again(self, takes: Sequence[Clip]) -> None:
        """Ask the model in use about takes, one after another when nothing else is to be done."""
        self._to_ask = []
        self.ask_first(takes)

    def ask_first(self, takes: Sequence[Clip]) -> None:
        """Ask about takes that are looked at, before the others that are asked about."""
        self._to_ask = [*takes, *(take for take in self._to_ask if take not in takes)]
        if self._asking is None:
            self._ask_next()

    def play(
        self,
        clip: AudioClip,
        on_started: Callable[[float], object] | None = None,
        on_failed: Callable[[SpokenDigitsError], object] | None = None,
    ) -> None:
        """Play a clip; tell when it is heard, in seconds, or why it cannot be."""
        self._audio.submit(lambda: self._open_source.play(clip), on_started, on_failed)

    def stop_playing(self) -> None:
        """Stop what is playing."""
        self._audio.submit(self._open_source.stop_playing)

    def _on_tick(self) -> None:
        if self._capture is None or self.source is None:
            return
        try:
            heard = self._capture.poll()
        except SpokenDigitsError as error:
            self._on_lost(error)
            return
        if heard.level is not None:
            self.level_changed.emit(heard.level)
            self.sounds_heard.emit(heard.sounds)
        self._set_problem(translated(heard.problem.sentence) if heard.problem else "")
        if heard.running is not None:
            self.running_changed.emit(heard.running)
        if heard.take is not None:
            take, origin = heard.take, self.source.origin
            self._think(lambda: [analyse(take, self.model, origin)])
        self._phase = heard.phase
        if not self._thinking:
            self._set_state(_STATE_OF_PHASE[heard.phase])

    def _think(
        self, work: Callable[[], list[Clip]], then: Callable[[list[Clip]], object] = lambda _: None
    ) -> None:
        self._thinking += 1
        self._set_state(State.THINKING)

        def on_done(takes: list[Clip]) -> None:
            self._thinking -= 1
            for take in takes:
                self.take_ready.emit(take)
            self._after_thinking()
            then(takes)

        self._worker.submit(work, on_done, self._on_not_recognised)

    def _on_not_recognised(self, error: SpokenDigitsError) -> None:
        self._thinking -= 1
        self._after_thinking()
        self.failed.emit(translated(error.sentence))

    def _ask_next(self) -> None:
        self._asking = None
        if self._to_ask:
            take = self._to_ask.pop(0)

            def on_done(prediction: Prediction | None) -> None:
                take.prediction = prediction
                self.take_updated.emit(take)
                self._ask_next()

            def on_failed(error: SpokenDigitsError) -> None:
                if isinstance(error, SoundFileError):  # it alone cannot be asked about
                    take.problem = translated(error.sentence)
                    self.take_updated.emit(take)
                    self._ask_next()
                else:
                    self._asking = None
                    self.failed.emit(translated(error.sentence))

            self._asking = self._worker.submit(
                lambda: ask_again(take, self.model), on_done, on_failed
            )

    def _after_thinking(self) -> None:
        if not self._thinking:
            is_open = self._timer.isActive()
            self._set_state(_STATE_OF_PHASE[self._phase] if is_open else State.CLOSED)

    # --- the end ----------------------------------------------------------------------

    def close(self) -> None:
        """Stop: the timer, then the device, then the threads; waits for them."""
        self._timer.stop()
        self._retry.stop()
        self._capture = None
        self._worker.close()
        self._audio.close(self._open_source.end)
        self._set_state(State.CLOSED)

    def _set_state(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    def _set_problem(self, sentence: str) -> None:
        if sentence != self._problem:
            self._problem = sentence
            self.problem_changed.emit(sentence)
