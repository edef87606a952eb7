"""The Inspect tab: the clips on the left, the picture in the middle, the settings beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from app.inspect.clip_list import ClipList
from app.inspect.clip_panes import Panes
from app.inspect.controls import SettingsPanel, ToolRow
from app.inspect.keys import InspectKeys
from app.inspect.readout import Figures
from app.shell.dialogs import ask_for_folder, ask_for_sounds
from app.widgets.layout import ScrolledColumn, in_column

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from app.inspect.clips import InspectedClip
    from app.inspect.controller import InspectController
    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.shell.model_in_use import ChosenModel
    from app.shell.settings import Settings
    from app.sound_view.picture import ViewSettings
    from app.sound_view.player import Player
    from core.sound.levels import Span

_LIST_WIDTH, _SETTINGS_WIDTH = 350, 260  # until the person divides it otherwise


class InspectTab(QWidget):
    """Connects the inspect controller with the views of the clips.

    Parameters
    ----------
    controller : InspectController
    player : Player
    changes : Changes
        Where clips are corrected.
    settings : Settings
        Where the recent files, the folder and the layout are remembered.

    Signals: ``failed(str)`` with a sentence about what went wrong.
    """

    failed = Signal(str)

    def __init__(
        self,
        controller: InspectController,
        player: Player,
        changes: Changes,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.controller = controller
        self.look = controller.navigation
        self.player = player
        self._remembered = settings

        # --- parts ---
        self.tools = ToolRow()
        self.list = ClipList(controller, changes, settings)
        self.clips = self.list.table
        self.panes = Panes(self.look, self._hint())
        self.figures = Figures()
        self.settings = SettingsPanel(controller.settings)
        self.side = QTabWidget()
        self.side.setDocumentMode(True)
        self.side.addTab(ScrolledColumn(self.settings), self.tr("View"))
        self.side.setAccessibleName(self.tr("Settings and explanation"))
        self.keys = InspectKeys(self)

        # --- layout ---
        self._middle = in_column(
            (self.panes, 1), self.panes.tools, self.figures, spacing=4, margins=(4, 0, 4, 0)
        )
        middle = QWidget()
        middle.setLayout(self._middle)
        self.lists = QSplitter(Qt.Orientation.Vertical)
        self.lists.setObjectName("inspect_lists_splitter")
        self.lists.addWidget(self.list)
        self.lists.setChildrenCollapsible(False)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("inspect_splitter")
        for widget in (self.lists, middle, self.side):
            self.splitter.addWidget(widget)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.setLayout(in_column(self.tools, (self.splitter, 1), margins=(8, 8, 8, 8)))
        self.setAcceptDrops(False)  # the window takes what is dropped
        self.tools.settings.setChecked(settings.inspect_side == "on")
        self.side.setVisible(self.tools.settings.isChecked())
        self.tools.set_recent(settings.recent)
        self._show_settings(controller.settings)
        self._show_model(controller.model.current)

        # --- connections ---
        self._connect_controller()
        self._connect_views()

    def divide(self, width: int) -> None:
        """Give the list and the settings what they need of a width, and the picture the rest."""
        names, settings = min(_LIST_WIDTH, width * 28 // 100), _SETTINGS_WIDTH
        self.splitter.setSizes([names, width - names - settings, settings])

    def set_explanation_panel(self, panel: QWidget) -> None:
        """Put what explains the answer beside the settings."""
        self.side.addTab(panel, self.tr("Model"))

    def set_words(self, panel: QWidget, overview: QWidget) -> None:
        """Put the words of a recording under the list, and the strip of it under the picture."""
        self.lists.addWidget(panel)
        self.lists.setSizes([300, 260])
        self._middle.insertWidget(1, overview)

    def show_answer(self, clip: InspectedClip, text: str) -> None:
        """Say of a recording of several words how many there are, not what is its loudest."""
        self.panes.main.set_answer(text)
        self.clips.clips.tell(clip.item)

    def show_explanation(self) -> None:
        """Bring what explains the answer into sight."""
        self.tools.settings.setChecked(True)
        self.side.setCurrentIndex(self.side.count() - 1)

    def open_paths(self, paths: list[Path]) -> None:
        """Inspect files and folders, and remember them."""
        if paths:
            self._remembered.add_recent(paths)
            self.tools.set_recent(self._remembered.recent)
            self.controller.open_paths(paths)
            self.clips.setFocus()

    def inspect(self, clips: list[Clip], first: Clip | None = None) -> None:
        """Inspect clips from elsewhere in the program, beginning with one of them."""
        self.controller.show_items(clips, clips.index(first) if first in clips else 0)
        self.clips.setFocus()

    def play(self) -> None:
        """Play the selected span, or what is visible; stop when something is playing."""
        clip, look = self.controller.shown, self.look
        start, stop = look.played
        if self.player.is_playing:
            self.player.stop()
        elif clip is not None and start < clip.clip.seconds:
            part = clip.clip.part(start, stop)
            self.player.play(part.filtered(*look.band) if look.band else part, start)

    def escape(self) -> None:
        """Give up one thing: what plays, a search, the selection, or the comparison."""
        if self.player.is_playing:
            self.player.stop()
        elif self.tools.is_searching:
            self.controller.cancel_search()
        elif self.list.stop_hearing():
            pass
        elif self.look.span is not None or self.look.position is not None:
            self.look.clear_span()
            self.look.place(None)
        else:
            self.controller.unpin()

    def compare(self) -> None:
        """Pin the clip that is shown, or unpin."""
        if self.controller.pinned is None:
            self.controller.pin()
        else:
            self.controller.unpin()

    def choose_files(self) -> None:
        """Ask for sound files."""
        paths = ask_for_sounds(self, self._remembered, self.tr("Inspect files"))
        if paths:
            self.open_paths(paths)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        folder = ask_for_folder(self, self._remembered, self.tr("Inspect folder"))
        if folder is not None:
            self.open_paths([folder])

    def toggle_side(self) -> None:
        """Show the settings, or give their room to the picture."""
        self.tools.settings.toggle()

    def close_controller(self) -> None:
        """Remember the layout and wait for the worker."""
        self.player.stop()
        self._remembered.inspect_side = "on" if self.tools.settings.isChecked() else "off"
        self.controller.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means wherever it is not needed for something else."""
        if not self.keys.act_on(event):
            super().keyPressEvent(event)

    # --- connections ------------------------------------------------------------------

    def _connect_controller(self) -> None:
        controller = self.controller
        controller.items_changed.connect(self._on_items_changed)
        controller.searching_changed.connect(self.tools.set_searching)
        controller.row_changed.connect(lambda: self.player.stop())
        controller.opening.connect(lambda item: self.panes.show_opening(item.name))
        controller.clip_shown.connect(self._on_clip_shown)
        controller.clip_failed.connect(self._on_clip_failed)
        controller.pinned_changed.connect(self._on_pinned_changed)
        controller.settings_changed.connect(self._show_settings)
        controller.model.changed.connect(self._show_model)
        controller.failed.connect(self.failed)
        controller.closer.picture_refined.connect(self.panes.refine)
        controller.closer.measured.connect(self._on_measured)
        self.player.cursor_moved.connect(self.panes.set_cursor)
        self.player.failed.connect(self.failed)

    def _connect_views(self) -> None:
        controller, look = self.controller, self.look
        actions = self.list.clip_actions
        actions.play_wanted.connect(lambda _: self.play())
        self.panes.addActions([actions.correct, actions.undo])  # their keys work there, too
        self.settings.settings_chosen.connect(controller.set_settings)
        look.frequencies_wanted.connect(
            lambda low, high: controller.set_settings(
                controller.settings.with_frequencies(low, high)
            )
        )
        self.tools.files_wanted.connect(self.choose_files)
        self.tools.folder_wanted.connect(self.choose_folder)
        self.tools.recent_chosen.connect(lambda path: self.open_paths([path]))
        self.tools.cancel.clicked.connect(controller.cancel_search)
        self.panes.tools.play_wanted.connect(self.play)
        self.tools.compare.clicked.connect(lambda: self.compare())
        self.tools.settings.toggled.connect(self.side.setVisible)

    # --- what the controller tells ----------------------------------------------------

    def _on_items_changed(self, items: list[Clip], sentence: str) -> None:
        if not items:
            self.panes.show_sentence(sentence or self._hint())
            self._update_tools()

    def _on_clip_shown(self, clip: InspectedClip) -> None:
        self.panes.show_clip(clip)
        self._update_tools()

    def _on_clip_failed(self, item: Clip, sentence: str) -> None:
        self.panes.show_sentence(sentence, item.name)
        self._update_tools()

    def _on_pinned_changed(self, clip: InspectedClip | None) -> None:
        self.panes.show_pinned(clip)
        self._update_tools()

    def _on_measured(self, shown: Span | None, pinned: Span | None) -> None:
        spans = [span for span in (pinned, shown) if span is not None]
        self.figures.show_spans(spans)

    def _show_settings(self, settings: ViewSettings) -> None:
        self._remembered.inspect = settings.to_text()
        self.settings.set_settings(settings)
        self.panes.set_settings(settings)

    def _show_model(self, model: ChosenModel | None) -> None:
        self.settings.set_model(model.metadata if model is not None else None)
        if model is not None:
            self.list.clip_actions.set_labels(model.metadata.labels)

    def _update_tools(self) -> None:
        controller = self.controller
        self.tools.set_clip(controller.shown is not None, controller.pinned is not None)

    def _hint(self) -> str:
        return self.tr(
            "Open sound files or a folder, or drop them here.\n"
            "Takes come from Recognise, and clips from Train, with “Inspect”."
        )
