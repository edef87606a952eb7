"""What is told of how good a model is; written into its bundle, and printed for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from core.recognition.bundle import EVALUATION_FILE, reading
from core.recognition.metadata import TestFigures
from core.records import fields_from_json, fields_to_json, read_json

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 64 * 2**20  # a line for each of half a million clips


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """How well a label is known: shares in 0-1, and how many clips have it."""

    precision: float
    recall: float
    f1: float
    clips: int


@dataclass(frozen=True, slots=True)
class ClipResult:
    """What was answered to a clip; `name` is its path below the folder, with slashes."""

    name: str
    label: str
    answer: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """Clips of about the same confidence: its mean, and the share that is right."""

    confidence: float
    accuracy: float
    clips: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """The reliability diagram and the expected calibration error; see `reliability`."""

    error: float
    bins: tuple[ConfidenceBin, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """The share of words that is right in some kind of sound, and that of the reference."""

    name: str
    clips: int
    accuracy: float
    reference: float | None = None


@dataclass(frozen=True, slots=True)
class SpeakerFigures:
    """How many speakers there are, and what share is right of the worst and of the median."""

    count: int
    worst: float | None = None
    median: float | None = None


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How well the words of some speakers, or of one, are known.

    Parameters
    ----------
    name : str
        A speaker's, or what the names of several begin with, as ``am…``; see `speaker_groups`.
    speakers, clips : int
    right : float
        The share of clips whose most probable word is their own.
    interval : (float, float)
        Its 95 % confidence interval.
    answered : float
        The share that is answered, and right, at the model's threshold.
    """

    name: str
    speakers: int
    clips: int
    right: float
    interval: tuple[float, float]
    answered: float


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """The share of what is no word of the model that is not answered with one.

    Parameters
    ----------
    clips : int
    turned_down : float
        At the model's threshold.
    turned_down_at_97 : float or None
        At the threshold that accepts 97 % of the words.
    """

    clips: int
    turned_down: float
    turned_down_at_97: float | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """What the model's threshold does to words, to other words and to noises."""

    threshold: float
    words_accepted: float
    other_words: TurnedDown | None = None
    noises: TurnedDown | None = None


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """How often noise is taken for a word, in so many hours of it."""

    hours: float
    false_alarms_an_hour: float


@dataclass(frozen=True, slots=True)
class RobustnessReport:
    """What `robustness` measures; what could not be is None.

    `groups` are all speakers, `lowest` those of whom the least is right.
    """

    conditions: tuple[Condition, ...]
    speakers: SpeakerFigures
    rejection: Rejection
    calibration: Reliability | None = None
    noise: FalseAlarms | None = None
    groups: tuple[GroupFigures, ...] = ()
    lowest: tuple[GroupFigures, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The figures of a model on recordings whose labels are known.

    Parameters
    ----------
    accuracy : float
        The share, in 0-1, of clips whose most probable label is their own.
    accuracy_interval : (float, float)
        Its 95 % confidence interval.
    clips, speakers : int
    per_label : dict
    confusion : tuple of tuple of int
        A row for each label that was said, a column for each answer, in the order of `labels`.
    labels : tuple of str
    skipped : int
        Recordings that could not be read, or whose label the model does not know.
    calibration : Reliability or None
    clip_results : tuple of ClipResult
        Empty when they are not wanted.
    robustness : RobustnessReport or None
    """

    accuracy: float
    accuracy_interval: tuple[float, float]
    clips: int
    speakers: int
    per_label: dict[str, LabelFigures]
    confusion: tuple[tuple[int, ...], ...]
    labels: tuple[str, ...]
    skipped: int
    calibration: Reliability | None = None
    clip_results: tuple[ClipResult, ...] = ()
    robustness: RobustnessReport | None = None

    def __post_init__(self) -> None:
        n = len(self.labels)
        if len(self.confusion) != n or any(len(row) != n for row in self.confusion):
            raise ValueError("confusion must have a row and a column for every label")

    @property
    def figures(self) -> TestFigures:
        """What is said of all clips together."""
        return TestFigures(self.accuracy, self.accuracy_interval, self.clips, self.speakers)

    def to_json(self) -> dict[str, Any]:
        """Return the figures as a JSON object; clip by clip only when they hold some."""
        data = fields_to_json(self)
        if not self.clip_results:
            del data["clip_results"]
        return data

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the figures back; raises ValueError when they are damaged."""
        return fields_from_json(cls, data)


def read_evaluation(bundle: Path) -> EvaluationReport | None:
    """Return what a model said of its test set when it was trained, or None when it has none.

    Raises
    ------
    BundleError
        When the file is damaged.
    """
    with reading(bundle, EVALUATION_FILE, needed=False):
        if not (bundle / EVALUATION_FILE).is_file():
            return None
        return EvaluationReport.from_json(read_json(bundle / EVALUATION_FILE, _LARGEST))
