"""The plots of a sound, or a sentence in their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from app.shell.translation import fill
from app.sound_view.marks import Marks
from app.sound_view.picture import ViewSettings

if TYPE_CHECKING:
    from app.sound_view.inspector import SoundInspector
    from app.sound_view.navigation import Navigation


class SoundPane(QStackedWidget):
    """Shows a sound where a navigation looks, or a sentence.

    The plots are made when they are needed, because loading pyqtgraph takes as long as
    everything else that stands between a person and the window.

    Parameters
    ----------
    look : Navigation
    hint : str
        What stands there at first.
    takes_keys : bool
        Whether the keys come here; otherwise the focus stays where it is.
    """

    def __init__(
        self, look: Navigation, hint: str, takes_keys: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._takes_keys = takes_keys
        self._settings = ViewSettings()
        self._plots: SoundInspector | None = None
        self._description = self._chosen = ""
        self.marks = Marks()
        """What is marked, beside what the navigation knows."""
        self._sentence = QLabel(hint)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setAutoFillBackground(True)
        self._sentence.setBackgroundRole(QPalette.ColorRole.Base)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.addWidget(self._sentence)
        self.setAccessibleName(self.tr("Waveform and spectrogram"))
        look.crosshair_changed.connect(self._show_marks)
        look.span_changed.connect(self._show_marks)

    @property
    def plots(self) -> SoundInspector:
        """The plots; the first time, they are made."""
        if self._plots is None:
            from app.sound_view.inspector import SoundInspector

            plots = self._plots = SoundInspector(self._look)
            if self._takes_keys:
                plots.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            plots.setAccessibleName(self.accessibleName())
            self.addWidget(plots)
            self._colour()
        return self._plots

    @property
    def is_filled(self) -> bool:
        """Whether a sound is shown."""
        return self._plots is not None and self.currentWidget() is self._plots

    @property
    def sentence(self) -> str:
        """What stands in place of a sound; empty where one is shown."""
        return "" if self.is_filled else self._sentence.text()

    def show_plots(self) -> None:
        """Show the sound."""
        self.setCurrentWidget(self.plots)
        self._show_marks()

    def say(self, sentence: str | None = None) -> None:
        """Show a sentence, or the one that stood there before."""
        if sentence is not None:
            self._sentence.setText(sentence)
        self.setCurrentWidget(self._sentence)

    def said(self) -> str:
        """Return what is under the crosshair, in words; empty where it is nowhere."""
        look = self._look
        if not self.is_filled or look.seconds is None:
            return ""
        return self.plots.said_at(look.seconds, look.hertz)

    def written(self, second: float) -> str:
        """Return a second as the time axis writes it."""
        return fill("{0:.3f} s", second) if self._plots is None else self._plots.written(second)

    def describe(self, text: str) -> None:
        """Tell a screen reader what is shown."""
        self._description = text
        self._describe()

    def set_chosen(self, text: str) -> None:
        """Tell a screen reader what is selected."""
        self._chosen = text
        self._describe()

    def set_settings(self, settings: ViewSettings) -> None:
        """Use the colours of the settings, and look at their frequencies."""
        before, self._settings = self._settings, settings
        self._look.frequencies = settings.picture.fmin, settings.picture.fmax
        if self._plots is not None and before != settings:
            self._colour()

    def mark(self, **changes: Any) -> None:
        """Mark other things; see `Marks`."""
        self.marks = replace(self.marks, **changes)
        self._show_marks()

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
        plots.spectrogram.set_frequencies(settings.picture.fmin, settings.picture.fmax)

    def _describe(self) -> None:
        if self._plots is not None:
            text = ". ".join(filter(None, (self._description, self._chosen)))
            self._plots.setAccessibleDescription(text)

    def _show_marks(self) -> None:
        if self._plots is not None:
            self._plots.set_marks(self.marks)
