"""Spectrograms for the eye: of any stretch of a sound at any settings, and of a stream.

The same front end computes them that a network is served by, so that with a model's settings
the picture is what the model is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

import numpy as np

from core.sound.clip import SAMPLE_RATE, AudioClip
from core.sound.features import (
    FeatureConfig,
    LogMelFrontEnd,
    Normalisation,
    mel_filterbank,
    power_to_decibels,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.sound.clip import FloatArray
    from core.sound.features import MelSpectrogram


Scale = Literal["mel", "linear"]
STREAM_FEATURES = FeatureConfig(
    n_fft=256, win_length=256, hop_length=80, n_mels=48, normalisation="none"
)
"""Of a stream: 32 ms windows every 10 ms."""
COLUMN_SECONDS = STREAM_FEATURES.hop_length / SAMPLE_RATE
"""The time from one column of a stream to the next."""
HIGHEST_RATE = 96_000
"""In Hz; sound of a higher rate is drawn at this one, for what nobody hears nobody looks at."""
MAX_COLUMNS = 4096
"""A longer stretch is drawn with a longer hop: no screen has more columns."""
_BLOCK = 2**19  # samples whose spectra are in memory at once
_SHORTEST_FFT_SECONDS = 0.128  # padded with zeros, so that no Mel band falls between two bins
_SMALLEST_POWER = np.float32(1e-10)  # -100 dB


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureConfig:
    """How a picture is computed, in units that do not depend on the sample rate.

    Parameters
    ----------
    window_ms, hop_ms : float
        The length of the Hann window, and from one column to the next.
    n_fft : int
        Length of the Fourier transform in samples; 0 for a length that fits the window, as
        is a length that is shorter than it.
    n_mels : int
        Number of Mel bands; a linear axis shows every bin of the transform instead.
    fmin, fmax : float
        The lowest and highest frequency, in Hz; cut at half the sample rate.
    top_db : float
        The range kept below the loudest point, in dB.
    scale : {"mel", "linear"}
        The frequency axis.
    normalisation : {"z-score", "none"}
        Zero mean and unit variance over the sound, or decibels below its maximum.

    Raises
    ------
    ValueError
        When a setting is outside its range, with the value received.
    """

    window_ms: float = 32.0
    hop_ms: float = 4.0
    n_fft: int = 0
    n_mels: int = 96
    fmin: float = 0.0
    fmax: float = 4000.0
    top_db: float = 80.0
    scale: Scale = "mel"
    normalisation: Normalisation = "none"

    def __post_init__(self) -> None:
        if not 1 <= self.window_ms <= 1000 or not 0.1 <= self.hop_ms <= 1000:
            raise ValueError(f"no picture of {self.window_ms} ms every {self.hop_ms} ms")
        if not 0 <= self.fmin < self.fmax:
            raise ValueError(f"{self.fmin}-{self.fmax} Hz is no range of frequencies")
        if self.scale not in ("mel", "linear"):
            raise ValueError(f"scale must be mel or linear, not {self.scale!r}")
        self.features(SAMPLE_RATE)

    @classmethod
    def from_features(cls, features: FeatureConfig) -> Self:
        """Return the settings with which a model looks at a sound."""
        return cls(
            window_ms=1000 * features.win_length / features.sample_rate,
            hop_ms=1000 * features.hop_length / features.sample_rate,
            n_fft=features.n_fft,
            n_mels=features.n_mels,
            fmin=features.fmin,
            fmax=features.fmax,
            top_db=features.top_db,
            normalisation=features.normalisation,
        )

    def features(self, sample_rate: int) -> FeatureConfig:
        """Return the settings in samples, at a rate in Hz, at most `HIGHEST_RATE`."""
        sample_rate = min(sample_rate, HIGHEST_RATE)
        window = max(2, round(self.window_ms * sample_rate / 1000))
        shortest = max(window, round(_SHORTEST_FFT_SECONDS * sample_rate))
        fitting = 1 << (shortest - 1).bit_length()
        fmax = min(self.fmax, sample_rate / 2)
        return FeatureConfig(
            sample_rate=sample_rate,
            n_fft=self.n_fft if self.n_fft >= window else fitting,
            win_length=window,
            hop_length=max(1, round(self.hop_ms * sample_rate / 1000)),
            n_mels=self.n_mels,
            fmin=self.fmin if self.fmin < fmax else fmax / 2,
            fmax=fmax,
            top_db=self.top_db,
            normalisation=self.normalisation,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What the values of a whole sound are relative to, so that its parts look alike.

    Parameters
    ----------
    loudest : float32
        The power of 0 dB.
    mean, deviation : float32
        Of the decibels, for the z-score.
    """

    loudest: np.float32
    mean: np.float32
    deviation: np.float32


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Rows of frequency and columns of time; the array is read-only.

    Parameters
    ----------
    values : (n_rows, n_columns) float32 array
        Row 0 is the lowest. In dB, or in standard deviations for a z-score.
    config : FeatureConfig
    scale : {"mel", "linear"}
    first_seconds : float
        The time that the first column is centred on.
    seconds_per_column : float
    reference : Reference or None
    """

    values: FloatArray
    config: FeatureConfig
    scale: Scale
    first_seconds: float
    seconds_per_column: float
    reference: Reference | None = None

    def __post_init__(self) -> None:
        self.values.flags.writeable = False

    @classmethod
    def of_mel(cls, spectrogram: MelSpectrogram) -> Self:
        """Return a Mel spectrogram as a picture that begins at 0 s."""
        step = spectrogram.seconds_per_frame
        return cls(spectrogram.decibels, spectrogram.config, "mel", 0.0, step)

    @property
    def first_bin(self) -> int:
        """The bin of the transform in row 0 of a linear axis."""
        return int(np.ceil(self.config.fmin * self.config.n_fft / self.config.sample_rate))

    def row_of(self, frequency: FloatArray | float) -> npt.NDArray[np.floating]:
        """Return the (fractional) row of a frequency in Hz."""
        if self.scale == "mel":
            return self.config.row_of(frequency)
        bins = np.asarray(frequency, np.float64) * self.config.n_fft / self.config.sample_rate
        return bins - self.first_bin

    def frequency_of(self, row: FloatArray | float) -> npt.NDArray[np.floating]:
        """Return the frequency in Hz that a (fractional) row is centred on."""
        if self.scale == "mel":
            return self.config.frequency_of(row)
        bins = np.asarray(row, np.float64) + self.first_bin
        return bins * self.config.sample_rate / self.config.n_fft

    def value_at(self, seconds: float, row: int) -> float | None:
        """Return the value at a time and a row, or None outside of the picture."""
        column = round((seconds - self.first_seconds) / self.seconds_per_column)
        n_rows, n_columns = self.values.shape
        if 0 <= row < n_rows and 0 <= column < n_columns:
            return float(self.values[row, column])
        return None


class PictureMaker:
    """Computes pictures of sounds of one sample rate.

    Parameters
    ----------
    config : PictureConfig
    sample_rate : int
        Of the sounds, in Hz.
    """

    def __init__(self, config: PictureConfig, sample_rate: int = SAMPLE_RATE) -> None:
        self.config = config
        self.sample_rate = sample_rate
        self._front_end = LogMelFrontEnd(config.features(sample_rate))

    def picture(
        self,
        samples: FloatArray,
        start: float = 0.0,
        stop: float | None = None,
        reference: Reference | None = None,
    ) -> Picture:
        """Draw a stretch of a sound.

        Parameters
        ----------
        samples : (n,) float32 array
            The whole sound.
        start, stop : float
            In seconds; all of it when not given.
        reference : Reference, optional
            That of the whole sound; computed from the stretch when not given.
        """
        features = self._front_end.config
        rate = features.sample_rate
        if rate != self.sample_rate:
            samples = AudioClip(samples, self.sample_rate).resampled(rate).samples
        seconds = samples.size / rate
        first_sample = round(np.clip(start, 0, seconds) * rate)
        last_sample = round(np.clip(seconds if stop is None else stop, 0, seconds) * rate)
        columns_apart = -(-(last_sample - first_sample) // (features.hop_length * MAX_COLUMNS))
        hop = features.hop_length * max(1, columns_apart)
        columns = range(first_sample // hop, last_sample // hop + 1)
        at_once = max(1, _BLOCK // features.n_fft)
        blocks = [columns[at : at + at_once] for at in range(0, len(columns), at_once)]
        power = np.concatenate([self._bands(samples, block, hop) for block in blocks])
        loudest = power.max() if reference is None else reference.loudest
        if not loudest:  # nothing is loud where nothing is
            loudest = _SMALLEST_POWER * np.float32(10 ** (features.top_db / 10))
        decibels = power_to_decibels(power, features.top_db, loudest)
        if reference is None:
            deviation = np.maximum(decibels.std(), np.float32(1e-6))
            reference = Reference(loudest, decibels.mean(), deviation)
        if features.normalisation == "z-score":
            decibels = (decibels - reference.mean) / reference.deviation
        return Picture(
            np.ascontiguousarray(decibels.T),
            features,
            self.config.scale,
            columns[0] * hop / rate,
            hop / rate,
            reference,
        )

    def _bands(self, samples: FloatArray, columns: range, hop: int) -> FloatArray:
        """Return the power in each band at columns a hop apart: (n_columns, n_bands)."""
        features = self._front_end.config
        margin = -(-features.n_fft // (2 * hop))  # columns that see the edge of what is cut out
        first = max(0, columns[0] - margin)
        cut = samples[first * hop : (columns[-1] + margin) * hop]
        spectra = self._front_end.power_spectra(cut, hop)[columns[0] - first :][: len(columns)]
        if self.config.scale == "mel":
            return np.asarray(np.matmul(spectra, self._front_end.mel_basis.T))
        per_bin = features.sample_rate / features.n_fft
        low, high = int(np.ceil(features.fmin / per_bin)), int(features.fmax / per_bin)
        return np.ascontiguousarray(spectra[:, low : high + 1])


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
