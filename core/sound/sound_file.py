"""A piece of mono sound, read from a file, resampled, and fitted to one second."""

from __future__ import annotations

import math
import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import SoundFileError
from core.sound.plain_wav import read_plain_wav

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import numpy.typing as npt
    import soundfile

    FloatArray = npt.NDArray[np.float32]

SAMPLE_RATE = 8000
"""The rate in Hz, that everything behind the microphone works at."""

TAKE_SAMPLES = 8000
"""The length of a take: one second."""

SOUND_SUFFIXES = (".wav", ".flac", ".ogg")
"""What a folder is searched for, in any case. A file that is named is tried whatever its suffix."""

_FULL_SCALE = 0.999
_ENERGY_HOP_SECONDS = 0.01
_SMALL_FILE = 200_000  # bytes; a second at 96 kHz and 16 bit


def clipped_samples(samples: FloatArray) -> int:
    """Count the samples that stand on a plateau at full scale.

    A single sample at full scale is a loud peak; three in a row are a wave with its top
    cut off. Only sound as it was recorded tells: resampling rounds the plateaus.

    Parameters
    ----------
    samples : (n,) float array, full scale is 1.0

    Returns
    -------
    int
        Samples that belong to runs of at least three at full scale.
    """
    if samples.size < 3 or (samples.max() < _FULL_SCALE and samples.min() > -_FULL_SCALE):
        return 0
    full = np.abs(samples) >= _FULL_SCALE
    middle = full[:-2] & full[1:-1] & full[2:]
    member = np.zeros_like(full)
    member[:-2] |= middle
    member[1:-1] |= middle
    member[2:] |= middle
    return int(np.count_nonzero(member))


@dataclass(frozen=True, slots=True, eq=False)
class AudioClip:
    """Mono sound in memory; the samples are read-only.

    Parameters
    ----------
    samples : (n,) float32 array, n >= 1
        Full scale is 1.0. Every value must be finite.
    sample_rate : int
        In Hz.
    clipped_seconds : float
        How long the sound stood on plateaus at full scale when it was recorded (see
        `clipped_samples`); kept through resampling, which would hide it.

    Raises
    ------
    ValueError
        When the samples are not a row of finite numbers, or the rate is not positive.
    """

    samples: FloatArray
    sample_rate: int = SAMPLE_RATE
    clipped_seconds: float = 0.0

    def __post_init__(self) -> None:
        samples = np.array(self.samples, dtype=np.float32)
        if samples.ndim != 1 or samples.size == 0:
            raise ValueError(f"samples must be a non-empty row, not of shape {samples.shape}")
        if not all_finite(samples):
            raise ValueError("samples must be finite numbers")
        if self.sample_rate <= 0:
            raise ValueError(f"sample_rate must be positive, not {self.sample_rate}")
        samples.flags.writeable = False
        object.__setattr__(self, "samples", samples)

    @classmethod
    def from_recording(cls, samples: FloatArray, sample_rate: int) -> AudioClip:
        """Make a clip of sound as it came from a device or a file, counting what is clipped."""
        return cls(samples, sample_rate, clipped_samples(samples) / sample_rate)

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return self.samples.size / self.sample_rate

    def resampled(self, sample_rate: int) -> AudioClip:
        """Return the clip at another rate, band-limited (soxr, high quality).

        Raises
        ------
        ValueError
            When the new rate is not positive.
        """
        if sample_rate == self.sample_rate:
            return self
        import soxr

        samples = soxr.resample(self.samples, self.sample_rate, sample_rate, quality="HQ")
        if samples.size == 0:  # soxr needs more than a sample or two to say anything
            samples = np.zeros(max(1, round(self.seconds * sample_rate)), np.float32)
        return AudioClip(samples, sample_rate, self.clipped_seconds)

    def part(self, start: float, stop: float) -> AudioClip:
        """Return what sounds between two seconds; at least one sample."""
        first = min(max(0, round(start * self.sample_rate)), self.samples.size - 1)
        last = max(first + 1, round(stop * self.sample_rate))
        return replace(self, samples=self.samples[first:last])

    def fitted(self, length: int = TAKE_SAMPLES) -> AudioClip:
        """Return exactly `length` samples: the middle of a longer clip, or silence around it."""
        if self.samples.size == length:
            return self
        return replace(self, samples=fit_length(self.samples, length))


def fit_length(samples: FloatArray, length: int) -> FloatArray:
    """Cut `samples` to their middle `length`, or put the same silence before and after them.

    Parameters
    ----------
    samples : (n,) float32 array
    length : int

    Returns
    -------
    (length,) float32 array
    """
    excess = samples.size - length
    if excess >= 0:
        return samples[excess // 2 : excess // 2 + length]
    before = -excess // 2
    fitted = np.zeros(length, samples.dtype)
    fitted[before : before + samples.size] = samples
    return fitted


def all_finite(samples: FloatArray) -> bool:
    """Tell whether a row of samples holds numbers only, neither NaN nor infinity."""
    # One sum of squares tells it ten times as fast; only of huge numbers may it be infinite.
    return math.isfinite(np.dot(samples, samples)) or bool(np.isfinite(samples).all())


def loudest_start(energies: npt.NDArray[np.float64], window: int) -> int:
    """Find where the loudest stretch begins.

    The energies are weighted with a Hann window, so that a short word ends up in the
    middle of the stretch and not at its edge.

    Parameters
    ----------
    energies : (n,) array of energies, one a hop
    window : int
        Length of the stretch in hops, 1 <= window.

    Returns
    -------
    int
        Index of its first hop; 0 when everything fits into one stretch.
    """
    if energies.size <= window:
        return 0
    weights = np.hanning(window + 2)[1:-1]
    return int(np.argmax(np.correlate(energies, weights, mode="valid")))


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
