"""Clips heard again by another model: what it hears otherwise, clip by clip."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QProgressBar

from app.library.clips import BAD, Clip, sound_of
from app.shell.model_in_use import ChosenModel, Network
from app.shell.task_runner import TaskRunner
from app.shell.translation import counted, fill, translated
from core.errors import SoundFileError
from core.recognition.bundle import load_bundle
from core.sound.decoder import ReadingStopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from core.errors import SpokenDigitsError
    from core.recognition.recogniser import Prediction

translate = QCoreApplication.translate

_TOLD_EVERY = 20


def is_wrong(prediction: Prediction | None, expected: str | None) -> bool:
    """Tell whether a model heard another word than was said."""
    return Clip("", named=expected, prediction=prediction).is_wrong


def hear(
    clips: Sequence[Clip],
    path: Path,
    network: Network,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
) -> dict[Clip, Prediction] | None:
    """Return what the model in a folder says of clips; None when it was to stop.

    On a worker: it reads files, and changes no clip. Those that cannot be read are left out.

    Raises
    ------
    BundleError
        When the model cannot be loaded.
    """
    bundle, found = load_bundle(path), {}
    recogniser = network.of(ChosenModel(bundle, bundle.metadata.threshold))
    for done, clip in enumerate(clips):
        if should_stop():
            return None
        if done % _TOLD_EVERY == 0:
            on_progress(done, len(clips))
        try:
            sound = sound_of(clip, should_stop)
        except SoundFileError:
            continue
        except ReadingStopped:
            return None
        found[clip] = recogniser.recognise(sound, clip.known_problem)
    on_progress(len(clips), len(clips))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """How two models differ in what they heard of the same clips.

    Parameters
    ----------
    clips : int
        That were heard by both.
    otherwise : int
        Those of which the second heard something else.
    mended, spoilt : int
        Those that were wrong and are right, and those that were right and are wrong.
    wrong : int
        Those that were wrong before.
    right : int
        Those that were right before.
    """

    clips: int
    otherwise: int
    mended: int
    spoilt: int
    wrong: int
    right: int

    @classmethod
    def of(cls, clips: Iterable[Clip]) -> Difference:
        """Compare what was heard before with what is heard now."""
        both = [clip for clip in clips if clip.before is not None and clip.prediction is not None]
        judged = [
            (is_wrong(clip.before, clip.expected), clip.is_wrong)
            for clip in both
            if clip.expected not in (None, BAD)
        ]
        return cls(
            len(both),
            sum(clip.has_changed for clip in both),
            judged.count((True, False)),
            judged.count((False, True)),
            sum(before for before, _ in judged),
            sum(not before for before, _ in judged),
        )


class HearAgain(QObject):
    """Hears clips again with a model that is not in use, in the background.

    Nothing of the clips changes before all of them are heard. `bar` is seen meanwhile, wherever
    the window puts it.

    Signals
    -------
    heard(list of Clip)
        What was heard before is their `before`.
    said(str), failed(str)
    """

    heard = Signal(list)
    said = Signal(str)
    failed = Signal(str)
    _advanced = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setFormat(self.tr("Hearing again: %v of %m (Esc gives up)"))
        self.bar.setAccessibleName(self.tr("Clips that are heard again"))
        self.bar.hide()
        self._runner, self._network = TaskRunner("hear again", self), Network()
        self._number = 0  # of what was asked last, which alone counts
        self.running = False
        self._advanced.connect(self._on_advanced)

    def start(self, clips: Sequence[Clip], path: Path) -> None:
        """Hear clips with the model in a folder; what was going on is given up."""
        self._number += 1
        number, self.running = self._number, True
        self._on_advanced(number, 0, len(clips))
        self.bar.show()

        self._runner.submit(
            lambda: hear(
                clips,
                path,
                self._network,
                partial(self._advanced.emit, number),
                lambda: number != self._number or self._runner.closing,
            ),
            partial(self._on_heard, number, path.name),
            partial(self._on_error, number),
        )

    def cancel(self) -> None:
        """Leave everything as it was heard before."""
        if self.running:
            self._number += 1
            self._end()
            self.said.emit(self.tr("Given up: every clip is as it was heard before."))

    def close(self) -> None:
        """Wait for the worker."""
        self._runner.close()

    def _on_advanced(self, number: int, done: int, total: int) -> None:
        if number == self._number:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _on_heard(self, number: int, name: str, found: dict[Clip, Prediction] | None) -> None:
        if number != self._number or found is None:
            return
        self._end()
        for clip, prediction in found.items():
            clip.before, clip.prediction = clip.prediction, prediction
        self.heard.emit(list(found))
        self.said.emit(difference_text(Difference.of(found), name))

    def _on_error(self, number: int, error: SpokenDigitsError) -> None:
        if number == self._number:
            self._end()
            self.failed.emit(translated(error.sentence))

    def _end(self) -> None:
        self.running = False
        self.bar.hide()


def difference_text(difference: Difference, model: str) -> str:
    """Say in a sentence how a model differs from the one that was heard before."""
    total = difference.clips
    if not total:
        return translate(
            "hear again", "Heard by “{model}”; no other model had heard them before."
        ).format(model=model)
    if not difference.otherwise:
        text = translate("hear again", "All {n:,} are heard by “{model}” as they were before.")
        return fill(text, n=total, model=model)
    one = translate("hear again", "{n:,} of {total:,} is heard otherwise by “{model}”")
    many = translate("hear again", "{n:,} of {total:,} are heard otherwise by “{model}”")
    text = counted(difference.otherwise, one, many, total=total, model=model)
    changes = change_texts(difference)
    return f"{text}: {', '.join(changes)}." if changes else f"{text}."


def change_texts(difference: Difference) -> list[str]:
    """Say how many became right, and how many wrong, where any did."""
    texts = []
    if difference.mended:
        one = translate("hear again", "{n:,} that was wrong is right")
        many = translate("hear again", "{n:,} that were wrong are right")
        texts.append(counted(difference.mended, one, many))
    if difference.spoilt:
        one = translate("hear again", "{n:,} that was right is wrong")
        many = translate("hear again", "{n:,} that were right are wrong")
        texts.append(counted(difference.spoilt, one, many))
    return texts
