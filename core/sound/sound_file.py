"""Sound files: found in folders, read as mono sound of any length, written."""

from __future__ import annotations

import io
import math
import os
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from core.errors import SoundFileError
from core.files import write_new
from core.sentences import Sentence, say
from core.sound.clip import (
    SAMPLE_RATE,
    TAKE_SAMPLES,
    AudioClip,
    clipped_samples,
    loudest_start,
    may_be_sound,
)
from core.sound.container import decode_plain_wav
from core.sound.decoder import Piece, file_size, opened, shown_name, without_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path

    import numpy.typing as npt

SOUND_SUFFIXES = (".wav", ".flac", ".ogg")
"""What a folder is searched for, in any case. A file that is named is tried whatever its suffix."""

_ENERGY_HOP_SECONDS = 0.01
_SMALL_FILE = 200_000  # bytes; a second at 96 kHz and 16 bit
_KEPT = 2**20  # samples of a file that are not decoded again
_MOST_SAMPLES = 2**27  # of a clip: ten minutes at 192 kHz


def never() -> bool:
    """Stop nothing."""
    return False


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
    breaks_off : bool
        Whether there was more, that cannot be read.
    """

    recorded: AudioClip
    file_seconds: float
    start_seconds: float
    breaks_off: bool = False

    @property
    def clip(self) -> AudioClip:
        """8000 samples at 8 kHz: resampled, with silence around it when it is shorter."""
        return self.recorded.resampled(SAMPLE_RATE).fitted()

    @property
    def note(self) -> Sentence | None:
        """What was done to make the file one second long, or None when nothing was."""
        length = say("the file is {seconds:.2f} s long", seconds=self.file_seconds)
        if self.breaks_off:
            length = say("the file breaks off after {seconds:.2f} s", seconds=self.file_seconds)
        elif self.file_seconds < 0.01:
            length = say("the file is shorter than 0.01 s")
        if self.file_seconds * SAMPLE_RATE >= TAKE_SAMPLES + 1:
            return say(
                "{length}; its loudest second was taken, from {start:.2f} s",
                length=length,
                start=self.start_seconds,
            )
        if self.file_seconds * SAMPLE_RATE <= TAKE_SAMPLES - 1:
            return say("{length}; silence was added around it", length=length)
        return length if self.breaks_off else None


def read_second(path: Path, should_stop: Callable[[], bool] = never) -> FileSecond:
    """Read one second of a sound file: all of a shorter one, the loudest of a longer one.

    Any rate, number of channels (they are mixed, see `Mixer`) and sample format that libsndfile
    knows. Memory stays small whatever the length of the file, and whatever its header says.

    Parameters
    ----------
    path : Path
    should_stop : callable
        Asked all the while; when it says so, the reading ends with `ReadingStopped`.

    Raises
    ------
    SoundFileError
        When there is no such file, or it holds no readable sound.
    ReadingStopped
    """
    if file_size(path) <= _SMALL_FILE:
        plain = _read_plain_wav(path)
        if plain is not None:
            return FileSecond(plain, plain.seconds, 0.0)
    with opened(path) as decoder:
        rate, pieces, kept, n_kept = decoder.rate, decoder.pieces(should_stop), [], 0
        for piece in pieces:
            kept.append(piece)
            n_kept += piece.samples.size
            if n_kept > max(_KEPT, rate):
                break
        if n_kept <= rate:
            return FileSecond(_clip(path, rate, kept), n_kept / rate, 0.0, decoder.breaks_off)
        hop = max(1, round(rate * _ENERGY_HOP_SECONDS))
        energies, length = _hop_energies(path, hop, chain(kept, pieces))
        start = min(loudest_start(energies, rate // hop) * hop, length - rate)
        broken, first = decoder.breaks_off, start
        if start + rate > n_kept:
            decoder.go_to(start, should_stop)
            kept, first = _take(decoder.pieces(should_stop), rate), 0
        clip = _clip(path, rate, kept, first, rate)
        return FileSecond(clip, length / rate, start / rate, broken)


def read_clip(
    path: Path,
    max_seconds: float = math.inf,
    start_seconds: float = 0.0,
    should_stop: Callable[[], bool] = never,
) -> AudioClip:
    """Read a sound file, or a stretch of it, mono, at its own rate; at most 2**27 samples.

    Raises
    ------
    SoundFileError
        When there is no such file, or it holds no readable sound there.
    ReadingStopped
    """
    with opened(path) as decoder:
        start = round(start_seconds * decoder.rate)
        if start > 0:
            decoder.go_to(start, should_stop)
        length = int(min(_MOST_SAMPLES, max(1, max_seconds * decoder.rate)))
        return _clip(path, decoder.rate, _take(decoder.pieces(should_stop), length), 0, length)


def read_blocks(
    path: Path, seconds: float, should_stop: Callable[[], bool] = never
) -> Generator[AudioClip, None, None]:
    """Yield a file from its beginning to its end, mono, at its own rate, a piece at a time.

    Raises
    ------
    SoundFileError
        When there is no such file, or it holds no readable sound.
    ReadingStopped
    """
    with opened(path) as decoder:
        piece = None
        for piece in decoder.pieces(should_stop, max(1, round(seconds * decoder.rate))):
            yield _clip(path, decoder.rate, [piece])
        if piece is None:
            raise without_samples(path)


def write_wav(path: Path, clip: AudioClip) -> None:
    """Write a clip as a WAV file; a file that is already there is not touched.

    Raises
    ------
    WritingError
        When the file exists already or cannot be written.
    """
    write_new(path, wav_bytes(clip))


def wav_bytes(clip: AudioClip) -> bytes:
    """Return a clip as a WAV file: of 16 bits, or of floating point where those would clip it."""
    import soundfile

    target = io.BytesIO()
    subtype = "FLOAT" if np.abs(clip.samples).max() > 1 else "PCM_16"
    soundfile.write(target, clip.samples, clip.sample_rate, subtype, format="WAV")
    return target.getvalue()


def find_sound_files(folder: Path, should_stop: Callable[[], bool] = never) -> list[Path]:
    """List the sound files in a folder and below it, sorted, whatever the case of their suffix.

    See `find_sound_names`.
    """
    return [folder.joinpath(*parts) for parts in find_sound_names(folder, should_stop)]


def find_sound_names(
    folder: Path, should_stop: Callable[[], bool] = never
) -> list[tuple[str, ...]]:
    """List the same as what their paths consist of, from the folder on.

    Links to folders are not followed, so no file from elsewhere slips in and no loop hangs.
    When `should_stop` says so, what was found by then is returned.
    """
    found: list[tuple[str, ...]] = []
    top = os.fspath(folder)
    for root, _, names in os.walk(top):
        if should_stop():
            break
        above = tuple(filter(None, root[len(top) :].split(os.sep)))  # noqa: PTH206
        found += [
            (*above, name)
            for name in names
            if name.lower().endswith(SOUND_SUFFIXES) and not name.startswith(".")
        ]
    # Text is sorted as paths are, which themselves would take seconds by the ten thousand.
    return sorted(found)


def _read_plain_wav(path: Path) -> AudioClip | None:
    """Read a plain WAV file of at most a second; None when it is anything else."""
    try:
        with path.open("rb", buffering=0) as file:  # half the time of a buffered one
            plain = decode_plain_wav(file.read())
    except OSError:
        return None
    if plain is None:
        return None
    samples, rate = plain
    if samples.size > rate:
        return None
    samples.flags.writeable = False
    return AudioClip(samples, rate, clipped_samples(samples) / rate, from_file=True)


def _take(pieces: Iterable[Piece], length: int) -> list[Piece]:
    """Take so many pieces that there are `length` samples, if there are."""
    taken: list[Piece] = []
    for piece in pieces:
        taken.append(piece)
        length -= piece.samples.size
        if length <= 0:
            break
    return taken


def _hop_energies(
    path: Path, hop: int, pieces: Iterable[Piece]
) -> tuple[npt.NDArray[np.float64], int]:
    """Return the energies of whole hops of a file, and how many samples it has."""
    energies, waiting, length = [], np.zeros(0, np.float32), 0
    for piece in pieces:
        length += piece.samples.size
        samples = np.concatenate([waiting, piece.samples])
        whole = samples.size // hop * hop
        waiting = samples[whole:]
        if not may_be_sound(piece.samples):
            raise not_numbers(path)
        energies.append(np.square(samples[:whole].reshape(-1, hop), dtype=np.float64).sum(axis=1))
    return np.concatenate(energies), length


def _clip(
    path: Path, rate: int, pieces: list[Piece], start: int = 0, length: int | None = None
) -> AudioClip:
    """Make a clip of pieces, or of a stretch of them."""
    stretch = slice(start, None if length is None else start + length)
    samples = np.concatenate([piece.samples for piece in pieces] or [np.zeros(0, np.float32)])
    samples = samples[stretch]
    if not samples.size:
        raise without_samples(path)
    if not may_be_sound(samples):
        raise not_numbers(path)
    clipped = np.concatenate([piece.clipped for piece in pieces])[stretch]
    samples.flags.writeable = False
    return AudioClip(samples, rate, int(np.count_nonzero(clipped)) / rate, from_file=True)


def not_numbers(path: Path) -> SoundFileError:
    """Return the error of a file that holds more than sound."""
    return SoundFileError(
        "{name} holds values that are not numbers, or too large for sound: it is damaged.",
        name=shown_name(path),
    )
