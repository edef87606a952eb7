"""The settings of a run: a card for each preset, and every setting by hand for an expert."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
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

from app.shell.progress import rough
from app.shell.translation import translated
from app.widgets.card import Card
from app.widgets.layout import in_column, in_row
from core.errors import TrainingError
from core.training.architectures import ARCHITECTURES, DEFAULT_ARCHITECTURE
from core.training.extra import need_tensorflow
from core.training.presets import DEFAULT_PRESET, PRESETS, estimated_seconds, preset_config

if TYPE_CHECKING:
    from core.recognition.model_library import ModelEntry
    from core.training.presets import MachineSpeed

EXPERT = "expert"
"""The card whose settings are made by hand; the others are the core's presets."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What a person chose for a run.

    Parameters
    ----------
    folder : Path
    name : str
        Of the new model.
    labels : tuple of str
    options : dict
        As the command line calls them, with underscores; what is missing or None is as the
        preset or the architecture's recipe says.
    """

    folder: Path
    name: str
    labels: tuple[str, ...]
    options: dict[str, object]

    def arguments(self, output: Path) -> list[str]:
        """Return the command line of the run."""
        options = self.options | {"labels": json.dumps(self.labels)}
        given = [
            (f"--{key.replace('_', '-')}", str(v)) for key, v in options.items() if v is not None
        ]
        pairs = [part for pair in given for part in pair]
        return ["train", str(self.folder), "--output", str(output), *pairs, "--json"]


class RunForm(QWidget):
    """Asks how to train: a preset, or every setting.

    Signals
    -------
    division_changed()
        The folder is to be divided in another way.
    activated()
        A card is meant at once.
    """

    division_changed = Signal()
    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = {
            "quick": (
                self.tr("Quick"),
                self.tr("Builds on a network that has heard a great deal. Enough for most."),
            ),
            "best": (
                self.tr("Best"),
                self.tr("The whole of that network goes on learning, from sound changed anew."),
            ),
            "notebook": (
                self.tr("Notebook"),
                self.tr("What this began as: a small network from nothing, a random split."),
            ),
            EXPERT: (self.tr("Expert"), self.tr("Every setting that there is, by hand.")),
        }
        self.cards = {name: Card(title, text) for name, (title, text) in texts.items()}
        self.details = QWidget()
        self._seconds: dict[str, float] = {}
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

        grid = QGridLayout(self.details)
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
        self.setLayout(
            in_column(in_row(*((card, 1) for card in self.cards.values())), self.details)
        )

        for card in self.cards.values():
            card.toggled.connect(self._on_card_toggled)
            card.activated.connect(self.activated)
        self.architecture.currentTextChanged.connect(self._on_architecture_changed)
        self.split.currentIndexChanged.connect(self.division_changed)
        self.validation.valueChanged.connect(self.division_changed)
        self.seed.valueChanged.connect(self.division_changed)
        self._leave_out_what_is_not_installed()
        self.cards[DEFAULT_PRESET].setChecked(True)
        self.show_models([])
        self.architecture.setCurrentText(DEFAULT_ARCHITECTURE)
        self._on_architecture_changed(DEFAULT_ARCHITECTURE)

    @property
    def chosen(self) -> str:
        """The preset that is chosen, or `EXPERT`."""
        return next(name for name, card in self.cards.items() if card.isChecked())

    @property
    def division(self) -> tuple[str, float, int]:
        """How the folder is to be divided: the kind of split, the share, and the seed."""
        if self.chosen == EXPERT:
            return self.split.currentData(), self._share, self.seed.value()
        config = preset_config(PRESETS[self.chosen], Path(), Path())
        return config.split, config.validation, config.seed

    def options(self, logs: Path) -> dict[str, object]:
        """Return what the person chose; TensorBoard's logs would go to a folder."""
        if self.chosen != EXPERT:
            return {"preset": self.chosen}
        chosen = {
            "architecture": self.architecture.currentText(),
            "split": self.split.currentData(),
            "validation": self._share,
            "seed": self.seed.value(),
        }
        if not self.epochs.isEnabled():
            return chosen
        return chosen | {
            "epochs": self.epochs.value(),
            "patience": self.patience.value(),
            "batch_size": self.batch_size.value(),
            "start_from": self.start_from.currentData(),
            "tensorboard": logs if self.tensorboard.isChecked() else None,
        }

    @property
    def judges_in_turns(self) -> bool:
        """Whether what is chosen can do with a folder that cannot be divided."""
        return ARCHITECTURES[self.trained].recipe.only_head

    @property
    def trained(self) -> str:
        """The name of the architecture that is chosen, by hand or by a preset."""
        preset = PRESETS.get(self.chosen)
        return preset.architecture if preset is not None else self.architecture.currentText()

    @property
    def expected(self) -> float | None:
        """The seconds that what is chosen is estimated to take, or None."""
        return self._seconds.get(self.chosen)

    def show_minutes(self, clips: int, speed: MachineSpeed | None) -> None:
        """Say of each preset how long so many clips take on this computer."""
        self._seconds = {}
        for name, preset in PRESETS.items():
            note = ""
            if not self.cards[name].isEnabled():
                note = self.tr("needs TensorFlow, which is not here")
            elif clips and speed is not None:
                seconds = self._seconds[name] = estimated_seconds(preset, clips, speed)
                note = self.tr("about {0} on this computer").format(rough(seconds))
            self.cards[name].set_note(note)

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

    def _leave_out_what_is_not_installed(self) -> None:
        try:
            need_tensorflow()
        except TrainingError as error:
            for name, preset in PRESETS.items():
                if not ARCHITECTURES[preset.architecture].recipe.only_head:
                    self.cards[name].setEnabled(False)
                    self.cards[name].setToolTip(translated(error.sentence))

    @property
    def _share(self) -> float:
        return self.validation.value() / 100

    def _on_card_toggled(self, chosen: bool) -> None:
        if chosen:
            self.details.setVisible(self.chosen == EXPERT)
            self.division_changed.emit()

    def _on_architecture_changed(self, name: str) -> None:
        recipe = ARCHITECTURES[name].recipe
        of_epochs = (self.epochs, self.patience, self.batch_size, self.start_from)
        for widget in (*of_epochs, self.tensorboard):
            widget.setEnabled(not recipe.only_head)  # which learns in no epochs
        self.epochs.setValue(recipe.epochs)
        self.patience.setValue(recipe.patience)
        self.batch_size.setValue(recipe.batch_size)
        self.split.setCurrentIndex(self.split.findData(recipe.split))
        self.division_changed.emit()


def _spin(low: int, high: int, value: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    return box
