"""A sound file that is open, decoded piece by piece: the boundary to what lies on a disk.

Whatever is wrong with a file, and whichever library finds it, becomes one sentence that names it.
What a header claims is believed only as far as no memory and no time depend on it.
"""

from __future__ import annotations

import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from core.errors import SoundFileError, SpokenDigitsError, reason_of
from core.labels import printable
from core.sentences import say
from core.sound.clip import Mixer, on_plateau
from core.sound.container import RATES, Content, Layout, layouts

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from core.sentences import Sentence
    from core.sound.clip import FloatArray

_BLOCK = 2**18  # samples, of all channels, that are decoded at once
_HEADERLESS = {".gsm": "GSM610", ".vox": "VOX_ADPCM"}  # what telephones record, at 8 kHz
_UNKNOWN_FORMAT, _UNKNOWN_ENCODING, _UNKNOWN_SUBTYPE = 1, 4, 18  # errors of libsndfile
_FLAC_FRAMES = 2**36 - 1  # the most that a FLAC file can tell


class ReadingStopped(Exception):  # noqa: N818 - nothing went wrong
    """Reading a file was ended because somebody asked for it."""


class Piece(NamedTuple):
    """Some of the sound: (n,) mono samples, and which of them stand on a plateau."""

    samples: FloatArray
    clipped: npt.NDArray[np.bool_]


@contextmanager
def opened(path: Path) -> Iterator[Decoder]:
    """Open a sound file; whatever fails while it is read becomes a SoundFileError."""
    size = file_size(path)
    try:
        with path.open("rb", buffering=0) as file:
            decoder = _decoder(file, size, path)
            try:
                yield decoder
            finally:
                decoder.close()
    except (SpokenDigitsError, ReadingStopped):
        raise
    except OSError as error:
        raise _unreadable(path, error) from error
    except Exception as error:
        raise SoundFileError(
            "{name} cannot be read as sound: {reason}.", name=shown_name(path), reason=_why(error)
        ) from error


def file_size(path: Path) -> int:
    """Return the size of a file in bytes.

    Raises
    ------
    SoundFileError
        When there is no such file, it is none that ends (a folder, a pipe), or it is empty.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SoundFileError("There is no file {path}.", path=printable(path)) from error
    except (OSError, ValueError) as error:  # ValueError: no name that a file can have
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(status.st_mode):  # a folder; or a pipe, which would be waited for
        raise SoundFileError("{path} is not a file.", path=printable(path))
    if status.st_size == 0:
        raise SoundFileError("{name} is empty.", name=shown_name(path))
    return status.st_size


def without_samples(path: Path) -> SoundFileError:
    """Return the error of a file in which there should be sound."""
    return SoundFileError("{name} breaks off before its first sample.", name=shown_name(path))


def shown_name(path: Path) -> str:
    """Return the name of a file as text that can be shown."""
    return printable(path.name or path)


def _unreadable(path: Path, error: Exception) -> SoundFileError:
    return SoundFileError(
        "{name} cannot be read: {reason}.", name=shown_name(path), reason=reason_of(error)
    )


def _why(error: Exception) -> Sentence | str:
    """Return why a file cannot be decoded."""
    if isinstance(error, MemoryError):
        return say("there is too little memory")
    text = str(getattr(error, "error_string", error)).strip().rstrip(".")
    code = getattr(error, "code", None)
    if code == _UNKNOWN_FORMAT:
        return say("its format is not known")
    if code in (_UNKNOWN_ENCODING, _UNKNOWN_SUBTYPE):
        return say("its encoding is not known")
    return say("it is damaged ({detail})", detail=text)


class Decoder:
    """A sound file that is open, from its beginning on.

    Parameters
    ----------
    content : Content
    name : str
        By which a person knows it.
    raw : dict
        What libsndfile is told where no header tells it.

    Raises
    ------
    SoundFileError
        When its sample rate is impossible.
    """

    def __init__(self, content: Content, name: str, raw: dict[str, Any]) -> None:
        self._content = content
        self._raw = raw
        self._place = 0
        self.breaks_off = False
        """Whether there was more, that could not be read."""
        self._open()
        self.rate: int = self._file.samplerate
        self.claims_sound: bool = self._file.frames > 0
        self.claimed_seconds: float = self._file.frames / max(1, self.rate)
        if self.rate not in RATES:
            self.close()
            raise SoundFileError(
                "{name} says that it has {rate} samples a second, as no recording has: it is "
                "damaged.",
                name=name,
                rate=self.rate,
            )

    def pieces(self, should_stop: Callable[[], bool], most: int = _BLOCK) -> Iterator[Piece]:
        """Yield the sound from here on, at most so many samples at a time."""
        mixer = Mixer(self._file.channels)
        while True:
            channels = np.ascontiguousarray(self._read(most, should_stop).T)
            if not channels.size:
                return
            yield Piece(mixer.mix(channels), on_plateau(channels))

    def go_to(self, frame: int, should_stop: Callable[[], bool]) -> None:
        """Go on from a frame: seek or, where that fails, read from the beginning up to there."""
        import soundfile

        try:
            self._place = self._file.seek(frame)
        except soundfile.LibsndfileError:
            self.close()
            self._open()
            while self._place < frame and len(self._read(frame - self._place, should_stop)):
                pass

    def close(self) -> None:
        """Close the file."""
        with suppress(RuntimeError):
            self._file.close()

    def _open(self) -> None:
        import soundfile

        self._content.seek(0)
        self._file: Any = soundfile.SoundFile(self._content, **self._raw)
        # It would seek after every read, which fails in files that libsndfile can only read.
        self._file.seekable = lambda: False
        self._place = 0

    def _read(self, most: int, should_stop: Callable[[], bool]) -> FloatArray:
        """Return the next frames, (n, n_channels); none at the end."""
        import soundfile

        if should_stop():
            raise ReadingStopped
        n_channels = self._file.channels
        size = min(most, _BLOCK // n_channels, self._file.frames - self._place)
        frames = np.empty((max(0, size), n_channels), np.float32)
        try:
            n = len(self._file.read(out=frames))
        except soundfile.LibsndfileError:
            n = self._read_before_error()
            if not self._place + n:
                raise
            self.breaks_off = True
        if self._content.error is not None:
            raise self._content.error
        self._place += n
        if not n and self._file.format == "FLAC":
            self.breaks_off |= self._place < self._file.frames < _FLAC_FRAMES
        return frames[:n]

    def _read_before_error(self) -> int:
        import soundfile

        try:
            return int(self._file.tell()) - self._place
        except soundfile.LibsndfileError:
            return 0


def _decoder(file: io.FileIO, size: int, path: Path) -> Decoder:
    """Return the decoder of the first layout in which there is sound."""
    import soundfile

    name, encoding = shown_name(path), _HEADERLESS.get(path.suffix.lower())
    tries: list[tuple[Layout, dict[str, Any]]] = [(layout, {}) for layout in layouts(file, size)]
    if encoding:
        raw = {"format": "RAW", "subtype": encoding, "samplerate": 8000, "channels": 1}
        tries.append((Layout(b"", 0, size), raw))
    first: Exception | None = None
    for layout, raw in tries:
        content = Content(file, layout)
        try:
            decoder = Decoder(content, name, raw)
        except soundfile.LibsndfileError as error:
            first = first or content.error or error
            continue
        if decoder.claims_sound:
            return decoder
        decoder.close()
        first = first or (
            SoundFileError("{name} is empty: it holds no sound.", name=name)
            if len(tries) == 1
            else without_samples(path)
        )
    assert first is not None
    raise first
