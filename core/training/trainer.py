"""One training run: from a folder of recordings to a model bundle."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import SoundFileError, TrainingError
from core.recognition.bundle import (
    KERAS_FILE,
    TFLITE_FILE,
    ModelBundle,
    ModelMetadata,
    load_bundle,
    write_metadata,
    writing_bundle,
)
from core.sound.audio import read_second
from core.sound.features import LogMelFrontEnd
from core.training.architectures import find_architecture
from core.training.dataset import DIGITS, Recording, list_recordings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.sound.audio import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """The settings of a run; the defaults are the notebook's.

    Parameters
    ----------
    folder : Path
        The recordings.
    output : Path
        Where the bundle will be; nothing may lie there.
    architecture : str
    labels : tuple of str
        In the order of the network's outputs.
    epochs : int
        At the most.
    patience : int
        Epochs without a better validation loss after which the run ends.
    batch_size : int
    validation : float
        The share of clips, in 0-1, that early stopping looks at.
    seed : int
    """

    folder: Path
    output: Path
    architecture: str = "notebook-cnn"
    labels: tuple[str, ...] = DIGITS
    epochs: int = 100
    patience: int = 10
    batch_size: int = 32
    validation: float = 0.2
    seed: int = 777


@dataclass(frozen=True, slots=True)
class Epoch:
    """The figures of one epoch.

    Parameters
    ----------
    epoch : int
        Counted from 1.
    loss, accuracy, val_loss, val_accuracy : float
    """

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float


def train(config: TrainingConfig, on_epoch: Callable[[Epoch], None]) -> ModelBundle:
    """Train a network and save it as a bundle.

    The split is the notebook's: stratified by label, whoever speaks.

    Raises
    ------
    DataSetError, TrainingError, BundleError
        When the run cannot start or its result cannot be saved.
    """
    import keras
    from sklearn.model_selection import train_test_split

    architecture = find_architecture(config.architecture)
    recordings = [r for r in list_recordings(config.folder) if r.label in config.labels]
    used, samples = read_samples(recordings)
    if len({recording.label for recording in used}) < 2:
        raise TrainingError(f"{config.folder} has fewer than two of the labels: nothing to learn.")
    front_end = LogMelFrontEnd(architecture.features) if architecture.features else None
    inputs = front_end.model_input(samples) if front_end else samples[..., np.newaxis]
    targets = np.array([config.labels.index(recording.label) for recording in used])
    x_train, x_val, y_train, y_val = train_test_split(
        inputs, targets, test_size=config.validation, random_state=config.seed, stratify=targets
    )
    keras.utils.set_random_seed(config.seed)
    model = architecture.build(architecture.input_shape, len(config.labels))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])

    def report(epoch: int, logs: dict[str, float]) -> None:
        on_epoch(
            Epoch(epoch + 1, logs["loss"], logs["accuracy"], logs["val_loss"], logs["val_accuracy"])
        )

    model.fit(
        x_train,
        y_train,
        validation_data=(x_val, y_val),
        epochs=config.epochs,
        batch_size=config.batch_size,
        verbose=0,
        callbacks=[
            keras.callbacks.EarlyStopping(
                "val_loss", min_delta=1e-4, patience=config.patience, restore_best_weights=True
            ),
            keras.callbacks.LambdaCallback(on_epoch_end=report),
        ],
    )
    loss, accuracy = model.evaluate(x_val, y_val, verbose=0)
    metadata = ModelMetadata(
        name=config.output.name,
        labels=config.labels,
        features=architecture.features,
        architecture=architecture.name,
        parameters=int(model.count_params()),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        metrics={"val_loss": float(loss), "val_accuracy": float(accuracy)},
        data_set={
            "name": config.folder.resolve().name,
            "clips": len(used),
            "speakers": len({recording.speaker for recording in used}),
        },
        training={
            key: value for key, value in asdict(config).items() if key not in ("folder", "output")
        },
        versions=library_versions(),
    )
    with writing_bundle(config.output) as folder:
        model.save(folder / KERAS_FILE)
        (folder / TFLITE_FILE).write_bytes(convert_to_tflite(model))
        write_metadata(folder, metadata, librosa_mel_basis(architecture.features))
    return load_bundle(config.output)


def read_samples(recordings: list[Recording]) -> tuple[list[Recording], FloatArray]:
    """Read recordings as takes; those that cannot be read are left out.

    Returns
    -------
    list of Recording
        Those that could be read.
    (n, 8000) float32 array
        Their samples.
    """
    used, samples = [], []
    for recording in recordings:
        try:
            samples.append(read_second(recording.path).clip.samples)
        except SoundFileError:
            continue
        used.append(recording)
    return used, np.stack(samples) if samples else np.zeros((0, 8000), np.float32)


def convert_to_tflite(model: Any) -> bytes:
    """Convert a Keras model to a TensorFlow Lite flat buffer, weights in float32."""
    import tensorflow as tf

    return bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())


def librosa_mel_basis(features: Any) -> FloatArray | None:
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


def library_versions() -> dict[str, str]:
    """Return the versions of what makes a difference to a trained model."""
    packages = ("spoken-digits", "tensorflow", "keras", "librosa", "numpy")
    return {"python": platform.python_version()} | {name: version(name) for name in packages}
