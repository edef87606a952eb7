"""What is to be recorded, by whom, how often, and where."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.dataset.collection import MOST_ROUNDS, CollectionPlan
from core.dataset.recordings import speaker_name
from core.errors import SoundFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.dataset.collection import Collection


class PlanPage(QWidget):
    """Asks for a plan; offers to go on with what was left.

    Signals
    -------
    begin_clicked()
    resume_clicked(Path)
    """

    begin_clicked = Signal()
    resume_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = Path()
        self.unfinished = QComboBox()
        self.unfinished.setAccessibleName(self.tr("Collections that can go on"))
        self.resume = QPushButton(self.tr("&Go on"))
        self._unfinished_row = QFrame()
        self.speaker, self.words, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.speaker.setPlaceholderText(self.tr("Becomes a part of the file names"))
        self.words.setToolTip(self.tr("Separated by commas; any words can be recorded"))
        self.rounds = QSpinBox()
        self.rounds.setRange(1, MOST_ROUNDS)
        self.rounds.setValue(3)
        self.goes_on = QCheckBox(self.tr("Go on to the next word by &itself"))
        self.goes_on.setChecked(True)
        browse = QPushButton(self.tr("&Choose…"))
        self.total, self.message = QLabel(), QLabel()
        self.message.setWordWrap(True)
        self.begin = QPushButton(self.tr("&Begin"))
        self.begin.setDefault(True)

        # --- layout ---
        intro = QLabel(
            self.tr(
                "The program shows one word after another; you say it, and the recording is "
                "checked at once. The result is a folder that a model can be trained on, or "
                "adapted to. It stays on this computer."
            )
        )
        intro.setWordWrap(True)
        row = QHBoxLayout(self._unfinished_row)
        row.setContentsMargins(0, 0, 0, 8)
        row.addWidget(QLabel(self.tr("Left unfinished:")))
        row.addWidget(self.unfinished, 1)
        row.addWidget(self.resume)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Speaker"), self.speaker)
        form.addRow(self.tr("&Words"), self.words)
        form.addRow(self.tr("&Rounds"), self.rounds)
        folder_label = QLabel(self.tr("&Folder"))
        folder_label.setBuddy(self.folder)
        form.addRow(folder_label, place)
        form.addRow("", self.goes_on)
        form.addRow("", self.total)
        bottom = QHBoxLayout()
        bottom.addWidget(self.message, 1)
        bottom.addWidget(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(intro)
        column.addSpacing(8)
        column.addWidget(self._unfinished_row)
        column.addLayout(form)
        column.addStretch()
        column.addLayout(bottom)

        # --- connections ---
        self.begin.clicked.connect(self.begin_clicked)
        self.resume.clicked.connect(lambda: self.resume_clicked.emit(self.unfinished.currentData()))
        browse.clicked.connect(self._browse)
        self.speaker.textEdited.connect(self._propose_folder)
        self.words.textChanged.connect(self._count)
        self.rounds.valueChanged.connect(self._count)

    def propose(
        self, speaker: str, words: Sequence[str], home: Path, unfinished: list[Collection]
    ) -> None:
        """Fill in what is likely wanted."""
        self._home = home
        self.speaker.setText(speaker)
        if not self.words.text():
            self.words.setText(", ".join(words))
        self.unfinished.clear()
        for collection in unfinished:
            total = len(collection.prompts)
            text = self.tr("{0}: {1} of {2} words").format(
                collection.folder.name, collection.done, total
            )
            self.unfinished.addItem(text, collection.folder)
        self._unfinished_row.setVisible(bool(unfinished))
        self.message.clear()
        self._propose_folder()
        self._count()

    def plan(self, seed: int) -> CollectionPlan:
        """Return the plan; raises SoundFileError when it cannot be."""
        words = tuple(word for word in self.words.text().split(",") if word.strip())
        return CollectionPlan(self.speaker.text(), words, self.rounds.value(), seed)

    def _propose_folder(self) -> None:
        try:
            name = speaker_name(self.speaker.text())
        except SoundFileError:
            name = self.tr("voice")
        wish = f"{name} {datetime.now().astimezone():%Y-%m-%d}"
        folder, number = self._home / wish, 1
        while folder.exists():
            number += 1
            folder = self._home / f"{wish} {number}"
        self.folder.setText(str(folder))

    def _count(self) -> None:
        words = len({word.strip() for word in self.words.text().split(",") if word.strip()})
        clips = words * self.rounds.value()
        text = self.tr("{0} recordings, in about {1} minutes, in random order.")
        self.total.setText(text.format(clips, max(1, round(clips * 3.5 / 60))))

    def _browse(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Where the new folder goes"))
        if path:
            self.folder.setText(str(Path(path) / Path(self.folder.text()).name))
