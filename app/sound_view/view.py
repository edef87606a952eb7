"""Sound, seen: a take, one under way, or the last ten minutes of a stream; or a hint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QToolButton, QWidget

from app.shell.translation import fill
from app.sound_view.navigation import Navigation
from app.sound_view.picture import ViewSettings, draw
from app.sound_view.stream import StreamedSound
from app.widgets.layout import in_column, in_row
from core.sound.clip import SAMPLE_RATE, AudioClip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent

    from app.sound_view.inspector import SoundInspector
    from app.sound_view.marks import WordMark
    from core.sound.clip import FloatArray
    from core.sound.picture import Picture

_VOICE = 0.02  # the amplitude that a voice reaches
STREAM_SECONDS = 8.0
"""How much of a stream is seen at first."""


class SoundView(QWidget):
    """Waveform and spectrogram, and below them what is done with them.

    The plots are made when they are needed, because loading pyqtgraph takes as long as
    everything else that stands between a person and the window.

    Parameters
    ----------
    hint : str
    plays : bool
        Whether it can be played from here.

    Signals: ``play_wanted()``; ``word_clicked(WordMark)``.
    """

    play_wanted = Signal()
    word_clicked = Signal(object)

    def __init__(self, hint: str, parent: QWidget | None = None, plays: bool = False) -> None:
        super().__init__(parent)
        self.look = Navigation(self)
        self._settings = ViewSettings()
        self._clip: AudioClip | None = None
        self._stream: StreamedSound | None = None
        self._words: list[WordMark] = []
        self._grown = 0  # samples of a take under way, when it was drawn last
        self._picture_next = False
        self._playing: float | None = None
        self._plots: SoundInspector | None = None
        self._hint = QLabel(hint)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setAutoFillBackground(True)
        self._hint.setBackgroundRole(QPalette.ColorRole.Base)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)

        self.play = _button(self.tr("Play (P)"), self.tr("Play the selection, or what follows"))
        if not plays:
            self.play.hide()
        self._values = QLabel()
        self._values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._values.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._values.setAccessibleName(self.tr("Crosshair"))
        self.zoom_out = _button("\N{MINUS SIGN}", self.tr("Zoom out (-)"))
        self.zoom_in = _button("+", self.tr("Zoom in (+)"))
        self.everything = _button(self.tr("Everything"), self.tr("Show everything (Home)"))
        self.now = _button(self.tr("Now"), self.tr("Follow what is heard now (End)"))
        self.now.hide()
        self.zoom_out.setAccessibleName(self.tr("Zoom out"))
        self.zoom_in.setAccessibleName(self.tr("Zoom in"))
        self._buttons = (self.play, self.zoom_out, self.zoom_in, self.everything)
        self._tools = in_row(
            *(self.play, (self._values, 1), self.now),
            *(self.zoom_out, self.zoom_in, self.everything),
            margins=(0, 0, 8, 0),
        )
        self.setLayout(in_column((self._pages, 1), self._tools, spacing=4))
        self.setAccessibleName(self.tr("Waveform and Mel spectrogram"))
        self._enable(False)

        look = self.look
        look.range_changed.connect(self._on_range_changed)
        look.crosshair_changed.connect(self._mark)
        look.span_changed.connect(self._mark)
        self.play.clicked.connect(self.play_wanted)
        self.zoom_in.clicked.connect(lambda: look.zoom())
        self.zoom_out.clicked.connect(look.zoom_out)
        self.everything.clicked.connect(look.fit)
        self.now.clicked.connect(look.go_to_end)

    @property
    def plots(self) -> SoundInspector:
        """The plots; the first time, they are made."""
        if self._plots is None:
            from app.sound_view.inspector import SoundInspector

            plots = self._plots = SoundInspector()
            plots.follow(self.look)
            plots.fit_wanted.connect(self.look.fit)
            plots.clicked.connect(self._on_clicked)
            plots.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space records wherever the focus is
            plots.setAccessibleName(self.accessibleName())
            self._pages.addWidget(plots)
            self._colour()
        return self._plots

    @property
    def values_text(self) -> str:
        """What is under the crosshair."""
        return self._values.text()

    @property
    def words(self) -> list[str]:
        """What is written beside the words that are marked."""
        return [word.text for word in self._words]

    def set_settings(self, settings: ViewSettings) -> None:
        """Look at everything in another way."""
        self._settings = settings
        if self._plots is not None:
            self._colour()
        if self._clip is not None:
            self._draw_clip(running=False)

    # --- a take -------------------------------------------------------------------------

    def set_running(self, samples: FloatArray) -> None:
        """Show a take that is under way: what there is of it, on the axes of the whole.

        Waveform and spectrogram grow in turn, so that no tick of the timer takes long.
        """
        if samples.size:
            self._show_clip(AudioClip(samples), running=True)

    def set_take(self, clip: AudioClip) -> None:
        """Show a whole take."""
        self._show_clip(clip, running=False)

    def _show_clip(self, clip: AudioClip, running: bool) -> None:
        look = self.look
        if self._stream is not None or self._clip is None or clip.samples.size < SAMPLE_RATE:
            self._stream = None
            look.begin(max(1.0, clip.seconds))
        if not running and (self._clip is None or self._clip.seconds <= clip.seconds):
            look.clear_span()
        self._clip, self._words = clip, []
        self._draw_clip(running)
        self._show_plots()

    def _draw_clip(self, running: bool) -> None:
        assert self._clip is not None
        goes_on = running and 0 < self._grown < self._clip.samples.size
        self._grown = self._clip.samples.size if running else 0
        self._picture_next = goes_on and not self._picture_next
        if not goes_on:
            self.plots.set_time_axis(0.0)
        if not self._picture_next:
            self.plots.waveform.set_samples(self._clip.samples, running=running)
        if self._picture_next or not goes_on:
            picture = draw(self._clip, self._settings.picture)
            if running and not self._settings.is_z_score:
                picture = _dimmed(picture, float(np.abs(self._clip.samples).max()))
            self.plots.spectrogram.set_picture(picture)
        self._mark()

    # --- a stream -----------------------------------------------------------------------

    def begin_stream(self, begun: datetime) -> None:
        """Show a stream from its beginning on, with the time of the day."""
        self._stream, self._clip, self._words = StreamedSound(), None, []
        self.look.begin_stream(STREAM_SECONDS)
        of_day = begun.hour * 3600 + begun.minute * 60 + begun.second + begun.microsecond / 1e6
        self.plots.set_time_axis(of_day, clock=True)
        self._draw_stream()
        self._show_plots()

    def add_sound(self, samples: FloatArray, columns: FloatArray) -> None:
        """Take in what came of a stream; who looks at its end follows it."""
        stream = self._stream
        if stream is not None:
            stream.add(samples, columns)
            self.look.grow(min(stream.first, stream.seconds - STREAM_SECONDS), stream.seconds)
            if self.now.isHidden() == (not self.look.follows):
                self.now.setVisible(not self.look.follows)

    def add_word(self, word: WordMark) -> None:
        """Mark a word of the stream."""
        self._words.append(word)
        self._mark()

    def _draw_stream(self) -> None:
        if self._stream is not None:
            look = self.look
            samples, start = self._stream.samples(look.start, look.stop)
            self.plots.waveform.set_samples(samples, start=start)
            self.plots.spectrogram.set_picture(self._stream.picture(look.start, look.stop))

    # --- what is played -----------------------------------------------------------------

    def chosen(self) -> tuple[AudioClip, float] | None:
        """Return what is to be played, and where it begins: the selection, or what follows."""
        look = self.look
        start, stop = look.span or (look.start if look.position is None else look.position, -1.0)
        if self._stream is not None:
            samples, start = self._stream.samples(start, stop if look.span else look.stop)
            return (AudioClip(samples), start) if samples.size else None
        if self._clip is None:
            return None
        if not look.span:
            stop = self._clip.seconds
        whole = start <= 0 and stop >= self._clip.seconds
        return (self._clip if whole else self._clip.part(start, stop)), start

    def set_cursor(self, seconds: float | None) -> None:
        """Mark what is playing."""
        self._playing = seconds
        self.play.setText(self.tr("Play (P)") if seconds is None else self.tr("Stop (P)"))
        self._mark()

    def clear(self) -> None:
        """Show the hint."""
        self._clip = self._stream = None
        self._pages.setCurrentWidget(self._hint)
        self._enable(False)

    def act_on(self, event: QKeyEvent) -> bool:
        """Do what a key means, and tell whether it means anything."""
        look = self.look
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Plus: look.zoom,
            Qt.Key.Key_Equal: look.zoom,
            Qt.Key.Key_Minus: look.zoom_out,
            Qt.Key.Key_Home: look.fit,
            Qt.Key.Key_End: look.go_to_end,
            Qt.Key.Key_Left: lambda: look.pan_by_share(-1),
            Qt.Key.Key_Right: lambda: look.pan_by_share(1),
        }
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        act = acts.get(Qt.Key(event.key())) if not plain and self.zoom_in.isEnabled() else None
        if act is not None:
            act()
        return act is not None

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if changed and self._plots is not None:
            self._plots.set_look(self.palette(), self.font())

    def _colour(self) -> None:
        settings, plots = self._settings, self.plots
        unit = self.tr("dB below maximum")
        if settings.is_z_score:
            unit = self.tr("Standard deviations")
        plots.set_colours(settings.colour_map, settings.levels, unit)
        plots.set_look(self.palette(), self.font())

    def _show_plots(self) -> None:
        self._pages.setCurrentWidget(self.plots)
        self._enable(True)

    def _enable(self, enabled: bool) -> None:
        for button in self._buttons:
            button.setEnabled(enabled)
        if self._stream is None:
            self.now.hide()

    def _on_range_changed(self, _start: float, _stop: float) -> None:
        self._draw_stream()

    def _on_clicked(self, seconds: float) -> None:
        word = next((word for word in self._words if word.start <= seconds <= word.end), None)
        if word is not None:
            self.look.select(word.start, word.end)
            self.word_clicked.emit(word)

    def _mark(self) -> None:
        if self._plots is None:
            return
        from app.sound_view.marks import Marks

        look = self.look
        cursor = look.position if self._playing is None else self._playing
        marks = Marks(look.seconds, None, cursor, look.span, None, tuple(self._words))
        self._plots.set_marks(marks, look.hertz)
        self._values.setText(self._words_at(look.seconds, look.hertz))

    def _words_at(self, seconds: float | None, hertz: float | None) -> str:
        picture = self.plots.spectrogram.picture
        if seconds is None or picture is None:
            return ""
        if hertz is None:
            return fill("{0:.3f} s", seconds)
        value = picture.value_at(seconds, round(float(picture.row_of(hertz))))
        where = fill("{0:.3f} s   {1:.0f} Hz", seconds, hertz)
        unit = self.tr("deviations") if self._settings.is_z_score else self.tr("dB")
        return where if value is None else f"{where}   {fill('{0:.1f} {1}', value, unit)}"


def _dimmed(picture: Picture, peak: float) -> Picture:
    """Return a picture that is as dark as the sound is soft, where it holds no voice yet.

    Its decibels are below its own maximum, which would let the noise before a word shine.
    """
    softer = 20 * np.log10(max(peak, 1e-6) / _VOICE)
    if softer >= 0:
        return picture
    values = np.maximum(picture.values + np.float32(softer), -np.float32(picture.config.top_db))
    return replace(picture, values=values)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space records wherever the focus is
    return button
