"""Architectures, and networks on disk."""

import sys

import numpy as np
import pytest

from core.errors import BundleError, TrainingError
from core.sound.features import FeatureConfig
from core.training.architectures import ARCHITECTURES, find_architecture
from core.training.networks import convert_to_tflite, librosa_mel_basis, load_keras
from tests.helpers.bundles import NOTEBOOK

pytestmark = pytest.mark.slow


def build(name, n_labels):
    architecture = find_architecture(name)
    return architecture, architecture.build(architecture.input_shape, n_labels)


def test_the_notebooks_network_has_the_notebooks_parameters():
    architecture, model = build("notebook-cnn", 9)
    assert architecture.input_shape == (128, 16)
    assert model.count_params() == 72_833
    assert architecture.features == FeatureConfig()
    assert architecture.recipe.split == "random"


def test_the_notebooks_network_on_the_waveform_pads_nothing():
    architecture, model = build("notebook-waveform-cnn", 9)
    assert architecture.input_shape == (8000, 1)
    assert architecture.features is None
    convolutions = [layer for layer in model.layers if "conv1d" in layer.name]
    assert [layer.padding for layer in convolutions] == ["valid"] * 4
    assert [layer.filters for layer in convolutions] == [8, 16, 32, 64]


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_architecture_maps_its_input_to_probabilities_and_can_be_converted(name):
    from ai_edge_litert.interpreter import Interpreter

    architecture, model = build(name, 3)
    batch = np.random.default_rng(1).normal(size=(1, *architecture.input_shape))
    batch = batch.astype(np.float32)
    expected = model(batch, training=False).numpy()
    assert expected.shape == (1, 3)
    assert expected.sum() == pytest.approx(1, abs=1e-5)
    interpreter = Interpreter(model_content=convert_to_tflite(model), num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], batch)
    interpreter.invoke()
    found = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_an_unknown_architecture_is_said_with_those_there_are():
    with pytest.raises(TrainingError, match=r"no architecture “x”\. There are: .*notebook-cnn"):
        find_architecture("x")


def test_a_network_that_holds_code_is_refused_and_the_code_does_not_run(tmp_path):
    import keras

    code = keras.layers.Lambda(lambda x: setattr(__import__("sys"), "the_code_ran", 1) or x)
    path = tmp_path / "evil" / "model.keras"
    path.parent.mkdir()
    keras.Sequential([keras.Input((3,)), code]).save(path)
    del sys.the_code_ran
    with pytest.raises(BundleError, match="“evil” is refused: it cannot be loaded without running"):
        load_keras(path)
    assert not hasattr(sys, "the_code_ran")


@pytest.mark.parametrize("content", [b"", b"no network", b"PK\x03\x04broken"])
def test_a_damaged_network_is_refused(tmp_path, content):
    path = tmp_path / "model.keras"
    path.write_bytes(content)
    with pytest.raises(BundleError, match="is refused"):
        load_keras(path)


def test_the_shipped_network_loads_and_its_filters_are_librosas():
    model = load_keras(NOTEBOOK / "model.keras")
    assert model.input_shape[1:] == (128, 16)
    stored = np.load(NOTEBOOK / "mel_basis.npz")["mel_basis"]
    np.testing.assert_allclose(librosa_mel_basis(FeatureConfig()), stored, atol=1e-7)
    assert librosa_mel_basis(None) is None
