"""Networks of Keras: on the processors there are, averaged, on disk, and converted."""

from __future__ import annotations

import platform
import tempfile
from collections import Counter
from contextlib import contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import BundleError, TrainingError
from core.recognition.bundle import KERAS_FILE, TFLITE_FILE
from core.training.architectures import find_architecture
from core.training.encoder import read_head
from core.training.extra import need_tensorflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from core.recognition.bundle import ModelBundle
    from core.sound.clip import FloatArray
    from core.sound.features import FeatureConfig
    from core.training.architectures import Recipe
    from core.training.batches import Batch


def load_keras(path: Path, compiled: bool = False) -> Any:
    """Load a .keras file; one that would run code, with a Lambda layer, is refused.

    Raises
    ------
    BundleError
        When it cannot be loaded safely.
    """
    need_tensorflow()
    import keras

    try:
        return keras.models.load_model(path, compile=compiled, safe_mode=True)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BundleError(
            "{file} of “{model}” is refused: it cannot be loaded without running code of its own, "
            "or is damaged ({reason}).",
            file=path.name,
            model=path.parent.name,
            reason=reason,
        ) from error


def convert_to_tflite(model: Any) -> bytes:
    """Convert a Keras model to a TensorFlow Lite flat buffer, weights in float32."""
    import tensorflow as tf

    return bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())


def load_network(bundle: ModelBundle) -> Any:
    """Return the Keras network of a bundle; where it has none, it is built again of the other.

    Raises
    ------
    BundleError
        When it cannot be loaded safely, or not be built.
    """
    if bundle.keras.is_file():
        return load_keras(bundle.keras)
    need_tensorflow()
    architecture = find_architecture(bundle.metadata.architecture)
    weights, biases = read_head(bundle.tflite)
    model = architecture.build(architecture.input_shape, len(biases))
    model.layers[-1].set_weights([weights.T, biases])
    return model


def network_file(bundle: ModelBundle, suffix: str) -> bytes:
    """Return the network of a bundle as a file of Keras's.

    Parameters
    ----------
    bundle : ModelBundle
    suffix : str
        ``.keras``, or ``.h5`` for HDF5, the format that Keras had before.

    Raises
    ------
    BundleError
        When the network cannot be loaded safely.
    """
    if suffix == ".h5":
        return _hdf5_of(load_network(bundle))
    if bundle.keras.is_file():
        return bundle.keras.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / KERAS_FILE
        load_network(bundle).save(file, include_optimizer=False)
        return file.read_bytes()


def _hdf5_of(model: Any) -> bytes:
    """Make the file in memory: where a disk is full, HDF5 ends the process."""
    import warnings

    import h5py
    import keras
    from keras.src.legacy.saving.legacy_h5_format import save_model_to_hdf5

    with (
        warnings.catch_warnings(),
        h5py.File("network", "w", driver="core", backing_store=False) as file,
    ):
        warnings.simplefilter("ignore")  # that the format is old is why it is asked for
        layered = model
        if any(not isinstance(part, keras.Layer) for part in getattr(model, "operations", ())):
            layered = keras.models.clone_model(model, call_function=_as_layer)
            layered.set_weights(model.get_weights())
        save_model_to_hdf5(layered, file, include_optimizer=False)
        file.flush()
        return bytes(file.id.get_file_image())


def _as_layer(operation: Any, *args: Any, **kwargs: Any) -> Any:
    """Call a layer; what is none, HDF5 could not hold: a floor is a ceiling the other way round."""
    from keras import layers

    if type(operation).__name__ != "Maximum" or isinstance(operation, layers.Layer):
        return operation(*args, **kwargs)
    x, floor = args
    turned = layers.Rescaling(-1.0, name=f"{operation.name}_turned")(x)
    ceiling = layers.ReLU(max_value=-floor, negative_slope=1.0, name=f"{operation.name}_ceiling")
    return layers.Rescaling(-1.0, name=f"{operation.name}_back")(ceiling(turned))


def write_network(folder: Path, model: Any) -> None:
    """Write a network into a bundle's folder, to go on training and to recognise."""
    model.save(folder / KERAS_FILE, include_optimizer=False)
    (folder / TFLITE_FILE).write_bytes(convert_to_tflite(model))


def librosa_mel_basis(features: FeatureConfig | None) -> FloatArray | None:
    """Return the Mel filters of a feature setting as librosa, the reference, makes them."""
    if features is None:
        return None
    from librosa.filters import mel

    basis = mel(
        sr=features.sample_rate,
        n_fft=features.n_fft,
        n_mels=features.n_mels,
        fmin=features.fmin,
        fmax=features.fmax,
    )
    return np.asarray(basis, np.float32)


def log_scalars(folder: Path, step: int, values: dict[str, float]) -> None:
    """Append figures to TensorBoard's logs in a folder.

    Written with TensorFlow alone: ``tf.summary.scalar`` would need the tensorboard package.

    Raises
    ------
    TrainingError
        When they cannot be written.
    """
    import tensorflow as tf

    kind = tf.compat.v1.SummaryMetadata(
        plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars")
    )
    try:
        writer = tf.summary.create_file_writer(str(folder))
        with writer.as_default():
            for name, value in values.items():
                tf.summary.write(name, tf.constant(value, tf.float32), step, kind)
        writer.close()
    except tf.errors.OpError as error:
        raise TrainingError(
            "The logs for TensorBoard cannot be written to {folder}: {reason}.",
            folder=folder,
            reason=error.message,
        ) from error


def make_optimizer(recipe: Recipe, epochs: int, batches_an_epoch: int, refines: bool) -> Any:
    """Return the optimizer of a recipe; what refines a network goes in smaller steps."""
    from keras import optimizers

    rate = recipe.learning_rate / (2 if refines else 1)
    if not recipe.augmented:
        return optimizers.Adam(rate)
    schedule = optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        decay_steps=(epochs - 1) * batches_an_epoch or 1,
        warmup_target=rate,
        warmup_steps=batches_an_epoch,
    )
    optimizer = optimizers.AdamW(schedule, weight_decay=0.01)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    return optimizer


def library_versions(
    packages: Sequence[str] = ("tensorflow", "keras", "librosa", "numpy"),
) -> dict[str, str]:
    """Return the versions of what makes a difference to a trained model."""
    packages = ("spoken-digits", *packages)
    return {"python": platform.python_version()} | {name: version(name) for name in packages}


def find_gpus() -> list[str]:
    """Return the names of the graphics processors that TensorFlow sees."""
    import tensorflow as tf

    return [device.name for device in tf.config.list_logical_devices("GPU")]


def training_scope() -> AbstractContextManager[object]:
    """Return a context in which a network is made that is trained on all that there is.

    With several graphics processors, each is given its part of every batch; with one, or none,
    TensorFlow chooses by itself.
    """
    devices = find_gpus()
    if len(devices) < 2:
        return nullcontext()
    import tensorflow as tf

    scope: AbstractContextManager[object] = tf.distribute.MirroredStrategy(devices).scope()
    return scope


def share_out(model: Any, batch: Batch) -> Any:
    """Give each device of a network its part of a batch, as `train_on_batch` takes it.

    The very first batch goes whole to every device: Keras completes the network with it.
    """
    strategy = model.distribute_strategy
    devices = strategy.num_replicas_in_sync
    if devices == 1 or len(batch[0]) < devices or model.train_function is None:
        return batch

    def part(values: Any, number: int) -> Any:
        return np.array_split(values, devices)[number]

    return tuple(
        strategy.experimental_distribute_values_from_function(
            lambda context, values=values: part(values, context.replica_id_in_sync_group)
        )
        for values in batch
    )


_EVERY = 10  # batches
_MOMENTUM = 0.99  # over a thousand batches


class Means:
    """The means of figures that come batch by batch."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()
        self._clips = 0

    def add(self, figures: dict[str, float], clips: int) -> None:
        """Take notice of a batch of so many clips."""
        self._sums.update({name: float(value) * clips for name, value in figures.items()})
        self._clips += clips

    def values(self) -> dict[str, float]:
        """Return the mean of each figure over all clips."""
        return {name: total / self._clips for name, total in self._sums.items()}


class WeightAverage:
    """Averages the weights of a network over the last batches, about a thousand.

    A run that goes on after it was cut off begins its average anew.

    What a network learns last from a few augmented clips is chance; the average of many such
    states understands unheard people better than each of them.

    Sources: Polyak & Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992;
    Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization, UAI 2018.

    Parameters
    ----------
    model : keras.Model
        Its weights, and the statistics of its batch normalisation, are averaged.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._average: list[FloatArray] = model.get_weights()
        self._batches = 0

    def add(self) -> None:
        """Take notice of a batch that was learned."""
        self._batches += 1
        if self._batches % _EVERY:
            return
        snapshots = self._batches // _EVERY
        momentum = min(_MOMENTUM, snapshots / (snapshots + 9))  # soon forgets the beginning
        for average, now in zip(self._average, self._model.get_weights(), strict=True):
            average += np.float32(1 - momentum) * (now - average)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the network have the average for as long as the context lasts."""
        live = self._model.get_weights()
        self._model.set_weights(self._average)
        try:
            yield
        finally:
            self._model.set_weights(live)
