"""What can be said: the digits, and the labels of what is none of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

SILENCE, UNKNOWN = "_silence_", "_unknown_"
"""The labels of what is no word, and of words that are none of the others."""

BACKGROUND_NOISE = "_background_noise_"
"""The folder of what is no word in a data set, as Speech Commands calls it."""


def sort_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Order labels: the digits first, in their order, then the others by name."""
    order = {word: number for number, word in enumerate(DIGITS)}
    return tuple(sorted(labels, key=lambda label: (order.get(label, len(order)), label)))
