"""A table in the user's cache folder: all in it can be found out again, so it may be lost."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def open_table(path: Path, table: str) -> sqlite3.Connection:
    """Open a database with one table; a damaged one is begun anew.

    Parameters
    ----------
    path : Path
        Its folder is made when missing.
    table : str
        Name and columns, as SQL has them.

    Raises
    ------
    TrainingError
        When nothing can be written there.
    """
    with cache_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(path, table)
        except sqlite3.OperationalError:  # locked, or a full disk: not damaged
            raise
        except sqlite3.DatabaseError:
            path.unlink()
            return _open(path, table)


@contextmanager
def cache_errors(folder: Path) -> Iterator[None]:
    """Turn what goes wrong with files of the cache into a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise TrainingError(
            f"What was learned of the recordings cannot be kept in {folder}: {reason}. Make room "
            "there, or make it writable."
        ) from error


def _open(path: Path, table: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=30)
    try:
        database.execute("PRAGMA synchronous = OFF")
        database.execute(f"CREATE TABLE IF NOT EXISTS {table}")
    except sqlite3.Error:
        database.close()
        raise
    return database
