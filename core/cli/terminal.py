"""The one place that writes to the terminal: lines on stdout, sentences on stderr.

What a person reads holds names that come from elsewhere: in a line for people, letters that a
terminal would obey are written out. JSON stays exact.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from core.errors import SpokenDigitsError, reason_of
from core.labels import printable

if TYPE_CHECKING:
    from collections.abc import Iterator


class OutputError(SpokenDigitsError):
    """Stdout takes no more lines."""

    @property
    def reader_is_gone(self) -> bool:
        """Whether somebody read the lines and has seen enough, as ``head`` does."""
        error = self.__cause__
        broken = isinstance(error, BrokenPipeError)
        return broken or (os.name == "nt" and getattr(error, "errno", 0) == errno.EINVAL)


def tell(*fields: object) -> None:
    """Print a line for a person: its fields, with tabs between them.

    Raises
    ------
    OutputError
        When nobody can read it.
    """
    tell_line("\t".join(printable(str(field)) for field in fields))


def tell_json(data: object) -> None:
    """Print a value as a line of JSON for a program, in ASCII; raises as `tell` does."""
    tell_line(json.dumps(data))


def tell_line(line: str) -> None:
    """Print a line as it is; raises as `tell` does."""
    try:
        print(line, flush=True)
    except OSError as error:
        _drop_stdout()
        raise OutputError(
            "The output cannot be written: {reason}.", reason=reason_of(error)
        ) from error


def complain(sentence: object) -> None:
    """Say on stderr what is wrong; where there is none, nothing can be said."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(printable(str(sentence)), file=sys.stderr, flush=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what libraries write to stderr: LiteRT when it loads, mpg123 of damaged files.

    No setting turns that off; errors come as exceptions. No other thread may be writing.
    """
    stderr = os.dup(2)
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)


def prepare_streams() -> None:
    """Let stdout and stderr take every letter, and be there."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:  # closed, as by >&-
        pass
    os.close(descriptor)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace", line_buffering=True)


def _drop_stdout() -> None:
    """Let what stdout still holds go nowhere, when Python flushes it at the end."""
    with suppress(OSError, ValueError):
        place = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, place)
        os.close(nowhere)
