"""The preset Quick: a whole run, and all that is done with its model, without TensorFlow."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from core.dataset.corrections import CorrectionList
from core.dataset.feature_store import FeatureStore
from core.dataset.health import CorrectionReport
from core.errors import BundleError, DataSetError
from core.evaluation.model_card import read_card
from core.evaluation.report import read_evaluation
from core.labels import SILENCE, UNKNOWN
from core.places import SAMPLES
from core.recognition.bundle import SUMS_FILE, load_bundle
from core.recognition.recogniser import DigitRecogniser
from core.sound.features import LogMelFrontEnd
from core.sound.sound_file import read_second
from core.training import events, quick
from core.training.encoder import Encoder
from core.training.networks import load_network, network_file
from core.training.presets import PRESETS, preset_config
from core.training.run import Request, train
from core.training.speech_embedding import EMBEDDING_FEATURES
from tests.helpers.bundles import copy_bundle
from tests.helpers.recordings import write_digit_recordings, write_recordings

pytestmark = pytest.mark.slow  # each is a training

WORDS = ("two", "four", "seven")


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    """Three digits of five “people”."""
    return write_digit_recordings(tmp_path_factory.mktemp("digits") / "data", WORDS, takes=4)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("quick")


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def model(digits, home, told):
    """A model that Quick has made; do not change its bundle."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("HOME", str(home))
        config = preset_config(PRESETS["quick"], digits, home / "models" / "quick")
        return train(config, told.append)


def of(told, kind):
    return [event for event in told if isinstance(event, kind)]


def test_it_knows_words_that_it_was_taught_and_none_beside_them(model):
    assert model.metadata.labels == (*WORDS, SILENCE, UNKNOWN)
    recogniser = DigitRecogniser(model)
    for word in WORDS:
        assert recogniser.recognise(read_second(SAMPLES / f"{word}.wav").clip).label == word
    for word in ("zero", "five", "eight"):
        assert recogniser.recognise(read_second(SAMPLES / f"{word}.wav").clip).label is None


def test_it_tells_what_it_does_and_ends_with_a_judgement(model, told):
    passing = (events.Progress, events.Advanced)
    kinds = [type(event) for event in told if not isinstance(event, passing)]
    assert kinds == [events.Data, events.Evaluated, events.Saved]
    fractions = [event.fraction for event in of(told, events.Advanced)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    (evaluated,) = of(told, events.Evaluated)
    assert evaluated.evaluation.clip_results
    assert evaluated.evaluation.accuracy > 0.8
    assert model.metadata.metrics.tested_on == "people it never heard"
    assert model.metadata.metrics.test.clips == evaluated.evaluation.clips


def test_the_network_says_what_the_head_was_judged_by(model, told, digits):
    """The figures are of cached numbers; the network computes them anew, with its front end."""
    (evaluated,) = of(told, events.Evaluated)
    recogniser = DigitRecogniser(model)
    for clip in evaluated.evaluation.clip_results:
        samples = read_second(digits / clip.name).clip.samples
        found = recogniser.probabilities(samples[np.newaxis])[0]
        assert found.max() == pytest.approx(clip.confidence, abs=0.01)


def test_what_it_had_learned_of_clips_is_kept(model, digits, home, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("HOME", str(home))

    def never(self, features):
        raise AssertionError("a clip is encoded again")

    monkeypatch.setattr(Encoder, "__call__", never)
    monkeypatch.setattr(quick, "_COPIED_BELOW", 0)
    again = train(preset_config(PRESETS["quick"], digits, home / "models" / "again"))
    assert again.metadata.data_set.fingerprint == model.metadata.data_set.fingerprint


def test_what_is_kept_has_half_the_width(tmp_path):
    clip = read_second(SAMPLES / "two.wav").clip
    encoder = Encoder()
    with FeatureStore(tmp_path, EMBEDDING_FEATURES, encoder) as store:
        store.add("two", clip)
        kept = store.open_rows(["two"])[:]
    (file,) = tmp_path.glob("*.f16")
    assert file.stat().st_size == 2 * 288
    inputs = LogMelFrontEnd(EMBEDDING_FEATURES).model_input(clip.samples[np.newaxis])
    np.testing.assert_allclose(kept, encoder(inputs), atol=0.01, rtol=0.002)


def test_one_person_is_enough_and_judged_in_turns(tmp_path):
    folder = write_recordings(tmp_path / "mine", ("banana", "tea"), ("me",), takes=5)
    heard = []
    bundle = train(preset_config(PRESETS["quick"], folder, tmp_path / "new"), heard.append)
    (evaluated,) = of(heard, events.Evaluated)
    assert evaluated.evaluation.clips == 10
    assert len(evaluated.evaluation.clip_results) == 10
    assert "judged by a copy that had not learned from it" in bundle.metadata.metrics.tested_on
    (data,) = of(heard, events.Data)
    assert (data.split.train.clips, data.split.test.clips) == (10, 0)
    assert "10 clips of 1 speaker for learning." in str(data)


def test_what_was_corrected_is_learned_as_it_was_said_and_the_card_says_so(tmp_path):
    folder = write_recordings(tmp_path / "mine", ("banana", "tea"), ("me",), takes=5)
    also = write_recordings(tmp_path / "more", ("banana", "tea"), ("you",), takes=2)
    (folder / "tea" / "me_nohash_0.wav").rename(folder / "banana" / "me_nohash_9.wav")
    CorrectionList(folder).set("banana/me_nohash_9.wav", "tea")
    CorrectionList(also).set("tea/you_nohash_0.wav", None)
    config = replace(preset_config(PRESETS["quick"], folder, tmp_path / "new"), also=(also,))
    bundle = train(config)
    assert load_bundle(bundle.path).metadata.data_set.corrections == CorrectionReport(1, 1)
    assert "1 clip counts as another word" in read_card(bundle.path)
    truth = {clip.name: clip.label for clip in read_evaluation(bundle.path).clip_results}
    assert truth["banana/me_nohash_9.wav"] == "tea"


def test_whoever_is_set_aside_is_not_learned_from(digits, told, model):
    (data,) = of(told, events.Data)
    assert (data.split.train.speakers, data.split.validation.clips) == (4, 0)
    assert data.split.test.speakers == 1
    assert "for learning, 12 clips of 1 speaker for the test." in str(data)
    (evaluated,) = of(told, events.Evaluated)
    assert len({clip.name.split("/")[1][:6] for clip in evaluated.evaluation.clip_results}) == 1


def test_a_random_split_is_obeyed(tmp_path, digits):
    config = replace(preset_config(PRESETS["quick"], digits, tmp_path / "new"), split="random")
    heard = []
    bundle = train(config, heard.append)
    (data,) = of(heard, events.Data)
    assert (data.split.train.clips, data.split.validation.clips) == (48, 12)
    assert bundle.metadata.metrics.tested_on == "seen people"


def test_other_words_and_noises_of_the_folder_are_learned_too(tmp_path, digits):
    config = replace(preset_config(PRESETS["quick"], digits, tmp_path / "new"), labels=WORDS[:2])
    heard = []
    bundle = train(config, heard.append)
    assert bundle.metadata.labels == (*WORDS[:2], SILENCE, UNKNOWN)
    assert UNKNOWN in of(heard, events.Evaluated)[0].evaluation.per_label


def test_a_word_alone_cannot_be_taught(tmp_path):
    folder = write_recordings(tmp_path / "data", ("one",))
    with pytest.raises(DataSetError, match="at least two labels"):
        train(preset_config(PRESETS["quick"], folder, tmp_path / "new"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("request_", [Request.STOP, Request.CANCEL])
def test_it_can_be_ended_and_leaves_nothing(tmp_path, digits, request_):
    ended = []

    def report(event):
        ended.extend([event] if isinstance(event, events.Data) else [])

    config = preset_config(PRESETS["quick"], digits, tmp_path / "models" / "new")
    assert train(config, report, lambda: request_ if ended else Request.GO_ON) is None
    assert list((tmp_path / "models").iterdir()) == []


def test_of_very_many_clips_some_are_learned(tmp_path, digits, monkeypatch):
    monkeypatch.setattr(quick, "MOST_LEARNED", 12)
    learned = []
    learn = quick.learn

    def watch(lesson, on_turn):
        learned.append(lesson)
        return learn(lesson, on_turn)

    monkeypatch.setattr(quick, "learn", watch)
    train(preset_config(PRESETS["quick"], digits, tmp_path / "new"))
    assert np.bincount(learned[0].truth, minlength=3)[:3].tolist() == [4, 4, 4]


# --- what is done with its model ----------------------------------------------------------


EVERYTHING = """
import sys
from pathlib import Path
from app.__main__ import main
from core.places import SAMPLES
folder, model, exported = sys.argv[1:]
sample = SAMPLES / "two.wav"
assert main(["train", folder, "--preset", "quick", "--output", model, "--json"]) == 0
assert main(["recognise", str(sample), "--model", model]) == 0
assert main(["listen", "--source", str(sample), "--model", model]) == 0
assert main(["evaluate", folder, "--model", model]) == 0
assert main(["export", model, "--output", exported]) == 0
from core.recognition.bundle import load_bundle
from core.recognition.occlusion import occlusion_map
from core.recognition.recogniser import DigitRecogniser
from core.sound.features import LogMelFrontEnd
from core.sound.sound_file import read_second
recogniser = DigitRecogniser(load_bundle(Path(model)))
found = occlusion_map(recogniser, read_second(sample).clip)
assert found.label == "two" and found.strongest
assert not {"tensorflow", "keras", "librosa"} & set(sys.modules)
"""


def test_everything_but_keras_files_needs_no_tensorflow(tmp_path, digits):
    model, exported = tmp_path / "models" / "new", tmp_path / "network.tflite"
    done = subprocess.run(
        [sys.executable, "-c", EVERYTHING, *map(str, (digits, model, exported))],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [line["event"] for line in told if line["event"] == "saved"] == ["saved"]
    assert "two" in done.stdout
    assert exported.read_bytes() == load_bundle(model).tflite.read_bytes()


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_keras_gets_the_same_network(model, tmp_path, suffix):
    import keras

    file = tmp_path / f"network{suffix}"
    file.write_bytes(network_file(model, suffix))
    network = keras.models.load_model(file, compile=False, safe_mode=True)
    recogniser = DigitRecogniser(model)
    takes = np.stack([read_second(SAMPLES / f"{word}.wav").clip.samples for word in WORDS])
    inputs = recogniser.model_input(takes)
    found = np.asarray(network(inputs, training=False))
    np.testing.assert_allclose(found, recogniser._answers(inputs), atol=1e-4)
    assert load_network(model).count_params() == model.metadata.parameters


def test_a_bundle_that_had_a_network_of_keras_must_have_it(model, tmp_path):
    path = copy_bundle(tmp_path / "copy")
    (path / "model.keras").unlink()
    with pytest.raises(BundleError, match=r"has no model\.keras"):
        load_bundle(path)
    assert not model.keras.exists()
    assert "model.keras" not in (model.path / SUMS_FILE).read_text(encoding="utf-8")
