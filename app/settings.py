"""What the program remembers from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from core.sound.sources import DEFAULT

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow, QSplitter


class Settings:
    """The remembered choices.

    Parameters
    ----------
    path : Path or None
        Where they are kept; None for the platform's place for an application's settings.
    """

    def __init__(self, path: Path | None = None) -> None:
        name = "spoken-digits"
        ini = QSettings.Format.IniFormat
        if path is None:
            self._store = QSettings(ini, QSettings.Scope.UserScope, name, name)
        else:
            self._store = QSettings(str(path), ini)

    @property
    def source(self) -> str:
        """The name of the source, as `open_source` takes it."""
        return self._text("source", DEFAULT)

    @source.setter
    def source(self, name: str) -> None:
        self._store.setValue("source", name)

    @property
    def model(self) -> str:
        """The folder of the model in use; empty for the shipped one."""
        return self._text("model", "")

    @model.setter
    def model(self, path: str) -> None:
        self._store.setValue("model", path)

    @property
    def theme(self) -> str:
        """One of `app.theme.THEMES`."""
        return self._text("theme", "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def folder(self) -> str:
        """The folder that a file was last opened from or saved to."""
        return self._text("folder", "")

    @folder.setter
    def folder(self, path: str) -> None:
        self._store.setValue("folder", path)

    def save_layout(self, window: QMainWindow, splitter: QSplitter) -> None:
        """Remember where the window is and how it is divided."""
        self._store.setValue("window/geometry", window.saveGeometry())
        self._store.setValue("window/recognise_splitter", splitter.saveState())

    def restore_layout(self, window: QMainWindow, splitter: QSplitter) -> None:
        """Put the window where it was; one that was never shown keeps its own size."""
        geometry = self._store.value("window/geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        state = self._store.value("window/recognise_splitter")
        if isinstance(state, QByteArray):
            splitter.restoreState(state)

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default
