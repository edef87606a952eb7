"""The Recognise tab: the second on the left, the answer on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.recognition.controller import State
from app.widgets.answer_card import AnswerCard
from app.widgets.probabilities import ProbabilityBars
from app.widgets.record_button import RecordButton, StateLook
from app.widgets.sound_view import SoundView
from app.widgets.take_list import TakeList

if TYPE_CHECKING:
    from app.takes import RecognisedTake
    from core.recognition.recogniser import Prediction
    from core.sound.audio import FloatArray


class RecogniseTab(QWidget):
    """Shows the take under way, then its picture and its answer; knows no controller.

    Signals: ``record_clicked()``, ``demo_clicked()``, ``take_chosen(RecognisedTake)``.
    """

    record_clicked = Signal()
    demo_clicked = Signal()
    take_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sound = SoundView(self.tr("Press Space and say a digit"))
        self.record = RecordButton(remedy=self.tr("Use the demo"))
        self.answer = AnswerCard(self.tr("The digit you say appears here."))
        self.bars = ProbabilityBars()
        self.takes = TakeList()
        self._looks = self._state_looks()

        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(self.sound, 1)
        column.addWidget(self.record)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.answer, 3)
        self._bars_area = _Scrolled(self.bars)
        column.addWidget(self._bars_area)
        column.addWidget(self.takes, 2)

        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("recognise_splitter")
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([720, 360])
        self.splitter.setChildrenCollapsible(False)
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.splitter)

        self.record.button.clicked.connect(self.record_clicked)
        self.record.remedy.clicked.connect(self.demo_clicked)
        self.takes.take_chosen.connect(self.take_chosen)
        self.set_state(State.CLOSED)

    def prepare(self) -> None:
        """Make ready what the first take would have to wait for."""
        _ = self.sound.plots

    def set_state(self, state: State) -> None:
        """Show what the program is doing."""
        self.record.set_look(self._looks[state])

    def set_running(self, samples: FloatArray) -> None:
        """Show a take that is under way."""
        self.sound.set_running(samples)

    def add_take(self, take: RecognisedTake) -> None:
        """Show a new take and put it on top of the list."""
        self.takes.add(take)
        self.show_take(take)

    def show_take(self, take: RecognisedTake) -> None:
        """Show a take: its picture and its answer."""
        self.sound.set_take(take.clip.samples, take.spectrogram)
        self.set_prediction(take.prediction, take.note)

    def set_prediction(self, prediction: Prediction | None, note: str | None = None) -> None:
        """Show an answer, or why there is none."""
        if prediction is None:
            self.answer.set_sentence(self.tr("There is no model to ask. Choose one above."))
        else:
            self.answer.set_prediction(prediction, note)
        self.bars.set_prediction(prediction)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Show what the model in use can answer."""
        self.bars.set_labels(labels)
        self._bars_area.updateGeometry()

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the source, or nothing."""
        self.record.set_problem(sentence)

    def _state_looks(self) -> dict[State, StateLook]:
        return {
            State.CLOSED: StateLook(
                self.tr("No sound"), self.tr("Choose a source above."), "cross", "idle"
            ),
            State.WAITING: StateLook(
                self.tr("Waiting"), self.tr("The input is being opened."), "dots", "idle"
            ),
            State.READY: StateLook(
                self.tr("Ready"),
                self.tr("Press Space or the button, then say a digit."),
                "circle",
                "ready",
            ),
            State.SPEAK_NOW: StateLook(
                self.tr("Speak now"), self.tr("Esc cancels."), "voice", "speak"
            ),
            State.RECORDING: StateLook(
                self.tr("Recording"), self.tr("One second. Esc cancels."), "square", "recording"
            ),
            State.THINKING: StateLook(self.tr("Thinking"), "", "dots", "thinking"),
        }


class _Scrolled(QScrollArea):
    """Lets bars that find no room, on a small screen or in a large font, be scrolled."""

    def __init__(self, bars: ProbabilityBars) -> None:
        super().__init__()
        self._bars = bars
        self.setWidget(bars)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Return room for all of the bars."""
        return self._bars.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return room for a few of them."""
        hint = self._bars.minimumSizeHint()
        return QSize(hint.width(), min(hint.height(), self.fontMetrics().height() * 4))
