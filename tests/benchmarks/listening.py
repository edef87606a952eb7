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
from tests.benchmarks.spoken_stream import WORD_DBFS, build_stream, follow, read_noise

if TYPE_CHECKING:
    from core.sound.clip import FloatArray
    from tests.benchmarks.spoken_stream import Followed, SpokenStream

RATIOS_DB = (20, 10)
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


def spoken_clips(folder: Path, names: frozenset[str]) -> list[tuple[str, FloatArray]]:
    """Read the digits among some clips, no speaker more often than 30 times, in random order."""
    random = np.random.default_rng(_SEED)
    spoken = sorted(name for name in names if name.split("/")[0] in DIGITS)
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
    folder: Path, names: frozenset[str], minutes: float, snr_db: float
) -> SpokenStream:
    """Lay the digits among some clips over the noise among them, which comes again and again."""
    noise = [folder / name for name in sorted(names) if name.startswith(f"{BACKGROUND_NOISE}/")]
    background = read_noise(noise, 60 * minutes, WORD_DBFS - snr_db, _SEED)
    return build_stream(spoken_clips(folder, names), background, _SEED)


def follow_people(
    minutes: float, model: Path = DEFAULT_MODEL, validation: bool = False
) -> dict[int, Followed]:
    """Evaluate at 20 and 10 dB; empty where there is no folder of recordings."""
    folder = recordings_folder()
    if folder is None:
        return {}
    names = clips_aside(folder, model, validation)
    return {
        snr_db: follow(
            StreamRecogniser.load(model),
            people_in_noise(folder, names, minutes, snr_db),
        )
        for snr_db in RATIOS_DB
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--validation", action="store_true", help="to tune, not to report")
    args = parser.parse_args()
    results = follow_people(args.minutes, args.model, args.validation)
    for snr_db, followed in results.items():
        print(f"{snr_db} dB: {followed}")
    if not results:
        parser.error("SPOKEN_DIGITS_RECORDINGS names no folder")


if __name__ == "__main__":
    main()
