import numpy as np
import pytest

from core.sound.clip import Mixer
from core.sound.sound_file import read_blocks, read_clip, read_second
from tests.helpers.sounds import noise, tone, word, write


def mixed(channels, block=160, **settings):
    """Mix (n_channels, n) samples block by block."""
    mixer = Mixer(len(channels), **settings)
    parts = [channels[:, i : i + block] for i in range(0, channels.shape[1], block)]
    return np.concatenate([mixer.mix(part) for part in parts])


BOTH_WAYS = pytest.mark.parametrize("settings", [{}, {"by_power": True, "kept": 0.9}])


@BOTH_WAYS
@pytest.mark.parametrize("share", [-1.0, -0.7, 0.7, 1.0])
def test_a_channel_that_is_turned_over_is_heard_like_one_that_is_not(settings, share):
    voice = word()
    heard = mixed(np.stack([voice, np.float32(share) * voice]), **settings)
    expected = mixed(np.stack([voice, np.float32(abs(share)) * voice]), **settings)
    assert np.allclose(heard, expected, atol=1e-6)
    assert np.square(heard).sum() > 0.7 * np.square(voice).sum()


@pytest.mark.parametrize("channels", [2, 3, 8, 100])
def test_of_many_channels_every_one_may_be_turned_over(channels):
    signs = np.random.default_rng(channels).choice([-1, 1], channels).astype(np.float32)
    heard = mixed(signs[:, None] * word())
    assert np.allclose(np.abs(heard), np.abs(word()), atol=1e-5)


def test_channels_that_have_little_in_common_are_averaged():
    channels = np.stack([noise(seed=1), noise(seed=2), noise(seed=3) - 0.3 * noise(seed=1)])
    assert np.allclose(mixed(channels), channels.mean(axis=0), atol=1e-6)


def test_which_is_the_loudest_may_change_without_a_gap():
    voice = tone(300, 2.0)
    louder = 1 + 0.9 * np.sin(2 * np.pi * 3 * np.arange(voice.size) / 8000)
    channels = np.stack([louder * voice, (louder - 2) * voice]).astype(np.float32)
    heard = mixed(channels, by_power=True, kept=0.5)
    levels = np.square(heard.reshape(-1, 80)).mean(axis=1)
    assert levels.min() > 0.5 * np.square(voice).mean()


def test_a_change_of_mind_is_gradual():
    alike = np.stack([tone(100, 0.1), tone(100, 0.1)])
    opposite = np.stack([tone(100, 3.0), -tone(100, 3.0)])
    heard = mixed(np.concatenate([alike, opposite], axis=1))
    assert np.square(heard[-8000:]).mean() == pytest.approx(0.3**2 / 2, rel=0.01)
    assert np.abs(np.diff(heard)).max() < 1.5 * np.abs(np.diff(tone(100))).max()


def test_silence_and_values_that_are_not_numbers_are_no_reason_to_change():
    voice = word()
    mixer = Mixer(2)
    assert not mixer.mix(np.zeros((2, 100), np.float32)).any()
    expected = mixer.mix(np.stack([voice, -voice]))
    assert np.isnan(mixer.mix(np.full((2, 100), np.nan, np.float32))).all()
    assert np.array_equal(mixer.mix(np.stack([voice, -voice])), expected)
    assert mixer.mix(np.zeros((2, 0), np.float32)).size == 0


@pytest.mark.parametrize("seconds", [0.5, 1.0, 2.5, 90.0])
@pytest.mark.parametrize("opening", [0.0, 0.3])
def test_a_file_whose_channels_are_opposite_is_heard_in_every_way(tmp_path, seconds, opening):
    voice = word(at=0.6 * seconds, seconds=seconds, length=0.15)
    voice[: round(opening * seconds * 8000)] = 0
    path = write(tmp_path / "a.wav", np.stack([voice, -voice], axis=1), subtype="FLOAT")
    assert np.allclose(np.abs(read_clip(path).samples), np.abs(voice), atol=1e-6)
    second = read_second(path)
    assert np.abs(second.clip.samples).max() == pytest.approx(0.3, abs=0.01)
    heard = np.concatenate([clip.samples for clip in read_blocks(path, 0.1)])
    assert np.allclose(np.abs(heard), np.abs(voice), atol=1e-6)
