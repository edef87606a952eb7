"""The plots of a sound that can be pointed at, zoomed, selected from, and marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen

from app.sound_view.marks import Marks, MarksItem
from app.sound_view.plots import SoundPlots

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from app.sound_view.navigation import Navigation
    from core.sound.clip import AudioClip
    from core.sound.picture import Picture

_ZOOM_A_NOTCH = 1.25
_NOTCH = 120  # what Qt calls one step of a wheel
_PAN_A_NOTCH = 0.1  # of what is visible
_CLICK_PIXELS = 3


class SoundInspector(SoundPlots):
    """Waveform above spectrogram; tells what the mouse wants and does nothing by itself.

    Signals
    -------
    zoom_wanted(float, float)
        How many times closer, and about which second.
    frequency_zoom_wanted(float, float)
        How many times closer, and about which frequency in Hz.
    pan_wanted(float)
        By how many seconds.
    pointed(object, object)
        Second and Hz under the mouse; Hz is None over the waveform, both where there is no plot.
    span_wanted(float, float)
        The person selects from here to there.
    span_cleared()
    fit_wanted()
    clicked(float)
        A second, without moving the mouse.
    """

    zoom_wanted = Signal(float, float)
    frequency_zoom_wanted = Signal(float, float)
    pan_wanted = Signal(float)
    pointed = Signal(object, object)
    span_wanted = Signal(float, float)
    span_cleared = Signal()
    fit_wanted = Signal()
    clicked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selects = True
        self._pressed: QPointF | None = None
        self._selecting = self._dragged = False
        self._marks = Marks()
        self._marks_items = tuple(MarksItem(plot) for plot in (self.waveform, self.spectrogram))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_sound(self, clip: AudioClip, picture: Picture, offset: float = 0.0) -> None:
        """Show a sound, or a part of one from a second on."""
        self.set_time_axis(offset)
        self.waveform.set_samples(clip.samples, clip.sample_rate)
        self.spectrogram.set_picture(picture)

    def follow(self, look: Navigation) -> None:
        """Look where a navigation says, and tell it what the mouse wants."""
        self.zoom_wanted.connect(look.zoom)
        self.pan_wanted.connect(look.pan)
        self.pointed.connect(look.point)
        self.span_wanted.connect(look.select)
        self.span_cleared.connect(look.clear_span)
        self.clicked.connect(look.place)
        look.range_changed.connect(self.set_range)
        self.set_range(look.start, look.stop)

    def set_selects(self, selects: bool) -> None:
        """Let dragging select, and Shift move; otherwise it is the other way round."""
        self._selects = selects

    def set_range(self, start: float, stop: float) -> None:
        """Show what lies between two seconds."""
        self.waveform.setXRange(start, stop, padding=0)
        self.scene().prepareForPaint()  # what this moves while it paints, it would paint twice

    def set_marks(self, marks: Marks, hertz: float | None = None) -> None:
        """Mark times, and the row of a frequency."""
        picture = self.spectrogram.picture
        row = float(picture.row_of(hertz)) if picture and hertz is not None else None
        over_waveform, over_picture = self._marks_items
        over_waveform.set_marks(replace(marks, row=None))
        over_picture.set_marks(replace(marks, row=row))

    def set_look(self, palette: QPalette, font: QFont) -> None:
        """Take the colours of a theme and the size of a font."""
        super().set_look(palette, font)
        for over_picture, item in enumerate(self._marks_items):
            item.set_palette(palette, bool(over_picture))

    # --- the mouse --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move or to select."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._selecting, self._dragged = shift != self._selects, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at, move, or select."""
        here = event.position()
        if self._pressed is None:
            self.pointed.emit(*self._place(here))
            return
        if not self._dragged:
            self._dragged = (here - self._pressed).manhattanLength() > _CLICK_PIXELS
        if not self._dragged:
            return
        if self._selecting:
            first, second = self._seconds(self._pressed), self._seconds(here)
            self.span_wanted.emit(min(first, second), max(first, second))
            self.pointed.emit(*self._place(here))
        else:
            self.pan_wanted.emit(self._seconds(self._pressed) - self._seconds(here))
            self._pressed = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a move or a selection; a click without a move takes the selection away."""
        if event.button() == Qt.MouseButton.LeftButton:
            if self._pressed is not None and not self._dragged:
                self.span_cleared.emit()
                self.clicked.emit(self._seconds(self._pressed))
            self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse; with Shift, or sideways, move; with Ctrl, zoom the frequencies."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            _, hertz = self._place(event.position())
            if hertz is not None and turn.y():
                factor = _ZOOM_A_NOTCH ** (turn.y() / _NOTCH)
                self.frequency_zoom_wanted.emit(factor, hertz)
            event.accept()
            return
        sideways = turn.x() or (turn.y() if self._has_shift(event) else 0)
        if sideways:
            start, stop = self.waveform.viewRange()[0]
            self.pan_wanted.emit(-sideways / _NOTCH * _PAN_A_NOTCH * (stop - start))
        elif turn.y():
            factor = _ZOOM_A_NOTCH ** (turn.y() / _NOTCH)
            self.zoom_wanted.emit(factor, self._seconds(event.position()))
        event.accept()

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
        self.pointed.emit(None, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to whoever holds these plots."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave every key to whoever holds these plots."""
        event.ignore()

    @staticmethod
    def _has_shift(event: QWheelEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _seconds(self, position: QPointF) -> float:
        place = self.waveform.vb.mapSceneToView(self.mapToScene(position.toPoint()))
        return float(place.x())

    def _place(self, position: QPointF) -> tuple[float | None, float | None]:
        """Return second and Hz of a position in the widget."""
        scene = self.mapToScene(position.toPoint())
        box = self.spectrogram.vb
        picture = self.spectrogram.picture
        if picture is not None and box.sceneBoundingRect().contains(scene):
            place = box.mapSceneToView(scene)
            row = min(max(place.y(), 0.0), picture.values.shape[0] - 1.0)
            return float(place.x()), float(picture.frequency_of(row))
        if self.waveform.vb.sceneBoundingRect().contains(scene):
            return self._seconds(position), None
        return None, None
