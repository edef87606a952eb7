"""Where one looks: the one time axis of everything that is shown."""

from __future__ import annotations

from math import inf

from PySide6.QtCore import QObject, Signal

SHORTEST_SECONDS = 0.01
_ZOOM = 1.5
_PAN = 0.1
_NEAR_SECONDS = 12.0
_CLOSE = 1e-6
_LEAST_PLAYED = 0.1  # seconds, from a position that is out of sight


class Navigation(QObject):
    """The one time axis of everything that is shown; every second lies within the sound.

    Signals
    -------
    range_changed(float, float)
        The first and the last visible second.
    crosshair_changed()
    span_changed()
        Another stretch is selected, or another band of frequencies.
    clicked(float)
        The person has clicked at a second.
    frequencies_wanted(float, float)
        The person wants to see what lies between two frequencies in Hz.
    """

    range_changed = Signal(float, float)
    crosshair_changed = Signal()
    span_changed = Signal()
    clicked = Signal(float)
    frequencies_wanted = Signal(float, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.first, self.length = 0.0, 1.0
        self.offset = 0.0
        """Where the sound begins in its file, in seconds."""
        self.start, self.stop = 0.0, 1.0
        self.seconds: float | None = None
        """Where the crosshair is."""
        self.hertz: float | None = None
        self.frequencies = (0.0, inf)
        """What is visible of them, in Hz; whoever draws tells it."""
        self.span: tuple[float, float] | None = None
        self.band: tuple[float, float] | None = None
        """What is selected of the frequencies of the span, in Hz; None for all."""
        self.position: float | None = None
        """From where on it is played when nothing is selected."""

    @property
    def follows(self) -> bool:
        """Whether one looks at the end."""
        return self.stop >= self.length - _CLOSE

    @property
    def visible(self) -> float:
        """How many seconds are visible."""
        return self.stop - self.start

    @property
    def played(self) -> tuple[float, float]:
        """What is to be played: the selection, or what is visible from the position on."""
        if self.span is not None:
            return self.span
        if self.position is None:
            return self.start, self.stop
        return self.position, max(self.stop, self.position + _LEAST_PLAYED)

    def set_length(self, seconds: float) -> None:
        """Take notice of how long the sound is; another length shows all of it."""
        if seconds != self.length:
            self.begin(seconds)

    def begin(self, seconds: float) -> None:
        """Show all of another sound."""
        self.first, self.length = 0.0, seconds
        self.clear_span()
        self.place(None)
        self.fit()

    # --- a stream ---------------------------------------------------------------------

    def begin_stream(self, visible: float) -> None:
        """Look at the end of a stream that begins now, so many seconds of it."""
        self.first, self.length = -visible, 0.0
        self.clear_span()
        self.place(None)
        self.fit()

    def grow(self, first: float, length: float) -> None:
        """Take notice of what is kept of a stream; who looks at its end follows it."""
        follows, width = self.follows, self.visible
        self.first, self.length = first, length
        start = length - width if follows else max(self.start, first)
        if start != self.start:
            self.start, self.stop = start, start + width
            self.range_changed.emit(self.start, self.stop)

    def go_to_end(self) -> None:
        """Look at the end, and follow it."""
        self.show_range(self.length - self.visible, self.length)

    # --- the visible range ------------------------------------------------------------

    def fit(self) -> None:
        """Show everything."""
        self.show_range(self.first, self.length)

    def show_everything(self) -> None:
        """Leave out no second and no frequency."""
        self.fit()
        self.frequencies_wanted.emit(0.0, inf)

    def show_range(self, start: float, stop: float) -> None:
        """Show a stretch; it is moved into the sound, and is never too short to see."""
        width = min(max(stop - start, SHORTEST_SECONDS), self.length - self.first)
        start = min(max((start + stop - width) / 2, self.first), self.length - width)
        if (start, start + width) != (self.start, self.stop):
            self.start, self.stop = start, start + width
            self.range_changed.emit(self.start, self.stop)

    def zoom(self, factor: float = _ZOOM, about: float | None = None) -> None:
        """Look closer, or from further away, about a second that stays in its place."""
        if about is None:
            inside = self.seconds is not None and self.start <= self.seconds <= self.stop
            about = self.seconds if inside else (self.start + self.stop) / 2
        assert about is not None
        factor = min(factor, self.visible / SHORTEST_SECONDS)
        start = about - (about - self.start) / factor
        self.show_range(start, start + self.visible / factor)

    def zoom_out(self) -> None:
        """Look from further away."""
        self.zoom(1 / _ZOOM)

    def zoom_frequencies(self, factor: float, about: float) -> None:
        """Look closer at a frequency in Hz, which keeps its place."""
        low, high = self.frequencies
        low, high = about - (about - low) / factor, about + (high - about) / factor
        self.frequencies_wanted.emit(low, high)

    def zoom_to_span(self) -> None:
        """Show what is selected and nothing else."""
        if self.span is not None:
            self.show_range(*self.span)
        if self.band is not None:
            self.frequencies_wanted.emit(*self.band)

    def look_at(self, start: float, stop: float) -> None:
        """Select a word, and bring it into sight where it is not, or too small to be seen."""
        near = self.visible <= _NEAR_SECONDS
        if not near or start < self.start or stop > self.stop:
            width = self.visible if near else _NEAR_SECONDS / 2
            middle = (start + stop) / 2
            self.show_range(middle - width / 2, middle + width / 2)
        self.select(start, stop)

    def pan(self, seconds: float) -> None:
        """Move through the sound."""
        seconds = min(max(seconds, self.first - self.start), self.length - self.stop)
        self.show_range(self.start + seconds, self.stop + seconds)

    def pan_by_share(self, direction: int) -> None:
        """Move by a tenth of what is visible."""
        self.pan(direction * _PAN * self.visible)

    # --- the crosshair ----------------------------------------------------------------

    def point(self, seconds: float | None, hertz: float | None) -> None:
        """Put the crosshair somewhere, or nowhere."""
        if seconds is not None:
            seconds = min(max(seconds, self.first), self.length)
        if (seconds, hertz) != (self.seconds, self.hertz):
            self.seconds, self.hertz = seconds, hertz
            self.crosshair_changed.emit()

    def step(self, seconds: float, hertz: float | None, select: bool = False) -> None:
        """Move the crosshair in time, to a frequency; select what it passes over, if wanted."""
        before, height = self.seconds, self.hertz
        if before is None or not self.start <= before <= self.stop:
            before = (self.start + self.stop) / 2
            seconds = 0.0 if not select else seconds
        after = min(max(before + seconds, self.first), self.length)
        self.point(after, hertz)
        if not self.start <= after <= self.stop:
            self.pan(after - (self.start if after < self.start else self.stop))
        if select:
            span, band = self.span, self.band
            if after != before:
                span = _stretched(span, before, after)
            if height is not None and hertz is not None and hertz != height:
                span, band = span or (self.start, self.stop), _stretched(band, height, hertz)
            if span is not None:
                self.select(*span, band)

    def place(self, seconds: float | None) -> None:
        """Play from a second on; None for from where one looks."""
        if seconds is not None:
            seconds = min(max(seconds, self.first), self.length)
        if seconds != self.position:
            self.position = seconds
            self.crosshair_changed.emit()

    def click(self, seconds: float) -> None:
        """Select nothing, and play from a second on, unless somebody knows what is there."""
        self.clear_span()
        self.place(seconds)
        self.clicked.emit(seconds)

    # --- what is selected ---------------------------------------------------------------

    def select(self, start: float, stop: float, band: tuple[float, float] | None = None) -> None:
        """Select what lies between two seconds, and perhaps between two frequencies in Hz."""
        span = (max(self.first, start), min(stop, self.length))
        if span[0] >= span[1]:
            self.clear_span()
        elif (span, band) != (self.span, self.band):
            self.span, self.band = span, band
            self.span_changed.emit()

    def clear_span(self) -> None:
        """Select nothing."""
        if self.span is not None:
            self.span = self.band = None
            self.span_changed.emit()


def _stretched(
    chosen: tuple[float, float] | None, before: float, after: float
) -> tuple[float, float]:
    """Return what is chosen when one of its ends, or the beginning of it, is moved."""
    anchor = before
    if chosen is not None and before in chosen:
        anchor = chosen[0] if before == chosen[1] else chosen[1]
    return min(anchor, after), max(anchor, after)
