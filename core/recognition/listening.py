"""Listening without a button: a stream of sound in, the digits that are spoken out.

Where a sound has just ended by its level, the model is asked, and asked again every 20 ms
while the word moves into the past. At each look it is shown the word at three places of the
second, and the geometric mean of the three answers counts; where they do not agree, it was none.
The posteriors of the looks are averaged, as in G. Chen, C. Parada, G. Heigold,
Small-footprint keyword spotting using deep neural networks, ICASSP 2014. As soon as the
average is sure of a digit, that is the event; it need be the less sure, the more looks there were.
What is never sure was none. So a clear word is told within 60 ms of its end, and an unclear
one a little later.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.labels import is_word
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser
from core.sound.capture import RollingBuffer
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES, AudioClip
from core.sound.levels import CLIPPED_SECONDS, frame_dbfs
from core.sound.utterances import FRAME, GAP, UtteranceFinder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.recognition.recogniser import Prediction
    from core.sound.clip import FloatArray
    from core.sound.utterances import Utterance

_STEP = 2 * FRAME  # samples from one look to the next
_AT_ONCE = 400  # steps, when more come than a device delivers
_KEPT = 4 * SAMPLE_RATE + _AT_ONCE * _STEP
_PRE_ROLL = 30 * FRAME  # what is kept before the word; further back may be another
_ASIDE = 20 * FRAME  # how far from the middle of the second the word is shown, too
_SURE, _SURE_A_LOOK, _LEAST_SURE = 0.85, 0.05, 0.7  # 0.8 after one look, 0.7 after three
_LEAST_PROBABLE = 1e-4  # surer that it is not a digit no single place may be
_SAME_END = 3 * FRAME  # looks whose word ends within this look at one word
_REFRACTORY = 10 * FRAME  # after a word's end, until another may end
_JOINED = 3 * FRAME
_LONGEST_REST = 40 * FRAME
_SHORTEST = 10 * FRAME
_SOFTER_DB = 35.0  # below the loudest of a word, from where on it is no part of it


@dataclass(frozen=True, slots=True, eq=False)
class ListeningEvent:
    """A digit that was spoken in a stream.

    Parameters
    ----------
    start, end : float
        Where the word is, in seconds into the stream.
    told : float
        How far the stream had been heard when this was known, in seconds.
    clip : AudioClip
        The second that was recognised: the word in its middle, silence around it.
    prediction : Prediction
        The average of the looks.
    """

    start: float
    end: float
    told: float
    clip: AudioClip
    prediction: Prediction

    @property
    def label(self) -> str:
        """The digit."""
        return self.prediction.best

    @property
    def confidence(self) -> float:
        """How sure the model is, 0-1."""
        return self.prediction.confidence


class StreamRecogniser:
    """Follows a stream at 8 kHz and tells the digits in it.

    Memory stays the same however long it listens. One thread uses it at a time.

    Parameters
    ----------
    recogniser : DigitRecogniser
        Its `threshold` counts, also when it is changed while a stream is heard: no digit is told
        of which the average of the looks is less sure. Below 0.7 nothing is told anyway.
    """

    def __init__(self, recogniser: DigitRecogniser) -> None:
        self.recogniser = recogniser
        self._buffer = RollingBuffer(_KEPT)
        self._finder = UtteranceFinder()
        self._waiting = np.zeros(0, np.float32)
        self._position = 0
        self._told_until = 0
        self._end = 0
        self._start = 0
        self._looks: list[FloatArray] = []
        self._clipped: deque[tuple[int, float]] = deque(maxlen=200)

    @classmethod
    def load(cls, model: Path, threshold: float | None = None) -> StreamRecogniser:
        """Load what listens with a bundle.

        Parameters
        ----------
        model : Path
        threshold : float or None
            See `DigitRecogniser`.

        Raises
        ------
        BundleError
            When it cannot be loaded.
        """
        return cls(DigitRecogniser(load_bundle(model), threshold))

    @property
    def seconds(self) -> float:
        """How much has been heard."""
        return self._position / SAMPLE_RATE

    def hear(
        self, samples: FloatArray, lost: bool = False, clipped_seconds: float = 0.0
    ) -> list[ListeningEvent]:
        """Take in what came next and return the digits that are known now.

        Parameters
        ----------
        samples : (n,) float32 array at 8 kHz, any n
        lost : bool
            Sound is missing before these samples: a word across the gap is no word.
        clipped_seconds : float
            How long these samples stood at full scale when they were recorded.
        """
        if lost:
            self._told_until = self._position + self._waiting.size
        self._waiting = np.concatenate([self._waiting, samples])
        if clipped_seconds:
            self._clipped.append((self._position + self._waiting.size, clipped_seconds))
        whole = self._waiting.size // _STEP * _STEP
        steps = self._waiting[:whole].reshape(-1, _STEP)
        self._waiting = self._waiting[whole:]
        events: list[ListeningEvent] = []
        for first in range(0, len(steps), _AT_ONCE):
            events += self._go_on(steps[first : first + _AT_ONCE])
        return events

    def _go_on(self, steps: FloatArray) -> Iterator[ListeningEvent]:
        self._buffer.append(steps.ravel())
        before = self._position
        for step in self._finder.follow(steps):
            self._position = before + (step + 1) * _STEP
            if (event := self._step(step)) is not None:
                yield event
        self._position = before + steps.size

    def _step(self, step: int) -> ListeningEvent | None:
        utterance = self._finder.ended(self._told_until, step)
        if utterance is None or utterance.end < self._told_until + _REFRACTORY:
            return None
        if self._is_rest(utterance):
            self._told_until = utterance.end
            return None
        return self._look(utterance)

    def _is_rest(self, utterance: Utterance) -> bool:
        """Tell whether a sound only ends the word that was told, as a drawn-out vowel does."""
        follows = utterance.start < self._told_until + _JOINED
        return follows and utterance.end - utterance.start < _LONGEST_REST

    def _look(self, utterance: Utterance) -> ListeningEvent | None:
        started = time.perf_counter()
        seconds = self._isolated(utterance)
        probabilities = self.recogniser.probabilities(seconds)
        if abs(utterance.end - self._end) > _SAME_END:
            self._looks.clear()
            self._start = 0
        self._start = max(self._start, utterance.start)
        self._end = utterance.end
        powers = np.exp(np.log(np.maximum(probabilities, _LEAST_PROBABLE)).mean(axis=0))
        self._looks.append(powers / powers.sum())
        mean = np.asarray(np.mean(self._looks, axis=0), np.float32)
        least = max(self.recogniser.threshold, _LEAST_SURE)
        threshold = max(least, _SURE - _SURE_A_LOOK * len(self._looks))
        prediction = self.recogniser.prediction(mean, started, threshold)
        agreed = bool((probabilities.argmax(axis=1) == mean.argmax()).all())
        if not agreed or prediction.label is None or not is_word(prediction.label):
            return None
        self._looks.clear()
        self._told_until = utterance.end
        if self._clipped_seconds(utterance) > CLIPPED_SECONDS:
            return None
        start, end = self._loud_part(utterance)
        return ListeningEvent(
            start / SAMPLE_RATE,
            end / SAMPLE_RATE,
            self._position / SAMPLE_RATE,
            AudioClip(seconds[1].copy()),
            prediction,
        )

    def _isolated(self, utterance: Utterance) -> FloatArray:
        """Return seconds with the word later, in the middle and earlier, and no other sound.

        The word before would be heard a second time, and what comes after has not been
        spoken yet: around the word and what was just before it there is silence.
        """
        first = (utterance.start + utterance.end - TAKE_SAMPLES) // 2 - _ASIDE
        size = TAKE_SAMPLES + 2 * _ASIDE
        start = max(first, utterance.start - _PRE_ROLL, self._told_until)
        word = self._buffer.between(start, min(first + size, self._position))
        sound = np.zeros(size, np.float32)
        sound[start - first :][: word.size] = word
        return np.stack([sound[at : at + TAKE_SAMPLES] for at in (0, _ASIDE, 2 * _ASIDE)])

    def _loud_part(self, utterance: Utterance) -> tuple[int, int]:
        """Return where the word is: without what is soft beside it, as a breath or a noise.

        A look at a quieter moment may take in what was before the word; the one that began
        latest has seen the word alone.
        """
        first = min(self._start, utterance.end - _SHORTEST)
        levels = frame_dbfs(self._buffer.between(first, utterance.end), FRAME)
        loud = np.flatnonzero(levels > levels.max() - _SOFTER_DB)
        parts = np.split(loud, np.flatnonzero(np.diff(loud) > GAP) + 1)
        part = next(part for part in parts if int(levels.argmax()) in part)
        return first + int(part[0]) * FRAME, first + (int(part[-1]) + 1) * FRAME

    def _clipped_seconds(self, utterance: Utterance) -> float:
        return sum(
            seconds
            for position, seconds in self._clipped
            if utterance.start < position <= utterance.end + _STEP
        )
