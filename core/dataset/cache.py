"""The cache: what was found out about recordings. It can be found out again, so it may be lost.

It lies in the user's cache folder and holds what the files of every folder told, and what networks
are given for their sounds, the sounds themselves among it. So it is bounded: what was not used for
`MOST_DAYS` goes, and of more than `MOST_BYTES` what was used least recently. Whoever opens a table
tidies the cache first, once a day or when it is too large.

Whoever has a table open holds a lock together with others; whoever takes something out holds it
alone. The arrays that a run has mapped into its memory stay whole, whatever is taken out.
"""

from __future__ import annotations

import math
import os
import sqlite3
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from core.errors import TrainingError, WritingError, reason_of
from core.labels import printable
from core.places import user_cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 10**9
MOST_DAYS = 30

_TABLE, _ROWS, _NEW = ".sqlite3", (".f32", ".f16"), ".new"
_LOCK = "lock"  # empty; never removed, since a lock on a file that is gone holds nobody off
_WAIT_SECONDS = 30.0
_EMPTYING_SECONDS = 5.0


def cache_folder() -> Path:
    """Return where the cache is, or will be."""
    return user_cache()


def cache_bytes(folder: Path | None = None) -> int:
    """Return how large the cache is."""
    total = 0
    for file in _files(folder or cache_folder()):
        with suppress(OSError):
            total += file.stat().st_size
    return total


def empty_cache(folder: Path | None = None) -> int:
    """Remove all that is in the cache, and return how many bytes that was.

    Raises
    ------
    WritingError
        When another process is reading recordings, or nothing can be removed.
    """
    folder = folder or cache_folder()
    before = cache_bytes(folder)
    if before:
        try:
            with alone(folder, _EMPTYING_SECONDS):
                for file in _files(folder):
                    file.unlink()
        except (OSError, sqlite3.Error) as error:
            if "locked" in str(error):
                raise WritingError(
                    "What was learned of the recordings in {folder} is being used by another "
                    "process. Try again when it is done.",
                    folder=printable(folder),
                ) from error
            raise WritingError(
                "What was learned of the recordings in {folder} cannot be removed: {reason}.",
                folder=printable(folder),
                reason=reason_of(error),
            ) from error
    return before


def trim_cache(
    folder: Path | None = None, most_bytes: int | None = None, most_days: int | None = None
) -> int:
    """Take out of the cache what is old or too much, and return how many bytes that was.

    Nothing is taken out while another process has a table open.
    """
    folder = folder or cache_folder()
    before = cache_bytes(folder)
    # What is in use, or cannot be written just now, is trimmed another time.
    with suppress(OSError, sqlite3.Error), alone(folder, 0.0):
        _trim(
            folder,
            MOST_BYTES if most_bytes is None else most_bytes,
            today() - (MOST_DAYS if most_days is None else most_days),
        )
        os.utime(folder / _LOCK)
    return before - cache_bytes(folder)


def today() -> int:
    """Return the number of the day."""
    return int(time.time() // 86400)


class CacheTable:
    """A table of the cache, with or without a file of rows beside it.

    Its name is ``entries``. Its first column is the ``key``, its last one ``used``: the day on
    which an entry was used last. The rows of the file are the entries' by their keys.

    Parameters
    ----------
    path : Path
        Without a suffix. Its folder is made when missing, a damaged table is begun anew.
    columns : str
        As SQL has them, but ``used``.
    row_bytes : int
        Size of a row of the file; 0 where there is none.
    row_is_half : bool
        Whether the rows are numbers of 16 bits, not of 32.

    Attributes
    ----------
    database : sqlite3.Connection
    rows : Path
        The file of rows.

    Raises
    ------
    TrainingError
        When nothing can be kept there.
    """

    def __init__(
        self, path: Path, columns: str, row_bytes: int = 0, row_is_half: bool = False
    ) -> None:
        folder = path.parent
        self.rows = path.with_name(path.name + _ROWS[row_is_half])
        self._file = path.with_name(path.name + _TABLE)
        self._statements = [
            "PRAGMA synchronous = OFF",
            f"CREATE TABLE IF NOT EXISTS entries ({columns}, used INTEGER NOT NULL)",
        ]
        if row_bytes:
            self._statements.append(f"PRAGMA user_version = {row_bytes}")
        with cache_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if _is_trim_due(folder):
                trim_cache(folder)
            self._lock = _lock(folder, _WAIT_SECONDS)
            try:
                self._lock.execute("BEGIN")
                self._lock.execute("SELECT * FROM sqlite_master").fetchall()  # locks it
                try:
                    self.database = self._open()
                except sqlite3.DatabaseError as error:
                    if not is_damage(error):
                        raise
                    self._file.unlink()
                    self.database = self._open()
            except BaseException:
                self._lock.close()
                raise

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file, timeout=_WAIT_SECONDS)
        try:
            for statement in self._statements:
                database.execute(statement)
        except BaseException:
            database.close()
            raise
        return database

    def begin_anew(self) -> None:
        """Forget everything, the table being damaged."""
        self.database.close()
        with cache_errors(self._file.parent):
            self._file.unlink(missing_ok=True)
            self.database = self._open()

    def close(self) -> None:
        """Let others have the cache alone."""
        self.database.close()
        self._lock.close()


@contextmanager
def cache_errors(folder: Path) -> Iterator[None]:
    """Turn what goes wrong with files of the cache into a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise TrainingError(
            "What was learned of the recordings cannot be kept in {folder}: {reason}. Make room "
            "there, or make it writable.",
            folder=printable(folder),
            reason=reason_of(error),
        ) from error


def is_damage(error: sqlite3.Error) -> bool:
    """Tell a table that is damaged from one that is locked, or on a full disk."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError
    )


def _lock(folder: Path, wait_seconds: float) -> sqlite3.Connection:
    # SQLite's lock is the portable one that a crash cannot leave behind.
    return sqlite3.connect(folder / _LOCK, timeout=wait_seconds, isolation_level=None)


@contextmanager
def alone(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Have a folder alone; raises sqlite3.OperationalError when others have it for longer."""
    with closing(_lock(folder, wait_seconds)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def _files(folder: Path) -> list[Path]:
    try:
        return [
            file
            for file in folder.iterdir()
            if file.suffix in (_TABLE, *_ROWS, _NEW) or file.name.endswith(f"{_TABLE}-journal")
        ]
    except OSError:
        return []


def _is_trim_due(folder: Path) -> bool:
    try:
        trimmed = (folder / _LOCK).stat().st_mtime // 86400
    except OSError:
        return True
    return trimmed != today() or cache_bytes(folder) > MOST_BYTES


def _trim(folder: Path, most_bytes: int, oldest: int) -> None:
    tables = [file for file in _files(folder) if file.suffix == _TABLE]
    names = {file.stem for file in tables}
    for file in _files(folder):
        if file.suffix == _NEW or file.name.partition(".")[0] not in names:
            file.unlink()  # what a process that was ended has left
    parts: list[tuple[int, Path, int, float]] = []
    for table in tables:
        try:
            ages = _ages(table)
        except sqlite3.DatabaseError:  # damaged, or of another version
            ages = {}
        if not ages:
            _remove(table)
            continue
        rows = _rows_of(table)
        size = table.stat().st_size + (rows.stat().st_size if rows.exists() else 0)
        each = size / sum(ages.values())
        parts += [(used, table, entries, each) for used, entries in ages.items()]
    too_much = sum(entries * each for _, _, entries, each in parts) - most_bytes
    left_out: Counter[Path] = Counter()
    kept: Counter[Path] = Counter()
    for used, table, entries, each in sorted(parts):
        some = entries if used < oldest else min(entries, math.ceil(too_much / each))
        left_out[table] += max(0, some)
        kept[table] += entries - max(0, some)
        too_much -= max(0, some) * each
    for table, some in left_out.items():
        if not kept[table]:
            _remove(table)
        elif some:
            _remove_oldest(table, some)


def _ages(table: Path) -> dict[int, int]:
    """Return how many entries of a table were last used on which day."""
    with closing(sqlite3.connect(table)) as database, database:
        database.execute("UPDATE entries SET used = ? WHERE used > ?", (today(), today()))
        return dict(database.execute("SELECT used, count(*) FROM entries GROUP BY used").fetchall())


def _rows_of(table: Path) -> Path:
    single, half = (table.with_suffix(suffix) for suffix in _ROWS)
    return half if half.exists() else single


def _remove(table: Path) -> None:
    _rows_of(table).unlink(missing_ok=True)
    table.unlink()


def _remove_oldest(table: Path, some: int) -> None:
    rows, new = _rows_of(table), table.with_suffix(_NEW)
    with closing(sqlite3.connect(table)) as database:
        database.execute(
            "DELETE FROM entries WHERE key IN (SELECT key FROM entries ORDER BY used, key LIMIT ?)",
            (some,),
        )
        if rows.exists():
            ((row_bytes,),) = database.execute("PRAGMA user_version").fetchall()
            written = rows.stat().st_size // max(1, row_bytes)
            kept = database.execute(
                "SELECT * FROM entries WHERE key < ? ORDER BY key", (written,)
            ).fetchall()
            with rows.open("rb") as old, new.open("wb") as moved:
                for key, *_ in kept:
                    old.seek(key * row_bytes)
                    moved.write(old.read(row_bytes))
            # Whatever ends the process from here on: no row is ever taken for another.
            database.execute("DELETE FROM entries")
            database.commit()
            new.replace(rows)
            database.executemany(
                "INSERT INTO entries VALUES (?, ?, ?)",
                [(number, *told) for number, (_, *told) in enumerate(kept)],
            )
        database.commit()
        database.execute("VACUUM")
