"""How recordings are arranged in a folder: what the names of all of them say, without a disk.

These layouts are known:

- Speech Commands: ``<label>/<speaker>_nohash_<n>.wav``;
- Free Spoken Digit Dataset: ``<digit>_<speaker>_<n>.wav``, all in one folder;
- AudioMNIST: ``<speaker>/<digit>_<speaker>_<n>.wav``;
- ``<label>/<speaker>/<n>.wav`` and ``<speaker>/<label>/<n>.wav``.

Each may lie below folders ``train``, ``test`` and ``validation``, and below one that holds
everything. A digit counts as its word however it is written, see `core.labels.digit_of`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from core.labels import DIGITS, digit_of, printable
from core.sentences import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Sequence

Side = Literal["train", "validation", "test"]
Parts = tuple[str, ...]
"""The folders above a file and its name, from the data set's folder on."""

_SIDES: dict[str, Side] = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("validation", "valid", "val", "dev"), "validation"),
    **dict.fromkeys(("test", "testing"), "test"),
}
_NAMED = re.compile(r"(?P<speaker>.+)_nohash_\d+", re.DOTALL)
_FLAT = re.compile(r"(?!.*_nohash_\d+\Z)(?P<label>[0-9]+|[^\W\d_]+)_(?P<speaker>.+)_\d+", re.DOTALL)
_DIGIT_FIRST = re.compile(r"(?P<digit>[0-9])(_\d+)?")
_DIGIT_ALONE = re.compile(r"(?P<digit>[0-9])_[^\W\d_]\w*_\d{1,3}")
_WORD_FIRST = re.compile(rf"(?P<word>{'|'.join(DIGITS)})([_ -]?\d+)?", re.IGNORECASE)


class Named(NamedTuple):
    """What the name of a file says."""

    label: str
    speaker: str | None


class Layout:
    """The layout of a folder.

    Parameters
    ----------
    names : sequence of tuple of str
        Of all recordings.

    Attributes
    ----------
    odd : dict of str to Sentence
        Names that were taken for something else, or that contradict one another, and how they
        were read; grows with every `read`.
    """

    def __init__(self, names: Sequence[Parts]) -> None:
        self.odd: dict[str, Sentence] = {}
        self._speakers_told = False
        self._labels: dict[str, str] = {}
        self._depth = self._common_depth(names, 0)
        self._below: dict[str, int] = {}  # of each side, the folders below it that say nothing
        self._find_sides(names)
        rests = [self.without_sides(parts) for parts in names]
        in_folders = [rest for rest in rests if len(rest) == 2]
        folders = {folder for folder, _ in in_folders}
        # What is read of one file depends on all: 01 is a word, but of 01 to 60 it is a speaker.
        self._files_say = not any(map(digit_of, folders)) and _say_digits(in_folders)
        self._folders_say = any(digit_of(f) and not _is_number(f) for f in folders)
        self._numbers_speak = any(_is_number(f) and not digit_of(f) for f in folders) and all(
            _DIGIT_FIRST.fullmatch(_stem(name)) for folder, name in in_folders if _is_number(folder)
        )
        deep = [rest for rest in rests if len(rest) == 3]
        self._label_at = _label_level(deep) if len(deep) > len(in_folders) else None

    def without_sides(self, parts: Parts) -> Parts:
        """Return a name without the folders that hold a side, or everything."""
        rest = parts[self._depth :]
        return rest[1 + self._below[rest[0]] :] if rest and rest[0] in self._below else rest

    @property
    def has_sides(self) -> bool:
        """Whether there are folders for training, validation or test."""
        return bool(self._below)

    def side(self, parts: Parts) -> Side | None:
        """Return which side the folders above a file say it is on."""
        rest = parts[self._depth :]
        return _side(rest[0]) if rest and rest[0] in self._below else None

    def read(self, parts: Parts) -> Named | Sentence:
        """Return what a recording's name says, or why it is none."""
        if self._below and not self.side(parts):
            return say("beside the folders for training and test")
        return self._read(self.without_sides(parts))

    def _read(self, rest: Parts) -> Named | Sentence:
        *folders, name = rest
        stem = _stem(name)
        named = _NAMED.fullmatch(stem)
        if named and len(folders) == 1 and _may_be_label(folders[0]):
            return Named(self._label(folders[0]), _text(named["speaker"]))
        flat = _FLAT.fullmatch(stem)
        digit = digit_of(flat["label"]) if flat else None
        if flat and digit and any(_same(flat["speaker"], folder) for folder in folders):
            words = {digit_of(folder) for folder in folders if not _is_number(folder)} - {None}
            if words <= {digit}:
                return Named(digit, _text(flat["speaker"]))
        if not folders:
            if not flat or (_is_number(flat["label"]) and not digit):
                return say("in no label's folder, and not {name}", name="<digit>_<speaker>_<n>")
            return Named(digit or _text(flat["label"]), _text(flat["speaker"]))
        if not _may_be_label(folders[0]):
            return say("in a folder that is no label")
        if len(folders) == 1:
            return self._read_in_folder(folders[0], stem, flat, digit)
        if len(folders) == 2 and self._label_at is not None:
            return self._read_nested(folders[self._label_at], folders[1 - self._label_at], stem)
        return say("deeper than a label's folder")

    def _read_in_folder(
        self, folder: str, stem: str, flat: re.Match[str] | None, digit: str | None
    ) -> Named:
        if flat and digit and (self._files_say or _is_number(folder)):
            if digit != digit_of(folder):
                self.odd[folder] = say("not taken for a label: names of files in it say digits")
            return Named(digit, _text(flat["speaker"]))
        word = _WORD_FIRST.fullmatch(stem)
        if word and not self._folders_say and not _is_number(folder):
            return Named(word["word"].lower(), _text(folder))
        if self._numbers_speak and _is_number(folder):
            return Named(DIGITS[int(stem[0])], _text(folder))
        label = self._label(folder)
        if digit and digit != label:
            self.odd[folder] = say(
                "taken for a label, but names of files in it say digits, as {name}",
                name=printable(stem, 100),
            )
        if flat and (digit or _text(flat["label"])) == label:
            return Named(label, _text(flat["speaker"]))
        return Named(label, None)

    def _read_nested(self, folder: str, other: str, stem: str) -> Named | Sentence:
        if not _may_be_label(folder):
            return say("in a folder that is no label")
        named = _NAMED.fullmatch(stem)
        if named:
            return Named(self._label(folder), _text(named["speaker"]))
        if _side(other):
            return Named(self._label(folder), None)
        if not self._speakers_told:
            self._speakers_told = True
            self.odd[other] = say("taken for a speaker, and so are the other folders like it")
        return Named(self._label(folder), _text(other) or None)

    def _label(self, name: str) -> str:
        """Return the label that a folder's name means, and note it when it is another."""
        label = self._labels.get(name)
        if label is None:
            label = self._labels[name] = folder_label(name)
            if label != printable(unicodedata.normalize("NFC", name)):
                self.odd[name] = say("taken for “{label}”", label=printable(label, 100))
        return label

    def _find_sides(self, names: Sequence[Parts]) -> None:
        rests = [parts[self._depth :] for parts in names]
        tops = {rest[0] for rest in rests if len(rest) > 1 and not rest[0].startswith("_")}
        sides = {top for top in tops if _side(top)}
        inside = [rest for rest in rests if len(rest) > 1 and rest[0] in sides]
        # Folders of sounds may be the words “train” and “test” themselves.
        deep = any(len(rest) > 2 for rest in inside)
        says = _FLAT.fullmatch if len(sides) > 1 else _says_digit
        if not sides or not (deep or all(says(_stem(rest[1])) for rest in inside)):
            return
        if tops - sides and len(sides) < 2:
            return
        for top in sides:
            own = [rest for rest in inside if rest[0] == top]
            self._below[top] = self._common_depth(own, 1) - 1

    def _common_depth(self, names: Sequence[Parts], depth: int) -> int:
        """Return how many folders above all names are neither a label, a side nor a speaker."""
        while names and all(len(parts) > depth + 1 for parts in names):
            tops = {parts[depth] for parts in names}
            top = next(iter(tops))
            direct = (_stem(parts[-1]) for parts in names if len(parts) == depth + 2)
            if len(tops) > 1 or top.startswith("_") or digit_of(top) or _side(top):
                break
            if not all(map(_says_digit, direct)):
                break
            self.odd[top] = say("taken for no label: all recordings lie in it")
            depth += 1
        return depth


def folder_label(name: str) -> str:
    """Return the label that a folder of recordings means by its name."""
    return digit_of(name) or _text(name)


def digit_alone(folder: str, name: str) -> str | None:
    """Return the digit that a file is named after which is looked at without any others.

    Only where it can be nothing else: ``seven/<speaker>_nohash_<n>.wav``, ``seven_<n>.wav``,
    ``7_<speaker>_<n>.wav``.

    Parameters
    ----------
    folder : str
        The name of the folder that it lies in.
    name : str
    """
    stem = _stem(name)
    if _NAMED.fullmatch(stem):
        return digit_of(folder)
    word, digit = _WORD_FIRST.fullmatch(stem), _DIGIT_ALONE.fullmatch(stem)
    return word["word"].lower() if word else DIGITS[int(digit["digit"])] if digit else None


def _say_digits(names: Sequence[Parts]) -> bool:
    """Return whether every file says a digit and a speaker, and not all the same digit."""
    said = set()
    for _, name in names:
        digit = _says_digit(_stem(name))
        if digit is None:
            return False
        said.add(digit)
    return len(said) > 1


def _label_level(rests: Sequence[Parts]) -> int:
    """Return which of two folders above a recording is the label: 0 or 1."""
    levels = [{rest[level] for rest in rests} for level in (0, 1)]

    def likeness(folders: set[str]) -> tuple[bool, bool, int]:
        digits = {digit_of(folder) for folder in folders}
        return None not in digits, not any(map(_is_number, folders)), len(digits)

    first, second = map(likeness, levels)
    return 1 if second[0] and second > first else 0


def _side(folder: str) -> Side | None:
    return _SIDES.get(folder.strip().lower())


def _may_be_label(folder: str) -> bool:
    return not folder.startswith("_") and bool(folder.strip())


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _says_digit(stem: str) -> str | None:
    """Return the digit of ``<digit>_<speaker>_<n>``."""
    flat = _FLAT.fullmatch(stem)
    return digit_of(flat["label"]) if flat else None


def _is_number(name: str) -> bool:
    return re.fullmatch(r"\s*[0-9]+\s*", name) is not None


def _same(one: str, other: str) -> bool:
    return one.casefold().lstrip("0") == other.strip().casefold().lstrip("0")


@lru_cache(4096)
def _text(name: str) -> str:
    """Return a label or a speaker's name as text, spaces as they are said."""
    return printable(unicodedata.normalize("NFC", " ".join(name.split())))
