"""A folder of recordings: what is in it, who speaks, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.dataset.corrections import CorrectionList
from core.dataset.health import Problem, ProblemKind, inspect_file, problems_json
from core.dataset.index import file_state
from core.dataset.listing import Listing
from core.errors import DataSetError
from core.labels import DIGITS, SILENCE, UNKNOWN, enumerated, printable, sort_labels
from core.records import to_json
from core.sentences import count, say
from core.sound.decoder import ReadingStopped
from core.sound.sound_file import never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from core.dataset.health import CorrectionReport
    from core.dataset.index import ScanIndex
    from core.sound.clip import AudioClip


_FEW_CLIPS = 5
"""A label with fewer clips is reported."""


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
        Names of recordings that the folder's own lists, or folders, set aside; None where they
        say nothing.
    corrections : CorrectionReport or None
        What a person has said of them, if anything; the labels are as that says.
    """

    folder: Path
    recordings: tuple[Recording, ...]
    problems: tuple[Problem, ...]
    noise: tuple[Recording, ...]
    validation_list: frozenset[str] | None
    testing_list: frozenset[str] | None
    corrections: CorrectionReport | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels: the digits first, in their order, then the others by name."""
        return sort_labels({recording.label for recording in self.recordings})

    @property
    def fingerprint(self) -> str:
        """A hash of all sounds with their labels, whatever their files are called."""
        entries = sorted(f"{r.label} {r.fingerprint}" for r in self.recordings)
        content = "\n".join(entries).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, digest_size=16).hexdigest()

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
            raise DataSetError(
                "A model needs recordings of at least two labels; of the chosen ones {folder} has "
                "{found}. Choose another folder or more labels.",
                folder=printable(self.folder),
                found=enumerated(found) or say("none"),
            )
        for label, clips in found.items():
            if clips < 2:
                raise DataSetError(
                    "The label “{label}” has a single clip, which cannot be both learned and "
                    "checked. Add more, or leave the label out.",
                    label=printable(label),
                )

    def to_json(self) -> dict[str, Any]:
        """Return the health report as a JSON object."""
        rates = Counter(recording.sample_rate for recording in self.recordings)
        seconds = [recording.seconds for recording in self.recordings]
        aside = {"validation": self.validation_list, "test": self.testing_list}
        of_label: dict[str, list[Recording]] = defaultdict(list)
        for recording in self.recordings:
            of_label[recording.label].append(recording)
        return {
            "folder": str(self.folder),
            "fingerprint": self.fingerprint,
            **_figures(self.recordings),
            "shortest_seconds": round(min(seconds, default=0.0), 3),
            "longest_seconds": round(max(seconds, default=0.0), 3),
            "sample_rates": {str(rate): clips for rate, clips in sorted(rates.items())},
            "noise_files": len(self.noise),
            "set_aside": {side: len(names) for side, names in aside.items() if names is not None},
            "labels": {label: _figures(of_label[label]) for label in self.labels},
            **problems_json(self.problems),
            "corrections": to_json(self.corrections),
        }


def _figures(recordings: Sequence[Recording]) -> dict[str, Any]:
    return {
        "clips": len(recordings),
        "speakers": len({r.speaker for r in recordings if r.speaker}),
        "seconds": round(sum(r.seconds for r in recordings), 1),
    }


def default_labels(data_set: DataSet) -> tuple[str, ...]:
    """Return what is learned unless a person says otherwise: the digits that the folder has.

    Where it has fewer than two of them, all of its labels.
    """
    digits = tuple(label for label in data_set.labels if label in DIGITS)
    return digits if len(digits) > 1 else data_set.labels


def scan(
    folder: Path,
    index: ScanIndex | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = never,
    on_take: Callable[[str, AudioClip], None] = lambda _fingerprint, _clip: None,
    fresh: bool = False,
) -> DataSet:
    """Look at every file of a folder, and at what a person has said of them in the list beside it.

    Parameters
    ----------
    folder : Path
    index : ScanIndex, optional
        Remembers what files told; those that have not changed are not read again.
    on_progress : callable
        Told how many files are done, of how many.
    should_stop : callable
        When it says so, also in the middle of a file, the scan ends with `ReadingStopped`.
    on_take : callable
        Given the fingerprint and the second of every file that was read.
    fresh : bool
        Whether to read every file anew, whatever the index remembers.

    Raises
    ------
    DataSetError
        When there is no such folder, nothing in it that looks like a data set, or something
        else in the place of the list of corrections.
    ReadingStopped
    """
    listing = Listing(folder)
    files, corrections = CorrectionList(folder).read().apply(listing.files + listing.noise)
    problems = listing.problems
    recordings: list[Recording] = []
    known = index.inspections(folder) if index and not fresh else {}
    for done, file in enumerate(files):
        if should_stop():
            raise ReadingStopped
        if done % 100 == 0:
            on_progress(done, len(files))
        state = file_state(file.path)
        inspection = known.get((file.name, state))
        if inspection is None:
            inspection, clip = inspect_file(file.path, should_stop)
            if clip is not None:
                on_take(inspection.fingerprint, clip)
            if index:
                index.put(file.path, state, inspection)
        problem, detail = inspection.problem, inspection.detail
        if problem and detail and (file.label != SILENCE or problem.leaves_out):
            problems.append(Problem(problem, file.name, detail))
        if inspection.fingerprint:
            heard = inspection.fingerprint, inspection.seconds, inspection.sample_rate
            recordings.append(Recording(*file, *heard))
    if index:
        index.commit()
    on_progress(len(files), len(files))
    noise = [recording for recording in recordings if recording.label == SILENCE]
    kept, doubles = _without_doubles([r for r in recordings if r.label != SILENCE])
    problems += doubles
    problems += [
        Problem(ProblemKind.NO_SPEAKER, r.name, say("expected {name}", name="<speaker>_nohash_<n>"))
        for r in kept
        if r.speaker is None
    ]
    problems += _label_problems(kept)
    return DataSet(
        folder,
        tuple(kept),
        tuple(problems),
        tuple(noise),
        listing.validation,
        listing.testing,
        corrections,
    )


def _without_doubles(recordings: list[Recording]) -> tuple[list[Recording], list[Problem]]:
    """Keep one of several files with the same sound, and none under two labels."""
    files = Counter(recording.fingerprint for recording in recordings)
    same: dict[str, list[Recording]] = defaultdict(list)
    for recording in recordings:
        if files[recording.fingerprint] > 1:
            same[recording.fingerprint].append(recording)
    problems: list[Problem] = []
    left_out: set[str] = set()
    for first, *others in same.values():
        if any(other.label != first.label for other in others):
            names = enumerated((r.name for r in (first, *others)), 3)
            kind, detail = ProblemKind.TWO_LABELS, say("the same: {names}", names=names)
            others = [first, *others]
        else:
            kind, detail = (
                ProblemKind.DUPLICATE,
                say("same as {name}", name=printable(first.name, 200)),
            )
        problems += [Problem(kind, other.name, detail) for other in others]
        left_out |= {other.name for other in others}
    return [r for r in recordings if r.name not in left_out], problems


def _label_problems(recordings: list[Recording]) -> list[Problem]:
    clips = Counter(recording.label for recording in recordings)
    problems = [
        Problem(ProblemKind.FEW_CLIPS, label, count(clips[label], "{n:,} clip", "{n:,} clips"))
        for label in sort_labels(clips)
        if clips[label] < _FEW_CLIPS
    ]
    if len(clips) < 2:
        only = enumerated(clips) or say("none can be used")
        detail = say("labels with clips: {labels}", labels=only)
        problems.append(Problem(ProblemKind.FEW_LABELS, ".", detail))
    return problems
