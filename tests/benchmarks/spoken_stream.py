"""A stream of spoken words in noise, made of recordings, and how well it was followed."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np
import psutil

from core.sound.clip import SAMPLE_RATE, AudioClip
from core.sound.levels import frame_dbfs
from core.sound.sound_file import read_clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from core.recognition.listening import ListeningEvent, StreamRecogniser
    from core.sound.clip import FloatArray

_FRAME = SAMPLE_RATE // 100
WORD_DBFS = -26.0
_BELOW_PEAK_DB = 25.0  # where a word ends: softer than this, it is not heard in a room
_ABOVE_FLOOR_DB = 8.0
_MARGIN = SAMPLE_RATE // 20
_FADE = SAMPLE_RATE // 100
_BLOCK = SAMPLE_RATE // 50
_NO_CLIP = AudioClip(np.zeros(1, np.float32))  # so that what is kept here is not counted
_LATE_SECONDS = 0.8  # after a word's end, an event is not taken for that word any more


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word in a stream: where its sound begins and ends, in seconds."""

    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class SpokenStream:
    """Samples at 8 kHz, and the words in them in order."""

    samples: FloatArray
    words: tuple[SpokenWord, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """How well a stream was followed.

    Parameters
    ----------
    words, found, right : int
        Spoken; with an event of their own; and that event with their label.
    false_events : int
        Events where no word was spoken, and second events of one word.
    latencies : (found,) array
        Seconds of audio from a word's end to its event.
    seconds, busy_seconds : float
        The length of the stream, and the processor time that following it took.
    grown_megabytes : float
        How much more memory the process had at the end than after a tenth of the stream.
    """

    words: int
    found: int
    right: int
    false_events: int
    latencies: FloatArray
    seconds: float
    busy_seconds: float
    grown_megabytes: float

    def __str__(self) -> str:
        told = f"{self.false_per_ten_minutes:.1f} false events in ten minutes"
        if self.words:
            shares = f"{self.found_share:.1%} found, {self.right_share:.1%} found and right"
            told = f"{self.words} words, {shares}, {told}"
        if self.found:
            median, late = 1000 * np.percentile(self.latencies, [50, 95])
            told += f", told {median:.0f} ms after the end (95 % within {late:.0f} ms)"
        return f"{told}, {self.core_share:.1%} of a core"

    @property
    def found_share(self) -> float:
        """The share of the words that have an event."""
        return self.found / max(1, self.words)

    @property
    def right_share(self) -> float:
        """The share of the words that were found and right."""
        return self.right / max(1, self.words)

    @property
    def false_per_ten_minutes(self) -> float:
        """False events in ten minutes of stream."""
        return self.false_events * 600 / self.seconds

    @property
    def core_share(self) -> float:
        """The share of one core that listening takes."""
        return self.busy_seconds / self.seconds


def read_samples(path: Path) -> FloatArray:
    """Read a whole file at 8 kHz."""
    return read_clip(path).resampled(SAMPLE_RATE).samples


def spoken_part(samples: FloatArray) -> tuple[int, int]:
    """Return where the word in a clean recording begins and ends."""
    levels = frame_dbfs(samples, _FRAME)
    floor = float(np.percentile(levels, 10))
    peak = float(levels.max())
    threshold = max(peak - _BELOW_PEAK_DB, min(floor + _ABOVE_FLOOR_DB, peak - 10))
    loud = np.flatnonzero(levels > threshold)
    return int(loud[0]) * _FRAME, int(loud[-1] + 1) * _FRAME


def read_noise(paths: Sequence[Path], seconds: float, dbfs: float, seed: int = 0) -> FloatArray:
    """Join noise recordings, each at the same level, again and again."""
    order = np.random.default_rng(seed).permutation(len(paths))
    wanted = round(seconds * SAMPLE_RATE)
    parts: list[FloatArray] = []
    count = 0
    while count < wanted:
        for index in order:
            samples = read_samples(paths[index])[: 60 * SAMPLE_RATE]
            sounding = samples[np.abs(samples) > 1e-5]  # some recordings end in exact zeros
            if sounding.size < SAMPLE_RATE // 2:
                continue
            level = np.sqrt(np.mean(np.square(sounding, dtype=np.float64)))
            parts.append(samples * np.float32(10 ** (dbfs / 20) / level))
            count += samples.size
            if count >= wanted:
                break
    return np.concatenate(parts)[:wanted]


def build_stream(
    clips: Iterable[tuple[str, FloatArray]],
    noise: FloatArray,
    seed: int = 0,
    pauses: tuple[float, float] = (0.2, 0.6),
    rests: tuple[float, float] = (1.5, 6.0),
) -> SpokenStream:
    """Lay words over noise, one to five after another, then a rest, up to its end.

    Parameters
    ----------
    clips : iterable of (label, samples)
        Clean recordings; the word is cut out of each. They come again when there are too few.
    noise : (n,) float32 array
        As long as the stream is to be; the words are at `WORD_DBFS`.
    pauses, rests : pairs of float
        Shortest and longest silence, in seconds, between the words of a group, and between
        groups.
    """
    random = np.random.default_rng(seed)
    samples = noise.astype(np.float32) + random.standard_normal(noise.size, np.float32) * 1e-4
    words: list[SpokenWord] = []
    at, left = SAMPLE_RATE * 3, 0
    for label, clip in cycle(clips):
        first, last = spoken_part(clip)
        if left == 0:
            left = int(random.integers(1, 6))
            at += round(random.uniform(*rests) * SAMPLE_RATE)
        else:
            at += round(random.uniform(*pauses) * SAMPLE_RATE)
        left -= 1
        if at + last - first + SAMPLE_RATE > samples.size:
            break
        level = np.sqrt(np.mean(np.square(clip[first:last], dtype=np.float64)))
        before, after = min(first, _MARGIN), min(clip.size - last, _MARGIN)
        part = clip[first - before : last + after] * np.float32(10 ** (WORD_DBFS / 20) / level)
        part = part * _fades(part.size)
        samples[at - before : at - before + part.size] += part
        end = at + last - first
        words.append(SpokenWord(label, at / SAMPLE_RATE, end / SAMPLE_RATE))
        at = end
    return SpokenStream(np.clip(samples, -1, 1), tuple(words))


def _fades(size: int) -> FloatArray:
    ramp = np.minimum(1, np.arange(1, size + 1, dtype=np.float32) / _FADE)
    return np.asarray(ramp * ramp[::-1], np.float32)


def follow(
    recogniser: StreamRecogniser,
    stream: SpokenStream,
    on_event: Callable[[ListeningEvent], None] = lambda _: None,
) -> Followed:
    """Play a stream to a recogniser, 20 ms at a time as a device would, and score it."""
    events: list[tuple[float, ListeningEvent]] = []
    memory = psutil.Process().memory_info
    size, settled = stream.samples.size, 0
    begun = time.process_time()
    for first in range(0, size, _BLOCK):
        told_at = min(first + _BLOCK, size) / SAMPLE_RATE
        for event in recogniser.hear(stream.samples[first : first + _BLOCK]):
            events.append((told_at, replace(event, clip=_NO_CLIP)))
            on_event(event)
        if not settled and first > size / 10:
            settled = memory().rss
    busy = time.process_time() - begun
    return score(stream, events, busy, (memory().rss - settled) / 2**20)


def score(
    stream: SpokenStream,
    events: list[tuple[float, ListeningEvent]],
    busy_seconds: float,
    grown_megabytes: float = 0.0,
) -> Followed:
    """Give each word the first event that falls on it; what is left over is false."""
    unused = list(events)
    latencies: list[float] = []
    right = 0
    for word in stream.words:
        for told_at, event in unused:
            middle = (event.start + event.end) / 2
            on_word = word.start - 0.05 <= middle <= word.end + 0.05
            if on_word and told_at < word.end + _LATE_SECONDS:
                right += event.label == word.label
                latencies.append(told_at - word.end)
                unused.remove((told_at, event))
                break
    return Followed(
        len(stream.words),
        len(latencies),
        right,
        len(unused),
        np.array(latencies, np.float32),
        stream.samples.size / SAMPLE_RATE,
        busy_seconds,
        grown_megabytes,
    )
