"""Sound, seen: a take, one under way, or a hint; below it what is done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.sound_view.keys import PictureKeys
from app.sound_view.navigation import Navigation
from app.sound_view.pane import SoundPane
from app.sound_view.picture import ViewSettings, draw
from app.sound_view.tools import SoundTools
from app.widgets.layout import in_column
from core.sound.clip import SAMPLE_RATE, AudioClip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.sound_view.inspector import SoundInspector
    from core.sound.clip import FloatArray
    from core.sound.picture import Picture

_VOICE = 0.02  # the amplitude that a voice reaches


class SoundView(QWidget):
    """Waveform and spectrogram of a take, and below them what is done with them.

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
        self.pane = SoundPane(self.look, hint)
        self.tools = SoundTools(self.look, [self.pane], plays)
        self._keys = PictureKeys(self.look, self.pane, self)
        self._settings = ViewSettings()
        self._clip: AudioClip | None = None
        self._grown = 0  # samples of a take under way, when it was drawn last
        self._picture_next = False
        self.setLayout(in_column((self.pane, 1), self.tools, spacing=4))
        self.tools.play_wanted.connect(self.play_wanted)
        self.look.frequencies_wanted.connect(self._on_frequencies_wanted)
        self.look.clicked.connect(self._on_clicked)
        self.set_settings(self._settings)

    @property
    def plots(self) -> SoundInspector:
        """The plots; the first time, they are made."""
        return self.pane.plots

    @property
    def words(self) -> list[str]:
        """What is written beside the words that are marked."""
        return [word.text for word in self.pane.marks.words]

    def setAccessibleName(self, name: str) -> None:
        """Name the picture."""
        super().setAccessibleName(name)
        self.pane.setAccessibleName(name)

    def set_settings(self, settings: ViewSettings) -> None:
        """Look at everything in another way."""
        self._settings = settings
        self.pane.set_settings(settings)
        self._draw(running=False)

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
        look, before = self.look, self._clip
        if before is None or clip.samples.size < SAMPLE_RATE:
            look.begin(max(1.0, clip.seconds))
        if not running and (before is None or before.seconds <= clip.seconds):
            look.clear_span()
        self._clip = clip
        self._draw(running)
        self.pane.show_plots()
        self.tools.set_enabled(True)

    def _draw(self, running: bool) -> None:
        clip, plots = self._clip, self.plots if self._clip is not None else None
        if clip is None or plots is None:
            return
        goes_on = running and 0 < self._grown < clip.samples.size
        self._grown = clip.samples.size if running else 0
        self._picture_next = goes_on and not self._picture_next
        if not self._picture_next:
            plots.waveform.set_samples(clip.samples, running=running)
        if self._picture_next or not goes_on:
            picture = draw(clip, self._settings.picture)
            if running and not self._settings.is_z_score:
                picture = _dimmed(picture, float(np.abs(clip.samples).max()))
            plots.spectrogram.set_picture(picture)

    # --- what is played -----------------------------------------------------------------

    def chosen(self) -> tuple[AudioClip, float] | None:
        """Return what is to be played, and where it begins; of a selected band only that."""
        start, stop = self.look.played
        found = self._sound_between(start, stop)
        if found is None or self.look.band is None:
            return found
        return found[0].filtered(*self.look.band), found[1]

    def _sound_between(self, start: float, stop: float) -> tuple[AudioClip, float] | None:
        clip = self._clip
        if clip is None:
            return None
        whole = start <= 0 and stop >= clip.seconds
        return (clip if whole else clip.part(start, stop)), start

    def set_cursor(self, seconds: float | None) -> None:
        """Mark what is playing."""
        self.pane.mark(cursor=seconds)
        self.tools.set_playing(seconds is not None)

    def clear(self) -> None:
        """Show the hint."""
        self._clip = None
        self.pane.say()
        self.tools.set_enabled(False)

    def act_on(self, event: QKeyEvent) -> bool:
        """Do what a key means, and tell whether it means anything."""
        return self.pane.is_filled and self._keys.act_on(event)

    def _on_frequencies_wanted(self, low: float, high: float) -> None:
        self.set_settings(self._settings.with_frequencies(low, high))

    def _on_clicked(self, seconds: float) -> None:
        words = self.pane.marks.words
        word = next((word for word in words if word.start <= seconds <= word.end), None)
        if word is not None:
            self.look.select(word.start, word.end)
            self.word_clicked.emit(word)


def _dimmed(picture: Picture, peak: float) -> Picture:
    """Return a picture that is as dark as the sound is soft, where it holds no voice yet.

    Its decibels are below its own maximum, which would let the noise before a word shine.
    """
    softer = 20 * np.log10(max(peak, 1e-6) / _VOICE)
    if softer >= 0:
        return picture
    values = np.maximum(picture.values + np.float32(softer), -np.float32(picture.config.top_db))
    return replace(picture, values=values)
