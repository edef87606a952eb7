"""Words said by a program, for tests that need words of which there are no recordings."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from core.sound.sound_file import read_second

FLITE = ("awb", "kal", "rms", "slt")
"""Four speakers of flite's."""
needs_speech = pytest.mark.skipif(
    not (shutil.which("flite") and shutil.which("espeak-ng")),
    reason="flite or espeak-ng is not installed",
)


def say(folder: Path, word: str, voice: str) -> np.ndarray:
    """Return a word at 8 kHz, said by one of flite's voices, or by one of espeak-ng's."""
    path = folder / f"{word}-{voice}.wav"
    if voice in FLITE:
        command = ["flite", "-voice", voice, "-t", word, "-o", str(path)]
    else:
        command = ["espeak-ng", "-v", voice, "-s", "150", "-w", str(path), word]
    subprocess.run(command, check=True, capture_output=True)
    samples = read_second(path).clip.samples
    return (0.5 * samples / np.abs(samples).max()).astype(np.float32)
