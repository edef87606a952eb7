import numpy as np
import pytest

from core.sound.clip import LARGEST_SAMPLE, AudioClip
from core.sound.features import FeatureConfig, LogMelFrontEnd
from core.sound.levels import mean_spectrum, measure_span
from core.sound.picture import HIGHEST_RATE, MAX_COLUMNS, Picture, PictureConfig, PictureMaker
from tests.helpers.sounds import noise, sample_clip, tone, word


@pytest.mark.parametrize("normalisation", ["z-score", "none"])
@pytest.mark.parametrize(
    "features",
    [
        {},
        {"n_fft": 512, "win_length": 400, "hop_length": 80, "n_mels": 40, "fmin": 60.0},
        {"n_fft": 2048, "win_length": 256, "hop_length": 33, "fmax": 3000.0, "top_db": 60.0},
    ],
)
def test_at_a_models_settings_the_picture_is_what_the_model_is_given(features, normalisation):
    config = FeatureConfig(**features, normalisation=normalisation)
    samples = sample_clip("seven").samples
    picture = PictureMaker(PictureConfig.from_features(config)).picture(samples)
    assert picture.config == config
    expected = LogMelFrontEnd(config).model_input(samples)
    np.testing.assert_allclose(picture.values, expected, atol=2e-4)


@pytest.mark.parametrize("scale", ["mel", "linear"])
@pytest.mark.parametrize("rate", [8000, 44100])
def test_a_tone_stands_in_the_row_of_its_frequency(scale, rate):
    maker = PictureMaker(PictureConfig(scale=scale), rate)
    picture = maker.picture(tone(1234, rate=rate))
    row = int(np.argmax(picture.values.mean(axis=1)))
    assert row == pytest.approx(float(picture.row_of(1234.0)), abs=0.6)
    assert float(picture.frequency_of(picture.row_of(1234.0))) == pytest.approx(1234)
    assert picture.value_at(0.5, row) == pytest.approx(0, abs=0.1)


def test_a_linear_axis_shows_every_bin_of_its_range():
    config = PictureConfig(scale="linear", n_fft=1024, fmin=500, fmax=2000)
    picture = PictureMaker(config).picture(noise())
    frequencies = picture.frequency_of(np.arange(picture.values.shape[0]))
    assert frequencies[0] == 500
    assert frequencies[-1] == 2000
    assert np.allclose(np.diff(frequencies), 8000 / 1024)


@pytest.mark.parametrize("scale", ["mel", "linear"])
def test_a_stretch_looks_as_it_does_in_the_whole(scale):
    maker = PictureMaker(PictureConfig(scale=scale, normalisation="z-score"))
    samples = word(at=1.5, seconds=3.0)
    whole = maker.picture(samples)
    part = maker.picture(samples, 1.0, 2.0, whole.reference)
    assert part.first_seconds == pytest.approx(1.0)
    first = round(part.first_seconds / part.seconds_per_column)
    same = whole.values[:, first : first + part.values.shape[1]]
    np.testing.assert_allclose(part.values, same, atol=1e-4)


def test_a_long_sound_has_no_more_columns_than_can_be_seen_and_keeps_its_place_in_time():
    samples = np.zeros(8000 * 60, np.float32)
    samples[8000 * 40 : 8000 * 41] = tone(500)
    picture = PictureMaker(PictureConfig(hop_ms=1)).picture(samples)
    assert picture.values.shape[1] <= MAX_COLUMNS + 1
    loud = np.flatnonzero(picture.values.max(axis=0) > -6) * picture.seconds_per_column
    assert loud[0] == pytest.approx(40, abs=0.1)
    assert loud[-1] == pytest.approx(41, abs=0.1)


@pytest.mark.parametrize("samples", [np.zeros(8000, np.float32), np.ones(1, np.float32)])
@pytest.mark.parametrize("normalisation", ["z-score", "none"])
def test_silence_and_a_single_sample_have_a_picture(samples, normalisation):
    picture = PictureMaker(PictureConfig(normalisation=normalisation)).picture(samples)
    assert np.isfinite(picture.values).all()
    assert picture.values.shape == (96, 1 + samples.size // 32)


def test_silence_is_not_drawn_as_the_loudest_sound():
    zeros = np.zeros(8000, np.float32)
    for scale in ("mel", "linear"):
        picture = PictureMaker(PictureConfig(scale=scale)).picture(zeros)
        assert picture.values == pytest.approx(-80)
        part = PictureMaker(PictureConfig(scale=scale)).picture(zeros, 0.1, 0.2, picture.reference)
        assert part.values == pytest.approx(-80)
    assert LogMelFrontEnd(FeatureConfig()).spectrogram(zeros).decibels == pytest.approx(-80)


def test_a_mel_spectrogram_is_a_picture_too():
    config = FeatureConfig()
    picture = Picture.of_mel(LogMelFrontEnd(config).spectrogram(tone(440)))
    assert picture.seconds_per_column == pytest.approx(0.064)
    assert picture.value_at(-1, 0) is None
    assert picture.value_at(0.5, 500) is None


@pytest.mark.parametrize(
    "settings",
    [
        {"window_ms": 0},
        {"hop_ms": 0},
        {"fmin": 2000, "fmax": 1000},
        {"fmin": -1},
        {"n_mels": 0},
        {"scale": "bark"},
        {"top_db": 0},
        {"normalisation": "peak"},
    ],
)
def test_settings_outside_their_range_are_refused(settings):
    with pytest.raises(ValueError, match=r".+"):
        PictureConfig(**settings)


def test_a_narrow_range_of_high_frequencies_is_kept():
    features = PictureConfig(fmin=3000, fmax=3200).features(8000)
    assert (features.fmin, features.fmax) == (3000, 3200)
    assert PictureConfig(fmin=3000, fmax=3200).features(4000).fmax == 2000


def test_at_a_low_rate_the_range_of_frequencies_is_cut():
    picture = PictureMaker(PictureConfig(), 4000).picture(tone(300, rate=4000))
    assert picture.config.fmax == 2000


@pytest.mark.parametrize("scale", ["mel", "linear"])
@pytest.mark.parametrize("rate", [1, 2, 7, 999, 1000, 192_001, 2_822_400, 2**31 - 1])
def test_every_rate_has_a_picture_and_no_huge_one(rate, scale):
    samples = noise(2.0)
    maker = PictureMaker(PictureConfig(scale=scale, window_ms=200, fmax=24_000), rate)
    for picture in (
        maker.picture(samples),
        maker.picture(samples, 0.3 * samples.size / rate, 0.4 * samples.size / rate),
    ):
        assert np.isfinite(picture.values).all()
        assert picture.values.size < 2**27
        assert picture.config.sample_rate == min(rate, HIGHEST_RATE)


@pytest.mark.parametrize("scale", ["mel", "linear"])
def test_the_largest_numbers_have_a_picture_and_figures(scale):
    clip = AudioClip(np.full(12_000, LARGEST_SAMPLE, np.float32), 48_000)
    maker = PictureMaker(PictureConfig(scale=scale, window_ms=200, fmax=24_000), 48_000)
    assert np.isfinite(maker.picture(clip.samples).values).all()
    assert np.isfinite(mean_spectrum(clip)[1]).all()
    assert measure_span(clip, 0, 1).peak_dbfs == pytest.approx(200)


def test_a_sound_of_a_very_high_rate_is_drawn_at_its_time_and_frequency():
    samples = np.zeros(2_822_400, np.float32)
    samples[1_411_200:] = tone(5000, 0.5, 2_822_400)
    maker = PictureMaker(PictureConfig(scale="linear", fmax=20_000), 2_822_400)
    picture = maker.picture(samples, 0.2, 0.9)
    row, _ = np.unravel_index(np.argmax(picture.values), picture.values.shape)
    assert float(picture.frequency_of(row)) == pytest.approx(5000, abs=10)
    loud = picture.first_seconds + picture.seconds_per_column * np.flatnonzero(
        picture.values[row] > -6
    )
    assert loud[0] == pytest.approx(0.5, abs=0.01)
    assert loud[-1] == pytest.approx(0.9, abs=0.01)


def test_the_figures_of_a_span_are_those_of_what_sounds_in_it():
    samples = np.zeros(8000, np.float32)
    samples[2000:4000] = tone(1000, seconds=0.25, amplitude=0.1)
    span = measure_span(AudioClip(samples), 0.25, 0.5)
    assert (span.start, span.stop, span.seconds) == (0.25, 0.5, 0.25)
    assert span.peak_dbfs == pytest.approx(-20, abs=0.1)
    assert span.rms_dbfs == pytest.approx(-23, abs=0.1)
    loudest = int(np.argmax(span.spectrum_dbfs))
    assert span.frequencies[loudest] == pytest.approx(1000, abs=8)
    assert span.spectrum_dbfs[loudest] == pytest.approx(-20, abs=0.2)


@pytest.mark.parametrize(("start", "stop"), [(0.5, 0.5), (-1, 3), (0.9999, 1.0), (5, 6)])
def test_a_span_holds_at_least_a_sample_and_stays_inside(start, stop):
    span = measure_span(AudioClip(tone()), start, stop)
    assert 0 <= span.start < span.stop <= 1
    assert np.isfinite(span.spectrum_dbfs).all()


def test_the_mean_spectrum_of_a_long_sound_is_that_of_its_parts():
    frequencies, spectrum = mean_spectrum(AudioClip(tone(500, seconds=80)))
    assert frequencies[np.argmax(spectrum)] == pytest.approx(500, abs=4)
