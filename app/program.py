"""The composition root: builds the parts, gives each what it needs, and shows the window."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.once import Once
from app.recognise.controller import RecognitionController
from app.shell import diagnostics
from app.shell.instance import Application, FirstInstance
from app.shell.model_in_use import ModelInUse
from app.shell.settings import Forgetful, Settings, platform_store
from app.shell.theme import app_icon, apply_theme
from app.shell.translation import fill, install_translations
from core.places import user_data
from core.sound.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Program:
    """The running program.

    Parameters
    ----------
    source : str or None
        As `open_source` takes it; None for the remembered one.
    once : bool
        Take one second, print the answer, and leave.
    screenshot : Path or None
        Write a picture of the window before leaving; means `once`.
    theme : str or None
        One of `app.shell.theme.THEMES`; None for the remembered one.
    inspect : list of Path
        Files and folders to open the Inspect tab on.
    tab : {"recognise", "inspect", "train"} or None
        The tab that is shown; None for the one that was in front.
    force : bool
        Whether the picture may take the place of another file.
    settings : Settings or None
        What is remembered; None for the user's own, or for nothing when it is done once, by
        a script perhaps.
    """

    def __init__(
        self,
        source: str | None = None,
        once: bool = False,
        screenshot: Path | None = None,
        theme: str | None = None,
        settings: Settings | None = None,
        inspect: Sequence[Path] = (),
        tab: str | None = None,
        force: bool = False,
    ) -> None:
        self.app = QApplication.instance() or Application(["spoken-digits"])
        assert isinstance(self.app, QApplication)
        self.app.setApplicationName("spoken-digits")
        self.app.setApplicationDisplayName("Spoken Digits")
        self.app.setDesktopFileName("spoken-digits")
        self.app.setWindowIcon(app_icon())
        diagnostics.start_log()
        self._reporter = diagnostics.ErrorReporter()
        self._reporter.install()
        once = once or screenshot is not None
        if settings is None:
            settings = Settings(Forgetful() if once else platform_store())
        self._settings = settings
        apply_theme(self.app, theme or settings.theme)
        install_translations(self.app, settings.language)
        self.controller = RecognitionController(ModelInUse(settings), open_source)
        self.window = MainWindow(self.controller, settings)
        if isinstance(self.app, Application):
            self.app.file_opened.connect(lambda path: self._on_asked([path]))
        self._source = source
        self._inspect = list(inspect)
        self._tab = tab
        self._once = (
            Once(self.controller, self.window, source, screenshot, tab, force) if once else None
        )

    def run(self) -> int:
        """Show the window and stay until it is closed; return the exit status."""
        signals: list[int] = []
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda number, _: signals.append(number))
        wake = QTimer()  # lets Python see a signal while Qt waits, and closes when all stands
        wake.timeout.connect(lambda: self.window.close_at_once() if signals else None)
        wake.start(200)
        self.window.show()
        if self._once is not None:
            QTimer.singleShot(0, self._once.start)
        else:
            QTimer.singleShot(0, self._start)
        status = self.app.exec()
        return status or (self._once.status if self._once else 0)

    def _start(self) -> None:
        self.window.start(self._source)
        if self._tab is not None:
            self.window.show_tab(self._tab)
        if self._inspect:
            self.window.inspect_paths(self._inspect)
        for sentence in problems(self._settings.store):
            self.window.warn(sentence)
        first = FirstInstance(self.window)
        first.asked.connect(self._on_asked)
        self.window.closed.connect(first.close)

    def _on_asked(self, paths: list[Path]) -> None:
        if paths:
            self.window.inspect_paths(paths)
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()


def problems(store: QSettings | Forgetful) -> list[str]:
    """Return a sentence for each thing that is in the way of keeping what a person does."""
    found = []
    if not _can_be_written(user_data()):
        text = QCoreApplication.translate(
            "FirstStart",
            "{folder} cannot be written, so recordings and models cannot be kept: change its "
            "permissions, or make room for it.",
        )
        found.append(fill(text, folder=user_data()))
    if isinstance(store, QSettings):
        if store.status() == QSettings.Status.FormatError:
            text = QCoreApplication.translate(
                "FirstStart",
                "The settings in {file} cannot be read, so the usual ones count: set them again.",
            )
            found.append(fill(text, file=store.fileName()))
        elif not store.isWritable():
            text = QCoreApplication.translate(
                "FirstStart",
                "{file} cannot be written, so nothing that you set here is remembered: change its "
                "permissions.",
            )
            found.append(fill(text, file=store.fileName()))
    return found


def _can_be_written(folder: Path) -> bool:
    """Tell whether a folder, which need not be there yet, may be made and written to."""
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
