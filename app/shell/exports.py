"""What is looked at, taken along: pictures, tables, arrays and the sound itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.shell.dialogs import ask_where_to_save
from app.shell.menus import make_action
from app.shell.task_runner import TaskRunner
from core.errors import WritingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from app.shell.settings import Settings
    from core.export.figures import ClipFigure, FigureFormat

    _Writer = Callable[[Path, "Exportable"], Path]


@dataclass(frozen=True, slots=True, eq=False)
class Exportable:
    """A clip with all that is known of it.

    Parameters
    ----------
    content : ClipFigure
    arrays : dict
        Further arrays for the archive, by their names.
    """

    content: ClipFigure
    arrays: dict[str, Any] = field(default_factory=dict)


class Exports(QObject):
    """Owns the actions that save and copy what the current tab shows.

    Files are drawn and written off the GUI thread; nothing is overwritten.

    Parameters
    ----------
    find : callable
        Returns what the current tab shows, or None.
    settings : Settings
        Where the last folder is remembered.
    window : QWidget
        Above which dialogs open.

    Signals: ``said(str)`` what was done; ``sound_saved(AudioClip)``; ``failed(str)`` and
    ``busy_changed(bool)`` of its `TaskRunner`.
    """

    said = Signal(str)
    sound_saved = Signal(object)

    def __init__(
        self, find: Callable[[], Exportable | None], settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._find = find
        self._settings = settings
        self._window = window
        self._runner = TaskRunner("export", self)
        self.busy_changed, self.failed = self._runner.busy_changed, self._runner.failed
        self.sound = self._make(self.tr("&Save sound as…"), "Ctrl+S", "WAV (*.wav)", _write_sound)
        self.picture = self._make(
            self.tr("&Picture…"), "Ctrl+E, P", "PNG (*.png);;SVG (*.svg)", _write_picture
        )
        self.spectrogram = self._make(
            self.tr("&Spectrogram as table…"), "Ctrl+E, S", "CSV (*.csv)", _write_spectrogram
        )
        self.probabilities = self._make(
            self.tr("P&robabilities as table…"), "Ctrl+E, R", "CSV (*.csv)", _write_probabilities
        )
        self.arrays = self._make(
            self.tr("&All as NumPy arrays…"), "Ctrl+E, A", "NPZ (*.npz)", _write_arrays
        )
        self.copy = make_action(self, self.tr("&Copy picture"), "Ctrl+Shift+C")
        self.copy.triggered.connect(self._copy_picture)
        self.set_enabled(False)

    def set_enabled(self, enabled: bool) -> None:
        """Tell whether there is anything to take along."""
        for action in (self.sound, *self.exports, self.copy):
            action.setEnabled(enabled)

    @property
    def exports(self) -> tuple[QAction, ...]:
        """The actions of the export menu."""
        return self.picture, self.spectrogram, self.probabilities, self.arrays

    def close(self) -> None:
        """Wait for what is being written."""
        self._runner.close()

    def _make(self, text: str, keys: str, filters: str, write: _Writer) -> QAction:
        action = make_action(self, text, keys)
        action.triggered.connect(lambda: self._save(action, filters, write))
        return action

    def _save(self, action: QAction, filters: str, write: _Writer) -> None:
        shown = self._find()
        if shown is None:
            return
        suffix = filters.partition("*")[2].partition(")")[0]
        what = _WHAT.get(write, "")
        chosen = ask_where_to_save(
            self._window,
            self._settings,
            action.text().replace("&", "").rstrip("…"),
            f"{Path(shown.content.name).stem}{what}{suffix}",
            filters,
        )
        if chosen is None:
            return
        path, selected = chosen
        if not path.suffix:
            path = path.with_suffix(".svg" if "svg" in selected else suffix)

        def on_written(path: Path) -> None:
            self.said.emit(self.tr("Saved {0}").format(path))
            if write is _write_sound:
                self.sound_saved.emit(shown.content.clip)

        self._runner.submit(lambda: write(path, shown), on_written)

    def _copy_picture(self) -> None:
        shown = self._find()
        if shown is not None:
            content = shown.content
            self._runner.submit(lambda: _render(content), self._on_drawn)

    def _on_drawn(self, picture: bytes) -> None:
        QApplication.clipboard().setImage(QImage.fromData(picture))
        self.said.emit(self.tr("The picture is on the clipboard."))


# --- on the worker ------------------------------------------------------------------------


def _render(content: ClipFigure) -> bytes:
    from core.export.figures import render

    return render(content)


def _write_sound(path: Path, shown: Exportable) -> Path:
    from core.sound.sound_file import write_wav

    write_wav(path, shown.content.clip)
    return path


def _write_picture(path: Path, shown: Exportable) -> Path:
    from core.export.figures import render

    kind: FigureFormat = "svg" if path.suffix.lower() == ".svg" else "png"
    return _write(path, render(shown.content, kind))


def _write_spectrogram(path: Path, shown: Exportable) -> Path:
    from core.export.tables import picture_csv

    return _write(path, picture_csv(shown.content.picture).encode())


def _write_probabilities(path: Path, shown: Exportable) -> Path:
    from core.export.tables import probabilities_csv

    if shown.content.prediction is None:
        raise WritingError("There are no probabilities: no model was asked.")
    return _write(path, probabilities_csv(shown.content.prediction).encode())


def _write_arrays(path: Path, shown: Exportable) -> Path:
    from core.export.tables import arrays_npz

    content = shown.content
    return _write(
        path, arrays_npz(content.clip, content.picture, content.prediction, **shown.arrays)
    )


def _write(path: Path, content: bytes) -> Path:
    from core.files import write_new

    write_new(path, content)
    return path


_WHAT: dict[_Writer, str] = {
    _write_spectrogram: "-spectrogram",
    _write_probabilities: "-probabilities",
}
"""What tells two tables of one clip apart."""
