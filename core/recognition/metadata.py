"""What a bundle says of its model: ``bundle.json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from core.dataset.health import CorrectionReport, SplitReport  # noqa: TC001 - fields of a record
from core.labels import is_word
from core.records import fields_from_json, fields_to_json
from core.sound.clip import SAMPLE_RATE
from core.sound.features import FeatureConfig  # noqa: TC001 - a field of a record

FORMAT_VERSION = 1
MOST_LABELS = 1000
_LONGEST_TEXT = 255
_LARGEST_N_FFT, _LARGEST_N_MELS = 2**16, 2**10
_LARGEST_TRANSFORM, _LARGEST_BASIS = 2**24, 2**23  # numbers that are in memory at once


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold does: shares in 0-1 of words answered with one, of others with none."""

    threshold: float
    accepted: float
    rejected: float

    def to_json(self) -> dict[str, float]:
        """Return the point as a JSON object."""
        return {name: round(getattr(self, name), 4) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class TestFigures:
    """How good a model is on its test set: a share in 0-1, with the bounds of 95 %."""

    __test__ = False  # it is no test of pytest's

    accuracy: float
    accuracy_interval: tuple[float, float]
    clips: int
    speakers: int


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """How many of some clips a model has right, before it was adapted and after."""

    clips: int
    before: int
    after: int

    def __add__(self, other: BeforeAndAfter) -> BeforeAndAfter:
        return BeforeAndAfter(
            self.clips + other.clips, self.before + other.before, self.after + other.after
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """What became of a copy of a model that was adapted to a person.

    Parameters
    ----------
    model : str
        The name of the model that it is a copy of.
    yours : BeforeAndAfter
        Clips of the person's, each judged by one of `folds` copies that have not learned from it.
    learned, left_out : int
        The person's clips that were learned from, and those whose word the model does not know.
    samples, rehearsal : BeforeAndAfter
        The standard test: clips that ship with the program, and those that the bundle kept.
    seconds : float
        What it took.
    worse : bool
        Whether it has lost for the person, or too much of the standard test.
    speakers : tuple of str
        Whose clips they are, as far as that is known.
    """

    model: str
    yours: BeforeAndAfter
    folds: int = 0
    learned: int = 0
    samples: BeforeAndAfter = BeforeAndAfter(0, 0, 0)
    rehearsal: BeforeAndAfter = BeforeAndAfter(0, 0, 0)
    left_out: int = 0
    seconds: float = 0.0
    worse: bool = False
    speakers: tuple[str, ...] = ()
    corrections: CorrectionReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """What was measured of a model; `tested_on` says whom its test set is of."""

    best_epoch: int | None = None
    val_accuracy: float | None = None
    test: TestFigures | None = None
    tested_on: str = ""
    operating_points: tuple[OperatingPoint, ...] = ()
    adaptation: Adaptation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    """What a model was trained on: the name of the folder, a hash of its sounds, its sides.

    Where a person has said of its clips what they are, or that they are bad, how many those were.
    """

    name: str = ""
    fingerprint: str = ""
    split: SplitReport | None = None
    corrections: CorrectionReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelMetadata:
    """What a bundle says of its model.

    Parameters
    ----------
    name : str
        What a person calls it.
    labels : tuple of str
        In the order of the network's outputs.
    features : FeatureConfig or None
        The front end; None for a network that is given the waveform itself.
    architecture : str
        The name of the network's kind.
    parameters : int
        How many weights it has.
    created : str
        When it was trained, ISO 8601.
    threshold : float
        Below this confidence, in 0-1, the model's answer is not given.
    temperature : float
        What the logits are divided by to make the confidence honest, in 0.01-100; 1 changes
        nothing.
    metrics : Metrics
    data_set : DataSource
    training : dict
        The settings of the run.
    versions : dict
        Library versions.

    Raises
    ------
    ValueError
        When a value is outside its range, or the features would take too much memory.
    """

    name: str
    labels: tuple[str, ...]
    features: FeatureConfig | None
    architecture: str
    parameters: int
    created: str
    threshold: float = 0.0
    temperature: float = 1.0
    metrics: Metrics = Metrics()
    data_set: DataSource = DataSource()
    training: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 2 <= len(self.labels) <= MOST_LABELS or len(set(self.labels)) != len(self.labels):
            raise ValueError("labels must be at least two different words")
        texts = (self.name, self.architecture, self.created, *self.labels)
        if not all(0 < len(text) <= _LONGEST_TEXT for text in texts):
            raise ValueError(f"a name or a label must have 1 to {_LONGEST_TEXT} letters")
        if not 0 <= self.threshold <= 1:
            raise ValueError(f"threshold must be in 0-1, not {self.threshold!r}")
        if not 0.01 <= self.temperature <= 100:
            raise ValueError(f"temperature must be in 0.01-100, not {self.temperature!r}")
        if self.features is not None:
            _check_features(self.features)

    @property
    def words(self) -> tuple[str, ...]:
        """The labels that are words."""
        return tuple(filter(is_word, self.labels))

    def operating_point(self, threshold: float) -> OperatingPoint | None:
        """Return what a threshold did on the validation set, or None when it was not noted."""
        points = self.metrics.operating_points
        return min(points, key=lambda point: abs(point.threshold - threshold), default=None)

    def to_json(self) -> dict[str, Any]:
        """Return the metadata as a JSON object."""
        return {"format_version": FORMAT_VERSION} | fields_to_json(self)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the metadata back; unknown entries are ignored.

        Raises
        ------
        ValueError
            When an entry is missing or wrong, at any depth.
        """
        return fields_from_json(cls, data)


def _check_features(features: FeatureConfig) -> None:
    """Bound what a take costs, before anything is computed."""
    if features.sample_rate != SAMPLE_RATE:
        raise ValueError(f"features of {features.sample_rate} Hz, not of {SAMPLE_RATE} Hz")
    n_fft, n_mels, n_frames = features.n_fft, features.n_mels, features.n_frames()
    if (
        n_fft > _LARGEST_N_FFT
        or n_mels > _LARGEST_N_MELS
        or n_mels * n_fft > _LARGEST_BASIS
        or n_frames * max(n_fft, n_mels) > _LARGEST_TRANSFORM
    ):
        raise ValueError(f"{n_mels} bands of {n_frames} frames of {n_fft} samples are too many")
    if not SAMPLE_RATE // 1000 <= features.win_length <= SAMPLE_RATE:
        raise ValueError(f"a window of {features.win_length} samples is no window")
