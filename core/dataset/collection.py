"""A guided recording: which word to say next, and what has been said already.

The folder is a data set from the first clip on. What is left to say stands in a hidden file
in it, so that a collection can go on another day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from core.dataset.recordings import RecordingsFolder, Saved, label_name, speaker_name
from core.errors import SoundFileError, reason_of
from core.files import replace_file
from core.labels import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.sound.clip import AudioClip

STATE_FILE = ".collection.json"
MOST_ROUNDS = 100

_FORMAT = 1
_DAMAGED = (
    *(OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError),
    SoundFileError,
)


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """Who says which words, how often, and in which order.

    Parameters
    ----------
    speaker : str
    labels : tuple of str
        At least one.
    rounds : int
        How often each is said, 1 to `MOST_ROUNDS`.
    seed : int
        Of the order.

    Raises
    ------
    SoundFileError
        When a name or a word cannot be used, or there is none.
    """

    speaker: str
    labels: tuple[str, ...]
    rounds: int
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "speaker", speaker_name(self.speaker))
        object.__setattr__(self, "labels", tuple(dict.fromkeys(map(label_name, self.labels))))
        if not self.labels:
            raise SoundFileError("Choose at least one word to record.")
        if not 1 <= self.rounds <= MOST_ROUNDS:
            raise SoundFileError(
                "Rounds must be 1 to {most}, not {rounds}.", most=MOST_ROUNDS, rounds=self.rounds
            )

    @property
    def prompts(self) -> tuple[str, ...]:
        """The words in the order in which they are said: every round in an order of its own."""
        random = np.random.default_rng(self.seed)
        rounds = [list(random.permutation(len(self.labels))) for _ in range(self.rounds)]
        for before, after in pairwise(rounds):
            if before[-1] == after[0]:  # nobody says one word twice in a row
                after.append(after.pop(0))
        return tuple(self.labels[number] for number in chain.from_iterable(rounds))


class Collection:
    """A collection that is going on in a folder.

    Make one with `begin` or `resume`.

    Parameters
    ----------
    folder : Path
    plan : CollectionPlan
    done : int
        How many of the prompts are behind.
    """

    def __init__(self, folder: Path, plan: CollectionPlan, done: int = 0) -> None:
        self.folder = folder
        self.plan = plan
        self.prompts = plan.prompts
        self.done = done
        self._recordings = RecordingsFolder(folder)
        self._kept: list[Saved | None] = []  # of this session

    @classmethod
    def begin(cls, folder: Path, plan: CollectionPlan) -> Collection:
        """Begin in a new folder.

        Raises
        ------
        SoundFileError
            When something is in it already, or it cannot be written to.
        """
        collection = cls(folder, plan)
        try:
            taken = any(folder.iterdir())
        except FileNotFoundError:
            taken = False
        except NotADirectoryError:
            taken = True
        except OSError as error:
            raise collection._cannot_write(error) from error
        if taken:
            raise SoundFileError(
                "{folder} is not empty: choose another name.", folder=printable(folder)
            )
        collection._write()
        return collection

    @classmethod
    def resume(cls, folder: Path) -> Collection:
        """Go on where it was left.

        Raises
        ------
        SoundFileError
            When the folder's state is missing or damaged.
        """
        try:
            data: Any = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
            if data["format"] != _FORMAT:
                raise ValueError(f"format {data['format']}")
            plan = CollectionPlan(
                data["speaker"], tuple(data["labels"]), int(data["rounds"]), int(data["seed"])
            )
            done = int(data["done"])
            if not 0 <= done <= len(plan.prompts):
                raise ValueError(f"{done} done")
        except _DAMAGED as error:
            raise SoundFileError(
                "The collection in {folder} cannot go on: its state is damaged ({reason}). What "
                "was recorded is whole; begin another one.",
                folder=printable(folder),
                reason=getattr(error, "sentence", None) or str(error),
            ) from error
        return cls(folder, plan, done)

    @classmethod
    def go_beyond(cls, folder: Path, labels: tuple[str, ...], rounds: int, seed: int) -> Collection:
        """Ask for more of some words than was planned, in a folder where nothing is left to say.

        Raises
        ------
        SoundFileError
            When the folder's state is missing or damaged, or cannot be written.
        """
        speaker = cls.resume(folder).plan.speaker
        collection = cls(folder, CollectionPlan(speaker, labels, rounds, seed))
        collection._write()
        return collection

    @property
    def prompt(self) -> str | None:
        """The word to say now; None when all are said."""
        return self.prompts[self.done] if self.done < len(self.prompts) else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a word of this session to say again."""
        return bool(self._kept)

    def keep(self, clip: AudioClip) -> Saved:
        """Save a clip of the present word and go on to the next.

        Raises
        ------
        SoundFileError
            When it cannot be saved; the word stays the same then.
        """
        assert self.prompt is not None
        saved = self._recordings.save(clip, self.prompt, self.plan.speaker)
        try:
            self._advance(saved)
        except SoundFileError:
            self._recordings.undo(saved)
            raise
        return saved

    def skip(self) -> None:
        """Leave the present word out."""
        self._advance(None)

    def back(self) -> None:
        """Go back by one word; its clip is removed.

        Raises
        ------
        SoundFileError
            When it cannot be.
        """
        saved = self._kept[-1]
        if saved is not None:
            self._recordings.undo(saved)
        self._kept.pop()
        self.done -= 1
        self._write()

    def _advance(self, saved: Saved | None) -> None:
        self.done += 1
        try:
            self._write()
        except SoundFileError:
            self.done -= 1
            raise
        self._kept.append(saved)

    def _write(self) -> None:
        plan = self.plan
        state = {
            "format": _FORMAT,
            "speaker": plan.speaker,
            "labels": plan.labels,
            "rounds": plan.rounds,
            "seed": plan.seed,
            "done": self.done,
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_file(self.folder / STATE_FILE, f"{json.dumps(state)}\n".encode())
        except OSError as error:
            raise self._cannot_write(error) from error

    def _cannot_write(self, error: OSError) -> SoundFileError:
        return SoundFileError(
            "Nothing can be written to {folder}: {reason}. Make room, or choose another folder.",
            folder=printable(self.folder),
            reason=reason_of(error),
        )


def find_unfinished(folders: Sequence[Path]) -> list[Collection]:
    """Return the collections that can go on, of some folders."""
    found = []
    for folder in folders:
        try:
            collection = Collection.resume(folder)
        except SoundFileError:
            continue
        if collection.prompt is not None:
            found.append(collection)
    return found
