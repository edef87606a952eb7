"""Takes that are kept for the next time: written, found again, changed, and thrown away."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.library.clips import Clip, Origin, sound_of
from app.shell.task_runner import TaskRunner
from core.dataset.kept_takes import KeptTake, KeptTakes
from core.errors import SpokenDigitsError
from core.labels import DIGITS
from core.places import user_recordings
from core.recognition.recogniser import Prediction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from core.sound.clip import AudioClip

_SECONDS = 1.0  # of every take


class KeptClips(QObject):
    """Owns the folder of kept takes, and what of it is in the list.

    Files are written and read on a worker thread, one after another, so that what was asked for
    first is there first.

    Parameters
    ----------
    folder : Path

    Signals
    -------
    changed(list of Clip)
        They are kept now.
    failed(str)
        Why something could not be written or removed.
    """

    changed = Signal(list)
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._takes = KeptTakes(folder)
        self._known: dict[Clip, KeptTake] = {}  # the worker's
        self._removed: dict[Clip, _Removed] = {}  # the worker's, to be brought back
        self._runner = TaskRunner("recognition-takes", self)
        self._runner.failed.connect(self.failed)

    @property
    def folder(self) -> Path:
        """Where they lie, or will lie."""
        return self._takes.folder

    def load(self, on_loaded: Callable[[list[Clip]], object]) -> None:
        """Find what was kept before, the newest first; no sound is read."""

        def find() -> list[Clip]:
            here = {take.path for take in self._known.values()}
            clips = [_clip(take) for take in self._takes.all() if take.path not in here]
            self._known |= {clip: clip.kept for clip in clips if clip.kept is not None}
            return clips

        self._runner.submit(find, on_loaded)

    def keep(
        self,
        clips: Iterable[Clip],
        on_kept: Callable[[], object] = lambda: None,
        on_failed: Callable[[SpokenDigitsError], object] | None = None,
    ) -> None:
        """Keep clips that are in memory; those that are kept already stay so."""
        wanted = [(clip, clip.sound, _known_of(clip)) for clip in clips if clip.sound is not None]

        def write() -> dict[Clip, KeptTake]:
            new = {}
            for clip, sound, known in wanted:
                if clip not in self._known:
                    new[clip] = self._known[clip] = self._takes.keep(sound, **known)
            return new

        def on_written(new: dict[Clip, KeptTake]) -> None:
            self._show(new)
            on_kept()

        self._runner.submit(write, on_written, on_failed)

    def note(self, clips: Iterable[Clip]) -> None:
        """Note what is known now of those of some clips that are kept."""
        wanted = {clip: _known_of(clip) for clip in clips if clip.kept or clip.sound}

        def write() -> None:
            for clip, known in wanted.items():
                take = self._known.get(clip)
                if take is None:
                    continue
                new = {
                    name: known[name] for name in _CHANGING if getattr(take, name) != known[name]
                }
                if new:
                    self._known[clip] = self._takes.change(take, **new)

        self._runner.submit(write)

    def remove(self, clips: Iterable[Clip]) -> None:
        """Remove the files of those of some clips that are kept; their sounds are remembered."""
        wanted = [(clip, clip.sound) for clip in clips]

        def write() -> None:
            for clip, sound in wanted:
                take = self._known.pop(clip, None)
                if take is not None:
                    with suppress(SpokenDigitsError):  # of one that is gone or damaged
                        self._removed[clip] = _Removed(take, sound or sound_of(clip))
                    self._takes.remove(take)

        self._runner.submit(write)

    def restore(self, clips: Iterable[Clip]) -> None:
        """Write what was removed again."""
        wanted = list(clips)

        def write() -> dict[Clip, KeptTake]:
            new = {}
            for clip in wanted:
                removed = self._removed.pop(clip, None)
                if removed is not None:
                    known = {name: getattr(removed.take, name) for name in _NAMES}
                    take = self._takes.keep(removed.sound, **known)
                    new[clip] = self._known[clip] = take
            return new

        self._runner.submit(write, self._show)

    def measure(self, on_measured: Callable[[tuple[int, int]], object]) -> None:
        """Find out how many takes lie in the folder, and how many bytes they need."""
        self._runner.submit(lambda: (len(self._takes.all()), self._takes.bytes), on_measured)

    def clear(self, on_cleared: Callable[[int], object]) -> None:
        """Remove all of them; that cannot be undone."""

        def write() -> int:
            count = self._takes.clear()
            self._known.clear()
            self._removed.clear()
            return count

        self._runner.submit(write, on_cleared)

    def close(self) -> None:
        """Wait until everything is written."""
        self._runner.finish()

    def _show(self, new: dict[Clip, KeptTake]) -> None:
        for clip, take in new.items():
            clip.kept, clip.path = take, take.path
        if new:
            self.changed.emit(list(new))


@dataclass(frozen=True, slots=True)
class _Removed:
    """A take whose file is gone, with what it needs to be written again."""

    take: KeptTake
    sound: AudioClip


_CHANGING = ("heard", "confidence", "model", "said", "recording")
_NAMES = ("time", "source", *_CHANGING)


def _known_of(clip: Clip) -> dict[str, Any]:
    """Return what is known of a clip, as it is kept."""
    said = clip.prediction if clip.prediction and not clip.prediction.problem else None
    return {
        "time": clip.time,
        "source": clip.name,
        "heard": said.best if said else None,
        "confidence": round(min(1.0, said.confidence), 4) if said else 0.0,
        "model": said.model if said else "",
        "said": clip.given,
        "recording": clip.recording,
    }


def _clip(take: KeptTake) -> Clip:
    """Return the row of a take whose sound is not read yet."""
    recording = take.recording
    if recording is not None and not recording.path.is_relative_to(user_recordings()):
        recording = None  # it is none of the program's, so nothing is done with it
    return Clip(
        take.source,
        path=take.path,
        origin=Origin.SPOKEN,
        time=take.time.astimezone(),
        given=take.said,
        prediction=_prediction(take),
        seconds=_SECONDS,
        recording=recording,
        kept=take,
    )


def _prediction(take: KeptTake) -> Prediction | None:
    """Return what is known of an answer: the best word, and how sure the model was."""
    if take.heard is None:
        return None
    labels = tuple(dict.fromkeys((take.heard, *DIGITS)))
    probabilities = np.zeros(len(labels), np.float32)
    probabilities[0] = take.confidence
    return Prediction(labels, probabilities, 0.0, 0.0, model=take.model)


def is_whole(prediction: Prediction | None) -> bool:
    """Tell whether an answer is all that a model said, not only what was kept of it."""
    return prediction is not None and prediction.bundle is not None
