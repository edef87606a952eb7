import numpy as np
import pytest

from core.errors import AudioDeviceError
from core.sound.capture import Capture, Phase, RollingBuffer
from core.sound.clip import AudioClip
from core.sound.levels import SoundProblem
from tests.helpers.fake_source import FakeSource
from tests.helpers.sounds import noise, tone, word

ROOM = 0.0005


def listening(rate=8000, seconds=1.0):
    """Return a capture that has heard a quiet room for a while, and its source."""
    source = FakeSource(rate)
    capture = Capture(source)
    capture.start()
    source.feed(noise(seconds, rate, ROOM, seed=1))
    assert capture.poll().phase is Phase.READY
    return capture, source


def poll_through(capture, source, samples, step=0.033):
    """Feed samples as time goes by; return everything that was heard."""
    size = round(step * source.sample_rate)
    heard = []
    for first in range(0, len(samples), size):
        source.feed(samples[first : first + size])
        heard.append(capture.poll())
    return heard


def take_of(heard):
    takes = [h.take for h in heard if h.take is not None]
    assert len(takes) == 1
    return takes[0]


def test_the_rolling_buffer_gives_back_what_was_put_in():
    buffer = RollingBuffer(100)
    stream = np.arange(1000, dtype=np.float32)
    for first in range(0, 1000, 7):
        buffer.append(stream[first : first + 7])
    assert buffer.end == 1000
    assert buffer.between(950, 970).tolist() == stream[950:970].tolist()
    assert buffer.between(990, 2000).tolist() == stream[990:].tolist()
    assert buffer.between(2000, 3000).size == 0
    assert buffer.between(0, 10).size == 0


def test_the_rolling_buffer_takes_more_at_once_than_it_keeps():
    buffer = RollingBuffer(10)
    buffer.append(np.arange(3, dtype=np.float32))
    buffer.append(np.arange(100, dtype=np.float32))
    assert buffer.end == 103
    assert buffer.between(93, 103).tolist() == list(range(90, 100))


def test_a_take_is_the_stream_itself_from_250_ms_before_the_voice():
    capture, source = listening()
    before = noise(1.0, 8000, ROOM, seed=1)
    spoken = word(at=0.5, seconds=2.5, room=ROOM)
    capture.begin_take()
    take = take_of(poll_through(capture, source, spoken))
    stream = np.concatenate([before, spoken])
    onset = 8000 + 4000
    first = onset - 2000
    offsets = [
        n
        for n in range(first - 400, first + 200)
        if np.array_equal(stream[n : n + 8000], take.clip.samples)
    ]
    assert len(offsets) == 1
    assert take.clip.samples.shape == (8000,)
    assert take.problem is None


def test_the_phases_come_in_order_and_the_waveform_grows():
    capture, source = listening()
    capture.begin_take()
    heard = poll_through(capture, source, word(at=0.5, seconds=2.0, room=ROOM))
    phases = list(dict.fromkeys(h.phase for h in heard))
    assert phases == [Phase.SPEAK_NOW, Phase.RECORDING, Phase.READY]
    sizes = [h.running.size for h in heard if h.phase is Phase.RECORDING]
    assert sizes == sorted(sizes)
    assert sizes[-1] < 8000
    assert all(h.running.size <= 2000 for h in heard if h.phase is Phase.SPEAK_NOW)


def test_a_speaker_who_was_quicker_than_the_key_loses_nothing():
    capture, source = listening()
    poll_through(capture, source, word(at=0.0, seconds=0.2, length=0.2, room=ROOM))
    capture.begin_take()
    take = take_of(poll_through(capture, source, word(at=0.0, seconds=2.0, length=0.3, room=ROOM)))
    assert np.abs(take.clip.samples[500:1900]).max() > 0.2


def test_the_end_of_a_word_is_not_taken_for_the_next_one():
    capture, source = listening()
    capture.begin_take()
    first = word(at=0.3, seconds=1.3, length=1.0, room=ROOM)[:8800]
    assert np.abs(first[-400:]).max() > 0.2  # longer than its take
    take_of(poll_through(capture, source, first))
    capture.begin_take()
    heard = poll_through(capture, source, word(at=0.0, seconds=0.8, length=0.1, room=ROOM))
    assert {h.phase for h in heard} == {Phase.SPEAK_NOW}
    take = take_of(poll_through(capture, source, word(at=0.2, seconds=1.5, length=0.3, room=ROOM)))
    assert np.abs(take.clip.samples[:1800]).max() < 0.01
    assert np.abs(take.clip.samples[2000:4400]).max() > 0.2


def test_a_slow_speaker_is_waited_for():
    capture, source = listening()
    capture.begin_take()
    take = take_of(poll_through(capture, source, word(at=1.6, seconds=3.0, room=ROOM)))
    assert np.abs(take.clip.samples[2000:4400]).max() > 0.2
    assert np.abs(take.clip.samples[:1700]).max() < 0.01


def test_while_the_key_is_held_a_very_slow_speaker_is_waited_for():
    capture, source = listening()
    capture.begin_take(held=True)
    heard = poll_through(capture, source, noise(5.0, 8000, ROOM, seed=3))
    assert {h.phase for h in heard} == {Phase.SPEAK_NOW}
    take = take_of(poll_through(capture, source, word(at=0.3, seconds=2.0, room=ROOM)))
    assert np.abs(take.clip.samples[2000:4400]).max() > 0.2


def test_a_key_that_is_let_go_in_silence_ends_the_waiting():
    capture, source = listening()
    capture.begin_take(held=True)
    poll_through(capture, source, noise(3.0, 8000, ROOM, seed=3))
    capture.release()
    assert capture.poll().take.problem is not None


def test_the_click_of_the_key_does_not_start_the_take():
    capture, source = listening()
    capture.begin_take()
    stream = word(at=0.9, seconds=2.5, room=ROOM)
    stream[100:300] += noise(0.025, amplitude=0.2)
    take = take_of(poll_through(capture, source, stream))
    assert np.abs(take.clip.samples[2000:4400]).max() > 0.2
    assert np.abs(take.clip.samples[:1700]).max() < 0.01


def test_in_a_loud_room_the_word_is_found_too():
    source = FakeSource()
    capture = Capture(source)
    capture.start()
    source.feed(noise(1.0, 8000, 0.03))
    capture.poll()
    capture.begin_take()
    take = take_of(poll_through(capture, source, word(at=0.7, seconds=2.5, room=0.03)))
    assert take.problem is None
    assert (
        np.square(take.clip.samples[2000:4400]).mean()
        > 20 * np.square(take.clip.samples[5000:]).mean()
    )


def test_when_nobody_speaks_nothing_was_heard():
    capture, source = listening()
    capture.begin_take()
    quiet = take_of(poll_through(capture, source, noise(2.5, 8000, ROOM, seed=4)))
    assert quiet.problem is SoundProblem.TOO_QUIET
    source.feed(noise(1.0, 8000, 0.02, seed=5))
    capture.poll()
    capture.begin_take()
    noisy = take_of(poll_through(capture, source, noise(2.5, 8000, 0.02, seed=6)))
    assert noisy.problem is SoundProblem.NOTHING_HEARD


def test_speak_now_comes_only_when_the_stream_delivers_sound():
    source = FakeSource()
    capture = Capture(source)
    capture.start()
    capture.begin_take()
    assert capture.poll().phase is Phase.WAITING
    source.feed(np.zeros(2400))
    assert capture.poll().phase is Phase.WAITING
    assert source.cues == 0
    source.feed(noise(0.1, amplitude=ROOM))
    assert capture.poll().phase is Phase.SPEAK_NOW
    assert source.cues == 1


def test_zeros_for_long_are_said_and_the_word_is_taken_back_when_sound_comes():
    source = FakeSource()
    capture = Capture(source)
    capture.start()
    source.feed(np.zeros(11000))
    assert capture.poll().problem is None
    source.feed(np.zeros(2000))
    assert capture.poll().problem is SoundProblem.ALL_ZEROS
    source.feed(noise(0.1))
    heard = capture.poll()
    assert (heard.problem, heard.phase) == (None, Phase.READY)


def test_a_take_of_a_device_that_was_muted_in_between_is_all_zeros():
    capture, source = listening()
    poll_through(capture, source, np.zeros(9000))
    capture.begin_take()
    take = take_of(poll_through(capture, source, np.zeros(20000)))
    assert take.problem is SoundProblem.ALL_ZEROS


def test_an_overflow_inside_the_take_damages_it_and_one_outside_does_not():
    capture, source = listening()
    source.feed(noise(0.1, amplitude=ROOM), overflowed=True)
    capture.poll()
    poll_through(capture, source, noise(1.0, amplitude=ROOM))
    capture.begin_take()
    stream = word(at=0.5, seconds=3.0, room=ROOM)
    assert take_of(poll_through(capture, source, stream)).problem is None
    capture.begin_take()
    poll_through(capture, source, stream[:5000])
    source.feed(stream[5000:6000], overflowed=True)
    assert take_of(poll_through(capture, source, stream[6000:])).problem is SoundProblem.OVERFLOWED


@pytest.mark.parametrize("rate", [8000, 44100])
def test_a_clipped_take_is_known_even_after_resampling(rate):
    capture, source = listening(rate)
    capture.begin_take()
    loud = np.clip(word(at=0.5, seconds=2.5, rate=rate, amplitude=4, room=ROOM), -1, 1)
    heard = poll_through(capture, source, loud)
    assert take_of(heard).problem is SoundProblem.CLIPPED
    assert any(h.level.clipped for h in heard)


@pytest.mark.parametrize("rate", [11025, 16000, 44100, 48000, 96000, 192000])
def test_any_rate_gives_8000_samples_of_the_same_word(rate):
    capture, source = listening(rate)
    capture.begin_take()
    take = take_of(poll_through(capture, source, word(at=0.5, seconds=2.5, rate=rate, room=ROOM)))
    assert take.clip.samples.shape == (8000,)
    spectrum = np.abs(np.fft.rfft(take.clip.samples))
    assert np.argmax(spectrum) == pytest.approx(300, abs=3)
    assert take.problem is None


def test_the_level_is_that_of_the_blocks_since_the_last_look():
    capture, source = listening()
    source.feed(tone(amplitude=0.5))
    level = capture.poll().level
    assert level.peak_dbfs == pytest.approx(-6.02, abs=0.05)
    assert level.rms_dbfs == pytest.approx(-9.03, abs=0.05)
    assert not level.clipped
    assert capture.poll().level is None


def test_a_cancelled_take_is_forgotten_and_the_next_one_is_whole():
    capture, source = listening()
    capture.begin_take()
    poll_through(capture, source, word(at=0.1, seconds=0.6, room=ROOM))
    capture.cancel_take()
    heard = poll_through(capture, source, noise(3.0, amplitude=ROOM))
    assert all(h.take is None and h.phase is Phase.READY for h in heard)
    capture.begin_take()
    assert (
        take_of(poll_through(capture, source, word(at=0.5, seconds=2.5, room=ROOM))).problem is None
    )


def test_values_that_are_not_numbers_become_silence():
    capture, source = listening()
    source.feed(np.full(1600, np.nan))
    capture.poll()
    capture.begin_take()
    take = take_of(poll_through(capture, source, word(at=0.5, seconds=2.5, room=ROOM)))
    assert isinstance(take.clip, AudioClip)


def test_a_device_that_vanishes_is_an_error_with_a_sentence():
    capture, source = listening()
    capture.begin_take()
    source.vanish()
    with pytest.raises(AudioDeviceError, match="stopped delivering"):
        capture.poll()


def test_close_stops_the_source():
    capture, source = listening()
    capture.close()
    assert source.stopped == 1
