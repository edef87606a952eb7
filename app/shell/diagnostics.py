"""What is unexpected goes here: the log, and a report that a person can copy."""

from __future__ import annotations

import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit

from app.widgets.layout import in_column
from core import __version__
from core.places import user_log

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)
_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "ai-edge-litert", "sounddevice")


def start_log() -> None:
    """Write the log to a file in the user's folder; without one, to stderr."""
    handler: logging.Handler
    try:
        folder = user_log()
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "spoken-digits.log", maxBytes=500_000, backupCount=2, encoding="utf-8"
        )
    except OSError as error:
        handler = logging.StreamHandler()
        print(f"No log file can be written: {error}", file=sys.stderr)  # noqa: T201
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def report(problem: str = "") -> str:
    """Return a text for a bug report: versions and what happened; no sound, no file names."""
    return "\n".join([*versions(), "", problem]).strip() + "\n"


def versions() -> list[str]:
    """Return a line for the program, the system, and each library that matters here."""
    return [
        f"Spoken Digits {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        f"Qt {qVersion()}",
        *(f"{name} {_version(name)}" for name in _PACKAGES),
    ]


class ErrorReporter(QObject):
    """The one hook for errors that nobody expected, from any thread.

    Each goes to the log; the first of its kind opens a dialog with a report.
    """

    _caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[str] = set()
        self._caught.connect(self._show)

    def install(self) -> None:
        """Take over Python's and Qt's hooks."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        qInstallMessageHandler(_on_qt_message)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.error("Unexpected error\n%s", text)
        last_line = traceback.extract_tb(trace)[-1] if trace else None
        where = f"{kind.__name__} {last_line.filename}:{last_line.lineno}" if last_line else text
        self._caught.emit(where, text)

    def _show(self, where: str, text: str) -> None:
        if where not in self._seen:
            self._seen.add(where)
            ReportDialog(report(text), QApplication.activeWindow()).exec()


class ReportDialog(QDialog):
    """Says that something went wrong that should not, with a report to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        message = QLabel(
            self.tr(
                "Something unexpected went wrong. Your takes are still there: save them, then "
                "restart the program. The report below helps to mend the fault; it holds no "
                "sound."
            )
        )
        message.setWordWrap(True)
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(text))
        buttons.rejected.connect(self.reject)
        self.setLayout(in_column(message, (self.report, 1), buttons, margins=(8, 8, 8, 8)))
        self.resize(640, 400)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    logging.getLogger("qt").log(level, "%s (%s)", message, context.category)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to import

    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
