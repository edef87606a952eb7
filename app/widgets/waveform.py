"""The waveform of one second, growing while it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPalette

from core.sound.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from core.sound.audio import FloatArray

_SCALES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_NOTHING = np.zeros(0, np.float32)


class WaveformPlot(pg.PlotItem):
    """Amplitude against time in seconds; the vertical scale grows in steps with the sound."""

    def __init__(self) -> None:
        super().__init__()
        self._curve = pg.PlotCurveItem()
        self._times = np.arange(SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
        self._scale = _SCALES[0]
        self.addItem(self._curve)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setXRange(0, 1, padding=0)
        self.getAxis("bottom").setStyle(showValues=False)
        self.getAxis("left").enableAutoSIPrefix(False)
        self.getAxis("left").setLabel("Amplitude")
        self._show_scale(1.0)

    def set_samples(self, samples: FloatArray) -> None:
        """Show the beginning of a second, or all of it: (n,) samples at 8 kHz, n <= 8000."""
        peak = float(np.abs(samples).max(initial=0.0))
        fitting = next((scale for scale in _SCALES if peak <= scale), 1.0)
        growing = 0 < self._shown_samples() < samples.size
        self._show_scale(max(fitting, self._scale) if growing else fitting)
        self._curve.setData(self._times[: samples.size], samples)

    def clear_samples(self) -> None:
        """Show nothing."""
        self._curve.setData(_NOTHING, _NOTHING)
        self._show_scale(1.0)

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours of a theme."""
        self._curve.setPen(pg.mkPen(palette.color(QPalette.ColorRole.Highlight), width=1))

    def _shown_samples(self) -> int:
        xs, _ = self._curve.getData()
        return 0 if xs is None else len(xs)

    def _show_scale(self, scale: float) -> None:
        if scale != self._scale:
            self._scale = scale
            self.setYRange(-scale, scale, padding=0.04)
