"""The plots of a sound that can be pointed at, zoomed, selected from, and marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from app.widgets.sound_plots import SoundPlots

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from core.sound.clip import AudioClip
    from core.sound.picture import Picture

_ZOOM_A_NOTCH = 1.25
_NOTCH = 120  # what Qt calls one step of a wheel
_PAN_A_NOTCH = 0.1  # of what is visible
_CLICK_PIXELS = 3
_SHADE = QColor(0, 0, 0, 150)
_MOST_WORDS = 2000  # that are drawn; more in one picture tell nobody anything
_LARGE = 1e9
_LEAST_FRAMED = 6.0  # pixels
_BAND = 6.0  # pixels: what marks a span above a picture


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
        self._selects = False
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
        axis = self.spectrogram.getAxis("bottom")
        if axis.offset != offset:
            axis.offset = offset
            axis.picture = None  # what it has painted
        self.waveform.set_samples(clip.samples, clip.sample_rate)
        self.spectrogram.set_picture(picture)

    def set_selects(self, selects: bool) -> None:
        """Let dragging select, and Shift move; otherwise it is the other way round."""
        self._selects = selects

    def set_range(self, start: float, stop: float) -> None:
        """Show what lies between two seconds."""
        self.waveform.setXRange(start, stop, padding=0)

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


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked on a time axis in seconds; None is not drawn.

    Parameters
    ----------
    crosshair : float or None
    row : float or None
        The row of the spectrogram that the crosshair is at.
    cursor : float or None
        What is playing.
    span : (float, float) or None
        The selection.
    second : (float, float) or None
        What the model is given, of a longer sound.
    words : tuple of WordMark
        In the order of time.
    """

    crosshair: float | None = None
    row: float | None = None
    cursor: float | None = None
    span: tuple[float, float] | None = None
    second: tuple[float, float] | None = None
    words: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class WordMark:
    """A word between two seconds, and what is written beside it."""

    start: float
    end: float
    text: str


class MarksItem(pg.GraphicsObject):
    """Draws the marks over one plot, light on a dark edge, so that they show on any colour."""

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__()
        self._box = plot.vb
        self._marks = Marks()
        self._line, self._fill = QColor("white"), QColor(128, 128, 128, 60)
        self._edge: QColor | None = _SHADE
        self.setParentItem(self._box)
        self.setZValue(1000)
        self._box.sigRangeChanged.connect(lambda *_: self.update())
        self._box.sigResized.connect(self._on_resized)

    def set_marks(self, marks: Marks) -> None:
        """Draw other marks."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def set_palette(self, palette: QPalette, over_picture: bool) -> None:
        """Take the colours of a theme; over a picture, lines are white with a dark edge."""
        fill = palette.color(QPalette.ColorRole.Highlight)
        fill.setAlpha(255 if over_picture else 60)
        self._fill = fill
        text = palette.color(QPalette.ColorRole.Text)
        self._line = QColor("white") if over_picture else text
        self._edge = _SHADE if over_picture else None
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all of the plot."""
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw what is inside of the visible range."""
        marks, rect = self._marks, self.boundingRect()
        painter.setClipRect(rect)
        self._paint_words(painter, rect)
        if marks.second is not None:
            for x in map(self._x, marks.second):
                self._draw(painter, QLineF(x, 0, x, rect.bottom()), Qt.PenStyle.DotLine)
        if marks.span is not None:
            left, right = map(self._x, marks.span)
            high = _BAND if self._edge is not None else rect.height()  # no colour may change
            painter.fillRect(QRectF(left, 0, max(1.0, right - left), high), self._fill)
            for x in (left, right):
                self._draw(painter, QLineF(x, 0, x, rect.bottom()))
        if marks.crosshair is not None:
            x = self._x(marks.crosshair)
            self._draw(painter, QLineF(x, 0, x, rect.bottom()), Qt.PenStyle.DashLine)
        if marks.row is not None:
            y = self._box.mapFromView(QPointF(0, marks.row)).y()
            self._draw(painter, QLineF(0, y, rect.right(), y), Qt.PenStyle.DashLine)
        if marks.cursor is not None:
            x = self._x(marks.cursor)
            self._draw(painter, QLineF(x, 0, x, rect.bottom()), width=2)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        """Frame the words, and write what they are where there is room for it."""
        words = self._marks.words
        start, stop = self._box.viewRange()[0]
        first = bisect_left(words, start, key=lambda word: word.end)
        last = bisect_right(words, stop, key=lambda word: word.start)
        over_picture = self._edge is not None
        free = -_LARGE
        for word in words[first : min(last, first + _MOST_WORDS)]:
            left, right = self._x(word.start), self._x(word.end)
            shape = QRectF(left, 0, max(2.0, right - left), rect.height())
            if over_picture:  # no colour may change
                if right - left > _LEAST_FRAMED:
                    painter.setPen(QPen(self._line, 1))
                    painter.drawRect(shape.adjusted(0, -1, 0, 1))
                continue
            painter.fillRect(shape, self._fill)
            painter.setPen(self._line)
            width = painter.fontMetrics().horizontalAdvance(word.text) + 6
            at = (left + right - width) / 2
            if at > free:
                painter.drawText(QPointF(at + 3, painter.fontMetrics().ascent() + 1), word.text)
                free = at + width

    def _x(self, seconds: float) -> float:
        return float(self._box.mapFromView(QPointF(seconds, 0)).x())

    def _draw(
        self,
        painter: QPainter,
        line: QLineF,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        width: int = 1,
    ) -> None:
        if self._edge is not None:
            painter.setPen(QPen(self._edge, width + 2))
            painter.drawLine(line)
        painter.setPen(QPen(self._line, width, style))
        painter.drawLine(line)

    def _on_resized(self) -> None:
        self.prepareGeometryChange()
        self.update()
