"""The settings of a run, and the form in which an expert sets each by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from core.training.architectures import ARCHITECTURES, DEFAULT_ARCHITECTURE

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.model_library import ModelEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What a person chose for a run; None means what the preset or the recipe says.

    Parameters
    ----------
    folder : Path
    name : str
        Of the new model.
    labels : tuple of str
    preset, architecture : str or None
        One of the two.
    split : {"speaker", "random"} or None
    epochs, patience, batch_size, seed : int or None
    validation : float or None
    start_from : Path or None
    tensorboard : Path or None
    """

    folder: Path
    name: str
    labels: tuple[str, ...]
    preset: str | None = None
    architecture: str | None = None
    split: str | None = None
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
            "--preset": self.preset,
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
    """Asks for every setting; an architecture fills in what its recipe says.

    Signals: ``split_changed()`` when the split, its share or its seed has changed.
    """

    split_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.architecture = QComboBox()
        self.architecture.addItems(list(ARCHITECTURES))
        self.split = QComboBox()
        self.split.addItem(self.tr("by speaker"), "speaker")
        self.split.addItem(self.tr("at random"), "random")
        self.epochs = _spin(1, 10_000)
        self.patience = _spin(1, 10_000)
        self.batch_size = _spin(1, 4096)
        self.seed = _spin(0, 2**31 - 1, 777)
        self.validation = QDoubleSpinBox()
        self.validation.setRange(5, 45)
        self.validation.setDecimals(0)
        self.validation.setSuffix(" %")
        self.validation.setValue(20)
        self.start_from = QComboBox()
        self.tensorboard = QCheckBox(self.tr("TensorBoard logs beside the models"))

        grid = QGridLayout(self)
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

        self.architecture.currentTextChanged.connect(self._on_architecture_changed)
        self.split.currentIndexChanged.connect(self.split_changed)
        self.validation.valueChanged.connect(self.split_changed)
        self.seed.valueChanged.connect(self.split_changed)
        self.show_models([])
        self.architecture.setCurrentText(DEFAULT_ARCHITECTURE)
        self._on_architecture_changed(DEFAULT_ARCHITECTURE)

    def settings(self, folder: Path, name: str, labels: tuple[str, ...], logs: Path) -> RunSettings:
        """Return what the person chose."""
        return RunSettings(
            folder=folder,
            name=name,
            labels=labels,
            architecture=self.architecture.currentText(),
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

    def _on_architecture_changed(self, name: str) -> None:
        recipe = ARCHITECTURES[name].recipe
        self.epochs.setValue(recipe.epochs)
        self.patience.setValue(recipe.patience)
        self.batch_size.setValue(recipe.batch_size)
        self.split.setCurrentIndex(self.split.findData(recipe.split))


def _spin(low: int, high: int, value: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    return box
