"""The pretrained network, held to a plain evaluation of its published weights."""

import numpy as np
import pytest

from core.places import SHIPPED_MODELS
from core.recognition.bundle import load_bundle
from core.training.architectures import SPEECH_EMBEDDING, find_architecture
from core.training.encoder import read_convolutions
from core.training.networks import load_network, network_file
from core.training.speech_embedding import QUIET_FRAMES

pytestmark = pytest.mark.slow

POOLS = {2: (2, 2), 6: (1, 2), 10: (2, 2), 14: (1, 2), 18: (2, 2)}


def convolve(x, kernel, bias):
    """Slide a kernel, (time, frequency, in, out), over (frames, bands, channels)."""
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(0, 1))
    return np.einsum("tfcij,ijco->tfo", windows, kernel) + bias


def pool(x, height, width):
    frames, bands = x.shape[0] // height, x.shape[1] // width
    cut = x[: frames * height, : bands * width]
    return cut.reshape(frames, height, bands, width, -1).max(axis=(1, 3))


def reference(decibels):
    """Evaluate the network as it was published: (frames, 32) decibels / 10 + 2 to vectors."""
    x = decibels[..., np.newaxis].astype(np.float64)
    for number, (kernel, bias) in enumerate(read_convolutions()):
        if number == 0 or kernel.shape[1] == 3:
            x = np.pad(x, [(0, 0), (1, 1), (0, 0)])
        x = convolve(x, kernel, bias)
        if number < 19:
            x = np.maximum(np.where(x < 0, 0.2 * x, x), -0.4)
        if number in POOLS:
            x = pool(x, *POOLS[number])
    return x[:, 0]


@pytest.fixture(scope="module")
def network():
    architecture = find_architecture(SPEECH_EMBEDDING)
    return architecture.build(architecture.input_shape, 12)


def test_its_vectors_are_those_of_the_published_weights(network):
    import keras

    vectors = keras.Model(network.input, network.get_layer("embedding_19").output)
    x = np.random.default_rng(3).uniform(-80, 0, (32, 101)).astype(np.float32)
    found = vectors(x[np.newaxis]).numpy()[0, :, 0]
    padded = np.full((101 + 2 * QUIET_FRAMES, 32), -80.0)
    padded[QUIET_FRAMES:-QUIET_FRAMES] = x.T
    expected = reference(padded / 10 + 11.6)
    assert found.shape == expected.shape == (9, 96)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_all_of_it_is_learned_on(network):
    assert network.count_params() == 330_540
    assert len(network.trainable_weights) == len(network.weights) == 42


def test_the_shipped_network_can_be_had_as_hdf5(network, tmp_path):
    import keras

    bundle = load_bundle(SHIPPED_MODELS / SPEECH_EMBEDDING)
    file = tmp_path / "network.h5"
    file.write_bytes(network_file(bundle, ".h5"))
    exported = keras.models.load_model(file, compile=False)
    x = np.random.default_rng(3).uniform(-80, 0, (3, 32, 101)).astype(np.float32)
    expected = load_network(bundle)(x, training=False)
    np.testing.assert_allclose(exported(x, training=False), expected, atol=1e-6)
