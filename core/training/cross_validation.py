"""A head for some words, and what it says of clips that it has not learned from.

Beside the words it learns what is none of them, from the counter-examples that ship with the
program. What was taught is judged in turns: the clips of some people, or where those are not
known some clips, are left out, and a head is learned without them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.evaluation.accuracy import fit_temperature, operating_points
from core.labels import SILENCE, UNKNOWN, is_word
from core.recognition.recogniser import calibrate
from core.training.counter_examples import counter_examples
from core.training.head import Head, Spread, fit_head

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.recognition.metadata import OperatingPoint
    from core.sound.clip import FloatArray, IntArray


MOST_PARTS = 5
"""In so many turns clips are judged."""

_WEIGHTS = {UNKNOWN: 2.0, SILENCE: 3.0}  # of other words, and of noises, in those of one word
_FULL_WEIGHT = 8  # clips of a word, from which on that weight does not grow with them
_LOST_SHARE = 0.03  # of the words: so many may be taken for none, that others are turned down


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What a head is to learn.

    Parameters
    ----------
    labels : tuple of str
        With `SILENCE` and `UNKNOWN` among them.
    values : (n, n_values) float32 array
        Of every clip, as `Encoder` makes them.
    truth : (n,) int array
        Indices of their labels.
    parts : (n,) int array
        In which turn each is judged.
    copies : (n_copies, n, n_values) float32 array
        Of the same clips, changed a little; perhaps none.
    """

    labels: tuple[str, ...]
    values: FloatArray
    truth: IntArray
    parts: IntArray
    copies: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A head that has learned everything, and answers of others that had not.

    Parameters
    ----------
    head : Head
    clips : (n, n_labels) float32 array
        Probabilities of each clip of the lesson.
    others : (n_others, n_labels) float32 array
        Of each counter-example.
    others_truth : (n_others,) int array
    """

    head: Head
    clips: FloatArray
    others: FloatArray
    others_truth: IntArray

    def calibration(
        self, truth: IntArray, labels: tuple[str, ...]
    ) -> tuple[float, tuple[OperatingPoint, ...]]:
        """Return the temperature that makes the answers honest, and what thresholds then do."""
        # As many others as clips, so that the many that ship do not decide alone.
        some = np.random.default_rng(777).permutation(len(self.others))[: len(self.clips)]
        temperature = fit_temperature(
            np.concatenate([self.clips, self.others[some]]),
            np.concatenate([truth, self.others_truth[some]]),
        )
        everything = calibrate(np.concatenate([self.clips, self.others]), temperature)
        every_truth = np.concatenate([truth, self.others_truth])
        return temperature, operating_points(everything, every_truth, labels)


def learn(lesson: Lesson, on_turn: Callable[[int, int], None] = lambda _n, _total: None) -> Judged:
    """Learn a head, and judge every clip by one that has not learned from it.

    Parameters
    ----------
    lesson : Lesson
    on_turn : callable
        Told how many turns are done, of how many; may raise to end it.
    """
    labels, n_clips = lesson.labels, len(lesson.truth)
    known = counter_examples()
    others = known.without(filter(is_word, labels))
    others_truth = np.where(others.are_noise, labels.index(SILENCE), labels.index(UNKNOWN))
    values = np.concatenate([lesson.values, *lesson.copies, others.values])
    n_times = 1 + len(lesson.copies)
    truth = np.concatenate([*[lesson.truth] * n_times, others_truth])
    # Which others are judged in which turn, chance decides.
    turns = np.random.default_rng(777).integers(MOST_PARTS, size=len(others_truth))
    parts = np.concatenate([*[lesson.parts] * n_times, turns])
    spread, shares = Spread.of(known.values), _shares(lesson, truth, n_times)
    head = fit_head(values, truth, shares, len(labels), spread)
    numbers = np.unique(lesson.parts)
    clips = np.zeros((n_clips, len(labels)), np.float32)
    judged = head.probabilities(others.values)
    for done, part in enumerate(numbers):
        on_turn(done, len(numbers))
        rest = parts != part
        other = fit_head(values[rest], truth[rest], shares[rest], len(labels), spread, head)
        mine, theirs = lesson.parts == part, turns == part
        clips[mine] = other.probabilities(lesson.values[mine])
        judged[theirs] = other.probabilities(others.values[theirs])
    on_turn(len(numbers), len(numbers))
    offset = _offset(clips, lesson.truth, labels)
    return Judged(
        _with_offset(head, offset, labels),
        _shifted(clips, offset, labels),
        _shifted(judged, offset, labels),
        others_truth,
    )


def divide(labels: Sequence[str], speakers: Sequence[str | None]) -> IntArray:
    """Say in which turn each clip is judged: whole people or, of fewer than two, single clips.

    In a turn of clips, about as many of every label are left out.
    """
    people = Counter(speaker for speaker in speakers if speaker)
    if len(people) > 1:
        sizes = [0] * min(MOST_PARTS, len(people))
        part_of: dict[str, int] = {}
        for name, clips in people.most_common():
            part_of[name] = sizes.index(min(sizes))
            sizes[part_of[name]] += clips
        taken = iter(range(len(speakers)))
        found = [part_of[s] if s else next(taken) % len(sizes) for s in speakers]
        return np.array(found, np.intp)
    of_label = Counter(labels)
    parts = max(2, min(MOST_PARTS, *of_label.values()))
    counted: Counter[str] = Counter()
    found = []
    for label in labels:
        found.append(counted[label] % parts)
        counted[label] += 1
    return np.array(found, np.intp)


def _shares(lesson: Lesson, truth: IntArray, n_times: int) -> FloatArray:
    """Return how much every row counts: those that are no word in proportion to the words."""
    are_words = np.array([is_word(label) for label in lesson.labels])
    shares = np.ones(len(truth), np.float32)
    a_word = are_words[lesson.truth].sum() / are_words.sum()
    clips = n_times * min(a_word, _FULL_WEIGHT)
    for number in np.flatnonzero(~are_words):
        rows = truth == number
        shares[rows] = _WEIGHTS[lesson.labels[number]] * clips / max(1, rows.sum())
    return shares


def _offset(clips: FloatArray, truth: IntArray, labels: tuple[str, ...]) -> float:
    """Return what the logits of what is no word are to be lowered by, to lose few words."""
    are_words = np.array([is_word(label) for label in labels])
    logarithms = np.log(np.maximum(clips[are_words[truth]], np.float32(1e-12)))
    behind = logarithms[:, ~are_words].max(axis=1) - logarithms[:, are_words].max(axis=1)
    return max(0.0, float(np.quantile(behind, 1 - _LOST_SHARE))) if len(behind) else 0.0


def _with_offset(head: Head, offset: float, labels: tuple[str, ...]) -> Head:
    lowered = np.array([0.0 if is_word(label) else offset for label in labels], np.float32)
    return Head(head.weights, head.biases - lowered)


def _shifted(probabilities: FloatArray, offset: float, labels: tuple[str, ...]) -> FloatArray:
    factors = np.array([1.0 if is_word(label) else np.exp(-offset) for label in labels])
    changed = probabilities * factors.astype(np.float32)
    return np.asarray(changed / changed.sum(axis=1, keepdims=True), np.float32)
