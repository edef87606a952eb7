"""Remembers what files told, so that a folder that has not changed is not read again."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
from typing import TYPE_CHECKING, Self

from core.dataset.cache import CacheTable, today
from core.dataset.health import Inspection, ProblemKind
from core.errors import TrainingError
from core.sentences import Sentence

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 2  # to be raised when `inspect_file` tells something else of the same file
_COMMIT_SECONDS = 1.0  # as much of the work is lost when the process is killed
_log = logging.getLogger(__name__)


class ScanIndex:
    """A table from a file's path and state to its `Inspection`.

    Like the index of a version control system: a file in the same state, see `file_state`, is
    taken to be the same. Where nothing can be kept it remembers nothing, and everything is read
    again. Use it in a ``with`` block.

    Parameters
    ----------
    folder : Path
        Where the table is kept; made when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._table: CacheTable | None = None
        self._pending: list[tuple[bytes | str | float, ...]] = []
        self._committed = time.monotonic()
        try:
            self._table = CacheTable(
                folder / f"scan-{_VERSION}",
                "key BLOB PRIMARY KEY, state TEXT, fingerprint TEXT, seconds REAL, "
                "sample_rate INTEGER, problem TEXT, detail TEXT",
            )
        except TrainingError as error:
            _log.info("Files are read without an index: %s", error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.commit()
        self._close()

    def inspections(self, folder: Path) -> dict[tuple[str, str], Inspection]:
        """Return what the files below a folder told, by name (with slashes) and `file_state`."""
        if self._table is None:
            return {}
        separator = os.fsencode(os.sep)
        above = _key(folder).rstrip(separator) + separator
        below = (above, above[:-1] + bytes([above[-1] + 1]))  # all that begins with it
        try:
            with self._table.database as database:
                database.execute(
                    "UPDATE entries SET used = ?3 WHERE key > ?1 AND key < ?2 AND used < ?3",
                    (*below, today()),
                )
            rows = database.execute("SELECT * FROM entries WHERE key > ? AND key < ?", below)
            return {
                (os.fsdecode(path[len(above) :]).replace(os.sep, "/"), state): _inspection(*told)
                for path, state, *told, _used in rows
            }
        except (sqlite3.Error, ValueError, TypeError) as error:
            self._give_up(error)
            return {}

    def put(self, path: Path, state: str, inspection: Inspection) -> None:
        """Remember what a file told that was in a state before it was read."""
        if self._table is None or not state or not inspection.lasting:
            return
        told = (inspection.fingerprint, inspection.seconds, inspection.sample_rate)
        problem = inspection.problem.value if inspection.problem else ""
        detail = json.dumps(inspection.detail.to_json(), default=str) if inspection.detail else ""
        self._pending.append((_key(path), state, *told, problem, detail, today()))
        if time.monotonic() - self._committed > _COMMIT_SECONDS:
            self.commit()

    def commit(self) -> None:
        """Keep what was put, for others too."""
        if self._table is not None:
            try:
                with self._table.database as database:
                    database.executemany(
                        "REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._pending
                    )
            except sqlite3.Error as error:
                self._give_up(error)
        self._pending.clear()
        self._committed = time.monotonic()

    def _give_up(self, error: Exception) -> None:
        """Begin anew where the table is damaged; where nothing can be kept, do without."""
        _log.info("What files told cannot be kept: %s", error)
        table = self._table
        if table is not None and not isinstance(error, sqlite3.OperationalError):
            try:
                table.begin_anew()
            except TrainingError:
                self._close()
        else:
            self._close()

    def _close(self) -> None:
        table, self._table = self._table, None
        if table is not None:
            table.close()


def _inspection(
    fingerprint: str, seconds: float, sample_rate: int, problem: str, detail: str
) -> Inspection:
    if not problem:
        return Inspection(fingerprint, seconds, sample_rate)
    said = Sentence.from_json(json.loads(detail))
    return Inspection(fingerprint, seconds, sample_rate, ProblemKind(problem), said)


def _key(path: Path) -> bytes:
    return os.fsencode(path.absolute())  # a name need not be text


def file_state(path: Path) -> str:
    """Return what a change of a file changes, or an empty text when there is no file.

    Size and time of change are not enough: recorders without a clock give all files the same
    time. So the time at which the system noted a change, and the number of the file, count too.
    """
    try:
        status = path.stat()
    except OSError:
        return ""
    # As text: the numbers of files, and times after 2262, have more bits than SQLite's.
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
