from collections import deque

import numpy as np
import psutil
import pytest

from core.places import DEFAULT_MODEL
from core.recognition.bundle import load_bundle
from core.recognition.listening import StreamRecogniser
from core.recognition.recogniser import DigitRecogniser
from core.recognition.words import words_in
from core.sound.decoder import ReadingStopped
from tests.core.recognition.test_listening import ROOM, spoken
from tests.helpers.sounds import noise, sample_clip, write
from tests.helpers.tone_recogniser import ToneRecogniser

WORDS = ("four", "two", "nine", "one", "eight")


def test_every_word_of_a_recording_is_found_where_it_is(tmp_path):
    samples = np.concatenate(
        [part for word in WORDS for part in (noise(1.0, amplitude=ROOM), sample_clip(word).samples)]
    )
    path = write(tmp_path / "a.wav", np.repeat(samples, 2), 16000)
    found = [
        word
        for part in words_in(path, DigitRecogniser(load_bundle(DEFAULT_MODEL)))
        for word in part.words
    ]
    assert [word.label for word in found] == list(WORDS)
    for number, word in enumerate(found):
        assert 2 * number + 1 < word.start < word.end < 2 * number + 2
        assert 0.5 < word.confidence <= 1


def test_a_file_and_a_stream_have_the_same_words(tmp_path):
    samples, _ = spoken("one", "three", "two", "two", "one", pause=0.4)
    stream = StreamRecogniser(ToneRecogniser())
    heard = [
        (event.start, event.end, event.label)
        for first in range(0, samples.size, 160)
        for event in stream.hear(samples[first : first + 160])
    ]
    path = write(tmp_path / "a.wav", samples, 8000, "FLOAT")
    found = [word for part in words_in(path, ToneRecogniser()) for word in part.words]
    assert [(word.start, word.end, word.label) for word in found] == heard
    assert len(heard) == 5


def test_the_first_words_come_long_before_the_end_and_progress_goes_on(tmp_path):
    samples, _ = spoken("one", "two")
    path = write(tmp_path / "a.wav", np.concatenate([samples, noise(120.0, amplitude=ROOM)]))
    parts = words_in(path, ToneRecogniser())
    first = next(part for part in parts if part.words)
    assert first.seconds < 0.5 * first.claimed_seconds
    rest = list(parts)
    seconds = [first.seconds, *(part.seconds for part in rest)]
    assert seconds == sorted(seconds)
    assert seconds[-1] == pytest.approx(rest[-1].claimed_seconds)


def test_a_word_that_is_clipped_is_told_by_neither(tmp_path):
    samples, _ = spoken("one", "two", "one", pause=0.6)
    loud = samples.copy()
    middle = slice(round(2.9 * 8000), round(3.2 * 8000))
    loud[middle] = np.clip(20 * loud[middle], -1, 1)
    path = write(tmp_path / "a.wav", loud)
    found = [word.label for part in words_in(path, ToneRecogniser()) for word in part.words]
    assert found == ["one", "one"]


def test_it_can_be_stopped(tmp_path):
    path = write(tmp_path / "a.wav", noise(120.0, amplitude=ROOM))
    asked = []

    def should_stop():
        asked.append(True)
        return len(asked) > 2

    with pytest.raises(ReadingStopped):
        list(words_in(path, ToneRecogniser(), should_stop))


@pytest.mark.slow
def test_memory_stays_small_however_long_the_recording_is(tmp_path):
    import soundfile

    path = tmp_path / "long.wav"
    minute = np.stack([noise(60.0, 16000, amplitude=ROOM)] * 2, 1)
    with soundfile.SoundFile(path, "w", 16000, 2) as file:
        for _ in range(40):
            file.write(minute)
    memory = psutil.Process().memory_info
    parts = words_in(path, ToneRecogniser())
    for part in parts:
        if part.seconds > 120:
            break
    before = memory().rss
    (last,) = deque(parts, maxlen=1)
    assert last.seconds == pytest.approx(2400)
    assert memory().rss - before < 30 * 2**20
