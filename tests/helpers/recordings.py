"""Folders of made-up recordings: every label has a melody of its own, every speaker a pitch."""

from pathlib import Path

import numpy as np

from tests.helpers.sounds import noise, sample_clip, write

LABELS = ("zero", "one", "two")
SPEAKERS = ("s1", "s2", "s3", "s4", "s5")


def spoken(label: str, speaker: str, number: int, rate=8000, seconds=1.0):
    """Return a “word”, (n,) float32: two tones whose pitch is the label's, in a quiet room."""
    pick = sum(label.encode()) * 7 + 11 * len(label)
    random = np.random.default_rng((pick, sum(speaker.encode()), number))
    times = np.arange(round(seconds * rate)) / rate
    pitch = 250 + pick % 17 * 90 + 4 * (sum(speaker.encode()) % 9)
    wave = np.sin(2 * np.pi * pitch * times) + 0.5 * np.sin(2 * np.pi * 2.1 * pitch * times)
    begin, end = random.uniform(0.1, 0.25), random.uniform(0.6, 0.9)
    wave *= (times > begin * seconds) & (times < end * seconds)
    room = noise(seconds, rate, 0.002, seed=random.integers(2**32))
    return (random.uniform(0.1, 0.5) * wave / 1.5 + room).astype(np.float32)


def write_recordings(folder: Path, labels=LABELS, speakers=SPEAKERS, takes=4, **sound) -> Path:
    """Write a folder as Speech Commands has it: ``<label>/<speaker>_nohash_<n>.wav``."""
    rate = sound.get("rate", 8000)
    for label in labels:
        for speaker in speakers:
            for number in range(takes):
                path = folder / label / f"{speaker}_nohash_{number}.wav"
                write(path, spoken(label, speaker, number, **sound), rate)
    return folder


def write_flat_recordings(folder: Path, digits=(0, 1, 2), speakers=SPEAKERS, takes=4) -> Path:
    """Write a folder as the Free Spoken Digit Dataset has it: ``<digit>_<speaker>_<n>.wav``."""
    for digit in digits:
        for speaker in speakers:
            for number in range(takes):
                path = folder / f"{digit}_{speaker}_{number}.wav"
                write(path, spoken(str(digit), speaker, number, seconds=0.5))
    return folder


def write_digit_recordings(folder: Path, labels=("two", "four", "seven"), takes=12) -> Path:
    """Write altered copies of the program's sample clips: a folder of digits that can be learned.

    A “speaker” is a speed; in every take the word begins somewhere else, about where a take of
    the program has it, is louder or softer, and sounds in another room.
    """
    import soxr

    for label in labels:
        samples = sample_clip(label).samples
        for number, speed in enumerate((0.9, 0.95, 1.0, 1.05, 1.1)):
            said = soxr.resample(samples, 8000, round(8000 / speed))
            said = said[np.argmax(np.abs(said) > 0.01 * np.abs(said).max()) :]
            for take in range(takes):
                random = np.random.default_rng((number, take))
                clip = noise(1.0, 8000, random.uniform(0.0002, 0.002), seed=take)
                place = clip[random.integers(1200, 2800) :]
                place[: said.size] += random.uniform(0.3, 1.0) * said[: place.size]
                write(folder / label / f"speed{number}_nohash_{take}.wav", clip)
    return folder
