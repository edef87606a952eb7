"""What the program remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter

from core.sound.sources import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMainWindow, QWidget

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
        """One of `app.shell.theme.THEMES`."""
        return self._text("theme", "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def language(self) -> str:
        """One of `app.shell.translation.LANGUAGES`; empty for the system's."""
        return self._text("language", "")

    @language.setter
    def language(self, name: str) -> None:
        self._store.setValue("language", name)

    @property
    def folder(self) -> str:
        """The folder that a file was last opened from or saved to."""
        return self._text("folder", "")

    @folder.setter
    def folder(self, path: str) -> None:
        self._store.setValue("folder", path)

    @property
    def data_folder(self) -> str:
        """The folder of recordings that was last looked at."""
        return self._text("data_folder", "")

    @data_folder.setter
    def data_folder(self, path: str) -> None:
        self._store.setValue("data_folder", path)

    @property
    def inspect(self) -> str:
        """How sounds are looked at; see `ViewSettings.to_text`."""
        return self._text("inspect/view", "")

    @inspect.setter
    def inspect(self, text: str) -> None:
        self._store.setValue("inspect/view", text)

    @property
    def recent(self) -> list[Path]:
        """The files and folders that were opened last, the newest first."""
        return [Path(line) for line in self._text("recent", "").splitlines() if line]

    def add_recent(self, paths: Sequence[Path]) -> None:
        """Remember files and folders that are opened."""
        new = [str(path.absolute()) for path in paths[:_RECENT]]
        lines = dict.fromkeys([*new, *map(str, self.recent)])
        self._store.setValue("recent", "\n".join(list(lines)[:_RECENT]))

    def is_on(self, key: str, default: bool) -> bool:
        """Return whether something that can be on or off was on."""
        return self._text(key, "on" if default else "off") == "on"

    def set_on(self, key: str, on: bool) -> None:
        """Remember whether something is on."""
        self._store.setValue(key, "on" if on else "off")

    @property
    def tab(self) -> int:
        """The index of the tab that was in front."""
        text = str(self._store.value("window/tab", 0))
        return int(text) if text.isdecimal() else 0

    @tab.setter
    def tab(self, index: int) -> None:
        self._store.setValue("window/tab", index)

    def threshold(self, model: str, default: float) -> float:
        """Return the confidence, 0-1, from which a person wants a model's answers."""
        try:
            value = float(self._text(f"threshold/{model}", ""))
        except ValueError:
            return default
        return value if 0 <= value <= 1 else default

    def set_threshold(self, model: str, value: float) -> None:
        """Remember from which confidence on a model's answers are given."""
        self._store.setValue(f"threshold/{model}", str(value))

    @property
    def speaker(self) -> str:
        """Whose voice the recordings are named after; empty until the person has said it."""
        return self._text("speaker", "")

    @speaker.setter
    def speaker(self, name: str) -> None:
        self._store.setValue("speaker", name)

    def save_window(self, window: QMainWindow) -> None:
        """Remember where the window is."""
        self._store.setValue("window/geometry", window.saveGeometry())

    def restore_window(self, window: QMainWindow) -> None:
        """Put the window where it was; one that was never shown keeps its own size."""
        geometry = self._store.value("window/geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)

    def save_splitters(self, widget: QWidget) -> None:
        """Remember how everything in a widget is divided that has an object name."""
        for splitter in _splitters(widget):
            self._store.setValue(f"window/{splitter.objectName()}", splitter.saveState())

    def restore_splitters(self, widget: QWidget) -> None:
        """Divide everything as it was."""
        for splitter in _splitters(widget):
            state = self._store.value(f"window/{splitter.objectName()}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default


def _splitters(widget: QWidget) -> list[QSplitter]:
    return [found for found in widget.findChildren(QSplitter) if found.objectName()]
