"""A list of clips beside the picture of the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QSplitter, QWidget

from app.sound_view.view import SoundView
from app.widgets.layout import in_page, in_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.sound.clip import AudioClip


class ClipPanel(QSplitter):
    """Lists clips; one is seen, heard, or looked at closely.

    Signals: ``clip_chosen(str)`` with the name of a clip, ``play_clicked()``,
    ``inspect_wanted(list of str, int)`` with the names of all and the chosen one.
    """

    clip_chosen = Signal(str)
    play_clicked = Signal()
    inspect_wanted = Signal(list, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._caption = QLabel()
        self._caption.setWordWrap(True)
        self.clips = QListWidget()
        self.clips.setUniformItemSizes(True)
        self.clips.setAccessibleName(self.tr("Clips"))
        self.clips.setToolTip(self.tr("Enter or a double click looks closely at the clips"))
        self.sound = SoundView(self.tr("Choose a clip to see it."))
        self.sound.setMinimumWidth(320)
        self.play = QPushButton(self.tr("P&lay"))
        self.inspect = QPushButton(self.tr("Inspe&ct"))
        self.addWidget(in_page(self._caption, (self.clips, 1)))
        self.addWidget(in_page((self.sound, 1), in_row(None, self.inspect, self.play)))
        self.setChildrenCollapsible(False)
        self.clips.currentItemChanged.connect(self._on_clip_changed)
        self.play.clicked.connect(self.play_clicked)
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
        self.play.setEnabled(False)
        self.inspect.setEnabled(bool(clips))

    def show_clip(self, clip: AudioClip) -> None:
        """Show the chosen clip."""
        self.sound.set_take(clip)
        self.play.setEnabled(True)

    def show_failure(self, sentence: str) -> None:
        """Say why the chosen clip cannot be shown."""
        self.sound.clear()
        self._caption.setText(sentence)
        self.play.setEnabled(False)

    def _inspect(self) -> None:
        items = [self.clips.item(row) for row in range(self.clips.count())]
        names = [item.data(Qt.ItemDataRole.UserRole) for item in items]
        self.inspect_wanted.emit(names, max(0, self.clips.currentRow()))

    def _on_clip_changed(self, current: QListWidgetItem | None) -> None:
        if current is not None:
            self.clip_chosen.emit(current.data(Qt.ItemDataRole.UserRole))
