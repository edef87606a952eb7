"""The command that listens: a line for each digit, until the file or the person ends it."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.cli import EXIT_OK
from core.errors import AudioDeviceError
from core.sound.clip import SAMPLE_RATE
from core.sound.intake import Intake, Sound
from core.sound.sources import FileSource, open_source

if TYPE_CHECKING:
    from core.recognition.listening import ListeningEvent, StreamRecogniser
    from core.sound.levels import SoundProblem

_POLL_SECONDS = 0.02
_RETRY_SECONDS = 2.0
_LAST_QUIET = np.zeros(SAMPLE_RATE // 2, np.float32)  # lets the last word of a file end


def listen(stream: StreamRecogniser, source: str, as_json: bool) -> int:
    """Print a line for each digit that is spoken; return the exit status.

    Parameters
    ----------
    stream : StreamRecogniser
        Has heard nothing yet.
    source : str
        As `open_source` takes it. A file is read as fast as it can be recognised; a device
        that disappears is waited for.
    as_json : bool
        Print objects ``{"time", "label", "confidence"}``.

    Raises
    ------
    AudioDeviceError
        When the device cannot be opened in the first place.
    SoundFileError
        When the file cannot be read.
    """
    listener = _PrintingListener(stream, as_json)
    path = Path(source).expanduser()
    try:
        if path.is_file():
            listener.hear_file(FileSource(path))
        else:
            listener.hear_device(source)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return EXIT_OK


class _PrintingListener:
    """Feeds a stream recogniser and prints what it tells; troubles go to stderr."""

    def __init__(self, stream: StreamRecogniser, as_json: bool) -> None:
        self._stream = stream
        self._as_json = as_json
        self._problem: SoundProblem | None = None
        self._interrupted = False

    def hear_file(self, source: FileSource) -> None:
        intake = Intake(source)
        intake.start()
        try:
            while not source.ended:
                for sound in intake.read():
                    self._hear(sound)
            self._hear(Sound(_LAST_QUIET))
        finally:
            intake.close()

    def hear_device(self, name: str) -> None:
        intake = Intake(open_source(name))
        try:
            intake.start()
            while True:
                try:
                    self._hear_on(intake)
                except AudioDeviceError as error:
                    intake.close()
                    _say(f"{error} Ctrl+C ends.")
                intake = self._wait_for(name)
                _say("The input is back.")
        finally:
            intake.close()

    def _hear_on(self, intake: Intake) -> None:
        intake.source.keep_playing(True)
        while True:
            for sound in intake.read():
                self._hear(sound)
            if intake.problem is not self._problem:
                self._problem = intake.problem
                if self._problem is not None:
                    _say(str(self._problem.sentence))
            time.sleep(_POLL_SECONDS)

    def _wait_for(self, name: str) -> Intake:
        self._interrupted = True
        while True:
            time.sleep(_RETRY_SECONDS)
            intake = Intake(open_source(name, rescan=True))
            try:
                intake.start()
            except AudioDeviceError:
                intake.close()
            else:
                return intake

    def _hear(self, sound: Sound) -> None:
        if sound.lost:
            _say(f"Sound was lost at {self._stream.seconds:.2f} s: the computer was too busy.")
        lost, self._interrupted = sound.lost or self._interrupted, False
        for event in self._stream.hear(sound.samples, lost, sound.clipped_seconds):
            self._print(event)

    def _print(self, event: ListeningEvent) -> None:
        if self._as_json:
            confidence = round(event.confidence, 4)
            data = {"time": round(event.start, 3), "label": event.label, "confidence": confidence}
            print(json.dumps(data))
        else:
            print(f"{event.start:8.2f} s  {event.label:10s} {event.confidence:.1%}")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
