import json
import shutil

import pytest

from core import files
from core.training.networks import load_keras
from tests.core.cli.conftest import run
from tests.helpers.bundles import NOTEBOOK, copy_bundle
from tests.helpers.disks import FULL, needs_full_disk


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


@needs_full_disk
def test_a_full_disk_is_a_sentence_and_leaves_nothing(capfd, trained, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_beside", lambda _path: FULL)
    monkeypatch.setattr(files, "_remove", lambda _path: None)
    status, out, err = run(capfd, "export", trained.bundle.path, "--output", tmp_path / "a.h5")
    assert (status, out) == (2, "")
    assert "a.h5 cannot be written: No space left on device." in err
    assert not (tmp_path / "a.h5").exists()


def test_a_program_that_started_it_is_told_where_it_is(capfd, trained, tmp_path):
    target = tmp_path / "a.keras"
    status, out, _ = run(capfd, "export", trained.bundle.path, "--output", target, "--supervised")
    assert status == 0
    assert json.loads(out) == {"event": "exported", "path": str(target)}
    status, out, _ = run(capfd, "export", trained.bundle.path, "--output", target, "--supervised")
    assert status == 2
    assert json.loads(out)["event"] == "failed"
    assert "exists already" in json.loads(out)["error"]


@pytest.mark.parametrize("suffix", [".keras", ".tflite"])
def test_a_damaged_network_is_not_exported_as_if_it_were_whole(capfd, tmp_path, suffix):
    model = shutil.copytree(NOTEBOOK, tmp_path / "model")
    file = model / f"model{suffix}"
    content = bytearray(file.read_bytes())
    content[-6000:-5000] = bytes(1000)
    file.write_bytes(content)
    status, out, err = run(capfd, "export", model, "--output", tmp_path / f"a{suffix}")
    assert (status, out) == (2, "")
    assert f"model{suffix}" in err
    assert not (tmp_path / f"a{suffix}").exists()
