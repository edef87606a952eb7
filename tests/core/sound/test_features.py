import numpy as np
import pytest

from core.sound.features import (
    FeatureConfig,
    LogMelFrontEnd,
    hz_to_mel,
    mel_filterbank,
    mel_to_hz,
    normalise,
)
from tests.helpers.sounds import noise, sample_clip, tone, word

CONFIGS = [
    FeatureConfig(),
    FeatureConfig(n_fft=1024, win_length=256, hop_length=32, n_mels=96, normalisation="none"),
    FeatureConfig(n_fft=256, win_length=256, hop_length=80, n_mels=40, fmin=60, fmax=3900),
    FeatureConfig(n_fft=401, win_length=301, hop_length=77, n_mels=23, top_db=60),
]
SOUNDS = {
    "speech": sample_clip("four").samples,
    "noise": noise(amplitude=0.3),
    "tone": tone(1000),
    "word": word(),
    "quiet": noise(amplitude=1e-6),
    "zeros": np.zeros(8000, np.float32),
    "one sample": np.eye(1, 8000, 4000, dtype=np.float32)[0],
}


def _librosa_decibels(samples, config):
    import librosa

    power = librosa.feature.melspectrogram(
        y=samples,
        sr=config.sample_rate,
        n_fft=config.n_fft,
        win_length=config.win_length,
        hop_length=config.hop_length,
        n_mels=config.n_mels,
        fmin=config.fmin,
        fmax=config.fmax,
    )
    return librosa.power_to_db(power, ref=np.max, top_db=config.top_db)


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("sound", SOUNDS)
def test_the_decibels_are_librosas_within_a_hundredth(config, sound):
    ours = LogMelFrontEnd(config).decibels(SOUNDS[sound])
    theirs = _librosa_decibels(SOUNDS[sound], config)
    assert ours.shape == theirs.shape == (config.n_mels, config.n_frames())
    assert np.abs(ours - theirs).max() < 0.01


@pytest.mark.parametrize("config", CONFIGS)
def test_the_filters_are_librosas(config):
    from librosa.filters import mel

    theirs = mel(
        sr=8000, n_fft=config.n_fft, n_mels=config.n_mels, fmin=config.fmin, fmax=config.fmax
    )
    assert np.abs(mel_filterbank(config) - theirs).max() < 1e-7


def test_the_notebooks_defaults_give_128_by_16():
    assert LogMelFrontEnd(FeatureConfig()).decibels(SOUNDS["word"]).shape == (128, 16)


@pytest.mark.parametrize("frequency", [250, 600, 1000, 2000, 3000])
def test_a_sine_lands_in_its_mel_band(frequency):
    spectrogram = LogMelFrontEnd(CONFIGS[1]).spectrogram(tone(frequency))
    loudest = int(np.argmax(spectrogram.decibels.mean(axis=1)))
    assert loudest == pytest.approx(float(spectrogram.config.row_of(float(frequency))), abs=0.6)


def test_a_click_lands_in_its_frame():
    click = np.zeros(8000, np.float32)
    click[4000] = 1
    spectrogram = LogMelFrontEnd(CONFIGS[1]).spectrogram(click)
    loudest = int(np.argmax(spectrogram.decibels.max(axis=0)))
    assert loudest * spectrogram.seconds_per_frame == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("config", CONFIGS[:3])
def test_a_batch_is_the_same_as_one_after_the_other(config):
    front_end = LogMelFrontEnd(config)
    batch = np.stack([noise(seed=seed, amplitude=10.0**-seed) for seed in range(5)] * 30)
    together = front_end.model_input(batch)
    single = np.stack([front_end.model_input(samples) for samples in batch])
    assert together.shape == (150, config.n_mels, config.n_frames())
    assert np.abs(together - single).max() < 1e-3


def test_z_score_has_mean_zero_and_variance_one_for_each_clip():
    batch = np.stack([SOUNDS["speech"], SOUNDS["noise"]])
    pictures = LogMelFrontEnd(FeatureConfig()).model_input(batch)
    assert pictures.mean(axis=(1, 2)) == pytest.approx([0, 0], abs=1e-4)
    assert pictures.std(axis=(1, 2)) == pytest.approx([1, 1], abs=1e-4)
    assert pictures.dtype == np.float32


def test_a_picture_without_contrast_becomes_zeros_not_nan():
    assert not normalise(np.zeros((4, 3), np.float32), "z-score").any()


def test_mel_and_hz_are_each_others_inverse():
    hertz = np.array([0, 20, 500, 999, 1000, 1001, 3999])
    assert mel_to_hz(hz_to_mel(hertz)) == pytest.approx(hertz)
    assert hz_to_mel(1000.0) == pytest.approx(15)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"n_fft": 0}, "n_fft"),
        ({"n_mels": -1}, "n_mels"),
        ({"hop_length": 2.5}, "hop_length"),
        ({"n_fft": True}, "n_fft"),
        ({"win_length": 4096}, "exceeds n_fft"),
        ({"fmax": 5000.0}, "does not fit"),
        ({"fmin": 4000.0}, "does not fit"),
        ({"fmin": float("nan")}, "does not fit"),
        ({"top_db": 0}, "top_db"),
        ({"normalisation": "loud"}, "normalisation"),
    ],
)
def test_settings_outside_their_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        FeatureConfig(**settings)


def test_settings_survive_json():
    for config in CONFIGS:
        assert FeatureConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        FeatureConfig().to_json() | {"extra": 1},
        FeatureConfig().to_json() | {"fmin": "0"},
    ],
)
def test_settings_that_are_not_settings_are_refused(data):
    with pytest.raises(ValueError, match="must"):
        FeatureConfig.from_json(data)
