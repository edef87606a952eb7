"""How the sound lies in a file: plain WAV, and what libsndfile does not see the sound in.

A recorder that was killed, or wrote into a pipe, has left a header that does not know how long
the sound is; others write a header that is allowed, but that libsndfile does not expect. Their
sound is as good as any: it is read with another header put before it.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from _typeshed import WriteableBuffer

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


_MOST_HEADER = 2**20  # bytes
_MOST_BYTES = 2**32 - 2  # that a WAV file can tell; one more stands for a length nobody knew
_FLAC_BITS = {12: 16, 20: 24}  # libsndfile knows the latter; each frame says its own


@dataclass(frozen=True, slots=True)
class Layout:
    """A header, and the part of a file that follows it.

    Parameters
    ----------
    header : bytes
    start, stop : int
        In bytes of the file.
    """

    header: bytes
    start: int
    stop: int


class Content:
    """What is read of a file in some layout: a file to libsndfile, that never fails but tells it.

    Parameters
    ----------
    file : FileIO
    layout : Layout
    """

    def __init__(self, file: io.FileIO, layout: Layout) -> None:
        self._file = file
        self._layout = layout
        self._size = len(layout.header) + layout.stop - layout.start
        self._place = 0
        self.error: OSError | None = None
        """What the system said when something could not be read."""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to another place, at most to the end."""
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = min(max(0, origin + offset), self._size)
        return self._place

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as there is something; return how many bytes that were."""
        target = memoryview(buffer)
        head = self._layout.header[self._place : self._place + len(target)]
        target[: len(head)] = head
        self._place += len(head)
        done = len(head)
        end = min(len(target), done + self._size - self._place)
        try:
            if done < end:
                self._file.seek(self._layout.start + self._place - len(self._layout.header))
            while done < end and (more := self._file.readinto(target[done:end])):
                done += more
                self._place += more
        except OSError as error:
            self.error = error
        return done


def layouts(file: io.FileIO, size: int) -> Iterator[Layout]:
    """Yield in what layouts a file can be tried to be read, the most likely first.

    Parameters
    ----------
    file : FileIO
    size : int
        Of the file, in bytes.
    """

    def read(place: int, n: int) -> bytes:
        if place >= size:
            return b""
        file.seek(place)
        return file.read(n)

    whole = Layout(b"", 0, size)
    kind = read(0, 4)
    if kind in (b"RIFF", b"RIFX", b"RF64"):
        yield from _wav(read, whole)
        return
    yield whole
    other = {b"fLaC": _flac, b".snd": _au, b"caff": _caf, b"OggS": _ogg}.get(kind)
    layout = other(read, size) if other else None
    if layout is not None:
        yield layout


def _wav(read: ReadAt, whole: Layout) -> Iterator[Layout]:
    """Yield a WAV file as it is, and as a plain header with all of its sound."""
    kind, size = read(0, 4), whole.stop
    order = ">" if kind == b"RIFX" else "<"
    form, sound, unfinished, long = b"", range(0), False, 0
    for name, start, claimed in wav_chunks(read, order):
        if name == b"fmt " and not form:
            form = read(start, min(claimed, _MOST_HEADER))
        elif name == b"ds64":
            long = int.from_bytes(read(start + 8, 8), "little")
        elif name == b"data" and not sound:
            length = long if kind == b"RF64" and claimed > _MOST_BYTES else claimed
            unfinished = goes_on(read, start, length, size, order)
            sound = range(start, size if unfinished else min(start + length, size))
        if form and sound:
            break
    if not (len(form) >= 16 and sound):
        yield whole
        return
    form += bytes(len(form) % 2)
    length = min(len(sound), _MOST_BYTES - len(form) - 20)
    header = struct.pack(f"{order}I4s4sI", 20 + len(form) + length, b"WAVE", b"fmt ", len(form))
    header = (b"RIFX" if kind == b"RIFX" else b"RIFF") + header + form
    header += struct.pack(f"{order}4sI", b"data", length)
    plain = Layout(header, sound.start, sound.stop)
    yield from (plain, whole) if unfinished else (whole, plain)


def _flac(read: ReadAt, size: int) -> Layout | None:
    """Say that there are more bits; those that the frames say themselves are what counts."""
    head = bytearray(read(0, 42))
    if len(head) < 42:
        return None
    bits = 1 + ((head[20] & 1) << 4 | head[21] >> 4)
    if bits not in _FLAC_BITS:
        return None
    coded = _FLAC_BITS[bits] - 1
    head[20] = head[20] & 0xFE | coded >> 4
    head[21] = head[21] & 0x0F | (coded & 15) << 4
    return Layout(bytes(head), 42, size)


def _au(read: ReadAt, size: int) -> Layout | None:
    """Say that the length is not known; all that follows is sound."""
    head = read(0, min(int.from_bytes(read(4, 4), "big"), _MOST_HEADER))
    if not 12 < len(head) < size:
        return None
    return Layout(head[:8] + b"\xff" * 4 + head[12:], len(head), size)


def _caf(read: ReadAt, size: int) -> Layout | None:
    """Say how long the sound is, which is allowed to be not known."""
    place = 8
    for _ in range(_MOST_CHUNKS):
        head = read(place, 12)
        if len(head) < 12 or place > _MOST_HEADER:
            return None
        name, claimed = struct.unpack(">4sq", head)
        if name == b"data":
            head = read(0, place) + struct.pack(">4sq", b"data", size - place - 12)
            return Layout(head, place + 12, size)
        place += 12 + max(0, claimed)
    return None


def _ogg(read: ReadAt, size: int) -> Layout | None:
    """Leave out the last page, when it is not whole."""
    first = max(0, size - 2 * 2**16)  # no page is longer than 65307 bytes
    tail = read(first, size - first)
    at = max(0, tail.rfind(b"OggS"))
    page = tail[at:]
    if len(page) > 26 and len(page) >= 27 + page[26] + sum(page[27 : 27 + page[26]]):
        return None
    return Layout(b"", 0, first + at)
