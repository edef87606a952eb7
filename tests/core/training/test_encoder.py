"""The network that runs without TensorFlow, held to the one that Keras builds."""

import numpy as np
import pytest

from core.errors import BundleError
from core.places import REFERENCE_MODEL
from core.training.architectures import SPEECH_EMBEDDING_QUICK, find_architecture
from core.training.encoder import (
    N_VALUES,
    Encoder,
    network_with_head,
    read_convolutions,
    read_head,
)


@pytest.fixture
def inputs():
    return np.random.default_rng(1).uniform(-80, 0, (11, 32, 101)).astype(np.float32)


@pytest.fixture
def head():
    random = np.random.default_rng(2)
    weights = random.normal(0, 0.2, (5, N_VALUES)).astype(np.float32)
    return weights, random.normal(size=5).astype(np.float32)


def answers(content, inputs):
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=content)
    place = interpreter.get_input_details()[0]["index"]
    interpreter.resize_tensor_input(place, inputs.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(place, inputs)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


def test_a_batch_is_encoded_as_each_of_its_takes(inputs):
    encoder = Encoder(threads=1)
    together = encoder(inputs)
    assert together.shape == (11, N_VALUES)
    one_by_one = np.concatenate([encoder(inputs[n : n + 1]) for n in range(len(inputs))])
    np.testing.assert_allclose(together, one_by_one, atol=1e-5)
    assert encoder(inputs[:0]).shape == (0, N_VALUES)


def test_a_network_ends_in_the_head_that_it_is_given(inputs, head):
    weights, biases = head
    logits = Encoder(threads=1)(inputs) @ weights.T + biases
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    found = answers(network_with_head(weights, biases), inputs)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_its_head_can_be_read_again(tmp_path, head):
    file = tmp_path / "model.tflite"
    file.write_bytes(network_with_head(*head))
    for found, given in zip(read_head(file), head, strict=True):
        assert (found == given).all()


def test_of_another_network_no_head_is_taken(tmp_path):
    with pytest.raises(BundleError, match="“notebook-cnn” cannot be built again"):
        read_head(REFERENCE_MODEL / "model.tflite")
    broken = tmp_path / "model.tflite"
    broken.write_bytes(b"no network")
    with pytest.raises(BundleError, match="cannot be built again"):
        read_head(broken)


@pytest.mark.slow
def test_keras_builds_the_same_network(inputs, head):
    weights, biases = head
    architecture = find_architecture(SPEECH_EMBEDDING_QUICK)
    model = architecture.build(architecture.input_shape, len(biases))
    model.layers[-1].set_weights([weights.T, biases])
    found = np.asarray(model(inputs, training=False))
    np.testing.assert_allclose(found, answers(network_with_head(*head), inputs), atol=1e-4)


def test_there_are_twenty_convolutions():
    layers = read_convolutions()
    assert len(layers) == 20
    assert layers[0][0].shape == (3, 3, 1, 24)
    assert layers[-1][0].shape == (3, 1, 96, 96)
