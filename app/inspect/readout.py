"""What is read off: the crosshair, the figures of the span, and its mean spectrum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.shell.translation import fill
from app.sound_view.axes import dress, hold_still
from app.widgets.layout import in_row

if TYPE_CHECKING:
    from app.sound_view.navigation import Navigation
    from core.sound.clip import AudioClip
    from core.sound.levels import Span
    from core.sound.picture import Picture

_CHARACTERS = (50, 60)  # in a line: what figures of one clip, or of two, need beside a spectrum
_LINES = (5.5, 7.5)  # of text that it is high: always, and for two clips where it is narrow
_ROOMY = 90  # characters that figures of two clips need to stand in a line each
_SPECTRUM_DB = 80.0  # what is shown below the loudest
_STEP_DB = 20.0
_NO_BREAK = "\N{NO-BREAK SPACE}"
_UNKNOWN = "\N{EN DASH}"


class Figures(QWidget):
    """Two lines of figures in fixed places, and a small plot beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crosshair, self._span = QLabel(), QLabel()
        titles = (QLabel(self.tr("Crosshair")), QLabel(self.tr("Span")))
        self._titles = titles
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, (title, label) in enumerate(
            zip(titles, (self._crosshair, self._span), strict=True)
        ):
            title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(title, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, number, 1)
        grid.setRowStretch(1, 1)
        self._crosshair.setAccessibleName(self.tr("Crosshair"))
        self._span.setAccessibleName(self.tr("Span"))
        self._compares = False
        self.spectrum = MeanSpectrum()
        self.setLayout(in_row((grid, 3), (self.spectrum, 2), margins=(8, 0, 0, 0)))
        self._size()

    @property
    def crosshair_text(self) -> str:
        """What is said of the crosshair."""
        return self._crosshair.text().replace(_NO_BREAK, " ")

    @property
    def span_text(self) -> str:
        """What is said of the span."""
        return self._span.text().replace(_NO_BREAK, " ")

    def show_crosshair(self, look: Navigation, sounds: list[tuple[AudioClip, Picture]]) -> None:
        """Say what is at the crosshair."""
        if look.seconds is None or not sounds:
            self._crosshair.setText(self.tr("Point at the picture, or press Ctrl+arrow"))
            return
        parts = [fill("{0:.3f} s", look.offset + look.seconds)]
        if look.hertz is None:
            values = [self._amplitude(clip, look.seconds) for clip, _ in sounds]
        else:
            parts.append(fill("{0:.0f} Hz", look.hertz))
            values = [self._value(picture, look.seconds, look.hertz) for _, picture in sounds]
        self._crosshair.setText(_unbroken("   ".join([*parts, *_lettered(values)])))

    def show_spans(self, selected: bool, spans: list[Span], offset: float = 0.0) -> None:
        """Say what was measured of a selection, or of what is visible."""
        self._titles[1].setText(self.tr("Selected") if selected else self.tr("Visible"))
        self._span.setText(_unbroken("\n".join(_lettered(self._lines(spans, offset)))))
        self.spectrum.set_spans(spans[::-1])
        self._compares = len(spans) == 2
        self._size()
        room = self.width() / self.fontMetrics().averageCharWidth()
        self.spectrum.setVisible(room > _CHARACTERS[len(spans) == 2])  # figures come first

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _lines(self, spans: list[Span], offset: float) -> list[str]:
        """Return a line a span; where it lies is said once."""
        where = self.tr("{start:.3f}–{stop:.3f} s   {length:.3f} s   ")
        levels = self.tr("peak {peak:.1f} dBFS   RMS {rms:.1f} dBFS")
        lines, said = [], None
        for span in spans:
            place = fill(
                where, start=offset + span.start, stop=offset + span.stop, length=span.seconds
            )
            level = fill(levels, peak=span.peak_dbfs, rms=span.rms_dbfs)
            lines.append(level if place == said else place + level)
            said = place
        return lines

    def _value(self, picture: Picture, seconds: float, hertz: float) -> str:
        row = round(float(picture.row_of(hertz)))
        value = picture.value_at(seconds, row)
        if picture.scale == "mel":
            place = self.tr("Mel {0}").format(row)
        else:
            place = self.tr("bin {0}").format(row + picture.first_bin)
        unit = self.tr("dB")
        if picture.config.normalisation == "z-score":
            unit = self.tr("deviations")
        return f"{place}   {_UNKNOWN if value is None else fill('{0:.1f} {1}', value, unit)}"

    def _amplitude(self, clip: AudioClip, seconds: float) -> str:
        sample = int(seconds * clip.sample_rate)
        if sample >= clip.samples.size:
            return _UNKNOWN
        return fill(self.tr("amplitude {0:+.4f}"), float(clip.samples[sample]))

    def _size(self) -> None:
        metrics = self.fontMetrics()
        lines = _LINES[self._compares and self.width() < metrics.averageCharWidth() * _ROOMY]
        self.setFixedHeight(int(metrics.height() * lines))
        width = max(metrics.horizontalAdvance(title.text()) for title in self._titles)
        for title in self._titles:
            title.setMinimumWidth(max(width, metrics.horizontalAdvance(self.tr("Crosshair"))))
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


def _unbroken(text: str) -> str:
    """Let lines break between figures only, which three spaces part."""
    return "   ".join(part.replace(" ", _NO_BREAK) for part in text.split("   "))


def _lettered(texts: list[str]) -> list[str]:
    """Name texts by the letters of their panes when there are two."""
    if len(texts) < 2:
        return texts
    return [f"{letter}: {text}" for letter, text in zip("AB", texts, strict=True)]
