"""Sound files read and pictured off the GUI thread."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.shell.task_runner import Task, TaskRunner
from core.errors import SpokenDigitsError
from core.sound.features import FeatureConfig, LogMelFrontEnd
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from pathlib import Path

    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram

DISPLAY_FEATURES = FeatureConfig(
    n_fft=1024, win_length=256, hop_length=32, n_mels=96, normalisation="none"
)
"""The spectrogram for the eye: 32 ms windows every 4 ms."""


@cache
def _front_end() -> LogMelFrontEnd:
    return LogMelFrontEnd(DISPLAY_FEATURES)


def picture_of(clip: AudioClip) -> MelSpectrogram:
    """Return the spectrogram for the eye of a take."""
    return _front_end().spectrogram(clip.samples)


class ClipReader(QObject):
    """Reads the second of a file that is looked at; only the last one asked for is delivered.

    Signals: ``ready(AudioClip, MelSpectrogram)``, ``failed(str)``.
    """

    ready = Signal(object, object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = TaskRunner("clips", self)
        self._task: Task | None = None

    def read(self, path: Path) -> None:
        """Read a file."""
        if self._task is not None:
            self._task.drop()

        def work() -> tuple[AudioClip, MelSpectrogram]:
            clip = read_second(path).clip
            return clip, picture_of(clip)

        self._task = self._runner.submit(work, lambda pair: self.ready.emit(*pair), self._on_error)

    def close(self) -> None:
        """Wait for the worker."""
        self._runner.close()

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, SpokenDigitsError):
            raise error
        self.failed.emit(str(error))
