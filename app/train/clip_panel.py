"""Clips of a folder in a table, and beside it the picture of the one that is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QWidget

from app.library.actions import ClipActions
from app.library.bar import CHANGED, UNSURE, WRONG, FilterBar
from app.library.model import Column
from app.library.table import ClipTable
from app.sound_view.view import SoundView
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.shell.settings import Settings
    from core.sound.clip import AudioClip


class FileTable(QWidget):
    """A table of files, which are heard, corrected and looked at closely, and stay where they are.

    Parameters
    ----------
    columns : sequence of Column
    stretched : Column
    place : str
        See `ClipTable`.
    kinds : sequence of str
        See `FilterBar`.
    changes : Changes
    settings : Settings

    Signals
    -------
    inspect_wanted(list of Clip, Clip)
        All that are shown and can be read, and the one to begin with. They are copies: what is
        heard of them elsewhere is not what is told of them here.
    """

    inspect_wanted = Signal(list, object)

    def __init__(
        self,
        columns: Sequence[Column],
        stretched: Column,
        place: str,
        kinds: Sequence[str],
        changes: Changes,
        settings: Settings,
    ) -> None:
        super().__init__()
        self.table = ClipTable(columns, stretched, place, settings)
        self.bar = FilterBar(self.table, kinds, is_flat=True)
        self.clip_actions = actions = ClipActions(self.table, changes, settings)
        self.table.delete_wanted.disconnect()
        for action in (actions.save, actions.delete):
            action.setVisible(False)
        self.addActions(actions.every)
        self.line = in_row((self.bar, 1), self.bar.count)
        self.setLayout(in_column(self.line, (self.table, 1), spacing=2))
        self._copies: dict[Clip, Clip] = {}
        actions.inspect_wanted.connect(self._inspect)
        changes.changed.connect(self._on_changed)

    def show_clips(self, clips: Iterable[Clip]) -> None:
        """Show these clips, all of them."""
        self.bar.clear()
        self.table.clips.set_clips(clips)

    def _inspect(self, clips: list[Clip], first: Clip) -> None:
        copies = {clip: replace(clip) for clip in clips if clip.path is not None}
        self._copies = {copy: clip for clip, copy in copies.items()}
        if copies:
            self.inspect_wanted.emit(
                list(copies.values()), copies.get(first) or next(iter(self._copies))
            )

    def _on_changed(self, copies: list[Clip]) -> None:
        """Take over what was said of the clips elsewhere."""
        for copy in copies:
            clip = self._copies.get(copy)
            if clip is not None:
                clip.given, clip.recording, clip.path = copy.given, copy.recording, copy.path
                self.table.clips.tell(clip)


class ClipPanel(QWidget):
    """Says what clips of a test are, and lists them; one is seen, heard, or looked at closely.

    Where there is nothing to list, what is said stands alone.

    Parameters
    ----------
    changes : Changes
    settings : Settings

    Signals
    -------
    read_wanted(Path)
        A clip was chosen.
    play_wanted(AudioClip)
        The chosen clip, or what is selected of it.
    """

    read_wanted = Signal(object)
    play_wanted = Signal(object)

    def __init__(self, changes: Changes, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._caption = QLabel()
        self._caption.setWordWrap(True)
        self.every = QPushButton(self.tr("&All clips"))
        self.every.setToolTip(self.tr("List every clip of the test, right or wrong"))
        self.every.setCheckable(True)
        columns = (Column.NAME, Column.EXPECTED, Column.HEARD, Column.SURE)
        kinds = (WRONG, UNSURE, CHANGED)
        self.files = FileTable(columns, Column.NAME, "results", kinds, changes, settings)
        self.table, actions = self.files.table, self.files.clip_actions
        self.sound = SoundView(self.tr("Choose a clip to see it."), plays=True)
        self.sound.setMinimumWidth(320)
        self.play = self.sound.tools.play
        self.inspect = QPushButton(self.tr("Inspe&ct"))
        self.body = QSplitter()
        self.body.addWidget(self.files)
        self.body.addWidget(self.sound)
        self.body.setChildrenCollapsible(False)
        policy = self.body.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing jumps when clips come
        self.body.setSizePolicy(policy)
        self.setLayout(
            in_column(in_row((self._caption, 1), self.inspect, self.every), (self.body, 1))
        )

        # --- connections ---
        self.table.chosen.connect(self._on_chosen)
        self.sound.play_wanted.connect(self._play)
        actions.play_wanted.connect(lambda _: self._play())
        self.inspect.clicked.connect(actions.inspect.trigger)
        actions.inspect.enabledChanged.connect(self.inspect.setEnabled)
        self.list_clips("", ())

    @property
    def caption(self) -> str:
        """What is said of the clips."""
        return self._caption.text()

    def list_clips(self, caption: str, clips: Sequence[Clip], are_all: bool = False) -> None:
        """Say what clips these are, and list them."""
        self._told = caption
        self.every.setChecked(are_all)
        for part in (self.body, self.inspect):
            part.setVisible(bool(clips))
        self.files.show_clips(clips)
        if any(clip.has_changed for clip in clips):
            needed = self.table.sizeHintForColumn(Column.HEARD)
            now = self.table.columnWidth(Column.HEARD)
            self.table.setColumnWidth(Column.HEARD, max(needed, now))
        self._show_none()
        self.inspect.setEnabled(False)

    def show_clip(self, sound: AudioClip) -> None:
        """Show the chosen clip."""
        if self.table.current() is not None:  # or it was for a list that is gone
            self._caption.setText(self._told)
            self.sound.set_take(sound)

    def show_failure(self, sentence: str) -> None:
        """Say why the chosen clip cannot be shown."""
        self._show_none()
        self._caption.setText(sentence)

    def _show_none(self) -> None:
        self._caption.setText(self._told)
        self.sound.clear()

    def _play(self) -> None:
        chosen = self.sound.chosen() if self.play.isEnabled() else None
        if chosen is not None:
            self.play_wanted.emit(chosen[0])

    def _on_chosen(self, clip: Clip) -> None:
        self.play.setEnabled(False)  # or the one before would be heard while it is read
        if clip.path is not None:
            self.read_wanted.emit(clip.path)
        else:
            self.show_failure(clip.problem)
