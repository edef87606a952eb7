"""The files of a folder of recordings by their names, and its lists; see `core.dataset.layouts`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from core.dataset.health import Problem, ProblemKind
from core.dataset.layouts import Layout
from core.dataset.text_files import decoded
from core.errors import DataSetError, reason_of
from core.labels import BACKGROUND_NOISE, SILENCE, printable
from core.sentences import Sentence, say
from core.sound.sound_file import SOUND_SUFFIXES

if TYPE_CHECKING:
    from core.dataset.layouts import Parts

VALIDATION_LIST, TESTING_LIST = LISTS = ("validation_list.txt", "testing_list.txt")

_EXPECTED_BESIDE = re.compile(
    r"(readme|licen[cs]e|copying|changelog).*|.*\.(md|rst)|.* corrections\.csv", re.IGNORECASE
)


class Listed(NamedTuple):
    """What the name of a file says; `name` is the path relative to the folder, with slashes."""

    path: Path
    name: str
    label: str
    speaker: str | None


class Listing:
    """The files of a folder by their names: recordings, noise, and what is neither.

    Long files of noise lie in a folder ``_background_noise_``. Which recordings are for
    validation and for the test, lists say (``validation_list.txt``, ``testing_list.txt``), or
    folders for them.

    Parameters
    ----------
    folder : Path

    Attributes
    ----------
    files, noise : list of Listed
    problems : list of Problem
    validation, testing : frozenset of str, or None
        Names of recordings; None where nothing says which.
    lists : dict of str to Path
        The lists that the folder has.
    sounds : list of tuple of str
        The names of all recordings, of those in no label's folder too.
    layout : Layout
        Of these.

    Raises
    ------
    DataSetError
        When there is no such folder, or nothing in it that looks like a data set.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: list[Listed] = []
        self.noise: list[Listed] = []
        self.problems: list[Problem] = []
        self.lists: dict[str, Path] = {}
        sounds = self._walk()
        self.sounds = [parts for _, parts in sounds]
        self.layout = layout = Layout(self.sounds)
        self._names = names = dict[str, str]()
        for path, parts in sounds:
            name = "/".join(parts)
            read = layout.read(parts)
            if isinstance(read, Sentence):
                self._add(ProblemKind.STRAY, name, read)
                continue
            self.files.append(Listed(path, name, read.label, read.speaker))
            if self.lists:
                names["/".join(layout.without_sides(parts))] = names[name] = name
        for name, detail in layout.odd.items():
            self._add(ProblemKind.UNUSUAL_NAME, name, detail)
        if not self.files:
            self._raise_no_recordings()
        if self.lists:
            self.validation, self.testing = map(self._read_list, LISTS)
            if self.validation and self.testing:
                self.validation -= self.testing
        else:
            self.validation, self.testing = (
                frozenset(
                    file.name
                    for file in self.files + self.noise
                    if layout.side(tuple(file.name.split("/"))) == side
                )
                or None
                if layout.has_sides
                else None
                for side in ("validation", "test")
            )

    def meant(self, entry: str) -> str | None:
        """Return the recording that a line of a list means, or None."""
        return _find(entry.strip(), self._names)

    def _add(self, kind: ProblemKind, name: str, detail: Sentence) -> None:
        self.problems.append(Problem(kind, name, detail))

    def _raise_no_recordings(self) -> None:
        for problem in self.problems:
            if problem.kind is ProblemKind.UNREADABLE:
                raise DataSetError(
                    "{folder} holds no recordings that can be reached: {name} {reason}.",
                    folder=printable(self._folder),
                    name=printable(problem.path, 200),
                    reason=problem.detail,
                )
        raise DataSetError(
            "{folder} holds no recordings. Expected are {one} or {other}.",
            folder=printable(self._folder),
            one="<label>/<speaker>_nohash_<n>.wav",
            other="<digit>_<speaker>_<n>.wav",
        )

    # --- the disk -----------------------------------------------------------------------

    def _walk(self) -> list[tuple[Path, Parts]]:
        """Return the recordings; what is something else finds its place."""
        top = os.fspath(self._folder)
        try:
            os.scandir(top).close()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise DataSetError(
                "There is no folder {folder}.", folder=printable(self._folder)
            ) from error
        except (OSError, ValueError) as error:
            raise DataSetError(
                "{folder} cannot be read: {reason}.",
                folder=printable(self._folder),
                reason=reason_of(error),
            ) from error
        sounds: list[tuple[Path, Parts]] = []
        for root, folders, names in os.walk(top, onerror=self._on_error):
            here = Path(root)
            above = here.relative_to(top).parts
            kept = []
            for folder in sorted(folders):
                if folder.startswith("."):
                    continue
                if _is_link(here / folder):
                    detail = say("a link to a folder, which is not followed")
                    self._add(ProblemKind.STRAY, "/".join((*above, folder)), detail)
                else:
                    kept.append(folder)
            folders[:] = kept
            for name in sorted(names):
                if not name.startswith("."):
                    self._sort_in(here / name, (*above, name), sounds)
        return sounds

    def _on_error(self, error: OSError) -> None:
        place = Path(error.filename or self._folder)  # which of them, the system may not say
        name = place.relative_to(self._folder).as_posix()
        detail = say("cannot be entered: {reason}", reason=reason_of(error))
        self._add(ProblemKind.UNREADABLE, name, detail)

    def _sort_in(self, path: Path, parts: Parts, sounds: list[tuple[Path, Parts]]) -> None:
        name = parts[-1]
        if name.lower().endswith(SOUND_SUFFIXES):
            if BACKGROUND_NOISE in parts[:-1]:
                self.noise.append(Listed(path, "/".join(parts), SILENCE, None))
            else:
                sounds.append((path, parts))
        elif name in LISTS:
            self.lists.setdefault(name, path)  # the outermost
        elif not _EXPECTED_BESIDE.fullmatch(name):
            kinds = "{}, {} or {}".format(*SOUND_SUFFIXES)
            self._add(ProblemKind.STRAY, "/".join(parts), say("no {kinds}", kinds=kinds))

    # --- lists --------------------------------------------------------------------------

    def _read_list(self, list_name: str) -> frozenset[str] | None:
        """Return the recordings that are in a list, or None when there is no list."""
        path = self.lists.get(list_name)
        if path is None:
            return None
        try:
            entries = [line.strip() for line in decoded(path.read_bytes()).split("\n")]
        except OSError as error:
            detail = say("cannot be read: {reason}", reason=reason_of(error))
            self._add(ProblemKind.UNREADABLE, list_name, detail)
            return None
        entries = [entry for entry in entries if entry]
        found = {entry: _find(entry, self._names) for entry in entries}
        missing = [entry for entry, name in found.items() if name is None]
        if missing:
            detail = say(
                "{n} of its {total} names are not in the folder, as {name}",
                n=len(missing),
                total=len(entries),
                name=printable(missing[0], 200),
            )
            self._add(ProblemKind.LIST, list_name, detail)
        return frozenset(name for name in found.values() if name is not None)


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # what is wrong there is told when it is entered
        return False


def _find(entry: str, names: dict[str, str]) -> str | None:
    """Return the recording that a line of a list means, whatever folder stands before it."""
    if entry in names:
        return names[entry]
    parts = [part for part in entry.replace("\\", "/").split("/") if part not in ("", ".")]
    for first in range(len(parts)):
        name = names.get("/".join(parts[first:]))
        if name is not None:
            return name
    return None
