"""The pages of a guided recording: the plan, and the word to say with what came of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.library.clips import sound_of
from app.recognise.controller import State
from app.shell.translation import counted, duration
from app.sound_view.view import SoundView
from app.widgets.layout import in_column, in_row
from app.widgets.recording import LevelMeter, RecordButton, StateLook
from core.dataset.collection import MOST_ROUNDS, CollectionPlan
from core.dataset.recordings import speaker_name
from core.errors import SoundFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.library.clips import Clip
    from app.voice.collect_controller import Objection
    from core.dataset.collection import Collection

_SECONDS_A_CLIP = 3.5


class PlanPage(QWidget):
    """Asks for a plan; offers to go on with what was left.

    Signals
    -------
    begin_clicked()
    resume_clicked(Path)
    """

    begin_clicked = Signal()
    resume_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = Path()
        self.unfinished = QComboBox()
        self.unfinished.setAccessibleName(self.tr("Collections that can go on"))
        self.resume = QPushButton(self.tr("&Go on"))
        self._unfinished_row = QFrame()
        self.speaker, self.words, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.speaker.setPlaceholderText(self.tr("Becomes a part of the file names"))
        self.words.setToolTip(self.tr("Separated by commas; any words can be recorded"))
        self.rounds = QSpinBox()
        self.rounds.setRange(1, MOST_ROUNDS)
        self.rounds.setValue(3)
        self.goes_on = QCheckBox(self.tr("Go on to the next word by &itself"))
        self.goes_on.setChecked(True)
        browse = QPushButton(self.tr("&Choose…"))
        self.total, self.message = QLabel(), QLabel()
        self.message.setWordWrap(True)
        self.begin = QPushButton(self.tr("&Begin"))
        self.begin.setDefault(True)

        # --- layout ---
        self._intro = QLabel(
            self.tr(
                "The program shows one word after another; you say it, and the recording is "
                "checked at once. The result is a folder that a model can be trained on, or "
                "adapted to. It stays on this computer."
            )
        )
        self._intro.setWordWrap(True)
        self._unfinished_row.setLayout(
            in_row(
                *(QLabel(self.tr("Left unfinished:")), (self.unfinished, 1), self.resume),
                margins=(0, 0, 0, 8),
            )
        )
        form = self._form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Speaker"), self.speaker)
        form.addRow(self.tr("&Words"), self.words)
        form.addRow(self.tr("&Rounds"), self.rounds)
        folder_label = QLabel(self.tr("&Folder"))
        folder_label.setBuddy(self.folder)
        self._where = in_row((self.folder, 1), browse)
        form.addRow(folder_label, self._where)
        form.addRow("", self.goes_on)
        form.addRow("", self.total)
        bottom = in_row((self.message, 1), self.begin)
        self.setLayout(in_column(self._intro, 8, self._unfinished_row, form, None, bottom))

        # --- connections ---
        self.begin.clicked.connect(self.begin_clicked)
        self.resume.clicked.connect(lambda: self.resume_clicked.emit(self.unfinished.currentData()))
        browse.clicked.connect(self._browse)
        self.speaker.textEdited.connect(self._propose_folder)
        self.words.textChanged.connect(self._count)
        self.rounds.valueChanged.connect(self._count)

    def ask_for_words(self, intro: str, rounds: int) -> None:
        """Ask for nothing but words and a name: how often and where to is settled."""
        self._intro.setText(intro)
        self.rounds.setValue(rounds)
        self._form.setRowVisible(self.rounds, False)
        self._form.setRowVisible(self._where, False)

    def propose(
        self, speaker: str, words: Sequence[str], home: Path, unfinished: list[Collection]
    ) -> None:
        """Fill in what is likely wanted."""
        self._home = home
        self.speaker.setText(speaker)
        if not self.words.text():
            self.words.setText(", ".join(words))
        self.unfinished.clear()
        for collection in unfinished:
            total = len(collection.prompts)
            text = self.tr("{0}: {1} of {2} words").format(
                collection.folder.name, collection.done, total
            )
            self.unfinished.addItem(text, collection.folder)
        self._unfinished_row.setVisible(bool(unfinished))
        self.message.clear()
        self._propose_folder()
        self._count()

    def plan(self, seed: int) -> CollectionPlan:
        """Return the plan; raises SoundFileError when it cannot be."""
        words = tuple(word for word in self.words.text().split(",") if word.strip())
        return CollectionPlan(self.speaker.text(), words, self.rounds.value(), seed)

    def _propose_folder(self) -> None:
        try:
            name = speaker_name(self.speaker.text())
        except SoundFileError:
            name = self.tr("voice")
        wish = f"{name} {datetime.now().astimezone():%Y-%m-%d}"
        folder, number = self._home / wish, 1
        while folder.exists():
            number += 1
            folder = self._home / f"{wish} {number}"
        self.folder.setText(str(folder))

    def _count(self) -> None:
        words = len({word.strip() for word in self.words.text().split(",") if word.strip()})
        clips = words * self.rounds.value()
        one = self.tr("{n} recording, in about {time}.")
        many = self.tr("{n} recordings, in about {time}, in random order.")
        seconds = clips * _SECONDS_A_CLIP
        time = duration(seconds if seconds < 60 else 60 * round(seconds / 60))
        self.total.setText(counted(clips, one, many, time=time))

    def _browse(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Where the new folder goes"))
        if path:
            self.folder.setText(str(Path(path) / Path(self.folder.text()).name))


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
        self.setLayout(
            in_column(
                *(self.progress, self._caption, self.word, (self.sound, 1)),
                *(self.meter, self.record, self.objection),
                in_row(self.back, self.skip, self.play, None, self.again, self.keep),
            )
        )
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

    def show_take(self, take: Clip) -> None:
        """Show what was recorded."""
        self.sound.set_take(sound_of(take))

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
