"""A few of the clips that a model was trained with, kept in its bundle.

A network that learns something new forgets the old unless it goes on seeing some of it
(rehearsal: Robins, Catastrophic Forgetting, Rehearsal and Pseudorehearsal, 1995). What is kept
is what the network was given, not the sound: one part to learn from again, another, which
the network has never learned from, to see whether it still knows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from core.errors import BundleError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.dataset.scan import Recording
    from core.sound.clip import FloatArray

    IntArray = npt.NDArray[np.intp]

REHEARSAL_FILE = "rehearsal.npz"

_PER_LABEL = 40
_LARGEST_BYTES = 2**21  # of one part, before it is compressed


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """Inputs of a network and the indices of their labels.

    Parameters
    ----------
    learned, held_out : (n, ...) float32 array
        To learn from, and to be tested on.
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


def write_rehearsal(
    folder: Path,
    learned: tuple[FloatArray, IntArray],
    held_out: tuple[FloatArray, IntArray],
) -> None:
    """Keep inputs of a network and their labels in a bundle's folder.

    Parameters
    ----------
    folder : Path
        From `writing_bundle`.
    learned : ((n, ...) float32 array, (n,) int array)
        Clean inputs, as the network is given them when it recognises, of clips that it has
        learned from, and the indices of their labels.
    held_out : ((n, ...) float32 array, (n,) int array)
        The same of clips that it has not learned from: of its validation set.
    """
    arrays: dict[str, Any] = {}
    for name, (inputs, labels) in (("learned", learned), ("held_out", held_out)):
        arrays[name] = inputs.astype(np.float16)
        arrays[f"{name}_labels"] = labels.astype(np.int16)
    np.savez_compressed(folder / REHEARSAL_FILE, **arrays)


def load_rehearsal(bundle: Path, n_labels: int, input_shape: tuple[int, ...]) -> Rehearsal | None:
    """Return what a bundle keeps for rehearsal, or None when it keeps nothing.

    Raises
    ------
    BundleError
        When the file is damaged, or of another network.
    """
    path = bundle / REHEARSAL_FILE
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            learned, held_out = (
                _part(arrays, name, n_labels, input_shape) for name in ("learned", "held_out")
            )
    except (ValueError, OSError, EOFError, KeyError, BadZipFile) as error:
        raise BundleError(
            f"The model “{bundle.name}” cannot be adapted: its {REHEARSAL_FILE} is damaged "
            f"({error})."
        ) from error
    return Rehearsal(*learned, *held_out)


def _part(
    arrays: Any, name: str, n_labels: int, input_shape: tuple[int, ...]
) -> tuple[FloatArray, IntArray]:
    inputs = np.asarray(arrays[name], np.float32)
    labels = np.asarray(arrays[f"{name}_labels"], np.intp)
    if inputs.shape != (labels.size, *input_shape) or not np.isfinite(inputs).all():
        raise ValueError(f"inputs of shape {inputs.shape}")
    if labels.size == 0 or labels.min() < 0 or labels.max() >= n_labels:
        raise ValueError("labels that the network does not have")
    return inputs, labels
