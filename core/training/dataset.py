"""A folder of recordings: what is in it, who speaks, and what is wrong with it.

Two layouts are known:

- Speech Commands: ``<label>/<speaker>_nohash_<n>.wav``, a folder a label, with
  ``validation_list.txt`` and ``testing_list.txt`` where there are some, and
  ``_background_noise_/`` with long files;
- Free Spoken Digit Dataset: ``<digit>_<speaker>_<n>.wav``, all in one folder.

A folder or a file that is named with a numeral counts as the digit's word.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from core.errors import DataSetError, SoundFileError
from core.recognition.bundle import SILENCE, UNKNOWN
from core.recognition.recogniser import DIGITS
from core.sound.audio import SOUND_SUFFIXES, AudioClip, read_second
from core.sound.levels import CLIPPED_SECONDS, TOO_QUIET_DBFS, loudest_dbfs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from core.training.scan_index import ScanIndex

NOISE_FOLDER = "_background_noise_"
FEW_CLIPS = 5
"""A label with fewer clips is reported."""

_VALIDATION_LIST, _TESTING_LIST = "validation_list.txt", "testing_list.txt"
_LISTS = (_VALIDATION_LIST, _TESTING_LIST)
_SHORTEST_SECONDS = 0.1
_NAMED = re.compile(r"(?P<speaker>.+)_nohash_\d+")
_FLAT = re.compile(r"(?P<label>[0-9]|[a-z]+)_(?P<speaker>.+)_\d+", re.IGNORECASE)
_NUMERALS = {str(number): word for number, word in enumerate(DIGITS)}
_EXPECTED_BESIDE = re.compile(
    r"(readme|licen[cs]e|copying|changelog).*|.*\.(md|rst)", re.IGNORECASE
)


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


@dataclass(frozen=True, slots=True)
class Recording:
    """One clip of a data set that can be used.

    Parameters
    ----------
    path : Path
    name : str
        The path relative to the folder, with slashes.
    label : str
        The word that is said.
    speaker : str or None
        Who says it; None when the name does not tell.
    fingerprint : str
        Hash of the sound that is used.
    seconds : float
        Length of the file.
    sample_rate : int
        Of the file, in Hz.
    """

    path: Path
    name: str
    label: str
    speaker: str | None
    fingerprint: str
    seconds: float
    sample_rate: int


@dataclass(frozen=True, slots=True)
class DataSet:
    """What a folder holds.

    Parameters
    ----------
    folder : Path
    recordings : tuple of Recording
        What can be used, sorted by name.
    problems : tuple of Problem
    noise : tuple of Recording
        Files of background noise, labelled `SILENCE`.
    validation_list, testing_list : frozenset of str, or None
        Names in the folder's own lists; None without a list.
    """

    folder: Path
    recordings: tuple[Recording, ...]
    problems: tuple[Problem, ...]
    noise: tuple[Recording, ...]
    validation_list: frozenset[str] | None
    testing_list: frozenset[str] | None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels: the digits first, in their order, then the others by name."""
        return sort_labels({recording.label for recording in self.recordings})

    @property
    def fingerprint(self) -> str:
        """A hash of all sounds with their labels, whatever their files are called."""
        entries = sorted(f"{r.label} {r.fingerprint}" for r in self.recordings)
        return hashlib.blake2b("\n".join(entries).encode(), digest_size=16).hexdigest()

    def of_labels(self, labels: Iterable[str]) -> list[Recording]:
        """Return the recordings of some labels.

        `UNKNOWN` among them means every recording that has none of the others, `SILENCE` the
        noise.
        """
        wanted = set(labels)
        found = [recording for recording in self.recordings if recording.label in wanted]
        if UNKNOWN in wanted:
            others = (r for r in self.recordings if r.label not in wanted)
            found += [replace(recording, label=UNKNOWN) for recording in others]
        if SILENCE in wanted:
            found += self.noise
        return found

    def check_trainable(self, labels: Iterable[str]) -> None:
        """Raise DataSetError, with the reason, when no model can be trained on the labels."""
        found = Counter(recording.label for recording in self.of_labels(labels))
        if len(found) < 2:
            have = ", ".join(found) or "none"
            raise DataSetError(
                f"A model needs recordings of at least two labels; of the chosen ones "
                f"{self.folder} has {have}. Choose another folder or more labels."
            )
        for label, clips in found.items():
            if clips < 2:
                raise DataSetError(
                    f"The label “{label}” has a single clip, which cannot be both learned and "
                    "checked. Add more, or leave the label out."
                )

    def to_json(self) -> dict[str, Any]:
        """Return the health report as a JSON object."""
        rates = Counter(recording.sample_rate for recording in self.recordings)
        kinds = Counter(problem.kind.value for problem in self.problems)
        seconds = sorted(recording.seconds for recording in self.recordings)
        return {
            "folder": str(self.folder),
            "fingerprint": self.fingerprint,
            "clips": len(self.recordings),
            "speakers": len({r.speaker for r in self.recordings if r.speaker}),
            "seconds": round(sum(seconds), 1),
            "shortest_seconds": round(seconds[0], 3) if seconds else 0.0,
            "longest_seconds": round(seconds[-1], 3) if seconds else 0.0,
            "sample_rates": {str(rate): clips for rate, clips in sorted(rates.items())},
            "noise_files": len(self.noise),
            "lists": [
                name
                for name, names in zip(
                    _LISTS, (self.validation_list, self.testing_list), strict=True
                )
                if names is not None
            ],
            "labels": {label: self._label_json(label) for label in self.labels},
            "problem_counts": dict(kinds),
            "problems": [
                {"kind": p.kind.value, "path": p.path, "detail": p.detail} for p in self.problems
            ],
        }

    def _label_json(self, label: str) -> dict[str, Any]:
        recordings = self.of_labels([label])
        return {
            "clips": len(recordings),
            "speakers": len({r.speaker for r in recordings if r.speaker}),
            "seconds": round(sum(r.seconds for r in recordings), 1),
        }


def sort_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Order labels: the digits first, in their order, then the others by name."""
    order = {word: number for number, word in enumerate(DIGITS)}
    return tuple(sorted(labels, key=lambda label: (order.get(label, len(order)), label)))


def default_labels(data_set: DataSet) -> tuple[str, ...]:
    """Return what is learned unless a person says otherwise: the digits that the folder has.

    Where it has fewer than two of them, all of its labels.
    """
    digits = tuple(label for label in data_set.labels if label in DIGITS)
    return digits if len(digits) > 1 else data_set.labels


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


def scan(
    folder: Path,
    index: ScanIndex | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
    on_take: Callable[[str, AudioClip], None] = lambda _fingerprint, _clip: None,
) -> DataSet:
    """Look at every file of a folder.

    Parameters
    ----------
    folder : Path
    index : ScanIndex, optional
        Remembers what files told; those that have not changed are not read again.
    on_progress : callable
        Told how many files are done, of how many.
    should_stop : callable
        When it says so, the scan ends with `ScanStopped`.
    on_take : callable
        Given the fingerprint and the second of every file that was read.

    Raises
    ------
    DataSetError
        When there is no such folder, or nothing in it that looks like a data set.
    ScanStopped
    """
    if not folder.is_dir():
        raise DataSetError(f"There is no folder {folder}.")
    listing = _Listing(folder)
    problems = [Problem(ProblemKind.STRAY, name, why) for name, why in listing.strays]
    recordings: list[Recording] = []
    files = listing.files + listing.noise
    total = len(files)
    for done, (path, name, label, speaker) in enumerate(files):
        if should_stop():
            raise ScanStopped
        if done % 100 == 0:
            on_progress(done, total)
        inspection = index.get(path) if index else None
        if inspection is None:
            inspection, clip = inspect_file(path)
            if clip is not None:
                on_take(inspection.fingerprint, clip)
            if index:
                index.put(path, inspection)
        if inspection.problem and (label != SILENCE or not inspection.fingerprint):
            problems.append(Problem(ProblemKind(inspection.problem), name, inspection.detail))
        if inspection.fingerprint:
            recordings.append(
                Recording(
                    path,
                    name,
                    label,
                    speaker,
                    inspection.fingerprint,
                    inspection.seconds,
                    inspection.sample_rate,
                )
            )
    if index:
        index.commit()
    on_progress(total, total)
    noise = [recording for recording in recordings if recording.label == SILENCE]
    kept, doubles = _without_doubles([r for r in recordings if r.label != SILENCE])
    problems += doubles
    problems += [
        Problem(ProblemKind.NO_SPEAKER, r.name, "expected <speaker>_nohash_<n>")
        for r in kept
        if r.speaker is None
    ]
    problems += _label_problems(kept)
    return DataSet(
        folder,
        tuple(kept),
        tuple(problems),
        tuple(noise),
        listing.names_in(_VALIDATION_LIST),
        listing.names_in(_TESTING_LIST),
    )


class ScanStopped(Exception):  # noqa: N818 - nothing went wrong
    """A scan was ended because somebody asked for it."""


class _Listing:
    """The files of a folder by their names: recordings, noise, and what is neither."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: list[tuple[Path, str, str, str | None]] = []
        self.noise: list[tuple[Path, str, str, str | None]] = []
        self.strays: list[tuple[str, str]] = []
        for root, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith("."):
                    path = folder.__class__(root, name)
                    self._sort_in(path, path.relative_to(folder).parts)
        if not self.files:
            raise DataSetError(
                f"{folder} holds no recordings. Expected are <label>/<speaker>_nohash_<n>.wav "
                "or <digit>_<speaker>_<n>.wav."
            )

    def names_in(self, list_name: str) -> frozenset[str] | None:
        """Return the names in one of the folder's lists, or None when there is none."""
        path = self._folder / list_name
        if not path.is_file():
            return None
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        return frozenset(line.strip() for line in lines if line.strip())

    def _sort_in(self, path: Path, parts: tuple[str, ...]) -> None:
        name = "/".join(parts)
        if not path.name.lower().endswith(SOUND_SUFFIXES):
            known = len(parts) == 1 and parts[0] in _LISTS
            if not known and not _EXPECTED_BESIDE.fullmatch(path.name):
                self.strays.append((name, "no .wav, .flac or .ogg"))
        elif parts[0] == NOISE_FOLDER:
            self.noise.append((path, name, SILENCE, None))
        elif len(parts) == 1:
            flat = _FLAT.fullmatch(path.stem)
            if flat:
                self.files.append((path, name, _word(flat["label"]), flat["speaker"]))
            else:
                self.strays.append((name, "in no label's folder, and not <digit>_<speaker>_<n>"))
        elif len(parts) > 2:
            self.strays.append((name, "deeper than a label's folder"))
        elif parts[0].startswith("_"):
            self.strays.append((name, "in a folder that is no label"))
        else:
            named = _NAMED.fullmatch(path.stem)
            self.files.append((path, name, _word(parts[0]), named["speaker"] if named else None))


def _word(label: str) -> str:
    return _NUMERALS.get(label, label)


def _without_doubles(recordings: list[Recording]) -> tuple[list[Recording], list[Problem]]:
    """Keep one of several files with the same sound, and none under two labels."""
    same = defaultdict(list)
    for recording in recordings:
        same[recording.fingerprint].append(recording)
    left_out: dict[str, Problem] = {}
    for group in same.values():
        first, *others = group
        if len({recording.label for recording in group}) > 1:
            names = ", ".join(recording.name for recording in group)
            for r in group:
                left_out[r.name] = Problem(ProblemKind.TWO_LABELS, r.name, f"the same: {names}")
        else:
            for r in others:
                left_out[r.name] = Problem(ProblemKind.DUPLICATE, r.name, f"same as {first.name}")
    return [r for r in recordings if r.name not in left_out], list(left_out.values())


def _label_problems(recordings: list[Recording]) -> list[Problem]:
    clips = Counter(recording.label for recording in recordings)
    problems = [
        Problem(ProblemKind.FEW_CLIPS, label, f"{clips[label]} clips")
        for label in sort_labels(clips)
        if clips[label] < FEW_CLIPS
    ]
    if len(clips) < 2:
        only = ", ".join(clips) or "none can be used"
        problems.append(Problem(ProblemKind.FEW_LABELS, ".", f"labels with clips: {only}"))
    return problems
