"""Sound files: found in folders, read as mono sound of any length, written."""

from __future__ import annotations

import math
import os
import stat
import struct
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import SoundFileError
from core.sound.clip import (
    SAMPLE_RATE,
    TAKE_SAMPLES,
    AudioClip,
    all_finite,
    loudest_start,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import numpy.typing as npt
    import soundfile

    from core.sound.clip import FloatArray


_FORMAT = struct.Struct("<HHIIHH")
_PCM = 1


def read_plain_wav(path: Path) -> tuple[npt.NDArray[np.float32], int] | None:
    """Read a file and decode it; None also when it cannot be read."""
    try:
        with path.open("rb", buffering=0) as file:  # half the time of a buffered one
            return decode_plain_wav(file.read())
    except OSError:
        return None


def decode_plain_wav(content: bytes) -> tuple[npt.NDArray[np.float32], int] | None:
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
    place, rate = 12, 0
    while place + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, place)
        place += 8
        if size > len(content) - place:
            return None
        if name == b"fmt ":
            if size < _FORMAT.size:
                return None
            kind, channels, rate, _, _, bits = _FORMAT.unpack_from(content, place)
            if (kind, channels, bits) != (_PCM, 1, 16):
                return None
        elif name == b"data":
            if rate == 0 or size < 2 or size % 2:
                return None
            numbers = np.frombuffer(content, "<i2", size // 2, place)
            return np.multiply(numbers, 1 / 32768, dtype=np.float32), rate
        place += size + size % 2
    return None


SOUND_SUFFIXES = (".wav", ".flac", ".ogg")
"""What a folder is searched for, in any case. A file that is named is tried whatever its suffix."""
_ENERGY_HOP_SECONDS = 0.01
_SMALL_FILE = 200_000  # bytes; a second at 96 kHz and 16 bit


@dataclass(frozen=True, slots=True)
class FileSecond:
    """The second of a file that is looked at.

    Parameters
    ----------
    recorded : AudioClip
        At most one second, at the file's own rate.
    file_seconds : float
        How long the file is.
    start_seconds : float
        Where in the file the second begins; 0 for a file that is not longer.
    """

    recorded: AudioClip
    file_seconds: float
    start_seconds: float

    @property
    def clip(self) -> AudioClip:
        """8000 samples at 8 kHz: resampled, with silence around it when it is shorter."""
        return self.recorded.resampled(SAMPLE_RATE).fitted()

    @property
    def note(self) -> str | None:
        """What was done to make the file one second long, or None when nothing was."""
        if self.file_seconds * SAMPLE_RATE >= TAKE_SAMPLES + 1:
            return (
                f"the file is {self.file_seconds:.2f} s long; its loudest second was taken, "
                f"from {self.start_seconds:.2f} s"
            )
        if self.file_seconds * SAMPLE_RATE <= TAKE_SAMPLES - 1:
            return f"the file is {self.file_seconds:.2f} s long; silence was added around it"
        return None


def read_second(path: Path) -> FileSecond:
    """Read one second of a sound file: all of a shorter one, the loudest of a longer one.

    Any rate, number of channels (they are averaged) and sample format that libsndfile
    knows. Memory stays small whatever the length of the file.

    Raises
    ------
    SoundFileError
        When there is no such file, or it holds no readable sound.
    """
    if _file_size(path) <= _SMALL_FILE:
        plain = read_plain_wav(path)
        if plain is not None and plain[0].size <= plain[1]:
            return FileSecond(AudioClip.from_recording(*plain), plain[0].size / plain[1], 0.0)
    with _opened(path) as file:
        rate, frames = file.samplerate, file.frames
        start = 0
        if frames > rate:
            hop = max(1, round(rate * _ENERGY_HOP_SECONDS))
            energies = np.concatenate(list(_hop_energies(file, hop, path)))
            start = min(loudest_start(energies, rate // hop) * hop, frames - rate)
            file.seek(start)
        samples = _mono(file.read(min(frames, rate), dtype="float32", always_2d=True))
    return FileSecond(_checked_clip(samples, rate, path), frames / rate, start / rate)


def read_clip(path: Path, max_seconds: float = math.inf, start_seconds: float = 0.0) -> AudioClip:
    """Read a sound file, or a stretch of it, mono, at its own rate.

    Raises
    ------
    SoundFileError
        When there is no such file, or it holds no readable sound.
    """
    with _opened(path) as file:
        start = min(round(start_seconds * file.samplerate), file.frames - 1)
        frames = int(min(file.frames - start, max_seconds * file.samplerate))
        file.seek(start)
        samples = _mono(file.read(frames, dtype="float32", always_2d=True))
        return _checked_clip(samples, file.samplerate, path)


def read_blocks(path: Path, seconds: float) -> Generator[AudioClip, None, None]:
    """Yield a file from its beginning to its end, mono, at its own rate, a piece at a time.

    Raises
    ------
    SoundFileError
        When there is no such file, or it holds no readable sound.
    """
    with _opened(path) as file:
        rate = file.samplerate
        for block in file.blocks(max(1, round(seconds * rate)), dtype="float32", always_2d=True):
            yield _checked_clip(_mono(block), rate, path)


def write_wav(path: Path, clip: AudioClip) -> None:
    """Write a clip as a 16-bit WAV file; a file that is already there is not touched.

    Raises
    ------
    SoundFileError
        When the file exists already or cannot be written.
    """
    import soundfile

    try:
        with path.open("xb") as file:
            soundfile.write(file, clip.samples, clip.sample_rate, "PCM_16", format="WAV")
    except FileExistsError as error:
        raise SoundFileError(f"{path} exists already: choose another name.") from error
    except (OSError, soundfile.LibsndfileError) as error:
        raise SoundFileError(f"{path} cannot be written: {_reason(error)}.") from error


def find_sound_files(folder: Path, should_stop: Callable[[], bool] = lambda: False) -> list[Path]:
    """List the sound files in a folder and below it, sorted, whatever the case of their suffix.

    Links to folders are not followed, so no file from elsewhere slips in and no loop hangs.
    When `should_stop` says so, what was found by then is returned.
    """
    found: list[str] = []
    for root, _, names in os.walk(folder):
        if should_stop():
            break
        found += [
            f"{root}{os.sep}{name}"
            for name in names
            if name.lower().endswith(SOUND_SUFFIXES) and not name.startswith(".")
        ]
    # Text is sorted as paths are, which themselves would take seconds by the ten thousand.
    return [Path(name) for name in sorted(found, key=lambda name: name.split(os.sep))]  # noqa: PTH206


def _file_size(path: Path) -> int:
    try:
        status = path.stat()
    except OSError as error:
        raise SoundFileError(f"There is no file {path}.") from error
    if not stat.S_ISREG(status.st_mode):  # a folder; or a pipe, which would be waited for
        raise SoundFileError(f"{path} is not a file.")
    if status.st_size == 0:
        raise SoundFileError(f"{path.name} is empty.")
    return status.st_size


@contextmanager
def _opened(path: Path) -> Iterator[soundfile.SoundFile]:
    """Open a sound file; whatever fails while it is read becomes a SoundFileError."""
    import soundfile

    _file_size(path)
    try:
        # Bytes, because soundfile cannot encode a name that is not text.
        name = path if sys.platform == "win32" else os.fsencode(path)
        with soundfile.SoundFile(name) as file:
            if file.frames == 0:
                raise SoundFileError(f"{path.name} is empty: it holds no sound.")
            yield file
    except (OSError, soundfile.LibsndfileError, TypeError) as error:
        # TypeError: a .raw file, whose rate and format nothing tells
        raise SoundFileError(f"{path.name} cannot be read as sound: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    text = getattr(error, "error_string", None) or getattr(error, "strerror", None) or str(error)
    return str(text).strip().rstrip(".")


def _mono(frames: FloatArray) -> FloatArray:
    return frames[:, 0] if frames.shape[1] == 1 else frames.mean(axis=1, dtype=np.float32)


def _hop_energies(
    file: soundfile.SoundFile, hop: int, path: Path
) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the energies of whole hops of a file, block by block."""
    for block in file.blocks(hop * 1000, dtype="float32", always_2d=True):
        mono = _mono(block)
        whole = mono[: mono.size // hop * hop].reshape(-1, hop)
        energies = np.square(whole, dtype=np.float64).sum(axis=1)
        if not np.isfinite(energies).all():
            raise _not_numbers(path)
        yield energies


def _checked_clip(samples: FloatArray, rate: int, path: Path) -> AudioClip:
    if samples.size == 0:
        raise SoundFileError(f"{path.name} breaks off before its first sample.")
    if not all_finite(samples):
        raise _not_numbers(path)
    return AudioClip.from_recording(samples, rate)


def _not_numbers(path: Path) -> SoundFileError:
    return SoundFileError(f"{path.name} holds values that are not numbers: it is damaged.")
