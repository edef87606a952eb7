"""A few of the clips that a model was trained with, kept in its bundle.

A network that learns something new forgets the old unless it goes on seeing some of it
(rehearsal: Robins, Catastrophic Forgetting, Rehearsal and Pseudorehearsal, 1995). What is kept
is what the network was given, not the sound: one part to learn from again, another, which
the network has never learned from, to see whether it still knows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.recognition.bundle import REHEARSAL_FILE, check_file, read_arrays, reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.dataset.scan import Recording
    from core.sound.clip import FloatArray

    IntArray = npt.NDArray[np.intp]
    Inputs = tuple[FloatArray, IntArray]

_PER_LABEL = 40
_LARGEST_BYTES = 2**21  # of one part, before it is compressed


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """Inputs of a network, as it is given them when it recognises, and the indices of their labels.

    Parameters
    ----------
    learned, held_out : (n, ...) float32 array
        To learn from, and to be tested on: of clips that it has not learned from.
    learned_labels, held_out_labels : (n,) int array
    """

    learned: FloatArray
    learned_labels: IntArray
    held_out: FloatArray
    held_out_labels: IntArray


def choose_for_rehearsal(
    recordings: Sequence[Recording], input_shape: tuple[int, ...], seed: int = 777
) -> list[Recording]:
    """Choose as many recordings of every label, of as many speakers as there are.

    Parameters
    ----------
    recordings : sequence of Recording
        One side of a split.
    input_shape : tuple of int
        Of one input of the network; the larger, the fewer are chosen.
    seed : int
    """
    order = np.random.default_rng(seed).permutation(len(recordings))
    turns: Counter[tuple[str, str | None]] = Counter()
    queue: list[tuple[int, Recording]] = []
    for recording in (recordings[n] for n in order):
        turns[recording.label, recording.speaker] += 1
        queue.append((turns[recording.label, recording.speaker], recording))
    queue.sort(key=lambda entry: entry[0])  # everybody's first clip, then everybody's second
    kinds = len({recording.label for recording in recordings})
    row_bytes = np.dtype(np.float16).itemsize * int(np.prod(input_shape))
    room = max(1, min(_PER_LABEL, _LARGEST_BYTES // (row_bytes * max(1, kinds))))
    taken: Counter[str] = Counter()
    chosen = []
    for _, recording in queue:
        if taken[recording.label] < room:
            taken[recording.label] += 1
            chosen.append(recording)
    return chosen


def write_rehearsal(folder: Path, rehearsal: Rehearsal) -> None:
    """Keep what a network is to rehearse in its bundle's folder, from `new_bundle`."""
    np.savez_compressed(
        folder / REHEARSAL_FILE,
        learned=rehearsal.learned.astype(np.float16),
        learned_labels=rehearsal.learned_labels.astype(np.int16),
        held_out=rehearsal.held_out.astype(np.float16),
        held_out_labels=rehearsal.held_out_labels.astype(np.int16),
    )


def load_rehearsal(bundle: Path, n_labels: int, input_shape: tuple[int, ...]) -> Rehearsal | None:
    """Return what a bundle keeps for rehearsal, or None when it keeps nothing.

    Raises
    ------
    BundleError
        When the file is damaged, or of another network.
    """
    if not (bundle / REHEARSAL_FILE).exists():
        return None
    check_file(bundle, REHEARSAL_FILE)
    shapes = {"learned": (None, *input_shape), "learned_labels": (None,)}
    shapes |= {"held_out": (None, *input_shape), "held_out_labels": (None,)}
    learned, learned_labels, held_out, held_out_labels = read_arrays(bundle, REHEARSAL_FILE, shapes)
    with reading(bundle, REHEARSAL_FILE):
        return Rehearsal(
            *_checked(learned, learned_labels, n_labels),
            *_checked(held_out, held_out_labels, n_labels),
        )


def _checked(inputs: npt.NDArray[np.float16], labels: IntArray, n_labels: int) -> Inputs:
    if len(inputs) != len(labels) or not np.isfinite(inputs).all():
        raise ValueError("inputs that no network is given")
    if labels.min() < 0 or labels.max() >= n_labels:
        raise ValueError("labels that the network does not have")
    return np.asarray(inputs, np.float32), np.asarray(labels, np.intp)
