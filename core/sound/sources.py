"""Where sound comes from: a microphone, a file, or the built-in demo, behind one interface.

A source delivers blocks as time goes by and never waits, at a rate of its own: many devices
refuse 8 kHz. Whoever listens resamples.
"""

from __future__ import annotations

import os
import time
from itertools import cycle
from typing import TYPE_CHECKING, Protocol

import numpy as np

from core.errors import SoundFileError
from core.labels import printable
from core.places import SAMPLES, expanded
from core.sound.clip import AudioClip, Block, clipped_samples
from core.sound.microphone import DEFAULT as DEFAULT
from core.sound.microphone import MicrophoneSource
from core.sound.sound_file import SOUND_SUFFIXES, find_sound_files, read_blocks, read_second

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from core.sound.clip import FloatArray


DEMO = "demo"
_ROOM_TONE = np.float32(2e-4)  # -74 dBFS: a quiet room, where exact zeros would mean a fault
_FILE_BLOCK_SECONDS = 0.1
_CUE_SECONDS = 0.35  # what passes between a person's cue and the word
_MOST_AT_ONCE_SECONDS = 2.0
_REST_SECONDS = 0.4  # what passes after a word until the next


class AudioSource(Protocol):
    """Something that delivers sound as time goes by.

    `start` may take a while; `read` and `cue` never do. One thread uses a source at a time.
    """

    name: str
    sample_rate: int
    is_device: bool
    """Whether somebody speaks into it now; what is wrong is said accordingly."""

    def start(self) -> None:
        """Begin to deliver; raises AudioDeviceError when that cannot be."""

    def cue(self) -> None:
        """Take notice that somebody wants a word now: what plays a recording begins it."""

    def keep_playing(self, on: bool) -> None:
        """Take notice that somebody listens on and on: a recording is played without a cue."""

    def read(self) -> list[Block]:
        """Return what has come since the last call; raises AudioDeviceError when it ended."""

    def stop(self) -> None:
        """Stop delivering and free the device; may be called twice."""


class ClipSource:
    """Recordings played in real time: one a cue, and a quiet room in between.

    For who listens on and on, they are played one after another.

    Parameters
    ----------
    name : str
    clips : iterable of AudioClip
        Played in turn, again and again.
    clock : callable
        Seconds that pass.
    whole : Path or None
        A file that is played, once and whole, for who listens on and on.

    Raises
    ------
    ValueError
        When there is no clip.
    """

    is_device = False

    def __init__(
        self,
        name: str,
        clips: Iterable[AudioClip],
        clock: Callable[[], float] = time.monotonic,
        whole: Path | None = None,
    ) -> None:
        clips = list(clips)
        if not clips:
            raise ValueError("at least one clip is needed")
        self.name = name
        self.sample_rate = clips[0].sample_rate
        self._clips: Iterator[AudioClip] = cycle(c.resampled(self.sample_rate) for c in clips)
        self._clock = clock
        self._whole = whole
        self._to_come: Iterator[FloatArray] = iter(())
        self._random = np.random.default_rng(0)
        self._started = 0.0
        self._delivered = 0
        self._playing = np.zeros(0, np.float32)

    def start(self) -> None:
        """Begin with the quiet room."""
        self._started = self._clock()
        self._delivered = 0

    def cue(self) -> None:
        """Play the next recording, after a moment."""
        self._playing = np.concatenate([self._silence(_CUE_SECONDS), next(self._clips).samples])

    def keep_playing(self, on: bool) -> None:
        """Play one recording after another, or the whole file; or stop that."""
        self._playing = self._playing[:0]
        self._to_come = self._one_after_another() if on else iter(())

    def read(self) -> list[Block]:
        """Return what has played since the last call."""
        now = self._clock()
        # While nobody reads, as in a computer that sleeps, the time stands still.
        self._started = max(
            self._started, now - self._delivered / self.sample_rate - _MOST_AT_ONCE_SECONDS
        )
        due = round((now - self._started) * self.sample_rate) - self._delivered
        if due <= 0:
            return []
        self._delivered += due
        while self._playing.size < due and (more := next(self._to_come, None)) is not None:
            self._playing = np.concatenate([self._playing, more])
        samples = self._random.standard_normal(due, np.float32) * _ROOM_TONE
        played, self._playing = self._playing[:due], self._playing[due:]
        samples[: played.size] += played
        return [Block(samples, clipped=clipped_samples(played))]

    def stop(self) -> None:
        """Forget what was to be played."""
        self.keep_playing(False)

    def _one_after_another(self) -> Iterator[FloatArray]:
        if self._whole is not None:
            for clip in read_blocks(self._whole, _FILE_BLOCK_SECONDS):
                yield clip.samples
            return
        for clip in self._clips:
            yield self._silence(_CUE_SECONDS)
            yield clip.samples
            yield self._silence(_REST_SECONDS)

    def _silence(self, seconds: float) -> FloatArray:
        return np.zeros(round(seconds * self.sample_rate), np.float32)


def file_source(path: Path) -> ClipSource:
    """Return a source that plays a file's loudest second at every cue.

    For who listens on and on, it plays all of it.

    Raises
    ------
    SoundFileError
        When the file cannot be read.
    """
    return ClipSource(printable(path.name), [read_second(path).recorded], whole=path)


def demo_source() -> ClipSource:
    """Return the built-in source: the sample clips, one after another.

    Raises
    ------
    SoundFileError
        When the samples are missing from the installation.
    """
    paths = find_sound_files(SAMPLES)
    if not paths:
        raise SoundFileError(
            "The sample clips are missing from {folder}: install again.", folder=str(SAMPLES)
        )
    return ClipSource("Demo", [read_second(path).recorded for path in paths])


def open_source(name: str, rescan: bool = False) -> AudioSource:
    """Return the source that a person means; it is not started yet.

    Parameters
    ----------
    name : str
        ``default`` (the system's microphone), ``demo``, the path of a sound file, or the
        name of an input device.
    rescan : bool
        For a device: look for devices anew when starting.

    Raises
    ------
    SoundFileError
        When it is a file that cannot be read.
    """
    if name == DEMO:
        return demo_source()
    path = named_file(name)
    return file_source(path) if path is not None else MicrophoneSource(name, rescan)


def named_file(name: str) -> Path | None:
    """Return the file that a source's name means, there or not; None when it means a device."""
    path = expanded(name)
    written_as_path = path.is_absolute() or name.startswith((".", "~"))
    if written_as_path or path.suffix.lower() in SOUND_SUFFIXES or os.path.isfile(path):  # noqa: PTH113
        return path
    return None
