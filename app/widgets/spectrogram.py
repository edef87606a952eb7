"""The spectrogram, on the waveform's time axis, and the bar that says what its colours mean."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from core.sound.picture import Picture

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsSceneResizeEvent

    from core.sound.features import MelSpectrogram

COLOUR_MAPS = ("magma", "viridis", "cividis", "grey")
DECIBEL_RANGE = (-80.0, 0.0)

_TICK_STEPS_HZ = (4000, 2000, 1000, 500, 250, 100, 50)  # the roundest are placed first
_TICK_LINES = 1.7  # from one tick to the next, in lines of text


@cache
def colour_table(name: str) -> np.ndarray:
    """Return the 256 colours of one of `COLOUR_MAPS`, from low to high."""
    return np.asarray(
        pg.colormap.get("CET-L1" if name == "grey" else name).getLookupTable(0, 1, 256)
    )


class SpectrogramPlot(pg.PlotItem):
    """Bands of frequency, ticked in Hz, against time in seconds; the colour is the value."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.image = pg.ImageItem(axisOrder="row-major")
        self.set_colours(COLOUR_MAPS[0], DECIBEL_RANGE)
        self.addItem(self.image)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setXRange(0, 1, padding=0)
        for name in ("bottom", "left"):
            self.getAxis(name).enableAutoSIPrefix(False)
        self.getAxis("bottom").setStyle(maxTickLevel=1)
        self.getAxis("bottom").setLabel(self.tr("Time in s"))
        self.getAxis("left").setLabel(self.tr("Frequency in Hz"))
        self._line_height = 16
        self._ticked: object = None  # what the ticks were chosen for

    def set_spectrogram(self, spectrogram: MelSpectrogram) -> None:
        """Show the Mel spectrogram of a take."""
        self.set_picture(Picture.of_mel(spectrogram))

    def set_picture(self, picture: Picture) -> None:
        """Show a picture in its place on the time axis."""
        n_rows, n_columns = picture.values.shape
        step = picture.seconds_per_column
        self.picture = picture
        self.image.setImage(picture.values, autoLevels=False)
        left = picture.first_seconds - step / 2
        self.image.setRect(QRectF(left, -0.5, n_columns * step, n_rows))
        self.setYRange(-0.5, n_rows - 0.5, padding=0)
        self._set_ticks()

    def set_colours(self, colour_map: str, levels: tuple[float, float]) -> None:
        """Use one of `COLOUR_MAPS` from the lowest to the highest level."""
        self.image.setLookupTable(colour_table(colour_map))
        self.image.setLevels(levels)

    def clear_spectrogram(self) -> None:
        """Show nothing."""
        self.picture = None
        self.image.clear()

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
        rows, config = picture.values.shape[0], picture.config
        apart = _TICK_LINES * self._line_height * rows / max(1.0, self.vb.height())
        ticked = (config, picture.scale, apart)
        if ticked == self._ticked:
            return
        self._ticked = ticked
        ticks: dict[int, float] = {}
        for step in _TICK_STEPS_HZ:
            first = max(step, -(-int(config.fmin) // step) * step)
            hertz = np.arange(first, int(config.fmax) + 1, step)
            places = np.clip(picture.row_of(hertz.astype(np.float32)), -0.5, rows - 0.5)
            for number, row in zip(hertz.tolist(), places.tolist(), strict=True):
                if all(abs(row - other) >= apart for other in ticks.values()):
                    ticks[number] = row
        self.getAxis("left").setTicks([[(ticks[hertz], f"{hertz}") for hertz in sorted(ticks)]])


class ColourBar(pg.PlotItem):
    """What the colours mean; as high as the spectrogram beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._levels = DECIBEL_RANGE
        self._gradient = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._gradient)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.hideAxis("left")
        self.showAxis("right")
        self.getAxis("right").enableAutoSIPrefix(False)
        self.getAxis("bottom").setStyle(showValues=False, tickLength=0)
        self.set_colours(COLOUR_MAPS[0], DECIBEL_RANGE, "dB below maximum")

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
