"""Sound files as killed recorders, pipes and old telephones leave them; made by hand."""

import io
import struct

import numpy as np
import soundfile


def encoded(container, subtype, samples, rate=8000):
    """Return a sound file of a kind as libsndfile writes it."""
    target = io.BytesIO()
    soundfile.write(target, samples, rate, subtype, format=container)
    return target.getvalue()


def patched(content, place, pack, *numbers):
    """Write other numbers into a header, at a place or behind a name."""
    if isinstance(place, bytes):
        place = content.index(place) + len(place)
    new = struct.pack(pack, *numbers)
    return content[:place] + new + content[place + len(new) :]


def chunk(name, content, order="<"):
    """Return a chunk of a RIFF file."""
    return struct.pack(f"{order}4sI", name, len(content)) + content + bytes(len(content) % 2)


def wav(*chunks, order="<"):
    """Return a WAV file of some chunks."""
    name = b"RIFX" if order == ">" else b"RIFF"
    return chunk(name, b"WAVE" + b"".join(chunks), order)


def wav_format(rate=8000, channels=1, kind=1, bits=16, order="<"):
    """Return the chunk that says how the samples are written."""
    frame = channels * bits // 8
    numbers = kind, channels, rate, rate * frame % 2**32, frame % 2**16, bits
    return chunk(b"fmt ", struct.pack(f"{order}HHIIHH", *numbers), order)


def pcm(samples, order="<"):
    """Return samples as 16-bit numbers."""
    return np.round(np.asarray(samples) * 32767).astype(f"{order}i2").tobytes()


def flac(samples, bits, rate=8000, total=None, named=True):
    """Return a FLAC file of any number of bits, whose samples are not compressed.

    Parameters
    ----------
    total : int, optional
        How many samples the header says that there are.
    named : bool
        Whether each frame says how many bits there are, where that can be said.
    """
    numbers = np.round(np.asarray(samples) * (2 ** (bits - 1) - 1)).astype(int).tolist()
    total = len(numbers) if total is None else total
    code = {8: 1, 12: 2, 16: 4, 20: 5, 24: 6, 32: 7}.get(bits, 0) if named else 0
    size = 1000
    head = [(size, 16), (size, 16), (0, 48), (rate, 20), (0, 3), (bits - 1, 5), (total, 36)]
    content = b"fLaC\x80\0\0\x22" + _bits(head) + bytes(16)
    for number, first in enumerate(range(0, len(numbers), size)):
        part = numbers[first : first + size]
        marks = [(0b11111111111110, 14), (0, 2), (7, 4), (0, 8), (code, 3), (0, 1)]
        frame = _bits([*marks, (number, 8), (len(part) - 1, 16)])
        frame += bytes([_checksum(frame, 0x07, 8)])
        frame += _bits([(1, 7), (0, 1), *((value, bits) for value in part)])
        content += frame + _checksum(frame, 0x8005, 16).to_bytes(2, "big")
    return content


def _bits(fields):
    text = "".join(format(value & ((1 << width) - 1), f"0{width}b") for value, width in fields)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _checksum(content, polynomial, width):
    top, mask = 1 << (width - 1), (1 << width) - 1
    register = 0
    for byte in content:
        register ^= byte << (width - 8)
        for _ in range(8):
            register = (register << 1 ^ (polynomial if register & top else 0)) & mask
    return register
