"""A stream, seen: its last ten minutes as they go by, with the pauses between its parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.sound_view.marks import WordMark
from app.sound_view.stream import StreamedSound
from app.sound_view.view import SoundView
from core.sound.clip import AudioClip

if TYPE_CHECKING:
    from datetime import datetime

    from app.sound_view.axes import Parts
    from app.sound_view.picture import ViewSettings
    from core.sound.clip import FloatArray

STREAM_SECONDS = 8.0
"""How much of a stream is seen at first."""


class StreamView(SoundView):
    """Waveform and spectrogram of what is listened to; who looks at its end follows it."""

    def __init__(self, hint: str) -> None:
        self._stream = StreamedSound()
        self._parts: Parts = ()
        super().__init__(hint, plays=True)
        self.look.range_changed.connect(lambda *_: self._draw())

    def begin_stream(self, begun: datetime) -> float:
        """Go on with a new part, at a time of the day; return the second that it begins at."""
        stream, look = self._stream, self.look
        ended, start = stream.seconds, stream.begin()
        of_day = begun.hour * 3600 + begun.minute * 60 + begun.second + begun.microsecond / 1e6
        kept = tuple(part for part in self._parts if part[0] < start)
        self._parts = (*kept, (start, of_day - start))
        self.plots.set_time_axis(self._parts, clock=True)
        look.clear_span()
        look.place(None)
        if start:
            if ended < start:
                gap = WordMark(ended, start, f"{begun:%H:%M:%S}")
                self.pane.mark(gaps=(*self._kept(self.pane.marks.gaps), gap))
            self._grow()
            look.go_to_end()
        else:
            look.begin_stream(STREAM_SECONDS)
        self._draw()
        self.pane.show_plots()
        self.tools.set_enabled(True)
        return start

    def add_sound(self, samples: FloatArray, columns: FloatArray) -> None:
        """Take in what came; who looks at the end follows it."""
        self._stream.add(samples, columns)
        self._grow()
        if self.tools.now.isHidden() == (not self.look.follows):
            self.tools.now.setVisible(not self.look.follows)

    def add_word(self, word: WordMark) -> None:
        """Mark a word."""
        self.pane.mark(words=(*self._kept(self.pane.marks.words), word))

    def set_settings(self, settings: ViewSettings) -> None:
        """Look at it in another way; there is no mean of what has not come yet."""
        picture = replace(settings.picture, normalisation="none")
        super().set_settings(replace(settings, picture=picture))

    def _grow(self) -> None:
        seconds = self._stream.seconds
        self.look.grow(min(self._stream.first, seconds - STREAM_SECONDS), seconds)

    def _kept(self, marks: tuple[WordMark, ...]) -> tuple[WordMark, ...]:
        return tuple(mark for mark in marks if mark.end > self._stream.first)

    def _draw(self, running: bool = False) -> None:  # noqa: ARG002 - it always is
        if self._parts:
            look, plots = self.look, self.plots
            samples, start = self._stream.samples(look.start, look.stop)
            plots.waveform.set_samples(samples, start=start)
            plots.spectrogram.set_picture(self._stream.picture(look.start, look.stop))

    def _sound_between(self, start: float, stop: float) -> tuple[AudioClip, float] | None:
        samples, start = self._stream.samples(start, stop)
        return (AudioClip(samples), start) if samples.size else None
