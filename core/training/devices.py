"""The processors that a network is trained on."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


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
