"""How loud a sound or a span of it is, its mean spectrum, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from core.sentences import Sentence, say

if TYPE_CHECKING:
    from core.sound.clip import AudioClip, FloatArray


SILENCE_DBFS = -120.0
"""What stands for the level of exact zeros, which have none."""
TOO_QUIET_DBFS = -60.0
"""Below this, the loudest 50 ms hold no word. The quietest of 4,600 spoken words that were
looked at reached -49 dBFS."""
CLIPPED_SECONDS = 0.02
"""A take that stood at full scale for longer is called clipped. The worst of 4,600 recordings
that were looked at, and can be understood, did so for 0.008 s."""
_FRAME_SECONDS = 0.05
_EDGE_FRAME_SECONDS = 0.02
_EDGE_FRAMES = 2
_EDGE_BELOW_LOUDEST_DB = 15.0
_EDGE_ABOVE_FLOOR_DB = 9.0
_FFT_SECONDS = 0.128
_LONGEST_FFT = 2**16


class SoundProblem(Enum):
    """Why a sound is not given to the network."""

    ALL_ZEROS = "all zeros"
    TOO_QUIET = "too quiet"
    NOTHING_HEARD = "nothing heard"
    CLIPPED = "clipped"
    OVERFLOWED = "overflowed"
    DEVICE_GONE = "device gone"

    @property
    def sentence(self) -> Sentence:
        """What happened to an input and what to do."""
        return _OF_INPUT[self]

    @property
    def file_sentence(self) -> Sentence:
        """What is wrong with a file, for which no microphone is to blame."""
        return _OF_FILE.get(self, _OF_INPUT[self])


_OF_INPUT = {
    SoundProblem.ALL_ZEROS: say(
        "The input delivers only zeros: it is muted, switched off, or this program has no "
        "permission to use the microphone. Check the system's sound and privacy settings."
    ),
    SoundProblem.TOO_QUIET: say(
        "Too quiet to hear a word. Speak louder, or raise the input volume."
    ),
    SoundProblem.NOTHING_HEARD: say(
        "Nothing heard: no voice stood out from the background. Try again."
    ),
    SoundProblem.CLIPPED: say(
        "Too loud: the recording is clipped. Speak from further away, or lower the input volume."
    ),
    SoundProblem.OVERFLOWED: say(
        "Part of the sound was lost because the computer was too busy. Please say it again."
    ),
    SoundProblem.DEVICE_GONE: say(
        "The input device stopped delivering sound. Check its plug, or choose another; it is "
        "listened to again when it is back."
    ),
}
_OF_FILE = {
    SoundProblem.ALL_ZEROS: say("The file is silent: it holds only zeros."),
    SoundProblem.TOO_QUIET: say("Too quiet: no word can be heard in the file."),
    SoundProblem.NOTHING_HEARD: say("Nothing heard: no voice stands out in the file."),
    SoundProblem.CLIPPED: say("The file is clipped: it was recorded too loud to be recognised."),
}


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of a sound, in dB relative to full scale.

    Parameters
    ----------
    peak_dbfs : float
        The largest sample, at most about 0.
    rms_dbfs : float
        Root mean square over all of it.
    loudest_dbfs : float
        Root mean square of the loudest 50 ms, without their mean: the level of a word,
        whatever surrounds it.
    """

    peak_dbfs: float
    rms_dbfs: float
    loudest_dbfs: float


def decibels(amplitude: float) -> float:
    """Turn an amplitude relative to full scale into dBFS, not below `SILENCE_DBFS`."""
    return max(SILENCE_DBFS, 20 * float(np.log10(max(amplitude, 1e-12))))


def frame_dbfs(samples: FloatArray, frame: int, offset: bool = True) -> FloatArray:
    """Return the root mean square level of each whole frame, in dBFS.

    Parameters
    ----------
    samples : (n,) float array
    frame : int
        Length of a frame in samples.
    offset : bool
        Whether the mean of a frame counts. Cheap inputs add a constant, which nobody hears.

    Returns
    -------
    (n // frame,) float32 array, not below `SILENCE_DBFS`
    """
    frames = samples[: samples.size // frame * frame].reshape(-1, frame)
    if not offset:
        frames = frames - frames.mean(axis=1, keepdims=True)
    power = np.einsum("ij,ij->i", frames, frames, dtype=np.float32) / np.float32(frame)
    floor = np.float32(10 ** (SILENCE_DBFS / 10))
    return np.asarray(10 * np.log10(np.maximum(power, floor)), np.float32)


def measure_levels(clip: AudioClip) -> Levels:
    """Measure a clip of any length and rate."""
    samples = clip.samples
    peak = decibels(float(np.abs(samples).max()))
    return Levels(peak, _rms_dbfs(samples), loudest_dbfs(clip))


def loudest_dbfs(clip: AudioClip) -> float:
    """Return the root mean square level of the loudest 50 ms, in dBFS, without their mean."""
    frame = max(1, round(clip.sample_rate * _FRAME_SECONDS))
    frames = frame_dbfs(clip.samples, frame, offset=False)
    return float(frames.max()) if frames.size else _rms_dbfs(clip.samples)


def _rms_dbfs(samples: FloatArray) -> float:
    return decibels(float(np.sqrt(np.square(samples, dtype=np.float64).mean())))


def find_problem(clip: AudioClip) -> SoundProblem | None:
    """Say why a clip must not be given to a recogniser, or None when it may.

    A network answers with a word whatever it is shown, and features are relative to the
    clip's own maximum, so only the absolute level can tell silence from speech.
    """
    if not clip.samples.any():
        return SoundProblem.ALL_ZEROS
    if loudest_dbfs(clip) < TOO_QUIET_DBFS:
        return SoundProblem.TOO_QUIET
    if clip.clipped_seconds > CLIPPED_SECONDS:
        return SoundProblem.CLIPPED
    return None


def is_cut_off(clip: AudioClip) -> bool:
    """Tell whether a word runs beyond the beginning or the end of a clip.

    At the edge, the sound is loud for a word's own: within 15 dB of its loudest 20 ms, and
    well above the background.
    """
    frame = max(1, round(clip.sample_rate * _EDGE_FRAME_SECONDS))
    levels = frame_dbfs(clip.samples, frame, offset=False)
    if levels.size <= 2 * _EDGE_FRAMES:
        return False
    floor = float(np.percentile(levels, 20))
    limit = max(float(levels.max()) - _EDGE_BELOW_LOUDEST_DB, floor + _EDGE_ABOVE_FLOOR_DB)
    edges = levels[:_EDGE_FRAMES].mean(), levels[-_EDGE_FRAMES:].mean()
    return bool(max(edges) > limit)


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
    """Average the power spectra of half-overlapping Hann windows of 128 ms, or 2**16 samples.

    Of a clip that is shorter, one window holds all. It is scaled so that a sine at full scale
    reaches 0 dB. Source: P. Welch, The Use of FFT for the Estimation of Power Spectra, IEEE
    Trans. Audio and Electroacoustics 15 (2), 1967.

    Returns
    -------
    frequencies : (n_bins,) float32 array, in Hz
    spectrum : (n_bins,) float32 array, in dB relative to full scale
    """
    n_fft = min(max(2, round(_FFT_SECONDS * clip.sample_rate)), _LONGEST_FFT)
    n = min(n_fft, clip.samples.size)
    window = np.hanning(n + 2)[1:-1].astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(clip.samples, n)[:: max(1, n // 2)]
    power = np.zeros(n_fft // 2 + 1)
    n_at_once = max(1, _LONGEST_FFT * 8 // n_fft)
    for first in range(0, len(frames), n_at_once):
        spectra = np.fft.rfft(frames[first : first + n_at_once] * window, n_fft)
        power += (spectra.real**2 + spectra.imag**2).sum(axis=0)
    amplitude = 2 * np.sqrt(power / len(frames)) / window.sum()
    decibels = 20 * np.log10(np.maximum(amplitude, 10 ** (SILENCE_DBFS / 20)))
    frequencies = np.fft.rfftfreq(n_fft, 1 / clip.sample_rate)
    return frequencies.astype(np.float32), decibels.astype(np.float32)
