import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.dataset.corrections import CorrectionList
from core.dataset.health import CorrectionReport
from core.dataset.recordings import RecordingsFolder
from core.dataset.scan import scan
from core.errors import BundleError, DataSetError, TrainingError
from core.recognition.bundle import REHEARSAL_FILE, load_bundle
from core.recognition.metadata import BeforeAndAfter
from core.recognition.recogniser import DigitRecogniser
from core.sound.sound_file import read_second
from core.training import fine_tuning
from core.training.adaptation import AdaptationCancelled, adapt, is_worse
from core.training.events import Epoch, Progress
from core.training.fine_tuning import Rehearsal, write_rehearsal
from core.training.networks import load_keras
from core.training.run_folder import RunFolder
from tests.helpers.bundles import NOTEBOOK, copy_bundle
from tests.helpers.sounds import sample_clip
from tests.helpers.voices import record_deep_voice, rehearsal_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def voice(tmp_path_factory):
    return record_deep_voice(tmp_path_factory.mktemp("voice") / "recordings")


@pytest.fixture
def few_steps(monkeypatch):
    """Let time not matter, but the number of steps."""
    monkeypatch.setattr(fine_tuning, "_STEPS", 80)
    monkeypatch.setattr(fine_tuning, "_STEPS_ALONE", 60)
    return 600.0


@pytest.fixture
def rehearsing(tmp_path):
    """A bundle with a rehearsal set."""
    path = copy_bundle(tmp_path / "rehearsing", name="rehearsing")
    recogniser = DigitRecogniser(load_bundle(path))
    parts = rehearsal_of(recogniser), rehearsal_of(recogniser, (0.9, 1.1))
    write_rehearsal(path, Rehearsal(*parts[0], *parts[1]))
    return path


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def accuracy(bundle, folder):
    recogniser = DigitRecogniser(load_bundle(bundle))
    recordings = scan(folder).recordings
    takes = np.stack([read_second(r.path).clip.samples for r in recordings])
    answers = recogniser.probabilities(takes).argmax(axis=1)
    labels = recogniser.bundle.metadata.labels
    return np.mean([labels[a] == r.label for a, r in zip(answers, recordings, strict=True)])


def test_a_copy_gets_better_for_a_voice_and_forgets_nothing(voice, rehearsing, tmp_path, few_steps):
    before = bytes_of(rehearsing)
    reported = []
    result = adapt([voice], rehearsing, tmp_path / "deep", reported.append, seconds=few_steps)
    assert bytes_of(rehearsing) == before
    assert result.yours.clips == 30
    assert result.yours.before == round(30 * accuracy(rehearsing, voice))
    assert result.yours.after >= result.yours.before + 6
    assert accuracy(tmp_path / "deep", voice) > 0.9
    standard = result.samples + result.rehearsal
    assert standard.clips == 10 + 20
    assert standard.after >= standard.before
    assert not result.worse
    done = [event.done for event in reported if isinstance(event, Progress)]
    assert len(done) > 10
    metadata = load_bundle(tmp_path / "deep").metadata
    assert metadata.name == "deep"
    assert metadata.metrics.adaptation.yours == result.yours
    assert metadata.metrics.adaptation.speakers == ("deep",)
    assert metadata.training["adapted_from"] == "rehearsing"
    assert (tmp_path / "deep" / REHEARSAL_FILE).is_file()  # it can be adapted again


def test_both_engines_of_the_copy_say_the_same(voice, tmp_path):
    adapt([voice], NOTEBOOK, tmp_path / "deep", seconds=0)
    bundle = load_bundle(tmp_path / "deep")
    recogniser = DigitRecogniser(bundle)
    inputs = recogniser.model_input(sample_clip("seven").samples[np.newaxis])
    keras = np.asarray(load_keras(bundle.keras)(inputs, training=False))
    assert np.allclose(recogniser.probabilities_of_input(inputs), keras, atol=1e-4)


def test_without_a_rehearsal_set_it_goes_carefully(voice, tmp_path, few_steps):
    result = adapt([voice], NOTEBOOK, tmp_path / "deep", seconds=few_steps)
    assert result.rehearsal == BeforeAndAfter(0, 0, 0)
    assert result.samples.clips == 10
    assert result.yours.after > result.yours.before
    assert not (tmp_path / "deep" / REHEARSAL_FILE).exists()


def test_nothing_is_kept_when_it_is_cancelled(voice, tmp_path):
    reported = []
    with pytest.raises(AdaptationCancelled):
        adapt([voice], NOTEBOOK, tmp_path / "deep", reported.append, lambda: bool(reported))
    assert list(tmp_path.glob("*deep*")) == []
    assert list(tmp_path.glob(".*")) == []


def test_too_few_clips_are_said_and_unknown_words_left_out(tmp_path, few_steps):
    folder = RecordingsFolder(tmp_path / "recordings")
    for label in ("one", "two", "three"):
        folder.save(sample_clip(label), label, "me")
    folder.save(sample_clip("four"), "tree", "me")
    with pytest.raises(DataSetError, match=r"at least 4 clips.*there are 3"):
        adapt([folder.path], NOTEBOOK, tmp_path / "a")
    folder.save(sample_clip("five"), "five", "me")
    copy = RecordingsFolder(tmp_path / "the same again")
    copy.save(sample_clip("five"), "five", "me")
    for each, file in ((folder, "tree/me_nohash_0.wav"), (copy, "five/me_nohash_7.wav")):
        CorrectionList(each.path).set(file, "bush")
    result = adapt([folder.path, copy.path], NOTEBOOK, tmp_path / "a", seconds=few_steps)
    assert (result.yours.clips, result.learned, result.left_out) == (4, 4, 1)
    assert result.corrections == CorrectionReport(relabelled=1, ignored=1)


def test_what_is_there_is_not_overwritten(voice, tmp_path):
    (tmp_path / "deep").mkdir()
    with pytest.raises(TrainingError, match="exists already"):
        adapt([voice], NOTEBOOK, tmp_path / "deep")


@pytest.mark.parametrize(
    ("yours", "standard", "worse"),
    [
        ((20, 10, 15), (100, 95, 95), False),
        ((20, 10, 10), (100, 95, 94), False),
        ((20, 10, 9), (100, 95, 99), True),
        ((20, 10, 20), (100, 95, 93), True),
        ((20, 10, 20), (10, 9, 8), True),
        ((20, 10, 20), (0, 0, 0), False),
    ],
)
def test_worse_is_a_loss_for_the_person_or_of_more_than_a_point(yours, standard, worse):
    assert is_worse(BeforeAndAfter(*yours), BeforeAndAfter(*standard)) is worse


def command(*arguments, stdin=""):
    """Run the command in a process of its own, as the window does."""
    return subprocess.run(
        [sys.executable, "-m", "app", "adapt", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )


def test_the_command_prints_figures_and_never_overwrites(voice, tmp_path):
    arguments = [voice, "--model", NOTEBOOK, "--output", tmp_path / "deep", "--seconds", "0"]
    done = command(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[-1]["event"] == "adapted"
    assert lines[-1]["bundle"] == str(tmp_path / "deep")
    assert lines[-1]["learned"] == 30
    assert lines[-1]["folds"] == 1  # there was no time for more
    assert lines[-1]["yours"]["clips"] == 10
    assert {line["event"] for line in lines[:-1]} == {"progress"}
    again = command(*arguments)
    assert (again.returncode, again.stdout) == (2, "")
    assert "exists already" in again.stderr


def test_the_command_is_cancelled_by_a_word(voice, tmp_path):
    arguments = [voice, "--model", NOTEBOOK, "--output", tmp_path / "deep", "--json"]
    done = command(*arguments, "--supervised", stdin="cancel\n")
    assert done.returncode == 3
    assert json.loads(done.stdout.splitlines()[-1]) == {"event": "cancelled"}
    assert not (tmp_path / "deep").exists()


def test_cancelling_leaves_a_training_run_of_the_same_name_alone(voice, tmp_path):
    run = RunFolder(tmp_path / "deep")
    run.lock()
    run.begin({"epochs": 3})
    run.keep_best(lambda path: path.write_bytes(b"best"))
    run.keep_epoch(run.copy_best, [Epoch(1, 0.5, 0.5, 0.5, 0.5, 1.0, True)])
    run.unlock()
    arguments = [voice, "--model", NOTEBOOK, "--output", tmp_path / "deep", "--json"]
    assert command(*arguments, "--supervised", stdin="cancel\n").returncode == 3
    assert run.can_go_on


def test_a_damaged_network_is_a_sentence(voice, tmp_path):
    path = copy_bundle(tmp_path / "damaged")
    (path / "model.keras").write_bytes((path / "model.keras").read_bytes()[:-2000])
    with pytest.raises(BundleError, match=r"“damaged” is refused: its model\.keras is damaged"):
        adapt([voice], path, tmp_path / "deep")
