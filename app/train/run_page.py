"""A run: how far it is, its curves, and its epochs."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.shell.theme import meaning_colours
from app.shell.translation import counted, duration, fill, translated
from app.train.controller import RunState
from app.widgets.layout import in_column, in_row
from app.widgets.sound_plots import Axis, dress, hold_still
from core.dataset.splits import split_text
from core.records import to_json
from core.training.events import Batch, Data, Epoch, Event, Progress, Start, Stopping

_COLUMNS = {
    "loss": "{0:.4f}",
    "accuracy": "{0:.1%}",
    "val_loss": "{0:.4f}",
    "val_accuracy": "{0:.1%}",
}
_KEYS = (("loss", "val_loss"), ("accuracy", "val_accuracy"))


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
        self.epochs = QTableWidget(0, len(_COLUMNS) + 2)
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

        self._left.setMinimumWidth(self.fontMetrics().horizontalAdvance("about 00 min 00 s left"))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("run_splitter")
        splitter.addWidget(self.curves)
        splitter.addWidget(self.epochs)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        self.setLayout(
            in_column(
                in_row((self._status, 1), self.stop, self.cancel),
                in_row((self._progress, 1), self._left),
                *(self._warning, self._data, (splitter, 1)),
                margins=(8, 8, 8, 8),
            )
        )
        self._warning.hide()
        self.set_state(RunState.IDLE)

    @property
    def status(self) -> str:
        """What is said of the run."""
        return self._status.text()

    @property
    def warning(self) -> str:
        """What is said against the run; empty when all is well."""
        return self._warning.text()

    def _begin(self) -> None:
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
        if state is RunState.RUNNING:
            self._begin()
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

    def tell(self, event: Event) -> None:
        """Show what the run told."""
        match event:
            case Progress():
                self._on_progress(event)
            case Data():
                self._on_data(event)
            case Start():
                self._on_start(event)
            case Batch():
                self._on_batch(event)
            case Epoch():
                self._on_epoch(event)
            case Stopping():
                self._on_stopping(event)

    def _on_progress(self, event: Progress) -> None:
        words = {
            "scan": self.tr("Looking at the recordings"),
            "features": self.tr("Computing the features"),
            "evaluate": self.tr("Evaluating the model"),
            "robustness": self.tr("Measuring the model in difficult sound"),
            "save": self.tr("Saving the model"),
        }
        self._status.setText(words.get(event.what, self._status.text()))
        self._progress.setRange(0, event.total)
        self._progress.setValue(event.done)
        self._left.clear()

    def _on_data(self, event: Data) -> None:
        labels = counted(len(event.labels), self.tr("{n} label"), self.tr("{n} labels"))
        self._data.setText(f"{labels}: {translated(split_text(to_json(event.split)))}")
        self._status.setText(self.tr("Loading TensorFlow"))
        self._progress.setRange(0, 0)

    def _on_start(self, event: Start) -> None:
        one = self.tr("{architecture}, {parameters:,} parameters, at most {n} epoch")
        many = self.tr("{architecture}, {parameters:,} parameters, at most {n} epochs")
        told = {"architecture": event.architecture, "parameters": event.parameters}
        self._status.setText(counted(event.epochs, one, many, **told))
        self._progress.setRange(0, event.batches)
        self._progress.setValue(0)

    def _on_batch(self, event: Batch) -> None:
        self._status.setText(self.tr("Epoch {epoch}").format(epoch=event.epoch))
        self._progress.setRange(0, event.batches)
        self._progress.setValue(event.batch)
        self._left.setText(self.tr("at most {0} left").format(duration(event.seconds_left)))

    def _on_epoch(self, event: Epoch) -> None:
        self.curves.add_epoch(event)
        row = self.epochs.rowCount()
        self.epochs.insertRow(row)
        figures = [fill(form, getattr(event, name)) for name, form in _COLUMNS.items()]
        texts = [str(event.epoch), *figures, fill("{0:.1f}", event.seconds)]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            font = item.font()
            font.setBold(event.best)
            item.setFont(font)
            self.epochs.setItem(row, column, item)
        self.epochs.scrollToBottom()

    def _on_stopping(self, event: Stopping) -> None:
        why = {
            "early": self.tr("The validation loss has not fallen for long"),
            "asked": self.tr("Stopped as asked"),
            "diverged": self.tr("The loss is no number any more"),
            "done": self.tr("All epochs are done"),
        }[event.reason]
        self._status.setText(self.tr("{0}; epoch {1} is kept.").format(why, event.best_epoch))
        self._progress.setRange(0, 0)
        self._left.clear()


class LearningCurves(pg.GraphicsLayoutWidget):
    """Training as a dashed line, validation as a solid one with dots, the best epoch marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(140)
        self.epochs: list[Epoch] = []
        self._plots: list[pg.PlotItem] = []
        self._curves: list[tuple[pg.PlotDataItem, pg.PlotDataItem]] = []
        self._marks: list[pg.InfiniteLine] = []
        titles = (self.tr("Loss"), self.tr("Accuracy"))
        for column, title in enumerate(titles):
            left = Axis("left", "share" if column else "number")
            axes = {"left": left, "bottom": Axis("bottom", "count")}
            plot = self.addPlot(0, column, axisItems=axes)
            plot.setLabel("left", title)
            plot.setLabel("bottom", self.tr("Epoch"))
            hold_still(plot)
            legend = plot.addLegend(offset=(-8, 8) if column == 0 else (-8, -8))
            legend.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            training = plot.plot(name=self.tr("training"))
            validation = plot.plot(name=self.tr("validation"))
            mark = pg.InfiniteLine(angle=90, movable=False)
            mark.hide()
            plot.addItem(mark)
            self._plots.append(plot)
            self._curves.append((training, validation))
            self._marks.append(mark)
        self.setAccessibleName(self.tr("Learning curves"))
        self._ready = True
        self._follow_theme()

    def set_epochs(self, epochs: list[Epoch]) -> None:
        """Show the epochs of a run."""
        self.epochs = list(epochs)
        self._draw()

    def add_epoch(self, epoch: Epoch) -> None:
        """Show one epoch more."""
        self.epochs.append(epoch)
        self._draw()

    @property
    def best_epoch(self) -> int | None:
        """The number of the best epoch so far, or None."""
        return next((e.epoch for e in reversed(self.epochs) if e.best), None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if changed and getattr(self, "_ready", False):  # Qt calls this while it constructs, too
            self._follow_theme()

    def _draw(self) -> None:
        numbers = [epoch.epoch for epoch in self.epochs]
        for (train_key, val_key), curves in zip(_KEYS, self._curves, strict=True):
            for curve, key in zip(curves, (train_key, val_key), strict=True):
                curve.setData(numbers, [getattr(epoch, key) for epoch in self.epochs])
        best = self.best_epoch
        for mark in self._marks:
            mark.setVisible(best is not None)
            mark.setValue(best or 0)
        if self.epochs:
            last = self.epochs[-1]
            text = self.tr(
                "Epoch {epoch}: validation loss {loss:.3f}, accuracy {accuracy:.1%}; "
                "best is epoch {best}"
            )
            self.setAccessibleDescription(
                fill(
                    text,
                    epoch=last.epoch,
                    loss=last.val_loss,
                    accuracy=last.val_accuracy,
                    best=best,
                )
            )

    def _follow_theme(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.Text)
        colours = meaning_colours(palette)
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        line = QFontMetrics(self.font()).height()
        for plot, (training, validation), mark in zip(
            self._plots, self._curves, self._marks, strict=True
        ):
            for side in ("left", "bottom"):
                dress(plot.getAxis(side), palette, self.font())
            plot.getAxis("left").setWidth(line * 4.2)
            plot.getAxis("bottom").setHeight(line * 2.6)
            size = f"{self.font().pointSizeF():.1f}pt"
            for _, label in plot.legend.items:
                label.setText(label.text, color=text, size=size)
            plot.legend.updateSize()
            training.setPen(pg.mkPen(colours.idle, width=1, style=Qt.PenStyle.DashLine))
            validation.setPen(pg.mkPen(colours.ready, width=2))
            validation.setSymbol("o")
            validation.setSymbolSize(5)
            validation.setSymbolBrush(colours.ready)
            validation.setSymbolPen(None)
            mark.setPen(pg.mkPen(colours.speak, width=1, style=Qt.PenStyle.DotLine))
