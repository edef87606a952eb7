import json
from pathlib import Path

import numpy as np
import pytest

from core.dataset.scan import Recording
from core.errors import DataSetError
from core.evaluation.accuracy import Evaluation, evaluate, load_tested_clips, wilson_interval
from core.places import SAMPLES
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser
from tests.helpers.bundles import NOTEBOOK

LABELS = ("one", "two", "three")


def recording(label, speaker="s1", path=None):
    name = f"{label}/{speaker}"
    return Recording(path or Path(name), name, label, speaker, name, 1.0, 8000)


def answered(*pairs):
    """Make an evaluation of (label, answer) pairs."""
    rows = np.zeros((len(pairs), 3), np.float32)
    for row, (_, answer) in zip(rows, pairs, strict=True):
        row[:] = 0.1
        row[LABELS.index(answer)] = 0.8
    return Evaluation(LABELS, tuple(recording(label) for label, _ in pairs), rows, skipped=2)


def test_the_figures_of_a_known_case():
    pairs = [("one", "one")] * 6 + [("one", "two")] * 2 + [("two", "two")] * 2
    figures = answered(*pairs).report(with_clips=True).to_json()
    assert figures["accuracy"] == 0.8
    assert figures["confusion"] == [[6, 2, 0], [0, 2, 0], [0, 0, 0]]
    assert figures["per_label"] == {
        "one": {"precision": 1.0, "recall": 0.75, "f1": 0.8571, "clips": 8},
        "two": {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "clips": 2},
    }
    assert (figures["clips"], figures["speakers"], figures["skipped"]) == (10, 1, 2)
    assert figures["labels"] == list(LABELS)
    assert figures["clip_results"][6] == {
        "name": "one/s1",
        "label": "one",
        "answer": "two",
        "confidence": 0.8,
    }
    assert "clip_results" not in answered(*pairs).report().to_json()
    assert json.loads(json.dumps(figures)) == figures


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
    ],
)
def test_wilsons_interval(right, total, low, high):
    assert wilson_interval(right, total) == pytest.approx((low, high), abs=1e-4)


def test_recordings_that_are_gone_are_said(recogniser, tmp_path):
    with pytest.raises(DataSetError, match="can be read any more"):
        evaluate(recogniser, [recording("one", path=tmp_path / "gone.wav")])


@pytest.fixture(scope="module")
def recogniser():
    return DigitRecogniser(load_bundle(NOTEBOOK))


def test_a_model_is_asked_about_files_and_the_rest_is_counted(recogniser, tmp_path):
    clips = [recording(path.stem, path=path) for path in sorted(SAMPLES.glob("*.wav"))]
    unknown = recording("cat", path=clips[0].path)
    gone = recording("one", path=tmp_path / "gone.wav")
    told = []
    result = evaluate(recogniser, [*clips, unknown, gone], lambda *x: told.append(x))
    assert result.recordings == tuple(clips)
    assert result.skipped == 2
    assert told == [(0, 11), (11, 11)]
    np.testing.assert_allclose(result.probabilities.sum(axis=1), 1, atol=1e-5)
    right = [r.label == result.labels[n] for r, n in zip(clips, result.answers, strict=True)]
    assert result.accuracy == np.mean(right)


def test_without_a_label_that_the_model_knows_it_says_so(recogniser):
    with pytest.raises(DataSetError, match="None of the recordings has a label"):
        evaluate(recogniser, [recording("cat")])


def test_the_clips_that_a_model_was_tested_on_are_read_from_its_bundle(tmp_path):
    with pytest.raises(DataSetError, match="does not tell"):
        load_tested_clips(tmp_path)
    results = answered(("one", "one"), ("two", "one")).report(with_clips=True)
    (tmp_path / "evaluation.json").write_text(json.dumps(results.to_json()))
    assert load_tested_clips(tmp_path) == {"one/s1", "two/s1"}
