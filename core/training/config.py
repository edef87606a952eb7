"""The settings of a training run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import TrainingError
from core.training.architectures import find_architecture
from core.training.augmentation import AUGMENTATIONS

if TYPE_CHECKING:
    from core.dataset.splits import SplitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """The settings of a run.

    Parameters
    ----------
    folder : Path
        The recordings.
    output : Path
        Where the bundle will be; nothing may lie there.
    architecture : str
    labels : tuple of str
        Empty for the digits that the folder has or, where it has fewer than two, for all.
    epochs, patience, batch_size : int
    validation : float
        The share of clips, in 0-1, for validation, and in a split by speaker for the test.
    split : {"speaker", "random"}
    seed : int
    start_from : Path or None
        A bundle whose weights the network begins with.
    tensorboard : Path or None
        A folder for TensorBoard's logs.
    also : tuple of Path
        Folders with further recordings that are only learned from, such as synthetic voices.
    attribution : Path or None
        A text for the model card: whom the recordings are owed to, under which licences.
    augmentation : str
        How strongly an augmented recipe changes sound, a name in `AUGMENTATIONS`.
    rehearsal : bool
        Whether the bundle keeps what the network was given of some clips, to be adapted with.

    Raises
    ------
    TrainingError
        When a value is outside its range.
    """

    folder: Path
    output: Path
    architecture: str
    labels: tuple[str, ...] = ()
    epochs: int
    patience: int
    batch_size: int
    validation: float = 0.2
    split: SplitKind = "speaker"
    seed: int = 777
    start_from: Path | None = None
    tensorboard: Path | None = None
    also: tuple[Path, ...] = ()
    attribution: Path | None = None
    augmentation: str = "full"
    rehearsal: bool = True

    def __post_init__(self) -> None:
        for name in ("epochs", "patience", "batch_size"):
            if getattr(self, name) < 1:
                raise TrainingError(f"{name} must be at least 1, not {getattr(self, name)}.")
        if not 0 < self.validation < 0.5:
            raise TrainingError(f"validation must be between 0 and 0.5, not {self.validation}.")
        if not 0 <= self.seed < 2**32:
            raise TrainingError(f"seed must be in 0 to {2**32 - 1}, not {self.seed}.")
        if self.augmentation not in AUGMENTATIONS:
            raise TrainingError(
                f"There is no augmentation “{self.augmentation}”. There are: "
                f"{', '.join(AUGMENTATIONS)}."
            )

    def to_json(self) -> dict[str, Any]:
        """Return the settings as a JSON object."""
        values = asdict(self) | {"also": [str(folder) for folder in self.also]}
        return {key: str(v) if isinstance(v, Path) else v for key, v in values.items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TrainingConfig:
        """Read the settings back; raises TrainingError when they are damaged."""
        try:
            paths = {key: Path(data[key]) for key in ("folder", "output")}
            maybe = {
                key: Path(data[key]) if data.get(key) else None
                for key in ("start_from", "tensorboard", "attribution")
            }
            tuples = {
                "labels": tuple(data["labels"]),
                "also": tuple(Path(folder) for folder in data.get("also", ())),
            }
            return cls(**data | paths | maybe | tuples)
        except (KeyError, TypeError) as error:
            raise TrainingError(f"The unfinished run is damaged ({error}).") from error


def default_config(folder: Path, output: Path, architecture: str) -> TrainingConfig:
    """Return the settings that an architecture's recipe says."""
    recipe = find_architecture(architecture).recipe
    return TrainingConfig(
        folder=folder,
        output=output,
        architecture=architecture,
        epochs=recipe.epochs,
        patience=recipe.patience,
        batch_size=recipe.batch_size,
        split=recipe.split,
    )
