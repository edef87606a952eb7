"""What is measured of a selected span of a sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.sound.levels import SILENCE_DBFS, measure_levels

if TYPE_CHECKING:
    from core.sound.sound_file import AudioClip, FloatArray

_FFT_SECONDS = 0.128


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A stretch of a sound and its figures; the arrays are read-only.

    Parameters
    ----------
    start : float
        In seconds.
    clip : AudioClip
        What sounds in it.
    peak_dbfs, rms_dbfs : float
        Its levels, in dB relative to full scale.
    frequencies : (n_bins,) float32 array
        In Hz.
    spectrum_dbfs : (n_bins,) float32 array
        The mean spectrum: a sine at full scale reaches 0.
    """

    start: float
    clip: AudioClip
    peak_dbfs: float
    rms_dbfs: float
    frequencies: FloatArray
    spectrum_dbfs: FloatArray

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.clip.seconds

    @property
    def stop(self) -> float:
        """The second at which it ends."""
        return self.start + self.seconds


def measure_span(clip: AudioClip, start: float, stop: float) -> Span:
    """Measure what sounds from `start` to `stop` seconds of a clip; at least one sample."""
    cut = clip.part(start, stop)
    first = min(max(0.0, start), clip.seconds - 1 / clip.sample_rate)
    levels = measure_levels(cut)
    frequencies, spectrum = mean_spectrum(cut)
    return Span(first, cut, levels.peak_dbfs, levels.rms_dbfs, frequencies, spectrum)


def mean_spectrum(clip: AudioClip) -> tuple[FloatArray, FloatArray]:
    """Average the power spectra of half-overlapping Hann windows of 128 ms.

    Of a clip that is shorter, one window holds all. It is scaled so that a sine at full scale
    reaches 0 dB. Source: P. Welch, The Use of FFT for the Estimation of Power Spectra, IEEE
    Trans. Audio and Electroacoustics 15 (2), 1967.

    Returns
    -------
    frequencies : (n_bins,) float32 array, in Hz
    spectrum : (n_bins,) float32 array, in dB relative to full scale
    """
    n_fft = round(_FFT_SECONDS * clip.sample_rate)
    n = min(n_fft, clip.samples.size)
    window = np.hanning(n + 2)[1:-1].astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(clip.samples, n)[:: max(1, n // 2)]
    power = np.zeros(n_fft // 2 + 1)
    for block in range(0, len(frames), 512):
        spectra = np.fft.rfft(frames[block : block + 512] * window, n_fft)
        power += (spectra.real**2 + spectra.imag**2).sum(axis=0)
    amplitude = 2 * np.sqrt(power / len(frames)) / window.sum()
    decibels = 20 * np.log10(np.maximum(amplitude, 10 ** (SILENCE_DBFS / 20)))
    frequencies = np.fft.rfftfreq(n_fft, 1 / clip.sample_rate)
    return frequencies.astype(np.float32), decibels.astype(np.float32)
