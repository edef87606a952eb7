"""Voices that the shipped models do not know."""

import numpy as np
import soxr

from core.dataset.recordings import RecordingsFolder
from core.labels import DIGITS
from core.sound.clip import AudioClip, fit_length
from tests.helpers.sounds import noise, sample_clip


def deep_clip(label, factor=0.75, seed=0):
    """Return a sample clip spoken slower and deeper, in a noisier room."""
    slow = soxr.resample(sample_clip(label).samples, 8000, 8000 / factor, quality="HQ")
    return AudioClip(fit_length(slow, 8000) + noise(amplitude=0.001, seed=seed))


def record_deep_voice(path, factors=(0.72, 0.76, 0.8), labels=DIGITS):
    """Fill a folder with recordings of the deep voice; return it."""
    folder = RecordingsFolder(path)
    for n, label in enumerate(labels):
        for factor in factors:
            folder.save(deep_clip(label, factor, seed=int(1000 * factor) + n), label, "deep")
    return path


def rehearsal_of(recogniser, speeds=(0.95, 1.0, 1.05)):
    """Return inputs of a model and labels, made of the sample clips: to be rehearsed."""
    clips = [(deep_clip(label, speed), n) for speed in speeds for n, label in enumerate(DIGITS)]
    inputs = recogniser.model_input(np.stack([clip.samples for clip, _ in clips]))
    return inputs, np.array([n for _, n in clips], np.intp)
