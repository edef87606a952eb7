"""The networks that can be trained, by name.

Every network maps ``(batch, n_mels, n_frames)`` log-Mel features, or ``(batch, 8000, 1)``
samples, to softmax probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.errors import TrainingError
from core.sound.clip import TAKE_SAMPLES
from core.sound.features import FeatureConfig
from core.training.speech_embedding import EMBEDDING_FEATURES, embed, pool_over_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.dataset.splits import SplitKind

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
        Adam's; with augmentation the peak of a cosine schedule of AdamW's (Loshchilov &
        Hutter 2019).
    augmented : bool
        Whether every epoch draws `clips_an_epoch` newly augmented clips, in equal parts from
        all speakers, and learns what is no digit, and the average of the weights is kept
        (`WeightAverage`); otherwise every clip is learned as it is.
    clips_an_epoch : int
    label_smoothing : float
        The share of probability, in 0-1, that the target gives to all labels.
    only_head : bool
        Whether the network is kept as it is shipped, and only its last layer learns, without
        TensorFlow and in no epochs (`core.training.quick`).
    """

    epochs: int = 100
    patience: int = 10
    batch_size: int = 32
    split: SplitKind = "speaker"
    learning_rate: float = 1e-3
    augmented: bool = False
    clips_an_epoch: int = 12_800
    label_smoothing: float = 0.0
    only_head: bool = False


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
USUAL_EPOCHS = 45
"""After so many its loss has not fallen for long, mostly."""

FINE_FEATURES = FeatureConfig(n_fft=256, win_length=256, hop_length=80, n_mels=40, fmin=20.0)
"""What small networks for keywords are given: windows of 32 ms, every 10 ms, 40 Mels."""

AUGMENTED = Recipe(
    epochs=28,
    patience=28,
    batch_size=64,
    learning_rate=3e-3,
    augmented=True,
    label_smoothing=0.05,
)
"""For people the network never heard."""

PRETRAINED = replace(AUGMENTED, epochs=16, patience=16, learning_rate=7e-4)
"""For a network that has heard more than it is taught."""

QUICK = Recipe(epochs=1, patience=1, only_head=True)
"""For a network that is kept as it is, but for its last layer."""

NOTEBOOK_CNN = "notebook-cnn"
DS_RESNET_SE = "ds-resnet-se"
SPEECH_EMBEDDING = "speech-embedding"
SPEECH_EMBEDDING_QUICK = "speech-embedding-quick"
DEFAULT_ARCHITECTURE = SPEECH_EMBEDDING


def find_architecture(name: str) -> Architecture:
    """Return an architecture by its name.

    Raises
    ------
    TrainingError
        When there is none of that name.
    """
    if name not in ARCHITECTURES:
        raise TrainingError(
            "There is no architecture “{name}”. There are: {names}.",
            name=name,
            names=", ".join(ARCHITECTURES),
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


def _ds_resnet_se(input_shape: tuple[int, int], n_labels: int) -> Any:
    """Build a residual network of depthwise-separable convolutions, squeezed and excited.

    Ten blocks in three stages that see the spectrogram at 1/2, 1/4 and 1/8 of its Mels (and
    1/2, 1/4 and 1/4 of its frames). It puts together what is known to work for keywords and
    small processors.

    Sources: Zhang et al., Hello Edge: Keyword Spotting on Microcontrollers, 2017 (DS-CNN);
    Tang & Lin, Deep Residual Learning for Small-Footprint Keyword Spotting, ICASSP 2018;
    Hu et al., Squeeze-and-Excitation Networks, CVPR 2018.
    """
    from keras import Input, Model, layers

    def normal(x: Any) -> Any:
        return layers.ReLU()(layers.BatchNormalization()(x))

    def block(x: Any, width: int) -> Any:
        y = normal(layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x))
        y = layers.BatchNormalization()(layers.Conv2D(width, 1, use_bias=False)(y))
        weight = layers.GlobalAveragePooling2D(keepdims=True)(y)
        weight = layers.Conv2D(max(8, width // 8), 1, activation="relu")(weight)
        y = layers.Multiply()([y, layers.Conv2D(width, 1, activation="sigmoid")(weight)])
        return layers.ReLU()(layers.Add()([x, y]) if x.shape == y.shape else y)

    inputs = Input(input_shape)
    x = layers.Reshape((*input_shape, 1))(inputs)
    x = normal(layers.Conv2D(32, 5, strides=2, padding="same", use_bias=False)(x))
    for width, blocks, pool in ((32, 2, None), (64, 4, (2, 2)), (112, 4, (2, 1))):
        if pool:
            x = layers.MaxPooling2D(pool, padding="same")(x)
        for _ in range(blocks):
            x = block(x, width)
    x = layers.Dropout(0.1)(layers.GlobalAveragePooling2D()(x))
    return Model(inputs, layers.Dense(n_labels, activation="softmax")(x))


def _speech_embedding(input_shape: tuple[int, int], n_labels: int) -> Any:
    """Build a small head on the average and the maximum of a pretrained network's vectors."""
    from keras import Input, Model, layers

    inputs = Input(input_shape)
    vectors = embed(layers.Permute((2, 1))(inputs), -EMBEDDING_FEATURES.top_db)
    vectors = layers.Rescaling(1 / 10)(vectors)  # they are large; a head begins with small ones
    x = layers.Concatenate()(
        [layers.GlobalAveragePooling2D()(vectors), layers.GlobalMaxPooling2D()(vectors)]
    )
    x = layers.Dropout(0.3)(x)
    return Model(inputs, layers.Dense(n_labels, activation="softmax")(x))


def _speech_embedding_quick(input_shape: tuple[int, int], n_labels: int) -> Any:
    """Build the network that `core.training.quick` writes as TensorFlow Lite."""
    from keras import Input, Model, layers

    inputs = Input(input_shape)
    x = pool_over_time(embed(layers.Permute((2, 1))(inputs), -EMBEDDING_FEATURES.top_db))
    return Model(inputs, layers.Dense(n_labels, activation="softmax")(x))


ARCHITECTURES = {
    architecture.name: architecture
    for architecture in (
        Architecture(DS_RESNET_SE, FINE_FEATURES, _ds_resnet_se, AUGMENTED),
        Architecture(SPEECH_EMBEDDING, EMBEDDING_FEATURES, _speech_embedding, PRETRAINED),
        Architecture(SPEECH_EMBEDDING_QUICK, EMBEDDING_FEATURES, _speech_embedding_quick, QUICK),
        Architecture(NOTEBOOK_CNN, NOTEBOOK_FEATURES, _conv1d_network("same"), NOTEBOOK),
        Architecture("notebook-waveform-cnn", None, _conv1d_network("valid"), NOTEBOOK),
    )
}
