"""What the program remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter

from app.shell.theme import THEMES
from app.shell.translation import LANGUAGES, SYSTEM
from core.sound.sources import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QMainWindow, QWidget

TABS = ("recognise", "inspect", "train")
_RECENT = 8


ASK, KEEP, DISCARD, SAVE = "ask", "keep", "discard", "save"
"""What becomes of takes that were not saved: the person is asked, or it is always the same."""


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


class _Setting:
    """A text that is remembered; where one cannot be, whoever wrote it, the standard counts."""

    def __init__(
        self, key: str, standard: str, is_possible: Callable[[str], bool] = lambda _: True
    ) -> None:
        self._key, self._standard, self._is_possible = key, standard, is_possible

    def __get__(self, settings: Settings, _owner: type) -> str:
        """Return what is remembered."""
        text = settings.text(self._key)
        return text if text is not None and self._is_possible(text) else self._standard

    def __set__(self, settings: Settings, text: str) -> None:
        """Remember a text."""
        settings.set_text(self._key, text)


class Settings:
    """The remembered choices.

    Parameters
    ----------
    store : QSettings or Forgetful
        Where they are kept.
    """

    source = _Setting("source", DEFAULT)
    """The name of the source, as `open_source` takes it."""
    model = _Setting("model", "")
    """The folder of the model in use; empty for the shipped one."""
    theme = _Setting("theme", "system", THEMES.__contains__)
    language = _Setting("language", SYSTEM, lambda code: code in (SYSTEM, *LANGUAGES))
    folder = _Setting("folder", "")
    """The folder that a file was last opened from or saved to."""
    data_folder = _Setting("data_folder", "")
    """The folder of recordings that was last looked at."""
    inspect = _Setting("inspect/view", "")
    """How sounds are looked at; see `ViewSettings.to_text`."""
    inspect_side = _Setting("inspect/side", "on", ("on", "off").__contains__)
    """Whether what stands beside the sounds is shown."""
    tab = _Setting("window/tab", TABS[0], TABS.__contains__)
    """The tab that was in front."""
    quits_silently = _Setting("window/quits_silently", "")
    """What is lost without a question when the window closes; see `ask_to_quit`."""
    unsaved_takes = _Setting("takes/unsaved", ASK, (ASK, KEEP, DISCARD, SAVE).__contains__)
    """What becomes of takes that were not saved."""
    speaker = _Setting("speaker", "")
    """Whose voice the recordings are named after; empty until the person has said it."""

    def __init__(self, store: QSettings | Forgetful) -> None:
        self._store = store

    @property
    def store(self) -> QSettings | Forgetful:
        """Where they are kept."""
        return self._store

    @property
    def recent(self) -> list[Path]:
        """The files and folders that were opened last, the newest first."""
        return [Path(line) for line in (self.text("recent") or "").splitlines() if line]

    def add_recent(self, paths: Sequence[Path]) -> None:
        """Remember files and folders that are opened."""
        new = [str(path.absolute()) for path in paths[:_RECENT]]
        lines = dict.fromkeys([*new, *map(str, self.recent)])
        self.set_text("recent", "\n".join(list(lines)[:_RECENT]))

    def threshold(self, model: str, default: float) -> float:
        """Return the confidence, 0-1, from which a person wants a model's answers."""
        try:
            value = float(self.text(f"threshold/{model}") or "")
        except ValueError:
            return default
        return value if 0 <= value <= 1 else default

    def set_threshold(self, model: str, value: float) -> None:
        """Remember from which confidence on a model's answers are given."""
        self.set_text(f"threshold/{model}", str(value))

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

    def text(self, key: str) -> str | None:
        """Return the text that is remembered, or None."""
        value = self._store.value(key)
        return value if isinstance(value, str) else None

    def set_text(self, key: str, text: str) -> None:
        """Remember a text."""
        self._store.setValue(key, text)


def _splitters(widget: QWidget) -> list[QSplitter]:
    return [found for found in widget.findChildren(QSplitter) if found.objectName()]
