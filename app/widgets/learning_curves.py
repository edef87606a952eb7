"""Loss and accuracy, growing an epoch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QPalette

from app.shell.theme import meaning_colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_KEYS = (("loss", "val_loss"), ("accuracy", "val_accuracy"))


class LearningCurves(pg.GraphicsLayoutWidget):
    """Training as a dashed line, validation as a solid one with dots, the best epoch marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(140)
        self.epochs: list[dict[str, Any]] = []
        self._plots: list[pg.PlotItem] = []
        self._curves: list[tuple[pg.PlotDataItem, pg.PlotDataItem]] = []
        self._marks: list[pg.InfiniteLine] = []
        titles = (self.tr("Loss"), self.tr("Accuracy"))
        for column, title in enumerate(titles):
            plot = self.addPlot(0, column)
            plot.setLabel("left", title)
            plot.setLabel("bottom", self.tr("Epoch"))
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(x=False, y=False)
            for side in ("left", "bottom"):
                plot.getAxis(side).enableAutoSIPrefix(False)
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

    def set_epochs(self, epochs: list[dict[str, Any]]) -> None:
        """Show the epochs of a run."""
        self.epochs = list(epochs)
        self._draw()

    def add_epoch(self, epoch: dict[str, Any]) -> None:
        """Show one epoch more."""
        self.epochs.append(epoch)
        self._draw()

    @property
    def best_epoch(self) -> int | None:
        """The number of the best epoch so far, or None."""
        return next((e["epoch"] for e in reversed(self.epochs) if e.get("best")), None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if changed and getattr(self, "_ready", False):  # Qt calls this while it constructs, too
            self._follow_theme()

    def _draw(self) -> None:
        numbers = [epoch["epoch"] for epoch in self.epochs]
        for (train_key, val_key), curves in zip(_KEYS, self._curves, strict=True):
            for curve, key in zip(curves, (train_key, val_key), strict=True):
                curve.setData(numbers, [epoch[key] for epoch in self.epochs])
        best = self.best_epoch
        for mark in self._marks:
            mark.setVisible(best is not None)
            mark.setValue(best or 0)
        if self.epochs:
            last = self.epochs[-1]
            self.setAccessibleDescription(
                self.tr(
                    "Epoch {epoch}: validation loss {loss:.3f}, accuracy {accuracy:.1%}; "
                    "best is epoch {best}"
                ).format(
                    epoch=last["epoch"],
                    loss=last["val_loss"],
                    accuracy=last["val_accuracy"],
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
                axis = plot.getAxis(side)
                axis.setPen(palette.color(QPalette.ColorRole.Mid))
                axis.setTextPen(text)
                axis.setTickFont(self.font())
                size = f"{self.font().pointSizeF():.1f}pt"
                axis.setLabel(axis.labelText, **{"color": text.name(), "font-size": size})
            plot.getAxis("left").setWidth(line * 4.2)
            plot.getAxis("bottom").setHeight(line * 2.6)
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
