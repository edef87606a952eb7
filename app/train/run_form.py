"""The settings of a run, and the form for them: a preset, a name, and details folded away."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.widgets.layout import in_column, in_row
from core.training.architectures import ARCHITECTURES, DEFAULT_ARCHITECTURE, NOTEBOOK_CNN

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.model_library import ModelEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What a person chose for a run; None means what the architecture's recipe says.

    Parameters
    ----------
    folder : Path
    name : str
        Of the new model.
    architecture : str
    labels : tuple of str
    split : {"speaker", "random"}
    epochs, patience, batch_size, seed : int or None
    validation : float or None
    start_from : Path or None
    tensorboard : Path or None
    """

    folder: Path
    name: str
    architecture: str
    labels: tuple[str, ...]
    split: str
    epochs: int | None = None
    patience: int | None = None
    batch_size: int | None = None
    validation: float | None = None
    seed: int | None = None
    start_from: Path | None = None
    tensorboard: Path | None = None

    def arguments(self, output: Path) -> list[str]:
        """Return the command line of the run."""
        options = {
            "--architecture": self.architecture,
            "--labels": json.dumps(self.labels),
            "--split": self.split,
            "--epochs": self.epochs,
            "--patience": self.patience,
            "--batch-size": self.batch_size,
            "--validation": self.validation,
            "--seed": self.seed,
            "--start-from": self.start_from,
            "--tensorboard": self.tensorboard,
        }
        given = [(key, str(value)) for key, value in options.items() if value is not None]
        pairs = [part for pair in given for part in pair]
        return ["train", str(self.folder), "--output", str(output), *pairs, "--json"]


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
        preset = QLabel(self.tr("Preset"))
        preset.setBuddy(self.preset)
        name = QLabel(self.tr("Name of the new model"))
        name.setBuddy(self.name)
        first = in_row(preset, self.preset, name, (self.name, 1), self._toggle)
        grid = QGridLayout(self._details)
        grid.setContentsMargins(0, 0, 0, 0)
        fields = (
            (self.tr("Architecture"), self.architecture),
            (self.tr("Split"), self.split),
            (self.tr("Validation"), self.validation),
            (self.tr("Seed"), self.seed),
            (self.tr("Epochs at most"), self.epochs),
            (self.tr("Patience"), self.patience),
            (self.tr("Batch size"), self.batch_size),
            (self.tr("Start from"), self.start_from),
        )
        for number, (text, widget) in enumerate(fields):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            line, place = divmod(number, 4)
            grid.addWidget(label, line, 2 * place)
            grid.addWidget(widget, line, 2 * place + 1)
        grid.addWidget(self.tensorboard, 2, 0, 1, 4)
        self.setLayout(in_column(first, self._details))

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
