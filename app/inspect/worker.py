"""What happens on the worker thread of the Inspect tab."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from app.inspect.clips import ClipItem, Glance, InspectedClip, glance_at
from app.shell.translation import translated
from core.errors import SoundFileError
from core.recognition.bundle import load_bundle
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES
from core.sound.picture import PictureMaker
from core.sound.sound_file import (
    SOUND_SUFFIXES,
    FileSecond,
    find_sound_files,
    read_clip,
    read_second,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.inspect.view_settings import ViewSettings
    from core.recognition.bundle import ModelMetadata
    from core.recognition.recogniser import DigitRecogniser, Prediction
    from core.sound.clip import AudioClip
    from core.sound.levels import SoundProblem
    from core.sound.picture import Picture, PictureConfig

LONGEST_SECONDS = 600.0
"""Of a longer file, ten minutes around its loudest second are shown."""


class Workbench:
    """Opens clips, asks the model, and draws pictures; lives on one thread."""

    def __init__(self) -> None:
        self.recogniser: DigitRecogniser | None = None

    def load(self, path: Path) -> ModelMetadata:
        """Use another model; when it cannot be loaded the one before stays."""
        from core.recognition.recogniser import DigitRecogniser

        recogniser = DigitRecogniser(load_bundle(path))
        recogniser.probabilities(np.zeros((1, TAKE_SAMPLES), np.float32))  # the first is slow
        self.recogniser = recogniser
        return recogniser.bundle.metadata

    def open(self, item: ClipItem, settings: ViewSettings) -> InspectedClip:
        """Read, recognise and draw a clip.

        Raises
        ------
        SoundFileError
            When its file is gone or cannot be read.
        """
        second = _second_of(item)
        take = second.clip
        recorded, start = second.recorded, 0.0
        note = translated(second.note) if second.note else ""
        if second.file_seconds > recorded.seconds:
            recorded, before = _around(item, second)
            start = second.start_seconds - before
            note = f"the model is given {start:.2f} to {start + 1:.2f} s, dotted"
            if second.file_seconds > LONGEST_SECONDS:
                note += f"; ten minutes are shown, from {before:.0f} s of the file"
        clip = recorded if settings.as_recorded else recorded.resampled(SAMPLE_RATE)
        if clip.seconds < 1:
            clip = clip.fitted(clip.sample_rate)
        picture = _maker(settings.picture, clip.sample_rate).picture(clip.samples)
        prediction = self._ask(take, item.problem)
        return InspectedClip(
            item, clip, take, start, second.file_seconds, prediction, picture, note
        )

    def ask_again(self, clip: InspectedClip) -> InspectedClip:
        """Ask the model that is in use now."""
        return replace(clip, prediction=self._ask(clip.take, clip.item.problem))

    def glance(self, item: ClipItem) -> Glance:
        """Say what the list says of a clip; a file that cannot be read has a sentence."""
        try:
            second = _second_of(item)
        except SoundFileError as error:
            return Glance(None, sentence=str(error))
        return glance_at(second.file_seconds, self._ask(second.clip, item.problem))

    def _ask(self, take: AudioClip, problem: SoundProblem | None) -> Prediction | None:
        return self.recogniser.recognise(take, problem) if self.recogniser else None


def draw_again(clip: InspectedClip, settings: ViewSettings) -> InspectedClip:
    """Draw what is already open in another way."""
    return replace(clip, picture=draw(clip.clip, settings.picture))


def draw(
    clip: AudioClip,
    config: PictureConfig,
    start: float = 0.0,
    stop: float | None = None,
    whole: Picture | None = None,
) -> Picture:
    """Draw a clip, or a stretch of it with the colours of the whole."""
    reference = whole.reference if whole is not None else None
    return _maker(config, clip.sample_rate).picture(clip.samples, start, stop, reference)


def collect(paths: list[Path], should_stop: Callable[[], bool]) -> list[ClipItem]:
    """List the files that are meant by files and folders.

    Raises
    ------
    SoundFileError
        When folders were given and nothing is in them.
    """
    items: list[ClipItem] = []
    for path in paths:
        if path.is_dir():
            above = len(str(path / "_")) - 1
            found = find_sound_files(path, should_stop)
            items += [ClipItem(str(file)[above:], file) for file in found]
        else:
            items.append(ClipItem(path.name, path))
    if not items and paths and not should_stop():
        names = ", ".join(path.name or str(path) for path in paths)
        kinds = ", ".join(SOUND_SUFFIXES)
        raise SoundFileError(f"There is no sound file ({kinds}) in {names}.")
    return items


@lru_cache(maxsize=4)
def _maker(config: PictureConfig, sample_rate: int) -> PictureMaker:
    return PictureMaker(config, sample_rate)


def _second_of(item: ClipItem) -> FileSecond:
    if item.clip is not None:
        return FileSecond(item.clip, item.clip.seconds, 0.0)
    assert item.path is not None
    return read_second(item.path)


def _around(item: ClipItem, second: FileSecond) -> tuple[AudioClip, float]:
    """Return the whole sound, or the longest that is shown, and where it begins."""
    assert item.path is not None
    latest = second.file_seconds - LONGEST_SECONDS
    before = max(0.0, min(second.start_seconds - LONGEST_SECONDS / 2, latest))
    return read_clip(item.path, LONGEST_SECONDS, before), before
