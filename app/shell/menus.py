"""The menu bar: every action of the window, each with a key of its own; what view and help do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from app.shell import diagnostics
from app.shell.theme import THEMES, apply_theme
from app.shell.translation import LANGUAGES, SYSTEM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from app.shell.model_in_use import ModelInUse
    from app.shell.settings import Settings

_Keys = str | QKeySequence.StandardKey
_SHOWN_RECENT = 10


class Menus(QObject):
    """Makes the window's actions and puts them, and those of others, into menus.

    Parameters
    ----------
    window : QMainWindow
    settings : Settings
        Where theme and language are remembered.
    model : ModelInUse

    Signals
    -------
    recent_chosen(Path), tab_chosen(int)
    said(str)
        A sentence for the status line.
    """

    recent_chosen = Signal(object)
    tab_chosen = Signal(int)
    said = Signal(str)

    def __init__(self, window: QMainWindow, settings: Settings, model: ModelInUse) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._model = model
        bar = window.menuBar()
        self.file = bar.addMenu(self.tr("&File"))
        self.edit = bar.addMenu(self.tr("&Edit"))
        self.record_menu = bar.addMenu(self.tr("&Record"))
        self.view = bar.addMenu(self.tr("&View"))
        self._last = bar.addMenu(self.tr("&Help"))
        self._bar = bar
        self._more_keys: dict[str, list[tuple[str, str]]] = {}
        standard = QKeySequence.StandardKey

        # --- file ---
        self.open = self._action(self.tr("&Open sounds…"), standard.Open)
        self.open_folder = self._action(self.tr("Open &folder…"), "Ctrl+Shift+O")
        self.recent = self.file.addMenu(self.tr("&Recent"))
        self._end_of_export = self.file.addSeparator()
        self.quit = self._action(self.tr("&Quit"), standard.Quit, "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.file.insertActions(self.recent.menuAction(), [self.open, self.open_folder])
        self.file.addAction(self.quit)
        self.set_recent([])

        # --- record ---
        self.record = self._action(shows_key(self.tr("&Record"), "Space"))  # it may also be held
        self.cancel = self._action(self.tr("&Cancel"), "Esc")
        self.play = self._action(self.tr("&Play"), "P")
        self.listen = self._action(self.tr("&Listen on and on"), "L")
        self.record_menu.addActions([self.record, self.listen, self.cancel, self.play])
        self.record_menu.addSeparator()

        # --- view ---
        self._end_of_tabs = self.view.addSeparator()
        system = self.tr("As the &system")
        themes = (system, self.tr("&Light"), self.tr("&Dark"))
        self._add_choices(
            self.view.addMenu(self.tr("&Theme")),
            self._on_theme_chosen,
            settings.theme,
            {t: (word, f"Ctrl+T, {t[0]}") for t, word in zip(THEMES, themes, strict=True)},
        )
        self._add_choices(
            self.view.addMenu(self.tr("&Language")),
            self._on_language_chosen,
            settings.language,
            {SYSTEM: (system, "Ctrl+L, S")}
            | {code: (f"&{name}", f"Ctrl+L, {name[0]}") for code, name in LANGUAGES.items()},
        )
        self.full_screen = self._action(self.tr("&Full screen"), standard.FullScreen, "F11")
        self.full_screen.setCheckable(True)
        self.full_screen.toggled.connect(self._on_full_screen_toggled)
        self.view.addAction(self.full_screen)

        # --- help ---
        manual = self._action(self.tr("Man&ual"), standard.HelpContents, "F1")
        shortcuts = self._action(self.tr("&Shortcuts"), "?", "Shift+F1")
        model_card = self._action(self.tr("&Model card"), "Ctrl+I")
        copy_report = self._action(self.tr("Copy &report"), "Ctrl+Shift+R")
        about = self._action(self.tr("&About Spoken Digits"), "Ctrl+F1")
        about.setMenuRole(QAction.MenuRole.AboutRole)
        self._last.addActions([manual, shortcuts, model_card, copy_report, about])
        manual.triggered.connect(self._show_manual)
        shortcuts.triggered.connect(self._show_shortcuts)
        model_card.triggered.connect(lambda: self._show_about("model"))
        copy_report.triggered.connect(self._copy_report)
        about.triggered.connect(lambda: self._show_about("program"))

    def add_tab(self, index: int, name: str) -> None:
        """Let a tab be chosen by Ctrl and its number."""
        action = self._action(name, f"Ctrl+{index + 1}")
        action.triggered.connect(lambda: self.tab_chosen.emit(index))
        self.view.insertAction(self._end_of_tabs, action)

    def add_exports(self, save: QAction, others: Sequence[QAction], copy: QAction) -> None:
        """Put what takes a clip along into the file menu, and copying into the edit menu."""
        self.file.insertSeparator(self._end_of_export)
        self.file.insertAction(self._end_of_export, save)
        export = self.file.addMenu(self.tr("&Export"))
        export.addActions(others)
        self.file.insertMenu(self._end_of_export, export)
        self.edit.addAction(copy)

    def insert_menu(self, menu: QMenu) -> None:
        """Put somebody else's menu before the last one."""
        self._bar.insertMenu(self._last.menuAction(), menu)

    def add_menu(
        self, title: str, actions: Sequence[QAction], more_keys: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Put the actions that a tab brings along into a menu of its own.

        `more_keys` are for the sheet alone: what they do needs a key to be held, or a place.
        """
        menu = self._bar.addMenu(title)
        menu.addActions(actions)
        self._bar.insertMenu(self._last.menuAction(), menu)
        self._more_keys[_plain(title)] = list(more_keys)

    def set_recent(self, paths: Sequence[Path]) -> None:
        """List what was opened last."""
        self.recent.clear()
        self.recent.setEnabled(bool(paths))
        for number, path in enumerate(paths[:_SHOWN_RECENT]):
            action = self.recent.addAction(f"&{(number + 1) % 10}  {path.name}")
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.recent_chosen.emit(path))
        self.recent.setToolTipsVisible(True)

    def shortcut_list(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return each menu's title with its actions and their keys, as a person reads them."""
        menus = (action.menu() for action in self._bar.actions())
        keys = {_plain(m.title()): list(_keys_in(m)) for m in menus if isinstance(m, QMenu)}
        return [(title, listed + self._more_keys.get(title, [])) for title, listed in keys.items()]

    def _add_choices(
        self,
        menu: QMenu,
        choose: Callable[[str], None],
        chosen: str,
        choices: dict[str, tuple[str, str]],
    ) -> None:
        """Let one of several be ticked: what it stands for, its word and its keys."""
        group = QActionGroup(self)
        for value, (word, keys) in choices.items():
            action = self._action(word, keys)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.setData(value)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(lambda action: choose(action.data()))

    def _action(self, text: str, *keys: _Keys) -> QAction:
        return make_action(self, text, *keys)

    # --- what view and help do --------------------------------------------------------

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

    def _show_manual(self) -> None:
        from app.shell.manual import ManualDialog

        ManualDialog(self._window).exec()

    def _show_shortcuts(self) -> None:
        from app.shell.help_dialogs import ShortcutSheet

        ShortcutSheet(self.shortcut_list(), self._window).exec()

    def _show_about(self, page: str) -> None:
        from app.shell.help_dialogs import AboutDialog

        AboutDialog(self._model.path, page, self._window).exec()

    def _copy_report(self) -> None:
        QApplication.clipboard().setText(diagnostics.report())
        self.said.emit(self.tr("The report is on the clipboard."))


def make_action(owner: QObject, text: str, *keys: _Keys) -> QAction:
    """Make an action; of a standard key that the platform lacks, the next key serves."""
    action = QAction(text, owner)
    sequences: dict[str, QKeySequence] = {}
    for key in keys:
        if isinstance(key, QKeySequence.StandardKey):
            found = QKeySequence.keyBindings(key)[:1]
        else:
            found = [QKeySequence(key)]
        sequences |= {sequence.toString(): sequence for sequence in found}
    action.setShortcuts(list(sequences.values()))
    return action


def shows_key(text: str, key: str) -> str:
    """Return a menu's text with a key that somebody else acts upon."""
    return f"{text}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}"


def _keys_in(menu: QMenu) -> Iterator[tuple[str, str]]:
    native = QKeySequence.SequenceFormat.NativeText
    for action in menu.actions():
        inner = action.menu()
        text, _, key = action.text().partition("\t")
        keys = [key] if key else [k.toString(native) for k in action.shortcuts()]
        if isinstance(inner, QMenu):
            yield from ((f"{_plain(text)}: {name}", key) for name, key in _keys_in(inner))
        elif keys:
            yield _plain(text), _or(keys)


def _or(keys: list[str]) -> str:
    either = QCoreApplication.translate("Menus", "{0} or {1}")
    return either.format(*keys[:2]) if len(keys) > 1 else keys[0]


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
