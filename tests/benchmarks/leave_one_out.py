"""How well a network understands a person who was left out of its training.

Usage: python -m tests.benchmarks.leave_one_out FOLDER [--epochs 6]

FOLDER holds the Free Spoken Digit Dataset as it is published, or more people beside its six in
the layout of Speech Commands. For each of the six, the default network learns from all the
others and is asked about that one; at last it learns from all people and is asked about the data
set's own test part, the first five clips of each word. One clip in twenty of those to learn from
is set aside to choose the best epoch by.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.dataset.scan import scan
from core.evaluation.accuracy import evaluate
from core.labels import DIGITS
from core.recognition.recogniser import DigitRecogniser
from core.training.architectures import DEFAULT_ARCHITECTURE
from core.training.config import default_config
from core.training.events import Epoch
from core.training.run import train

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.dataset.scan import DataSet, Recording
    from core.evaluation.accuracy import Evaluation
    from core.training.events import Event

SPEAKERS = ("george", "jackson", "lucas", "nicolas", "theo", "yweweler")
_TESTED_TAKES = 5
_ONE_VALIDATED_IN = 20


def learn_without(
    data_set: DataSet, left_out: Sequence[Recording], home: Path, epochs: int
) -> Evaluation:
    """Train on everything but some recordings; return what the network says of those."""
    home.mkdir()
    away = {recording.name for recording in left_out}
    learned = [recording for recording in data_set.recordings if recording.name not in away]
    for recording in (*learned, *data_set.noise):
        link = home / "learned" / recording.name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(recording.path.resolve())
    validated = (recording.name for recording in learned[::_ONE_VALIDATED_IN])
    (home / "learned" / "validation_list.txt").write_text("\n".join(validated))
    (home / "learned" / "testing_list.txt").write_text("")
    config = default_config(home / "learned", home / "model", DEFAULT_ARCHITECTURE)
    bundle = train(replace(config, epochs=epochs, rehearsal=False), _print_epoch)
    assert bundle is not None
    return evaluate(DigitRecogniser(bundle), left_out)


def _print_epoch(event: Event) -> None:
    if isinstance(event, Epoch):
        print(event, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    args = parser.parse_args()
    data_set = scan(args.folder)
    spoken = [r for r in data_set.recordings if r.speaker in SPEAKERS and r.label in DIGITS]
    parts = {name: [r for r in spoken if r.speaker == name] for name in SPEAKERS}
    parts["test part"] = [r for r in spoken if int(r.path.stem.split("_")[-1]) < _TESTED_TAKES]
    accuracies = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        for name, left_out in parts.items():
            result = learn_without(data_set, left_out, Path(folder) / name, args.epochs)
            accuracies[name] = result.accuracy
            print(f"{name}: {result.accuracy:.1%} of {len(result.recordings)} clips", flush=True)
    mean = np.mean([accuracies[name] for name in SPEAKERS])
    print(f"{mean:.1%} on average of a speaker who was left out")


if __name__ == "__main__":
    main()
