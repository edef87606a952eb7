"""What augmentation does to sound, against what is known."""

import numpy as np
import pytest

from core.errors import DataSetError
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES
from core.sound.features import LogMelFrontEnd
from core.sound.noise import Noise, coloured_noise
from core.training.architectures import FINE_FEATURES
from core.training.augmentation import Augmenter, interpolate, rooms, splice, word_bounds
from core.training.config import AUGMENTATIONS, AugmentationConfig
from tests.helpers.sounds import noise, tone, word, write

STILL = AugmentationConfig(
    speed=(1, 1), equaliser_db=0, room=0, low_cut=0, high_cut=0, noisy=0, time_mask=0, mel_mask=0
)


@pytest.fixture
def random():
    return np.random.default_rng(1)


@pytest.fixture
def words():
    return np.stack([word(at=0.1 + 0.05 * n) for n in range(10)])


def augmenter(config=None, sounds=()):
    return Augmenter(FINE_FEATURES, Noise(sounds), config)


def decibels(power):
    return 10 * np.log10(power)


def loudest_hertz(samples):
    spectrum = np.abs(np.fft.rfft(samples))
    return spectrum.argmax() * SAMPLE_RATE / samples.size


def test_reading_at_whole_positions_changes_nothing(words):
    positions = np.tile(np.arange(TAKE_SAMPLES, dtype=float), (len(words), 1))
    np.testing.assert_array_equal(interpolate(words, positions), words)


def test_reading_between_samples_is_exact_for_a_slow_tone():
    samples = tone(100)[np.newaxis]
    between = interpolate(samples, np.arange(100, 7900)[np.newaxis] + 0.5)[0]
    times = (np.arange(100, 7900) + 0.5) / SAMPLE_RATE
    np.testing.assert_allclose(between, 0.3 * np.sin(2 * np.pi * 100 * times), atol=1e-4)


def test_outside_of_a_take_is_silence():
    ones = np.ones((1, 100), np.float32)
    assert not interpolate(ones, np.array([[-5.0, -2.0, 101.0, 1000.0]])).any()


def test_the_bounds_of_a_word_are_found(words):
    first, last = word_bounds(words)
    begin = (0.1 + 0.05 * np.arange(10)) * SAMPLE_RATE
    assert np.all(np.abs(first - begin) <= 160)
    assert np.all(np.abs(last - begin - 0.3 * SAMPLE_RATE) <= 160)


@pytest.mark.parametrize("speed", [0.8, 1.25])
def test_speed_changes_pitch_and_length(random, speed):
    takes = np.stack([word(amplitude=0.3, room=0)] * 4)
    placed = augmenter(AugmentationConfig(speed=(speed, speed))).place(random, takes)
    first, last = word_bounds(placed)
    assert np.all(np.abs((last - first) / SAMPLE_RATE - (0.3 + 0.02) / speed) < 0.05)
    for samples, begin, end in zip(placed, first, last, strict=True):
        assert loudest_hertz(samples[begin:end]) == pytest.approx(300 * speed, abs=12)


def test_a_word_that_fits_is_put_anywhere_and_not_cut_off(random):
    takes = np.stack([word(room=0)] * 200)
    first, last = word_bounds(augmenter(STILL).place(random, takes))
    assert first.min() < 0.15 * SAMPLE_RATE
    assert last.max() > 0.85 * SAMPLE_RATE
    assert np.all(last - first >= 0.3 * SAMPLE_RATE - 160)


def test_without_a_room_and_a_microphone_sound_stays_as_it_is(random, words):
    np.testing.assert_allclose(augmenter(STILL).colour(random, words), words, atol=1e-5)


def test_rooms_begin_with_the_direct_sound_and_fade(random):
    responses = rooms(random, 20)
    energy = np.square(responses)
    assert np.all(energy.argmax(axis=1) == 0)
    assert np.all(energy[:, 1:1000].sum(axis=1) > energy[:, -1000:].sum(axis=1))


@pytest.mark.parametrize("snr", [0.0, 20.0])
def test_noise_is_as_loud_as_asked(random, snr):
    config = AugmentationConfig(noisy=1, snr_db=(snr, snr))
    clean = np.stack([tone()] * 60)
    noisy = augmenter(config, [noise(20)]).add_noise(random, clean, clean)
    measured = decibels(np.square(clean).mean(axis=1) / np.square(noisy - clean).mean(axis=1))
    babble = measured > snr + 1
    np.testing.assert_allclose(measured[~babble], snr, atol=0.05)
    np.testing.assert_allclose(measured[babble], 8, atol=0.05)
    assert babble.sum() <= 20


def test_every_take_gets_some_noise(random):
    words = np.stack([word(room=0)] * 30)
    noisy = augmenter(STILL, [noise(20)]).add_noise(random, words, words)
    assert np.all(np.abs(noisy[:, :100]).max(axis=1) > 0)


def test_conversion_clips_and_rounds_to_sixteen_bits(random, words):
    loud = augmenter(AugmentationConfig(gain_db=(6, 6))).convert(random, words)
    assert loud.max() == 1
    assert (loud == 1).sum() > 100
    np.testing.assert_array_equal(loud, np.round(loud * 32767).astype(np.float32) / 32767)


def test_features_without_any_change_are_the_front_ends(random, words, monkeypatch):
    monkeypatch.setattr("core.training.augmentation._WARPS", np.ones(1))
    made = augmenter(STILL)
    monkeypatch.setattr(made, "convert", lambda _random, samples: samples)
    expected = LogMelFrontEnd(FINE_FEATURES).model_input(words)
    np.testing.assert_allclose(made._to_features(random, words), expected, atol=1e-3)


def test_masks_take_stretches_out_of_some_features(random):
    features = np.tile(np.float32([-60, -20]), (200, 40, 51))[:, :, :101]
    mean = features[0].mean()
    masked = np.isclose(augmenter().mask(random, features), mean)
    frames, bands = masked.all(axis=1).sum(axis=1), masked.all(axis=2).sum(axis=1)
    assert frames.max() == 12
    assert bands.max() == 6
    assert 0.3 < (frames == 0).mean() < 0.7


def test_the_seed_decides(words):
    made = augmenter(sounds=[noise(3)])
    one, same, other = (made.words(np.random.default_rng(n), words) for n in (5, 5, 6))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    assert one.shape == (10, 40, 101)
    assert np.isfinite(one).all()


def test_silence_is_made_of_noise_or_without_any_of_coloured_noise(random):
    for sounds in ([noise(0.3)], []):
        features = augmenter(sounds=sounds).silence(random, 7)
        assert features.shape == (7, 40, 101)
        assert np.isfinite(features).all()


def test_some_takes_are_cut_out_of_the_sound_around_them(random):
    made = augmenter(AugmentationConfig(isolated=0.5))
    samples = noise(200.0).reshape(200, TAKE_SAMPLES)
    whole = samples.copy()
    made.isolate(random, samples, np.full(200, 3000), np.full(200, 5000))
    np.testing.assert_array_equal(samples[:, 3000:5000], whole[:, 3000:5000])
    alone = ~samples[:, :600].any(axis=1) & ~samples[:, 6200:].any(axis=1)
    assert 70 < alone.sum() < 130
    np.testing.assert_array_equal(samples[~alone], whole[~alone])


def test_noise_is_heard_at_other_speeds(random):
    made = augmenter(AugmentationConfig(noise_speed=(0.7, 1.4)), [tone(500, 3)])
    seconds = made.draw_noise(random, 200)
    assert seconds.shape == (200, TAKE_SAMPLES)
    pitches = np.array([loudest_hertz(samples) for samples in seconds])
    assert 340 < pitches.min() < 380
    assert 660 < pitches.max() < 710


@pytest.mark.slow
def test_half_of_the_noise_is_around_a_loud_moment(random):
    bark = np.zeros(5 * SAMPLE_RATE, np.float32)
    bark[18_000:18_400] = 0.5
    made = augmenter(sounds=[bark])
    heard = made.draw_noise(random, 1000).any(axis=1).mean()
    by_chance = made.noise.draw(random, 1000).any(axis=1).mean()
    assert by_chance < 0.35
    assert heard > by_chance + 0.08


@pytest.mark.slow
def test_some_of_the_noise_is_of_two_recordings(random, monkeypatch):
    sounds = [tone(500, 3), tone(1500, 3)]
    heard = []
    for mixed in (0.0, 1.0):
        still = AugmentationConfig(
            equaliser_db=0, room=0, low_cut=0, high_cut=0, noise_speed=(1, 1), noise_mixed=mixed
        )
        made = augmenter(still, sounds)
        monkeypatch.setattr(made, "_to_features", lambda _random, samples: samples)
        spectra = np.abs(np.fft.rfft(made.silence(random, 300)))
        both = spectra[:, [500, 1500]].min(axis=1) > 0.05 * spectra[:, [500, 1500]].max(axis=1)
        heard.append(both.mean())
    assert heard[0] < 0.2  # artificial noise may hold both
    assert heard[1] > heard[0] + 0.2


def test_gentle_augmentation_leaves_words_nearer_to_what_they_were(words):
    clean = LogMelFrontEnd(FINE_FEATURES).model_input(words)
    kept = {}
    for name, config in AUGMENTATIONS.items():
        made = augmenter(config, [noise(20)])
        random = np.random.default_rng(1)
        colours = np.stack([made.colour(random, words) for _ in range(30)])
        features = LogMelFrontEnd(FINE_FEATURES).model_input(colours.reshape(-1, 8000))
        kept[name] = np.abs(features.reshape(30, *clean.shape) - clean).mean()
    assert kept["gentle"] < kept["full"] == kept["noisy"]


def test_noise_is_drawn_from_all_of_a_recording(random):
    ramp = np.arange(5 * SAMPLE_RATE, dtype=np.float32)
    drawn = Noise([ramp]).draw(random, 300)
    np.testing.assert_array_equal(np.diff(drawn, axis=1), 1)
    assert drawn[:, 0].min() < 0.2 * SAMPLE_RATE
    assert drawn[:, 0].max() > 3.8 * SAMPLE_RATE


def test_coloured_noise_has_many_colours(random):
    made = coloured_noise(random, 50)
    np.testing.assert_allclose(np.square(made).mean(axis=1), 1, rtol=1e-3)
    spectra = np.square(np.abs(np.fft.rfft(made)))
    tilt = decibels(spectra[:, 100:1000].mean(axis=1) / spectra[:, 3000:].mean(axis=1))
    assert tilt.min() < -3
    assert tilt.max() > 10


def test_splices_join_the_beginning_of_one_word_and_the_end_of_another(random):
    first, second = tone(300), tone(1200)
    low = np.stack([first * (np.abs(np.arange(8000) - 4000) < 2000)] * 5)
    high = np.stack([second * (np.abs(np.arange(8000) - 4000) < 2000)] * 5)
    spliced = splice(random, low.astype(np.float32), high.astype(np.float32))
    for samples in spliced:
        (begin,), (end,) = word_bounds(samples[np.newaxis])
        third = (end - begin) // 4
        assert loudest_hertz(samples[begin : begin + third]) == pytest.approx(300, abs=10)
        assert loudest_hertz(samples[end - third : end]) == pytest.approx(1200, abs=10)


def test_noise_that_cannot_be_read_says_which(tmp_path):
    good = write(tmp_path / "good.wav", noise(2, 16_000), 16_000)
    assert len(Noise.read([good])) == 1
    bad = tmp_path / "bad.wav"
    bad.write_text("no sound")
    with pytest.raises(DataSetError, match=r"bad\.wav"):
        Noise.read([good, bad])
