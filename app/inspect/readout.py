"""What is measured of a span: its levels, and its mean spectrum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.shell.translation import fill
from app.sound_view.axes import dress, hold_still
from app.sound_view.tools import lettered
from app.widgets.layout import in_row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from core.sound.levels import Span

_LINES = 4.4  # of text that it is high
_ROOMY = 60  # characters beside which there is room for a spectrum
_SPECTRUM_DB = 80.0  # what is shown below the loudest
_STEP_DB = 20.0


class Figures(QWidget):
    """The levels of what is selected or visible, in fixed places, and its spectrum beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels = QLabel()
        self._levels.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._levels.setAccessibleName(self.tr("Levels"))
        self._levels.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._levels.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._levels.setContentsMargins(4, 0, 0, 0)
        self.spectrum = MeanSpectrum()
        self.setLayout(in_row((self._levels, 3), (self.spectrum, 2)))
        self._size()

    @property
    def levels_text(self) -> str:
        """What is said of the levels."""
        return self._levels.text()

    def show_spans(self, spans: list[Span]) -> None:
        """Say what was measured of a selection, or of what is visible, one clip a line."""
        levels = self.tr("peak {peak:.1f} dBFS   RMS {rms:.1f} dBFS")
        texts = [fill(levels, peak=span.peak_dbfs, rms=span.rms_dbfs) for span in spans]
        self._levels.setText("\n".join(lettered(texts)))
        self.spectrum.set_spans(spans[::-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the spectrum where there is no room for it."""
        super().resizeEvent(event)
        self.spectrum.setVisible(self.width() > _ROOMY * self.fontMetrics().averageCharWidth())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _size(self) -> None:
        metrics = self.fontMetrics()
        self.setFixedHeight(int(metrics.height() * _LINES))
        self.spectrum.setMaximumWidth(metrics.horizontalAdvance("0") * 28)


class MeanSpectrum(pg.PlotWidget):
    """The mean spectrum of one span, or of two."""

    _made = False  # pyqtgraph's constructor changes the palette

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hold_still(self.getPlotItem())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for widget in (self, self.viewport()):
            widget.setAcceptDrops(False)
        self.curves = (self.plot(), self.plot())
        for name in ("left", "bottom"):
            self.getAxis(name).setTicks([[]])
        self.setAccessibleName(self.tr("Mean spectrum in dBFS against Hz"))
        self._made = True
        self._set_look()

    def set_spans(self, spans: list[Span]) -> None:
        """Show the spectra of spans; the first is drawn on top."""
        for number, curve in enumerate(self.curves):
            if number < len(spans):
                curve.setData(spans[number].frequencies, spans[number].spectrum_dbfs)
            else:
                curve.setData([], [])
        if spans:
            top = max(float(np.max(span.spectrum_dbfs)) for span in spans)
            high = _STEP_DB * np.ceil(top / _STEP_DB)
            self.setYRange(high - _SPECTRUM_DB, high, padding=0.14)
            levels = np.arange(high, high - _SPECTRUM_DB - 1, -2 * _STEP_DB)
            self._set_ticks("left", levels.tolist(), 1, "dB")
            highest = float(spans[0].frequencies[-1])
            step = 1000 if highest < 6000 else 5000
            self._set_ticks("bottom", list(range(step, int(highest), step)), 1000, "kHz")
            self.setXRange(0, float(spans[0].frequencies[-1]), padding=0)
            first = spans[0]
            loudest = float(first.frequencies[int(np.argmax(first.spectrum_dbfs))])
            text = fill(self.tr("Loudest at {0:.0f} Hz"), loudest)
            self.setAccessibleDescription(text)
            self.setToolTip(text)

    def _set_ticks(self, name: str, values: list[float], per: int, unit: str) -> None:
        """Write the values, the unit once."""
        texts = [f"{value / per + 0.0:.0f}" for value in values]
        texts[:1] = [f"{text} {unit}" for text in texts[:1]]
        self.getAxis(name).setTicks([list(zip(values, texts, strict=True))])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if changed and self._made:
            self._set_look()

    def _set_look(self) -> None:
        palette = self.palette()
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        roles = (QPalette.ColorRole.Highlight, QPalette.ColorRole.Dark)
        for curve, role in zip(self.curves, roles, strict=True):
            curve.setPen(pg.mkPen(palette.color(role), width=1))
        self.curves[0].setZValue(1)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        line = QFontMetrics(font).height()
        for name in ("left", "bottom"):
            dress(self.getAxis(name), palette, font)
        self.getAxis("left").setWidth(line * 3.8)
        self.getAxis("bottom").setHeight(line * 1.5)
