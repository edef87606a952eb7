"""The words of a recording, as other programs read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.export.tables import as_csv
from core.labels import printable
from core.sentences import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.recognition.words import Transcript, Word


def words_text(said: Transcript) -> str:
    """Return a line a word: when, what, and how sure."""
    return "".join(f"{text_line(word)}\n" for word in said.words)


def text_line(word: Word) -> str:
    """Return a word in a line, without its end."""
    return f"{word.start:8.2f} s  {printable(word.label):10s} {percent(word.confidence)}"


def words_csv(said: Transcript) -> str:
    """Return a table: start and end in seconds, the label, how sure, 0-1."""
    rows = [
        [f"{w.start:.3f}", f"{w.end:.3f}", printable(w.label), f"{w.confidence:.4f}"]
        for w in said.words
    ]
    return as_csv([["start", "end", "label", "confidence"], *rows])


def words_json(said: Transcript) -> str:
    """Return a JSON object a line."""
    return "".join(f"{json.dumps(word_object(word))}\n" for word in said.words)


def word_object(word: Word) -> dict[str, float | str]:
    """Return a word as a JSON object."""
    return {
        "start": round(word.start, 3),
        "end": round(word.end, 3),
        "label": word.label,
        "confidence": round(word.confidence, 4),
    }


def words_audacity(said: Transcript) -> str:
    """Return a label track of Audacity: start, end and label, with tabs between them.

    Source: the Audacity manual, Importing and Exporting Labels.
    """
    lines = [f"{w.start:.6f}\t{w.end:.6f}\t{printable(w.label)}\n" for w in said.words]
    return "".join(lines)


def words_textgrid(said: Transcript) -> str:
    """Return a TextGrid of Praat, with a tier of words and one of how sure they are.

    The intervals of a tier follow each other without a gap; between words they are empty.
    Source: the Praat manual, TextGrid file formats.
    """
    length = max([said.seconds, *(word.end for word in said.words)])
    texts = [(w.start, w.end, printable(w.label), f"{w.confidence:.4f}") for w in said.words]
    rows: list[tuple[float, float, str, str]] = []
    at = 0.0
    for start, end, label, sure in sorted(texts):
        first = max(at, start)
        if end <= first:
            continue
        rows += [(at, first, "", "")] if first > at else []
        rows.append((first, end, label, sure))
        at = end
    rows += [(at, length, "", "")] if length > at or not rows else []
    tiers = [
        _tier(1, "words", length, [(first, last, label) for first, last, label, _ in rows]),
        _tier(2, "certainty", length, [(first, last, sure) for first, last, _, sure in rows]),
    ]
    head = f'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = {length:.6f}\n'
    return f"{head}tiers? <exists>\nsize = {len(tiers)}\nitem []:\n{''.join(tiers)}"


def _tier(number: int, name: str, length: float, rows: Sequence[tuple[float, float, str]]) -> str:
    lines = [
        f"    item [{number}]:",
        '        class = "IntervalTier"',
        f'        name = "{name}"',
        "        xmin = 0",
        f"        xmax = {length:.6f}",
        f"        intervals: size = {len(rows)}",
    ]
    for index, (first, last, text) in enumerate(rows, 1):
        quoted = text.replace('"', '""')
        lines += [
            f"        intervals [{index}]:",
            f"            xmin = {first:.6f}",
            f"            xmax = {last:.6f}",
            f'            text = "{quoted}"',
        ]
    return "\n".join([*lines, ""])


@dataclass(frozen=True, slots=True)
class WordsFormat:
    """How words are written: the suffix of the file, and what makes its content."""

    suffix: str
    write: Callable[[Transcript], str]


FORMATS = {
    "text": WordsFormat(".txt", words_text),
    "csv": WordsFormat(".csv", words_csv),
    "json": WordsFormat(".jsonl", words_json),
    "audacity": WordsFormat(".labels.txt", words_audacity),
    "textgrid": WordsFormat(".TextGrid", words_textgrid),
}
"""By the names that the command line has for them."""
