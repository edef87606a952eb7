"""What is said of a folder, a model and its mistakes."""

from dataclasses import replace

import pytest

from app.train.verdict import confusions, folder_verdict, model_verdict
from core.dataset.health import FolderReport, Side, SplitReport
from core.evaluation.report import EvaluationReport
from tests.helpers.fake_program import EVALUATION, REPORT, SPLIT

FIGURES = EvaluationReport.from_json(EVALUATION)
SIDE = Side(8, 2)
BY_SPEAKER = SplitReport("speaker", 0, SIDE, SIDE, SIDE)


def folder(**changes):
    return FolderReport.from_json({"folder": "x", **REPORT, "split": SPLIT} | changes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "18 clips of 3 words can be used; 1 file is left out; 3 people: the test is weak."),
        ({"speakers": 12, "problem_counts": {}}, "18 clips of 3 words can be used; 12 people."),
        (
            {"speakers": 1, "problem_counts": {"longer than a second": 2, "speaker unknown": 5}},
            "18 clips of 3 words can be used; 2 are longer than a second; one person: how well "
            "others are understood cannot be tested.",
        ),
        ({"speakers": 0, "problem_counts": {}}, "18 clips of 3 words can be used."),
    ],
)
def test_what_a_folder_is_good_for(changes, told):
    assert folder_verdict(folder(**changes)) == told


@pytest.mark.parametrize(
    ("split", "told"),
    [
        (BY_SPEAKER, "75 % right for people it never heard; "),
        (replace(BY_SPEAKER, shared_speakers=2), "75 % right for people it has heard; "),
        (replace(BY_SPEAKER, kind="random"), "75 % right for people it has heard; "),
        (replace(BY_SPEAKER, unknown_speakers=3), "75 % right; "),
        (None, "75 % right; "),
    ],
)
def test_for_whom_a_model_is_right(split, told):
    verdict = model_verdict(FIGURES, split)
    assert verdict == f"{told}it takes “one” for “two” most often."


@pytest.mark.parametrize(
    ("accuracy", "clips", "told"),
    [
        (0.71, 4, "4 points better than the model in use"),
        (0.76, 4, "1 point worse than the model in use"),
        (0.7501, 4, "as good as the model in use"),
        (0.71, 2, "with words that the model in use does not know"),
    ],
)
def test_a_model_is_compared_with_the_one_in_use(accuracy, clips, told):
    in_use = replace(FIGURES, accuracy=accuracy, clips=clips)
    assert model_verdict(FIGURES, BY_SPEAKER, in_use) == (
        f"75 % right for people it never heard, {told}; it takes “one” for “two” most often."
    )


def test_a_model_without_mistakes_takes_nothing_for_another():
    whole = replace(FIGURES, accuracy=1.0, confusion=((2, 0), (0, 2)))
    assert confusions(whole) == []
    assert model_verdict(whole, BY_SPEAKER) == "100 % right for people it never heard."
