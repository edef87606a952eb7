"""The window in which a person teaches words of their own, without any folder."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from app.shell.translation import counted, label_text, percent
from app.voice.collect_controller import CollectPhase
from app.voice.collect_dialog import CollectDialog
from app.widgets.label_tables import FigureTable
from app.widgets.layout import in_page, in_row

if TYPE_CHECKING:
    from pathlib import Path

    from app.recognise.controller import RecognitionController
    from app.shell.progress import HowFar
    from app.shell.settings import Settings
    from app.voice.teach_controller import Sureness, TeachController

_ROUNDS = 5
_STEPS = 1000
_LEARNING, _TAUGHT = 3, 4


class TeachDialog(CollectDialog):
    """A collection whose last pages are the model that learns, and how sure it is of each word.

    Signals: ``use_wanted(Path)`` with the new model.
    """

    use_wanted = Signal(object)

    def __init__(
        self,
        controller: TeachController,
        recognition: RecognitionController,
        settings: Settings,
        home: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(controller, recognition, settings, home, parent)
        self._teacher = controller
        self.setWindowTitle(self.tr("Teach your own words"))

        # --- parts ---
        self.plan.ask_for_words(
            self.tr(
                "Type the words that you want to be understood, or keep these. You say each one "
                "five times; then a model that knows them is there, and in use. It stays on this "
                "computer."
            ),
            _ROUNDS,
        )
        self._status, self._verdict, self._advice = QLabel(), QLabel(), QLabel()
        self.bar = QProgressBar()
        self.bar.setFormat("%p %")
        self.bar.setRange(0, _STEPS)
        self.bar.setAccessibleName(self.tr("How far the learning is"))
        self.cancel = QPushButton(self.tr("&Cancel"))
        self.words = FigureTable(
            (self.tr("Word"), self.tr("Understood"), self.tr("How sure")),
            self.tr("How sure the model is of each word"),
        )
        self.again = QPushButton()
        self.finish = QPushButton(self.tr("&Done"))

        # --- layout ---
        for label in (self._status, self._verdict, self._advice):
            label.setWordWrap(True)
        font = self._verdict.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._verdict.setFont(font)
        self._pages.addWidget(
            in_page(None, self._status, self.bar, in_row(None, self.cancel), None)
        )
        buttons = in_row(self.again, None, self.finish)
        self._pages.addWidget(
            in_page(self._verdict, (self.words, 1), self._advice, buttons, spacing=16)
        )

        # --- connections ---
        controller.advanced.connect(self._on_advanced)
        controller.taught.connect(self._on_taught)
        controller.not_taught.connect(self._on_not_taught)
        self.cancel.clicked.connect(controller.learning.cancel)
        self.words.currentCellChanged.connect(lambda *_: self._offer_again())
        self.again.clicked.connect(lambda: controller.say_again(self._word))
        self.finish.clicked.connect(self._finish)

    def reject(self) -> None:
        """Esc ends what is going on; what was said stays."""
        self._teacher.learning.cancel()
        super().reject()

    def _propose(self) -> None:
        super()._propose()
        if not self.plan.speaker.text():
            self.plan.speaker.setText(self.tr("me"))
        self.plan.words.setFocus()
        self.plan.words.selectAll()

    def _begin(self) -> None:
        if len({word.strip() for word in self.plan.words.text().split(",") if word.strip()}) < 2:
            self.plan.message.setText(self.tr("Type at least two words, with a comma between."))
            return
        super()._begin()

    def _on_phase_changed(self, phase: CollectPhase) -> None:
        if phase is CollectPhase.FINISHED:
            name = self.tr("my words {0}").format(f"{datetime.now().astimezone():%Y-%m-%d}")
            self._pages.setCurrentIndex(_LEARNING)
            self.cancel.setFocus()
            self._teacher.learn(name)
        else:
            super()._on_phase_changed(phase)

    def _on_advanced(self, now: HowFar) -> None:
        self.bar.setValue(round(_STEPS * now.fraction))
        text = self.tr("Learning your words…")
        self._status.setText(f"{text} {now.time_left}".strip())

    def _on_taught(self, model: Path, words: list[Sureness]) -> None:
        self.use_wanted.emit(model)
        self._verdict.setText(self.tr("“{0}” is in use: it knows your words.").format(model.name))
        self.words.show_rows(
            (
                each.word,
                self.tr("{0} of {1}").format(each.right, each.clips),
                percent(each.confidence) if each.right else "\N{EN DASH}",
            )
            for each in words
        )
        weak = [label_text(each.word) for each in words if each.is_weak]
        one = self.tr("Say “{words}” again: it is not sure of that word yet.")
        many = self.tr("Say these {n} words again, of which it is not sure yet: {words}.")
        sure = self.tr("It is sure of every word. Each clip was heard by a model without it.")
        self._advice.setText(counted(len(weak), one, many, words=", ".join(weak)) if weak else sure)
        self.words.setCurrentCell(0, 0)
        self._offer_again()
        self._pages.setCurrentIndex(_TAUGHT)
        (self.again if weak else self.finish).setFocus()

    def _on_not_taught(self, reason: str) -> None:
        self._teacher.leave()
        self._propose()
        kept = self.tr("What you said is kept: it can be trained on under Train.")
        self.plan.message.setText(f"{reason} {kept}".strip())

    @property
    def _word(self) -> str:
        item = self.words.item(max(0, self.words.currentRow()), 0)
        return item.text() if item is not None else ""

    def _offer_again(self) -> None:
        self.again.setText(self.tr("&Say “{0}” again").format(self._word.replace("&", "&&")))

    def _finish(self) -> None:
        self._teacher.leave()
        self.accept()
