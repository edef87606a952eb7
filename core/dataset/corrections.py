"""What a person says of a data set's clips, in a list beside it; nothing in the folder is changed.

``<folder's name> corrections.csv`` lies where the folder lies. Its columns are ``file``, the path
within the folder with slashes, and ``label``: what is said, or nothing where the clip is bad and
to be left out. People may edit it and add columns. What it says is obeyed when the folder is
looked at, as far as it speaks of clips in the folder and of words; the rest is counted.
"""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from core.dataset.health import CorrectionReport
from core.dataset.layouts import folder_label
from core.dataset.recordings import label_name
from core.dataset.text_files import decoded, encoded
from core.errors import DataSetError, SoundFileError, WritingError, reason_of
from core.files import replace_file
from core.labels import SILENCE, is_word, printable
from core.sentences import Sentence, count, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.dataset.listing import Listed

_FILE, _LABEL = "file", "label"
_SEPARATORS = ",;\t"  # as tables are written in this country or that
_LARGEST = 2**26  # bytes


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a list says.

    Parameters
    ----------
    labels : mapping of str to str
        Of files, by their names in the folder with slashes: what is said.
    bad : frozenset of str
        Files that are to be left out.
    ignored : int
        Lines that name no file which can be in the folder, or no word.
    """

    labels: Mapping[str, str]
    bad: frozenset[str] = frozenset()
    ignored: int = 0

    def apply(self, files: Iterable[Listed]) -> tuple[list[Listed], CorrectionReport | None]:
        """Return the files as they are to be used, and what became of them; None: nothing."""
        used: list[Listed] = []
        found = relabelled = bad = 0
        for file in files:
            label = None if file.label == SILENCE else self.labels.get(file.name)
            found += label is not None
            if file.name in self.bad:
                bad += 1
                continue
            relabelled += label not in (None, file.label)
            used.append(file if label is None else file._replace(label=label))
        ignored = self.ignored + len(self.labels) - found + len(self.bad) - bad
        report = CorrectionReport(relabelled, bad, ignored)
        return used, report if relabelled or bad or ignored else None


@dataclass(slots=True)
class _Table:
    """The file: its columns, of which `file` and `label` are two, and its rows."""

    columns: list[str]
    rows: list[list[str]]
    separator: str = ","
    beginning: bytes = b""

    def file_of(self, row: list[str]) -> str | None:
        """Return the file that a row is about; None where it names none."""
        return _inside(self._at(row, _FILE))

    def said_in(self, row: list[str]) -> str:
        """Return what a row says of its file."""
        return self._at(row, _LABEL).strip()

    def put(self, labels: Mapping[str, str]) -> None:
        """Write what is said of files into their rows, or into new ones."""
        left = dict(labels)
        file_at, label_at = map(self.columns.index, (_FILE, _LABEL))
        for row in self.rows:
            file = self.file_of(row)
            if file is not None and file in labels:
                row += [""] * (len(self.columns) - len(row))
                row[label_at] = labels[file]
                left.pop(file, None)
        for file, label in left.items():
            row = [""] * len(self.columns)
            row[file_at], row[label_at] = file, label
            self.rows.append(row)

    def _at(self, row: list[str], column: str) -> str:
        number = self.columns.index(column)
        return row[number] if number < len(row) else ""


class CorrectionList:
    """The list beside a data set.

    Parameters
    ----------
    folder : Path
        The data set's.

    Attributes
    ----------
    path : Path
        Where the list is, or will be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.path = self._folder.parent / f"{self._folder.name} corrections.csv"

    def read(self) -> Corrections:
        """Read what the list says; where there is none, nothing.

        Raises
        ------
        DataSetError
            When the file cannot be read, or is no such list.
        """
        table = self._read()
        labels: dict[str, str] = {}
        bad: dict[str, None] = {}
        ignored = 0
        for row in table.rows:
            file, said = table.file_of(row), table.said_in(row)
            label = None
            with suppress(SoundFileError):
                label = word_label(said) if said else ""
            if label is None or file is None:
                ignored += 1
                continue
            labels.pop(file, None)  # of several lines about a file, the last one counts
            bad.pop(file, None)
            if label:
                labels[file] = label
            else:
                bad[file] = None
        return Corrections(labels, frozenset(bad), ignored)

    def set(self, file: str | Path, label: str | None) -> None:
        """Say of a file what is said in it, or that it is bad: None.

        Parameters
        ----------
        file : str or Path
            Its name in the folder, or its path.
        label : str or None

        Raises
        ------
        SoundFileError
            When it is no file of the folder, or the label cannot be one.
        WritingError
            When the list cannot be written, or another file lies in its place.
        """
        self.set_all({name_in(self._folder, file): label})

    def set_all(self, labels: Mapping[str, str | None]) -> None:
        """Say the same of many files, by their names in the folder; raises as `set` does."""
        new: dict[str, str] = {}
        for name, said in labels.items():
            new[name_in(self._folder, name)] = "" if said is None else word_label(said)
        table = self._read_to_write()
        table.put(new)
        self._write(table)

    def remove(self, *files: str | Path) -> None:
        """Take back what is said of files; raises as `set` does."""
        names = {name_in(self._folder, file) for file in files}
        table = self._read_to_write()
        rows = [row for row in table.rows if table.file_of(row) not in names]
        if len(rows) == len(table.rows):
            return
        if rows or table.columns != [_FILE, _LABEL]:
            table.rows = rows
            self._write(table)
            return
        try:
            self.path.unlink(missing_ok=True)  # the program's own, and nothing is left in it
        except OSError as error:
            raise self._cannot_write(error) from error

    # --- the file ---------------------------------------------------------------------------

    def _read(self) -> _Table:
        try:
            if self.path.stat().st_size > _LARGEST:
                raise ValueError("too large")
            return _parsed(self.path.read_bytes())
        except FileNotFoundError:
            return _Table([_FILE, _LABEL], [])
        except OSError as error:
            raise DataSetError(
                "The list of corrections {file} cannot be read: {reason}.",
                file=printable(self.path),
                reason=reason_of(error),
            ) from error
        except (ValueError, csv.Error) as error:
            raise DataSetError(
                "{file} is no list of corrections: a table with the columns {one} and {other} is "
                "expected. Mend it, or give it another name.",
                file=printable(self.path),
                one=_FILE,
                other=_LABEL,
            ) from error

    def _read_to_write(self) -> _Table:
        try:
            return self._read()
        except DataSetError as error:
            raise WritingError.of(error) from error

    def _write(self, table: _Table) -> None:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=table.separator, lineterminator="\n")
        writer.writerows([table.columns, *table.rows])
        try:
            replace_file(self.path, encoded(text.getvalue(), table.beginning))
        except OSError as error:
            raise self._cannot_write(error) from error

    def _cannot_write(self, error: OSError) -> WritingError:
        return WritingError(
            "Corrections of {folder} are kept beside it, and {file} cannot be written: {reason}. "
            "Copy the folder to a place where you may write.",
            folder=printable(self._folder),
            file=printable(self.path),
            reason=reason_of(error),
        )


def corrections_text(report: CorrectionReport) -> Sentence:
    """Say what became of the corrections of a folder."""
    relabelled = count(
        report.relabelled,
        "{n:,} clip counts as another word than its name says",
        "{n:,} clips count as other words than their names say",
    )
    bad = count(report.bad, "{n:,} bad clip is left out", "{n:,} bad clips are left out")
    ignored = count(
        report.ignored,
        "{n:,} line of the list of corrections names no clip of the folder, or no word.",
        "{n:,} lines of the list of corrections name no clip of the folder, or no word.",
    )
    if not report.relabelled and not report.bad:
        return ignored
    if report.relabelled and report.bad:
        both = say("{relabelled}, and {bad}", relabelled=relabelled, bad=bad)
    else:
        both = relabelled if report.relabelled else bad
    text = say("By the list of corrections, {what}.", what=both)
    return say("{text} {more}", text=text, more=ignored) if report.ignored else text


def _parsed(content: bytes) -> _Table:
    """Return the table that a file holds; raises ValueError or csv.Error when it is none."""
    text = decoded(content)
    head = text.partition("\n")[0].strip()
    for separator in _SEPARATORS:
        columns = [column.strip() for column in next(csv.reader([head], delimiter=separator), [])]
        if columns.count(_FILE) == columns.count(_LABEL) == 1:
            lines = io.StringIO(text, newline="")
            _, *rows = csv.reader(lines, delimiter=separator, strict=True)
            return _Table(columns, [row for row in rows if row], separator, content[:4])
    raise ValueError(f"its columns are {head[:60]!r}")


def name_in(folder: Path, file: str | Path) -> str:
    """Return the name of a file in a folder, with slashes, whichever way it is told.

    Raises
    ------
    SoundFileError
        When it does not lie in the folder.
    """
    path, folder = Path(file), folder.resolve()
    if path.is_absolute():
        real = path.parent.resolve() / path.name
        path = real.relative_to(folder) if real.is_relative_to(folder) else path
    name = _inside(path.as_posix())
    if name is None:
        raise SoundFileError(
            "{file} does not lie in {folder}.", file=printable(file), folder=printable(folder)
        )
    return name


def word_label(text: str) -> str:
    """Return the label that a word is, as a folder's name would be read.

    A word keeps its capital letters: it is to be the same as the name of the folder.

    Raises
    ------
    SoundFileError
        When it cannot be one.
    """
    if not is_word(label_name(text)):
        raise SoundFileError("“{word}” is no word.", word=printable(text))
    return folder_label(text)


def _inside(name: str) -> str | None:
    """Return the name of a file as listings have it; None where it leads out of the folder."""
    path = PurePosixPath(name)
    return None if not path.parts or path.is_absolute() or ".." in path.parts else path.as_posix()
