"""What can be said: the digits, the labels of what is none of the words; and names as text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from core.sentences import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

SILENCE, UNKNOWN = "_silence_", "_unknown_"
"""The labels of what is no word, and of words that are none of the others."""

BACKGROUND_NOISE = "_background_noise_"
"""The folder of what is no word in a data set, as Speech Commands calls it."""


def is_word(label: str) -> bool:
    """Tell whether a label is a word, not one of what is none."""
    return not label.startswith("_")


def sort_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Order labels: the digits first, in their order, then the others by name."""
    order = {word: number for number, word in enumerate(DIGITS)}
    return tuple(sorted(labels, key=lambda label: (order.get(label, len(order)), label)))


@lru_cache(4096)
def digit_of(name: str) -> str | None:
    """Return the digit's word that a name says, or None when it says none or anything else.

    Whatever its case, spaces, and numbers beside a word: ``One``, ``two ``, ``03``, ``4_four``,
    ``five (2)``; but not ``10``, ``one two`` or ``someone``.
    """
    name = name.strip().casefold()
    if re.fullmatch("[0-9]+", name):
        return DIGITS[int(name)] if len(name.lstrip("0")) < 2 else None
    word = re.sub(r"[\s0-9_.()-]+", " ", name).strip()
    return word if word in DIGITS else None


def printable(name: str | Path, longest: int | None = None) -> str:
    r"""Turn the name of a file or folder into text that can be shown and written anywhere.

    A name on a disk need not be text, and may hold line breaks, what moves a terminal's cursor,
    or what turns the direction of writing. Such characters become escapes: ``caf\xe9``, ``\n``.
    Whatever leaves the program (a terminal, JSON, HTML, a model card) passes through here first.

    Parameters
    ----------
    name : str or Path
    longest : int, optional
        Characters; what is longer loses its middle.
    """
    text = str(name)
    if not text.isprintable():
        text = "".join(map(_printable_character, text))
    if longest is not None and len(text) > longest:
        text = f"{text[: longest // 2]}…{text[len(text) - (longest - 1) // 2 :]}"
    return text


def _printable_character(character: str) -> str:
    if character.isprintable() or character in "\u200c\u200d":  # what Persian and Hindi join with
        return character
    if unicodedata.category(character) == "Zs":  # the spaces of other scripts
        return character
    if "\udc80" <= character <= "\udcff":  # a byte that is no text, as os.fsdecode has it
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def enumerated(names: Iterable[str], most: int = 10) -> str | Sentence:
    """Return some names, separated by commas, and how many more there are."""
    every = list(names)
    some = ", ".join(printable(name, 60) for name in every[:most])
    return say("{names} and {n} more", names=some, n=len(every) - most) if every[most:] else some
