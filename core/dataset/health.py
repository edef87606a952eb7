"""What a sound file tells when it is read, what can be wrong with it, and a folder's report."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Self

from core.errors import SoundFileError
from core.labels import printable
from core.records import fields_from_json, from_json
from core.sentences import Sentence, say
from core.sound.levels import CLIPPED_SECONDS, TOO_QUIET_DBFS, loudest_dbfs
from core.sound.sound_file import never, read_second

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from core.sound.clip import AudioClip


MOST_OF_A_KIND = 2000
"""Problems of one kind in a report; it says how many there are."""

_SHORTEST_SECONDS = 0.1


class ProblemKind(Enum):
    """What can be wrong with a file, a label, or the folder; the value names it in reports."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_SHORT = "too short"
    SILENT = "silent"
    DUPLICATE = "duplicate"
    TWO_LABELS = "same sound under two labels"
    STRAY = "stray file"
    CLIPPED = "clipped"
    LONG = "longer than a second"
    NO_SPEAKER = "speaker unknown"
    UNUSUAL_NAME = "unusual name"
    LIST = "list of names"
    FEW_CLIPS = "few clips"
    FEW_LABELS = "fewer than two labels"

    @property
    def title(self) -> Sentence:
        """What it is called before a person."""
        return _TITLES[self]

    @property
    def leaves_out(self) -> bool:
        """Whether a file with this problem is not used."""
        return self in _LEAVING_OUT


_TITLES = {
    ProblemKind.UNREADABLE: say("unreadable"),
    ProblemKind.EMPTY: say("empty"),
    ProblemKind.TOO_SHORT: say("too short"),
    ProblemKind.SILENT: say("silent"),
    ProblemKind.DUPLICATE: say("duplicate"),
    ProblemKind.TWO_LABELS: say("same sound under two labels"),
    ProblemKind.STRAY: say("stray file"),
    ProblemKind.CLIPPED: say("clipped"),
    ProblemKind.LONG: say("longer than a second"),
    ProblemKind.NO_SPEAKER: say("speaker unknown"),
    ProblemKind.UNUSUAL_NAME: say("unusual name"),
    ProblemKind.LIST: say("list of names"),
    ProblemKind.FEW_CLIPS: say("few clips"),
    ProblemKind.FEW_LABELS: say("fewer than two labels"),
}

_LEAVING_OUT = frozenset(
    (
        ProblemKind.UNREADABLE,
        ProblemKind.EMPTY,
        ProblemKind.TOO_SHORT,
        ProblemKind.SILENT,
        ProblemKind.DUPLICATE,
        ProblemKind.TWO_LABELS,
        ProblemKind.STRAY,
    )
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file or a label.

    Parameters
    ----------
    kind : ProblemKind
    path : str
        Relative to the folder, as it is on the disk; of a label, its name.
    detail : Sentence
        A few words more, and not very many, whatever the names in it.
    """

    kind: ProblemKind
    path: str
    detail: Sentence

    def to_json(self) -> dict[str, Any]:
        """Return the problem as a JSON object: its detail in English, and for a translation."""
        return {
            "kind": self.kind.value,
            "path": self.path,
            "detail": str(self.detail),
            "sentence": self.detail.to_json(),
        }


def problems_json(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return how many problems there are of each kind, and of each kind the first ones."""
    counts: Counter[str] = Counter()
    told = []
    for problem in problems:
        counts[problem.kind.value] += 1
        if counts[problem.kind.value] <= MOST_OF_A_KIND:
            told.append(problem.to_json())
    return {"problem_counts": dict(counts), "problems": told}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What reading a file told; `fingerprint` is empty when it could not be used.

    Parameters
    ----------
    fingerprint : str
        Hash of the second that is used: 8000 samples at 8 kHz.
    seconds : float
        Length of the file.
    sample_rate : int
        In Hz.
    problem : ProblemKind or None
    detail : Sentence or None
        Of the problem.
    lasting : bool
        Whether that holds until the file changes. What a disk refuses to read now it may give
        later.
    """

    fingerprint: str
    seconds: float
    sample_rate: int
    problem: ProblemKind | None = None
    detail: Sentence | None = None
    lasting: bool = True


def inspect_file(
    path: Path, should_stop: Callable[[], bool] = never
) -> tuple[Inspection, AudioClip | None]:
    """Read a file as a take and say what it is; raises ReadingStopped as `read_second` does.

    Returns
    -------
    Inspection
    AudioClip or None
        The second that is used; None when the file cannot be.
    """
    try:
        second = read_second(path, should_stop)
    except SoundFileError as error:
        empty = " is empty" in error.sentence.text
        kind = ProblemKind.EMPTY if empty else ProblemKind.UNREADABLE
        lasting = not isinstance(error.__cause__, OSError)
        return Inspection("", 0.0, 0, kind, _short(error.sentence), lasting), None
    clip, seconds, rate = second.clip, second.file_seconds, second.recorded.sample_rate
    loudest = float(loudest_dbfs(clip))
    problem: ProblemKind | None = None
    detail: Sentence | None = None
    if seconds < _SHORTEST_SECONDS:
        problem, detail = ProblemKind.TOO_SHORT, say("{seconds:.3f} s", seconds=seconds)
    elif loudest < TOO_QUIET_DBFS:
        problem = ProblemKind.SILENT
        detail = say("the loudest 50 ms have {loudest:.0f} dBFS", loudest=loudest)
    elif clip.clipped_seconds > CLIPPED_SECONDS:
        problem = ProblemKind.CLIPPED
        detail = say("{seconds:.3f} s at full scale", seconds=float(clip.clipped_seconds))
    elif second.start_seconds > 0:
        problem = ProblemKind.LONG
        detail = say(
            "{seconds:.2f} s, used from {start:.2f} s", seconds=seconds, start=second.start_seconds
        )
    if problem and problem.leaves_out:
        return Inspection("", seconds, rate, problem, detail), None
    fingerprint = hashlib.blake2b(clip.samples.data, digest_size=16).hexdigest()
    return Inspection(fingerprint, seconds, rate, problem, detail), clip


def _short(sentence: Sentence) -> Sentence:
    """Return a sentence whose values can be kept and shown, whatever names are among them."""
    values = {
        name: _short(value)
        if isinstance(value, Sentence)
        else value
        if isinstance(value, int | float)
        else printable(str(value), 200)
        for name, value in sentence.values.items()
    }
    return Sentence(printable(sentence.text, 500), values)


@dataclass(frozen=True, slots=True)
class Side:
    """How many clips stand on a side of a split, and how many people have spoken them."""

    clips: int
    speakers: int


@dataclass(frozen=True, slots=True)
class SplitReport:
    """How recordings are divided; see `Split`.

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
class CorrectionReport:
    """What a person has said of a folder's clips, in the list beside it.

    Parameters
    ----------
    relabelled : int
        Clips whose label is another than their names say.
    bad : int
        Files that are left out.
    ignored : int
        Lines that name no clip of the folder, or no word.
    """

    relabelled: int = 0
    bad: int = 0
    ignored: int = 0

    @classmethod
    def of_all(cls, reports: Iterable[CorrectionReport | None]) -> Self | None:
        """Return what was said of several folders together, or None where nothing was."""
        said = [report for report in reports if report is not None]
        if not said:
            return None
        return cls(
            sum(report.relabelled for report in said),
            sum(report.bad for report in said),
            sum(report.ignored for report in said),
        )


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
    corrections : CorrectionReport or None
        None where nobody has said anything of its clips.
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
    corrections: CorrectionReport | None = None
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
