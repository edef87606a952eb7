"""What the command tells of a folder is read back as what it was."""

import json

import pytest

from core.dataset.health import FolderReport, LabelReport, Side, SplitReport
from core.dataset.scan import scan
from core.dataset.splits import split
from core.records import from_json, to_json
from tests.helpers.recordings import LABELS, write_recordings


@pytest.fixture(scope="module")
def data_set(tmp_path_factory):
    folder = write_recordings(tmp_path_factory.mktemp("report") / "data", takes=1)
    (folder / "one" / "bad.wav").write_text("no sound")
    return scan(folder)


def test_a_folder_and_its_split(data_set):
    sides = split(data_set, LABELS)
    told = json.loads(json.dumps(data_set.to_json() | {"split": sides.to_json()}))
    report = FolderReport.from_json(told)
    assert (report.clips, report.speakers, report.folder) == (15, 5, str(data_set.folder))
    assert report.labels["two"] == LabelReport(5, 5, 5.0)
    assert [p.path for p in report.problems] == [p.path for p in data_set.problems]
    assert report.problems[0].sentence == data_set.problems[0].detail
    assert sum(report.problem_counts.values()) == len(data_set.problems)
    assert report.split_problem is None
    assert report.split == from_json(SplitReport, sides.to_json())
    assert to_json(report.split) == sides.to_json()
    assert report.split.test == Side(3, 1)


def test_a_folder_that_cannot_be_divided_says_why(data_set):
    report = FolderReport.from_json(data_set.to_json() | {"split": {"error": "Too few {clips}."}})
    assert report.split is None
    assert str(report.split_problem) == "Too few {clips}."


@pytest.mark.parametrize(
    "change",
    [
        {"labels": []},
        {"labels": {"one": 3}},
        {"clips": "many"},
        {"problems": [{"kind": "empty"}]},
        {"split": {"error": 1}},
        {"split": {"kind": "speaker"}},
        {"seconds": 10**400},
    ],
)
def test_what_is_no_report_is_a_value_error(data_set, change):
    with pytest.raises(ValueError, match=r"cannot be|missing|not an object|number"):
        FolderReport.from_json(data_set.to_json() | change)
    with pytest.raises(ValueError, match=r"not an object"):
        FolderReport.from_json([])
