"""The measure of listening itself: what it calls found, right, false and late."""

import os

import numpy as np
import pytest

from core.recognition.listening import ListeningEvent, StreamRecogniser
from core.recognition.recogniser import Prediction
from core.sound.clip import AudioClip
from tests.benchmarks.spoken_stream import SpokenStream, SpokenWord, build_stream, follow, score
from tests.helpers.sounds import noise, tone, word
from tests.helpers.tone_recogniser import PITCHES, ToneRecogniser


def event(label, start, end):
    labels = ("one", "two")
    probabilities = np.array([label == name for name in labels], np.float32)
    clip = AudioClip(np.zeros(8000, np.float32))
    return ListeningEvent(start, end, end + 0.1, clip, Prediction(labels, probabilities, 0.0, 1.0))


def test_every_word_counts_its_first_event_and_the_rest_is_false():
    words = (SpokenWord("one", 1.0, 1.4), SpokenWord("two", 2.0, 2.4), SpokenWord("two", 3.0, 3.4))
    stream = SpokenStream(np.zeros(60 * 8000, np.float32), words)
    events = [
        (1.5, event("one", 1.0, 1.4)),
        (1.6, event("one", 1.3, 1.45)),  # the same word again
        (2.6, event("one", 2.0, 2.4)),  # wrong
        (5.0, event("one", 4.6, 4.9)),  # nobody spoke
    ]
    followed = score(stream, events, busy_seconds=6.0)
    assert (followed.words, followed.found, followed.right, followed.false_events) == (3, 2, 1, 2)
    assert followed.latencies.tolist() == pytest.approx([0.1, 0.2])
    assert followed.right_share == pytest.approx(1 / 3)
    assert followed.false_per_ten_minutes == 20
    assert followed.core_share == pytest.approx(0.1)
    assert "66.7% found, 33.3% found and right" in str(followed)


def test_words_of_a_stream_lie_where_it_says_and_are_all_followed():
    clips = [
        (name, noise(1.0, amplitude=1e-4, seed=n) + np.pad(tone(hz, 0.4), (2400, 2400)))
        for n, (name, hz) in enumerate(PITCHES.items())
        if not name.startswith("_")
    ]
    stream = build_stream(clips, noise(30, amplitude=0.002), seed=1)
    assert len(stream.words) > 8
    for spoken in stream.words:
        inside = stream.samples[round(spoken.start * 8000) : round(spoken.end * 8000)]
        assert spoken.end - spoken.start == pytest.approx(0.4, abs=0.02)
        assert 20 * np.log10(np.std(inside)) == pytest.approx(-26, abs=0.5)
    followed = follow(StreamRecogniser(ToneRecogniser()), stream)
    assert followed.right == followed.found == followed.words
    assert followed.false_events == 0
    assert 0 < followed.latencies.max() < 0.15


@pytest.mark.recordings
@pytest.mark.skipif(
    "SPOKEN_DIGITS_RECORDINGS" not in os.environ, reason="SPOKEN_DIGITS_RECORDINGS names no folder"
)
def test_people_in_real_noise_are_followed():
    from tests.benchmarks.listening import NOISE, OTHER_WORDS, follow_people

    results = follow_people(minutes=3)
    assert set(results) == {"20 dB", "10 dB", OTHER_WORDS, NOISE}
    for followed in results.values():
        assert (followed.words > 50) == (followed is not results[NOISE])
        assert followed.core_share < 0.15
    assert results["20 dB"].right_share > 0.9
    assert results["10 dB"].right_share > 0.85
    assert results[OTHER_WORDS].found_share < 0.1
    assert results[NOISE].false_per_ten_minutes < 5


def test_a_word_in_a_recording_is_found_between_its_silences():
    from tests.benchmarks.spoken_stream import spoken_part

    first, last = spoken_part(word(at=0.4, length=0.3))
    assert first == pytest.approx(3200, abs=80)
    assert last == pytest.approx(5600, abs=80)
