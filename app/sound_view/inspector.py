"""The plots of a sound that can be pointed at, zoomed, selected from, and marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

from app.shell.translation import fill
from app.sound_view.marks_item import MarksItem
from app.sound_view.plots import SoundPlots

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from app.sound_view.marks import Marks
    from app.sound_view.navigation import Navigation
    from core.sound.clip import AudioClip
    from core.sound.picture import Picture

_ZOOM_A_NOTCH = 1.25
_NOTCH = 120  # what Qt calls one step of a wheel
_PAN_A_NOTCH = 0.1  # of what is visible
_CLICK_PIXELS = 3
_BAND_PIXELS = 12  # less up or down is how a hand moves that selects time
_STEPS_VISIBLE = 200  # steps of the crosshair across what is visible
UNKNOWN = "\N{EN DASH}"


class SoundInspector(SoundPlots):
    """Waveform above spectrogram; looks where a navigation says, and tells it what mouse wants.

    Parameters
    ----------
    look : Navigation
    """

    def __init__(self, look: Navigation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pressed: QPointF | None = None
        self._selecting = self._dragged = False
        self._marks_items = tuple(MarksItem(plot) for plot in (self.waveform, self.spectrogram))
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        look.range_changed.connect(self.set_range)
        self.set_range(look.start, look.stop)

    def set_sound(self, clip: AudioClip, picture: Picture, offset: float = 0.0) -> None:
        """Show a sound, or a part of one from a second on."""
        self.set_time_axis(((0.0, offset),) if offset else ())
        self.waveform.set_samples(clip.samples, clip.sample_rate)
        self.spectrogram.set_picture(picture)

    def set_range(self, start: float, stop: float) -> None:
        """Show what lies between two seconds."""
        self.waveform.setXRange(start, stop, padding=0)
        self.scene().prepareForPaint()  # what this moves while it paints, it would paint twice

    def set_marks(self, marks: Marks) -> None:
        """Mark times, and what the navigation has marked: crosshair, span and band."""
        look, picture = self._look, self.spectrogram.picture
        cursor = look.position if marks.cursor is None else marks.cursor
        marks = replace(marks, crosshair=look.seconds, cursor=cursor, span=look.span)
        over_waveform, over_picture = self._marks_items
        over_waveform.set_marks(marks)
        if picture is not None and look.hertz is not None:
            marks = replace(marks, row=float(picture.row_of(look.hertz)))
        if picture is not None and look.band is not None:
            low, high = (float(picture.row_of(hertz)) for hertz in look.band)
            marks = replace(marks, rows=(low, high))
        over_picture.set_marks(marks)

    def said_at(self, seconds: float, hertz: float | None) -> str:
        """Return what is there, in words: a value of the picture, or the amplitude."""
        picture = self.spectrogram.picture
        if hertz is None or picture is None:
            amplitude = self.waveform.amplitude_at(seconds)
            return UNKNOWN if amplitude is None else fill(self.tr("amplitude {0:+.4f}"), amplitude)
        row = round(float(picture.row_of(hertz)))
        value = picture.value_at(seconds, row)
        if picture.scale == "mel":
            place = self.tr("Mel {0}").format(row)
        else:
            place = self.tr("bin {0}").format(row + picture.first_bin)
        unit = self.tr("dB")
        if picture.config.normalisation == "z-score":
            unit = self.tr("deviations")
        return f"{place}   {UNKNOWN if value is None else fill('{0:.1f} {1}', value, unit)}"

    def step(self, right: int, up: int, select: bool) -> None:
        """Move the crosshair by steps that can be seen; select what it passes over, if wanted."""
        picture, look = self.spectrogram.picture, self._look
        if picture is None:
            return
        hertz, rows = look.hertz, picture.values.shape[0]
        if up:
            row = rows / 2 if hertz is None else float(picture.row_of(hertz))
            if hertz is None and select:
                look.point(look.seconds, float(picture.frequency_of(row)))
            row += up * max(1, rows // 100) if hertz is not None or select else 0
            hertz = float(picture.frequency_of(min(max(round(row), 0), rows - 1)))
        seconds = max(picture.seconds_per_column, look.visible / _STEPS_VISIBLE)
        look.step(right * seconds, hertz, select)

    def set_look(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of a theme and the size of a font."""
        super().set_look(palette, font)
        for over_picture, item in enumerate(self._marks_items):
            item.set_palette(palette, bool(over_picture))

    # --- the mouse --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select or, with Shift, to move."""
        if self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._selecting, self._dragged = not _has_shift(event), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at, move, or select."""
        here, look = event.position(), self._look
        if self._pressed is not None and not self._dragged:
            self._dragged = (here - self._pressed).manhattanLength() > _CLICK_PIXELS
        if self._pressed is None:
            look.point(*self._place(here))
        elif self._dragged and self._selecting:
            first, second = self._seconds(self._pressed), self._seconds(here)
            look.select(min(first, second), max(first, second), self._band(self._pressed, here))
            look.point(*self._place(here))
        elif self._dragged:
            look.pan(self._seconds(self._pressed) - self._seconds(here))
            self._pressed = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a move or a selection; a click without a move takes the selection away."""
        if event.button() == Qt.MouseButton.LeftButton:
            if self._pressed is not None and not self._dragged:
                self._look.click(self._seconds(self._pressed))
            self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._look.show_everything()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse; with Shift, or sideways, move; with Ctrl, zoom the frequencies."""
        turn, look = event.angleDelta(), self._look
        factor = _ZOOM_A_NOTCH ** (turn.y() / _NOTCH)
        sideways = turn.x() or (turn.y() if _has_shift(event) else 0)
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            _, hertz = self._place(event.position())
            if hertz is not None and turn.y():
                look.zoom_frequencies(factor, hertz)
        elif sideways:
            look.pan(-sideways / _NOTCH * _PAN_A_NOTCH * look.visible)
        elif turn.y():
            look.zoom(factor, self._seconds(event.position()))

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Frame the plots that the keys are for."""
        super().drawForeground(painter, rect)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys come here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._look.point(None, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to whoever holds these plots."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave every key to whoever holds these plots."""
        event.ignore()

    def _seconds(self, position: QPointF) -> float:
        place = self.waveform.vb.mapSceneToView(self.mapToScene(position.toPoint()))
        return float(place.x())

    def _band(self, first: QPointF, second: QPointF) -> tuple[float, float] | None:
        """Return the frequencies between two places; None where only time is meant."""
        box = self.spectrogram.vb.sceneBoundingRect()
        if abs(first.y() - second.y()) < _BAND_PIXELS or not self._is_in_picture(first):
            return None
        lowest = min(max(second.y(), box.top()), box.bottom() - 1)
        ends = [self._hertz(y) for y in (first.y(), lowest)]
        return min(ends), max(ends)

    def _is_in_picture(self, position: QPointF) -> bool:
        scene = self.mapToScene(position.toPoint())
        return bool(self.spectrogram.vb.sceneBoundingRect().contains(scene))

    def _hertz(self, y: float) -> float:
        """Return the frequency at a height in the widget."""
        picture = self.spectrogram.picture
        assert picture is not None
        row = self.spectrogram.vb.mapSceneToView(self.mapToScene(0, round(y))).y()
        return float(picture.frequency_of(min(max(row, 0.0), picture.values.shape[0] - 1.0)))

    def _place(self, position: QPointF) -> tuple[float | None, float | None]:
        """Return second and Hz of a position in the widget."""
        if self.spectrogram.picture is not None and self._is_in_picture(position):
            return self._seconds(position), self._hertz(position.y())
        if self.waveform.vb.sceneBoundingRect().contains(self.mapToScene(position.toPoint())):
            return self._seconds(position), None
        return None, None


def _has_shift(event: QMouseEvent | QWheelEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
