"""One second of sound, seen; a hint stands in its place while there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

if TYPE_CHECKING:
    from app.widgets.sound_plots import SoundPlots
    from core.sound.clip import FloatArray
    from core.sound.features import MelSpectrogram


class SoundView(QWidget):
    """A hint at first, then the plots.

    The plots are made when they are needed, because loading pyqtgraph takes as long as
    everything else that stands between a person and the window.
    """

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = QLabel(hint)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setAutoFillBackground(True)
        self._hint.setBackgroundRole(QPalette.ColorRole.Base)
        self._plots: SoundPlots | None = None
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._hint)
        self.setAccessibleName(self.tr("Waveform and Mel spectrogram"))

    @property
    def plots(self) -> SoundPlots:
        """The plots; the first time, they are made."""
        if self._plots is None:
            from app.widgets.sound_plots import SoundPlots

            self._plots = SoundPlots()
            self._plots.set_look(self.palette(), self.font())
            self._pages.addWidget(self._plots)
        return self._plots

    def set_running(self, samples: FloatArray) -> None:
        """Show a take that is under way: its waveform so far."""
        if self.plots.spectrogram.picture is not None:  # or it were painted again at every tick
            self.plots.spectrogram.clear_spectrogram()
        self.plots.waveform.set_samples(samples, running=True)
        self._pages.setCurrentWidget(self.plots)

    def set_take(self, samples: FloatArray, spectrogram: MelSpectrogram) -> None:
        """Show a whole take."""
        self.plots.waveform.set_samples(samples)
        self.plots.spectrogram.set_spectrogram(spectrogram)
        self._pages.setCurrentWidget(self.plots)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if changed and self._plots is not None:
            self._plots.set_look(self.palette(), self.font())

    def clear(self) -> None:
        """Show the hint."""
        self._pages.setCurrentWidget(self._hint)
