"""Which clips a network learns from, and which it is checked on."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from core.errors import DataSetError
from core.labels import SILENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.dataset.scan import DataSet, Recording

SplitKind = Literal["speaker", "random"]


_MANY_SPEAKERS = 20
"""From so many on, speakers with most of the clips are not needed to fill a side."""


@dataclass(frozen=True, slots=True)
class Split:
    """The sides of a data set.

    Parameters
    ----------
    kind : {"speaker", "random"}
    train : tuple of Recording
        What the weights are learned from.
    validation : tuple of Recording
        What early stopping looks at.
    test : tuple of Recording
        What nothing looks at until the end; empty in the notebook's split, whose figure is
        that of the clips early stopping has chosen by.
    by_lists : bool
        Whether the folder's own lists made the split.
    """

    kind: SplitKind
    train: tuple[Recording, ...]
    validation: tuple[Recording, ...]
    test: tuple[Recording, ...]
    by_lists: bool = False

    @property
    def evaluated(self) -> tuple[Recording, ...]:
        """What the model is evaluated on: the test set or, for want of one, validation."""
        return self.test or self.validation

    @property
    def shared_speakers(self) -> int:
        """How many speakers stand both in the training set and on another side."""
        others = {r.speaker for r in self.validation + self.test if r.speaker}
        return len({r.speaker for r in self.train if r.speaker} & others)

    def to_json(self) -> dict[str, Any]:
        """Return clips and speakers of each side as a JSON object."""
        sides = {"train": self.train, "validation": self.validation, "test": self.test}
        return {
            "kind": self.kind,
            "by_lists": self.by_lists,
            "shared_speakers": self.shared_speakers,
            **{
                side: {"clips": len(part), "speakers": len({r.speaker for r in part if r.speaker})}
                for side, part in sides.items()
            },
        }


def split(
    data_set: DataSet,
    labels: tuple[str, ...],
    kind: SplitKind = "speaker",
    validation: float = 0.2,
    seed: int = 777,
) -> Split:
    """Divide the recordings of some labels.

    By speaker: a speaker stands on one side only. The folder's lists decide where it has both;
    otherwise speakers are taken in the order of their names' hash, for the test set first,
    then for validation, until each has its share of the clips or of the speakers; of many
    speakers, those with too many clips for that are learned from. So are clips whose speaker
    is not known, except noise, whose files are divided in the same way. At random: the
    notebook's stratified two sides.

    Parameters
    ----------
    data_set : DataSet
    labels : tuple of str
    kind : {"speaker", "random"}
    validation : float
        The share of clips for validation, and by speaker as much again for the test.
    seed : int
        Of the random split.

    Raises
    ------
    DataSetError
        When the recordings cannot be divided in this way, with the way that can.
    """
    data_set.check_trainable(labels)
    recordings = data_set.of_labels(labels)
    if kind == "random":
        return _random(recordings, validation, seed)
    if data_set.validation_list is not None and data_set.testing_list is not None:
        sides = _by_lists(recordings, data_set.validation_list, data_set.testing_list)
        if sides.train and sides.validation:
            _check_learned(sides.train, recordings)
            return _divide_noise(sides, validation)
    return _divide_noise(_by_speaker(recordings, validation, data_set.recordings), validation)


def split_text(report: dict[str, Any]) -> str:
    """Turn what `Split.to_json` returns into a sentence."""
    uses = {"train": "learning", "validation": "validation", "test": "the test"}
    sides = ", ".join(
        f"{report[side]['clips']} clips of {report[side]['speakers']} speakers for {use}"
        for side, use in uses.items()
        if report[side]["clips"]
    )
    shared = report["shared_speakers"]
    if not shared:
        return f"{sides}."
    return (
        f"{sides}. Warning: {shared} speakers stand on both sides, so the figures say nothing "
        "about people the model never heard."
    )


def _random(recordings: list[Recording], validation: float, seed: int) -> Split:
    from sklearn.model_selection import train_test_split

    labels = [recording.label for recording in recordings]
    try:
        learned, checked = train_test_split(
            np.arange(len(recordings)), test_size=validation, random_state=seed, stratify=labels
        )
    except ValueError as error:
        raise DataSetError(
            f"{len(recordings)} clips are too few to set {validation:.0%} of every label aside "
            f"({error}). Add clips, or change the share."
        ) from error
    return Split(
        "random",
        tuple(recordings[n] for n in learned),
        tuple(recordings[n] for n in checked),
        (),
    )


def _by_lists(
    recordings: list[Recording], validation: frozenset[str], testing: frozenset[str]
) -> Split:
    return Split(
        "speaker",
        tuple(r for r in recordings if r.name not in validation and r.name not in testing),
        tuple(r for r in recordings if r.name in validation),
        tuple(r for r in recordings if r.name in testing),
        by_lists=True,
    )


def _divide_noise(sides: Split, share: float) -> Split:
    noise = sorted((r for r in sides.train if r.label == SILENCE), key=lambda r: _hash(r.name))
    aside = round(share * len(noise))
    moved = set(noise[: 2 * aside])
    return replace(
        sides,
        train=tuple(r for r in sides.train if r not in moved),
        validation=(*sides.validation, *noise[aside : 2 * aside]),
        test=(*sides.test, *noise[:aside]),
    )


def _hash(name: str) -> bytes:
    return hashlib.blake2b(name.encode()).digest()


def _by_speaker(recordings: list[Recording], share: float, everyone: Iterable[Recording]) -> Split:
    of_speaker: dict[str, list[Recording]] = defaultdict(list)
    for recording in recordings:
        if recording.speaker is not None:
            of_speaker[recording.speaker].append(recording)
    if len(of_speaker) < 3:
        raise DataSetError(
            f"The clips have {len(of_speaker)} known speakers, and a split by speaker needs three: "
            "for learning, for validation, and for the test. Choose the random split instead; its "
            "figures say nothing about people it never heard."
        )
    # Whoever is set aside is so whatever labels are chosen, so that models can be compared.
    chosen = _choose_speakers(Counter(r.speaker for r in everyone if r.speaker), share)
    if not all(of_speaker.keys() & set(side) for side in chosen):
        chosen = _choose_speakers({name: len(own) for name, own in of_speaker.items()}, share)
    tested, validated = chosen
    train = tuple(r for r in recordings if r.speaker not in tested + validated)
    _check_learned(train, recordings)
    return Split(
        "speaker",
        train,
        tuple(r for r in recordings if r.speaker in validated),
        tuple(r for r in recordings if r.speaker in tested),
    )


def _choose_speakers(clips: Mapping[str, int], share: float) -> tuple[list[str], list[str]]:
    """Return who is tested on and who is validated on, of speakers with numbers of clips."""
    order = sorted(clips, key=_hash)
    wanted_clips = share * sum(clips.values())
    wanted_speakers = max(1, round(share * len(clips)))
    if len(clips) >= _MANY_SPEAKERS:
        order = [name for name in order if clips[name] <= wanted_clips / 2] or order
    tested: list[str] = []
    validated: list[str] = []
    for side, left_for_others in ((tested, 2), (validated, 1)):
        taken = 0
        while len(order) > left_for_others and len(side) < wanted_speakers:
            if side and taken + clips[order[0]] / 2 > wanted_clips:
                break
            taken += clips[order[0]]
            side.append(order.pop(0))
    return tested, validated


def _check_learned(train: Iterable[Recording], recordings: Iterable[Recording]) -> None:
    missing = {r.label for r in recordings} - {r.label for r in train}
    if missing:
        raise DataSetError(
            f"Split by speaker, nobody is left to learn {', '.join(sorted(missing))} from. Add "
            "speakers of it, leave the label out, or choose the random split."
        )
