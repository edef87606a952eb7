"""Real training runs on made-up recordings; one run is shared by all tests."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.recognition.bundle import ModelBundle
from core.training.architectures import ARCHITECTURES, NOTEBOOK, NOTEBOOK_FEATURES, Architecture
from core.training.config import TrainingConfig, default_config
from core.training.run import train
from tests.helpers.recordings import write_recordings

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Run:
    """A run that was made: its settings, what it reported, and its bundle."""

    config: TrainingConfig
    events: list
    bundle: ModelBundle

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


def settings(folder: Path, output: Path, **changes) -> TrainingConfig:
    """Return settings of a short run."""
    small = {"epochs": 2, "split": "speaker", "batch_size": 16}
    architecture = changes.get("architecture", "notebook-cnn")
    return replace(default_config(folder, output, architecture), **(small | changes))


@pytest.fixture(scope="session")
def recordings(tmp_path_factory):
    """A folder with three labels of five speakers."""
    return write_recordings(tmp_path_factory.mktemp("recordings") / "data", takes=6)


@pytest.fixture(scope="session")
def trained(recordings, tmp_path_factory):
    """A run of a few epochs; do not change its bundle."""
    home = tmp_path_factory.mktemp("trained")
    config = settings(recordings, home / "models" / "shared", epochs=8)
    events = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("HOME", str(home))
        bundle = train(config, events.append)
    return Run(config, events, bundle)


def _one_layer(input_shape, n_labels):
    from keras import Input, Sequential, layers

    last = layers.Dense(n_labels, activation="softmax")
    return Sequential([Input(input_shape), layers.Flatten(), last])


@pytest.fixture
def tiny(monkeypatch):
    """Add networks that are quick to build, to train and to convert; return their names."""
    for architecture in (
        Architecture("tiny", NOTEBOOK_FEATURES, _one_layer, NOTEBOOK),
        Architecture("tiny-waveform", None, _one_layer, NOTEBOOK),
    ):
        monkeypatch.setitem(ARCHITECTURES, architecture.name, architecture)
    return "tiny", "tiny-waveform"


@pytest.fixture(autouse=True)
def many_networks_in_one_process():
    """Silence TensorFlow's warning of programs that build one network after another."""
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)


@pytest.fixture
def short_run(recordings, tmp_path, tiny):
    """Settings of a run of two epochs."""
    return settings(recordings, tmp_path / "models" / "new", architecture="tiny")
