import numpy as np
import pytest

from core.sound.features import LogMelFrontEnd
from core.sound.picture import STREAM_FEATURES, MelStream
from tests.helpers.sounds import noise, tone


@pytest.mark.parametrize("block", [1, 79, 264, 8000])
def test_the_columns_are_the_same_however_the_sound_comes(block):
    samples = noise(0.5, seed=3)
    whole = MelStream().add(samples)
    stream = MelStream()
    pieces = [stream.add(samples[i : i + block]) for i in range(0, samples.size, block)]
    assert whole.shape == (STREAM_FEATURES.n_mels, 50)
    assert np.allclose(np.concatenate(pieces, axis=1), whole, atol=1e-3)


def test_the_columns_are_those_of_the_front_end():
    samples = noise(1.0, amplitude=0.1, seed=5)
    columns = MelStream().add(samples)
    decibels = LogMelFrontEnd(STREAM_FEATURES).decibels(samples[32:])
    assert np.ptp(columns[:, 10:80] - decibels[:, 9:79]) < 0.01


def test_a_tone_lies_in_its_band():
    columns = MelStream().add(tone(1000, 0.5))
    row = int(columns[:, 30].argmax())
    assert row == pytest.approx(float(STREAM_FEATURES.row_of(1000.0)), abs=1)
    silence = MelStream().add(np.zeros(800, np.float32))
    assert silence.max() == pytest.approx(-100, abs=1e-3)
