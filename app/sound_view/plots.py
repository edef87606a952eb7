"""Waveform above Mel spectrogram, on one time axis, with the bar that says what colours mean."""

from __future__ import annotations

from functools import cache
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette

from app.sound_view.axes import Axis, dress, hold_still
from app.sound_view.heat import HeatItem
from app.sound_view.picture import COLOUR_MAPS
from app.sound_view.waveform import WaveformPlot

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QWidget

    from app.sound_view.axes import Parts
    from core.recognition.occlusion import OcclusionMap
    from core.sound.picture import Picture

DECIBEL_RANGE = (-80.0, 0.0)
ROOMY_LINES = 14
"""Lines of text: in less height there are only the ticks that are needed."""

_TICK_STEPS_HZ = (4000, 2000, 1000, 500, 250, 100, 50)  # the roundest are placed first
_TICK_LINES = 1.7  # from one tick to the next, in lines of text


@cache
def colour_table(name: str) -> np.ndarray:
    """Return the 256 colours of one of `COLOUR_MAPS`, from low to high."""
    return np.asarray(
        pg.colormap.get("CET-L1" if name == "grey" else name).getLookupTable(0, 1, 256)
    )


def audible(values: np.ndarray, lowest: float) -> np.ndarray:
    """Return what is painted of a picture: where there is no sound at all, its lowest value.

    Every point of digital silence is as loud as the loudest, which is what values are relative to.
    """
    return values if np.ptp(values) else np.full_like(values, lowest)


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
        self._colours = COLOUR_MAPS[0], DECIBEL_RANGE, self.tr("dB below maximum")
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

    def set_time_axis(self, parts: Parts, clock: bool = False) -> None:
        """Write other times where the axis has its seconds, or the times of the day."""
        axis = self.spectrogram.getAxis("bottom")
        if (axis.parts, axis.clock) != (parts, clock):
            axis.parts, axis.clock = parts, clock
            axis.labelText = self.tr("Time of day") if clock else self.tr("Time in s")
            axis.picture = None  # what it has painted
            if clock:  # its own would stand elsewhere than those below
                self.waveform.getAxis("bottom").setTicks([])
            if self._line_height:
                self.set_look(self.palette(), self.font())

    def written(self, second: float) -> str:
        """Return a second as the time axis writes it."""
        return str(self.spectrogram.getAxis("bottom").written(second))

    def set_colours(self, colour_map: str, levels: tuple[float, float], label: str) -> None:
        """Colour the spectrogram, and say what the colours mean."""
        self._colours = colour_map, levels, label
        self._show_colours()

    def set_heat(self, found: OcclusionMap | None, start: float, opacity: float) -> None:
        """Lay over the spectrogram what an answer depends on; it turns grey."""
        if found is None and not self.spectrogram.heat.shown:
            return
        self.spectrogram.set_heat(found, start)
        self.spectrogram.heat.setOpacity(opacity)
        self._show_colours()

    def _show_colours(self) -> None:
        colour_map, levels, label = self._colours
        name = "grey" if self.spectrogram.heat.shown else colour_map
        self.spectrogram.set_colours(name, levels)
        self.colour_bar.set_colours(name, levels, label)
        if self._line_height:
            self._use_room()

    def set_look(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of a theme and the size of a font."""
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        self.waveform.set_palette(palette)
        for plot in (self.waveform, self.spectrogram, self.colour_bar):
            for side in ("left", "bottom", "right"):
                dress(plot.getAxis(side), palette, font)
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


class SpectrogramPlot(pg.PlotItem):
    """Bands of frequency, ticked in Hz, against time in seconds; the colour is the value."""

    def __init__(self) -> None:
        super().__init__(axisItems={"bottom": Axis("bottom")})
        self.picture: Picture | None = None
        self.image = pg.ImageItem(axisOrder="row-major")
        self.set_colours(COLOUR_MAPS[0], DECIBEL_RANGE)
        self.heat = HeatItem()
        self.addItem(self.image)
        self.addItem(self.heat, ignoreBounds=True)
        hold_still(self)
        self.setXRange(0, 1, padding=0)
        self.getAxis("bottom").setStyle(maxTickLevel=1)
        self.getAxis("bottom").setLabel(self.tr("Time in s"))
        self.getAxis("left").setLabel(self.tr("Frequency in Hz"))
        self._line_height = 16
        self._frequencies = 0.0, inf
        self._ticked: object = None  # what the ticks were chosen for

    def set_picture(self, picture: Picture) -> None:
        """Show a picture in its place on the time axis."""
        n_rows, n_columns = picture.values.shape
        step = picture.seconds_per_column
        self.picture = picture
        lowest = float(self.image.levels[0])
        if n_columns:
            self.image.setImage(audible(picture.values, lowest), autoLevels=False)
        else:
            self.image.clear()
        left = picture.first_seconds - step / 2
        self.image.setRect(QRectF(left, -0.5, n_columns * step, n_rows))
        self.heat.lay_over(picture)
        self._show_frequencies()

    def set_frequencies(self, low: float, high: float) -> None:
        """Show what there is of the picture between two frequencies in Hz."""
        if (low, high) != self._frequencies:
            self._frequencies = low, high
            self._show_frequencies()

    def _show_frequencies(self) -> None:
        picture = self.picture
        if picture is not None:
            ends = np.clip(self._frequencies, picture.config.fmin, picture.config.fmax)
            low, high = np.clip(picture.row_of(ends), -0.5, picture.values.shape[0] - 0.5).tolist()
            if high > low:
                self.setYRange(low, high, padding=0)
            self._set_ticks()

    def set_heat(self, found: OcclusionMap | None, start: float = 0.0) -> None:
        """Lay over it what the answer to the second from `start` on depends on, or nothing."""
        self.heat.set_map(found, start)
        self.heat.lay_over(self.picture)

    def set_colours(self, colour_map: str, levels: tuple[float, float]) -> None:
        """Use one of `COLOUR_MAPS` from the lowest to the highest level."""
        self.image.setLookupTable(colour_table(colour_map))
        self.image.setLevels(levels)

    def set_line_height(self, pixels: int) -> None:
        """Take notice of how high a line of the font is."""
        self._line_height = pixels
        self._set_ticks()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Write as many ticks as there is room for."""
        super().resizeEvent(event)
        self._set_ticks()

    def _set_ticks(self) -> None:
        picture = self.picture
        if picture is None:
            return
        config, (low, high) = picture.config, self.viewRange()[1]
        apart = _TICK_LINES * self._line_height * (high - low) / max(1.0, self.vb.height())
        ticked = (config, picture.scale, low, high, apart)
        if ticked == self._ticked:
            return
        self._ticked = ticked
        ticks: dict[int, float] = {}
        for step in _TICK_STEPS_HZ:
            first = max(step, -(-int(config.fmin) // step) * step)
            hertz = np.arange(first, int(config.fmax) + 1, step)
            places = np.clip(picture.row_of(hertz.astype(np.float32)), -0.5, None)
            places = np.minimum(places, picture.values.shape[0] - 0.5)
            for number, row in zip(hertz.tolist(), places.tolist(), strict=True):
                seen = low <= row <= high
                if seen and all(abs(row - other) >= apart for other in ticks.values()):
                    ticks[number] = row
        self.getAxis("left").setTicks([[(ticks[hertz], f"{hertz}") for hertz in sorted(ticks)]])


class ColourBar(pg.PlotItem):
    """What the colours mean; as high as the spectrogram beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._levels = DECIBEL_RANGE
        self._gradient = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._gradient)
        hold_still(self)
        self.hideAxis("left")
        self.showAxis("right")
        self.getAxis("bottom").setStyle(showValues=False, tickLength=0)
        self.set_colours(COLOUR_MAPS[0], DECIBEL_RANGE, self.tr("dB below maximum"))

    def set_colours(self, colour_map: str, levels: tuple[float, float], label: str) -> None:
        """Explain one of `COLOUR_MAPS` from the lowest to the highest level."""
        low, high = self._levels = levels
        self._gradient.setImage(np.linspace(low, high, 256)[:, np.newaxis], autoLevels=False)
        self._gradient.setLevels(levels)
        self._gradient.setLookupTable(colour_table(colour_map))
        self._gradient.setRect(QRectF(0, low, 1, high - low))
        self.setRange(xRange=(0, 1), yRange=levels, padding=0)
        axis = self.getAxis("right")
        axis.setLabel(label, **axis.labelStyle)

    def set_few_ticks(self, few: bool) -> None:
        """Tick only the ends, or as finely as there is room for."""
        ends = [(level, f"{level:g}") for level in self._levels]
        self.getAxis("right").setTicks([ends] if few else None)
