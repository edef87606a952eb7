"""The Mel spectrogram of one second, on the waveform's time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from core.sound.features import FeatureConfig

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsSceneResizeEvent

    from core.sound.features import MelSpectrogram

COLOUR_MAP = "magma"
DECIBEL_RANGE = (-80.0, 0.0)

_TICKS_HZ = (100, 250, 500, 1000, 1500, 2000, 3000, 4000)
_FEW_TICKS_HZ = (500, 1000, 2000, 4000)


class SpectrogramPlot(pg.PlotItem):
    """Mel bands, ticked in Hz, against time in seconds; colour is dB below the maximum."""

    def __init__(self) -> None:
        super().__init__()
        self.image = pg.ImageItem(axisOrder="row-major")
        self.image.setLookupTable(pg.colormap.get(COLOUR_MAP).getLookupTable(nPts=256))
        self.image.setLevels(DECIBEL_RANGE)
        self.addItem(self.image)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setXRange(0, 1, padding=0)
        for name in ("bottom", "left"):
            self.getAxis(name).enableAutoSIPrefix(False)
        self.getAxis("bottom").setLabel("Time in s")
        self.getAxis("left").setLabel("Frequency in Hz")
        self._config = FeatureConfig()
        self._line_height = 16

    def set_spectrogram(self, spectrogram: MelSpectrogram) -> None:
        """Show a spectrogram in its place on the time axis."""
        n_mels, n_frames = spectrogram.decibels.shape
        step = spectrogram.seconds_per_frame
        self.image.setImage(spectrogram.decibels, autoLevels=False)
        self.image.setRect(QRectF(-step / 2, -0.5, n_frames * step, n_mels))
        self.setYRange(-0.5, n_mels - 0.5, padding=0)
        self._config = spectrogram.config
        self._set_ticks()

    def clear_spectrogram(self) -> None:
        """Show nothing."""
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
        config = self._config
        lines = self.height() / self._line_height
        hertz = [hz for hz in (_TICKS_HZ if lines > 14 else _FEW_TICKS_HZ) if hz <= config.fmax]
        rows = np.clip(config.row_of(np.array(hertz)), -0.5, config.n_mels - 0.5)
        ticks = [(row, f"{hz}") for row, hz in zip(rows.tolist(), hertz, strict=True)]
        self.getAxis("left").setTicks([ticks])


class ColourBar(pg.PlotItem):
    """What the colours mean, in dB; as high as the spectrogram beside it."""

    def __init__(self) -> None:
        super().__init__()
        low, high = DECIBEL_RANGE
        gradient = pg.ImageItem(np.linspace(low, high, 256)[:, np.newaxis], axisOrder="row-major")
        gradient.setLookupTable(pg.colormap.get(COLOUR_MAP).getLookupTable(nPts=256))
        gradient.setRect(QRectF(0, low, 1, high - low))
        self.addItem(gradient)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setRange(xRange=(0, 1), yRange=DECIBEL_RANGE, padding=0)
        self.hideAxis("left")
        self.showAxis("right")
        self.getAxis("right").setLabel("dB below maximum")
        self.getAxis("bottom").setStyle(showValues=False, tickLength=0)
