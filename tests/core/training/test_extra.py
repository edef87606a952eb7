"""What is said where TensorFlow is not installed."""

import sys

import pytest

from core.errors import TrainingError
from core.places import REFERENCE_MODEL
from core.recognition.bundle import load_bundle
from core.training import extra
from core.training.networks import network_file
from core.training.run import train


@pytest.fixture
def missing(monkeypatch):
    monkeypatch.setattr(extra, "LIBRARIES", ("json", "a_library_that_nobody_has"))


def test_the_command_to_copy_names_this_python(missing, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/a place/bin/python")
    with pytest.raises(TrainingError, match="'/a place/bin/python' -m pip install"):
        extra.need_tensorflow()


def test_a_bundle_names_the_edition_that_has_it(missing, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(TrainingError, match="the full one"):
        extra.need_tensorflow()


def test_it_is_said_before_anything_is_begun(missing, tmp_path):
    from core.training.config import default_config

    with pytest.raises(TrainingError, match="needs TensorFlow"):
        train(default_config(tmp_path, tmp_path / "new", "notebook-cnn"))
    with pytest.raises(TrainingError, match="needs TensorFlow"):
        network_file(load_bundle(REFERENCE_MODEL), ".h5")
    assert not list(tmp_path.iterdir())
