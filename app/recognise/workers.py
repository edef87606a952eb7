"""What happens on the two worker threads of the Recognise tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from app.recognise.clip_reader import picture_of
from app.recognise.takes import RecognisedTake
from app.shell.translation import translated
from core.recognition.bundle import load_bundle
from core.sound.capture import Capture, Take
from core.sound.clip import TAKE_SAMPLES
from core.sound.levels import find_problem
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.recognition.bundle import ModelMetadata
    from core.recognition.recogniser import DigitRecogniser
    from core.sound.clip import AudioClip
    from core.sound.sources import AudioSource


class Listener:
    """The audio thread's: holds the one open source, and plays clips.

    Parameters
    ----------
    make_source : callable
        Makes an AudioSource from its name and whether to rescan devices.
    """

    def __init__(self, make_source: Callable[[str, bool], AudioSource]) -> None:
        self._make_source = make_source
        self._capture: Capture | None = None

    def open(self, name: str, rescan: bool) -> Capture:
        """Close what is open and open a source."""
        self.close()
        self._capture = Capture(self._make_source(name, rescan))
        self._capture.start()
        return self._capture

    def close(self) -> None:
        """Close the source, whoever still waits for it."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.close()

    def play(self, clip: AudioClip) -> float:
        """Play a clip; return the seconds until it is heard."""
        from core.sound.microphone import play

        return play(clip)

    def stop_playing(self) -> None:
        """Stop what is playing."""
        from core.sound.microphone import stop

        stop()

    def end(self) -> None:
        """Close the source, and stop what is playing."""
        self.close()
        self.stop_playing()


class Analyst:
    """The recognition thread's: loads a model and asks it."""

    def __init__(self) -> None:
        self._recogniser: DigitRecogniser | None = None
        self.closing = False
        """Nobody waits for the file any more that is being read."""

    def load(self, path: Path) -> ModelMetadata:
        """Use another model; when it cannot be loaded the one before stays."""
        from core.recognition.recogniser import DigitRecogniser

        recogniser = DigitRecogniser(load_bundle(path))
        recogniser.probabilities(np.zeros((1, TAKE_SAMPLES), np.float32))  # the first is slow
        self._recogniser = recogniser
        return self._recogniser.bundle.metadata

    def analyse(self, take: Take, note: str | None = None) -> RecognisedTake:
        """Make the picture and the prediction of a take."""
        spectrogram = picture_of(take.clip)
        prediction = None
        if self._recogniser is not None:
            prediction = self._recogniser.recognise(take.clip, take.problem)
        return RecognisedTake(
            datetime.now().astimezone(), take.source, take.clip, spectrogram, prediction, note
        )

    def analyse_file(self, path: Path) -> RecognisedTake:
        """Do the same with a second of a file."""
        second = read_second(path, lambda: self.closing)
        clip = second.clip
        note = translated(second.note) if second.note else None
        return self.analyse(Take(clip, path.name, find_problem(clip)), note)

    def set_threshold(self, threshold: float) -> None:
        """Give answers from another confidence on."""
        if self._recogniser is not None:
            self._recogniser.threshold = threshold

    def ask_again(self, take: RecognisedTake) -> RecognisedTake:
        """Ask the model that is in use now."""
        assert self._recogniser is not None
        problem = take.prediction.problem if take.prediction else None
        return replace(take, prediction=self._recogniser.recognise(take.clip, problem))
