"""What is always there above the tabs: the source, its level, and the model in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QWidget

from app.widgets.layout import in_row
from app.widgets.recording import LevelMeter
from core.sound.sources import DEFAULT, DEMO

if TYPE_CHECKING:
    from pathlib import Path

    from core.sound.microphone import InputDevice

_CHOOSE_FILE = "\0file"
_LOOK_AGAIN = "\0look"


class InputBar(QWidget):
    """Lets the person choose the source and the model, and shows the level of the input.

    Signals: ``source_chosen(str)`` as `open_source` takes it, ``file_wanted()`` when a file
    is to be the source, ``devices_wanted()`` when they are to be looked for anew,
    ``model_chosen(Path)``.
    """

    source_chosen = Signal(str)
    file_wanted = Signal()
    devices_wanted = Signal()
    model_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = QComboBox()
        self.source.setAccessibleName(self.tr("Source"))
        self.source.setToolTip(self.tr("Where the sound comes from"))
        self.meter = LevelMeter()
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setToolTip(self.tr("The model that recognises"))
        for box, columns in ((self.source, 24), (self.model, 18)):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(columns)
            box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        source, model = QLabel(self.tr("&Source")), QLabel(self.tr("&Model"))
        source.setBuddy(self.source)
        model.setBuddy(self.model)
        parts = (source, self.source, (self.meter, 1), 8, model, self.model)
        self.setLayout(in_row(*parts, margins=(8, 8, 8, 0)))
        self.current = DEFAULT
        self._names: list[str] | None = None
        self.set_devices([], DEFAULT)
        self.source.activated.connect(self._on_source_activated)
        self.model.activated.connect(self._on_model_activated)

    def set_devices(self, devices: list[InputDevice], current: str) -> None:
        """List the sources there are, and mark the one in use."""
        names = list(dict.fromkeys(each.title for each in devices if each.name != DEFAULT))
        if names == self._names:
            return
        self._names = names
        self.source.clear()
        self.source.addItem(self.tr("Default microphone"), DEFAULT)
        self.source.addItem(self.tr("Demo: recorded voices"), DEMO)
        self.source.addItem(self.tr("Sound file…"), _CHOOSE_FILE)
        self.source.addItem(self.tr("Look for devices again"), _LOOK_AGAIN)
        if names:
            self.source.insertSeparator(self.source.count())
        for name in names:
            self.source.addItem(name, name)
        self.set_source(current)

    def set_source(self, name: str) -> None:
        """Mark the source in use; one that is not listed, a file, is added."""
        index = self.source.findData(name)
        if index < 0:
            self.source.addItem(name.rsplit("/", 1)[-1], name)
            index = self.source.count() - 1
            self.source.setItemData(index, name, Qt.ItemDataRole.ToolTipRole)
        self.source.setCurrentIndex(index)
        self.current = name

    def set_models(self, paths: list[Path], current: Path) -> None:
        """List the models there are, and mark the one in use."""
        self.model.clear()
        for path in paths:
            self.model.addItem(path.name, path)
        if current not in paths:
            self.model.addItem(current.name, current)
        self.set_model(current)

    def set_model(self, path: Path) -> None:
        """Mark the model in use."""
        for index in range(self.model.count()):
            if self.model.itemData(index) == path:
                self.model.setCurrentIndex(index)

    def _on_source_activated(self, index: int) -> None:
        name = self.source.itemData(index)
        if name == _CHOOSE_FILE:
            self.file_wanted.emit()
        elif name == _LOOK_AGAIN:
            self.set_source(self.current)
            self.devices_wanted.emit()
        else:
            self.source_chosen.emit(name)

    def _on_model_activated(self, index: int) -> None:
        self.model_chosen.emit(self.model.itemData(index))
