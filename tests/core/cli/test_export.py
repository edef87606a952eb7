import pytest

from core.training.networks import load_keras
from tests.core.cli.conftest import run
from tests.helpers.bundles import copy_bundle


@pytest.mark.parametrize("suffix", [".keras", ".h5", ".hdf5"])
def test_an_exported_network_can_be_loaded_by_keras(capfd, trained, tmp_path, suffix):
    target = tmp_path / f"model{suffix}"
    status, out, _ = run(capfd, "export", trained.bundle.path, "--output", target)
    assert (status, out) == (0, f"{target}\n")
    exported, original = load_keras(target), load_keras(trained.bundle.keras)
    for ours, theirs in zip(exported.get_weights(), original.get_weights(), strict=True):
        assert (ours == theirs).all()


def test_an_exported_tflite_is_the_bundles(capfd, trained, tmp_path):
    target = tmp_path / "model.tflite"
    run(capfd, "export", trained.bundle.path, "--output", target)
    assert target.read_bytes() == trained.bundle.tflite.read_bytes()


def test_what_cannot_be_exported_is_said(capfd, tmp_path):
    model = copy_bundle(tmp_path / "model")
    taken = tmp_path / "taken.h5"
    taken.write_text("mine")
    for target, sentence in (
        (tmp_path / "a.onnx", "must end in .keras, .h5 or .tflite"),
        (taken, "exists already"),
        (tmp_path / "nowhere" / "a.keras", "cannot be written"),
        (tmp_path / "nowhere" / "a.h5", "cannot be written"),
    ):
        status, out, err = run(capfd, "export", model, "--output", target)
        assert (status, out) == (2, "")
        assert sentence in err
    assert taken.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} <= {"home", "model", "taken.h5"}
