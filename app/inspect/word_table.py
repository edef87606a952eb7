"""The words of a recording: a table to walk through, to correct, and to take along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.library.actions import ClipActions
from app.library.bar import UNSURE, FilterBar
from app.library.clips import Clip
from app.library.model import Column, clock
from app.library.table import ClipTable
from app.shell.translation import counted
from app.shell.words_menu import WordsMenu
from app.widgets.layout import in_column, in_row
from core.export.words import FORMATS
from core.labels import is_word
from core.recognition.recogniser import Prediction
from core.recognition.words import Transcript

if TYPE_CHECKING:
    from pathlib import Path

    from app.inspect.word_finder import FoundWords
    from app.library.changes import Changes
    from app.shell.settings import Settings
    from core.recognition.words import Word

_STEPS = 1000  # of the progress bar


def clip_of(word: Word, path: Path, model: str = "") -> Clip:
    """Return a word of a recording as a row."""
    sure = np.array([word.confidence], np.float32)
    return Clip(
        path.name,
        path,
        start=word.start,
        stop=word.end,
        seconds=word.end - word.start,
        prediction=Prediction((word.label,), sure, 0.0, 0.0, model=model, from_file=True),
    )


class WordsPanel(QWidget):
    """The table with its progress above it, and what can be done with all words below.

    Parameters
    ----------
    changes : Changes
        Where words are corrected: they become recordings.
    settings : Settings

    Signals: ``cancelled()``, ``save_wanted(str)`` with the name of a format.
    """

    cancelled = Signal()
    save_wanted = Signal(str)

    def __init__(self, changes: Changes, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: FoundWords | None = None
        self.words: dict[Word, Clip] = {}
        """The rows, by what was found."""
        columns = (Column.TIME, Column.HEARD, Column.EXPECTED, Column.SURE)
        self.table = ClipTable(columns, Column.HEARD, "words", settings)
        self.table.setAccessibleName(self.tr("Words of the recording"))
        self.clip_actions = ClipActions(self.table, changes, settings)
        for action in (self.clip_actions.inspect, self.clip_actions.save):
            action.setVisible(False)  # they are for files
        self.table.addActions(self.clip_actions.every)
        self.bar = FilterBar(self.table, (UNSURE,), is_flat=True)
        self._title = QLabel()
        self._progress = QProgressBar()
        self._progress.setRange(0, _STEPS)
        self._progress.setTextVisible(False)
        self._progress.setMinimumWidth(40)
        self._progress.setAccessibleName(self.tr("How far the recording is heard"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the words as a table"))
        self.save = QPushButton(self.tr("Save"))
        self.save.setToolTip(self.tr("Save the words for another program"))
        self.save.setMenu(WordsMenu(self.save_wanted.emit, self))
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setMinimumHeight(self.cancel.sizeHint().height())  # so that nothing jumps
        self.setLayout(
            in_column(
                in_row((self._title, 2), (self._progress, 1), self.cancel),
                (self.table, 1),
                self.bar,
                in_row(None, self.copy, self.save),
                spacing=4,
            )
        )
        self.copy.clicked.connect(self._copy)
        self.cancel.clicked.connect(self.cancelled)
        self.clear()

    @property
    def text(self) -> str:
        """What is said of the words."""
        return self._title.text()

    @property
    def transcript(self) -> Transcript:
        """The words, for whoever wants to take them along."""
        found = self._found
        if found is None:
            return Transcript((), 0.0)
        given = ((word, self.words[word].label or word.label) for word in found.words)
        said = [replace(word, label=label) for word, label in given if is_word(label)]
        return Transcript(tuple(said), found.seconds, found.breaks_off)

    def show_found(self, found: FoundWords) -> None:
        """Show what is known of a recording by now."""
        if self._found is not found:
            self._found, self.words = found, found.rows
            self.table.clips.set_clips(self.words.values())
        new = {word: clip_of(word, found.path) for word in found.words[len(self.words) :]}
        self.words |= new
        self.table.clips.add(new.values())
        share = found.seconds / found.claimed_seconds if found.claimed_seconds else 0.0
        self._progress.setValue(round(_STEPS * min(share, 1.0)))
        self._set_searching(not found.done)
        self._describe()

    def show_stopped(self) -> None:
        """Show that it is looked for no more."""
        self._set_searching(False)
        if self._found is not None:
            text = self.tr("{0}; heard up to {1}")
            self._title.setText(text.format(self._counted(), clock(self._found.seconds)))

    def show_sentence(self, sentence: str) -> None:
        """Say why there are no words."""
        self._set_searching(False)
        self._title.setText(sentence)

    def clear(self) -> None:
        """Show that nothing is to be found."""
        self._found, self.words = None, {}
        self.table.clips.set_clips([])
        self._set_searching(False)
        self._title.setText(self.tr("Words of a longer recording"))

    def _describe(self) -> None:
        assert self._found is not None
        text = self._counted()
        if self._found.breaks_off:
            text += "; " + self.tr("the file breaks off there")
        self._title.setText(text)

    def _counted(self) -> str:
        assert self._found is not None
        if not self._found.words:
            return self.tr("No word") if self._found.done else self.tr("No word yet")
        return counted(len(self._found.words), self.tr("{n} word"), self.tr("{n} words"))

    def _set_searching(self, searching: bool) -> None:
        self._progress.setVisible(searching)
        self.cancel.setVisible(searching)
        some = bool(self._found and self._found.words)
        for button in (self.copy, self.save):
            button.setEnabled(some)

    def _copy(self) -> None:
        QApplication.clipboard().setText(FORMATS["csv"].write(self.transcript))
