"""The processors that a network is trained on."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from core.training.batches import Batch


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
    import numpy as np

    def part(values: Any, number: int) -> Any:
        return np.array_split(values, devices)[number]

    return tuple(
        strategy.experimental_distribute_values_from_function(
            lambda context, values=values: part(values, context.replica_id_in_sync_group)
        )
        for values in batch
    )
