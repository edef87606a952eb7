"""The line about a run that was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from app.widgets.layout import in_row

if TYPE_CHECKING:
    from core.training.run_folder import RunFolder


class UnfinishedRun(QFrame):
    """Offers to go on with a run that was cut off.

    Signals: ``go_on_clicked(RunFolder)``, ``discard_clicked(RunFolder)``.
    """

    go_on_clicked = Signal(object)
    discard_clicked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._run: RunFolder | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.go_on = QPushButton(self.tr("Go on"))
        self.discard = QPushButton(self.tr("Discard"))
        self.setLayout(in_row((self._text, 1), self.go_on, self.discard, margins=(8, 8, 8, 8)))
        self.go_on.clicked.connect(lambda: self.go_on_clicked.emit(self._run))
        self.discard.clicked.connect(lambda: self.discard_clicked.emit(self._run))
        self.hide()

    def show_runs(self, runs: list[RunFolder]) -> None:
        """Show the first of some runs, or nothing."""
        self._run = runs[0] if runs else None
        self.setVisible(bool(runs))
        if runs:
            text = self.tr("The training of “{name}” was cut off before its first epoch was over.")
            if runs[0].can_go_on:
                text = self.tr(
                    "The training of “{name}” was cut off. It can go on from its last epoch."
                )
            self._text.setText(text.format(name=runs[0].output.name))
            self.go_on.setText(self.tr("Go on") if runs[0].can_go_on else self.tr("Begin again"))
