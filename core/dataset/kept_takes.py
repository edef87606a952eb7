"""Takes that are kept for the next time: a folder of WAV files, and beside them what is known.

A take is a file whose name tells when it was spoken. What else is known of it stands in an index
of a JSON object a line, which only grows: a later line of a take changes what it names, and a take
whose file is gone is gone. A take without a line, as a crash may leave one, is without an answer.
Whoever writes to the index holds it alone, so several windows of the program lose nothing.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.dataset.cache import alone
from core.dataset.recordings import Saved
from core.errors import WritingError, reason_of
from core.files import append_line, make_folder, replace_file, write_numbered
from core.labels import printable
from core.sound.sound_file import write_wav

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.sound.clip import AudioClip

INDEX_FILE = "index.jsonl"

_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})(-\d+)?\.wav")
_TIME = "%Y%m%d-%H%M%S-%f"  # in UTC
_KINDS: dict[str, tuple[type, ...]] = {
    "time": (str,),
    "source": (str,),
    "heard": (str, type(None)),
    "confidence": (float, int),
    "model": (str,),
    "said": (str, type(None)),
    "recording": (dict, type(None)),
}
_LONGEST_LINE = 2**16
_FEW_LINES = 200  # are not worth being compacted
_WAIT_SECONDS = 10.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptTake:
    """A take that lies in the folder.

    Parameters
    ----------
    path : Path
        The WAV file, of a second at 8 kHz.
    time : datetime
        When it was completed, with its time zone.
    source : str
        The device or file it came from.
    heard : str or None
        What the model answered, if it did.
    confidence : float
        How sure it was, in 0-1.
    model : str
        Its name.
    said : str or None
        What a person says it is.
    recording : Saved or None
        The recording that was made of it then.
    """

    path: Path
    time: datetime
    source: str = ""
    heard: str | None = None
    confidence: float = 0.0
    model: str = ""
    said: str | None = None
    recording: Saved | None = None


class KeptTakes:
    """Keeps takes in a folder, and finds them again.

    Parameters
    ----------
    folder : Path
        Made, with what is above it, when the first take is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = folder / INDEX_FILE

    def keep(
        self,
        clip: AudioClip,
        *,
        time: datetime | None = None,
        source: str = "",
        heard: str | None = None,
        confidence: float = 0.0,
        model: str = "",
        said: str | None = None,
        recording: Saved | None = None,
    ) -> KeptTake:
        """Keep a take; without a time, it is from now.

        Raises
        ------
        WritingError
            When it cannot be kept; nothing is left of it then.
        """
        time = (time or datetime.now()).astimezone()
        name = f"{time.astimezone(UTC).strftime(_TIME)}.wav"
        make_folder(self.folder)
        path = write_numbered(self.folder / name, lambda new: write_wav(new, clip))
        take = KeptTake(path, time, source, heard, confidence, model, said, recording)
        try:
            self._note(take, _KINDS)
        except WritingError:
            with suppress(OSError):
                path.unlink()
            raise
        return take

    def all(self) -> list[KeptTake]:
        """Return the takes, the newest first; no sound is read.

        Raises
        ------
        WritingError
            When the folder cannot be read.
        """
        try:
            names = self._names()
            told, lines = self._read()
        except OSError as error:
            raise WritingError(
                "The takes that were kept in {folder} cannot be read: {reason}.",
                folder=printable(self.folder),
                reason=reason_of(error),
            ) from error
        if lines > 2 * len(names) + _FEW_LINES:
            self._compact()
        takes = [_take(self.folder / name, told.get(name, {})) for name in names]
        return sorted(takes, key=lambda take: (take.time, take.path.name), reverse=True)

    def change(self, take: KeptTake, **changes: Any) -> KeptTake:
        """Note something else of a take: what is said, or what another model has heard.

        What else another window has noted of it stays.

        Raises
        ------
        WritingError
        """
        changed = replace(take, **changes)
        self._note(changed, changes)
        return changed

    def remove(self, take: KeptTake) -> None:
        """Remove a take; one that is gone already is what was wanted.

        Raises
        ------
        WritingError
        """
        with self._writing():
            take.path.unlink(missing_ok=True)

    def clear(self) -> int:
        """Remove all takes, and return how many there were.

        Raises
        ------
        WritingError
            When one of them cannot be removed; others may be gone.
        """
        if not self.folder.is_dir():
            return 0
        with self._writing(), alone(self.folder, _WAIT_SECONDS):
            names = self._names()
            for name in names:
                (self.folder / name).unlink(missing_ok=True)
            self._index.unlink(missing_ok=True)
        return len(names)

    @property
    def bytes(self) -> int:
        """How much room the takes need."""
        total = 0
        with suppress(OSError):
            for name in (*self._names(), INDEX_FILE):
                with suppress(FileNotFoundError):
                    total += (self.folder / name).stat().st_size
        return total

    # --- the folder and its index -----------------------------------------------------------

    def _names(self) -> list[str]:
        """Return the names of the takes' files; links lead elsewhere, and are none."""
        try:
            with os.scandir(self.folder) as entries:
                return [
                    entry.name
                    for entry in entries
                    if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
                ]
        except FileNotFoundError:
            return []

    def _read(self) -> tuple[dict[str, dict[str, Any]], int]:
        """Return what the index tells of each file, and how many lines it has."""
        told: dict[str, dict[str, Any]] = {}
        lines = 0
        with suppress(FileNotFoundError), self._index.open("rb") as file:
            while line := file.readline(_LONGEST_LINE):
                lines += 1
                name, entry = _parsed(line)
                if name not in told:
                    told[name] = entry
                else:
                    told[name].update(entry)
        return told, lines

    def _note(self, take: KeptTake, names: Iterable[str]) -> None:
        line = {"file": take.path.name} | {name: getattr(take, name) for name in names}
        with self._writing(), alone(self.folder, _WAIT_SECONDS):
            append_line(self._index, _line(line))

    def _compact(self) -> None:
        """Write the index anew, of what is there; that nobody can do now is done another time."""
        try:
            with alone(self.folder, 0.0):
                told, _ = self._read()
                lines = [_line({"file": n} | told[n]) for n in self._names() if n in told]
                replace_file(self._index, b"".join(line + b"\n" for line in lines))
        except (OSError, sqlite3.Error) as error:
            _log.info("The index of kept takes is not compacted: %s", error)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise WritingError(
                "The takes in {folder} cannot be changed: {reason}. Make room there, or see that "
                "the folder can be written to.",
                folder=printable(self.folder),
                reason=reason_of(error),
            ) from error


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, default=_plain).encode()


def _plain(value: object) -> object:
    return asdict(value) if isinstance(value, Saved) else str(value)


def _parsed(line: bytes) -> tuple[str, dict[str, Any]]:
    """Return the file of a line and what it tells, as far as it can be; of no line, nothing."""
    try:
        entry = json.loads(line.decode())
    except (ValueError, RecursionError):
        return "", {}
    if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
        return "", {}
    name = entry.pop("file")
    for key in [k for k, v in entry.items() if not isinstance(v, _KINDS.get(k, ()))]:
        del entry[key]
    if not 0 <= entry.get("confidence", 0.0) <= 1:
        del entry["confidence"]
    return name, entry


def _take(path: Path, told: dict[str, Any]) -> KeptTake:
    time = None
    with suppress(ValueError):
        time = datetime.fromisoformat(told.get("time", ""))
    if time is None or time.tzinfo is None:
        time = _time_of(path.name)
    return KeptTake(
        path,
        time,
        told.get("source", ""),
        told.get("heard"),
        float(told.get("confidence", 0.0)),
        told.get("model", ""),
        told.get("said"),
        _recording(told.get("recording")),
    )


def _recording(told: dict[str, Any] | None) -> Saved | None:
    """Return where a recording was written; None where that is not told as it should be."""
    with suppress(TypeError, ValueError, KeyError):
        if told is not None:
            size, changed = told["stamp"]
            names = str(told["label"]), str(told["speaker"])
            return Saved(Path(str(told["path"])), *names, (int(size), int(changed)))
    return None


def _time_of(name: str) -> datetime:
    """Return when a take was completed, as its name tells."""
    with suppress(ValueError):
        return datetime.strptime(name[:22], _TIME).replace(tzinfo=UTC).astimezone()
    return datetime.fromtimestamp(0, UTC)  # it is no day, such as the 30th of February
