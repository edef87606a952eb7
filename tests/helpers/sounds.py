"""Sounds that tests make themselves."""

from pathlib import Path

import numpy as np
import soundfile

from core.places import SAMPLES
from core.sound.clip import AudioClip, clipped_samples
from core.sound.sound_file import read_second


def tone(frequency=440.0, seconds=1.0, rate=8000, amplitude=0.3):
    """Return a sine as (n,) float32."""
    times = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * frequency * times)).astype(np.float32)


def noise(seconds=1.0, rate=8000, amplitude=0.01, seed=0):
    """Return white noise as (n,) float32."""
    random = np.random.default_rng(seed)
    return (amplitude * random.standard_normal(round(seconds * rate))).astype(np.float32)


def word(at=0.4, seconds=1.0, rate=8000, length=0.3, amplitude=0.3, room=0.0005):
    """Return a quiet room in which a tone, standing for a word, sounds from `at` on."""
    samples = noise(seconds, rate, room)
    first = round(at * rate)
    spoken = tone(300, length, rate, amplitude)
    samples[first : first + spoken.size] += spoken
    return samples


def write(path: Path, samples, rate=8000, subtype=None) -> Path:
    """Write samples, (n,) or (n, channels), as a sound file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, rate, subtype=subtype)
    return path


def sample_clip(label: str):
    """Return a clip that ships with the program."""
    return read_second(SAMPLES / f"{label}.wav").clip


def recorded(samples, rate):
    """Return a clip of sound as it was recorded, with what is clipped counted."""
    return AudioClip(samples, rate, clipped_samples(samples) / rate)
