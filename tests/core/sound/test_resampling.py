import tracemalloc

import numpy as np
import pytest

from core.sound.clip import AudioClip
from core.sound.intake import StreamResampler
from tests.helpers.sounds import noise, tone

RATES = [11025, 16000, 22050, 44100, 48000, 96000, 192000]


def resampled(samples, rate, block):
    resampler = StreamResampler(rate)
    parts = [resampler.resample(samples[i : i + block]) for i in range(0, samples.size, block)]
    return np.concatenate(parts)


@pytest.mark.parametrize("rate", RATES)
def test_tones_keep_their_height_and_those_above_the_limit_vanish(rate):
    for hertz in (100, 1000, 3000):
        heard = resampled(tone(hertz, 0.5, rate), rate, rate // 50)
        expected = tone(hertz, 0.5, 8000)[: heard.size]
        assert np.abs(heard - expected)[100:].max() < 0.002
    for hertz in (4200, 5000):
        assert np.abs(resampled(tone(hertz, 0.5, rate), rate, rate // 50))[100:].max() < 0.002


@pytest.mark.parametrize("rate", RATES)
def test_no_more_than_some_milliseconds_are_held_back(rate):
    resampler = StreamResampler(rate)
    made = 0
    for number in range(1, 30):
        made += resampler.resample(np.zeros(rate // 50, np.float32)).size
        assert 0 <= number * (rate // 50) * 8000 / rate - made <= 42


@pytest.mark.parametrize("rate", [11025, 44100, 48000])
@pytest.mark.parametrize("block", [1, 50, 441, 5000])
def test_the_size_of_the_blocks_makes_no_difference(rate, block):
    samples = noise(0.1, rate)
    whole = resampled(samples, rate, samples.size)
    assert np.allclose(resampled(samples, rate, block), whole, atol=1e-6)


def test_a_stream_sounds_as_a_clip_does():
    samples = resampled(noise(1.0, 48000, seed=1), 48000, 960)
    clip = AudioClip(noise(1.0, 48000, seed=1), 48000).resampled(8000).samples
    spectrum = np.fft.rfft(samples[200:7800]), np.fft.rfft(clip[200:7800])
    low = slice(0, 3200)  # below 3.4 kHz
    assert np.abs(spectrum[0] - spectrum[1])[low].max() < 0.1 * np.abs(spectrum[1])[low].max()


@pytest.mark.parametrize("rate", [7999, 8001, 37800, 44101, 191_999, 999_983])
def test_an_unusual_rate_is_resampled_too(rate):
    heard = resampled(tone(1000, 0.5, rate), rate, rate // 50)
    assert np.abs(heard - tone(1000, 0.5)[: heard.size])[100:].max() < 0.002


@pytest.mark.parametrize("rate", [1000, 2000, 4000, 4001, 6000, 7350, 7999])
def test_a_lower_rate_has_no_image_above_its_own_limit(rate):
    for share in (0.1, 0.4):
        hertz = round(share * rate)
        heard = resampled(tone(hertz, 1.0, rate), rate, rate // 50)[800:]
        spectrum = np.abs(np.fft.rfft(heard * np.hanning(heard.size)))
        per_bin = 8000 / heard.size
        assert np.argmax(spectrum) * per_bin == pytest.approx(hertz, abs=2)
        above = spectrum[round(rate / 2 / per_bin) + 5 :]
        assert above.max(initial=0) < 0.001 * spectrum.max()  # -60 dB
        assert np.sqrt(2 * np.square(heard).mean()) == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize("rate", [1000, 1001, 191_999, 2_822_401, 9_999_999])
def test_no_rate_needs_much_memory(rate):
    tracemalloc.start()
    try:
        resampler = StreamResampler(rate)
        made = sum(resampler.resample(noise(0.1, rate)).size for _ in range(3))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert made == pytest.approx(2400, abs=330)
    assert peak < 60_000_000
