"""What a network is shown while it learns, batch by batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from contextlib import contextmanager, suppress
from itertools import count
from queue import Empty, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np

from core.labels import SILENCE, UNKNOWN
from core.training.augmentation import splice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from core.dataset.feature_store import StoredRows
    from core.dataset.scan import Recording
    from core.sound.clip import FloatArray
    from core.training.augmentation import Augmenter

    Batch = tuple[FloatArray, FloatArray]

_UNKNOWN_SHARE = 0.34
_SPLICED_SHARE = 0.25  # of the unknown words
_ALSO_SHARE = 0.4  # of each label


class Batches(ABC):
    """Batches of stored rows, in an order that depends on the seed and the epoch alone."""

    def __init__(self, rows: StoredRows, n_batches: int, seed: int) -> None:
        self._rows = rows
        self._n_batches = n_batches
        self._seed = seed

    def __len__(self) -> int:
        return self._n_batches

    def from_epoch(self, first_epoch: int) -> Iterator[Batch]:
        """Yield inputs and one-hot targets of all epochs from one on, without an end."""
        for epoch in count(first_epoch):
            yield from self._epoch(epoch)

    def release(self) -> None:
        """Let the system take back the memory of what was read."""
        self._rows.release()

    @abstractmethod
    def _epoch(self, epoch: int) -> Iterator[Batch]: ...


class PlainBatches(Batches):
    """Every clip once an epoch, shuffled, as it is.

    Parameters
    ----------
    rows : StoredRows
    targets : (n, n_labels) float32 array
    size : int
        Rows a batch.
    seed : int
    """

    def __init__(self, rows: StoredRows, targets: FloatArray, size: int, seed: int) -> None:
        super().__init__(rows, -(-len(rows) // size), seed)
        self._targets = targets
        self._size = size

    def _epoch(self, epoch: int) -> Iterator[Batch]:
        order = np.random.default_rng((self._seed, epoch)).permutation(len(self._rows))
        for first in range(0, len(order), self._size):
            chosen = order[first : first + self._size]
            yield network_input(self._rows[chosen]), self._targets[chosen]


class AugmentedBatches(Batches):
    """Clips drawn by chance and augmented, with silence and words that are none of the labels.

    All labels are drawn equally often, but `SILENCE` and `UNKNOWN` have shares of their own.
    Of a speaker who said a word n times, it is drawn √n times as often as of one who said it
    once: six people who have recorded thousands of words must not drown hundreds who have
    recorded one. Some of the unknown words are spliced from two words of the batch.

    Parameters
    ----------
    takes : StoredRows
        Of the recordings, (8000,) samples each.
    recordings : sequence of Recording
    also : int
        How many recordings, at the end, are from the folders that are only learned from.
    labels : tuple of str
    augmenter : Augmenter
    size : int
        Clips a batch.
    clips_an_epoch : int
    seed : int
    """

    def __init__(
        self,
        takes: StoredRows,
        recordings: Sequence[Recording],
        also: int,
        labels: tuple[str, ...],
        augmenter: Augmenter,
        size: int,
        clips_an_epoch: int,
        seed: int,
    ) -> None:
        super().__init__(takes, -(-clips_an_epoch // size), seed)
        self._classes = np.array([labels.index(r.label) for r in recordings])
        self._labels = labels
        self._augmenter = augmenter
        self._size = size
        self._silence = labels.index(SILENCE) if SILENCE in labels else None
        self._unknown = labels.index(UNKNOWN) if UNKNOWN in labels else None
        self._chances = draw_chances(recordings, also)

    def _epoch(self, epoch: int) -> Iterator[Batch]:
        for batch in range(len(self)):
            yield self._batch(np.random.default_rng((self._seed, epoch, batch)))

    def _batch(self, random: np.random.Generator) -> Batch:
        silent = 0
        if self._silence is not None:
            silent = int(random.binomial(self._size, self._augmenter.config.silence))
        chosen = random.choice(len(self._chances), self._size - silent, p=self._chances)
        takes, classes = self._rows[chosen], self._classes[chosen]
        if self._unknown is not None:
            unknown = np.flatnonzero(classes == self._unknown)
            spliced = unknown[random.random(unknown.size) < _SPLICED_SHARE]
            if spliced.size and np.unique(classes).size > 1:
                first, second = self._halves(random, classes, spliced.size)
                takes[spliced] = splice(random, takes[first], takes[second])
        inputs = self._augmenter.words(random, takes)
        if silent:
            inputs = np.concatenate([inputs, self._augmenter.silence(random, silent)])
            classes = np.concatenate([classes, np.full(silent, self._silence)])
        return inputs, np.eye(len(self._labels), dtype=np.float32)[classes]

    def _halves(
        self, random: np.random.Generator, classes: npt.NDArray[np.intp], n: int
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Choose two different words for each of `n`: half of the time two of the labels."""
        known = np.flatnonzero(classes != self._unknown)
        pairs = np.zeros((0, 2), np.intp)
        while len(pairs) < n:
            of_labels = random.choice(known, (n, 2)) if known.size else pairs
            of_any = random.integers(classes.size, size=(n, 2))
            drawn = random.permutation(np.concatenate([of_labels, of_any]))
            first, second = drawn.T
            unknown = (classes[first] == self._unknown) & (first != second)
            pairs = np.concatenate([pairs, drawn[(classes[first] != classes[second]) | unknown]])
        return pairs[:n, 0], pairs[:n, 1]


def draw_chances(recordings: Sequence[Recording], also: int = 0) -> npt.NDArray[np.float64]:
    """Return how likely each recording is drawn, in sum 1; see `AugmentedBatches`."""
    own = len(recordings) - also
    spoken = Counter((r.speaker, r.label) for r in recordings)
    chances = np.array([spoken[r.speaker, r.label] ** -0.5 for r in recordings])
    of_label: dict[str, list[int]] = defaultdict(list)
    for n, recording in enumerate(recordings):
        of_label[recording.label].append(n)
    words = len(of_label) - (UNKNOWN in of_label)
    share = {label: 1 / words for label in of_label if label != UNKNOWN}
    if UNKNOWN in of_label:
        share = {label: part * (1 - _UNKNOWN_SHARE) for label, part in share.items()}
        share[UNKNOWN] = _UNKNOWN_SHARE
    for label, numbers in of_label.items():
        places = np.array(numbers)
        first, second = places[places < own], places[places >= own]
        parts = [(first, 1 - _ALSO_SHARE), (second, _ALSO_SHARE)]
        if not (first.size and second.size):
            parts = [(places, 1.0)]
        for part, size in parts:
            chances[part] *= share[label] * size / chances[part].sum()
    return np.asarray(chances / chances.sum())


@contextmanager
def ahead(batches: Iterator[Batch], number: int = 4) -> Iterator[Iterator[Batch]]:
    """Give batches that a thread prepares while the network learns from those before."""
    queue: Queue[Batch | Exception] = Queue(number)
    ended = Event()

    def prepare() -> None:
        try:
            for batch in batches:
                queue.put(batch)
                if ended.is_set():
                    return
        except Exception as error:  # noqa: BLE001 - raised again where the batches are used
            queue.put(error)

    def take() -> Iterator[Batch]:
        while True:
            batch = queue.get()
            if isinstance(batch, Exception):
                raise batch
            yield batch

    thread = Thread(target=prepare, name="batches", daemon=True)
    thread.start()
    try:
        yield take()
    finally:
        ended.set()
        while thread.is_alive():
            with suppress(Empty):
                queue.get(timeout=0.05)


def one_hot(recordings: Sequence[Recording], labels: tuple[str, ...]) -> FloatArray:
    """Return a row for each recording with a 1 at its label: (n, n_labels)."""
    return np.eye(len(labels), dtype=np.float32)[[labels.index(r.label) for r in recordings]]


def network_input(rows: FloatArray) -> FloatArray:
    """Give takes, (n, 8000), the channel that a network on the waveform expects."""
    return rows[..., np.newaxis] if rows.ndim == 2 else rows
