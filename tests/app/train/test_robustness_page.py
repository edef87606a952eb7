"""What the page of difficult sound says."""

import pytest

from app.train.results_page import ResultsPage
from app.train.robustness_page import RobustnessPage
from core.evaluation.report import EvaluationReport

EVALUATION = {
    "calibration": {
        "error": 0.05,
        "bins": [
            {"confidence": 0.6, "accuracy": 0.5, "clips": 10},
            {"confidence": 0.95, "accuracy": 1.0, "clips": 30},
        ],
    },
    "robustness": {
        "conditions": [
            {"name": "clean", "clips": 40, "accuracy": 0.9, "reference": 0.5},
            {"name": "noise at 0 dB", "clips": 40, "accuracy": 0.7, "reference": 0.2},
        ],
        "speakers": {"count": 4, "worst": 0.5, "median": 1.0},
        "rejection": {
            "threshold": 0.4,
            "words_accepted": 0.99,
            "other_words": {"clips": 20, "turned_down": 0.95, "turned_down_at_97": 1.0},
            "noises": {"clips": 8, "turned_down": 1.0},
        },
        "noise": {"hours": 0.1, "false_alarms_an_hour": 10.0},
    },
}


def report(figures):
    """Return a report with some figures, and others that do not matter here."""
    others = {
        "accuracy": 0.9,
        "accuracy_interval": [0.8, 0.95],
        "clips": 40,
        "speakers": 4,
        "per_label": {},
        "confusion": [],
        "labels": [],
        "skipped": 0,
    }
    return EvaluationReport.from_json(others | figures)


@pytest.fixture
def page(qtbot):
    page = RobustnessPage()
    qtbot.addWidget(page)
    return page


def cells(page):
    table = page.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_every_condition_has_a_row_beside_the_reference(page):
    page.show_evaluation(report(EVALUATION))
    assert cells(page) == [
        ["clean", "40", "90.0 %", "50.0 %"],
        ["noise at 0 dB", "40", "70.0 %", "20.0 %"],
    ]
    assert not page.table.isColumnHidden(3)


def test_the_rest_is_said_in_words(page):
    page.show_evaluation(report(EVALUATION))
    for told in (
        "4 speakers",
        "95 % of 20 other words",
        "100 % of 8 noises",
        "10.0 false",
        "0.050",
    ):
        assert told in page.text
    assert page.diagram.accessibleDescription() == "60 %: 50 %, 95 %: 100 %"


def test_an_evaluation_without_it_says_what_to_do(page):
    page.show_evaluation(report(EVALUATION))
    page.show_evaluation(report({"calibration": EVALUATION["calibration"]}))
    assert cells(page) == []
    assert "Evaluate the model on a folder" in page.text
    assert page.table.isColumnHidden(3)


def test_groups_of_speakers_and_who_is_right_least_have_a_page(qtbot, changes, settings):
    results = ResultsPage(changes, settings)
    qtbot.addWidget(results)
    group = {"name": "am…", "speakers": 3, "clips": 1200, "right": 0.975, "answered": 0.96}
    person = {"name": "am7", "speakers": 1, "clips": 8, "right": 0.5, "answered": 0.25}
    for row in (group, person):
        row["interval"] = [0.25, 0.9876]
    measured = EVALUATION["robustness"] | {"groups": [group], "lowest": [person]}
    results.show_evaluation(report({"robustness": measured}))
    table = results.speakers
    rows = [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    assert rows == [
        ["am…", "3", "1,200", "97.5 %", "25.0 % – 98.8 %", "96.0 %"],
        ["least right: am7", "1", "8", "50.0 %", "25.0 % – 98.8 %", "25.0 %"],
    ]
