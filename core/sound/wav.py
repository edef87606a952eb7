"""WAV files as they lie on the disk: their chunks, and the plain ones decoded at once."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from core.sound.clip import FloatArray

    ReadAt: TypeAlias = Callable[[int, int], bytes]
    """Returns so many bytes from a place on; fewer where there are no more."""

RATES = range(1000, 10_000_001)
"""The sample rates, in Hz, of recordings; others tell of a damaged header."""

_MOST_CHUNKS = 10_000
_NO_SOUND = (b"LIST", b"JUNK", b"PAD ", b"FLLR", b"bext", b"cue ", b"fact", b"id3 ", b"smpl")
_TAGS = (b"ID3", b"TAG")
_FORMAT = struct.Struct("<HHIIHH")
_PCM = 1


def wav_chunks(read: ReadAt, order: str = "<") -> Iterator[tuple[bytes, int, int]]:
    """Yield name, place and claimed size of what the chunks of a WAV file hold."""
    place = 12
    for _ in range(_MOST_CHUNKS):
        head = read(place, 8)
        if len(head) < 8:
            return
        name, claimed = struct.unpack(f"{order}4sI", head)
        yield name, place + 8, claimed
        place += 8 + claimed + claimed % 2


def goes_on(read: ReadAt, start: int, claimed: int, size: int, order: str = "<") -> bool:
    """Tell whether the sound of a WAV file goes on behind its claimed end.

    A recorder that was killed leaves that behind. There is no more where other chunks follow,
    nor where the file claims to end there itself, unless it claims to hold nothing at all.
    """
    stop = start + claimed
    if size - stop < 8:
        return False
    (length,) = struct.unpack(f"{order}I", read(4, 4))
    if claimed and length + 8 in (stop, stop + 1):
        return False
    return not any(_only_chunks(read, stop + gap, size, order) for gap in (0, 1))


def _only_chunks(read: ReadAt, place: int, size: int, order: str) -> bool:
    for _ in range(_MOST_CHUNKS):
        head = read(place, 8).ljust(8, b"\0")
        if head[:4] in _NO_SOUND or head[:3] in _TAGS:
            return True
        name, claimed = struct.unpack(f"{order}4sI", head)
        place += 8 + claimed + claimed % 2
        if not all(32 <= byte < 127 for byte in name) or place > size + 1:
            return False
        if place >= size:
            return True
    return True


def decode_plain_wav(content: bytes) -> tuple[FloatArray, int] | None:
    """Decode a mono 16-bit WAV file; the samples are those that libsndfile gives.

    libsndfile takes five times as long for a second of sound, which tells when a folder has
    thousands of files.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    samples : (n,) float32 array, n >= 1
    sample_rate : int
        In Hz. Instead of both None, when the file is of another kind, or damaged.
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return None

    def read(place: int, n: int) -> bytes:
        return content[place : place + n]

    rate = 0
    for name, place, size in wav_chunks(read):
        if size > len(content) - place:
            return None
        if name == b"fmt ":
            if size < _FORMAT.size:
                return None
            kind, channels, rate, _, _, bits = _FORMAT.unpack_from(content, place)
            if (kind, channels, bits) != (_PCM, 1, 16):
                return None
        elif name == b"data":
            plain = rate in RATES and size >= 2 and size % 2 == 0
            more = place + size < len(content) and goes_on(read, place, size, len(content))
            if more or not plain:
                return None
            numbers = np.frombuffer(content, "<i2", size // 2, place)
            return np.multiply(numbers, 1 / 32768, dtype=np.float32), rate
    return None
