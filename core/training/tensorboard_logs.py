"""Logs of a run that TensorBoard shows; nothing of TensorBoard is needed to write them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from core.errors import TrainingError

if TYPE_CHECKING:
    from pathlib import Path


class TensorBoardLogs:
    """Two event files, one for training and one for validation, with a point an epoch.

    Parameters
    ----------
    folder : Path
        Made when missing; TensorBoard shows ``train`` and ``validation`` in it as two runs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add_epoch(self, epoch: dict[str, Any]) -> None:
        """Write the figures of an epoch.

        Raises
        ------
        TrainingError
            When nothing can be written there.
        """
        for side, prefix in (("train", ""), ("validation", "val_")):
            values = {f"epoch_{name}": epoch[prefix + name] for name in ("loss", "accuracy")}
            self._append(side, epoch["epoch"], values)

    def _append(self, side: str, step: int, values: dict[str, float]) -> None:
        import tensorflow as tf

        now = time.time()
        points = [
            tf.compat.v1.Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()
        ]
        point = tf.compat.v1.Event(
            wall_time=now, step=step, summary=tf.compat.v1.Summary(value=points)
        )
        version = tf.compat.v1.Event(wall_time=now, file_version="brain.Event:2")
        folder = self._folder / side
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # TensorBoard reads all event files of a folder; one an epoch needs no open handle.
            path = folder / f"events.out.tfevents.{int(now)}.epoch{step:05d}"
            with tf.io.TFRecordWriter(str(path)) as writer:
                writer.write(version.SerializeToString())
                writer.write(point.SerializeToString())
        except (OSError, tf.errors.OpError) as error:
            raise TrainingError(f"TensorBoard's logs cannot be written to {folder}.") from error
