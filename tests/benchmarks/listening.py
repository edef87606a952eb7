"""How well listening without a button follows recorded people in real noise.

Usage: python -m tests.benchmarks.listening [--minutes 60] [--model BUNDLE]
[--speakers A,B,C | --all]. The folder of recordings is named by SPOKEN_DIGITS_RECORDINGS;
without other word, the clips are those that the model was tested on and never learnt.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.places import DEFAULT_MODEL
from core.recognition.bundle import load_bundle
from core.recognition.listening import StreamRecogniser
from core.recognition.recogniser import DigitRecogniser
from core.sound.audio import SAMPLE_RATE, read_clip
from core.training.dataset import DIGITS
from core.training.evaluation import load_tested_clips
from tests.benchmarks.spoken_stream import NOISE_FOLDER, WORD_DBFS, build_stream, follow, read_noise

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.sound.audio import FloatArray
    from tests.benchmarks.spoken_stream import Followed

RATIOS_DB = (20, 10)
_CLIPS_A_SPEAKER = 30
_SEED = 5


def recordings_folder() -> Path | None:
    """Return the folder of recordings, or None where there is none."""
    path = os.environ.get("SPOKEN_DIGITS_RECORDINGS")
    return Path(path) / "digits" if path else None


def spoken_clips(folder: Path, wanted: Callable[[str, str], bool]) -> list[tuple[str, FloatArray]]:
    """Read the digits of a folder, no speaker more often than 30 times, in random order.

    Parameters
    ----------
    folder : Path
        In the layout of Speech Commands.
    wanted : callable
        Tells from a clip's name (``<label>/<file>``) and its speaker whether it counts.
    """
    random = np.random.default_rng(_SEED)
    names = sorted(f"{path.parent.name}/{path.name}" for path in folder.glob("*/*.wav"))
    counts: dict[str, int] = {}
    chosen = []
    for index in random.permutation(len(names)):
        name = names[index]
        label, file = name.split("/")
        speaker = file.split("_nohash_")[0]
        if label in DIGITS and wanted(name, speaker):
            counts[speaker] = counts.get(speaker, 0) + 1
            if counts[speaker] <= _CLIPS_A_SPEAKER:
                clip = read_clip(folder / name).resampled(SAMPLE_RATE)
                chosen.append((label, clip.samples))
    return chosen


def evaluate_listening(
    model: Path, clips: list[tuple[str, FloatArray]], noise: Path, minutes: float, snr_db: float
) -> Followed:
    """Lay clips over looped noise, and follow the stream with a model."""
    background = read_noise(noise, 60 * minutes, WORD_DBFS - snr_db, _SEED)
    stream = build_stream(clips, background, _SEED)
    return follow(StreamRecogniser(DigitRecogniser(load_bundle(model))), stream)


def follow_people(
    minutes: float,
    model: Path = DEFAULT_MODEL,
    speakers: frozenset[str] = frozenset(),
    learnt_too: bool = False,
) -> dict[int, Followed]:
    """Evaluate at 20 and 10 dB; empty where there is no folder of recordings.

    Parameters
    ----------
    minutes : float
    model : Path
    speakers : set of str
        Whose clips are taken; empty for those that the model was tested on.
    learnt_too : bool
        Take all clips there are.
    """
    folder = recordings_folder()
    if folder is None:
        return {}
    tested = frozenset() if speakers or learnt_too else load_tested_clips(model)

    def wanted(name: str, speaker: str) -> bool:
        return learnt_too or (speaker in speakers if speakers else name in tested)

    clips = spoken_clips(folder, wanted)
    noise = folder / NOISE_FOLDER
    return {db: evaluate_listening(model, clips, noise, minutes, db) for db in RATIOS_DB}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--speakers", type=lambda text: frozenset(text.split(",")), default=())
    parser.add_argument("--all", action="store_true", help="clips the model has learnt, too")
    args = parser.parse_args()
    results = follow_people(args.minutes, args.model, frozenset(args.speakers), args.all)
    for snr_db, followed in results.items():
        print(f"{snr_db} dB: {followed}")
    if not results:
        parser.error("SPOKEN_DIGITS_RECORDINGS names no folder")


if __name__ == "__main__":
    main()
