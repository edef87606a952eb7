"""What a sound file tells when it is read, and what can be wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from core.errors import SoundFileError
from core.sound.levels import CLIPPED_SECONDS, TOO_QUIET_DBFS, loudest_dbfs
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from pathlib import Path

    from core.sound.clip import AudioClip

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
    FEW_CLIPS = "few clips"
    FEW_LABELS = "fewer than two labels"

    @property
    def leaves_out(self) -> bool:
        """Whether a file with this problem is not used."""
        return self in _LEAVING_OUT


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
        Relative to the folder; of a label, its name.
    detail : str
        A few words more.
    """

    kind: ProblemKind
    path: str
    detail: str


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
    problem : str
        Value of a `ProblemKind`, or empty.
    detail : str
    """

    fingerprint: str
    seconds: float
    sample_rate: int
    problem: str = ""
    detail: str = ""


def inspect_file(path: Path) -> tuple[Inspection, AudioClip | None]:
    """Read a file as a take and say what it is.

    Returns
    -------
    Inspection
    AudioClip or None
        The second that is used; None when the file cannot be.
    """
    try:
        second = read_second(path)
    except SoundFileError as error:
        empty = " is empty" in str(error)
        kind = ProblemKind.EMPTY if empty else ProblemKind.UNREADABLE
        return Inspection("", 0.0, 0, kind.value, str(error)), None
    clip, seconds, rate = second.clip, second.file_seconds, second.recorded.sample_rate
    loudest = loudest_dbfs(clip)
    if seconds < _SHORTEST_SECONDS:
        problem = ProblemKind.TOO_SHORT.value, f"{seconds:.3f} s"
    elif loudest < TOO_QUIET_DBFS:
        problem = ProblemKind.SILENT.value, f"the loudest 50 ms have {loudest:.0f} dBFS"
    elif clip.clipped_seconds > CLIPPED_SECONDS:
        problem = ProblemKind.CLIPPED.value, f"{clip.clipped_seconds:.3f} s at full scale"
    elif second.start_seconds > 0:
        problem = (
            ProblemKind.LONG.value,
            f"{seconds:.2f} s, used from {second.start_seconds:.2f} s",
        )
    else:
        problem = "", ""
    usable = not problem[0] or not ProblemKind(problem[0]).leaves_out
    fingerprint = hashlib.blake2b(clip.samples.data, digest_size=16).hexdigest() if usable else ""
    return Inspection(fingerprint, seconds, rate, *problem), clip if usable else None
