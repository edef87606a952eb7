"""The log-Mel front end: the one way from sound to what a network, or an eye, is shown.

librosa is the reference: for the same settings the decibels agree with
``librosa.power_to_db(librosa.feature.melspectrogram(...), ref=np.max)`` within 0.01 dB.
It is not called here because importing its filters costs about a second and 130 MB.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from core.sound.clip import FloatArray

Normalisation = Literal["z-score", "none"]

_AMIN = np.float32(1e-10)  # librosa's floor of power, -100 dB
_BATCH = 64  # clips whose frames are in memory at once
_BLOCK = 16  # filters that are applied at once


def _rfft(frames: FloatArray) -> npt.NDArray[np.complexfloating]:
    """Transform rows in double precision, which numpy does several times faster than in single."""
    return np.fft.rfft(frames.astype(np.float64))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureConfig:
    """How a Mel spectrogram is computed; the names and defaults are librosa's.

    Parameters
    ----------
    sample_rate : int
        In Hz.
    n_fft : int
        Length of the Fourier transform in samples.
    win_length : int
        Length of the Hann window in samples, at most `n_fft`, centred in it.
    hop_length : int
        Samples from one frame to the next.
    n_mels : int
        Number of Mel bands.
    fmin, fmax : float
        The lowest and highest frequency, in Hz; 0 <= fmin < fmax <= sample_rate / 2.
    top_db : float
        The range kept below the loudest point of a clip, in dB.
    normalisation : {"z-score", "none"}
        What the network is given: decibels with zero mean and unit variance over the clip,
        or decibels relative to the clip's maximum.

    Raises
    ------
    ValueError
        When a setting is outside its range, with the value received.
    """

    sample_rate: int = SAMPLE_RATE
    n_fft: int = 2048
    win_length: int = 2048
    hop_length: int = 512
    n_mels: int = 128
    fmin: float = 0.0
    fmax: float = 4000.0
    top_db: float = 80.0
    normalisation: Normalisation = "z-score"

    def __post_init__(self) -> None:
        for name in ("sample_rate", "n_fft", "win_length", "hop_length", "n_mels"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 2**20:
                raise ValueError(f"{name} must be a positive whole number, not {value!r}")
        if self.win_length > self.n_fft:
            raise ValueError(f"win_length {self.win_length} exceeds n_fft {self.n_fft}")
        if not 0 <= self.fmin < self.fmax <= self.sample_rate / 2:
            raise ValueError(
                f"{self.fmin}-{self.fmax} Hz does not fit into 0-{self.sample_rate / 2} Hz"
            )
        if not 0 < self.top_db <= 200:
            raise ValueError(f"top_db must be in 0-200 dB, not {self.top_db!r}")
        if self.normalisation not in ("z-score", "none"):
            raise ValueError(f"normalisation must be z-score or none, not {self.normalisation!r}")

    def n_frames(self, n_samples: int = TAKE_SAMPLES) -> int:
        """Return the number of frames of a clip: one at 0 and one every `hop_length` samples."""
        return 1 + n_samples // self.hop_length

    def row_of(self, frequency: FloatArray | float) -> FloatArray:
        """Return the (fractional) row whose band is centred on a frequency in Hz."""
        low, high = hz_to_mel(self.fmin), hz_to_mel(self.fmax)
        return (hz_to_mel(frequency) - low) / (high - low) * (self.n_mels + 1) - 1

    def frequency_of(self, row: FloatArray | float) -> FloatArray:
        """Return the frequency in Hz that a (fractional) row is centred on."""
        low, high = hz_to_mel(self.fmin), hz_to_mel(self.fmax)
        share = (np.asarray(row, np.float64) + 1) / (self.n_mels + 1)
        return mel_to_hz(low + share * (high - low))

    def to_json(self) -> dict[str, Any]:
        """Return the settings as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the settings back.

        Raises
        ------
        ValueError
            When a setting is missing, unknown, or outside its range.
        """
        names = {field.name for field in fields(cls)}
        if not isinstance(data, dict) or set(data) != names:
            raise ValueError(f"features must hold exactly {', '.join(sorted(names))}")
        for name in ("fmin", "fmax", "top_db"):
            if not isinstance(data[name], int | float):
                raise ValueError(f"{name} must be a number, not {data[name]!r}")
        return cls(**data)


def hz_to_mel(frequency: FloatArray | float) -> FloatArray:
    """Turn Hz into Mel on Slaney's scale: linear up to 1 kHz, logarithmic above.

    Source: M. Slaney, Auditory Toolbox, Interval Research, 1998; librosa's default.
    """
    hz = np.asarray(frequency, dtype=np.float64)
    above = 15 + 27 * np.log(np.maximum(hz, 1000) / 1000) / np.log(6.4)
    return np.where(hz < 1000, 3 * hz / 200, above)


def mel_to_hz(mel: FloatArray | float) -> FloatArray:
    """Turn Mel on Slaney's scale into Hz; the inverse of `hz_to_mel`."""
    value = np.asarray(mel, dtype=np.float64)
    return np.where(value < 15, 200 * value / 3, 1000 * 6.4 ** ((value - 15) / 27))


def mel_filterbank(config: FeatureConfig, warp: float = 1.0) -> FloatArray:
    """Return triangular Mel filters of equal area, as ``librosa.filters.mel`` does.

    Parameters
    ----------
    config : FeatureConfig
    warp : float
        What the frequencies of the filters are multiplied by, to imitate a vocal tract of
        another length (Jaitly & Hinton 2013); filters above the highest frequency are cut.

    Returns
    -------
    (n_mels, 1 + n_fft // 2) float32 array
    """
    bins = np.fft.rfftfreq(config.n_fft, 1 / config.sample_rate)
    mels = np.linspace(hz_to_mel(config.fmin), hz_to_mel(config.fmax), config.n_mels + 2)
    edges = mel_to_hz(mels) * warp
    ramps = edges[:, None] - bins[None, :]
    widths = np.diff(edges)
    rising = -ramps[:-2] / widths[:-1, None]
    falling = ramps[2:] / widths[1:, None]
    filters = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    filters *= (2 / (edges[2:] - edges[:-2]))[:, None]  # Slaney's norm: equal area
    return filters


@dataclass(frozen=True, slots=True, eq=False)
class MelSpectrogram:
    """A Mel spectrogram in decibels below its own maximum; the array is read-only.

    Parameters
    ----------
    decibels : (n_mels, n_frames) float32 array
        From -top_db to 0; row 0 is the lowest band, column t is centred on
        ``t * hop_length / sample_rate`` seconds.
    config : FeatureConfig
    """

    decibels: FloatArray
    config: FeatureConfig

    def __post_init__(self) -> None:
        self.decibels.flags.writeable = False

    @property
    def seconds_per_frame(self) -> float:
        """The time from one column to the next."""
        return self.config.hop_length / self.config.sample_rate


class LogMelFrontEnd:
    """Computes log-Mel spectrograms, of one clip or of a whole batch in one call.

    Parameters
    ----------
    config : FeatureConfig
    mel_basis : (..., n_mels, 1 + n_fft // 2) float32 array, optional
        The filters, of all clips or of each; computed from `config` when not given.
    fft : callable
        Computes the transform of real rows; ``scipy.fft.rfft`` is faster on batches than
        numpy's, but slow to import.
    """

    def __init__(
        self,
        config: FeatureConfig,
        mel_basis: FloatArray | None = None,
        fft: Callable[[FloatArray], npt.NDArray[np.complexfloating]] = _rfft,
    ) -> None:
        self.config = config
        self._fft = fft
        self.mel_basis = mel_filterbank(config) if mel_basis is None else mel_basis

    @cached_property
    def _window(self) -> FloatArray:
        n, n_fft = self.config.win_length, self.config.n_fft
        hann = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)).astype(np.float32)
        before = (n_fft - n) // 2
        return np.pad(hann, (before, n_fft - n - before))

    def spectrogram(self, samples: FloatArray) -> MelSpectrogram:
        """Return the Mel spectrogram of one clip, (n_samples,) at the config's rate.

        Of exact zeros every point is the lowest, because nothing is loud where nothing is.
        """
        decibels = self.decibels(samples)
        if not samples.any():
            decibels[:] = -self.config.top_db
        return MelSpectrogram(decibels, self.config)

    def decibels(self, samples: FloatArray) -> FloatArray:
        """Compute decibels relative to each clip's maximum.

        Parameters
        ----------
        samples : (..., n_samples) float32 array
            At the config's sample rate, full scale 1.0.

        Returns
        -------
        (..., n_mels, n_frames) float32 array
            From -top_db to 0; a clip of exact zeros is 0 everywhere, as in librosa.
        """
        if samples.ndim > 1 and samples.shape[0] > _BATCH:
            parts = range(0, samples.shape[0], _BATCH)
            return np.concatenate([self.decibels(samples[i : i + _BATCH]) for i in parts])
        power = self._project(self.power_spectra(samples))
        log = power_to_decibels(power, self.config.top_db)
        return np.ascontiguousarray(np.swapaxes(log, -1, -2))

    def model_input(self, samples: FloatArray) -> FloatArray:
        """Compute what the network is given: `decibels`, normalised as the config says.

        Parameters
        ----------
        samples : (..., n_samples) float32 array

        Returns
        -------
        (..., n_mels, n_frames) float32 array
        """
        return normalise(self.decibels(samples), self.config.normalisation)

    def power_spectra(self, samples: FloatArray, hop_length: int | None = None) -> FloatArray:
        """Return the power spectra of centred, zero-padded frames: (..., n_frames, n_bins)."""
        hop = hop_length or self.config.hop_length
        half = self.config.n_fft // 2
        padded = np.pad(samples, [(0, 0)] * (samples.ndim - 1) + [(half, half)])
        frames = np.lib.stride_tricks.sliding_window_view(padded, self.config.n_fft, axis=-1)
        spectra = self._fft(frames[..., ::hop, :] * self._window)
        parts = spectra.view(spectra.real.dtype)  # real, imaginary, real, imaginary, ...
        np.square(parts, out=parts)
        return np.asarray(parts[..., ::2] + parts[..., 1::2], np.float32)

    def _project(self, power: FloatArray) -> FloatArray:
        """Apply the filters to (..., n_frames, n_bins); return (..., n_frames, n_mels)."""
        if self.mel_basis.ndim > 2:
            return np.asarray(np.matmul(power, np.swapaxes(self.mel_basis, -1, -2)))
        mels = np.empty((*power.shape[:-1], self.config.n_mels), np.float32)
        for filters, bins, part in self._blocks:
            np.matmul(power[..., bins], part, out=mels[..., filters])
        return mels

    @cached_property
    def _blocks(self) -> list[tuple[slice, slice, FloatArray]]:
        """The filters in blocks of neighbours, each with the few bins that it needs."""
        blocks = []
        for first in range(0, self.config.n_mels, _BLOCK):
            filters = slice(first, first + _BLOCK)
            part = self.mel_basis[filters]
            used = np.flatnonzero(part.any(axis=0))
            bins = slice(int(used[0]), int(used[-1]) + 1) if used.size else slice(0, 1)
            blocks.append((filters, bins, np.ascontiguousarray(part[:, bins].T)))
        return blocks


def power_to_decibels(
    power: FloatArray, top_db: float, loudest: FloatArray | np.float32 | None = None
) -> FloatArray:
    """Turn the power of each (n_frames, n_bands) picture into decibels.

    Parameters
    ----------
    power : (..., n_frames, n_bands) float32 array
        Is used as working memory.
    top_db : float
        The range that is kept below 0 dB.
    loudest : float32, optional
        The power that 0 dB stands for; the largest of each picture when not given.

    Returns
    -------
    (..., n_frames, n_bands) float32 array
    """
    if loudest is None:
        loudest = power.max(axis=(-2, -1), keepdims=True)
    np.maximum(power, _AMIN, out=power)
    log = 10 * (np.log10(power) - np.log10(np.maximum(loudest, _AMIN)))
    return np.asarray(np.maximum(log, -np.float32(top_db), out=log))


def normalise(decibels: FloatArray, normalisation: Normalisation) -> FloatArray:
    """Normalise each (n_mels, n_frames) picture over all of its points.

    A picture without any contrast becomes all zeros.
    """
    if normalisation == "none":
        return decibels
    mean = decibels.mean(axis=(-2, -1), keepdims=True)
    deviation = decibels.std(axis=(-2, -1), keepdims=True)
    return np.asarray((decibels - mean) / np.maximum(deviation, np.float32(1e-6)), np.float32)
