"""The networks that can be trained, by name.

Every network maps ``(batch, n_mels, n_frames)`` log-Mel features, or ``(batch, 8000, 1)``
samples, to softmax probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import TrainingError
from core.sound.audio import TAKE_SAMPLES
from core.sound.features import FeatureConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.training.splits import SplitKind

NOTEBOOK_FEATURES = FeatureConfig()
"""What the original notebook used: librosa's defaults, 128 Mels and 16 frames of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a network is trained unless a person says otherwise.

    Parameters
    ----------
    epochs : int
        At the most.
    patience : int
        Epochs without a lower validation loss after which the run ends.
    batch_size : int
    split : {"speaker", "random"}
    learning_rate : float
    """

    epochs: int = 100
    patience: int = 10
    batch_size: int = 32
    split: SplitKind = "speaker"
    learning_rate: float = 1e-3


@dataclass(frozen=True, slots=True)
class Architecture:
    """A kind of network, what it is given, and how it is trained.

    Parameters
    ----------
    name : str
    features : FeatureConfig or None
        None for a network on the waveform.
    build : callable
        Makes an untrained Keras model from the input shape (without the batch) and the
        number of labels.
    recipe : Recipe
    """

    name: str
    features: FeatureConfig | None
    build: Callable[[tuple[int, int], int], Any]
    recipe: Recipe

    @property
    def input_shape(self) -> tuple[int, int]:
        """The shape of one input, without the batch."""
        if self.features is None:
            return TAKE_SAMPLES, 1
        return self.features.n_mels, self.features.n_frames()


NOTEBOOK = Recipe(split="random")
"""What the original notebook did."""

NOTEBOOK_CNN = "notebook-cnn"
DEFAULT_ARCHITECTURE = NOTEBOOK_CNN


def find_architecture(name: str) -> Architecture:
    """Return an architecture by its name.

    Raises
    ------
    TrainingError
        When there is none of that name.
    """
    if name not in ARCHITECTURES:
        raise TrainingError(
            f"There is no architecture “{name}”. There are: {', '.join(ARCHITECTURES)}."
        )
    return ARCHITECTURES[name]


def _conv1d_network(padding: str) -> Callable[[tuple[int, int], int], Any]:
    """Make a builder of the notebook's network: four Conv1D blocks and two dense layers.

    With padding "valid", as in the notebook, it fits the waveform only: of 128 Mel bands one
    step is left after the third block. With "same" it is built on the Mel spectrogram, bands
    as steps and frames as channels.
    """

    def build(input_shape: tuple[int, int], n_labels: int) -> Any:
        from keras import Input, Sequential, layers

        model = Sequential([Input(input_shape)])
        for filters, width in ((8, 13), (16, 11), (32, 9), (64, 7)):
            model.add(layers.Conv1D(filters, width, padding=padding, activation="relu"))
            model.add(layers.MaxPooling1D(3))
            model.add(layers.Dropout(0.3))
        model.add(layers.Flatten())
        for units in (256, 128):
            model.add(layers.Dense(units, activation="relu"))
            model.add(layers.Dropout(0.3))
        model.add(layers.Dense(n_labels, activation="softmax"))
        return model

    return build


ARCHITECTURES = {
    architecture.name: architecture
    for architecture in (
        Architecture(NOTEBOOK_CNN, NOTEBOOK_FEATURES, _conv1d_network("same"), NOTEBOOK),
        Architecture("notebook-waveform-cnn", None, _conv1d_network("valid"), NOTEBOOK),
    )
}
