"""The words of a recording: a table to walk through, to correct, and to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.shell.translation import counted, fill, label_text, percent
from app.shell.words_menu import WordsMenu
from app.widgets.layout import in_column, in_row
from app.widgets.rows import NO_PARENT, Index, RowTable, RowTableModel
from core.export.words import FORMATS
from core.labels import DIGITS
from core.recognition.words import Transcript

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.inspect.word_finder import FoundWords
    from core.recognition.words import Word

UNSURE = 0.9
"""The certainty below which a word is unsure."""

_TIME, _WORD, _SURE, _PLAY = range(4)
_STEPS = 1000  # of the progress bar


def clock(seconds: float) -> str:
    """Return a time in a recording: 1:02:03.4, or 02:03.45 where there is no hour."""
    minutes, rest = divmod(round(100 * seconds), 6000)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return fill("{0}:{1:02d}:{2:04.1f}", hours, minutes, rest // 10 / 10)
    return fill("{0:02d}:{1:05.2f}", minutes, rest / 100)


class WordTableModel(RowTableModel):
    """The words as rows: time, word, certainty, and what plays it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: list[Word] = []
        self._shown: list[Word] = []
        self._said: dict[Word, str] = {}
        self._unsure_only = False
        self._headers = (self.tr("Time"), self.tr("Word"), self.tr("Sure"), "")

    @property
    def words(self) -> list[Word]:
        """All words, whatever is filtered."""
        return self._words

    def set_words(self, words: list[Word]) -> None:
        """Show the words of another recording."""
        self.beginResetModel()
        self._words, self._said = list(words), {}
        self._shown = [word for word in self._words if self._fits(word)]
        self.endResetModel()

    def add_words(self, words: list[Word]) -> None:
        """Show more words at the end."""
        self._words += words
        more = [word for word in words if self._fits(word)]
        if more:
            first = len(self._shown)
            self.beginInsertRows(NO_PARENT, first, first + len(more) - 1)
            self._shown += more
            self.endInsertRows()

    def set_unsure_only(self, only: bool) -> None:
        """Show only what is unsure, or everything."""
        self.beginResetModel()
        self._unsure_only = only
        self._shown = [word for word in self._words if self._fits(word)]
        self.endResetModel()

    def set_said(self, word: Word, label: str) -> None:
        """Show what the person says that a word was."""
        self._said[word] = label
        if word in self._shown:
            row = self._shown.index(word)
            self.dataChanged.emit(self.index(row, 0), self.index(row, _PLAY))

    def word_at(self, row: int) -> Word:
        """Return the word of a row."""
        return self._shown[row]

    def row_of(self, word: Word) -> int:
        """Return the row of a word, or -1."""
        return self._shown.index(word) if word in self._shown else -1

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of words."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; what is unsure is pale."""
        word, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(word, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (_TIME, _SURE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and word.confidence < UNSURE:
            return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.ToolTipRole and column == _PLAY:
            return self.tr("Play this word")
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _PLAY:
            return self.tr("Play this word")
        return None

    def _text(self, word: Word, column: int) -> str:
        if column == _TIME:
            return clock(word.start)
        if column == _WORD:
            said = self._said.get(word)
            if said is None or said == word.label:
                return label_text(word.label)
            return self.tr("{0}, not {1}").format(label_text(said), label_text(word.label))
        return percent(word.confidence) if column == _SURE else "\N{BLACK RIGHT-POINTING TRIANGLE}"

    def _fits(self, word: Word) -> bool:
        return not self._unsure_only or word.confidence < UNSURE


class WordTable(RowTable):
    """Arrow keys walk, a digit corrects; every other key is for whoever holds the table.

    Signals: ``corrected(Word, str)``, ``play_wanted(Word)``, ``word_chosen(Word)``.
    """

    word_chosen = Signal(object)
    corrected = Signal(object, str)
    play_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        words = WordTableModel()
        super().__init__(words, _WORD, parent)
        self.words = words
        self.setAccessibleName(self.tr("Words of the recording"))
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.clicked.connect(self._on_clicked)
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 6)
        for column, widest in ((_TIME, "0:00:00.0"), (_SURE, "100 %"), (_PLAY, "▶")):
            self.setColumnWidth(column, metrics.horizontalAdvance(widest) + 18)
        self.horizontalHeader().setMinimumSectionSize(metrics.horizontalAdvance("▶") + 12)

    def current(self) -> Word | None:
        """Return the word that is marked, or None."""
        row = self.currentIndex().row()
        return self.words.word_at(row) if 0 <= row < self.words.rowCount() else None

    def mark(self, word: Word) -> None:
        """Mark a word, if it is shown."""
        row = self.words.row_of(word)
        if row >= 0:
            self.setCurrentIndex(self.words.index(row, _WORD))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, or say what the marked word was."""
        word, text = self.current(), event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and word is not None and text.isdecimal() and text.isascii():
            self.corrected.emit(word, DIGITS[int(text)])
        else:
            self.walk(event)

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.word_chosen.emit(self.words.word_at(current.row()))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == _PLAY:
            self.play_wanted.emit(self.words.word_at(index.row()))


class WordsPanel(QWidget):
    """The table with its progress above it, and what can be done with all words below.

    Signals: ``cancelled()``, ``save_wanted(str)`` with the name of a format.
    """

    cancelled = Signal()
    save_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: FoundWords | None = None
        self.table = WordTable()
        self._title = QLabel()
        self._progress = QProgressBar()
        self._progress.setRange(0, _STEPS)
        self._progress.setTextVisible(False)
        self._progress.setMinimumWidth(40)
        self._progress.setAccessibleName(self.tr("How far the recording is heard"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.unsure = QCheckBox(self.tr("Unsure only"))
        self.unsure.setToolTip(
            fill(self.tr("Show only the words that are less sure than {0}"), percent(UNSURE))
        )
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
                in_row(self.unsure, None, self.copy, self.save),
                spacing=4,
            )
        )
        self.unsure.toggled.connect(self.table.words.set_unsure_only)
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
        return self._found.transcript if self._found is not None else Transcript((), 0.0)

    def show_found(self, found: FoundWords) -> None:
        """Show what is known of a recording by now."""
        known = len(self.table.words.words)
        if self._found is not found or known > len(found.words):
            self._found = found
            self.table.words.set_words(found.words)
        else:
            self.table.words.add_words(found.words[known:])
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
        self._found = None
        self.table.words.set_words([])
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
