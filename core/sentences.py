"""Sentences for the person in front, kept apart from what is put into them.

The core knows no Qt and speaks English. It says what happened as a text with names in braces,
and the values of these names; whoever shows it in another language looks the text up and puts
the same values in. So a text is always written out where it is used, never put together:
`tests.helpers.core_texts` finds them all in the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and what is put into it.

    Parameters
    ----------
    text : str
        In English, with names in braces as `str.format` has them.
    values : mapping
        What stands for each name: numbers, names, or other sentences.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text.format(**self.values) if self.values else self.text

    def to_json(self) -> dict[str, object]:
        """Return the sentence as a JSON object, for another process."""
        return {"text": self.text, "values": {k: _plain(v) for k, v in self.values.items()}}

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read a sentence back.

        Raises
        ------
        ValueError
            When it is none.
        """
        if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
            raise ValueError(f"not a sentence: {data!r}")
        values = data.get("values", {})
        if not isinstance(values, Mapping):
            raise ValueError(f"not the values of a sentence: {values!r}")
        read = {k: cls.from_json(v) if isinstance(v, Mapping) else v for k, v in values.items()}
        return cls(data["text"], read)


def _plain(value: object) -> object:
    """Return what JSON can hold and `str.format` writes in the same way."""
    if isinstance(value, Sentence):
        return value.to_json()
    return value if isinstance(value, str | int | float) else str(value)


def say(text: str, /, **values: object) -> Sentence:
    """Make a sentence."""
    return Sentence(text, values)


def count(n: int, one: str, many: str, /, **values: object) -> Sentence:
    """Make a sentence about a number of things: `one` where `n` is 1, otherwise `many`."""
    return Sentence(one if n == 1 else many, {"n": n, **values})


def percent(share: float, digits: int = 1) -> str:
    """Return a share in 0-1 as it is said everywhere: 95.3 %."""
    return f"{share:.{digits}%}".replace("%", " %")
