"""What the menus do with the window itself: its look, its language, and what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from app.shell import diagnostics
from app.shell.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from app.shell.menus import Menus
    from app.shell.settings import Settings


class WindowActions(QObject):
    """Does what the view and the help menu offer.

    Parameters
    ----------
    window : QMainWindow
    menus : Menus
    settings : Settings
    model : callable
        Returns the folder of the model in use.

    Signals: ``said(str)`` with a sentence for the status line.
    """

    said = Signal(str)

    def __init__(
        self, window: QMainWindow, menus: Menus, settings: Settings, model: Callable[[], Path]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._menus = menus
        self._settings = settings
        self._model = model
        menus.show_choices(settings.theme, settings.language)
        menus.theme_chosen.connect(self._on_theme_chosen)
        menus.language_chosen.connect(self._on_language_chosen)
        menus.full_screen.toggled.connect(self._on_full_screen_toggled)
        menus.shortcuts.triggered.connect(self._show_shortcuts)
        menus.model_card.triggered.connect(lambda: self._show_about("model"))
        menus.about.triggered.connect(lambda: self._show_about("program"))
        menus.copy_report.triggered.connect(self._copy_report)

    def _on_theme_chosen(self, theme: str) -> None:
        self._settings.theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)

    def _on_language_chosen(self, language: str) -> None:
        self._settings.language = language
        self.said.emit(self.tr("The window speaks this language from its next start on."))

    def _on_full_screen_toggled(self, full: bool) -> None:
        state = self._window.windowState()
        whole = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | whole if full else state & ~whole)

    def _show_shortcuts(self) -> None:
        from app.shell.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self._menus.shortcut_list(), self._window).exec()

    def _show_about(self, page: str) -> None:
        from app.shell.about import AboutDialog

        AboutDialog(self._model(), page, self._window).exec()

    def _copy_report(self) -> None:
        QApplication.clipboard().setText(diagnostics.report())
        self.said.emit(self.tr("The report is on the clipboard."))
