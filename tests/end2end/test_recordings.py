"""What the notebook's network reaches on the Free Spoken Digit Dataset; takes a quarter of an hour.

``SPOKEN_DIGITS_RECORDINGS`` names a folder that holds the data set as it is published in ``fsdd``.
"""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.dataset.scan import scan
from core.evaluation.accuracy import evaluate
from core.labels import DIGITS
from core.recognition.recogniser import DigitRecogniser
from core.training.config import default_config
from core.training.run import train

FOLDER = os.environ.get("SPOKEN_DIGITS_RECORDINGS")
LABELS = DIGITS[1:]  # the notebook has nine labels, and no zero

pytestmark = [
    pytest.mark.recordings,
    pytest.mark.skipif(FOLDER is None, reason="SPOKEN_DIGITS_RECORDINGS names no folder"),
]


@pytest.fixture(scope="module")
def fsdd():
    folder = Path(FOLDER) / "fsdd"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}")
    return folder


def learn(folder, output):
    """Train as the notebook does; return the bundle."""
    config = default_config(folder, output, "notebook-cnn")
    return train(replace(config, labels=LABELS))


@pytest.fixture(scope="module")
def random_accuracy(fsdd, tmp_path_factory):
    home = tmp_path_factory.mktemp("random")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        return learn(fsdd, home / "model").metadata.metrics.test.accuracy


def test_on_a_random_split_it_reaches_the_notebooks_figure(random_accuracy):
    print(f"random split: {random_accuracy:.1%}")
    assert random_accuracy > 0.88


def test_on_a_speaker_it_never_heard_it_is_worse(fsdd, random_accuracy, tmp_path):
    recordings = [r for r in scan(fsdd).recordings if r.label in LABELS]
    accuracies = {}
    for speaker in sorted({r.speaker for r in recordings}):
        others = tmp_path / f"without {speaker}"
        others.mkdir()
        for recording in recordings:
            if recording.speaker != speaker:
                shutil.copy(recording.path, others)
        bundle = learn(others, tmp_path / speaker)
        left_out = [r for r in recordings if r.speaker == speaker]
        accuracies[speaker] = evaluate(DigitRecogniser(bundle), left_out).accuracy
    mean = np.mean(list(accuracies.values()))
    print(f"speaker left out: {mean:.1%} on average", accuracies)
    assert mean < random_accuracy
