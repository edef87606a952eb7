import gc

import numpy as np
import psutil
import pytest

from core.places import DEFAULT_MODEL
from core.recognition.bundle import load_bundle
from core.recognition.listening import StreamRecogniser
from core.recognition.recogniser import DigitRecogniser
from core.sound.intake import Intake
from tests.helpers.fake_source import FakeSource
from tests.helpers.sounds import noise, sample_clip, tone
from tests.helpers.tone_recogniser import PITCHES, ToneRecogniser

ROOM = 0.0005


def spoken(*words, pause=0.25, length=0.3, before=2.0, room=ROOM):
    """Return a stream in which tones are spoken, and where each ends, in seconds."""
    parts, ends = [np.zeros(round(before * 8000), np.float32)], []
    for word in words:
        parts.append(tone(PITCHES[word], length, amplitude=0.2))
        ends.append(sum(part.size for part in parts) / 8000)
        parts.append(np.zeros(round(pause * 8000), np.float32))
    parts.append(np.zeros(8000, np.float32))
    samples = np.concatenate(parts)
    return samples + noise(samples.size / 8000, amplitude=room), ends


def listen(samples, recogniser=None, block=160):
    stream = StreamRecogniser(recogniser or ToneRecogniser())
    return [
        event
        for first in range(0, samples.size, block)
        for event in stream.hear(samples[first : first + block])
    ]


def test_words_with_short_pauses_come_out_in_order_and_at_once():
    samples, ends = spoken("one", "three", "two", "two")
    events = listen(samples)
    assert [event.label for event in events] == ["one", "three", "two", "two"]
    for event, end in zip(events, ends, strict=True):
        assert event.told - end < 0.15
        assert event.end == pytest.approx(end, abs=0.05)
        assert event.start == pytest.approx(end - 0.3, abs=0.05)
        assert event.confidence == pytest.approx(0.9)


def test_the_threshold_of_the_recogniser_counts_also_when_it_is_changed_meanwhile():
    recogniser = ToneRecogniser(sure=0.9)
    stream = StreamRecogniser(recogniser)
    (first,) = stream.hear(spoken("one")[0])
    assert first.prediction.model == "tones"
    recogniser.threshold = 0.95
    assert stream.hear(spoken("two")[0]) == []
    recogniser.threshold = 0.85
    (third,) = stream.hear(spoken("three")[0])
    assert (first.label, third.label) == ("one", "three")
    assert third.prediction.threshold >= 0.85


def test_recorded_digits_are_told():
    silence = np.zeros(2400, np.float32)
    words = ("four", "two", "one", "eight")
    samples = np.concatenate([silence, *(sample_clip(word).samples for word in words), silence])
    events = listen(
        samples + noise(samples.size / 8000, amplitude=ROOM),
        DigitRecogniser(load_bundle(DEFAULT_MODEL)),
    )
    assert [event.label for event in events] == list(words)


@pytest.mark.parametrize("block", [1, 37, 264, 8000, 10**6])
def test_the_size_of_the_blocks_makes_no_difference(block):
    samples, _ = spoken("one", "two")
    expected = [(event.start, event.told, event.label) for event in listen(samples)]
    assert [(e.start, e.told, e.label) for e in listen(samples, block=block)] == expected


def test_a_long_word_with_soft_parts_is_one_event():
    samples, _ = spoken("one", length=0.5)
    first = 2 * 8000
    samples[first + 2000 : first + 2800] *= 0.05
    samples[first + 3200 : first + 4000] *= 0.2
    assert [event.label for event in listen(samples)] == ["one"]


@pytest.mark.parametrize(
    ("recogniser", "word"),
    [
        (ToneRecogniser(), "_unknown_"),
        (ToneRecogniser(sure=0.45), "one"),
        (ToneRecogniser(sure=0.9, threshold=0.95), "one"),
    ],
)
def test_what_is_no_digit_or_not_sure_is_no_event(recogniser, word):
    samples, _ = spoken(word)
    assert listen(samples, recogniser) == []
    assert recogniser.asked


def test_the_less_sure_the_model_is_the_longer_it_is_asked():
    samples, (end,) = spoken("one")
    told = [listen(samples, ToneRecogniser(sure))[0].told - end for sure in (0.9, 0.77, 0.72)]
    assert told == sorted(set(told))
    assert told[1] < 0.15
    assert told[2] < 0.25
    assert listen(samples, ToneRecogniser(0.67)) == []


def test_silence_and_steady_noise_ask_the_model_for_nothing():
    recogniser = ToneRecogniser()
    for samples in (np.zeros(80000, np.float32), noise(10, amplitude=0.02)):
        assert listen(samples, recogniser) == []
    assert len(recogniser.asked) == 0


def test_the_clip_is_a_second_with_the_word_in_its_middle_and_no_other():
    samples, _ = spoken("three", "one", pause=0.2)
    event = listen(samples)[1]
    assert event.clip.samples.shape == (8000,)
    power = np.square(event.clip.samples)
    loud = np.flatnonzero(power > 0.001)
    assert (loud[0] + loud[-1]) / 2 == pytest.approx(4000, abs=200)
    assert loud[-1] - loud[0] == pytest.approx(2400, abs=100)
    assert power[:2000].max() < (10 * ROOM) ** 2


def test_what_looks_like_a_digit_at_one_place_of_the_second_is_none():
    class OnlyInTheMiddle(ToneRecogniser):
        def probabilities(self, samples):
            answers = super().probabilities(samples)
            power = np.square(samples)
            places = (power * np.arange(8000)).sum(axis=1) / power.sum(axis=1)
            aside = np.abs(places - 4000) > 800
            answers[aside] = np.flip(answers[aside], axis=1)  # for "one", that is "_unknown_"
            return answers

    recogniser = OnlyInTheMiddle()
    samples, _ = spoken("one")
    assert listen(samples, recogniser) == []
    assert all(asked.shape == (3, 8000) for asked in recogniser.asked)
    (answers,) = {tuple(recogniser.probabilities(a).argmax(axis=1)) for a in recogniser.asked[:5]}
    assert answers == (4, 0, 4)


def test_a_word_that_is_another_at_one_place_of_the_second_is_none():
    class AnotherEarlier(ToneRecogniser):
        other = 0.55  # at the earliest place: with the rest, "one" is still four fifths sure

        def probabilities(self, samples):
            answers = super().probabilities(samples)
            places = (np.square(samples) * np.arange(8000)).sum(axis=1)
            earliest = (places / np.square(samples).sum(axis=1)).argmin()
            answers[earliest] = 0
            answers[earliest, [0, 4]] = 1 - self.other, self.other
            return answers

    recogniser = AnotherEarlier()
    samples, _ = spoken("one")
    assert listen(samples, recogniser) == []
    recogniser.other = 0.45
    assert [event.label for event in listen(samples, recogniser)] == ["one"]


def test_a_word_across_lost_sound_is_none_and_the_next_one_is():
    stream = StreamRecogniser(ToneRecogniser())
    samples, ends = spoken("one", "two")
    middle = round((ends[0] - 0.1) * 8000)
    events = stream.hear(samples[:middle])
    events += stream.hear(samples[middle + 400 :], lost=True)
    assert [event.label for event in events] == ["two"]


def test_a_clipped_word_is_none():
    stream = StreamRecogniser(ToneRecogniser())
    samples, ends = spoken("one", "two")
    middle = round((ends[0] - 0.1) * 8000)
    events = stream.hear(samples[:middle], clipped_seconds=0.05)
    events += stream.hear(samples[middle:])
    assert [event.label for event in events] == ["two"]


@pytest.mark.slow
def test_ten_minutes_take_no_more_memory_than_two_and_every_gap_is_told():
    source = FakeSource(16000)
    recogniser = ToneRecogniser()
    intake, stream = Intake(source), StreamRecogniser(recogniser)
    intake.start()
    words = spoken("one", "two", "_unknown_", "three", before=0.5, pause=1.0)[0]
    words = np.repeat(words, 2)  # 16 kHz
    seconds = words.size / 16000
    random = np.random.default_rng(0)
    gaps = told = events = 0
    memory = []
    for number in range(round(600 / seconds)):
        overflowed = bool(random.random() < 0.2)
        gaps += overflowed
        source.feed(words, block=3200, overflowed=overflowed)
        for sound in intake.read():
            told += sound.lost
            events += len(stream.hear(sound.samples, sound.lost, sound.clipped_seconds))
        recogniser.asked.clear()
        if number in (round(120 / seconds), round(598 / seconds)):
            gc.collect()
            memory.append(psutil.Process().memory_info().rss)
    assert stream.seconds > 590
    assert events == 3 * round(600 / seconds)
    assert told == gaps > 0
    assert memory[1] - memory[0] < 2**21
