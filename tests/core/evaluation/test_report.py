"""What a bundle says of its test set is what it should be, or a sentence."""

import json

import pytest

from core.errors import BundleError, DataSetError
from core.evaluation.accuracy import load_tested_clips
from core.evaluation.report import EvaluationReport, read_evaluation
from core.places import DEFAULT_MODEL, SHIPPED_MODELS
from core.recognition.bundle import find_bundles


def evaluation():
    return json.loads((DEFAULT_MODEL / "evaluation.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", find_bundles(SHIPPED_MODELS), ids=lambda path: path.name)
def test_what_the_shipped_models_say_is_read_and_written_as_it_is(path):
    data = json.loads((path / "evaluation.json").read_text(encoding="utf-8"))
    report = read_evaluation(path)
    assert report.to_json() == data
    assert report.figures.clips == len(report.clip_results)
    assert report.robustness.conditions[0].name == "clean"


def test_a_bundle_need_not_have_been_evaluated(tmp_path):
    assert read_evaluation(tmp_path) is None


@pytest.mark.parametrize(
    "change",
    [
        {"accuracy": "high"},
        {"accuracy": None},
        {"accuracy_interval": [0.5]},
        {"clips": 1.5},
        {"per_label": []},
        {"per_label": {"one": {"precision": 1}}},
        {"confusion": [[1]]},
        {"confusion": [["x"] * 12] * 12},
        {"labels": "abc"},
        {"calibration": {"error": 0.1, "bins": {}}},
        {"clip_results": [{"name": 1}]},
        {"robustness": {"conditions": [1]}},
        {"robustness": []},
    ],
)
def test_what_is_wrong_at_any_depth_is_a_sentence(tmp_path, change):
    (tmp_path / "evaluation.json").write_text(json.dumps(evaluation() | change))
    with pytest.raises(BundleError, match=r"evaluation\.json of the model .* is damaged"):
        read_evaluation(tmp_path)
    with pytest.raises(DataSetError, match="is damaged"):
        load_tested_clips(tmp_path)


@pytest.mark.parametrize("number", ["NaN", "1" + "0" * 400, "-Infinity", "[" * 5000])
def test_figures_that_are_no_numbers_are_a_sentence(tmp_path, number):
    text = json.dumps(evaluation()).replace(str(evaluation()["accuracy"]), number)
    (tmp_path / "evaluation.json").write_text(text)
    with pytest.raises(BundleError, match="is damaged"):
        read_evaluation(tmp_path)


def test_a_report_without_clips_or_robustness_has_none():
    data = evaluation()
    for name in ("clip_results", "robustness", "calibration"):
        del data[name]
    report = EvaluationReport.from_json(data)
    assert (report.clip_results, report.robustness, report.calibration) == ((), None, None)
    assert report.to_json() == data
