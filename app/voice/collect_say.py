"""The word to say, in very large type, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.recognise.controller import State
from app.widgets.level_meter import LevelMeter
from app.widgets.record_button import RecordButton, StateLook
from app.widgets.sound_view import SoundView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.recognise.takes import RecognisedTake
    from app.voice.collect_controller import Objection


class SayPage(QWidget):
    """Shows the word, the take, and what speaks against it.

    Signals: ``record_clicked()``, ``keep_clicked()``, ``skip_clicked()``, ``back_clicked()``,
    ``play_clicked()``.
    """

    record_clicked = Signal()
    keep_clicked = Signal()
    skip_clicked = Signal()
    back_clicked = Signal()
    play_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Words said"))
        self._caption, self.word = QLabel(self.tr("Say")), QLabel()
        self._caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._caption, self.word):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.meter = LevelMeter()
        self.sound = SoundView(self.tr("Your recording appears here"))
        self.record = RecordButton(remedy=self.tr("Choose a source"))
        self.objection = QLabel()
        self.objection.setWordWrap(True)
        self.objection.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.objection.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.keep = QPushButton(self.tr("&Keep (Enter)"))
        self.again = QPushButton(self.tr("&Again (Space)"))
        self.play = QPushButton(self.tr("&Play (P)"))
        self.skip = QPushButton(self.tr("&Skip (N)"))
        self.back = QPushButton(self.tr("&Back (Backspace)"))
        self.keep.setToolTip(self.tr("Keep this recording all the same"))
        self.back.setToolTip(self.tr("Remove the recording before and say its word again"))
        self.skip.setToolTip(self.tr("Leave this word out"))
        self._looks = self._state_looks()

        # --- layout ---
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.back, self.skip, self.play):
            row.addWidget(button)
        row.addStretch()
        for button in (self.again, self.keep):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.progress)
        column.addWidget(self._caption)
        column.addWidget(self.word)
        column.addWidget(self.sound, 1)
        column.addWidget(self.meter)
        column.addWidget(self.record)
        column.addWidget(self.objection)
        column.addLayout(row)
        self._size_type()

        # --- connections ---
        buttons: list[tuple[QPushButton, Callable[[], None], tuple[Qt.Key, ...]]] = [
            (self.again, self.record_clicked.emit, (Qt.Key.Key_Space,)),
            (self.keep, self.keep_clicked.emit, (Qt.Key.Key_Return, Qt.Key.Key_Enter)),
            (self.play, self.play_clicked.emit, (Qt.Key.Key_P,)),
            (self.skip, self.skip_clicked.emit, (Qt.Key.Key_N,)),
            (self.back, self.back_clicked.emit, (Qt.Key.Key_Backspace,)),
        ]
        for button, emit, keys in buttons:
            button.setAutoDefault(False)
            button.clicked.connect(emit)
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(emit)
        self.record.button.clicked.connect(self.record_clicked.emit)
        self.set_state(State.CLOSED)
        self.set_deciding(None)

    def set_prompt(self, word: str, done: int, total: int) -> None:
        """Show the next word, and how many are behind."""
        self.word.setText(word)
        self.word.setAccessibleName(self.tr("Say {0}").format(word))
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setFormat(self.tr("{0} of {1}").format(done, total))
        self.set_deciding(None)

    def set_state(self, state: State) -> None:
        """Show what the program is doing."""
        self.record.set_look(self._looks[state])

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the source, or nothing."""
        self.record.set_problem(sentence)
        self.record.remedy.hide()  # the source is chosen in the main window

    def show_take(self, take: RecognisedTake) -> None:
        """Show what was recorded."""
        self.sound.set_take(take.clip.samples, take.spectrogram)

    def set_deciding(self, objection: Objection | None) -> None:
        """Say what speaks against a take, or that nothing does."""
        self.objection.setText(objection.sentence if objection else "")
        self.keep.setEnabled(objection is not None and objection.can_be_kept)
        self.again.setEnabled(objection is not None)

    def set_can_go_back(self, can: bool) -> None:
        """Allow to say the word before again, or not."""
        self.back.setEnabled(can)

    def say(self, sentence: str) -> None:
        """Say what went wrong."""
        self.objection.setText(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_type()

    def _size_type(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 4)
        font.setWeight(QFont.Weight.DemiBold)
        self.word.setFont(font)
        self.word.setMinimumHeight(self.word.fontMetrics().height())

    def _state_looks(self) -> dict[State, StateLook]:
        esc = self.tr("Esc stops.")
        return {
            State.CLOSED: StateLook(
                self.tr("No sound"), self.tr("Choose a source in the main window."), "cross", "idle"
            ),
            State.WAITING: StateLook(
                self.tr("Waiting"), self.tr("The input is being opened."), "dots", "idle"
            ),
            State.READY: StateLook(
                self.tr("Ready"), self.tr("Press Space, then say the word."), "circle", "ready"
            ),
            State.SPEAK_NOW: StateLook(self.tr("Speak now"), esc, "voice", "speak"),
            State.RECORDING: StateLook(self.tr("Recording"), esc, "square", "recording"),
            State.THINKING: StateLook(self.tr("Checking"), "", "dots", "thinking"),
        }
