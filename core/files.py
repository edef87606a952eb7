"""New files: written whole or not at all, and nothing is overwritten."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from core.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path


def free_name(path: Path) -> Path:
    """Return the path itself or, where something lies there, one with a number."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet.

    It is written beside its place and renamed: whoever ends the program leaves no half of it.

    Raises
    ------
    ExportError
        When something lies at `path` already, or it cannot be written.
    """
    if path.exists():
        raise ExportError(f"{path} exists already: choose another name.")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.rename(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        temporary.unlink(missing_ok=True)
