"""Clips that are moved to where their word is, in a folder that a person lets be changed.

A clip is moved as its folder is arranged: to the folder of its word or, where the names of files
say what is said, to another name. Nothing else may be read otherwise because of it, nobody becomes
another speaker, and the lists of what is set aside follow: no clip of the test is ever learned.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count, islice, product
from typing import TYPE_CHECKING

from core.dataset.corrections import CorrectionList, name_in, word_label
from core.dataset.layouts import Layout, Named, folder_label
from core.dataset.listing import Listing
from core.dataset.recordings import file_stamp
from core.dataset.text_files import decoded, encoded
from core.errors import DataSetError, WritingError, reason_of
from core.files import make_folder, move_file, replace_file
from core.labels import DIGITS, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.dataset.layouts import Parts
    from core.dataset.listing import Listed

_WORD_FIRST = re.compile(r"([0-9]+|[^\W\d_]+)(?![^\W\d_])(.*)", re.DOTALL)
_NUMBER_LAST = re.compile(r"(.*?)[0-9]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A clip that was moved.

    Parameters
    ----------
    folder : Path
        The data set's.
    old, new : str
        Its name in the folder, with slashes, before and now.
    label : str
        What it is now.
    stamp : tuple of int
        Size and time of the file, by which it is known again.
    made_folder : bool
        Whether there was no folder of this word before.
    correction : str or None
        What the list of corrections said of it, which holds no more; empty: that it is bad.
    """

    folder: Path
    old: str
    new: str
    label: str
    stamp: tuple[int, int]
    made_folder: bool = False
    correction: str | None = None

    @property
    def path(self) -> Path:
        """Where it is now."""
        return self.folder / self.new


def relabel(folder: Path, file: str | Path, label: str) -> Relabelled:
    """Move a clip to where its word is; a file that is there already is not touched.

    Parameters
    ----------
    folder : Path
        The data set's.
    file : str or Path
        Its name in the folder, or its path.
    label : str
        What is said in it.

    Raises
    ------
    SoundFileError
        When the file does not lie in the folder, or the label cannot be one.
    DataSetError
        When the file is no clip of a word, or cannot be moved without being read otherwise.
    WritingError
        When it, or a list of the folder, cannot be written.
    """
    name, label = name_in(folder, file), word_label(label)
    corrections = CorrectionList(folder)
    said = corrections.read()
    move = _Move(folder, name)
    place = move.place(label)
    made = not place.parent.exists()
    new = move.carry_out(move.free_places(place, label))
    correction = "" if name in said.bad else said.labels.get(name)
    if correction is not None:
        with suppress(WritingError):  # of a clip that is not there it says nothing
            corrections.remove(name)
    return Relabelled(folder, name, new, label, file_stamp(folder / new), made, correction)


def undo(relabelled: Relabelled) -> None:
    """Move a clip back to where it was.

    Raises
    ------
    DataSetError
        When it has changed since, or is gone.
    WritingError
        When it, or a list of the folder, cannot be written, or its place is taken.
    """
    path = relabelled.path
    try:
        changed = file_stamp(path) != relabelled.stamp
    except OSError:
        changed = True
    if changed:
        raise DataSetError(
            "{file} has changed since: it is left where it is.", file=printable(path)
        )
    if relabelled.correction is not None:
        corrections = CorrectionList(relabelled.folder)
        corrections.set(relabelled.old, relabelled.correction or None)
    old = relabelled.folder / relabelled.old
    _Move(relabelled.folder, relabelled.new).carry_out(iter([old]))
    if relabelled.made_folder:
        with suppress(OSError):
            path.parent.rmdir()  # an empty one only


class _Move:
    """A clip that is to get another name in its folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._listing = Listing(folder)
        clips = {file.name: file for file in self._listing.files}
        if name not in clips:
            raise DataSetError(
                "{file} is no recording of a word in {folder}.",
                file=printable(name),
                folder=printable(folder),
            )
        self._clip: Listed = clips[name]
        self._parts: Parts = tuple(name.split("/"))
        if self._clip.path.is_symlink():
            raise DataSetError("{file} is a link, and stays.", file=printable(name))

    # --- where to ---------------------------------------------------------------------------

    def place(self, label: str) -> Path:
        """Return where the clip would be that says a label, whoever is there already."""
        if label == self._clip.label:
            raise DataSetError(
                "{file} counts as “{label}” already.",
                file=printable(self._clip.name),
                label=printable(label),
            )
        for parts in self._candidates(label):
            if self._reads_as(parts, label):
                place = self._folder.joinpath(*parts)
                self._check_inside(place.parent, parts[:-1])
                return place
        raise DataSetError(
            "As {folder} is arranged, {file} cannot be moved to “{label}” without being read "
            "otherwise. Keep a list of corrections beside the folder instead.",
            folder=printable(self._folder),
            file=printable(self._clip.name),
            label=printable(label),
        )

    def free_places(self, place: Path, label: str) -> Iterator[Path]:
        """Yield a place, then the same with other numbers, as far as it is read in the same way."""
        numbered = _NUMBER_LAST.fullmatch(place.stem)
        base = numbered[1] if numbered else f"{place.stem}_"
        names = (f"{base}{number}{place.suffix}" for number in count())
        tries = islice(chain([place.name], names), len(self._listing.files) + 10)
        above = place.relative_to(self._folder).parts[:-1]
        layout = self._listing.layout
        expected = Named(label, self._clip.speaker)
        listed = self._entries()
        for name in tries:
            parts = (*above, name)
            if layout.read(parts) == expected and not _is_meant(parts, listed):
                yield place.with_name(name)

    def _candidates(self, label: str) -> Iterator[Parts]:
        """Yield names that may say the label: of the folder, of the file, or of both."""
        *folders, name = self._parts
        stem, dot, suffix = name.rpartition(".")
        above = [
            tuple(self._folder_of(label, n) if n == at else part for n, part in enumerate(folders))
            for at, folder in enumerate(folders)
            if folder_label(folder) == self._clip.label
        ]
        stems = []
        word = _WORD_FIRST.fullmatch(stem)
        if word and folder_label(word[1]) == self._clip.label:
            digit = label in DIGITS and word[1].isdecimal()
            said = str(DIGITS.index(label)).zfill(len(word[1])) if digit else label
            stems.append(f"{said}{word[2]}")
        for others, other in product([*above, tuple(folders)], [*stems, stem]):
            if (others, other) != (tuple(folders), stem):
                yield (*others, f"{other}{dot}{suffix}")

    def _folder_of(self, label: str, depth: int) -> str:
        """Return what the folder of a label is called, where most of its clips are."""
        names: Counter[str] = Counter()
        for file in self._listing.files:
            parts = file.name.split("/")
            if file.label == label and len(parts) == len(self._parts):
                names[parts[depth]] += folder_label(parts[depth]) == label
        return max(names, key=lambda name: (names[name], name), default="") or label

    def _reads_as(self, parts: Parts, label: str) -> bool:
        """Return whether a clip of this name would say the label, and all else as it is."""
        others = [other for other in self._listing.sounds if other != self._parts]
        before, after = self._listing.layout, Layout([*others, parts])
        if after.read(parts) != Named(label, self._clip.speaker):
            return False
        if after.side(parts) != before.side(self._parts):
            return False
        return all(
            _read(after, other) == _read(before, other) and after.side(other) == before.side(other)
            for other in others
        )

    def _check_inside(self, parent: Path, above: Parts) -> None:
        """Raise DataSetError when a link leads somewhere else."""
        if parent.resolve() != self._folder.resolve().joinpath(*above):
            raise DataSetError(
                "{folder} is a link to somewhere else: nothing is moved there.",
                folder=printable(parent),
            )

    # --- the move ---------------------------------------------------------------------------

    def carry_out(self, places: Iterator[Path]) -> str:
        """Move the clip to the first free place, with the lists; return its new name.

        Before it moves, the lists name both places: whatever ends the program, no clip that is
        set aside is learned from.
        """
        for place in places:
            if place.exists() or place.is_symlink():
                continue
            new = place.relative_to(self._folder).as_posix()
            made = not place.parent.exists()
            make_folder(place.parent)
            try:
                with self._lists_follow(new):
                    move_file(self._clip.path, [place])
            except WritingError:
                if made:
                    with suppress(OSError):
                        place.parent.rmdir()
                raise
            return new
        raise WritingError(
            "{file} cannot be moved: its place is taken.", file=printable(self._clip.name)
        )

    @contextmanager
    def _lists_follow(self, new: str) -> Iterator[None]:
        lists = {path: path.read_bytes() for path in self._lists_with_clip()}
        try:
            for path, content in lists.items():
                self._rewrite(path, content, [self._clip.name, new])
            yield
        except WritingError:
            for path, content in lists.items():
                with suppress(OSError):
                    replace_file(path, content)
            raise
        for path, content in lists.items():
            self._rewrite(path, content, [new])

    def _lists_with_clip(self) -> list[Path]:
        found = []
        for path in self._listing.lists.values():
            meant = map(self._listing.meant, self._lines(path))
            if self._clip.name in meant:
                if path.is_symlink():
                    raise DataSetError("{file} is a link, and stays.", file=printable(path))
                found.append(path)
        return found

    def _rewrite(self, path: Path, content: bytes, names: list[str]) -> None:
        """Write a list anew, with names in the place of the clip's."""
        lines = []
        for line in decoded(content).split("\n"):
            if self._listing.meant(line) == self._clip.name:
                lines += [line.replace(line.strip(), name) for name in names]
            else:
                lines.append(line)
        try:
            replace_file(path, encoded("\n".join(lines), content))
        except OSError as error:
            raise WritingError(
                "{path} cannot be written: {reason}.", path=path, reason=reason_of(error)
            ) from error

    def _lines(self, path: Path) -> list[str]:
        try:
            return decoded(path.read_bytes()).split("\n")
        except OSError as error:
            raise DataSetError(
                "{file} cannot be read: {reason}.",
                file=printable(path),
                reason=reason_of(error),
            ) from error

    def _entries(self) -> set[Parts]:
        """Return what the lists name that is not there; a clip that comes there would be meant."""
        lines = chain.from_iterable(map(self._lines, self._listing.lists.values()))
        gone = (line.strip() for line in lines if self._listing.meant(line) is None)
        return {tuple(entry.replace("\\", "/").split("/")) for entry in gone if entry}


def _read(layout: Layout, parts: Parts) -> Named | None:
    read = layout.read(parts)
    return read if isinstance(read, Named) else None


def _is_meant(parts: Parts, entries: set[Parts]) -> bool:
    return any(entry[-len(parts) :] == parts for entry in entries)
