"""What is read off: the crosshair, the figures of the span, and its mean spectrum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.widgets.mean_spectrum import MeanSpectrum

if TYPE_CHECKING:
    from app.inspect.navigation import Navigation
    from core.sound.clip import AudioClip
    from core.sound.levels import Span
    from core.sound.picture import Picture

_CHARACTERS = (45, 55)  # in a line: what figures of one clip, or of two, need beside a spectrum
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
        for row, (title, label) in enumerate(
            zip(titles, (self._crosshair, self._span), strict=True)
        ):
            title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, 1)
        grid.setRowStretch(1, 1)
        self._crosshair.setAccessibleName(self.tr("Crosshair"))
        self._span.setAccessibleName(self.tr("Span"))
        self.spectrum = MeanSpectrum()
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(grid, 3)
        box.addWidget(self.spectrum, 2)
        self._size()

    @property
    def crosshair_text(self) -> str:
        """What is said of the crosshair."""
        return self._crosshair.text()

    @property
    def span_text(self) -> str:
        """What is said of the span."""
        return self._span.text()

    def show_crosshair(self, look: Navigation, sounds: list[tuple[AudioClip, Picture]]) -> None:
        """Say what is at the crosshair."""
        if look.seconds is None or not sounds:
            self._crosshair.setText(self.tr("Point at the picture, or press Ctrl+arrow"))
            return
        parts = [f"{look.seconds:.3f} s"]
        if look.hertz is None:
            values = [self._amplitude(clip, look.seconds) for clip, _ in sounds]
        else:
            parts.append(f"{look.hertz:.0f} Hz")
            values = [self._value(picture, look.seconds, look.hertz) for _, picture in sounds]
        self._crosshair.setText("   ".join([*parts, *_lettered(values)]))

    def show_spans(self, selected: bool, spans: list[Span]) -> None:
        """Say what was measured of a selection, or of what is visible."""
        self._titles[1].setText(self.tr("Selected") if selected else self.tr("Visible"))
        self._span.setText("\n".join(_lettered(self._lines(spans))))
        self.spectrum.set_spans(spans[::-1])
        room = self.width() / self.fontMetrics().averageCharWidth()
        self.spectrum.setVisible(room > _CHARACTERS[len(spans) == 2])  # figures come first

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _lines(self, spans: list[Span]) -> list[str]:
        """Return a line a span; where it lies is said once."""
        where = self.tr("{start:.3f}–{stop:.3f} s   {length:.3f} s   ")
        levels = self.tr("peak {peak:.1f}   RMS {rms:.1f} dBFS")
        lines, said = [], None
        for span in spans:
            place = where.format(start=span.start, stop=span.stop, length=span.seconds)
            level = levels.format(peak=span.peak_dbfs, rms=span.rms_dbfs)
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
        return f"{place}   {_UNKNOWN if value is None else f'{value:.1f} {unit}'}"

    def _amplitude(self, clip: AudioClip, seconds: float) -> str:
        sample = int(seconds * clip.sample_rate)
        if sample >= clip.samples.size:
            return _UNKNOWN
        return self.tr("amplitude {0:+.4f}").format(float(clip.samples[sample]))

    def _size(self) -> None:
        metrics = self.fontMetrics()
        self.setFixedHeight(int(metrics.height() * 5.5))
        width = max(metrics.horizontalAdvance(title.text()) for title in self._titles)
        for title in self._titles:
            title.setMinimumWidth(max(width, metrics.horizontalAdvance(self.tr("Crosshair"))))
        self.spectrum.setMaximumWidth(metrics.horizontalAdvance("0") * 28)


def _lettered(texts: list[str]) -> list[str]:
    """Name texts by the letters of their panes when there are two."""
    if len(texts) < 2:
        return texts
    return [f"{letter}: {text}" for letter, text in zip("AB", texts, strict=True)]
