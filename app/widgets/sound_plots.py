"""Waveform above Mel spectrogram, on one time axis, with the colour bar beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette

from app.widgets.spectrogram import ColourBar, SpectrogramPlot
from app.widgets.waveform import WaveformPlot

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget


ROOMY_LINES = 14
"""Lines of text: in less height there are only the ticks that are needed."""


class SoundPlots(pg.GraphicsLayoutWidget):
    """The plots of one second of sound, one exactly above the other."""

    _line_height = 0  # pyqtgraph's constructor resizes
    _compact = False

    def __init__(self, parent: QWidget | None = None) -> None:
        pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (self, self.viewport()):
            widget.setAcceptDrops(False)  # or files that are dropped here would end here
        self.ci.layout.setSpacing(6)
        self.ci.setContentsMargins(0, 4, 4, 0)
        self.waveform = WaveformPlot()
        self.spectrogram = SpectrogramPlot()
        self.colour_bar = ColourBar()
        self.addItem(self.waveform, 0, 0)
        self.addItem(self.spectrogram, 1, 0)
        self.addItem(self.colour_bar, 1, 1)
        self.ci.layout.setColumnStretchFactor(0, 1)
        self.ci.layout.setRowStretchFactor(0, 2)
        self.ci.layout.setRowStretchFactor(1, 3)
        self.spectrogram.setXLink(self.waveform)

    def set_colours(self, colour_map: str, levels: tuple[float, float], label: str) -> None:
        """Colour the spectrogram, and say what the colours mean."""
        self.spectrogram.set_colours(colour_map, levels)
        self.colour_bar.set_colours(colour_map, levels, label)
        if self._line_height:
            self._use_room()

    def set_look(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of a theme and the size of a font."""
        text = palette.color(QPalette.ColorRole.Text)
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        self.waveform.set_palette(palette)
        size = f"{font.pointSizeF():.1f}pt"
        plots = (self.waveform, self.spectrogram, self.colour_bar)
        for axis in (plot.getAxis(side) for plot in plots for side in ("left", "bottom", "right")):
            axis.setPen(palette.color(QPalette.ColorRole.Mid))
            axis.setTextPen(text)
            axis.setTickFont(font)
            if axis.labelText:
                axis.setLabel(axis.labelText, **{"color": text.name(), "font-size": size})
        line = self._line_height = QFontMetrics(font).height()
        self.spectrogram.set_line_height(line)
        for plot in (self.waveform, self.spectrogram):
            plot.getAxis("left").setWidth(line * 4.2)
        self.waveform.getAxis("bottom").setHeight(line * 0.4)
        self.colour_bar.getAxis("right").setWidth(line * 3.4)
        self.colour_bar.setFixedWidth(line * 4.4)
        self._use_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        if self._line_height and self._is_low != self._compact:
            self._use_room()

    @property
    def _is_low(self) -> bool:
        return bool(self.height() < ROOMY_LINES * self._line_height)

    def _use_room(self) -> None:
        """Name the axes, and tick them finely, where there is room for it."""
        self._compact = low = self._is_low
        for plot in (self.waveform, self.spectrogram, self.colour_bar):
            for side in ("left", "bottom", "right"):
                axis = plot.getAxis(side)
                axis.showLabel(bool(axis.labelText) and not low)
        for plot in (self.spectrogram, self.colour_bar):
            plot.getAxis("bottom").setHeight(self._line_height * (1.4 if low else 2.6))
        self.waveform.set_few_ticks(low)
        self.colour_bar.set_few_ticks(low)
