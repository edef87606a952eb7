"""The Mel spectrogram of a stream, column by column, for a picture that scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.sound.features import FeatureConfig, mel_filterbank
from core.sound.sound_file import SAMPLE_RATE

if TYPE_CHECKING:
    from core.sound.sound_file import FloatArray

STREAM_FEATURES = FeatureConfig(
    n_fft=256, win_length=256, hop_length=80, n_mels=48, normalisation="none"
)
"""32 ms windows every 10 ms."""

COLUMN_SECONDS = STREAM_FEATURES.hop_length / SAMPLE_RATE
"""The time from one column to the next."""

_SMALLEST_POWER = np.float32(1e-10)


class MelStream:
    """Makes columns of decibels out of sound as it comes in."""

    def __init__(self) -> None:
        config = STREAM_FEATURES
        self._filters = mel_filterbank(config).T
        times = np.arange(config.n_fft) / config.n_fft
        self._window = (0.5 - 0.5 * np.cos(2 * np.pi * times)).astype(np.float32)
        self._waiting = np.zeros(config.n_fft - config.hop_length, np.float32)

    def add(self, samples: FloatArray) -> FloatArray:
        """Return the columns that are complete now.

        Parameters
        ----------
        samples : (n,) float32 array at 8 kHz, any n

        Returns
        -------
        (n_mels, n_columns) float32 array
            In dB relative to a full-scale wave, from -100 on; every column shows the last
            32 ms of its time.
        """
        config = STREAM_FEATURES
        sound = np.concatenate([self._waiting, samples])
        n_columns = max(0, 1 + (sound.size - config.n_fft) // config.hop_length)
        self._waiting = sound[n_columns * config.hop_length :]
        if n_columns == 0:
            return np.zeros((config.n_mels, 0), np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(sound, config.n_fft)
        frames = frames[:: config.hop_length][:n_columns] * self._window
        spectra = np.fft.rfft(frames)
        power = (spectra.real**2 + spectra.imag**2) @ self._filters
        return np.asarray(10 * np.log10(np.maximum(power, _SMALLEST_POWER)).T, np.float32)
