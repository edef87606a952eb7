import pytest

from core.training.architectures import find_architecture
from core.training.presets import (
    DEFAULT_PRESET,
    PRESETS,
    MachineSpeed,
    estimated_seconds,
    preset_config,
    probe_machine,
)
from tests.core.test_imports import modules_after

FAST, SLOW = MachineSpeed(0.001), MachineSpeed(0.004)


def test_a_preset_is_its_architectures_recipe(tmp_path):
    for preset in PRESETS.values():
        config = preset_config(preset, tmp_path, tmp_path / "new")
        recipe = find_architecture(preset.architecture).recipe
        assert (config.architecture, config.epochs) == (preset.architecture, recipe.epochs)
    assert DEFAULT_PRESET in PRESETS


def test_a_machine_is_probed_without_tensorflow():
    code = "from core.training.presets import probe_machine; assert probe_machine().clip_seconds"
    assert not {"tensorflow", "keras"} & modules_after(code)


def test_an_estimate_grows_with_the_recordings_and_the_machines_slowness():
    for preset in PRESETS.values():
        few, many = (estimated_seconds(preset, n, FAST) for n in (100, 10_000))
        assert 0 < few < many
        assert estimated_seconds(preset, 100, SLOW) > few


@pytest.mark.parametrize("recordings", [50, 3000, 40_000])
def test_quick_is_the_quickest(recordings):
    quick, best, _ = (estimated_seconds(p, recordings, FAST) for p in PRESETS.values())
    assert quick < best
    assert probe_machine().clip_seconds > 0
