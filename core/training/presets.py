"""Ways to train that a person need not know anything of, and what each takes on this machine."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.training.architectures import (
    NOTEBOOK_CNN,
    SPEECH_EMBEDDING,
    SPEECH_EMBEDDING_QUICK,
    USUAL_EPOCHS,
    find_architecture,
)
from core.training.config import TrainingConfig, default_config

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Preset:
    """A way to train, as its architecture's recipe says.

    Parameters
    ----------
    name : {"quick", "best", "notebook"}
    architecture : str
    """

    name: str
    architecture: str


PRESETS = {
    preset.name: preset
    for preset in (
        Preset("quick", SPEECH_EMBEDDING_QUICK),
        Preset("best", SPEECH_EMBEDDING),
        Preset("notebook", NOTEBOOK_CNN),
    )
}
"""*Quick* learns the head of a pretrained network in seconds; with *best* all of that network goes
on learning; *notebook* is what the program began as."""

DEFAULT_PRESET = "quick"

_START_SECONDS = {"quick": 3.0, "best": 12.0, "notebook": 12.0}  # before anything is read
_READING = 0.5  # seconds a clip, in seconds of the encoder
_LEARNING = 5.5
"""What learning a take of the whole network takes, in seconds of the encoder."""
_NOTEBOOK_LEARNING = 0.2
_JUDGING = {"best": 18.0, "notebook": 4.0}  # a clip set aside, in noise and shifted too
_SET_ASIDE = 0.2
_MOST_JUDGED = 2000


def preset_config(preset: Preset, folder: Path, output: Path) -> TrainingConfig:
    """Return the settings of a preset."""
    return default_config(folder, output, preset.architecture)


@dataclass(frozen=True, slots=True)
class MachineSpeed:
    """How fast this machine is just now: the seconds that encoding one take needs."""

    clip_seconds: float


def probe_machine() -> MachineSpeed:
    """Measure for about a second, without TensorFlow."""
    from core.training.encoder import Encoder

    encoder = Encoder()
    takes = np.zeros((16, *find_architecture(SPEECH_EMBEDDING_QUICK).input_shape), np.float32)
    encoder(takes)
    times: list[float] = []
    until = time.perf_counter() + 0.5
    while not times or time.perf_counter() < until:
        began = time.perf_counter()
        encoder(takes)
        times.append((time.perf_counter() - began) / len(takes))
    return MachineSpeed(float(np.median(times)))


def estimated_seconds(preset: Preset, recordings: int, speed: MachineSpeed) -> float:
    """Say about how long a preset takes, from the start to a model in use.

    Parameters
    ----------
    preset : Preset
    recordings : int
        Of the folder.
    speed : MachineSpeed
    """
    recipe = find_architecture(preset.architecture).recipe
    takes = _READING * recordings
    if recipe.only_head:
        takes += recordings
    else:
        takes += _JUDGING[preset.name] * min(_SET_ASIDE * recordings, _MOST_JUDGED)
        if recipe.augmented:
            takes += recipe.epochs * (_LEARNING * recipe.clips_an_epoch + _SET_ASIDE * recordings)
        else:
            takes += _NOTEBOOK_LEARNING * USUAL_EPOCHS * recordings
    return _START_SECONDS[preset.name] + takes * speed.clip_seconds
