import subprocess
import sys
from contextlib import nullcontext

import pytest

from core.training import networks
from tests.core.conftest import ROOT

pytestmark = pytest.mark.slow

ON_TWO_DEVICES = """
import sys
from dataclasses import replace
from pathlib import Path
import tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
from core.training import events, networks, run
from core.training.config import default_config
networks.find_gpus = lambda: ["/CPU:0", "/CPU:1"]
sizes = []
def watched(model, batch):
    shared = networks.share_out(model, batch)
    strategy = model.distribute_strategy
    sizes.append([len(part) for part in strategy.experimental_local_results(shared[0])])
    return shared
run.share_out = watched
config = default_config(Path(sys.argv[1]), Path(sys.argv[2]), "notebook-cnn")
told = []
bundle = run.train(replace(config, epochs=6, batch_size=16, split="speaker"), told.append)
losses = [event.loss for event in told if isinstance(event, events.Epoch)]
print("RESULT", sizes[:4], losses[-1] < losses[0], bundle.metadata.parameters)
"""


@pytest.mark.parametrize("names", [[], ["/GPU:0"]])
def test_with_one_graphics_processor_or_none_tensorflow_chooses(monkeypatch, names):
    monkeypatch.setattr(networks, "find_gpus", lambda: names)
    assert isinstance(networks.training_scope(), nullcontext)


def test_on_several_devices_every_one_is_trained_on(recordings, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ON_TWO_DEVICES, str(recordings), str(tmp_path / "new")],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    (result,) = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    assert result == "RESULT [[16], [8, 8], [8, 8], [3, 3]] True 72059"
