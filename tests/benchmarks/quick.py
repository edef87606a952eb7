"""How well *Quick* knows people whom it has not heard, and what it turns down.

Usage: python -m tests.benchmarks.quick FOLDER

Of the Free Spoken Digit Dataset, alone or with other people in Speech Commands' layout: each of its
six people is left out in turn. Of a folder with other words and lists: twelve words are taught by a
few clips, each of another person, and tested on people of the lists, whom neither the head nor
the counter-examples have heard; then six of them are taught, and the other six are said.
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import numpy as np

from core.dataset.feature_store import FeatureStore
from core.dataset.index import ScanIndex
from core.dataset.scan import scan
from core.dataset.splits import split
from core.evaluation.accuracy import answered, choose_threshold, read_takes
from core.labels import DIGITS, SILENCE, UNKNOWN
from core.places import user_cache
from core.recognition.recogniser import calibrate
from core.sound.features import LogMelFrontEnd
from core.sound.sound_file import read_second
from core.training.counter_examples import counter_examples
from core.training.cross_validation import Lesson, divide, learn
from core.training.encoder import N_VALUES, Encoder
from core.training.quick import vary
from core.training.speech_embedding import EMBEDDING_FEATURES
from tests.benchmarks.counter_examples import cut
from tests.benchmarks.leave_one_out import SPEAKERS

SIXES = (
    ("bed", "down", "right", "happy", "zero", "five"),
    ("cat", "left", "up", "go", "one", "eight"),
)
TWELVE = SIXES[0] + SIXES[1]
CLIPS = (1, 3, 5, 10, 20, 40)
DRAWS = 5
ACCEPTED = 0.95


class Recordings:
    """Recordings with what the encoder makes of them."""

    def __init__(self, recordings, encoder, cache=None):
        self.recordings = recordings
        self.label = np.array([r.label for r in recordings])
        self.speaker = np.array([r.speaker or r.name for r in recordings])
        with FeatureStore(cache or user_cache(), EMBEDDING_FEATURES, encoder) as store:
            for recording in recordings:
                if recording.fingerprint not in store:
                    store.add(recording.fingerprint, read_second(recording.path).clip)
            self.values = store.open_rows([r.fingerprint for r in recordings])[:]


def teach(known, chosen, words, copies=None):
    """Learn some recordings; return the head, its temperature and its threshold."""
    labels = (*words, SILENCE, UNKNOWN)
    truth = np.array([labels.index(label) for label in known.label[chosen]])
    parts = divide(known.label[chosen].tolist(), known.speaker[chosen].tolist())
    if copies is None:
        copies = np.zeros((0, len(chosen), N_VALUES), np.float32)
    judged = learn(Lesson(labels, known.values[chosen], truth, parts, copies))
    temperature, points = judged.calibration(truth, labels)
    return judged.head, temperature, choose_threshold(points)


def leave_one_out(known) -> tuple[float, float]:
    """Print what is right of each of the six; return the means, of words and of all labels."""
    everyone = np.flatnonzero(np.isin(known.speaker, SPEAKERS) & np.isin(known.label, DIGITS))
    shares = []
    for name in SPEAKERS:
        mine = known.speaker[everyone] == name
        head, _, _ = teach(known, everyone[~mine], DIGITS)
        said = head.probabilities(known.values[everyone[mine]])
        truth = np.array([DIGITS.index(label) for label in known.label[everyone[mine]]])
        shares.append([(said[:, :10].argmax(1) == truth).mean(), (said.argmax(1) == truth).mean()])
        print(f"{name:10s} {shares[-1][0]:.1%} best of ten, {shares[-1][1]:.1%} of twelve")
    words, every = np.mean(shares, axis=0)
    print(f"mean       {words:.2%} best of ten, {every:.2%} of twelve", flush=True)
    return float(words), float(every)


def left_out_mean(folder: Path, cache: Path) -> tuple[float, float]:
    """Return the means of `leave_one_out` on the Free Spoken Digit Dataset."""
    recordings = [r for r in scan(folder).recordings if r.speaker in SPEAKERS and r.label in DIGITS]
    return leave_one_out(Recordings(recordings, Encoder(), cache))


def few_clips(known, aside, noises, encoder) -> dict[int, tuple[float, ...]]:
    """Print, and return, a line for each number of clips a word."""
    bank = counter_examples().without(TWELVE)  # nothing of what is said as an untaught word
    print(
        "clips  right  of all | untaught  noises turned down where 95 % are accepted | "
        "accepted  untaught  noises as shipped"
    )
    rows = {}
    with patch("core.training.cross_validation.counter_examples", lambda: bank):
        for n in CLIPS:
            trials = [trial(known, aside, noises, encoder, n, seed) for seed in range(DRAWS)]
            rows[n] = tuple(np.mean(trials, axis=0))
            print(f"{n:5d}  " + "  ".join(f"{share:.1%}" for share in rows[n]), flush=True)
    return rows


def trial(known, aside, noises, encoder, n, seed):
    """Teach and test once: the shares of one line."""
    right, of_all, _, _, _ = once(known, aside, encoder, TWELVE, (), n, seed)
    six, other = SIXES[:: 1 if seed % 2 else -1]
    _, _, head, said, others = once(known, aside, encoder, six, other, n, seed)
    head, temperature, threshold = head
    least = np.quantile(said[:, : len(six)].max(axis=1), 1 - ACCEPTED)
    labels = (*six, SILENCE, UNKNOWN)

    def turned_down(values):
        found = head.probabilities(values)
        given = answered(calibrate(found, temperature), labels, threshold)
        return (found[:, : len(six)].max(axis=1) < least).mean(), 1 - given.mean()

    strict, shipped = turned_down(others)
    strict_noise, shipped_noise = turned_down(noises)
    accepted = answered(calibrate(said, temperature), labels, threshold).mean()
    return right, of_all, strict, strict_noise, accepted, shipped, shipped_noise


def once(known, aside, encoder, words, other, n, seed):
    random = np.random.default_rng(seed)
    chosen: list[int] = []
    for word in words:
        rows = np.flatnonzero(known.label == word)
        people = random.permutation(np.unique(known.speaker[rows]))[:n]
        chosen += [random.choice(rows[known.speaker[rows] == name]) for name in people]
    taught = np.array(chosen)
    strangers = aside & ~np.isin(known.speaker, known.speaker[taught])
    tested = np.flatnonzero(strangers & np.isin(known.label, words))
    takes = read_takes([known.recordings[row] for row in taught])[1]
    copies = vary(takes, encoder, seed)
    head = teach(known, taught, words, copies)
    said = head[0].probabilities(known.values[tested])
    truth = np.array([words.index(label) for label in known.label[tested]])
    # Every word counts alike, however many people have said it.
    weights = 1 / np.bincount(truth)[truth]
    right = np.average(said[:, : len(words)].argmax(axis=1) == truth, weights=weights)
    of_all = np.average(said.argmax(axis=1) == truth, weights=weights)
    others = known.values[strangers & np.isin(known.label, other)]
    return right, of_all, head, said, others


def main(folder: Path) -> None:
    """Print what can be measured on a folder."""
    encoder = Encoder()
    with ScanIndex(user_cache()) as index:
        data_set = scan(folder, index)
    digits = [r for r in data_set.recordings if r.speaker in SPEAKERS and r.label in DIGITS]
    if digits:
        leave_one_out(Recordings(digits, encoder))
    if not {r.label for r in data_set.recordings} >= set(TWELVE):
        return
    sides = split(data_set, (*DIGITS, SILENCE, UNKNOWN))
    strangers = [*sides.validation, *sides.test]
    names = {r.name for r in strangers}
    known = Recordings([r for r in data_set.recordings if r.label in TWELVE], encoder)
    aside = np.array([r.name in names for r in known.recordings])
    seconds = [s for r in strangers if r.label == SILENCE for s in cut(r.path)]
    front_end = LogMelFrontEnd(EMBEDDING_FEATURES)
    noises = encoder(front_end.model_input(np.stack(seconds)))
    people = len(set(known.speaker[aside]))
    print(f"\n{aside.sum()} clips of {people} people, {len(noises)} seconds of noise to test on")
    few_clips(known, aside, noises, encoder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
