"""What the program remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from core.sound.sources import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMainWindow, QSplitter

_RECENT = 8


class Forgetful:
    """What stands in for the platform's store when nothing is to be remembered."""

    def __init__(self) -> None:
        self._values: dict[str, object] = {}

    def value(self, key: str, default: object = None) -> object:
        """Return what was set before, in this process."""
        return self._values.get(key, default)

    def setValue(self, key: str, value: object) -> None:
        """Set a value."""
        self._values[key] = value


def platform_store() -> QSettings:
    """Return the platform's place for this application's settings."""
    name = "spoken-digits"
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name, name)


class Settings:
    """The remembered choices.

    Parameters
    ----------
    store : QSettings or Forgetful
        Where they are kept.
    """

    def __init__(self, store: QSettings | Forgetful) -> None:
        self._store = store

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

    @property
    def inspect(self) -> str:
        """How sounds are looked at; see `ViewSettings.to_text`."""
        return self._text("inspect/view", "")

    @inspect.setter
    def inspect(self, text: str) -> None:
        self._store.setValue("inspect/view", text)

    @property
    def recent(self) -> list[Path]:
        """The files and folders that were inspected last, the newest first."""
        return [Path(line) for line in self._text("inspect/recent", "").splitlines() if line]

    def add_recent(self, paths: Sequence[Path]) -> None:
        """Remember files and folders that are inspected."""
        new = [str(path.absolute()) for path in paths[:_RECENT]]
        lines = dict.fromkeys([*new, *map(str, self.recent)])
        self._store.setValue("inspect/recent", "\n".join(list(lines)[:_RECENT]))

    def is_on(self, key: str, default: bool) -> bool:
        """Return whether something that can be on or off was on."""
        return self._text(key, "on" if default else "off") == "on"

    def set_on(self, key: str, on: bool) -> None:
        """Remember whether something is on."""
        self._store.setValue(key, "on" if on else "off")

    def save_splitter(self, name: str, splitter: QSplitter) -> None:
        """Remember how a tab is divided."""
        self._store.setValue(f"{name}/splitter", splitter.saveState())

    def restore_splitter(self, name: str, splitter: QSplitter) -> None:
        """Divide a tab as it was."""
        state = self._store.value(f"{name}/splitter")
        if isinstance(state, QByteArray):
            splitter.restoreState(state)

    @property
    def speaker(self) -> str:
        """Whose voice the recordings are named after; empty until the person has said it."""
        return self._text("speaker", "")

    @speaker.setter
    def speaker(self, name: str) -> None:
        self._store.setValue("speaker", name)

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
