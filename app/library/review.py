"""A data set that is looked through: what is said of its clips, kept where the person wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QMessageBox

from app.library.changes import Kept
from app.library.clips import BAD
from core.dataset.corrections import CorrectionList
from core.dataset.relabelling import relabel, undo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.library.clips import Clip
    from app.shell.settings import Settings
    from core.dataset.relabelling import Relabelled

MOVES, LISTS = "moves", "lists"
"""What is done with what was said: files move to their word's folder, or a list is written."""


class Review:
    """Keeps what is said of the clips of a data set.

    A list of corrections lies beside the folder, and training obeys it. Where files may be
    moved, they move instead; of those that are bad it is only noted.

    Parameters
    ----------
    folder : Path
    moves : bool
        Whether files may be moved.
    """

    def __init__(self, folder: Path, moves: bool) -> None:
        self.folder = folder
        self.moves = moves
        self._list = CorrectionList(folder)
        self._said: dict[Clip, str | None] = {}
        self._places: dict[Clip, Path] = {}
        self._moved: dict[Clip, Relabelled] = {}

    def label_of(self, clip: Clip) -> str | None:
        """Return what is kept of a clip."""
        return self._said.get(clip, clip.given)

    def keep(self, clip: Clip, label: str | None) -> Kept:
        """Keep a label, or none any more.

        Raises
        ------
        SpokenDigitsError
            When a file cannot be moved, or the list cannot be written.
        """
        place = self._places.get(clip, clip.path)
        assert place is not None
        if self.moves:
            place = self._move(clip, place, None if label == BAD else label)
        if label == BAD or not self.moves:
            self._note(place, clip, label)
        elif self._said.get(clip, clip.given) == BAD:
            self._list.remove(place)
        self._said[clip] = label
        return Kept(path=place)

    def _note(self, place: Path, clip: Clip, label: str | None) -> None:
        if label is None or label == clip.named:
            self._list.remove(place)
        else:
            self._list.set(place, None if label == BAD else label)

    def _move(self, clip: Clip, place: Path, label: str | None) -> Path:
        """Move a file to its word's folder; one that was moved before goes back first."""
        before = self._moved.pop(clip, None)
        if before is not None:
            undo(before)
            place = before.folder / before.old
        if label is not None and label != clip.named:
            self._moved[clip] = relabel(self.folder, place, label)
            place = self._moved[clip].path
        self._places[clip] = place
        return place


def read_corrections(folder: Path, clips: Iterable[Clip]) -> None:
    """Take over what the list beside a data set says of its clips.

    Raises
    ------
    DataSetError
        When the list is damaged.
    """
    said = CorrectionList(folder).read()
    if not (said.labels or said.bad):
        return  # and look at no clip: there may be very many
    for clip in clips:
        if clip.path is not None and clip.path.is_relative_to(folder):
            name = clip.path.relative_to(folder).as_posix()
            clip.given = BAD if name in said.bad else said.labels.get(name)


def ask_how_to_keep(parent: QWidget, settings: Settings, folder: Path) -> str | None:
    """Ask whether the files of a data set may be moved, unless it was said before.

    Returns `MOVES` or `LISTS`, or None when the person thinks better of it.
    """
    key = f"review/{folder}"
    known = settings.text(key)
    if known in (MOVES, LISTS):
        return known
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("review", "Corrections of a data set"))
    box.setText(translate("review", "May the files in {0} be moved?").format(folder))
    box.setInformativeText(
        translate(
            "review",
            "Either a clip that you correct moves to the folder of its word, or nothing in the "
            "folder is changed and a list is written beside it: {0}. Training obeys it. "
            "Everything can be undone with Ctrl+Z.",
        ).format(CorrectionList(folder).path.name)
    )
    move = box.addButton(translate("review", "&Move files"), QMessageBox.ButtonRole.AcceptRole)
    note = box.addButton(translate("review", "&Write a list"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(note)
    always = QCheckBox(translate("review", "&Remember this for the folder"), box)
    box.setCheckBox(always)
    box.exec()
    clicked = box.clickedButton()
    chosen = MOVES if clicked is move else LISTS if clicked is note else None
    box.deleteLater()
    if chosen is not None and always.isChecked():
        settings.set_text(key, chosen)
    return chosen
