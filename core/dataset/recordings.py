"""A person's own recordings: a folder that is a data set from the first clip on.

The layout is that of Speech Commands, ``<label>/<speaker>_nohash_<n>.wav``. A clip takes the first
number that is free: nothing half-written is ever found there, and nothing is overwritten.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SoundFileError, WritingError, reason_of
from core.files import new_folder, write_first_free
from core.labels import BACKGROUND_NOISE, printable
from core.sound.decoder import ReadingStopped
from core.sound.sound_file import never, read_second, write_wav

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.sentences import Sentence
    from core.sound.clip import AudioClip

LONGEST_NAME = 40
"""Characters of a speaker's name in a file name, and of a label."""

_LABEL = re.compile(r"\w[\w' -]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # no folders on Windows


@dataclass(frozen=True, slots=True)
class Saved:
    """A clip that was written.

    Parameters
    ----------
    path : Path
    label, speaker : str
    stamp : tuple of int
        Size and time of the file, by which it is known again.
    """

    path: Path
    label: str
    speaker: str
    stamp: tuple[int, int]


def file_stamp(path: Path) -> tuple[int, int]:
    """Return the size and the time of a file, by which it is known again."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def speaker_name(text: str) -> str:
    """Turn what a person types as their name into what a file name can hold.

    Letters and digits of any script stay; everything else becomes a hyphen.

    Raises
    ------
    SoundFileError
        When no letter and no digit is left.
    """
    name = re.sub(r"[\W_]+", "-", text).strip("-")[:LONGEST_NAME].strip("-")
    if not name:
        raise SoundFileError("A speaker's name needs a letter or a digit.")
    return name


def label_name(text: str) -> str:
    """Turn a word into a label, that a folder can be named by; `BACKGROUND_NOISE` is one, too.

    Raises
    ------
    SoundFileError
        When it cannot be one.
    """
    label = unicodedata.normalize("NFC", " ".join(text.split())).lower()
    if label == BACKGROUND_NOISE:
        return label
    usable = _LABEL.fullmatch(label) and not label.startswith("_") and label == label.rstrip(" -")
    if not usable or len(label) > LONGEST_NAME or _RESERVED.fullmatch(label):
        raise SoundFileError(
            "“{word}” cannot be a label: use a word of letters and digits, at most {longest} of "
            "them.",
            word=printable(text, LONGEST_NAME),
            longest=LONGEST_NAME,
        )
    return label


class RecordingsFolder:
    """Saves clips under their label, and takes back what was saved.

    Parameters
    ----------
    path : Path
        Made, with what is above it, when the first clip is saved.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def save(self, clip: AudioClip, label: str, speaker: str) -> Saved:
        """Write a clip as ``<label>/<speaker>_nohash_<n>.wav``, n being the first that is free.

        Parameters
        ----------
        clip : AudioClip
        label, speaker : str
            As `label_name` and `speaker_name` return them; others are turned into such.

        Raises
        ------
        SoundFileError
            When the names cannot be, or nothing can be written there.
        """
        label, speaker = label_name(label), speaker_name(speaker)
        folder = self.path / label
        places = (folder / f"{speaker}_nohash_{number}.wav" for number in count())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = write_first_free(places, lambda new: write_wav(new, clip))
            return Saved(path, label, speaker, file_stamp(path))
        except (OSError, WritingError, SoundFileError) as error:
            with suppress(OSError):
                folder.rmdir()  # an empty one only
            raise SoundFileError(
                "The recording cannot be saved in {folder}: {reason}. Make room there, or see "
                "that the folder can be written to.",
                folder=printable(self.path),
                reason=_reason(error),
            ) from error

    def undo(self, saved: Saved) -> None:
        """Remove a clip that was saved, and its label's folder when nothing else is in it.

        Raises
        ------
        SoundFileError
            When the file has changed since, or cannot be removed.
        """
        file = printable(saved.path)
        try:
            if file_stamp(saved.path) != saved.stamp:
                raise SoundFileError("{file} has changed since: it is left where it is.", file=file)
            saved.path.unlink()
        except FileNotFoundError:
            return  # somebody else has removed it already
        except OSError as error:
            raise SoundFileError(
                "{file} cannot be removed: {reason}.", file=file, reason=_reason(error)
            ) from error
        with suppress(OSError):
            saved.path.parent.rmdir()


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of clips that were to be exported.

    Parameters
    ----------
    names : tuple of str
        Those of the files that were written, with slashes, in the order of the clips.
    left_out : tuple of (int, Sentence)
        Which could not be read, by their place in the order they were given in, and why.
    """

    names: tuple[str, ...]
    left_out: tuple[tuple[int, Sentence], ...] = ()

    @property
    def clips(self) -> int:
        """How many were written."""
        return len(self.names)


def export_clips(
    target: Path,
    clips: Iterable[tuple[AudioClip | Path | Callable[[], AudioClip], str, str]],
    on_progress: Callable[[int], None] = lambda _done: None,
    should_stop: Callable[[], bool] = never,
) -> Exported:
    """Write clips with their labels and speakers as a new folder.

    Parameters
    ----------
    target : Path
    clips : iterable of (clip, label, speaker)
        Of a path, a second is read when its turn comes, and what is called returns a clip then:
        no more than one is in memory. The speaker is empty where nobody knows who it is.
    on_progress : callable
        Told how many are done.
    should_stop : callable
        When it says so, also in the middle of a file, nothing is left, and it ends with
        `ReadingStopped`.

    Raises
    ------
    SoundFileError
        When something lies at `target` already, it cannot be written, or no clip can be read;
        nothing is left then.
    ReadingStopped
    """
    numbers: Counter[str] = Counter()
    names: list[str] = []
    left_out: list[tuple[int, Sentence]] = []
    try:
        with new_folder(target) as temporary:
            for done, (clip, label, speaker) in enumerate(clips):
                if should_stop():
                    raise ReadingStopped
                on_progress(done)
                folder = temporary / label_name(label)
                whose = f"{speaker_name(speaker)}_nohash_" if speaker else ""
                start = f"{folder.name}/{whose}"
                try:
                    sound = _sound(clip, should_stop)
                except SoundFileError as error:
                    left_out.append((done, error.sentence))
                    continue
                folder.mkdir(exist_ok=True)
                names.append(f"{start}{numbers[start]}.wav")
                write_wav(temporary / names[-1], sound)
                numbers[start] += 1
            if left_out and not names:
                raise SoundFileError("{error}", error=left_out[0][1])
    except WritingError as error:
        raise SoundFileError.of(error) from error
    return Exported(tuple(names), tuple(left_out))


def _sound(
    clip: AudioClip | Path | Callable[[], AudioClip], should_stop: Callable[[], bool]
) -> AudioClip:
    if isinstance(clip, Path):
        return read_second(clip, should_stop).clip
    return clip() if callable(clip) else clip


def _reason(error: BaseException) -> str:
    """Return what the system says of an error, or of what has caused it."""
    return reason_of(error.__cause__ or error).rstrip(".")
