"""``listen``: a line for each digit, until the file or the person ends it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from core.cli import EXIT_OK
from core.cli.terminal import complain, quiet, tell, tell_json
from core.errors import AudioDeviceError
from core.export.words import text_line
from core.recognition.listening import StreamRecogniser
from core.recognition.words import Word, words_in
from core.sound.intake import Intake
from core.sound.sources import named_file, open_source

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from core.sound.intake import Sound
    from core.sound.levels import SoundProblem

_POLL_SECONDS = 0.02
_RETRY_SECONDS = 2.0


def run(args: argparse.Namespace) -> int:
    """Print a line for each digit that is spoken.

    A file is read as fast as it can be recognised; a device that disappears is waited for.
    """
    with quiet():
        stream = StreamRecogniser.load(args.model)
    listener = _PrintingListener(stream, args.json)
    path = named_file(args.source)
    try:
        if path is not None:
            listener.hear_file(path)
        else:
            listener.hear_device(args.source)
    except KeyboardInterrupt:
        complain("")
    return EXIT_OK


class _PrintingListener:
    """Feeds a stream recogniser and prints what it tells; troubles go to stderr."""

    def __init__(self, stream: StreamRecogniser, as_json: bool) -> None:
        self._stream = stream
        self._as_json = as_json
        self._problem: SoundProblem | None = None
        self._interrupted = False

    def hear_file(self, path: Path) -> None:
        for part in words_in(path, self._stream.recogniser):
            for word in part.words:
                self._print(word)

    def hear_device(self, name: str) -> None:
        intake = Intake(open_source(name))
        try:
            intake.start()
            while True:
                try:
                    self._hear_on(intake)
                except AudioDeviceError as error:
                    intake.close()
                    complain(f"{error} Ctrl+C ends.")
                intake = self._wait_for(name)
                complain("The input is back.")
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
                    complain(self._problem.sentence)
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
            complain(f"Sound was lost at {self._stream.seconds:.2f} s: the computer was too busy.")
        lost, self._interrupted = sound.lost or self._interrupted, False
        for event in self._stream.hear(sound.samples, lost, sound.clipped_seconds):
            self._print(Word.of(event))

    def _print(self, word: Word) -> None:
        if self._as_json:
            confidence = round(word.confidence, 4)
            tell_json({"time": round(word.start, 3), "label": word.label, "confidence": confidence})
        else:
            tell(text_line(word))
