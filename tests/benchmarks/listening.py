"""How well listening without a button follows recorded people in real noise.

Usage: python -m tests.benchmarks.listening [--minutes 60] [--model BUNDLE] [--validation]
The folder of recordings is named by SPOKEN_DIGITS_RECORDINGS. People and noise are those that
the model was tested on and never learnt; with --validation those that it was chosen by, so that
listening can be tuned without a look at the test.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.dataset.scan import scan
from core.dataset.splits import split
from core.evaluation.accuracy import load_tested_clips
from core.labels import BACKGROUND_NOISE, DIGITS, SILENCE, UNKNOWN
from core.places import DEFAULT_MODEL
from core.recognition.bundle import load_bundle
from core.recognition.listening import StreamRecogniser
from core.sound.clip import SAMPLE_RATE
from core.sound.sound_file import read_clip
from tests.benchmarks.spoken_stream import (
    WORD_DBFS,
    SpokenStream,
    build_stream,
    follow,
    read_noise,
)

if TYPE_CHECKING:
    from core.sound.clip import FloatArray
    from tests.benchmarks.spoken_stream import Followed

RATIOS_DB = (20, 10)
OTHER_WORDS = "other words at 20 dB"
NOISE = "noise without a word"
_CLIPS_A_SPEAKER = 30
_SEED = 5


def recordings_folder() -> Path | None:
    """Return the folder of recordings, or None where there is none."""
    path = os.environ.get("SPOKEN_DIGITS_RECORDINGS")
    return Path(path) / "digits" if path else None


def clips_aside(folder: Path, model: Path, validation: bool = False) -> frozenset[str]:
    """Return the names of the clips, noise too, that a model was tested on or chosen by."""
    if not validation:
        return load_tested_clips(model)
    settings = load_bundle(model).metadata.training
    labels = (*DIGITS, SILENCE, UNKNOWN)
    sides = split(scan(folder), labels, settings["split"], settings["validation"], settings["seed"])
    return frozenset(recording.name for recording in sides.validation)


def spoken_clips(
    folder: Path, names: frozenset[str], digits: bool = True
) -> list[tuple[str, FloatArray]]:
    """Read the digits among some clips, or the other words, in random order.

    There is no speaker more often than 30 times.
    """
    random = np.random.default_rng(_SEED)
    words = sorted(name for name in names if not name.startswith(f"{BACKGROUND_NOISE}/"))
    spoken = [name for name in words if (name.split("/")[0] in DIGITS) == digits]
    counts: Counter[str] = Counter()
    chosen = []
    for index in random.permutation(len(spoken)):
        label, file = spoken[index].split("/")
        speaker = file.split("_nohash_")[0]
        counts[speaker] += 1
        if counts[speaker] <= _CLIPS_A_SPEAKER:
            clip = read_clip(folder / spoken[index]).resampled(SAMPLE_RATE)
            chosen.append((label, clip.samples))
    return chosen


def people_in_noise(
    folder: Path, names: frozenset[str], minutes: float, snr_db: float, digits: bool = True
) -> SpokenStream:
    """Lay the digits or the other words over the noise among some clips."""
    background = noise_alone(folder, names, minutes, snr_db, _SEED)
    return build_stream(spoken_clips(folder, names, digits), background, _SEED)


def noise_alone(
    folder: Path, names: frozenset[str], minutes: float, snr_db: float, seed: int
) -> FloatArray:
    """Join the noise among some clips, as often as needed, so far below the level of words."""
    noise = [folder / name for name in sorted(names) if name.startswith(f"{BACKGROUND_NOISE}/")]
    return read_noise(noise, 60 * minutes, WORD_DBFS - snr_db, seed)


def follow_people(
    minutes: float, model: Path = DEFAULT_MODEL, validation: bool = False
) -> dict[str, Followed]:
    """Follow digits at 20 and 10 dB, other words, and noise as loud as 10 and 0 dB below words.

    Empty where there is no folder of recordings.
    """
    folder = recordings_folder()
    if folder is None:
        return {}
    names = clips_aside(folder, model, validation)
    streams = {
        f"{snr_db} dB": people_in_noise(folder, names, minutes, snr_db) for snr_db in RATIOS_DB
    }
    streams[OTHER_WORDS] = people_in_noise(folder, names, minutes, 20, digits=False)
    noise = [noise_alone(folder, names, minutes / 2, snr_db, _SEED + 1) for snr_db in (10, 0)]
    streams[NOISE] = SpokenStream(np.concatenate(noise), ())
    return {name: follow(StreamRecogniser.load(model), said) for name, said in streams.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--validation", action="store_true", help="to tune, not to report")
    args = parser.parse_args()
    results = follow_people(args.minutes, args.model, args.validation)
    for name, followed in results.items():
        print(f"{name}: {followed}")
    if not results:
        parser.error("SPOKEN_DIGITS_RECORDINGS names no folder")


if __name__ == "__main__":
    main()
