"""A clip: whatever is listed, heard and corrected, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.shell.translation import is_certain, translated
from core.errors import SoundFileError
from core.labels import BACKGROUND_NOISE, SILENCE, UNKNOWN, is_word
from core.sound.clip import SAMPLE_RATE
from core.sound.features import FeatureConfig, LogMelFrontEnd
from core.sound.sound_file import never, read_clip, read_second

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.dataset.kept_takes import KeptTake
    from core.dataset.recordings import Saved
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram
    from core.sound.levels import SoundProblem

DISPLAY_FEATURES = FeatureConfig(
    n_fft=1024, win_length=256, hop_length=32, n_mels=96, normalisation="none"
)
"""The spectrogram for the eye: 32 ms windows every 4 ms."""


BAD = "_bad_"
"""What is said of a clip of a data set that nothing is to be learned from."""


class Origin(Enum):
    """Where a clip comes from."""

    SPOKEN = "an input device"
    PLAYED = "a source that plays recordings"
    OPENED = "a file that the person has opened"


class State(Enum):
    """What is to be said of a clip in a word, the most urgent first."""

    PROBLEM = "problem"
    UNSAVED = "unsaved"
    CORRECTED = "corrected"
    SAVED = "saved"
    KEPT = "kept"
    NONE = ""

    @property
    def text(self) -> str:
        """The word."""
        translate = QCoreApplication.translate
        return {
            State.PROBLEM: translate("clips", "problem"),
            State.UNSAVED: translate("clips", "unsaved"),
            State.CORRECTED: translate("clips", "corrected"),
            State.SAVED: translate("clips", "saved"),
            State.KEPT: translate("clips", "kept"),
            State.NONE: "",
        }[self]


@dataclass(eq=False, slots=True)
class Clip:
    """A clip, and what is known of it so far; only the GUI thread changes it.

    Parameters
    ----------
    name : str
        Of the file, or what a take was recorded from.
    path : Path or None
        The file, which is read when it is wanted.
    sound : AudioClip or None
        What is in memory; of a take, its second.
    folder : str
        Where the file lies, as far as it differs from the others of its list.
    data_set : Path or None
        The folder to which it belongs, if that is a data set.
    start, stop : float or None
        Where in the file it is, in seconds, if it is a word of a longer recording.
    named : str or None
        The word that its folder or its file is named after.
    given : str or None
        The word that was said, as the person tells.
    origin : Origin
    time : datetime or None
        When it was recorded.
    note : str
        What was done to make it one second long.
    prediction : Prediction or None
        What a model heard.
    before : Prediction or None
        What another model had heard.
    seconds, level : float or None
        How long it is, and how loud the loudest of it, in dBFS.
    words : int or None
        How many words were found in it, if it is longer than one.
    problem : str
        What is wrong with it, in a sentence: it cannot be read, or does not fit its data set.
    recording : Saved or None
        Where it is kept under the word that the person said it was.
    is_saved : bool
        Whether it is kept elsewhere.
    kept : KeptTake or None
        Where it is kept for the next time; `path` is its file then.
    """

    name: str
    path: Path | None = None
    sound: AudioClip | None = None
    folder: str = ""
    data_set: Path | None = None
    start: float | None = None
    stop: float | None = None
    named: str | None = None
    given: str | None = None
    origin: Origin = Origin.OPENED
    time: datetime | None = None
    note: str = ""
    prediction: Prediction | None = None
    before: Prediction | None = None
    seconds: float | None = None
    level: float | None = None
    words: int | None = None
    problem: str = ""
    recording: Saved | None = None
    is_saved: bool = False
    kept: KeptTake | None = None

    @property
    def expected(self) -> str | None:
        """The word that was said; the person's word counts before the folder's."""
        return self.given if self.given is not None else self.named

    @property
    def heard(self) -> str | None:
        """What the model answered, if it did."""
        return self.prediction.label if self.prediction else None

    @property
    def label(self) -> str | None:
        """What it is, as far as anybody knows; the model's word counts last."""
        return self.expected if self.expected is not None else self.heard

    @property
    def state(self) -> State:
        """What is to be said of it in a word."""
        if self.problem:
            return State.PROBLEM
        if self.given is not None:
            return State.CORRECTED
        if self.is_saved:
            return State.SAVED
        if self.kept is not None:
            return State.KEPT
        is_take = self.origin is Origin.SPOKEN and self.path is None
        return State.UNSAVED if is_take else State.NONE

    @property
    def best(self) -> str:
        """What the model heard, however unsure; nothing where it was not asked."""
        said = self.prediction
        if said is None or said.problem is not None or self.words not in (None, 1):
            return ""
        return said.best

    @property
    def confidence(self) -> float | None:
        """How sure the model is, 0-1, where it was asked."""
        return self.prediction.confidence if self.prediction is not None and self.best else None

    @property
    def is_wrong(self) -> bool:
        """Whether the model heard another word than was said.

        A word that the model does not know, and noise, are to be turned down.
        """
        said, best = self.expected, self.best
        if said in (None, BAD, best) or not best or self.prediction is None:
            return False
        known = said in self.prediction.labels and said not in (SILENCE, BACKGROUND_NOISE)
        return known or best not in (SILENCE, UNKNOWN)

    @property
    def is_unsure(self) -> bool:
        """Whether the model heard a word, but was not certain."""
        said, best = self.prediction, self.best
        return said is not None and bool(best) and is_word(best) and not is_certain(said)

    @property
    def is_refused(self) -> bool:
        """Whether it was not given to the model: there is nothing to be heard in it."""
        return self.prediction is not None and self.prediction.problem is not None

    @property
    def is_file(self) -> bool:
        """Whether it is a whole file that is not the program's: what it holds may change."""
        return (
            self.sound is None
            and self.path is not None
            and self.start is None
            and self.kept is None
        )

    @property
    def known_problem(self) -> SoundProblem | None:
        """What was wrong with the sound when it came in; that of a file is looked for again."""
        return None if self.prediction is None or self.is_file else self.prediction.problem

    @property
    def has_changed(self) -> bool:
        """Whether another model had heard something else."""
        old, new = self.before, self.prediction
        return old is not None and new is not None and old.best != new.best

    @property
    def moment(self) -> str:
        """When it was recorded: today's time of day, or the day."""
        if self.time is None:
            return ""
        if self.time.date() == datetime.now().date():
            return f"{self.time:%H:%M:%S}"
        day = QDate(*self.time.timetuple()[:3])
        return QLocale().toString(day, QLocale.FormatType.ShortFormat)

    @property
    def notes(self) -> list[str]:
        """All that is known of it in sentences."""
        notes = [str(self.path) if self.path is not None else self.name]
        notes += filter(None, (self.note, self.problem))
        if self.prediction is not None:
            if self.prediction.sentence is not None:
                notes.append(translated(self.prediction.sentence))
            asked = QCoreApplication.translate("clips", "Asked: {0}")
            notes.append(asked.format(self.prediction.model))
        if self.recording is not None:
            kept = QCoreApplication.translate("clips", "Kept as {0}")
            notes.append(kept.format(self.recording.path))
        return notes


def sound_of(clip: Clip, should_stop: Callable[[], bool] = never) -> AudioClip:
    """Return the second of a clip that a model is given; off the GUI thread, it may be read.

    Raises
    ------
    SoundFileError
        When its file is gone or cannot be read.
    ReadingStopped
        When it is to stop.
    """
    if clip.sound is not None:
        return clip.sound
    if clip.path is None:
        raise SoundFileError("{error}", error=clip.problem)  # why there is no file
    if clip.start is None or clip.stop is None:
        return read_second(clip.path, should_stop).clip
    first = max(0.0, (clip.start + clip.stop) / 2 - 0.5)
    return read_clip(clip.path, 1.0, first, should_stop).resampled(SAMPLE_RATE).fitted()


@cache
def _front_end() -> LogMelFrontEnd:
    return LogMelFrontEnd(DISPLAY_FEATURES)


def picture_of(clip: AudioClip) -> MelSpectrogram:
    """Return the spectrogram for the eye of a take."""
    return _front_end().spectrogram(clip.samples)
