"""The waveform of a sound: amplitude against time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPalette

from app.shell.translation import fill
from app.sound_view.axes import hold_still
from core.sound.clip import SAMPLE_RATE

if TYPE_CHECKING:
    from core.sound.clip import FloatArray

SCALES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Amplitudes that the axis reaches to."""

_RUNNING_SCALE = 0.2  # the least while a take is under way: as much as most voices need
_NOTHING = np.zeros(0, np.float32)
_DRAWN_SAMPLES = 16_384  # more than that are drawn as the outline of what they reach
_OUTLINE_COLUMNS = 2048


class WaveformPlot(pg.PlotItem):
    """Amplitude against time in seconds, on one of a few vertical scales."""

    def __init__(self) -> None:
        super().__init__()
        self._curve = pg.PlotCurveItem()
        self._times = np.arange(SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
        self._samples: FloatArray = _NOTHING
        self._sample_rate = SAMPLE_RATE
        self._start, self._streams = 0.0, False
        self._scale = SCALES[0]
        self._few_ticks = False
        self._own_scale = self._least_scale = SCALES[0]
        self.addItem(self._curve)
        hold_still(self)
        self.setXRange(0, 1, padding=0)
        self.getAxis("bottom").setStyle(showValues=False, maxTickLevel=1)
        self.getAxis("left").setLabel(self.tr("Amplitude"))
        self.vb.sigXRangeChanged.connect(self._on_range_changed)
        self._show_scale(1.0)

    def set_samples(
        self,
        samples: FloatArray,
        sample_rate: int = SAMPLE_RATE,
        running: bool = False,
        start: float | None = None,
    ) -> None:
        """Show a sound, (n,) samples; while one runs, the scale grows at most.

        With `start`, it is what is visible of a stream: the samples from that second on.
        """
        peak = float(max(samples.max(initial=0.0), -samples.min(initial=0.0)))
        needed = next((scale for scale in SCALES if peak <= scale), 1.0)
        if running:  # as it was for the take before; more only where the voice is louder
            needed = max(_RUNNING_SCALE, self._own_scale, needed)
        self._own_scale = needed
        self._show_scale(max(self._own_scale, self._least_scale))
        self._samples, self._sample_rate = samples, sample_rate
        self._start, self._streams = start or 0.0, start is not None
        if samples.size <= SAMPLE_RATE == sample_rate and not self._streams:
            self._curve.setData(self._times[: samples.size], samples, skipFiniteCheck=True)
        else:
            self._draw_visible()

    @property
    def own_scale(self) -> float:
        """The amplitude that the sound itself needs room for."""
        return self._own_scale

    def amplitude_at(self, seconds: float) -> float | None:
        """Return the sample at a second, or None where there is none."""
        sample = int((seconds - self._start) * self._sample_rate)
        return float(self._samples[sample]) if 0 <= sample < self._samples.size else None

    def set_least_scale(self, scale: float) -> None:
        """Leave room for another sound's amplitude, to compare both."""
        self._least_scale = scale
        self._show_scale(max(self._own_scale, scale))

    def set_few_ticks(self, few: bool) -> None:
        """Tick only zero and the ends of the scale, or the halves of it too."""
        self._few_ticks = few
        shares = (-1.0, 0.0, 1.0) if few else (-1.0, -0.5, 0.0, 0.5, 1.0)
        ticks = [share * self._scale for share in shares]
        self.getAxis("left").setTicks([[(tick, fill("{0:g}", tick)) for tick in ticks]])

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours of a theme."""
        self._curve.setPen(pg.mkPen(palette.color(QPalette.ColorRole.Highlight), width=1))

    def _on_range_changed(self) -> None:
        if self._samples.size > _DRAWN_SAMPLES and not self._streams:
            self._draw_visible()

    def _draw_visible(self) -> None:
        start, stop = self.vb.viewRange()[0]
        first = max(0, int((start - self._start) * self._sample_rate) - 1)
        last = min(self._samples.size, int((stop - self._start) * self._sample_rate) + 2)
        if self._streams or self._samples.size <= _DRAWN_SAMPLES:
            first, last = 0, self._samples.size
        seen = self._samples[first:last]
        step = -(-seen.size // _OUTLINE_COLUMNS) if seen.size > _DRAWN_SAMPLES else 1
        if step == 1 or not seen.size:
            positions = np.arange(first, first + seen.size)
        else:
            starts = np.arange(0, seen.size, step)
            reached = (np.minimum.reduceat(seen, starts), np.maximum.reduceat(seen, starts))
            seen = np.column_stack(reached).ravel()
            positions = np.repeat(first + starts + step / 2, 2)
        times = self._start + positions / self._sample_rate
        self._curve.setData(times, seen, skipFiniteCheck=True)

    def _show_scale(self, scale: float) -> None:
        if scale != self._scale:
            self._scale = scale
            self.setYRange(-scale, scale, padding=0.04)
            self.set_few_ticks(self._few_ticks)
