"""Values as JSON and back: what is read is checked to every depth before it is used.

A record is a frozen dataclass. What its annotations say is what is read, so a list where an object
is expected, a number that is none, or one of 400 digits is found here, in whatever file it stands.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_Kind = TypeVar("_Kind")

LARGEST_JSON = 8 * 2**20
_LARGEST_NUMBER = 2**53  # above, not every whole number has a float
_DEEPEST = 20


def read_json(path: Path, largest: int = LARGEST_JSON) -> Any:
    """Read a file of JSON that anybody may have written.

    Raises
    ------
    ValueError
        When it is too large, or no JSON, or has numbers that are none or nests too deeply.
    OSError
    """
    if path.stat().st_size > largest:
        raise ValueError(f"it has {path.stat().st_size} bytes")
    return parse_json(path.read_bytes())


def parse_json(text: str | bytes) -> Any:
    """Parse JSON that anybody may have written; raises ValueError as `read_json` does."""
    try:
        data = json.loads(text)
        _check(data, _DEEPEST)
    except RecursionError as error:
        raise ValueError("it nests too deeply") from error
    return data


def json_bytes(data: object, indent: int | None = 2) -> bytes:
    """Return JSON for a file of UTF-8; names that are no text come back as they were."""
    text = json.dumps(data, indent=indent, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")  # within JSON, that is an escape


def to_json(value: Any) -> Any:
    """Return a record, and what is in it, as what JSON can hold.

    What is None, and is so by default, is left out. A class with a `to_json` of its own decides.
    """
    if hasattr(value, "to_json"):
        return value.to_json()
    if is_dataclass(value):
        return fields_to_json(value)
    if isinstance(value, Mapping):
        return {key: to_json(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(entry) for entry in value]
    return str(value) if isinstance(value, Path) else value


def fields_to_json(record: Any) -> dict[str, Any]:
    """Return the fields of a record as a JSON object; see `to_json`."""
    values = {field.name: (getattr(record, field.name), field.default) for field in fields(record)}
    return {
        name: to_json(value)
        for name, (value, default) in values.items()
        if value is not None or default is not None
    }


def from_json(kind: type[_Kind], data: object, name: str = "it") -> _Kind:
    """Read a value of a kind; a class with a `from_json` of its own reads itself.

    Raises
    ------
    ValueError
        When it is of another kind.
    """
    result: _Kind = _read(kind, data, name)
    return result


def fields_from_json(kind: type[_Kind], data: object, name: str = "it") -> _Kind:
    """Read the fields of a record; those with a default may be missing, unknown ones are ignored.

    Raises
    ------
    ValueError
        When a field is missing or of another kind.
    """
    if not isinstance(data, dict):
        raise ValueError(f"{name} is not an object")
    values = {}
    for key, (wanted, needed) in _hints(kind).items():  # type: ignore[arg-type]
        if key in data:
            values[key] = _read(wanted, data[key], key)
        elif needed:
            raise ValueError(f"{key} is missing")
    return kind(**values)


@cache
def _hints(kind: Any) -> dict[str, tuple[Any, bool]]:
    """Return what each field is, and whether it must be there."""
    hints = get_type_hints(kind)
    return {
        field.name: (
            hints[field.name],
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
    }


def _read(kind: Any, data: object, name: str) -> Any:
    origin, inner = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, types.UnionType):  # of one kind and None
        return None if data is None else _read(inner[0], data, name)
    if is_dataclass(origin):
        own = getattr(kind, "from_json", None)
        return own(data) if own else fields_from_json(kind, data, name)
    if origin is tuple and isinstance(data, list):
        kinds = inner[:1] * len(data) if inner[-1] is Ellipsis else inner
        if len(kinds) == len(data):
            return tuple(_read(*pair, name) for pair in zip(kinds, data, strict=True))
    if origin in (dict, Mapping) and isinstance(data, dict):
        return {key: _read(inner[1], entry, key) for key, entry in data.items()}
    if origin is Path and isinstance(data, str):
        return Path(data)
    if origin is float and type(data) in (int, float):
        _check(data, 0)
        return float(data)  # type: ignore[arg-type]
    if (origin is Literal and data in inner) or origin is Any or type(data) is origin:
        return data
    raise ValueError(f"{name} cannot be {repr(data)[:60]}")


def _check(data: object, depth: int) -> None:
    """Raise ValueError where a number is none, or what nests is deeper than `depth`."""
    if isinstance(data, float | int) and not abs(data) <= _LARGEST_NUMBER:
        if not (isinstance(data, float) and math.isfinite(data)):
            raise ValueError(f"it holds the number {str(data)[:20]}")
    elif isinstance(data, dict | list):
        if depth == 0:
            raise ValueError("it nests too deeply")
        for entry in data.values() if isinstance(data, dict) else data:
            _check(entry, depth - 1)
