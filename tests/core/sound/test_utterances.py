import numpy as np
import pytest

from core.sound.utterances import FRAME, UtteranceFinder
from tests.helpers.sounds import noise, tone

ROOM = 0.0005


def found(samples, after=0):
    """Return the first tidings of each sound that ended: (start, end, told) in seconds."""
    finder = UtteranceFinder()
    utterances = []
    for first in range(0, samples.size - 2 * FRAME + 1, 2 * FRAME):
        finder.add(samples[first : first + 2 * FRAME])
        utterance = finder.ended(after)
        if utterance is not None:
            after = utterance.end + FRAME
            told = first + 2 * FRAME
            utterances.append((utterance.start / 8000, utterance.end / 8000, told / 8000))
    return utterances


def room_with(*sounds, seconds=4.0, room=ROOM):
    """Return a room in which sounds begin at their seconds."""
    samples = noise(seconds, amplitude=room)
    for at, sound in sounds:
        first = round(at * 8000)
        samples[first : first + sound.size] += sound
    return samples


@pytest.mark.parametrize("loudness", [0.02, 0.1, 0.9])
def test_a_sound_is_told_soon_after_its_end(loudness):
    ((start, end, told),) = found(room_with((2.0, tone(300, 0.4, amplitude=loudness))))
    assert start == pytest.approx(2.0, abs=0.03)
    assert end == pytest.approx(2.4, abs=0.03)
    assert 0.03 <= told - 2.4 < 0.1


def test_sounds_after_short_pauses_are_told_apart():
    words = [(1.0, tone(300, 0.3)), (1.5, tone(500, 0.3)), (2.0, tone(400, 0.3))]
    assert [round(start, 1) for start, _, _ in found(room_with(*words))] == [1.0, 1.5, 2.0]


def test_a_sound_may_be_interrupted_for_a_moment():
    samples = room_with((2.0, tone(300, 0.25)), (2.3, tone(300, 0.2)))
    finder = UtteranceFinder()
    finder.add(samples[: 8000 * 26 // 10])
    utterance = finder.ended()
    assert utterance.start / 8000 == pytest.approx(2.0, abs=0.03)
    assert utterance.end / 8000 == pytest.approx(2.5, abs=0.03)


def test_a_soft_beginning_belongs_to_the_sound():
    samples = room_with((2.0, tone(900, 0.1, amplitude=0.004)), (2.1, tone(300, 0.3)))
    ((start, _, _),) = found(samples)
    assert start == pytest.approx(2.0, abs=0.03)


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(32000, np.float32),
        noise(4, amplitude=0.0005),
        noise(4, amplitude=0.05),
        tone(200, 4),
        room_with((2.0, tone(300, 0.02))),  # a click
        room_with((2.0, tone(300, 0.4, amplitude=0.0006)), room=0.00001),  # below any voice
    ],
)
def test_nothing_ends_where_nothing_stood_out(samples):
    assert found(samples) == []


def test_a_sound_stands_out_of_noise_that_begins_and_ends():
    samples = room_with((1.0, noise(2.5, amplitude=0.03, seed=4)), (2.0, tone(300, 0.4)))
    heard = [utterance for utterance in found(samples) if utterance[2] < 3.4]
    assert len(heard) == 1
    assert heard[0][1] == pytest.approx(2.4, abs=0.03)


def test_what_was_before_does_not_count_again():
    samples = room_with((2.0, tone(300, 0.4)))
    assert found(samples, after=round(2.35 * 8000)) == []
    ((start, _, _),) = found(samples, after=round(2.2 * 8000))
    assert start == pytest.approx(2.2, abs=0.02)
