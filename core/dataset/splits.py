"""Which clips a network learns from, and which it is checked on."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from core.dataset.health import Side, SplitReport
from core.errors import DataSetError
from core.labels import SILENCE, enumerated, is_word
from core.records import fields_to_json
from core.sentences import count, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.dataset.scan import DataSet, Recording
    from core.sentences import Sentence

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
        Whether the folder's own lists, or folders, made the split.
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

    @property
    def unknown_speakers(self) -> int:
        """How many recordings of words do not tell who speaks."""
        everything = self.train + self.validation + self.test
        return sum(r.speaker is None and r.label != SILENCE for r in everything)

    @property
    def tested_on_unheard(self) -> bool | None:
        """Whether nobody who says a word of the test set is learned from; None if not known.

        Whoever says only other words there does not count. False without a test set of its own.
        """
        heard = {r.speaker for r in self.train if r.label != SILENCE}
        tested = {r.speaker for r in self.test if is_word(r.label)}
        if not tested or (heard & tested) - {None}:
            return False
        return None if None in heard | tested else True

    def without_validation(self) -> Split:
        """Return the sides where nobody stops early: all but the test's clips are learned from."""
        if not self.test:
            return self
        return replace(self, train=(*self.train, *self.validation), validation=())

    @property
    def report(self) -> SplitReport:
        """How many clips and speakers stand on each side."""
        train, validation, test = (
            Side(len(part), len({r.speaker for r in part if r.speaker}))
            for part in (self.train, self.validation, self.test)
        )
        shared, unknown = self.shared_speakers, self.unknown_speakers
        return SplitReport(self.kind, shared, train, validation, test, self.by_lists, unknown)

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return fields_to_json(self.report)


def split(
    data_set: DataSet,
    labels: tuple[str, ...],
    kind: SplitKind = "speaker",
    validation: float = 0.2,
    seed: int = 777,
) -> Split:
    """Divide the recordings of some labels.

    By speaker: a speaker stands on one side only. Where the folder's lists, or folders, set a
    side aside, they decide, and a side that they do not name is chosen from what is left;
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
    sides = _by_lists(recordings, data_set.validation_list, data_set.testing_list, validation)
    if sides is not None:
        _check_learned(sides.train, recordings)
        return _divide_noise(sides, validation)
    return _divide_noise(_by_speaker(recordings, validation, data_set.recordings), validation)


def split_text(report: dict[str, Any]) -> Sentence:
    """Turn what `Split.to_json` returns into a sentence."""
    learned, validated, tested = (
        _side_text(report[side]) for side in ("train", "validation", "test")
    )
    if report["test"]["clips"] and not report["validation"]["clips"]:
        text = say("{learned} for learning, {tested} for the test", learned=learned, tested=tested)
    elif not report["test"]["clips"] and not report["validation"]["clips"]:
        text = say("{learned} for learning", learned=learned)
    elif report["test"]["clips"]:
        text = say(
            "{learned} for learning, {validated} for validation, {tested} for the test",
            learned=learned,
            validated=validated,
            tested=tested,
        )
    else:
        text = say(
            "{learned} for learning, {validated} for validation",
            learned=learned,
            validated=validated,
        )
    if report["by_lists"]:
        text = say("{sides}, as the folder itself divides them", sides=text)
    if report["shared_speakers"]:
        return count(
            report["shared_speakers"],
            "{sides}. Warning: {n} speaker stands on both sides, so the figures say nothing about "
            "people the model never heard.",
            "{sides}. Warning: {n} speakers stand on both sides, so the figures say nothing about "
            "people the model never heard.",
            sides=text,
        )
    if report.get("unknown_speakers"):
        return count(
            report["unknown_speakers"],
            "{sides}. Who speaks in {n} clip is not known, so the figures may be of people the "
            "model has heard.",
            "{sides}. Who speaks in {n} clips is not known, so the figures may be of people the "
            "model has heard.",
            sides=text,
        )
    return say("{sides}.", sides=text)


def _side_text(side: dict[str, Any]) -> Sentence:
    if not side["speakers"]:
        return count(side["clips"], "{n:,} clip", "{n:,} clips")
    speakers = count(side["speakers"], "{n} speaker", "{n} speakers")
    return count(
        side["clips"], "{n:,} clip of {speakers}", "{n:,} clips of {speakers}", speakers=speakers
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
            "{n} clips are too few to set {share:.0%} of every label aside ({reason}). Add clips, "
            "or change the share.",
            n=len(recordings),
            share=validation,
            reason=str(error),
        ) from error
    return Split(
        "random",
        tuple(recordings[n] for n in learned),
        tuple(recordings[n] for n in checked),
        (),
    )


def _by_lists(
    recordings: list[Recording],
    validation: frozenset[str] | None,
    testing: frozenset[str] | None,
    share: float,
) -> Split | None:
    """Return the sides that lists say; None where they set nothing aside to validate on."""
    test = [r for r in recordings if testing and r.name in testing]
    checked = [r for r in recordings if validation and r.name in validation]
    aside = {r.name for r in test + checked}
    train = [r for r in recordings if r.name not in aside]
    if validation is None and test:
        checked, train = _set_aside(train, share)
    elif testing is None and checked:
        test, train = _set_aside(train, share)
    if not train or not checked:
        return None
    return Split("speaker", tuple(train), tuple(checked), tuple(test), by_lists=True)


def _set_aside(
    recordings: list[Recording], share: float
) -> tuple[list[Recording], list[Recording]]:
    """Return some recordings, of whole speakers where two are known, and the others."""
    clips = Counter(r.speaker for r in recordings if r.speaker)
    if len(clips) > 1:
        (chosen,) = _choose_speakers(clips, share, sides=1)
        aside = {r.name for r in recordings if r.speaker in chosen}
    else:
        of_label: dict[str, list[str]] = defaultdict(list)
        for recording in recordings:
            if recording.label != SILENCE:
                of_label[recording.label].append(recording.name)
        aside = {
            name
            for names in of_label.values()
            for name in sorted(names, key=_hash)[
                : min(len(names) - 1, math.ceil(share * len(names)))
            ]
        }
    return [r for r in recordings if r.name in aside], [
        r for r in recordings if r.name not in aside
    ]


def _divide_noise(sides: Split, share: float) -> Split:
    """Set noise aside as well, unless the folder itself does."""
    if any(r.label == SILENCE for r in sides.validation + sides.test):
        return sides
    noise = sorted((r for r in sides.train if r.label == SILENCE), key=lambda r: _hash(r.name))
    aside = round(share * len(noise))
    tested, validated = noise[:aside] if sides.test else [], noise[aside : 2 * aside]
    moved = {r.name for r in (*tested, *validated)}
    return replace(
        sides,
        train=tuple(r for r in sides.train if r.name not in moved),
        validation=(*sides.validation, *validated),
        test=(*sides.test, *tested),
    )


def _hash(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass")).digest()


def _by_speaker(recordings: list[Recording], share: float, everyone: Iterable[Recording]) -> Split:
    of_speaker: dict[str, list[Recording]] = defaultdict(list)
    for recording in recordings:
        if recording.speaker is not None:
            of_speaker[recording.speaker].append(recording)
    if len(of_speaker) < 3:
        raise DataSetError(
            "{have}, and a split by speaker needs three: for learning, for validation, and for "
            "the test. Choose the random split instead; its figures say nothing about people it "
            "never heard.",
            have=count(
                len(of_speaker),
                "The clips have {n} known speaker",
                "The clips have {n} known speakers",
            ),
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


def _choose_speakers(clips: Mapping[str, int], share: float, sides: int = 2) -> list[list[str]]:
    """Return the speakers of each side that is set aside, of speakers with numbers of clips."""
    order = sorted(clips, key=_hash)
    wanted_clips = share * sum(clips.values())
    wanted_speakers = max(1, round(share * len(clips)))
    if len(clips) >= _MANY_SPEAKERS:
        order = [name for name in order if clips[name] <= wanted_clips / 2] or order
    chosen: list[list[str]] = [[] for _ in range(sides)]
    for number, side in enumerate(chosen):
        taken = 0
        while len(order) > sides - number and len(side) < wanted_speakers:
            if side and taken + clips[order[0]] / 2 > wanted_clips:
                break
            taken += clips[order[0]]
            side.append(order.pop(0))
    return chosen


def _check_learned(train: Iterable[Recording], recordings: Iterable[Recording]) -> None:
    missing = {r.label for r in recordings} - {r.label for r in train}
    if missing:
        raise DataSetError(
            "Split by speaker, nobody is left to learn {labels} from. Add speakers of it, leave "
            "the label out, or choose the random split.",
            labels=enumerated(sorted(missing)),
        )
