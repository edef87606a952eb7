"""What a person chose for a run, and the command line that it becomes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
