"""A list of clips as a table and as lines of JSON, for other programs."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from core.export.tables import as_csv
from core.labels import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRow:
    """What a list knows of a clip; None is what it does not.

    Parameters
    ----------
    file : str
        Its name, or its path.
    expected : str or None
        The word that was said, as its name or a person tells.
    heard : str or None
        The word that a model heard.
    confidence : float or None
        How sure that was, in 0-1.
    model : str or None
        The model's name.
    seconds : float or None
        How long the clip is.
    level_dbfs : float or None
        How loud it is.
    time : datetime or None
        When it was recorded.
    state : str
        What is to be said of it in a word.
    """

    file: str
    expected: str | None = None
    heard: str | None = None
    confidence: float | None = None
    model: str | None = None
    seconds: float | None = None
    level_dbfs: float | None = None
    time: datetime | None = None
    state: str = ""


_COLUMNS = tuple(field.name for field in fields(ClipRow))
_DIGITS = {"confidence": 4, "seconds": 3, "level_dbfs": 1}


def clips_csv(rows: Iterable[ClipRow]) -> str:
    """Return a table, a row a clip; a field is empty where nothing is known."""
    return as_csv([list(_COLUMNS), *([_cell(row, name) for name in _COLUMNS] for row in rows)])


def clips_jsonl(rows: Iterable[ClipRow]) -> str:
    """Return a JSON object a line, a line a clip; what is not known is null."""
    return "".join(
        f"{json.dumps({name: _value(row, name) for name in _COLUMNS})}\n" for row in rows
    )


def _cell(row: ClipRow, name: str) -> str:
    value = _value(row, name)
    if isinstance(value, float):
        return f"{value:.{_DIGITS[name]}f}"
    return "" if value is None else printable(value)


def _value(row: ClipRow, name: str) -> str | float | None:
    value = getattr(row, name)
    if value is None or isinstance(value, str):
        return value
    if name == "time":
        return str(value.isoformat(timespec="seconds"))
    return round(float(value), _DIGITS[name]) if math.isfinite(value) else None
