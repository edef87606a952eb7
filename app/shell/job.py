"""A command of this program run in a child process, and what it tells line by line."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

import app
from app.shell.translation import translated
from core.cli import EXIT_CANCELLED, EXIT_OK
from core.dataset.health import FolderReport
from core.evaluation.report import EvaluationReport
from core.records import parse_json
from core.training.events import (
    Adapted,
    Cancelled,
    Event,
    Exported,
    Failed,
    Saved,
    from_json,
)


def own_program() -> tuple[str, ...]:
    """Return what starts this program, as a command line."""
    if getattr(sys, "frozen", False):
        # A bundle is the program, and holds its own Python. On Windows the one that opens the
        # window without a console prints nothing, so the other one beside it is started.
        return (str(Path(sys.executable).with_stem("spoken-digits")),)
    return sys.executable, "-P", str(Path(app.__file__).with_name("__main__.py"))


PROGRAM = own_program()
"""This program by its place: nothing of the current folder is imported, whatever lies there."""

_ERROR_TAIL = 4000

Told = Event | FolderReport | EvaluationReport
_RESULTS = (Saved, Adapted, Exported, Cancelled, Failed, FolderReport, EvaluationReport)


class Ending(Enum):
    """How a job ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended, and why.

    Parameters
    ----------
    ending : Ending
    reason : str
        A sentence for the person; empty when all went well.
    details : str
        The end of what the process wrote to stderr.
    """

    ending: Ending
    reason: str = ""
    details: str = ""


class Job(QObject):
    """Runs ``spoken-digits <arguments> --supervised`` in a child process.

    The child is asked to end by a word on its stdin; when it does not, it is killed. It
    notices by itself when this process is gone.

    Signals
    -------
    told(Event, FolderReport or EvaluationReport)
        What a line says that the child printed.
    silent(bool)
        True when the child has said nothing for `silent_ms`, False when it speaks again.
    ended(Outcome)
    """

    told = Signal(object)
    silent = Signal(bool)
    ended = Signal(object)

    def __init__(
        self,
        arguments: list[str],
        program: tuple[str, ...] = PROGRAM,
        silent_ms: int = 30_000,
    ) -> None:
        super().__init__()
        self._program, *self._arguments = [*program, *arguments, "--supervised"]
        self._parts: list[bytes] = []
        self._errors = b""
        self._failure = ""
        self._cancelled = False
        self._has_result = False
        self._is_silent = False
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_error_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._watchdog = QTimer(self)
        self._watchdog.setInterval(silent_ms)
        self._watchdog.timeout.connect(self._on_silent)
        self._killer = QTimer(self)
        self._killer.setSingleShot(True)
        self._killer.timeout.connect(self._process.kill)

    def start(self) -> None:
        """Start the child."""
        self._process.start(self._program, self._arguments)
        self._watchdog.start()

    @property
    def running(self) -> bool:
        """Whether the child is alive."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def ask(self, word: str) -> None:
        """Write a word to the child's stdin."""
        self._process.write(f"{word}\n".encode())

    def cancel(self, kill_after_ms: int = 1800) -> None:
        """Ask the child to end and keep nothing; kill it when it does not."""
        self._cancelled = True
        if self.running:
            self.ask("cancel")
            self._killer.start(kill_after_ms)

    def kill(self) -> None:
        """End the child at once and wait until it is gone."""
        if self.running:
            self._cancelled = True
            self._process.kill()
            self._process.waitForFinished(3000)

    def _on_output(self) -> None:
        first, *others = bytes(self._process.readAllStandardOutput().data()).split(b"\n")
        self._parts.append(first)
        for other in others:
            self._take_line(b"".join(self._parts))
            self._parts = [other]
        if others:
            self._watchdog.start()
            if self._is_silent:
                self._is_silent = False
                self.silent.emit(False)

    def _take_line(self, line: bytes) -> None:
        told = _read(line)
        if told is None:
            self._errors = (self._errors + line + b"\n")[-_ERROR_TAIL:]
            return
        if isinstance(told, Failed):
            self._failure = translated(told.sentence)
        self._has_result |= isinstance(told, _RESULTS)
        self.told.emit(told)

    def _on_error_output(self) -> None:
        text = self._process.readAllStandardError().data()
        self._errors = (self._errors + text)[-_ERROR_TAIL:]

    def _on_silent(self) -> None:
        if not self._is_silent:
            self._is_silent = True
            self.silent.emit(True)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._watchdog.stop()
        self._killer.stop()
        self._on_output()
        rest = b"".join(self._parts)
        if rest:  # half a line: the child was cut off while it wrote
            self._errors += b"\n(unfinished line) " + rest[-_ERROR_TAIL:]
        details = self._errors.decode(errors="replace").strip()
        self.ended.emit(self._outcome(code, status, details))

    def _outcome(self, code: int, status: QProcess.ExitStatus, details: str) -> Outcome:
        if self._cancelled or code == EXIT_CANCELLED:
            return Outcome(Ending.CANCELLED)
        if status == QProcess.ExitStatus.CrashExit:
            reason = self.tr("The process was ended from outside, or crashed.")
            return Outcome(Ending.CRASHED, reason, details)
        if code != EXIT_OK:
            last_line = details.splitlines()[-1] if details else ""
            reason = self._failure or last_line or self.tr("It ended without saying why.")
            return Outcome(Ending.FAILED, reason, details)
        if not self._has_result:
            return Outcome(Ending.FAILED, self.tr("It ended without a result."), details)
        return Outcome(Ending.DONE)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._watchdog.stop()
            self.ended.emit(Outcome(Ending.FAILED, self._process.errorString()))


def _read(line: bytes) -> Told | None:
    """Return what a line tells, or None when it is none of the program's."""
    try:
        data = parse_json(line)
        if "event" in data:
            return from_json(data)
        if "problems" in data:
            return FolderReport.from_json(data)
        return EvaluationReport.from_json(data)
    except (ValueError, TypeError):
        return None


def _environment() -> QProcessEnvironment:
    """Return what the child finds in its environment: what this process has, and what it needs.

    Of the places for modules, those are left that do not depend on the current folder.
    """
    environment = QProcessEnvironment.systemEnvironment()
    places = environment.value("PYTHONPATH").split(os.pathsep)
    absolute = os.pathsep.join(place for place in places if Path(place).is_absolute())
    environment.insert("PYTHONPATH", absolute)
    environment.remove("PYTHONINSPECT")  # it would wait for a person when it has ended
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("TF_CPP_MIN_LOG_LEVEL", "2")
    environment.insert("OPENBLAS_NUM_THREADS", "1")
    return environment
