"""What a network is shown while it learns, batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from core.sound.audio import FloatArray
    from core.training.dataset import Recording
    from core.training.feature_store import StoredRows


class Batches:
    """Shuffled batches of stored rows; the order depends on the seed and the epoch alone.

    Parameters
    ----------
    rows : StoredRows
    labels : (n,) int array
    size : int
        Rows a batch.
    seed : int
    """

    def __init__(self, rows: StoredRows, labels: npt.NDArray[np.intp], size: int, seed: int):
        self._rows = rows
        self._labels = labels
        self._size = size
        self._seed = seed

    def __len__(self) -> int:
        return -(-len(self._rows) // self._size)

    def from_epoch(self, first_epoch: int) -> Iterator[tuple[FloatArray, npt.NDArray[np.intp]]]:
        """Yield the batches of all epochs from one on, without an end."""
        epoch = first_epoch
        while True:
            order = np.random.default_rng((self._seed, epoch)).permutation(len(self._rows))
            for first in range(0, len(order), self._size):
                chosen = order[first : first + self._size]
                yield network_input(self._rows[chosen]), self._labels[chosen]
            epoch += 1

    def as_tensorflow(self, first_epoch: int) -> Any:
        """Return the same as a tf.data.Dataset that is prepared while the network learns."""
        import tensorflow as tf

        shape = (None, *network_input(self._rows[:1]).shape[1:])
        signature = (tf.TensorSpec(shape, tf.float32), tf.TensorSpec((None,), tf.int64))
        data = tf.data.Dataset.from_generator(
            lambda: self.from_epoch(first_epoch), output_signature=signature
        )
        return data.prefetch(4)

    def release(self) -> None:
        """Let the system take back the memory of the rows."""
        self._rows.release()


def targets(recordings: Sequence[Recording], labels: tuple[str, ...]) -> npt.NDArray[np.intp]:
    """Return the index of each recording's label."""
    return np.array([labels.index(recording.label) for recording in recordings], np.int64)


def network_input(rows: FloatArray) -> FloatArray:
    """Give takes, (n, 8000), the channel that a network on the waveform expects."""
    return rows[..., np.newaxis] if rows.ndim == 2 else rows
