"""What listening without a button shows: the sound as it goes by, and what was said so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from app.shell.translation import percent
from app.shell.words_menu import WordsMenu
from app.sound_view.marks import WordMark
from app.sound_view.stream_view import StreamView
from app.widgets.answer import numeral
from app.widgets.layout import in_column, in_row
from core.recognition.words import Transcript, Word

if TYPE_CHECKING:
    from core.recognition.listening import ListeningEvent
    from core.sound.clip import AudioClip, FloatArray

_COPIED_MS = 2000


class ListeningView(QWidget):
    """The stream with the words marked, and under it the running transcript; both stay.

    Signals: ``save_wanted(str)`` with the name of a format, ``word_clicked(AudioClip)``.
    """

    save_wanted = Signal(str)
    word_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paragraphs: list[tuple[str, list[str]]] = []
        self._events: list[Word] = []
        self._clips: dict[WordMark, AudioClip] = {}
        self._begun: datetime | None = None  # when the first of what is in the transcript did
        self._start = self._later = self._seconds = 0.0
        self.sound = StreamView(self.tr("The digits you say appear here."))
        self.sound.setAccessibleName(self.tr("The last ten minutes, words marked"))
        title = QLabel(self.tr("Transcript"))
        self.transcript = QPlainTextEdit()
        self.transcript.setReadOnly(True)
        self.transcript.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space records everywhere
        self.transcript.setPlaceholderText(self.tr("The digits you say appear here."))
        self.transcript.setAccessibleName(self.tr("Transcript"))
        title.setBuddy(self.transcript)
        self.copy = QPushButton(self.tr("&Copy"))
        self.copy.setToolTip(self.tr("Copy the transcript"))
        self.save = QPushButton(self.tr("Save"))
        self.save.setToolTip(self.tr("Save the words of the transcript, with their times"))
        self.save.setMenu(WordsMenu(self.save_wanted.emit, self))
        self.clear = QPushButton(self.tr("C&lear"))
        self.clear.setToolTip(self.tr("Clear the transcript; the takes stay"))
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._show_words)

        line = in_row((title, 1), self.copy, self.save, self.clear)
        self.setLayout(in_column((self.sound, 1), line, self.transcript))
        self.copy.clicked.connect(self._copy)
        self.clear.clicked.connect(self.clear_transcript)
        self.sound.word_clicked.connect(lambda mark: self.word_clicked.emit(self._clips[mark]))
        self._size_type()
        self._show_words()

    @property
    def text(self) -> str:
        """The transcript: a paragraph for each time that it listened; its time, where several."""
        said = [(time, " ".join(words)) for time, words in self._paragraphs if words]
        if len(said) < 2:
            return "".join(words for _, words in said)
        return "\n".join(f"{time}  {words}" for time, words in said)

    @property
    def words(self) -> Transcript:
        """The words of the transcript, with their times since its beginning."""
        return Transcript(tuple(self._events), self._seconds)

    def begin(self) -> None:
        """Go on with a part of its own in the picture, and a paragraph in the transcript."""
        now = datetime.now().astimezone()
        self._paragraphs.append((f"{now:%H:%M:%S}", []))
        self._begun = self._begun or now
        self._later = max((now - self._begun).total_seconds(), self._seconds)
        self._start = self.sound.begin_stream(now)

    def add_sound(self, samples: FloatArray, columns: FloatArray, seconds: float) -> None:
        """Show sound that came."""
        self._seconds = self._later + seconds
        self.sound.add_sound(samples, columns)

    def add_event(self, event: ListeningEvent) -> None:
        """Mark a word and write it."""
        word, start, later = numeral(event.label), self._start, self._later
        text = f"{word}  {percent(event.confidence)}"
        mark = WordMark(start + event.start, start + event.end, text)
        self.sound.add_word(mark)
        marks = self.sound.pane.marks.words
        self._clips = {each: self._clips.get(each, event.clip) for each in marks}
        said = Word.of(event)
        self._events.append(replace(said, start=later + said.start, end=later + said.end))
        if not self._paragraphs:
            self._paragraphs.append(("", []))
        self._paragraphs[-1][1].append(word)
        self._show_words()

    def show_clip(self, clip: AudioClip) -> bool:
        """Look at a word that was heard; tell whether it is in the stream still."""
        mark = next((mark for mark, heard in self._clips.items() if heard is clip), None)
        if mark is not None:
            self.sound.look.look_at(mark.start, mark.end)
        return mark is not None

    def clear_transcript(self) -> None:
        """Begin the transcript anew; the picture stays."""
        self._paragraphs = self._paragraphs[-1:]
        self._events.clear()
        if self._begun is not None:
            self._begun += timedelta(seconds=self._later)
        self._seconds, self._later = self._seconds - self._later, 0.0
        for _, words in self._paragraphs:
            words.clear()
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_type()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)
        self.copy.setText(self.tr("Copied"))
        self._copied.start()

    def _show_words(self) -> None:
        text = self.text
        self.transcript.setPlainText(text)
        bar = self.transcript.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.transcript.setAccessibleDescription(text)
        self.copy.setText(self.tr("&Copy"))
        for button in (self.copy, self.clear):
            button.setEnabled(bool(text))
        self.save.setEnabled(bool(self._events))

    def _size_type(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 2.2)
        self.transcript.setFont(font)
        self.transcript.setFixedHeight(2 * self.transcript.fontMetrics().lineSpacing() + 16)
        width = self.copy.fontMetrics().horizontalAdvance(self.tr("Copied")) + 32
        self.copy.setMinimumWidth(width)
