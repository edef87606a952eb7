"""Networks that are no classifiers for a bundle are refused when it is loaded."""

import warnings

import numpy as np
import pytest

from core.errors import BundleError
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser
from tests.helpers.bundles import copy_bundle

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def networks():
    """Networks for the inputs and labels of notebook-cnn that are no classifiers for it."""
    import tensorflow as tf
    from keras import Input, Model, Sequential, layers

    def dense(activation, n=10, width=16):
        last = layers.Dense(n, activation)
        return Sequential([Input((128, width)), layers.Flatten(), last])

    def converted(model, **settings):
        converter = tf.lite.TFLiteConverter.from_keras_model(model)
        for name, value in settings.items():
            setattr(converter, name, value)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Statistics for quantized inputs")
            return converter.convert()

    def samples():
        random = np.random.default_rng(1)
        return ([random.standard_normal((1, 128, 16)).astype(np.float32)] for _ in range(9))

    broken = dense("softmax")
    broken.layers[-1].set_weights([np.full((2048, 10), np.nan), np.zeros(10)])
    inputs = [Input((128, 16)), Input((128, 16))]
    both = layers.Dense(10, "softmax")(layers.Flatten()(layers.Add()(inputs)))
    steps = layers.GlobalAveragePooling1D()(anything := Input((None, 16)))
    int8 = {
        "optimizations": [tf.lite.Optimize.DEFAULT],
        "representative_dataset": samples,
        "target_spec": tf.lite.TargetSpec([tf.lite.OpsSet.TFLITE_BUILTINS_INT8]),
        "inference_input_type": tf.int8,
        "inference_output_type": tf.int8,
    }
    return {
        "good": converted(dense("softmax")),
        "int8": converted(dense("softmax"), **int8),
        "no numbers": converted(broken),
        "logits": converted(dense(None)),
        "sigmoids": converted(dense("sigmoid")),
        "two inputs": converted(Model(inputs, both)),
        "any length": converted(Model(anything, layers.Dense(10, "softmax")(steps))),
        "other labels": converted(dense("softmax", n=9)),
        "other bands": converted(dense("softmax", width=17)),
    }


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("int8", r"of int8 to \(10,\) of int8, but its settings mean"),
        ("no numbers", "something else than probabilities"),
        ("logits", "something else than probabilities"),
        ("sigmoids", "something else than probabilities"),
        ("two inputs", r"maps .* to .* to .*, but"),
        ("any length", "but its settings mean"),
        ("other labels", "but its settings mean"),
        ("other bands", "but its settings mean"),
    ],
)
def test_a_network_that_is_no_classifier_of_the_bundle_is_refused_at_once(
    tmp_path, networks, name, sentence
):
    path = copy_bundle(tmp_path / "copy")
    (path / "model.tflite").write_bytes(networks["good"])
    DigitRecogniser(load_bundle(path))
    (path / "model.tflite").write_bytes(networks[name])
    with pytest.raises(BundleError, match=f"“copy” is refused: .*{sentence}"):
        DigitRecogniser(load_bundle(path))
