"""A take together with what was made of it: its picture and its prediction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.shell.translation import fill, translated
from core.sound.capture import Take
from core.sound.features import FeatureConfig, LogMelFrontEnd
from core.sound.levels import find_problem
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from pathlib import Path

    from app.shell.exports import Exportable
    from app.shell.model_in_use import ModelInUse
    from core.dataset.recordings import Saved
    from core.recognition.listening import ListeningEvent
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram

DISPLAY_FEATURES = FeatureConfig(
    n_fft=1024, win_length=256, hop_length=32, n_mels=96, normalisation="none"
)
"""The spectrogram for the eye: 32 ms windows every 4 ms."""


class Origin(Enum):
    """Where a take comes from."""

    SPOKEN = "an input device"
    PLAYED = "a source that plays recordings"
    OPENED = "a file that the person has opened"


@dataclass(frozen=True, slots=True, eq=False)
class RecognisedTake:
    """One second of sound, its picture, and its prediction.

    Parameters
    ----------
    time : datetime
        When it was completed.
    source : str
        The device or file it came from.
    clip : AudioClip
    spectrogram : MelSpectrogram
        For the eye.
    prediction : Prediction or None
        None when there was no model to ask.
    note : str or None
        What was done to make it one second long.
    recording : Saved or None
        Where the person has kept it, under the label that they said it was.
    origin : Origin
    """

    time: datetime
    source: str
    clip: AudioClip
    spectrogram: MelSpectrogram
    prediction: Prediction | None
    note: str | None = None
    recording: Saved | None = None
    origin: Origin = Origin.SPOKEN

    @property
    def heard(self) -> str | None:
        """What the model answered, if it did."""
        return self.prediction.label if self.prediction else None

    @property
    def label(self) -> str | None:
        """What it was, as far as anybody knows: the person's word counts before the model's."""
        return self.recording.label if self.recording else self.heard

    def exportable(self) -> Exportable:
        """Return the take for whoever wants to take it along."""
        from app.shell.exports import Exportable
        from core.export.figures import ClipFigure
        from core.sound.picture import Picture

        name = f"{self.label or 'take'}_{self.time:%Y-%m-%d_%H-%M-%S}"
        picture = Picture.of_mel(self.spectrogram)
        return Exportable(ClipFigure(name, self.clip, picture, self.prediction))


_SHORTEST_SECONDS, _LONGEST_SECONDS = 1.2, 60.0  # of a file whose words are takes


@cache
def _front_end() -> LogMelFrontEnd:
    return LogMelFrontEnd(DISPLAY_FEATURES)


def picture_of(clip: AudioClip) -> MelSpectrogram:
    """Return the spectrogram for the eye of a take."""
    return _front_end().spectrogram(clip.samples)


# --- on the thread of the model in use ----------------------------------------------------


def analyse(take: Take, model: ModelInUse, origin: Origin) -> RecognisedTake:
    """Make the picture and the prediction of a take."""
    now, picture = datetime.now().astimezone(), picture_of(take.clip)
    prediction = model.ask(take.clip, take.problem)
    return RecognisedTake(now, take.source, take.clip, picture, prediction, origin=origin)


def analyse_file(path: Path, model: ModelInUse) -> list[RecognisedTake]:
    """Do the same with a file: with each of its words, or with a second of it.

    Of a file that is longer than a minute, or holds fewer than two words, the loudest second is
    taken. Where the words are cut out, the note says when they are.
    """

    def should_stop() -> bool:
        return model.runner.closing

    second = read_second(path, should_stop)
    if _SHORTEST_SECONDS < second.file_seconds <= _LONGEST_SECONDS:
        events = model.listen(path, should_stop)
        if len(events) > 1:
            return [_take_of(event, path) for event in events]
    clip = second.clip
    take = analyse(Take(clip, path.name, find_problem(clip)), model, Origin.OPENED)
    return [replace(take, note=translated(second.note)) if second.note else take]


def _take_of(event: ListeningEvent, path: Path) -> RecognisedTake:
    now, clip = datetime.now().astimezone(), replace(event.clip, from_file=True)
    where = QCoreApplication.translate("takes", "a word of the file, from {0:.2f} s on")
    return RecognisedTake(
        now,
        path.name,
        clip,
        picture_of(clip),
        event.prediction,
        fill(where, event.start),
        origin=Origin.OPENED,
    )


def ask_again(take: RecognisedTake, model: ModelInUse) -> RecognisedTake:
    """Ask the model that is in use now about a take."""
    problem = take.prediction.problem if take.prediction else None
    return replace(take, prediction=model.ask(take.clip, problem))
