"""What is pressed and read off below every picture of sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QToolButton, QWidget

from app.shell.translation import fill
from app.widgets.elided import Elided
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.sound_view.navigation import Navigation
    from app.sound_view.pane import SoundPane

_SETTLE_MS = 200  # nobody reads faster what is visible while it moves
SPACE = "   "
"""What parts one figure from the next."""


class SoundTools(QWidget):
    """Plays, zooms, and says what is under the crosshair, selected, or visible.

    Parameters
    ----------
    look : Navigation
    panes : sequence of SoundPane
        What is pointed at.
    plays : bool
        Whether it can be played from here.

    Signals: ``play_wanted()``.
    """

    play_wanted = Signal()

    def __init__(
        self,
        look: Navigation,
        panes: Sequence[SoundPane],
        plays: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._panes = look, panes
        self.play = _button(
            self.tr("Play (P)"),
            self.tr("Play the selection, from the position on, or what is visible (P)"),
        )
        if not plays:
            self.play.hide()
        self._pointed, self._chosen = Elided(), Elided()
        for label, name in ((self._pointed, self.tr("Crosshair")), (self._chosen, self.tr("Span"))):
            label.setAccessibleName(name)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.now = _button(self.tr("Now"), self.tr("Follow what is heard now (End)"))
        self.now.hide()
        self.zoom_out = _button("\N{MINUS SIGN}", self.tr("Zoom out (-)"))
        self.zoom_in = _button("+", self.tr("Zoom in (+)"))
        self.everything = _button(
            self.tr("Everything"), self.tr("Show every second and every frequency (Home)")
        )
        self.zoom_out.setAccessibleName(self.tr("Zoom out"))
        self.zoom_in.setAccessibleName(self.tr("Zoom in"))
        self._buttons = (self.play, self.zoom_out, self.zoom_in, self.everything)
        row = in_row(
            *(self.play, (self._chosen, 1), self.now),
            *(self.zoom_out, self.zoom_in, self.everything),
        )
        self.setLayout(in_column(self._pointed, row, spacing=2, margins=(0, 0, 8, 0)))
        self._pointed.setContentsMargins(4, 0, 0, 0)
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(_SETTLE_MS)
        self._moving.timeout.connect(self._choose)
        self.set_enabled(False)

        self.play.clicked.connect(self.play_wanted)
        self.zoom_in.clicked.connect(lambda: look.zoom())
        self.zoom_out.clicked.connect(look.zoom_out)
        self.everything.clicked.connect(look.show_everything)
        self.now.clicked.connect(look.go_to_end)
        look.crosshair_changed.connect(self.refresh)
        look.span_changed.connect(self._choose)
        look.range_changed.connect(self._on_range_changed)

    @property
    def pointed_text(self) -> str:
        """What is said of the crosshair."""
        return self._pointed.text()

    @property
    def chosen_text(self) -> str:
        """What is said of the selection, or of what is visible."""
        return self._chosen.text()

    def set_enabled(self, enabled: bool) -> None:
        """Offer what can be done with a sound, if there is one."""
        for button in self._buttons:
            button.setEnabled(enabled)
        self.refresh()
        self._choose()

    def set_playing(self, playing: bool) -> None:
        """Offer to play, or to stop."""
        self.play.setText(self.tr("Stop (P)") if playing else self.tr("Play (P)"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.refresh()

    def _on_range_changed(self, _start: float, _stop: float) -> None:
        if not self._moving.isActive():
            self._moving.start()

    def refresh(self) -> None:
        """Read off what the pictures say where the crosshair is."""
        look, said = self._look, [pane.said() for pane in self._panes if pane.is_filled]
        if look.seconds is None or not said or not self.zoom_in.isEnabled():
            self._pointed.setText("")
            return
        parts = [self._panes[-1].written(look.seconds)]
        if look.hertz is not None:
            parts.append(fill("{0:.0f} Hz", look.hertz))
        self._pointed.setText(SPACE.join([*parts, *lettered(said)]))

    def _choose(self) -> None:
        look = self._look
        if not self.zoom_in.isEnabled():
            self._chosen.setText("")
            return
        start, stop = look.span or (look.start, look.stop)
        what = self.tr("Selected") if look.span else self.tr("Visible")
        ends = [self._panes[-1].written(second) for second in (start, stop)]
        where = "–".join((ends[0].removesuffix(" s"), ends[1]))
        parts = [what, where, fill("{0:.3f} s", stop - start)]
        if look.band is not None:
            low, high = look.band
            band = self.tr("{0:.0f}–{1:.0f} Hz, {2:.0f} Hz wide")
            parts.append(fill(band, low, high, high - low))
        text = SPACE.join(parts)
        self._chosen.setText(text)
        for pane in self._panes:
            pane.set_chosen(text if look.span else "")


def lettered(texts: list[str]) -> list[str]:
    """Name texts by the letters of their panes when there are two."""
    if len(texts) < 2:
        return texts
    return [f"{letter}: {text}" for letter, text in zip("AB", texts, strict=True)]


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key works wherever the focus is
    return button
