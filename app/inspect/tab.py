"""The Inspect tab: the clips on the left, the picture in the middle, the settings beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.ask import ask_for_folder, ask_for_sounds
from app.inspect.clip_list import ClipList
from app.inspect.clip_pane import ClipPane
from app.inspect.figures import Figures
from app.inspect.keys import act_on_key
from app.inspect.settings_panel import SettingsPanel
from app.inspect.tool_row import ToolRow
from app.widgets.plot_marks import Marks
from app.widgets.scrolled import ScrolledColumn

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from app.inspect.clips import ClipItem, InspectedClip
    from app.inspect.controller import InspectController
    from app.inspect.player import Player
    from app.inspect.view_settings import ViewSettings
    from app.settings import Settings
    from app.widgets.sound_inspector import SoundInspector
    from core.sound.picture import Picture
    from core.sound.span import Span


class InspectTab(QWidget):
    """Connects the inspect controller with the views of the clips.

    Parameters
    ----------
    controller : InspectController
    player : Player
    settings : Settings
        Where the recent files, the folder and the layout are remembered.

    Signals: ``said(str)`` with a sentence for the status line.
    """

    said = Signal(str)

    def __init__(
        self,
        controller: InspectController,
        player: Player,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.controller = controller
        self.look = controller.navigation
        self.player = player
        self._remembered = settings
        self._cursor: float | None = None

        # --- parts ---
        self.tools = ToolRow()
        self.clips = ClipList()
        self.pane = ClipPane("B", self._hint())
        self.pinned_pane = ClipPane("A", "")
        self.pinned_pane.hide()
        self.panes = (self.pinned_pane, self.pane)
        self.figures = Figures()
        self.settings = SettingsPanel(controller.settings)
        self.side = QTabWidget()
        self.side.setDocumentMode(True)
        self.side.addTab(ScrolledColumn(self.settings), self.tr("View"))
        self.side.setAccessibleName(self.tr("Settings and explanation"))

        # --- layout ---
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(4)
        column.addWidget(self.pinned_pane, 1)
        column.addWidget(self.pane, 1)
        column.addWidget(self.figures)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("inspect_splitter")
        for widget in (self.clips, middle, self.side):
            self.splitter.addWidget(widget)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([280, 700, 260])
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(8)
        box.addWidget(self.tools)
        box.addWidget(self.splitter, 1)
        self.setAcceptDrops(False)  # the window takes what is dropped
        self.tools.settings.setChecked(settings.is_on("inspect/side", True))
        self.side.setVisible(self.tools.settings.isChecked())
        self.tools.set_recent(settings.recent)
        self._show_settings(controller.settings)
        self.settings.set_model(controller.model)

        # --- connections ---
        self._connect_controller()
        self._connect_views()

    def set_explanation_panel(self, panel: QWidget) -> None:
        """Put what explains the answer beside the settings."""
        self.side.addTab(panel, self.tr("Model"))

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

    def inspect(self, items: list[ClipItem], row: int = 0) -> None:
        """Inspect clips from elsewhere in the program."""
        self.controller.show_items(items, row)
        self.clips.setFocus()

    def play(self) -> None:
        """Play the selected span, or what is visible; stop when something is playing."""
        clip, look = self.controller.shown, self.look
        if self.player.is_playing:
            self.player.stop()
        elif clip is not None:
            start, stop = look.span or (look.start, look.stop)
            if start < clip.clip.seconds:
                self.player.play(clip.clip.part(start, stop), start)

    def escape(self) -> None:
        """Give up one thing: what plays, a search, the selection, or the comparison."""
        if self.player.is_playing:
            self.player.stop()
        elif self.tools.is_searching:
            self.controller.cancel_search()
        elif self.look.span is not None:
            self.look.clear_span()
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
        self._remembered.set_on("inspect/side", self.tools.settings.isChecked())
        self.controller.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means wherever it is not needed for something else."""
        if not act_on_key(self, event):
            super().keyPressEvent(event)

    # --- connections ------------------------------------------------------------------

    def _connect_controller(self) -> None:
        controller = self.controller
        controller.items_changed.connect(self._on_items_changed)
        controller.searching_changed.connect(self.tools.set_searching)
        controller.shelf.glanced.connect(self.clips.clips.set_glance)
        controller.row_changed.connect(self.clips.set_row)
        controller.row_changed.connect(lambda: self.player.stop())
        controller.opening.connect(self._on_opening)
        controller.clip_shown.connect(self._on_clip_shown)
        controller.clip_failed.connect(self._on_clip_failed)
        controller.pinned_changed.connect(self._on_pinned_changed)
        controller.settings_changed.connect(self._show_settings)
        controller.model_changed.connect(self.settings.set_model)
        controller.failed.connect(self.said)
        controller.closer.picture_refined.connect(self._on_picture_refined)
        controller.closer.measured.connect(self._on_measured)
        self.player.cursor_moved.connect(self._on_cursor_moved)
        self.player.failed.connect(self.said)

    def _connect_views(self) -> None:
        controller, look = self.controller, self.look
        self.clips.row_chosen.connect(controller.show)
        self.clips.visible_rows_changed.connect(controller.set_visible_rows)
        self.settings.settings_chosen.connect(controller.set_settings)
        look.range_changed.connect(self._on_range_changed)
        look.crosshair_changed.connect(self._mark)
        look.span_changed.connect(self._mark)
        for pane in self.panes:
            pane.plots_made.connect(self._connect_plots)
        self.tools.files_wanted.connect(self.choose_files)
        self.tools.folder_wanted.connect(self.choose_folder)
        self.tools.recent_chosen.connect(lambda path: self.open_paths([path]))
        self.tools.cancel.clicked.connect(controller.cancel_search)
        self.tools.play.clicked.connect(self.play)
        self.tools.compare.clicked.connect(lambda: self.compare())
        self.tools.fit.clicked.connect(look.fit)
        self.tools.zoom_in.clicked.connect(lambda: look.zoom())
        self.tools.zoom_out.clicked.connect(look.zoom_out)
        self.tools.settings.toggled.connect(self.side.setVisible)

    def _connect_plots(self, plots: SoundInspector) -> None:
        look = self.look
        plots.zoom_wanted.connect(look.zoom)
        plots.pan_wanted.connect(look.pan)
        plots.pointed.connect(look.point)
        plots.span_wanted.connect(look.select)
        plots.span_cleared.connect(look.clear_span)
        plots.fit_wanted.connect(look.fit)
        plots.set_selects(self.tools.select.isChecked())
        self.tools.select.toggled.connect(plots.set_selects)

    # --- what the controller tells ----------------------------------------------------

    def _on_items_changed(self, items: list[ClipItem], sentence: str) -> None:
        self.clips.clips.set_items(items)
        if not items:
            self.pane.show_sentence(sentence or self._hint())
            self._update_tools()

    def _on_opening(self, item: ClipItem) -> None:
        if self.pane.clip is None:
            self.pane.show_sentence(self.tr("Opening…"), item.name)

    def _on_clip_shown(self, clip: InspectedClip) -> None:
        self.pane.show_clip(clip)
        self.pane.plots.set_range(self.look.start, self.look.stop)
        self._share_scale()
        self._update_tools()
        self._mark()

    def _on_clip_failed(self, item: ClipItem, sentence: str) -> None:
        self.pane.show_sentence(sentence, item.name)
        self._update_tools()
        self._mark()

    def _on_pinned_changed(self, clip: InspectedClip | None) -> None:
        self.pinned_pane.setVisible(clip is not None)
        for pane in self.panes:
            pane.set_letter_visible(clip is not None)
        if clip is not None:
            self.pinned_pane.show_clip(clip)
            self.pinned_pane.plots.set_range(self.look.start, self.look.stop)
        else:
            self.pinned_pane.show_sentence("")
        self._share_scale()
        self._update_tools()
        self._mark()

    def _on_picture_refined(self, clip: InspectedClip, picture: Picture) -> None:
        for pane in self.panes:
            if pane.clip is clip:
                pane.plots.spectrogram.set_picture(picture)
        self._mark()

    def _on_measured(self, shown: Span | None, pinned: Span | None) -> None:
        spans = [span for span in (pinned, shown) if span is not None]
        self.figures.show_spans(self.look.span is not None, spans)

    def _on_range_changed(self, start: float, stop: float) -> None:
        for pane in self._filled_panes():
            pane.plots.set_range(start, stop)

    def _on_cursor_moved(self, seconds: float | None) -> None:
        self._cursor = seconds
        self.tools.set_playing(seconds is not None)
        self._mark()

    def _show_settings(self, settings: ViewSettings) -> None:
        self._remembered.inspect = settings.to_text()
        self.settings.set_settings(settings)
        for pane in self.panes:
            pane.set_settings(settings)

    # --- what is shown ----------------------------------------------------------------

    def _filled_panes(self) -> list[ClipPane]:
        return [pane for pane in self.panes if pane.clip is not None]

    def _share_scale(self) -> None:
        """Draw both waveforms to the same scale when two are compared."""
        plots = [pane.plots.waveform for pane in self._filled_panes()]
        scale = max(plot.own_scale for plot in plots) if len(plots) == 2 else 0.0
        for plot in plots:
            plot.set_least_scale(scale)

    def _mark(self) -> None:
        look = self.look
        sounds = []
        for pane in self._filled_panes():
            clip = pane.clip
            assert clip is not None
            long = clip.clip.seconds > 1.0
            marks = Marks(
                crosshair=look.seconds,
                cursor=self._cursor if pane is self.pane else None,
                span=look.span,
                second=(clip.take_start, clip.take_start + 1.0) if long else None,
            )
            pane.plots.set_marks(marks, look.hertz)
            picture = pane.plots.spectrogram.picture
            if picture is not None:
                sounds.append((clip.clip, picture))
        self.figures.show_crosshair(look, sounds)

    def _update_tools(self) -> None:
        controller = self.controller
        self.tools.set_clip(controller.shown is not None, controller.pinned is not None)

    def _hint(self) -> str:
        return self.tr(
            "Open sound files or a folder, or drop them here.\n"
            "Takes come from Recognise, and clips from Train, with “Inspect”."
        )
