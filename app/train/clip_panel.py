"""A list of clips beside the picture of the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QSplitter, QWidget

from app.library.clips import Clip
from app.sound_view.view import SoundView
from app.widgets.layout import in_page, in_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.sound.clip import AudioClip


def clips_in(folder: Path, names: Sequence[str], row: int = 0) -> tuple[list[Clip], int]:
    """Return clips of a folder, and where the chosen one is; what lies outside is left out.

    The names come from a file, which anybody may have written.
    """
    root, chosen = folder.resolve(), names[row : row + 1]
    inside = [name for name in names if (folder / name).resolve().is_relative_to(root)]
    row = inside.index(chosen[0]) if chosen and chosen[0] in inside else 0
    return [Clip(name, folder / name) for name in inside], row


class ClipPanel(QSplitter):
    """Lists clips of a folder; one is seen, heard, or looked at closely.

    Signals
    -------
    read_wanted(Path)
        A clip was chosen.
    play_wanted(AudioClip)
        The chosen clip, or what is selected of it.
    inspect_wanted(list of Clip, int)
        All clips, and the chosen one.
    """

    read_wanted = Signal(object)
    play_wanted = Signal(object)
    inspect_wanted = Signal(list, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.folder: Path | None = None
        self._caption = QLabel()
        self._caption.setWordWrap(True)
        self.clips = QListWidget()
        self.clips.setUniformItemSizes(True)
        self.clips.setAccessibleName(self.tr("Clips"))
        self.clips.setToolTip(self.tr("Enter or a double click looks closely at the clips"))
        self.sound = SoundView(self.tr("Choose a clip to see it."), plays=True)
        self.sound.setMinimumWidth(320)
        self.play = self.sound.tools.play
        self.inspect = QPushButton(self.tr("Inspe&ct"))
        self.addWidget(in_page(self._caption, (self.clips, 1)))
        self.addWidget(in_page((self.sound, 1), in_row(None, self.inspect)))
        self.setChildrenCollapsible(False)
        self.clips.currentItemChanged.connect(self._on_clip_changed)
        self.sound.play_wanted.connect(self._play)
        self.inspect.clicked.connect(self._inspect)
        self.clips.itemActivated.connect(self._inspect)
        self.list_clips("", ())

    @property
    def caption(self) -> str:
        """What is said of the clips."""
        return self._caption.text()

    def list_clips(self, caption: str, clips: Sequence[tuple[str, str]]) -> None:
        """List clips: a text and a name each."""
        self._caption.setText(caption)
        self.clips.clear()
        self.sound.clear()
        for text, name in clips:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.clips.addItem(item)
        self.inspect.setEnabled(bool(clips))

    def show_clip(self, clip: AudioClip) -> None:
        """Show the chosen clip."""
        self.sound.set_take(clip)

    def show_failure(self, sentence: str) -> None:
        """Say why the chosen clip cannot be shown."""
        self.sound.clear()
        self._caption.setText(sentence)

    def _play(self) -> None:
        chosen = self.sound.chosen()
        if chosen is not None:
            self.play_wanted.emit(chosen[0])

    def _inspect(self) -> None:
        items = [self.clips.item(row) for row in range(self.clips.count())]
        names = [item.data(Qt.ItemDataRole.UserRole) for item in items]
        if self.folder is not None:
            inside, row = clips_in(self.folder, names, max(0, self.clips.currentRow()))
            if inside:
                self.inspect_wanted.emit(inside, row)

    def _on_clip_changed(self, current: QListWidgetItem | None) -> None:
        if current is None:
            return
        if self.folder is None:
            self.show_failure(self.tr("Choose the folder of the recordings to see the clip."))
            return
        inside, _ = clips_in(self.folder, [current.data(Qt.ItemDataRole.UserRole)])
        if inside:
            self.read_wanted.emit(inside[0].path)
        else:
            self.show_failure(self.tr("The clip lies outside of the folder."))
