"""Remembers what files told, so that a folder that has not changed is not read again."""

from __future__ import annotations

import os
import time
from contextlib import closing
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from core.dataset.cache import cache_errors, open_table
from core.dataset.health import Inspection

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1  # to be raised when `inspect_file` tells something else of the same file
_COMMIT_SECONDS = 1.0  # as much of the work is lost when the process is killed
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
        self._pending: list[tuple[bytes | str | float, ...]] = []
        self._committed = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with closing(self._database):
            self.commit()

    def inspections(self, folder: Path) -> dict[tuple[str, int, int], Inspection]:
        """Return what the files below a folder told, by name (with slashes) and `file_state`."""
        separator = os.fsencode(os.sep)
        above = _key(folder).rstrip(separator) + separator
        rows = self._database.execute(
            "SELECT path, size, changed, fingerprint, seconds, sample_rate, problem, detail "
            "FROM files WHERE path > ? AND path < ?",
            (above, above[:-1] + bytes([above[-1] + 1])),  # all that begins with it
        )
        return {
            (os.fsdecode(path[len(above) :]).replace(os.sep, "/"), size, changed): Inspection(*told)
            for path, size, changed, *told in rows
        }

    def put(self, path: Path, state: tuple[int, int], inspection: Inspection) -> None:
        """Remember what a file told that was in a state before it was read."""
        self._pending.append((_key(path), *state, *_values(inspection)))
        if time.monotonic() - self._committed > _COMMIT_SECONDS:
            self.commit()

    def commit(self) -> None:
        """Keep what was put, for others too."""
        with cache_errors(self._folder), self._database:
            self._database.executemany(
                "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._pending
            )
        self._pending.clear()
        self._committed = time.monotonic()


def _key(path: Path) -> bytes:
    return os.fsencode(path.absolute())  # a name need not be text


def file_state(path: Path) -> tuple[int, int]:
    """Return size and time of change of a file, by which a change is noticed."""
    try:
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns
