"""The last seconds of a stream: waveform above spectrogram, words marked, moving to the left."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette, QResizeEvent

from app.shell.translation import fill
from app.widgets.sound_plots import (
    COLOUR_MAPS,
    ROOMY_LINES,
    SCALES,
    Axis,
    colour_table,
    dress,
    hold_still,
)
from core.sound.picture import COLUMN_SECONDS, STREAM_FEATURES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.sound.clip import FloatArray

SECONDS = 8
"""How much of the past is shown."""

_COLUMNS = round(SECONDS / COLUMN_SECONDS)
_COLUMN = STREAM_FEATURES.hop_length

_RANGE_DB = 60.0
_SMALLEST_DB = -100.0
_QUIETEST_TOP_DB = -20.0  # so that the hum of a quiet room stays dark
_TICKS_HZ = (500, 1000, 2000, 4000)
_FEW_TICKS_HZ = (500, 2000)


class ScrollingSound(pg.GraphicsLayoutWidget):
    """Takes sound as it comes, and the words in it; shows the last eight seconds."""

    _line_height = 0  # until the look is set; Qt resizes while it constructs, too
    _compact = False

    def __init__(self, parent: QWidget | None = None) -> None:
        pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ci.layout.setSpacing(6)
        self.ci.setContentsMargins(0, 4, 12, 0)
        self._wave = self._make_plot(0, self.tr("Amplitude"))
        self._picture = self._make_plot(1, self.tr("Frequency in Hz"))
        self._wave.getAxis("bottom").setStyle(showValues=False)
        self._picture.getAxis("bottom").setLabel(self.tr("Seconds from now"))
        self._picture.setXLink(self._wave)
        self.ci.layout.setRowStretchFactor(0, 2)
        self.ci.layout.setRowStretchFactor(1, 3)

        self._times = np.repeat(np.arange(-_COLUMNS, 0) * COLUMN_SECONDS, 2)
        self._curve = pg.PlotCurveItem()
        self._wave.addItem(self._curve)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setLookupTable(colour_table(COLOUR_MAPS[0]))
        self._picture.addItem(self._image)
        rows = STREAM_FEATURES.n_mels
        self._picture.setYRange(-0.5, rows - 0.5, padding=0)
        self._band_colour = QColor()
        self._marks: deque[_Mark] = deque()
        self.clear_sound()

    @property
    def words(self) -> list[str]:
        """The words that are marked at present."""
        return [mark.label.toPlainText() for mark in self._marks]

    def clear_sound(self) -> None:
        """Show nothing, and begin to count at zero."""
        self._seconds = 0.0
        self._waiting = np.zeros(0, np.float32)
        self._envelope = np.zeros((_COLUMNS, 2), np.float32)
        self._decibels = np.full((STREAM_FEATURES.n_mels, _COLUMNS), _SMALLEST_DB, np.float32)
        self._scale = 0.0
        while self._marks:
            self._marks.popleft().remove()
        self._draw()

    def add(self, samples: FloatArray, columns: FloatArray, seconds: float) -> None:
        """Show what came: samples at 8 kHz, spectrogram columns, and how much it is in all."""
        self._seconds = seconds
        waiting = np.concatenate([self._waiting, samples])
        whole = waiting.size // _COLUMN * _COLUMN
        self._waiting = waiting[whole:]
        pieces = waiting[:whole].reshape(-1, _COLUMN)
        extremes = np.stack([pieces.min(axis=1), pieces.max(axis=1)], axis=1)
        self._envelope = np.concatenate([self._envelope, extremes])[-_COLUMNS:]
        self._decibels = np.concatenate([self._decibels, columns], axis=1)[:, -_COLUMNS:]
        self._draw()

    def mark(self, start: float, end: float, label: str) -> None:
        """Mark a word, from and to seconds into the stream."""
        mark = _Mark(self._wave, self._picture, start, end, label)
        mark.set_colours(self._band_colour, self.palette())
        mark.place(self._seconds, self._scale)
        self._marks.append(mark)

    def set_look(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of a theme and the size of a font."""
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        highlight = palette.color(QPalette.ColorRole.Highlight)
        self._curve.setPen(pg.mkPen(highlight, width=1))
        self._band_colour = QColor(highlight)
        self._band_colour.setAlpha(70)
        for mark in self._marks:
            mark.set_colours(self._band_colour, palette)
        line = QFontMetrics(font).height()
        for plot in (self._wave, self._picture):
            for side in ("left", "bottom"):
                dress(plot.getAxis(side), palette, font)
            plot.getAxis("left").setWidth(line * 4.2)
        self._wave.getAxis("bottom").setHeight(line * 0.4)
        self._line_height = line
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
        for plot in (self._wave, self._picture):
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.showLabel(bool(axis.labelText) and not low)
        self._picture.getAxis("bottom").setHeight(self._line_height * (1.4 if low else 2.6))
        ticks_hz = _FEW_TICKS_HZ if low else _TICKS_HZ
        last = STREAM_FEATURES.n_mels - 0.5
        rows = np.minimum(STREAM_FEATURES.row_of(np.array(ticks_hz, np.float32)), last).tolist()
        self._picture.getAxis("left").setTicks([list(zip(rows, map(str, ticks_hz), strict=True))])
        self._tick_amplitude()

    def _tick_amplitude(self) -> None:
        halves = [(half, fill("{0:g}", half)) for half in (-self._scale / 2, self._scale / 2)]
        self._wave.getAxis("left").setTicks([halves] if self._compact else None)

    def _make_plot(self, row: int, name: str) -> pg.PlotItem:
        plot = pg.PlotItem(axisItems={"left": Axis("left")})
        hold_still(plot)
        plot.setXRange(-SECONDS, 0, padding=0)
        plot.getAxis("left").setLabel(name)
        self.addItem(plot, row, 0)
        return plot

    def _draw(self) -> None:
        peak = float(np.abs(self._envelope).max())
        scale = next((scale for scale in SCALES if peak <= scale), 1.0)
        if scale != self._scale:
            self._scale = scale
            self._wave.setYRange(-scale, scale, padding=0.04)
            self._tick_amplitude()
        self._curve.setData(self._times, self._envelope.ravel())
        top = max(float(self._decibels.max()), _QUIETEST_TOP_DB)
        self._image.setImage(self._decibels, autoLevels=False, levels=(top - _RANGE_DB, top))
        self._image.setRect(QRectF(-SECONDS, -0.5, SECONDS, STREAM_FEATURES.n_mels))
        for mark in self._marks:
            mark.place(self._seconds, self._scale)
        while self._marks and self._marks[0].end < self._seconds - SECONDS:
            self._marks.popleft().remove()


class _Mark:
    """A word: a band in both plots, and its label in the upper one."""

    def __init__(
        self, wave: pg.PlotItem, picture: pg.PlotItem, start: float, end: float, label: str
    ) -> None:
        self.start, self.end = start, end
        self._plots = (wave, picture)
        self._bands = tuple(pg.QtWidgets.QGraphicsRectItem() for _ in self._plots)
        heights = ((-1.1, 2.2), (-0.5, STREAM_FEATURES.n_mels))
        for plot, band, (low, height) in zip(self._plots, self._bands, heights, strict=True):
            band.setRect(0, low, end - start, height)
            band.setZValue(5)
            plot.addItem(band, ignoreBounds=True)
        self.label = pg.TextItem(label, anchor=(0.5, 0))
        self.label.setZValue(6)
        wave.addItem(self.label, ignoreBounds=True)

    def set_colours(self, band: QColor, palette: QPalette) -> None:
        for item in self._bands:
            item.setBrush(band)
            item.setPen(pg.mkPen(band.lighter(120), width=1))
        self.label.setColor(palette.color(QPalette.ColorRole.Text))

    def place(self, now: float, scale: float) -> None:
        for band in self._bands:
            band.setPos(self.start - now, 0)
        self.label.setPos((self.start + self.end) / 2 - now, scale * 1.02)

    def remove(self) -> None:
        for plot, item in zip(self._plots, self._bands, strict=True):
            plot.removeItem(item)
        self._plots[0].removeItem(self.label)
