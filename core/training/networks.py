"""Networks on disk: loaded safely, and converted for recognition."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import BundleError
from core.recognition.bundle import KERAS_FILE, TFLITE_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from core.sound.features import FeatureConfig
    from core.sound.sound_file import FloatArray


def load_keras(path: Path, compiled: bool = False) -> Any:
    """Load a .keras file; one that would run code, with a Lambda layer, is refused.

    Raises
    ------
    BundleError
        When it cannot be loaded safely.
    """
    import keras

    try:
        return keras.models.load_model(path, compile=compiled, safe_mode=True)
    except (ValueError, TypeError, OSError, KeyError, ImportError) as error:
        raise BundleError(
            f"{path.name} of “{path.parent.name}” is refused: it cannot be loaded without running "
            f"code of its own, or is damaged ({str(error).splitlines()[0]})."
        ) from error


def convert_to_tflite(model: Any) -> bytes:
    """Convert a Keras model to a TensorFlow Lite flat buffer, weights in float32."""
    import tensorflow as tf

    return bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())


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
    """
    import tensorflow as tf

    kind = tf.compat.v1.SummaryMetadata(
        plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars")
    )
    writer = tf.summary.create_file_writer(str(folder))
    with writer.as_default():
        for name, value in values.items():
            tf.summary.write(name, tf.constant(value, tf.float32), step, kind)
    writer.close()


def library_versions() -> dict[str, str]:
    """Return the versions of what makes a difference to a trained model."""
    packages = ("spoken-digits", "tensorflow", "keras", "librosa", "numpy")
    return {"python": platform.python_version()} | {name: version(name) for name in packages}
