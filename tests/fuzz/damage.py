"""Ways to spoil bytes, values and names; each is given a random generator and nothing else."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

HUGE = (0, 1, 2, 255, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1)
NAMES = (
    "two ", " two", "-two", "two,three", "Zero", "ONE", "01", "7", "_silence_", "a\tb", "a\nb",
    "\x1b[31mred", "naïve", "日本語", "e\u0301", "\u202egnp.wav", "x" * 200, "con", "{name}", "%s",
    "$HOME", "~nosuchuser", "..", "a'b\"c", "<b>bold</b>", "&amp;", "\udcff\udcfe",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 0.5, 1e308, -1e308, float("nan"), float("inf"), 10**400, "", "x",
    "9" * 400, "\udcff", [], {}, [[]], [None], {"a": None}, "x" * 100_000, 2**20, 2**31, "0.8",
)  # fmt: skip


def spoil_bytes(chance: random.Random, content: bytes) -> bytes:
    """Damage a file's content as disks, networks and killed programs do."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        content = chance.choice(_OF_BYTES)(chance, content)
    return content


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flip(chance: random.Random, content: bytes) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 3, 30))):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def _zero_block(chance: random.Random, content: bytes) -> bytes:
    size = chance.choice((16, 512, 4096))
    at = chance.randrange(len(content) + 1) // size * size
    return content[:at] + bytes(min(size, len(content) - at)) + content[at + size :]


def _header_number(chance: random.Random, content: bytes) -> bytes:
    """Put an odd number where a header has a rate, a size or a count."""
    at, width = chance.randrange(0, 80), chance.choice((1, 2, 4))
    order = chance.choice(("little", "big"))
    number = (chance.choice(HUGE) % 256**width).to_bytes(width, order)
    return content[:at] + number + content[at + width :]


def _move_block(chance: random.Random, content: bytes) -> bytes:
    a, b, c = sorted(chance.randrange(len(content) + 1) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def _append(chance: random.Random, content: bytes) -> bytes:
    return content + chance.randbytes(chance.choice((1, 100, 10_000)))


def _garbage(chance: random.Random, content: bytes) -> bytes:
    return chance.randbytes(chance.randrange(3000))


def _nothing(chance: random.Random, content: bytes) -> bytes:
    return b""


def _lines(chance: random.Random, content: bytes) -> bytes:
    """What an editor or a version control system does: other line ends, a mark at the front."""
    return b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")


_OF_BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _cut, _cut, _flip, _flip, _zero_block, _header_number, _header_number, _header_number,
    _move_block, _append, _garbage, _nothing, _lines,
)  # fmt: skip


def spoil_json(chance: random.Random, content: bytes) -> bytes:
    """Damage a JSON file so that it stays JSON, as far as Python reads it."""
    data = json.loads(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = _spoil_value(chance, data)
    if chance.random() < 0.03:
        return b"[" * 100_000
    return json.dumps(data).encode()


def _spoil_value(chance: random.Random, data: Any) -> Any:
    """Replace, remove or add something at a random depth."""
    inner = (
        list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    )
    if inner and chance.random() < 0.8:
        key = chance.choice(list(inner))
        if chance.random() < 0.15:
            del data[key]
        else:
            data[key] = _spoil_value(chance, data[key])
        return data
    if isinstance(data, dict) and chance.random() < 0.3:
        data[chance.choice(NAMES)] = deepcopy(chance.choice(VALUES))
        return data
    return deepcopy(chance.choice(VALUES))
