"""What is asked when the window is to close, and what is written before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.library.clips import Origin
from app.shell.dialogs import ask_to_quit
from app.shell.settings import DISCARD, KEEP, SAVE
from app.shell.translation import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.recognise.page import RecognisePage
    from app.shell.settings import Settings
    from core.errors import SpokenDigitsError


class Losing(Protocol):
    """A part of the window in which something may be under way."""

    def losses(self) -> dict[str, str]:
        """Return what would be lost if the window were closed: a name, and the words for it."""


class Quitting:
    """Asks where something would be lost; puts takes away, then closes the window by itself.

    Parameters
    ----------
    window : QWidget
    page : RecognisePage
        Of whose takes it is asked what becomes of them.
    settings : Settings
    parts : sequence of Losing
    """

    def __init__(
        self, window: QWidget, page: RecognisePage, settings: Settings, parts: Sequence[Losing]
    ) -> None:
        self._window, self._page, self._settings, self._parts = window, page, settings, parts
        self.asks = True
        """Whether it asks before something is lost."""

    def may_close(self, problem: str = "") -> bool:
        """Ask, unless nothing is lost; a problem is why what was wanted could not be done."""
        page, settings = self._page, self._settings
        if not self.asks:
            if settings.unsaved_takes in (KEEP, SAVE):
                page.kept.keep(page.unsaved)
            return True
        losses = {name: words for part in self._parts for name, words in part.losses().items()}
        choice = ask_to_quit(self._window, settings, losses, len(page.unsaved), problem)
        if choice in (None, DISCARD):
            return choice is not None
        page.cancel()
        if choice == KEEP:
            spoken = [take for take in page.takes.clips if take.origin is Origin.SPOKEN]
            page.kept.keep(spoken, self._close, self._ask_again)
        else:
            page.actions.export_folder(page.unsaved, True, self._close)
        return False

    def _close(self, all_is_written: bool = True) -> None:
        if all_is_written:
            self.asks = False
            self._window.close()

    def _ask_again(self, error: SpokenDigitsError) -> None:
        if self.may_close(translated(error.sentence)):
            self._close()
