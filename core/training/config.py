"""The settings of a training run, and how strongly it changes what it learns from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - a field of a record
from typing import Any, Self

from core.dataset.splits import SplitKind  # noqa: TC001 - a field of a record
from core.errors import TrainingError
from core.records import fields_from_json, fields_to_json
from core.training.architectures import find_architecture


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentationConfig:
    """How strongly sound is changed; ranges are drawn from evenly.

    Parameters
    ----------
    speed : (float, float)
        Factors of speed and pitch together, drawn evenly in their logarithm.
    equaliser_db : float
        Standard deviation of the gain at seven frequencies.
    room, low_cut, high_cut : float
        The share of takes, in 0-1, that get reverberation, and that lose the lowest and the
        highest frequencies.
    noisy : float
        The share of takes with audible noise.
    snr_db : (float, float)
        Signal-to-noise ratio of those over the whole second; within a short word it is 3 to 6 dB
        higher.
    gain_db : (float, float)
        The level before conversion to whole numbers, relative to full scale.
    time_mask, mel_mask : int
        The longest stretch that is taken out, in frames and bands.
    noise_speed : (float, float)
        Factors of the speed of noise.
    noise_mixed : float
        Of the noise that is to be learned as such, the share that is two recordings at once.
    isolated : float
        The share of takes, of words and of noise, that are cut out of the sound around them, as
        listening shows them to the network.
    silence : float
        The share of a batch that is noise without a word, where the labels have one for it.
    """

    speed: tuple[float, float] = (0.8, 1.25)
    equaliser_db: float = 4.0
    room: float = 0.4
    low_cut: float = 0.3
    high_cut: float = 0.3
    noisy: float = 0.7
    snr_db: tuple[float, float] = (-2.0, 35.0)
    gain_db: tuple[float, float] = (-45.0, 6.0)
    time_mask: int = 12
    mel_mask: int = 6
    noise_speed: tuple[float, float] = (0.7, 1.4)
    noise_mixed: float = 0.3
    isolated: float = 0.0
    silence: float = 0.08


_GENTLE = AugmentationConfig(
    speed=(0.85, 1.18),
    equaliser_db=3.0,
    room=0.3,
    low_cut=0.2,
    high_cut=0.2,
    noisy=0.5,
    snr_db=(0.0, 40.0),
    time_mask=8,
    mel_mask=4,
)
AUGMENTATIONS = {
    "full": AugmentationConfig(),
    "gentle": _GENTLE,
    "noisy": AugmentationConfig(noisy=0.8, snr_db=(-8.0, 35.0), isolated=0.3, silence=0.16),
}
"""By name: what teaches a network most; what is nearer to sound as it is, to finish with; and
what listening meets, words cut out of loud noise."""
_LARGEST_BATCH = 4096  # more than any disk or memory is made for


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
                raise TrainingError(
                    "{name} must be at least 1, not {value}.", name=name, value=getattr(self, name)
                )
        if self.batch_size > _LARGEST_BATCH:
            raise TrainingError(
                "batch_size must be at most {most}, not {value}.",
                most=_LARGEST_BATCH,
                value=self.batch_size,
            )
        if not 0 < self.validation < 0.5:  # true of what is no number, too
            raise TrainingError(
                "validation must be between 0 and 0.5, not {value}.", value=self.validation
            )
        if not 0 <= self.seed < 2**32:
            raise TrainingError(
                "seed must be in 0 to {most}, not {value}.", most=2**32 - 1, value=self.seed
            )
        if self.augmentation not in AUGMENTATIONS:
            raise TrainingError(
                "There is no augmentation “{name}”. There are: {names}.",
                name=self.augmentation,
                names=", ".join(AUGMENTATIONS),
            )

    def to_json(self) -> dict[str, Any]:
        """Return the settings as a JSON object."""
        return fields_to_json(self)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the settings back; raises TrainingError when they are damaged."""
        try:
            return fields_from_json(cls, data)
        except ValueError as error:
            raise TrainingError(
                "The unfinished run is damaged ({reason}).", reason=error
            ) from error


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
