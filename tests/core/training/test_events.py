import json
from pathlib import Path

import pytest

from core.dataset.health import CorrectionReport, Side, SplitReport
from core.evaluation.report import (
    ClipResult,
    Condition,
    ConfidenceBin,
    EvaluationReport,
    FalseAlarms,
    LabelFigures,
    Rejection,
    Reliability,
    RobustnessReport,
    SpeakerFigures,
    TurnedDown,
)
from core.recognition.metadata import BeforeAndAfter
from core.records import fields_to_json
from core.sentences import say
from core.training import events

SPLIT = SplitReport("speaker", 0, Side(8, 2), Side(2, 1), Side(0, 0))
EVALUATION = EvaluationReport(
    accuracy=0.5,
    accuracy_interval=(0.4, 0.6),
    clips=10,
    speakers=2,
    per_label={"one": LabelFigures(1.0, 0.5, 0.6667, 10)},
    confusion=((5, 5), (0, 0)),
    labels=("one", "zwei 日本"),
    skipped=0,
    calibration=Reliability(0.1, (ConfidenceBin(0.6, 0.5, 10),)),
    clip_results=(ClipResult("one/a.wav", "one", "zwei 日本", 0.9),),
    robustness=RobustnessReport(
        (Condition("clean", 10, 0.5, 0.4), Condition("12 dB louder", 10, 0.5)),
        SpeakerFigures(2, 0.4, 0.6),
        Rejection(0.5, 0.9, TurnedDown(4, 0.5, 0.75), None),
        noise=FalseAlarms(0.1, 2.5),
    ),
)
YOURS = BeforeAndAfter(8, 4, 7)
FULL = say("{path} cannot be written: {reason}.", path=Path("/models"), reason=say("full"))
ALL = [
    (events.Progress("scan", 1, 2), "progress", ""),
    (events.Advanced(0.25, 12.5), "advanced", ""),
    (events.Data(("one", "zwei 日本"), SPLIT, 3), "data", "2 labels, 3 problems"),
    (
        events.Data(("one", "two"), SPLIT, 0, CorrectionReport(30, 2)),
        "data",
        "30 clips count as other words than their names say, and 2 bad clips are left out.",
    ),
    (events.Start("notebook-cnn", 72833, 100, 1, 12), "start", "72,833 parameters"),
    (events.Batch(1, 5, 12, 3.5), "batch", ""),
    (events.Epoch(2, 0.5, 0.75, 0.25, 0.875, 1.5, True), "epoch", "epoch   2  loss 0.5000"),
    (events.Stopping("early", 4), "stopping", "not fallen for long; epoch 4 is kept"),
    (events.Evaluated(EVALUATION), "evaluated", "50.0 % (40.0 % to 60.0 %) on 10 clips"),
    (events.Saved("/models/new"), "saved", "saved to /models/new"),
    (events.Cancelled(), "cancelled", "nothing is kept"),
    (
        events.Adapted(bundle="/models/mine", model="old", yours=YOURS, folds=3, speakers=("me",)),
        "adapted",
        "50.0 % before, 87.5 % after, of 8 clips",
    ),
    (events.Exported("/models/mine.h5"), "exported", "/models/mine.h5"),
    (events.Failed(FULL), "failed", "/models cannot be written: full."),
]


@pytest.mark.parametrize(("event", "name", "words"), ALL)
def test_an_event_is_one_line_of_json_and_a_sentence(event, name, words):
    line = event.to_json()
    assert "\n" not in line
    assert line.isascii()
    told = json.loads(line)
    assert told.pop("event") == name
    if not isinstance(event, events.Failed):
        assert told == fields_to_json(event)
    assert words in str(event)


@pytest.mark.parametrize(("event", "name", "words"), ALL)
def test_whoever_reads_the_line_has_the_same_event_again(event, name, words):
    read = events.from_json(event.to_json())
    assert type(read) is type(event)
    assert events.from_json(json.loads(event.to_json())) == read
    assert str(read) == str(event)
    if not isinstance(event, events.Failed):
        assert read == event


def test_why_a_run_failed_can_be_said_in_another_language():
    line = events.Failed(FULL).to_json()
    assert json.loads(line)["error"] == str(FULL)
    sentence = events.from_json(line).sentence
    assert sentence.text == FULL.text
    assert sentence.values == {"path": "/models", "reason": say("full")}
    assert str(events.from_json({"event": "failed", "error": "Why {not}?"})) == "Why {not}?"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        '{"event": "party"}',
        '{"event": ["epoch"]}',
        '{"event": "progress", "what": "scan", "done": 1}',
        '{"event": "progress", "what": "scan", "done": "1", "total": 2}',
        '{"event": "progress", "what": "scan", "done": true, "total": 2}',
        '{"event": "stopping", "reason": "done", "best_epoch": NaN}',
        '{"event": "stopping", "reason": "done", "best_epoch": 1' + "0" * 400 + "}",
        '{"event": "adapted", "bundle": "x", "model": "y", "yours": 1}',
        '{"event": "failed"}',
        '{"event": "failed", "error": "x", "sentence": "x"}',
        '{"event": "data", "labels": %s, "split": 1, "problems": 1}'
        % ("[" * 50_000 + "]" * 50_000),
        events.Evaluated(EVALUATION).to_json().replace("[5, 5]", "[5]"),
        events.Evaluated(EVALUATION).to_json().replace('"clips": 10', '"clips": [10]'),
    ],
)
def test_what_is_no_event_is_a_value_error(line):
    with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
        events.from_json(line)


def test_every_event_is_tested_here():
    known = {kind for kind in vars(events).values() if isinstance(kind, type)}
    assert {type(event) for event, *_ in ALL} == {
        kind for kind in known if issubclass(kind, events.Event) and kind is not events.Event
    }
