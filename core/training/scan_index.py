"""Remembers what files told, so that a folder that has not changed is not read again."""

from __future__ import annotations

import os
import time
from contextlib import closing
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from core.training.cache_table import cache_errors, open_table
from core.training.dataset import Inspection

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1  # to be raised when `inspect_file` tells something else of the same file
_COMMIT_SECONDS = 1.0  # as long as others wait who want to write
_values = attrgetter("fingerprint", "seconds", "sample_rate", "problem", "detail")


class ScanIndex:
    """A table from a file's path, size and time of change to its `Inspection`.

    Like the index of a version control system: a file with the same size and time is taken
    to be the same. Use it in a ``with`` block.

    Parameters
    ----------
    folder : Path
        Where the table is kept; made when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._database = open_table(
            folder / f"scan-{_VERSION}.sqlite3",
            "files (path BLOB PRIMARY KEY, size INTEGER, changed INTEGER, fingerprint TEXT, "
            "seconds REAL, sample_rate INTEGER, problem TEXT, detail TEXT) WITHOUT ROWID",
        )
        self._committed = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with closing(self._database):
            self.commit()

    def get(self, path: Path) -> Inspection | None:
        """Return what the file told, or None when it is new or has changed."""
        row = self._database.execute(
            "SELECT size, changed, fingerprint, seconds, sample_rate, problem, detail FROM files "
            "WHERE path = ?",
            (_key(path),),
        ).fetchone()
        if row is None or row[:2] != _state(path):
            return None
        return Inspection(*row[2:])

    def put(self, path: Path, inspection: Inspection) -> None:
        """Remember what a file told."""
        with cache_errors(self._folder):
            self._database.execute(
                "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (_key(path), *_state(path), *_values(inspection)),
            )
        if time.monotonic() - self._committed > _COMMIT_SECONDS:
            self.commit()

    def commit(self) -> None:
        """Let others see what was put, and write themselves."""
        with cache_errors(self._folder):
            self._database.commit()
        self._committed = time.monotonic()


def _key(path: Path) -> bytes:
    return os.fsencode(path.absolute())  # a name need not be text


def _state(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns
