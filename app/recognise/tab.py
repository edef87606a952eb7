"""The Recognise tab: the second on the left, the answer on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGraphicsOpacityEffect,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.library.model import THUMBNAIL_SIZE
from app.recognise.controller import State
from app.recognise.takes_panel import TakesPanel
from app.sound_view.picture import ViewSettings
from app.sound_view.view import SoundView
from app.widgets.answer import AnswerCard, ProbabilityBars, ThresholdSlider
from app.widgets.layout import ScrolledColumn, in_page, in_row
from app.widgets.recording import RecordButton, StateLook

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.recognise.listening_view import ListeningView
    from app.shell.settings import Settings
    from core.recognition.recogniser import Prediction
    from core.sound.clip import FloatArray

_BESIDE, _LETTERS = 360, 40  # how wide what stands beside the sound is, at least
_PALE = 0.35  # how much is left of what was shown before, while a take is under way


class RecogniseTab(QWidget):
    """Shows the take under way, then its picture and its answer; knows no controller.

    Parameters
    ----------
    changes : Changes
        Where takes are corrected, and thrown away.
    settings : Settings

    Signals: ``record_clicked()``, ``demo_clicked()``, ``listen_toggled(bool)``.
    """

    record_clicked = Signal()
    demo_clicked = Signal()
    listen_toggled = Signal(bool)

    def __init__(self, changes: Changes, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sound = SoundView(self.tr("Press Space and say a digit"), plays=True)
        self._listening: ListeningView | None = None
        self.listen = QPushButton()
        self.listen.setCheckable(True)
        self.record = RecordButton(remedy=self.tr("Use the demo"))
        self.answer = AnswerCard(self.tr("The digit you say appears here."))
        self.bars = ProbabilityBars()
        self.takes = TakesPanel(changes, settings)
        self.addActions(self.takes.clip_actions.every)  # their keys work anywhere on the tab
        self._looks = self._state_looks()
        self._settings = ViewSettings()
        self._faded = tuple(_fade(widget) for widget in (self.answer, self.bars))

        self._pages = QStackedWidget()
        self._pages.addWidget(self.sound)
        self.record.add(self.listen)
        left = in_page((self._pages, 1), self.record, margins=(0, 0, 4, 0))
        self.threshold = ThresholdSlider()
        self._bars_area = ScrolledColumn(self.bars, self.threshold)
        self._bars_area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        right = in_page((self.answer, 3), self._bars_area, (self.takes, 3), margins=(4, 0, 0, 0))

        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("recognise_splitter")
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 1)
        letters = _LETTERS * self.fontMetrics().averageCharWidth()
        beside = max(_BESIDE, THUMBNAIL_SIZE[0] + letters)
        self.splitter.setSizes([3 * _BESIDE - beside, beside])
        self.splitter.setChildrenCollapsible(False)
        self.setLayout(in_row(self.splitter, margins=(8, 8, 8, 8)))

        self.record.button.clicked.connect(self.record_clicked)
        self.record.remedy.clicked.connect(self.demo_clicked)
        self.listen.clicked.connect(self.listen_toggled)
        self._state = State.CLOSED
        self.set_listening(False)

    @property
    def listening(self) -> ListeningView:
        """What is shown while it listens on and on; the first time, it is made."""
        if self._listening is None:
            from app.recognise.listening_view import ListeningView

            self._listening = ListeningView()
            self._listening.sound.set_settings(self._settings)
            self._pages.addWidget(self._listening)
        return self._listening

    def prepare(self) -> None:
        """Make ready what the first take, or listening, would have to wait for."""
        _ = self.sound.plots, self.listening.sound.plots

    def set_state(self, state: State) -> None:
        """Show what the program is doing."""
        self._state = state
        taking = state in (State.SPEAK_NOW, State.RECORDING)
        for faded in self._faded:
            faded.setEnabled(taking)
        listens = self.listen.isChecked() and state is State.READY
        self.record.set_look(self._listening_look() if listens else self._looks[state])

    def set_listening(self, on: bool) -> None:
        """Show the sound as it goes by instead of one take, or the take again."""
        if on:
            self.listening.begin()
            self._pages.setCurrentWidget(self.listening)
        self.listen.setChecked(on)
        self.listen.setText(self.tr("Stop listening (L)") if on else self.tr("Listen (L)"))
        self.set_state(self._state)

    @property
    def view(self) -> SoundView:
        """What is in sight: a take, or what was listened to."""
        if self._listening is not None and self._pages.currentWidget() is self._listening:
            return self._listening.sound
        return self.sound

    def set_settings(self, settings: ViewSettings) -> None:
        """Look at sound in another way."""
        self._settings = settings
        self.sound.set_settings(settings)
        if self._listening is not None:
            self._listening.sound.set_settings(settings)

    def set_running(self, samples: FloatArray) -> None:
        """Show a take that is under way."""
        self.sound.set_running(samples)
        self._pages.setCurrentWidget(self.sound)

    def show_take(self, take: Clip) -> None:
        """Show a take: its picture and its answer."""
        listens, sound = self.view is not self.sound, take.sound
        if sound is not None and not (
            listens and (self.listening.show_clip(sound) or self.listen.isChecked())
        ):
            self.sound.set_take(sound)
            self._pages.setCurrentWidget(self.sound)
        self.set_prediction(take.prediction, take.note)

    def set_prediction(self, prediction: Prediction | None, note: str | None = None) -> None:
        """Show an answer, or why there is none."""
        if prediction is None:
            self.answer.set_sentence(self.tr("There is no model to ask. Choose one above."))
        else:
            self.answer.set_prediction(prediction, note)
        self.bars.set_prediction(prediction)

    def set_guess(self, prediction: Prediction) -> None:
        """Show what the word is most like while it is being said."""
        if self._state in (State.SPEAK_NOW, State.RECORDING):
            self._faded[1].setEnabled(False)
            self.bars.set_prediction(prediction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and move what is in sight."""
        if not self.view.act_on(event):
            super().keyPressEvent(event)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Show what the model in use can answer."""
        self.bars.set_labels(labels)
        self.takes.clip_actions.set_labels(labels)
        self._bars_area.updateGeometry()

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the source, or nothing."""
        self.record.set_problem(sentence)

    def _listening_look(self) -> StateLook:
        hint = self.tr("Say one digit after another. L or Esc stops.")
        return StateLook(self.tr("Listening"), hint, "voice", "speak")

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


def _fade(widget: QWidget) -> QGraphicsOpacityEffect:
    """Return what makes a widget pale that shows what was before; not yet."""
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(_PALE)
    effect.setEnabled(False)
    widget.setGraphicsEffect(effect)
    return effect
