"""What can be inspected, how it is looked at, and what it looks like once it was opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.shell.translation import answer_text, translated

if TYPE_CHECKING:
    from pathlib import Path

    from app.library.clips import Clip
    from app.sound_view.picture import ViewSettings
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.levels import SoundProblem
    from core.sound.picture import Picture


@dataclass(frozen=True, slots=True, eq=False)
class ClipItem:
    """A row of the list: a file, or a take that is in memory only.

    Parameters
    ----------
    name : str
    path : Path or None
        The file, which is read when it is wanted.
    clip : AudioClip or None
        The take, when there is no file.
    problem : SoundProblem or None
        What is known to be wrong with a take.
    """

    name: str
    path: Path | None = None
    clip: AudioClip | None = None
    problem: SoundProblem | None = None

    @classmethod
    def of_take(cls, take: Clip) -> ClipItem:
        """Return the row of a take of this session."""
        problem = take.prediction.problem if take.prediction else None
        path = take.path if take.sound is None else None  # of one that is kept
        return cls(f"{take.time:%H:%M:%S}  {take.name}", path, take.sound, problem)


@dataclass(frozen=True, slots=True)
class Glance:
    """What the list says of a clip.

    Parameters
    ----------
    seconds : float or None
        Its length; None when it cannot be read.
    answer : str
        In a word or two; see `answer_text`.
    confidence : float or None
    sentence : str
        Why there is no answer, or why the clip cannot be read.
    """

    seconds: float | None
    answer: str = ""
    confidence: float | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class InspectedClip:
    """A clip that was opened.

    Parameters
    ----------
    item : ClipItem
    clip : AudioClip
        What is seen and played, at least a second; at 8 kHz, or as recorded.
    take : AudioClip
        The second that a model is given: 8000 samples at 8 kHz.
    take_start : float
        Where in `clip` that second begins.
    file_seconds : float
        How long the file is.
    prediction : Prediction or None
        None when there is no model.
    picture : Picture
    settings : ViewSettings
        How it is looked at.
    note : str
        What was done to show it and to make it one second long; may be empty.
    offset : float
        Where in the file `clip` begins.
    """

    item: ClipItem
    clip: AudioClip
    take: AudioClip
    take_start: float
    file_seconds: float
    prediction: Prediction | None
    picture: Picture
    settings: ViewSettings
    note: str = ""
    offset: float = 0.0

    @property
    def glance(self) -> Glance:
        """What the list says of it."""
        return glance_at(self.file_seconds, self.prediction)

    def judged(self, threshold: float) -> InspectedClip:
        """Return the same with an answer from another confidence on."""
        if self.prediction is None or self.prediction.threshold == threshold:
            return self
        return replace(self, prediction=replace(self.prediction, threshold=threshold))


def glance_at(seconds: float, prediction: Prediction | None) -> Glance:
    """Return what the list says of a clip and its prediction."""
    if prediction is None:
        return Glance(seconds)
    confidence = None if prediction.problem else prediction.confidence
    sentence = translated(prediction.sentence) if prediction.sentence else ""
    return Glance(seconds, answer_text(prediction), confidence, sentence)
