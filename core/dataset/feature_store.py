"""What a network is given for every clip, on disk and read memory-mapped.

One store holds arrays of one shape: the log-Mel features of a `FeatureConfig`, what an encoder
makes of those, or the takes themselves. Rows are found by the fingerprint of their sound, so a
clip that was seen in one folder is known in the next.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from core.dataset.cache import CacheTable, cache_errors, is_damage, today
from core.errors import TrainingError
from core.sound.clip import TAKE_SAMPLES
from core.sound.features import LogMelFrontEnd

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from pathlib import Path

    import numpy.typing as npt

    from core.sound.clip import AudioClip, FloatArray
    from core.sound.features import FeatureConfig

_VERSION = 2  # to be raised when the front end computes something else for the same settings
_BATCH = 64


class RowEncoder(Protocol):
    """Makes a row, often a shorter one, of the features of each take."""

    name: str
    row_shape: tuple[int, ...]

    def __call__(self, features: FloatArray, /) -> FloatArray:
        """Return (n, *row_shape) for (n, n_mels, n_frames)."""
        ...


class FeatureStore:
    """Rows of numbers in one file, and a table that says which sound each belongs to.

    Several processes may use one store. Use it in a ``with`` block.

    Parameters
    ----------
    folder : Path
        Where stores are kept; made when missing.
    features : FeatureConfig or None
        None to keep the takes themselves, (8000,) samples.
    encoder : RowEncoder, optional
        What it makes of the features is kept, as float16.
    """

    def __init__(
        self, folder: Path, features: FeatureConfig | None, encoder: RowEncoder | None = None
    ) -> None:
        import scipy.fft

        self._front_end = LogMelFrontEnd(features, fft=scipy.fft.rfft) if features else None
        self.row_shape: tuple[int, ...] = (TAKE_SAMPLES,)
        settings = "takes"
        if features:
            self.row_shape = (features.n_mels, features.n_frames())
            settings = json.dumps(features.to_json(), sort_keys=True)
        self._encoder = encoder
        self._kind = np.dtype(np.float16 if encoder else np.float32)
        if encoder:
            self.row_shape = encoder.row_shape
            settings += f" {encoder.name}"
        name = hashlib.blake2b(f"{_VERSION} {settings}".encode(), digest_size=8).hexdigest()
        self._row_bytes = self._kind.itemsize * int(np.prod(self.row_shape))
        self._pending: list[str] = []
        # One is filled while the other is computed.
        self._filled, self._other = (np.empty((_BATCH, TAKE_SAMPLES), np.float32) for _ in range(2))
        self._batch: tuple[list[str], Future[FloatArray]] | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="features")
        self._table = CacheTable(
            folder / name,
            "key INTEGER PRIMARY KEY, fingerprint TEXT UNIQUE",
            self._row_bytes,
            encoder is not None,
        )
        try:
            with cache_errors(folder):
                self._file = self._table.rows.open("ab+")
                try:
                    self._rows = self._load_rows()
                except sqlite3.DatabaseError as error:
                    if not is_damage(error):
                        raise
                    self._table.begin_anew()
                    self._rows = self._load_rows()
        except TrainingError:
            self._table.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.shutdown()
        self._file.close()
        self._table.close()

    def __contains__(self, fingerprint: str) -> bool:
        begun = self._batch[0] if self._batch else ()
        return fingerprint in self._rows or fingerprint in self._pending or fingerprint in begun

    def add(self, fingerprint: str, clip: AudioClip) -> None:
        """Compute and keep the row of a take; written with the next full batch."""
        if fingerprint not in self:
            self._filled[len(self._pending)] = clip.samples
            self._pending.append(fingerprint)
            if len(self._pending) >= _BATCH:
                self._begin_batch()

    def flush(self) -> None:
        """Compute and write what is pending."""
        self._begin_batch()
        self._write_batch()

    def _begin_batch(self) -> None:
        """Write the last batch, and have the next computed while more is read."""
        self._write_batch()
        if self._pending:
            samples = self._filled[: len(self._pending)]
            self._batch = self._pending, self._worker.submit(self._compute, samples)
            self._pending = []
            self._filled, self._other = self._other, self._filled

    def _compute(self, samples: FloatArray) -> FloatArray:
        rows = self._front_end.model_input(samples) if self._front_end else samples
        return self._encoder(rows) if self._encoder else rows

    def _write_batch(self) -> None:
        if self._batch is None:
            return
        fingerprints, computed = self._batch
        rows = computed.result()
        self._batch = None
        # The table is locked while a place in the file is taken and filled; whoever breaks
        # off in between leaves a gap that nobody refers to.
        with cache_errors(self._table.rows.parent), self._database:
            self._database.execute("BEGIN IMMEDIATE")
            size = os.fstat(self._file.fileno()).st_size
            first = -(-size // self._row_bytes)
            self._file.write(bytes(first * self._row_bytes - size))
            self._file.write(np.ascontiguousarray(rows, self._kind).data)
            self._file.flush()
            new = [(first + n, fingerprint, today()) for n, fingerprint in enumerate(fingerprints)]
            self._database.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?)", new)
        self._rows.update((fingerprint, row) for row, fingerprint, _ in new)

    def open_rows(self, fingerprints: Sequence[str]) -> StoredRows:
        """Return the rows of some sounds, in their order, memory-mapped.

        Raises
        ------
        KeyError
            When one of them was never added.
        """
        self.flush()
        numbers = np.array([self._rows[fingerprint] for fingerprint in fingerprints], np.int64)
        with cache_errors(self._table.rows.parent), self._database:
            self._database.executemany(
                "UPDATE entries SET used = ?2 WHERE key = ?1 AND used < ?2",
                ((number, today()) for number in numbers.tolist()),
            )
            return StoredRows(self._table.rows, self.row_shape, numbers, self._kind)

    @property
    def _database(self) -> sqlite3.Connection:
        return self._table.database

    def _load_rows(self) -> dict[str, int]:
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            ((found,), *_) = self._database.execute("PRAGMA quick_check(1)").fetchall()
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            written = os.fstat(self._file.fileno()).st_size // self._row_bytes
            # Of a file that was cut short, or removed, the lost places will be filled anew.
            self._database.execute("DELETE FROM entries WHERE key >= ?", (written,))
            return dict(self._database.execute("SELECT fingerprint, key FROM entries").fetchall())


class StoredRows:
    """Rows of a store, read when they are asked for.

    Parameters
    ----------
    path : Path
    row_shape : tuple of int
    numbers : (n,) int array
        Which rows of the file, in which order.
    kind : dtype
    """

    def __init__(
        self,
        path: Path,
        row_shape: tuple[int, ...],
        numbers: npt.NDArray[np.int64],
        kind: npt.DTypeLike = np.float32,
    ) -> None:
        self._numbers = numbers
        self.shape = (len(numbers), *row_shape)
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        size = int(np.prod(row_shape))
        n_rows = len(self._map) // (np.dtype(kind).itemsize * size)
        flat = np.frombuffer(self._map, kind, n_rows * size)
        self._rows = flat.reshape(n_rows, *row_shape)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, chosen: npt.NDArray[np.intp] | slice) -> FloatArray:
        """Copy some rows: (n, *row_shape) float32."""
        return np.asarray(self._rows[self._numbers[chosen]], np.float32)

    def release(self) -> None:
        """Let the system take back the memory of what was read; it is read again when needed."""
        if hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)
