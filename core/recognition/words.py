"""Every word in a recording, however long: it is listened to as a stream is, only faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.recognition.listening import StreamRecogniser
from core.sound.clip import SAMPLE_RATE
from core.sound.recording import RecordingStream
from core.sound.sound_file import never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from core.recognition.listening import ListeningEvent
    from core.recognition.recogniser import DigitRecogniser
    from core.sound.clip import FloatArray

_AFTER_THE_END = np.zeros(SAMPLE_RATE // 2, np.float32)  # lets the last word of a file end


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a recording.

    Parameters
    ----------
    start, end : float
        In seconds.
    label : str
    confidence : float
        How sure the model is, 0-1.
    """

    start: float
    end: float
    label: str
    confidence: float

    @classmethod
    def of(cls, event: ListeningEvent) -> Word:
        """Return what was heard in a stream, without its sound."""
        return cls(event.start, event.end, event.label, event.confidence)


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a recording in their order, and its length in seconds."""

    words: Sequence[Word]
    seconds: float
    breaks_off: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class HeardPart:
    """What came next of a recording that is listened to.

    Parameters
    ----------
    samples : (n,) float32 array at 8 kHz
    events : tuple of ListeningEvent
        What is known now, and was not before.
    seconds : float
        How far the recording is heard.
    claimed_seconds : float
        How long it says it is, at least as far as it is heard.
    breaks_off : bool
        At the end: whether there was more, that cannot be read.
    """

    samples: FloatArray
    events: tuple[ListeningEvent, ...]
    seconds: float
    claimed_seconds: float
    breaks_off: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """The same without their sound."""
        return tuple(map(Word.of, self.events))


def words_in(
    path: Path, recogniser: DigitRecogniser, should_stop: Callable[[], bool] = never
) -> Iterator[HeardPart]:
    """Yield a recording from its beginning to its end, with the words in it.

    Memory stays small whatever its length.

    Parameters
    ----------
    path : Path
    recogniser : DigitRecogniser
        Its threshold counts (see `StreamRecogniser`).
    should_stop : callable
        Asked all the while; when it says so, `ReadingStopped` is raised.

    Raises
    ------
    SoundFileError
        When there is no such file, or it holds no readable sound; perhaps in the middle.
    ReadingStopped
    """
    file, stream = RecordingStream(path, should_stop), StreamRecogniser(recogniser)
    heard = 0

    def part(samples: FloatArray, events: list[ListeningEvent]) -> HeardPart:
        seconds = heard / SAMPLE_RATE
        claimed = max(seconds, file.claimed_seconds)
        return HeardPart(samples, tuple(events), seconds, claimed, file.breaks_off)

    for sound in file.sounds():
        heard += sound.samples.size
        yield part(sound.samples, stream.hear(sound.samples, sound.lost, sound.clipped_seconds))
    yield part(_AFTER_THE_END[:0], stream.hear(_AFTER_THE_END))
