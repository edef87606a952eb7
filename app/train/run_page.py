"""A run: how far it is, its curves, and its epochs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.shell.translation import translated
from app.train.controller import RunState
from app.widgets.learning_curves import LearningCurves

if TYPE_CHECKING:
    from collections.abc import Callable

_COLUMNS = ("epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds")


class RunPage(QWidget):
    """Shows what a run tells.

    Signals: ``stop_clicked()``, ``cancel_clicked()``.
    """

    stop_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = QLabel(self.tr("No run yet. Choose a folder under Data and start one."))
        self._status.setWordWrap(True)
        self._left = QLabel()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._warning = QLabel()
        self._warning.setWordWrap(True)
        self._data = QLabel()
        self._data.setWordWrap(True)
        self.curves = LearningCurves()
        self.epochs = QTableWidget(0, len(_COLUMNS))
        self.epochs.setHorizontalHeaderLabels(
            [
                self.tr("Epoch"),
                self.tr("Loss"),
                self.tr("Accuracy"),
                self.tr("Val. loss"),
                self.tr("Val. accuracy"),
                self.tr("Seconds"),
            ]
        )
        self.epochs.verticalHeader().hide()
        self.epochs.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.epochs.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.epochs.setTabKeyNavigation(False)
        self.epochs.setAccessibleName(self.tr("Epochs"))
        self.epochs.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.stop = QPushButton(self.tr("Stop and &keep the best"))
        self.cancel = QPushButton(self.tr("&Cancel and keep nothing"))
        self.stop.clicked.connect(self.stop_clicked)
        self.cancel.clicked.connect(self.cancel_clicked)

        top = QHBoxLayout()
        top.addWidget(self._status, 1)
        top.addWidget(self.stop)
        top.addWidget(self.cancel)
        bar = QHBoxLayout()
        bar.addWidget(self._progress, 1)
        bar.addWidget(self._left)
        self._left.setMinimumWidth(self.fontMetrics().horizontalAdvance("about 00 min 00 s left"))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("run_splitter")
        splitter.addWidget(self.curves)
        splitter.addWidget(self.epochs)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(bar)
        column.addWidget(self._warning)
        column.addWidget(self._data)
        column.addWidget(splitter, 1)
        self._warning.hide()
        self.set_state(RunState.IDLE)
        self._tellers: dict[str, Callable[[dict[str, Any]], None]] = {
            "progress": self._on_progress,
            "data": self._on_data,
            "start": self._on_start,
            "batch": self._on_batch,
            "epoch": self._on_epoch,
            "stopping": self._on_stopping,
        }

    @property
    def status(self) -> str:
        """What is said of the run."""
        return self._status.text()

    @property
    def warning(self) -> str:
        """What is said against the run; empty when all is well."""
        return self._warning.text()

    def begin(self) -> None:
        """Show a new run."""
        self.curves.set_epochs([])
        self.epochs.setRowCount(0)
        self._data.clear()
        self.set_silent(False)
        self._status.setText(self.tr("Starting…"))
        self._left.clear()
        self._progress.setRange(0, 0)

    def set_state(self, state: RunState) -> None:
        """Offer what can be done now."""
        self.stop.setEnabled(state is RunState.RUNNING)
        self.cancel.setEnabled(state is not RunState.IDLE)
        if state is RunState.STOPPING:
            self._status.setText(self.tr("Stopping…"))
        if state is RunState.IDLE:
            self._progress.setRange(0, 1)
            self._progress.setValue(0)
            self._left.clear()

    def set_silent(self, silent: bool) -> None:
        """Say that the run has said nothing for long."""
        self._warning.setText(
            self.tr(
                "The run has said nothing for 30 seconds. On a slow computer it may still be "
                "loading; if this goes on, cancel it and start again."
            )
            if silent
            else ""
        )
        self._warning.setVisible(silent)

    def set_ended(self, sentence: str) -> None:
        """Say how the run ended."""
        self._status.setText(sentence)
        self.set_silent(False)

    def tell(self, line: dict[str, Any]) -> None:
        """Show a line that the run printed."""
        teller = self._tellers.get(str(line.get("event")))
        if teller is not None:
            teller(line)

    def _on_progress(self, line: dict[str, Any]) -> None:
        words = {
            "scan": self.tr("Looking at the recordings"),
            "features": self.tr("Computing the features"),
            "evaluate": self.tr("Evaluating the model"),
            "save": self.tr("Saving the model"),
        }
        self._status.setText(words.get(line["what"], line["what"]))
        self._progress.setRange(0, line["total"])
        self._progress.setValue(line["done"])
        self._left.clear()

    def _on_data(self, line: dict[str, Any]) -> None:
        from core.dataset.splits import split_text

        labels = self.tr("{0} labels: ").format(len(line["labels"]))
        self._data.setText(labels + translated(split_text(line["split"])))
        self._status.setText(self.tr("Loading TensorFlow"))
        self._progress.setRange(0, 0)

    def _on_start(self, line: dict[str, Any]) -> None:
        text = self.tr("{architecture}, {parameters:,} parameters, at most {epochs} epochs")
        self._status.setText(text.format(**line))
        self._progress.setRange(0, line["batches"])
        self._progress.setValue(0)

    def _on_batch(self, line: dict[str, Any]) -> None:
        self._status.setText(self.tr("Epoch {epoch}").format(**line))
        self._progress.setRange(0, line["batches"])
        self._progress.setValue(line["batch"])
        minutes, seconds = divmod(round(line["seconds_left"]), 60)
        left = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
        self._left.setText(self.tr("at most {0} left").format(left))

    def _on_epoch(self, line: dict[str, Any]) -> None:
        self.curves.add_epoch(line)
        row = self.epochs.rowCount()
        self.epochs.insertRow(row)
        texts = [str(line["epoch"]), *(f"{line[key]:.4f}" for key in _COLUMNS[1:5])]
        texts.append(f"{line['seconds']:.1f}")
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            font = item.font()
            font.setBold(bool(line["best"]))
            item.setFont(font)
            self.epochs.setItem(row, column, item)
        self.epochs.scrollToBottom()

    def _on_stopping(self, line: dict[str, Any]) -> None:
        why = {
            "early": self.tr("The validation loss has not fallen for long"),
            "asked": self.tr("Stopped as asked"),
            "diverged": self.tr("The loss is no number any more"),
            "done": self.tr("All epochs are done"),
        }[line["reason"]]
        self._status.setText(self.tr("{0}; epoch {1} is kept.").format(why, line["best_epoch"]))
        self._progress.setRange(0, 0)
        self._left.clear()
