"""What the long commands have in common, whether a person or the window started them.

They tell what happens as lines on stdout, one each, and go on when nobody reads those any more;
they listen to stdin, so that they can be ended; what libraries print comes in between of neither.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from core.cli import EXIT_CANCELLED, EXIT_OK, EXIT_SOME_FAILED
from core.cli.terminal import tell_line
from core.errors import SpokenDigitsError
from core.labels import printable
from core.places import user_log
from core.training import events

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

_GRACE_SECONDS = 1.5
_LOG_BYTES = 1_000_000
_STDIN, _STDOUT, _STDERR = 0, 1, 2


def go_last(args: argparse.Namespace) -> None:
    """Let the window that started this process go first, where the system knows of that."""
    if args.supervised and hasattr(os, "nice"):
        os.nice(10)


def progress(args: argparse.Namespace, what: str) -> Callable[[int, int], None]:
    """Return what tells a supervising program how much is done; a person is told nothing."""
    if not args.supervised:
        return lambda _done, _total: None
    return lambda done, total: tell_line(events.Progress(what, done, total).to_json())


class Lines:
    """The lines of a command that goes on when they cannot be written any more.

    Parameters
    ----------
    out, errors : int
        The descriptors of the terminal's stdout and stderr.
    as_json : bool
        Whether a program reads them.
    """

    def __init__(self, out: int, errors: int, as_json: bool) -> None:
        self._out = out
        self._errors = errors
        self._as_json = as_json
        self._lost = False
        self._failed = False

    def tell(self, event: events.Event) -> None:
        """Write what happened."""
        lines = [event.to_json()] if self._as_json else str(event).splitlines()
        for line in lines:
            self._write(line if self._as_json else printable(line))

    def progress(self, what: str) -> Callable[[int, int], None]:
        """Return what tells a program how much is done."""
        return lambda done, total: self.tell(events.Progress(what, done, total))

    def status(self, status: int) -> int:
        """Return the exit status of a command that would end with `status` otherwise."""
        return EXIT_SOME_FAILED if self._failed and status == EXIT_OK else status

    def _write(self, line: str) -> None:
        if self._lost:
            return
        try:
            _write_all(self._out, f"{line}\n")
        except OSError as error:
            self._lost = True
            self._failed = not isinstance(error, BrokenPipeError)
            why = error.strerror if self._failed else "nobody reads it any more"
            with suppress(OSError):
                _write_all(self._errors, f"The output is lost ({why}); the work goes on.\n")


def _write_all(descriptor: int, text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    while data:
        data = data[os.write(descriptor, data) :]


@contextmanager
def telling(args: argparse.Namespace) -> Iterator[Lines]:
    """Give the command's lines, and keep what libraries print from the person who reads them.

    TensorFlow greets, and its converter prints to stdout, where only lines for the reader belong.
    A supervising program gets all that on stderr; of a person's command it stands in a log file.
    """
    _flush()
    out, errors = os.dup(_STDOUT), os.dup(_STDERR)
    aside = os.dup(_STDERR) if args.supervised else _open_log()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.dup2(aside, _STDOUT)
    os.dup2(aside, _STDERR)
    try:
        yield Lines(out, errors, args.json)
    except SpokenDigitsError:
        raise
    except Exception as error:
        if not args.supervised:
            error.add_note(f"What the libraries wrote is in {_log()}.")
        raise
    finally:
        _flush()
        os.dup2(out, _STDOUT)
        os.dup2(errors, _STDERR)
        for descriptor in (out, errors, aside):
            os.close(descriptor)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _log() -> Path:
    return user_log() / "libraries.log"


def _open_log() -> int:
    log = _log()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        new = not log.exists() or log.stat().st_size > _LOG_BYTES
        anew = os.O_TRUNC if new else os.O_APPEND
        return os.open(log, os.O_WRONLY | os.O_CREAT | anew, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


class Requests:
    """Listens to stdin: a line *stop* stops a run, *cancel* cancels it.

    TensorFlow cannot be interrupted while it loads, so a run that does not end by itself soon
    after a request ends the process, when nothing would be lost by that.

    Parameters
    ----------
    nothing_to_lose : callable
        Asked then, and told whether *cancel* was said; it removes what is half done.
    on_cancelled : callable
        Called before the process ends.

    Attributes
    ----------
    left : bool
        Nobody has asked, but whoever supervised is gone.
    """

    def __init__(
        self, nothing_to_lose: Callable[[bool], bool], on_cancelled: Callable[[], None]
    ) -> None:
        self._nothing_to_lose = nothing_to_lose
        self._on_cancelled = on_cancelled
        self.stop = self.cancel = self.left = False

    def listen(self, supervised: bool) -> None:
        """Begin to listen; when supervised, the end of stdin means *stop*."""
        if sys.stdin is not None and not sys.stdin.isatty():
            threading.Thread(target=self._listen, args=(supervised,), daemon=True).start()

    def _listen(self, supervised: bool) -> None:
        line = b""
        while data := _read_stdin():
            *lines, line = (line + data).split(b"\n")
            for word in map(bytes.strip, lines):
                if word in (b"stop", b"cancel"):
                    self._ask(word == b"cancel")
        if supervised and not (self.stop or self.cancel):
            self.left = True
            self._ask(cancel=False)

    def _ask(self, cancel: bool) -> None:
        if cancel:
            self.cancel = True
        else:
            self.stop = True
        timer = threading.Timer(_GRACE_SECONDS, self._end_if_nothing_is_lost)
        timer.daemon = True
        timer.start()

    def _end_if_nothing_is_lost(self) -> None:
        if self._nothing_to_lose(self.cancel):
            self._on_cancelled()
            os._exit(EXIT_CANCELLED)


def _read_stdin() -> bytes:
    """Wait for what comes next on stdin; nothing at its end.

    Not through `sys.stdin`, whose lock a waiting thread would hold when the program ends.
    """
    try:
        return os.read(_STDIN, 4096)
    except OSError:
        return b""
