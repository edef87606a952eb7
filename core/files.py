"""The one writer: new files and folders, whole or not at all, and nothing is overwritten.

What is written lies beside its place, under a hidden name that is short whatever the place is
called, until it is whole and on the disk; then it takes its place, which nobody else can take at
the same moment. Whoever ends the program leaves nothing half-written there.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from core.errors import WritingError, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_SUFFIX = ".tmp"
_TRIES = 20 if os.name == "nt" else 0
_PAUSE_SECONDS = 0.05


def write_new(path: Path, content: bytes | Callable[[Path], object]) -> None:
    """Write a file that is not there yet.

    Parameters
    ----------
    path : Path
        Its folder must be there.
    content : bytes, or a callable that writes the file whose path it is given

    Raises
    ------
    WritingError
        When something lies at `path` already, or it cannot be written.
    """
    with new_file(path) as temporary:
        if callable(content):
            content(temporary)
        else:
            temporary.write_bytes(content)


def write_numbered(wish: Path, content: bytes | Callable[[Path], object]) -> Path:
    """Write a file under the name that is wished for or, where that is taken, with a number.

    Returns
    -------
    Path
        Where it is: ``name.wav``, ``name-2.wav``, …

    Raises
    ------
    WritingError
        When it cannot be written.
    """
    return write_first_free(numbered(wish), content)


def write_first_free(paths: Iterable[Path], content: bytes | Callable[[Path], object]) -> Path:
    """Write a file under the first of some names, all in one folder, that is free.

    Raises
    ------
    WritingError
        When it cannot be written, or no name is free.
    """
    path = None
    for path in paths:
        if os.path.lexists(path):
            continue
        try:
            write_new(path, content)
        except WritingError as error:
            if isinstance(error.__cause__, FileExistsError):
                continue
            raise
        return path
    raise WritingError("No name is free for {path}.", path=path)


def numbered(wish: Path) -> Iterator[Path]:
    """Yield a path, then the same with a number at the end of its name, without an end."""
    yield wish
    for number in count(2):
        yield wish.with_name(f"{wish.stem}-{number}{wish.suffix}")


def first_free(wish: Path) -> Path:
    """Return the first path that is free now; who writes there finds out whether it still is."""
    return next(path for path in numbered(wish) if not os.path.lexists(path))


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give the path of a file to write; it takes its place at `path` when all went well.

    Raises
    ------
    WritingError
        When something lies at `path` already, or it cannot be written. An error of another
        kind that the block raises comes out as it is; nothing is left behind in any case.
    """
    with _writing(path) as temporary:
        yield temporary
        _sync(temporary)
        _take_place(temporary, path)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a folder to write into; it takes its place at `path` when all went well.

    What is above `path` is made when it is missing. Raises as `new_file` does.
    """
    with _writing(path) as temporary:
        temporary.mkdir(parents=True)
        yield temporary
        for file in (entry for entry in temporary.rglob("*") if entry.is_file()):
            _sync(file)
        path.mkdir()  # from now on the place is nobody else's
        try:
            if os.name == "nt":
                path.rmdir()
            temporary.rename(path)
        except OSError:
            with suppress(OSError):
                path.rmdir()
            raise


def make_folder(path: Path) -> None:
    """Make a folder, and what is above it, where it is not there yet.

    Raises
    ------
    WritingError
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WritingError(
            "{path} cannot be a folder: {reason}.", path=path, reason=reason_of(error)
        ) from error


def replace_file(path: Path, content: bytes) -> None:
    """Write a file of the program's own that may be there already, at once and whole.

    Raises
    ------
    OSError
        When it cannot be written; what was there before is there still.
    """
    temporary = _beside(path)
    try:
        temporary.write_bytes(content)
        _sync(temporary)
        _replace(temporary, path)
    finally:
        _remove(temporary)


def append_line(path: Path, line: bytes) -> None:
    """Add a line to a file of the program's own, which is made when missing.

    What a crash has left of a line stays one that is torn: this one begins after it. Nobody else
    may be writing to the file.

    Raises
    ------
    OSError
    """
    with path.open("ab+") as file:
        torn = False
        if file.tell():
            file.seek(-1, os.SEEK_END)
            torn = file.read(1) != b"\n"
        file.write((b"\n" if torn else b"") + line + b"\n")
        file.flush()
        os.fsync(file.fileno())


def move_file(old: Path, places: Iterable[Path]) -> Path:
    """Move a file to the first of some places, on the same disk, that is free; return which.

    Raises
    ------
    WritingError
        When it cannot be moved, or no place is free.
    """
    for path in places:
        try:
            if os.path.lexists(path):
                continue
            _take_place(old, path)
            old.unlink(missing_ok=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise WritingError(
                "{old} cannot be moved to {path}: {reason}.",
                old=old,
                path=path,
                reason=reason_of(error),
            ) from error
        return path
    raise WritingError("No name is free for {path}.", path=old)


def remove_leftovers(path: Path) -> None:
    """Remove what a process that was killed while it wrote `path` has left beside it."""
    for leftover in path.parent.glob(f".{_mark(path)}-*{_SUFFIX}"):
        _remove(leftover)


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    temporary = _beside(path)
    try:
        if os.path.lexists(path):
            raise FileExistsError
        yield temporary
    except FileExistsError as error:
        raise WritingError("{path} exists already: choose another name.", path=path) from error
    except OSError as error:
        raise WritingError(
            "{path} cannot be written: {reason}.", path=path, reason=reason_of(error)
        ) from error
    finally:
        _remove(temporary)


def _beside(path: Path) -> Path:
    return path.with_name(f".{_mark(path)}-{secrets.token_hex(4)}{_SUFFIX}")


def _mark(path: Path) -> str:
    """Return what the hidden names of a path have in common; a name need not be text."""
    return hashlib.blake2b(os.fsencode(path.name), digest_size=4).hexdigest()


def _take_place(temporary: Path, path: Path) -> None:
    """Move a file to a place that is free; raises FileExistsError when it is not."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links: claim the name, then put the file in its place
        with path.open("xb"):
            pass
        try:
            temporary.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _replace(temporary: Path, path: Path) -> None:
    """Put a file in the place of another; Windows refuses while somebody reads that one."""
    for _ in range(_TRIES):
        with suppress(PermissionError):
            temporary.replace(path)
            return
        time.sleep(_PAUSE_SECONDS)
    temporary.replace(path)


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
