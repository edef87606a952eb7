"""Other voices, rooms, microphones and noises, made out of the recordings there are.

What is done, in the order in which sound meets it: another speed and pitch, another place in
the second (`place`), a room and a microphone (`colour`), noise (`add_noise`), silence around it
(`isolate`), a converter (`convert`), another length of the vocal tract, and missing stretches of
time and frequency (SpecAugment). Everything works on whole batches and depends on the random
generator alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES
from core.sound.features import LogMelFrontEnd, mel_filterbank
from core.sound.noise import LONGEST_DRAW, QUIET, Noise, coloured_noise, irfft, mean_power
from core.training.config import AugmentationConfig

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.sound.clip import FloatArray
    from core.sound.features import FeatureConfig

_FFT = 12_000  # holds a take and the tail of the longest room
_EQ_NODES_HZ = np.array([0, 150, 400, 900, 1800, 2800, 4000])
_WARPS = np.linspace(0.88, 1.14, 27)
_ROOMS = 96
_FRAME = 80
_SHORTEST_SOUND = SAMPLE_RATE // 10
_LONGEST_BEFORE, _LONGEST_AFTER = round(0.3 * SAMPLE_RATE), round(0.15 * SAMPLE_RATE)


class Augmenter:
    """Turns takes into what a network learns from, differently every time.

    Parameters
    ----------
    features : FeatureConfig
        What the network is given.
    noise : Noise
    config : AugmentationConfig
    seed : int
        Of the rooms.
    """

    def __init__(
        self,
        features: FeatureConfig,
        noise: Noise,
        config: AugmentationConfig | None = None,
        seed: int = 777,
    ) -> None:
        self.config = config or AugmentationConfig()
        self.noise = noise
        self._features = features
        self._bases = np.stack([mel_filterbank(features, warp) for warp in _WARPS])
        self._rooms = _rfft(rooms(np.random.default_rng(seed), _ROOMS), _FFT)
        self._hertz = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE).astype(np.float32)
        nodes = np.eye(_EQ_NODES_HZ.size)
        self._between_nodes = np.stack([np.interp(self._hertz, _EQ_NODES_HZ, n) for n in nodes])

    def words(self, random: np.random.Generator, takes: FloatArray) -> FloatArray:
        """Augment words.

        Parameters
        ----------
        random : numpy.random.Generator
        takes : (n, 8000) float32 array

        Returns
        -------
        (n, n_mels, n_frames) float32 array
        """
        placed = self.place(random, takes)
        noisy = self.add_noise(random, self.colour(random, placed), takes)
        self.isolate(random, noisy, *word_bounds(placed))
        return self._to_features(random, noisy)

    def silence(self, random: np.random.Generator, n: int) -> FloatArray:
        """Make what is no word out of noise: (n, n_mels, n_frames)."""
        noise = self.draw_noise(random, n)
        artificial = random.random(n) < 0.15
        noise[artificial] = coloured_noise(random, int(artificial.sum()))
        mixed = random.random(n) < self.config.noise_mixed
        other = noise[random.permutation(n)][mixed]
        ratio = 10 ** random.uniform(-1, 1, (len(other), 1)).astype(np.float32)
        noise[mixed] += other * np.sqrt(mean_power(noise[mixed]) / mean_power(other) * ratio)
        noise = self.colour(random, noise)
        length = random.integers(_SHORTEST_SOUND, TAKE_SAMPLES, n)
        first = np.clip(_loudest(noise) - random.integers(0, length), 0, TAKE_SAMPLES - length)
        self.isolate(random, noise, first, first + length)
        return self._to_features(random, noise)

    def draw_noise(self, random: np.random.Generator, n: int) -> FloatArray:
        """Draw seconds of noise, faster or slower; half of them around a loud moment.

        Of five seconds with one bark most have none, but it is the bark that could be a word.
        """
        noise = self.noise.draw(random, n, LONGEST_DRAW)
        low, high = np.log(self.config.noise_speed)
        speed = np.exp(random.uniform(low, high, n))
        length = TAKE_SAMPLES * speed
        first = np.clip(_loudest(noise) - random.random(n) * length, 0, LONGEST_DRAW - length)
        first[random.random(n) < 0.5] = 0
        return interpolate(noise, first[:, None] + np.arange(TAKE_SAMPLES) * speed[:, None])

    def place(self, random: np.random.Generator, takes: FloatArray) -> FloatArray:
        """Say the word faster or slower, higher or lower, earlier or later.

        The middle of the second is likelier than its edges; a word that fits is not cut off.
        """
        n = len(takes)
        low, high = np.log(self.config.speed)
        speed = np.exp(random.uniform(low, high, (n, 1)))
        first, last = word_bounds(takes)
        length = (last - first)[:, None] / speed
        start = random.beta(2, 2, (n, 1)) * (TAKE_SAMPLES - length)
        position = first[:, None] + (np.arange(TAKE_SAMPLES) - start) * speed
        return interpolate(takes, position)

    def colour(self, random: np.random.Generator, samples: FloatArray) -> FloatArray:
        """Put the sound into a room, before a microphone of its own frequency response."""
        n, hertz, config = len(samples), self._hertz, self.config
        nodes = random.normal(0, config.equaliser_db, (n, _EQ_NODES_HZ.size))
        response = np.asarray(10 ** (nodes @ self._between_nodes / 20), np.float32)
        cut = random.random(n) < config.low_cut
        corner = random.uniform(60, 400, (n, 1)).astype(np.float32)
        low = 1 / np.sqrt(1 + (corner[cut] / np.maximum(hertz, 1)) ** 4)
        response[cut] *= low
        cut = random.random(n) < config.high_cut
        corner = random.uniform(2200, 3900, (n, 1)).astype(np.float32)
        response[cut] *= 1 / np.sqrt(1 + (hertz / corner[cut]) ** 12)
        spectra = _rfft(samples, _FFT) * response
        inside = random.random(n) < config.room
        spectra[inside] *= self._rooms[random.integers(len(self._rooms), size=int(inside.sum()))]
        return irfft(spectra, _FFT)[:, :TAKE_SAMPLES]

    def add_noise(
        self, random: np.random.Generator, samples: FloatArray, others: FloatArray
    ) -> FloatArray:
        """Add recorded noise, artificial noise, or the other takes of the batch as babble.

        Every take gets some, if only as faint as a good microphone's: sound that was padded
        with zeros must not be known by them.
        """
        n, config = len(samples), self.config
        noise = self.draw_noise(random, n)
        kind = random.random(n)
        artificial = kind < 0.15
        noise[artificial] = coloured_noise(random, int(artificial.sum()))
        babble = np.flatnonzero(kind > 0.9)
        for row in babble:
            voices = others[random.integers(n, size=random.integers(2, 6))]
            turned = [np.roll(v, random.integers(TAKE_SAMPLES)) for v in voices]
            talk = np.sum(turned, axis=0)[np.newaxis]
            room = noise[row : row + 1]
            noise[row] = (talk + 0.03 * room * np.sqrt(mean_power(talk) / mean_power(room)))[0]
        snr = random.uniform(*config.snr_db, n)
        snr[babble] = np.maximum(snr[babble], 8)
        faint = random.random(n) >= config.noisy
        snr[faint] = random.uniform(35, 60, int(faint.sum()))
        gain = np.sqrt(mean_power(samples) / mean_power(noise) * 10 ** (-snr[:, None] / 10))
        return np.asarray(samples + noise * gain, np.float32)

    def isolate(
        self,
        random: np.random.Generator,
        samples: FloatArray,
        first: npt.NDArray[np.intp],
        last: npt.NDArray[np.intp],
    ) -> None:
        """Leave of some takes only the stretch from first to last, and a little more, in place."""
        n = len(samples)
        alone = random.random(n) < self.config.isolated
        begin = first - random.integers(0, _LONGEST_BEFORE, n)
        end = last + random.integers(0, _LONGEST_AFTER, n)
        place = np.arange(TAKE_SAMPLES)
        outside = (place < begin[:, None]) | (place >= end[:, None])
        samples[outside & alone[:, None]] = 0

    def convert(self, random: np.random.Generator, samples: FloatArray) -> FloatArray:
        """Set a level, clip at full scale, and round to 16-bit numbers."""
        peak = np.maximum(np.abs(samples).max(axis=1, keepdims=True), QUIET)
        level = 10 ** (random.uniform(*self.config.gain_db, (len(samples), 1)) / 20)
        scaled = np.clip(samples / peak * level.astype(np.float32), -1, 1)
        return np.asarray(np.round(scaled * 32767) / 32767, np.float32)

    def _to_features(self, random: np.random.Generator, samples: FloatArray) -> FloatArray:
        import scipy.fft

        bases = self._bases[random.integers(len(self._bases), size=len(samples))]
        samples = self.convert(random, samples)
        parts = [
            LogMelFrontEnd(self._features, bases[i : i + 32], scipy.fft.rfft).model_input(
                samples[i : i + 32]
            )
            for i in range(0, len(samples), 32)
        ]
        return self.mask(random, np.concatenate(parts))

    def mask(self, random: np.random.Generator, features: FloatArray) -> FloatArray:
        """Take stretches of time and of frequency out of half of the features, in place.

        They get the mean of the features: 0 where those are normalised, while of decibels below
        the loudest point 0 would be the loudest sound.

        Source: Park et al., SpecAugment, Interspeech 2019.
        """
        n, n_mels, n_frames = features.shape
        mean = features.mean(axis=(1, 2), keepdims=True)
        for axis, size, longest in (
            (1, n_mels, self.config.mel_mask),
            (2, n_frames, self.config.time_mask),
        ):
            width = random.integers(0, longest + 1, n) * (random.random(n) < 0.5)
            first = random.integers(0, size - width + 1)
            place = np.arange(size)
            hidden = (place >= first[:, None]) & (place < (first + width)[:, None])
            shape = (n, size, 1) if axis == 1 else (n, 1, size)
            np.copyto(features, mean, where=hidden.reshape(shape))
        return features


def splice(random: np.random.Generator, first: FloatArray, second: FloatArray) -> FloatArray:
    """Make words that nobody has said: the beginning of one, then the end of another.

    Parameters
    ----------
    random : numpy.random.Generator
    first, second : (n, 8000) float32 array
        Of different words.

    Returns
    -------
    (n, 8000) float32 array
    """
    n = len(first)
    share = random.uniform(0.35, 0.65, n)
    (a, b), (c, d) = word_bounds(first), word_bounds(second)
    head = share * (b - a)
    tail = random.uniform(0.35, 0.65, n) * (d - c)
    start = np.maximum(0, (TAKE_SAMPLES - head - tail) / 2)
    place = np.arange(TAKE_SAMPLES) - start[:, None]
    loudness = np.sqrt(mean_power(first) / mean_power(second))
    beginning = interpolate(first, a[:, None] + place)
    end = interpolate(second * loudness, d[:, None] - (head + tail)[:, None] + place)
    fade = np.clip((place - head[:, None]) / _FRAME + 0.5, 0, 1).astype(np.float32)
    inside = (place > -_FRAME) & (place < (head + tail)[:, None] + _FRAME)
    return np.asarray((beginning * (1 - fade) + end * fade) * inside, np.float32)


def word_bounds(takes: FloatArray) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where the sound of each take begins and ends: the frames within 35 dB of the loudest.

    Parameters
    ----------
    takes : (n, 8000) float32 array

    Returns
    -------
    first, last : (n,) int arrays, in samples
    """
    frames = _frame_powers(takes)
    loud = frames > frames.max(axis=1, keepdims=True) * 10**-3.5
    first = loud.argmax(axis=1)
    last = loud.shape[1] - loud[:, ::-1].argmax(axis=1)
    return np.maximum(first - 1, 0) * _FRAME, np.minimum(last + 1, loud.shape[1]) * _FRAME


def _loudest(samples: FloatArray) -> npt.NDArray[np.intp]:
    """Return where the loudest frame of each row is, in samples."""
    return np.asarray(_frame_powers(samples).argmax(axis=1) * _FRAME)


def _frame_powers(samples: FloatArray) -> FloatArray:
    frames = samples.reshape(len(samples), -1, _FRAME)
    return np.asarray(np.square(frames).mean(axis=2), np.float32)


def interpolate(takes: FloatArray, positions: npt.NDArray[Any]) -> FloatArray:
    """Read each take at fractional positions with cubic (Catmull-Rom) splines; zero outside.

    Parameters
    ----------
    takes : (n, n_samples) float32 array
    positions : (n, m) array, in samples

    Returns
    -------
    (n, m) float32 array
    """
    n, size = takes.shape
    padded = np.zeros((n, size + 4), np.float32)
    padded[:, 2:-2] = takes
    clamped = np.clip(positions, -1, size)
    whole = np.floor(clamped)
    t = (clamped - whole).astype(np.float32)
    index = whole.astype(np.int32) + 2 + (np.arange(n, dtype=np.int32) * (size + 4))[:, None]
    flat = padded.ravel()
    before, at, after, next_after = (flat.take(index + step, mode="clip") for step in (-1, 0, 1, 2))
    slope, bend = after - before, 2 * before - 5 * at + 4 * after - next_after
    cubic = at + 0.5 * t * (slope + t * (bend + t * (3 * (at - after) + next_after - before)))
    return np.asarray(cubic * ((positions > -1) & (positions < size)), np.float32)


def rooms(random: np.random.Generator, n: int) -> FloatArray:
    """Make impulse responses: the direct sound, then exponentially falling reverberation.

    Reverberation times of 0.1 to 0.6 s, a direct sound 0 to 15 dB above the rest.

    Returns
    -------
    (n, 3200) float32 array
    """
    seconds = np.arange(3200) / SAMPLE_RATE
    decay = np.exp(-6.9 * seconds / random.uniform(0.1, 0.6, (n, 1)))
    tail = random.standard_normal((n, seconds.size)) * decay
    tail[:, :8] = 0
    ratio = 10 ** (random.uniform(0, 15, (n, 1)) / 20)
    tail /= np.sqrt(np.square(tail).sum(axis=1, keepdims=True)) * ratio
    tail[:, 0] = 1
    return np.asarray(tail, np.float32)


def _rfft(samples: FloatArray, n: int) -> npt.NDArray[np.complex64]:
    import scipy.fft

    return np.asarray(scipy.fft.rfft(samples, n), np.complex64)
