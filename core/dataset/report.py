"""What is told of a folder of recordings, by the command that looks at it, and in bundles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Self

from core.records import fields_from_json, from_json
from core.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Side:
    """How many clips stand on a side of a split, and how many people have spoken them."""

    clips: int
    speakers: int


@dataclass(frozen=True, slots=True)
class SplitReport:
    """What `Split.to_json` tells.

    Parameters
    ----------
    kind : str
        "speaker" or "random".
    shared_speakers : int
        How many speakers are learned from and stand on another side, too.
    unknown_speakers : int
        How many recordings do not tell who speaks.
    train, validation, test : Side
    by_lists : bool
    """

    kind: str
    shared_speakers: int
    train: Side
    validation: Side
    test: Side
    by_lists: bool = False
    unknown_speakers: int = 0


@dataclass(frozen=True, slots=True)
class LabelReport:
    """What there is of a label; all its clips together last `seconds`."""

    clips: int
    speakers: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """Something wrong with a file or a label; see `Problem`. The detail is in English, too."""

    kind: str
    path: str
    detail: str
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReport:
    """What `DataSet.to_json` tells, and how the folder would be divided.

    Parameters
    ----------
    clips, speakers : int
    seconds, shortest_seconds, longest_seconds : float
        Of all clips, and of the shortest and the longest.
    sample_rates : dict
        How many clips there are of each rate, in Hz.
    labels : dict
    problems : tuple of ProblemReport
        Of each kind the first ones.
    problem_counts : dict
        How many there are of each kind.
    split : SplitReport or None
    split_problem : Sentence or None
        Why it cannot be divided.
    """

    clips: int
    speakers: int
    seconds: float
    labels: dict[str, LabelReport]
    problems: tuple[ProblemReport, ...]
    sample_rates: dict[str, int]
    folder: str = ""
    fingerprint: str = ""
    shortest_seconds: float = 0.0
    longest_seconds: float = 0.0
    noise_files: int = 0
    lists: tuple[str, ...] = ()
    problem_counts: dict[str, int] = field(default_factory=dict)
    split: SplitReport | None = None
    split_problem: Sentence | None = None

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Read what the command prints; raises ValueError when it is none."""
        division = data.get("split") if isinstance(data, dict) else None
        if not isinstance(division, dict) or "error" not in division:
            return fields_from_json(cls, data)
        in_english = say("{error}", error=from_json(str, division["error"]))
        reason = from_json(Sentence, division.get("sentence", in_english.to_json()))
        report = fields_from_json(cls, data | {"split": None})
        return replace(report, split_problem=reason)
