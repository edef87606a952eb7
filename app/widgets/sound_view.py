"""Waveform above Mel spectrogram, on one time axis, with the colour bar beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from app.widgets.spectrogram import ColourBar, SpectrogramPlot
from app.widgets.waveform import WaveformPlot

if TYPE_CHECKING:
    from core.sound.audio import FloatArray
    from core.sound.features import MelSpectrogram


class SoundView(QWidget):
    """One second of sound, seen; a hint stands in its place while there is none."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._graphics = pg.GraphicsLayoutWidget()
        self._graphics.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._graphics.ci.layout.setSpacing(6)
        self._graphics.ci.setContentsMargins(0, 4, 4, 0)
        self.waveform = WaveformPlot()
        self.spectrogram = SpectrogramPlot()
        self._colour_bar = ColourBar()
        self._graphics.addItem(self.waveform, 0, 0)
        self._graphics.addItem(self.spectrogram, 1, 0)
        self._graphics.addItem(self._colour_bar, 1, 1)
        self._graphics.ci.layout.setColumnStretchFactor(0, 1)
        self._graphics.ci.layout.setRowStretchFactor(0, 2)
        self._graphics.ci.layout.setRowStretchFactor(1, 3)
        self.spectrogram.setXLink(self.waveform)

        self._hint = QLabel(hint)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layers = QStackedLayout(self)
        layers.setStackingMode(QStackedLayout.StackingMode.StackAll)
        layers.addWidget(self._graphics)
        layers.addWidget(self._hint)
        layers.setCurrentWidget(self._hint)

        self.setAccessibleName(self.tr("Waveform and Mel spectrogram"))
        self._follow_theme()

    def set_running(self, samples: FloatArray) -> None:
        """Show a take that is under way: its waveform so far."""
        self._hint.hide()
        self.spectrogram.clear_spectrogram()
        self.waveform.set_samples(samples)

    def set_take(self, samples: FloatArray, spectrogram: MelSpectrogram) -> None:
        """Show a whole take."""
        self._hint.hide()
        self.waveform.set_samples(samples)
        self.spectrogram.set_spectrogram(spectrogram)

    def clear(self) -> None:
        """Show the hint only."""
        self.waveform.clear_samples()
        self.spectrogram.clear_spectrogram()
        self._hint.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._follow_theme()

    def _follow_theme(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.Text)
        self._graphics.setBackground(palette.color(QPalette.ColorRole.Base))
        self.waveform.set_palette(palette)
        size = f"{self.font().pointSizeF():.1f}pt"
        axes = [
            plot.getAxis(side) for plot in self._plots() for side in ("left", "bottom", "right")
        ]
        for axis in axes:
            axis.setPen(palette.color(QPalette.ColorRole.Mid))
            axis.setTextPen(text)
            axis.setTickFont(self.font())
            if axis.labelText:
                axis.setLabel(axis.labelText, **{"color": text.name(), "font-size": size})
        line = self.fontMetrics().height()
        for plot in (self.waveform, self.spectrogram):
            plot.getAxis("left").setWidth(line * 4.2)
        for plot in (self.spectrogram, self._colour_bar):
            plot.getAxis("bottom").setHeight(line * 2.6)
        self.waveform.getAxis("bottom").setHeight(line * 0.4)
        self._colour_bar.getAxis("right").setWidth(line * 3.4)
        self._colour_bar.setFixedWidth(line * 4.4)

    def _plots(self) -> tuple[pg.PlotItem, ...]:
        return self.waveform, self.spectrogram, self._colour_bar
