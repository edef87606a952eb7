"""A run: one bar for the whole of it, and in detail its curves and its epochs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSplitter, QWidget

from app.shell.theme import meaning_colours
from app.shell.translation import counted, fill, translated
from app.sound_view.axes import Axis, dress, hold_still
from app.train.controller import RunState
from app.widgets.label_tables import FigureTable
from app.widgets.layout import in_column, in_page, in_row
from core.dataset.splits import split_text
from core.export.tables import curves_csv
from core.records import fields_to_json, json_bytes, to_json
from core.training.events import Data, Epoch, Event, Start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.shell.progress import HowFar
    from core.evaluation.report import EvaluationReport

_LOSS, _SHARE = "{0:.4f}", "{0:.1%}"
_COLUMNS = {"loss": _LOSS, "accuracy": _SHARE, "val_loss": _LOSS, "val_accuracy": _SHARE}
_KEYS = (("loss", "val_loss"), ("accuracy", "val_accuracy"))
_STEPS = 1000


class RunPage(QWidget):
    """Shows how far a run is.

    Signals: ``stop_clicked()``, ``cancel_clicked()``, ``back_clicked()``.
    """

    stop_clicked = Signal()
    cancel_clicked = Signal()
    back_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status, self._left, self._warning = QLabel(), QLabel(), QLabel()
        self._data, self._network = QLabel(), QLabel()
        for label in (self._status, self._warning, self._data, self._network):
            label.setWordWrap(True)
        for label in (self._left, self._data, self._network):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = self._status.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._status.setFont(font)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setFormat("%p %")  # as a share is written everywhere
        self.bar.setAccessibleName(self.tr("How far the training is"))
        self.epochs = EpochsView()
        self.stop = QPushButton(self.tr("Stop and &keep the best"))
        self.cancel = QPushButton(self.tr("&Cancel and keep nothing"))
        self.back = QPushButton(self.tr("&Back"))
        self.details = QPushButton(self.tr("Detai&ls"))
        self.details.setCheckable(True)
        rest = in_page((self.epochs, 1), self._network, self._data)
        rest.hide()
        filler = in_page(None)
        self.setLayout(
            in_column(
                in_row((self._status, 1), self._left),
                self.bar,
                in_row(self.stop, self.cancel, self.back, None, self.details),
                *(self._warning, (rest, 4), (filler, 1)),
                margins=(16, 16, 16, 16),
            )
        )
        self.details.toggled.connect(rest.setVisible)
        self.details.toggled.connect(filler.setHidden)
        self.stop.clicked.connect(self.stop_clicked)
        self.cancel.clicked.connect(self.cancel_clicked)
        self.back.clicked.connect(self.back_clicked)
        self.set_silent(False)
        self.set_state(RunState.IDLE)

    @property
    def status(self) -> str:
        """What is said of the run."""
        return self._status.text()

    @property
    def warning(self) -> str:
        """What is said against the run; empty when all is well."""
        return self._warning.text()

    def set_state(self, state: RunState) -> None:
        """Offer what can be done now."""
        if state is RunState.RUNNING:
            self.epochs.set_epochs(())
            self._data.clear()
            self._network.clear()
            self.set_silent(False)
            self.stop.hide()  # there is no epoch to keep
        self.stop.setEnabled(state is RunState.RUNNING)
        self.cancel.setEnabled(state is not RunState.IDLE)
        self.back.setVisible(state is RunState.IDLE)
        if state is RunState.STOPPING:
            self._status.setText(self.tr("Stopping…"))
        if state is RunState.IDLE:
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

    def show_how_far(self, now: HowFar) -> None:
        """Move the bar."""
        self.bar.setValue(round(_STEPS * now.fraction))
        self._left.setText(now.time_left)
        words = {
            "begin": self.tr("Starting…"),
            "scan": self.tr("Looking at the recordings"),
            "features": self.tr("Computing the features"),
            "load": self.tr("Getting ready to learn"),
            "learn": self.tr("Learning the words"),
            "epoch": self.tr("Learning: epoch {0} of {1}").format(now.epoch, now.epochs),
            "stopping": self.tr("The best epoch is kept"),
            "evaluate": self.tr("Evaluating the model"),
            "robustness": self.tr("Measuring the model in difficult sound"),
            "save": self.tr("Saving the model"),
        }
        if self.stop.isEnabled():  # or it is told that it stops
            self._status.setText(words.get(now.doing, self._status.text()))

    def tell(self, event: Event) -> None:
        """Show what the run told."""
        match event:
            case Data():
                labels = counted(len(event.labels), self.tr("{n} label"), self.tr("{n} labels"))
                self._data.setText(f"{labels}: {translated(split_text(to_json(event.split)))}")
            case Start():
                one = self.tr("{architecture}, {parameters:,} parameters, at most {n} epoch")
                many = self.tr("{architecture}, {parameters:,} parameters, at most {n} epochs")
                told = {"architecture": event.architecture, "parameters": event.parameters}
                self._network.setText(counted(event.epochs, one, many, **told))
                self.stop.show()
            case Epoch():
                self.epochs.add_epoch(event)


class EpochsView(QSplitter):
    """The learning curves of a run over the figures of its epochs, the best of them bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.curves = LearningCurves()
        losses = (self.tr("Loss"), self.tr("Accuracy"))
        validation = (self.tr("Val. loss"), self.tr("Val. accuracy"))
        headers = (self.tr("Epoch"), *losses, *validation, self.tr("Seconds"))
        self.table = FigureTable(headers, self.tr("Epochs"))
        self.addWidget(self.curves)
        self.addWidget(self.table)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setChildrenCollapsible(False)

    def set_epochs(self, epochs: Sequence[Epoch]) -> None:
        """Show the epochs of a run."""
        self.table.setRowCount(0)
        self.curves.set_epochs(list(epochs))
        for epoch in epochs:
            self._add_row(epoch)

    def add_epoch(self, epoch: Epoch) -> None:
        """Show one epoch more."""
        self.curves.add_epoch(epoch)
        self._add_row(epoch)

    def _add_row(self, epoch: Epoch) -> None:
        figures = [fill(form, getattr(epoch, name)) for name, form in _COLUMNS.items()]
        self.table.add_row([str(epoch.epoch), *figures, fill("{0:.1f}", epoch.seconds)], epoch.best)
        self.table.scrollToBottom()


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


def curves_file(suffix: str, evaluation: EvaluationReport | None, epochs: list[Epoch]) -> bytes:
    """Return how a model learned as a picture (.png), a table (.csv), or all of it (.json)."""
    history = [fields_to_json(epoch) for epoch in epochs]
    if suffix == ".csv":
        return curves_csv(history).encode()
    if suffix != ".png":
        figures = evaluation.to_json() if evaluation is not None else None
        return json_bytes({"epochs": history, "evaluation": figures})
    curves, picture = LearningCurves(), QBuffer()
    curves.set_epochs(epochs)
    curves.resize(1000, 400)
    curves.grab().save(picture, "png")
    return bytes(picture.data().data())
