"""What can be inspected, how it is looked at, and what it looks like once it was opened."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from app.shell.translation import answer_text, translated
from core.sound.picture import PictureConfig

if TYPE_CHECKING:
    from pathlib import Path

    from app.recognise.takes import RecognisedTake
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.levels import SoundProblem
    from core.sound.picture import Picture


_NARROWEST_HZ = 200.0
_WIDEST_HZ = (4000.0, 24_000.0)  # at 8 kHz, and as recorded
_LARGEST = (2**16, 512, _WIDEST_HZ[1], True)  # of what is remembered, to be drawn at all
_Z_SCORE_LEVELS = (-2.0, 3.0)
_COLOUR_MAPS = ("magma", "viridis", "cividis", "grey")


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
    def of_take(cls, take: RecognisedTake) -> ClipItem:
        """Return the row of a take of this session."""
        problem = take.prediction.problem if take.prediction else None
        return cls(f"{take.time:%H:%M:%S}  {take.source}", None, take.clip, problem)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSettings:
    """The settings of the Inspect tab.

    Parameters
    ----------
    picture : PictureConfig
    ceiling_db : float
        The brightest colour, in dB; above the floor, which is ``-picture.top_db``.
    colour_map : str
    as_recorded : bool
        Show the sound at its file's own rate, not at the 8 kHz that a model is given.

    Raises
    ------
    ValueError
        When a setting is outside its range.
    """

    picture: PictureConfig = field(default_factory=PictureConfig)
    ceiling_db: float = 0.0
    colour_map: str = "magma"
    as_recorded: bool = False

    def __post_init__(self) -> None:
        if self.colour_map not in _COLOUR_MAPS:
            raise ValueError(f"there is no colour map {self.colour_map!r}")
        if not -self.picture.top_db < self.ceiling_db <= 0:
            raise ValueError(f"no colours from {-self.picture.top_db} to {self.ceiling_db} dB")

    @property
    def is_z_score(self) -> bool:
        """Whether values are standard deviations."""
        return self.picture.normalisation == "z-score"

    @property
    def levels(self) -> tuple[float, float]:
        """The values of the darkest and the brightest colour."""
        if self.is_z_score:
            return _Z_SCORE_LEVELS
        return (-self.picture.top_db, self.ceiling_db)

    def frequencies_zoomed(self, factor: float, about: float) -> ViewSettings:
        """Return the settings that look closer at a frequency in Hz, which keeps its place."""
        low, high = self.picture.fmin, self.picture.fmax
        factor = min(factor, (high - low) / _NARROWEST_HZ)
        fmin = round(max(0.0, about - (about - low) / factor))
        fmax = round(min(_WIDEST_HZ[self.as_recorded], about + (high - about) / factor))
        return replace(self, picture=replace(self.picture, fmin=float(fmin), fmax=float(fmax)))

    def with_all_frequencies(self) -> ViewSettings:
        """Return the settings that leave out no frequency."""
        highest = _WIDEST_HZ[self.as_recorded]
        return replace(self, picture=replace(self.picture, fmin=0.0, fmax=highest))

    def to_text(self) -> str:
        """Return the settings as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> ViewSettings:
        """Read the settings back; what cannot be read is the standard."""
        try:
            data = json.loads(text)
            settings = cls(**(data | {"picture": PictureConfig(**data["picture"])}))
            picture = settings.picture
            sizes = (picture.n_fft, picture.n_mels, picture.fmax, settings.as_recorded)
            is_drawn = all(size <= most for size, most in zip(sizes, _LARGEST, strict=True))
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls()
        return settings if is_drawn else cls()
