"""The array that a network is given, point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPalette

from app.shell.translation import fill
from app.sound_view.axes import dress, hold_still
from app.sound_view.picture import COLOUR_MAPS
from app.sound_view.plots import colour_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.recognition.occlusion import OcclusionMap


class ModelInputPlot(pg.GraphicsLayoutWidget):
    """Mel bins against frames, a square a number; or samples, for a model on the waveform.

    Signals: ``pointed(str)`` the number under the mouse in words; empty when there is none.
    """

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ci.setContentsMargins(0, 4, 8, 0)
        self._map: OcclusionMap | None = None
        self.plot = pg.PlotItem()
        self.picture = pg.ImageItem()
        self._curve = pg.PlotCurveItem()
        for item in (self.picture, self._curve):
            self.plot.addItem(item)
        self.picture.setLookupTable(colour_table(COLOUR_MAPS[0]))
        hold_still(self.plot)
        self.addItem(self.plot)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)

    def set_map(self, found: OcclusionMap) -> None:
        """Show what the network was given."""
        self._map = found
        n_rows, n_columns = found.model_input.shape
        axis = self.plot.getAxis
        if found.features is None:
            self.picture.clear()
            samples = found.model_input[0]
            peak = max(float(np.abs(samples).max()), 0.02)
            self._curve.setData(np.arange(n_columns) + 0.5, samples)
            self.plot.setRange(xRange=(0, n_columns), yRange=(-peak, peak), padding=0)
            axis("bottom").setLabel(self.tr("Sample"))
            axis("left").setLabel(self.tr("Amplitude"))
        else:
            self._curve.clear()
            self.picture.setImage(found.model_input)
            self.plot.setRange(xRange=(0, n_columns), yRange=(0, n_rows), padding=0)
            axis("bottom").setLabel(self.tr("Frame"))
            axis("left").setLabel(self.tr("Mel bin"))

    def set_look(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of a theme and the size of a font."""
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        self._curve.setPen(pg.mkPen(palette.color(QPalette.ColorRole.Text), width=1))
        line = QFontMetrics(font).height()
        for side in ("left", "bottom"):
            dress(self.plot.getAxis(side), palette, font)
        self.plot.getAxis("left").setWidth(line * 3.6)
        self.plot.getAxis("bottom").setHeight(line * 2.6)

    def _on_mouse_moved(self, position: QPointF) -> None:
        point = self.plot.getViewBox().mapSceneToView(position)
        self.pointed.emit(self._words_at(point.x(), point.y()))

    def _words_at(self, x: float, y: float) -> str:
        if self._map is None:
            return ""
        n_rows, n_columns = self._map.model_input.shape
        column, row = int(np.floor(x)), int(np.floor(y))
        if self._map.features is None:
            row = 0
        if not (0 <= column < n_columns and 0 <= row < n_rows):
            return ""
        value = self._map.model_input[row, column]
        if self._map.features is None:
            return fill(self.tr("Sample {0}: {1:.4f}"), column, value)
        return fill(self.tr("Mel bin {0}, frame {1}: {2:.3f}"), row, column, value)
