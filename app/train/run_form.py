"""The settings of a run: a preset, a name, and the details folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.train.run_settings import RunSettings
from core.training.architectures import ARCHITECTURES, DEFAULT_ARCHITECTURE, NOTEBOOK_CNN

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.model_library import ModelEntry


class RunForm(QWidget):
    """Asks for what a run needs; a preset fills in the details.

    Signals: ``split_changed()`` when the split, its share or its seed has changed.
    """

    split_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = QComboBox()
        self.preset.addItem(self.tr("Default"), DEFAULT_ARCHITECTURE)
        self.preset.addItem(self.tr("Notebook"), NOTEBOOK_CNN)
        self.preset.setToolTip(
            self.tr("Default: the best network there is. Notebook: what the program began as.")
        )
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.architecture = QComboBox()
        self.architecture.addItems(list(ARCHITECTURES))
        self.split = QComboBox()
        self.split.addItem(self.tr("by speaker"), "speaker")
        self.split.addItem(self.tr("at random"), "random")
        self.epochs = _spin(1, 10_000)
        self.patience = _spin(1, 10_000)
        self.batch_size = _spin(1, 4096)
        self.seed = _spin(0, 2**31 - 1)
        self.validation = QDoubleSpinBox()
        self.validation.setRange(5, 45)
        self.validation.setDecimals(0)
        self.validation.setSuffix(" %")
        self.start_from = QComboBox()
        self.tensorboard = QCheckBox(self.tr("TensorBoard logs beside the models"))

        self._toggle = QToolButton()
        self._toggle.setText(self.tr("Details"))
        self._toggle.setCheckable(True)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.setArrowType(Qt.ArrowType.RightArrow)
        self._toggle.setAutoRaise(True)
        self._details = QWidget()
        self._details.hide()
        self._lay_out()

        self._toggle.toggled.connect(self._on_toggled)
        self.preset.currentIndexChanged.connect(self._on_preset_changed)
        self.architecture.currentTextChanged.connect(self._on_architecture_changed)
        self.split.currentIndexChanged.connect(self.split_changed)
        self.validation.valueChanged.connect(self.split_changed)
        self.seed.valueChanged.connect(self.split_changed)
        self.show_models([])
        self._on_preset_changed()
        self.seed.setValue(777)
        self.validation.setValue(20)

    def settings(self, folder: Path, labels: tuple[str, ...], logs: Path) -> RunSettings:
        """Return what the person chose."""
        return RunSettings(
            folder=folder,
            name=self.name.text().strip(),
            architecture=self.architecture.currentText(),
            labels=labels,
            split=self.split.currentData(),
            epochs=self.epochs.value(),
            patience=self.patience.value(),
            batch_size=self.batch_size.value(),
            validation=self.share,
            seed=self.seed.value(),
            start_from=self.start_from.currentData(),
            tensorboard=logs if self.tensorboard.isChecked() else None,
        )

    @property
    def share(self) -> float:
        """The share of clips for validation, 0-1."""
        return self.validation.value() / 100

    def show_models(self, models: list[ModelEntry]) -> None:
        """Offer models to start from."""
        chosen = self.start_from.currentData()
        self.start_from.clear()
        self.start_from.addItem(self.tr("nothing (new weights)"), None)
        for model in models:
            if model.metadata is not None:
                self.start_from.addItem(model.metadata.name, model.path)
        index = self.start_from.findData(chosen) if chosen else 0
        self.start_from.setCurrentIndex(max(0, index))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        preset = QLabel(self.tr("&Preset"))
        preset.setBuddy(self.preset)
        name = QLabel(self.tr("&Name of the new model"))
        name.setBuddy(self.name)
        for part in (preset, self.preset, name):
            first.addWidget(part)
        first.addWidget(self.name, 1)
        first.addWidget(self._toggle)
        grid = QGridLayout(self._details)
        grid.setContentsMargins(0, 0, 0, 0)
        fields = (
            (self.tr("&Architecture"), self.architecture),
            (self.tr("Sp&lit"), self.split),
            (self.tr("&Validation"), self.validation),
            (self.tr("See&d"), self.seed),
            (self.tr("&Epochs at most"), self.epochs),
            (self.tr("Patience"), self.patience),
            (self.tr("&Batch size"), self.batch_size),
            (self.tr("Start &from"), self.start_from),
        )
        for number, (text, widget) in enumerate(fields):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            row, place = divmod(number, 4)
            grid.addWidget(label, row, 2 * place)
            grid.addWidget(widget, row, 2 * place + 1)
        grid.addWidget(self.tensorboard, 2, 0, 1, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(first)
        column.addWidget(self._details)

    def _on_toggled(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _on_preset_changed(self) -> None:
        self.architecture.setCurrentText(self.preset.currentData())
        self._on_architecture_changed(self.architecture.currentText())

    def _on_architecture_changed(self, name: str) -> None:
        recipe = ARCHITECTURES[name].recipe
        self.epochs.setValue(recipe.epochs)
        self.patience.setValue(recipe.patience)
        self.batch_size.setValue(recipe.batch_size)
        self.split.setCurrentIndex(self.split.findData(recipe.split))


def _spin(low: int, high: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    return box
