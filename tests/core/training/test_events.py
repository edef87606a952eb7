import json
from dataclasses import asdict

import pytest

from core.training import events

SPLIT = {
    "train": {"clips": 8, "speakers": 2},
    "validation": {"clips": 2, "speakers": 1},
    "test": {"clips": 0, "speakers": 0},
    "shared_speakers": 0,
}
EVALUATION = {"accuracy": 0.5, "accuracy_interval": [0.4, 0.6], "clips": 10, "speakers": 2}
YOURS = events.BeforeAndAfter(8, 4, 7)
NONE = events.BeforeAndAfter(0, 0, 0)
ALL = [
    (events.Progress("scan", 1, 2), "progress", ""),
    (events.Data(["one", "zwei 日本"], SPLIT, 3), "data", "2 labels, 3 problems"),
    (events.Start("notebook-cnn", 72833, 100, 1, 12), "start", "72,833 parameters"),
    (events.Batch(1, 5, 12, 3.5), "batch", ""),
    (events.Epoch(2, 0.5, 0.75, 0.25, 0.875, 1.5, True), "epoch", "epoch   2  loss 0.5000"),
    (events.Stopping("early", 4), "stopping", "not fallen for long; epoch 4 is kept"),
    (events.Evaluated(EVALUATION), "evaluated", "50.0% (40.0% to 60.0%) on 10 clips"),
    (events.Saved("/models/new"), "saved", "saved to /models/new"),
    (events.Cancelled(), "cancelled", "nothing is kept"),
    (
        events.Adapted("/models/mine", "old", YOURS, 3, 8, NONE, NONE, 1, 40.0, False),
        "adapted",
        "50.0% before, 87.5% after, of 8 clips",
    ),
    (events.Failed("The disk is\nfull."), "failed", "The disk is\nfull."),
]


@pytest.mark.parametrize(("event", "name", "words"), ALL)
def test_an_event_is_one_line_of_json_and_a_sentence(event, name, words):
    line = event.to_json()
    assert "\n" not in line
    assert line.isascii()
    assert json.loads(line) == {"event": name} | asdict(event)
    assert words in str(event)


def test_every_event_is_tested_here():
    known = {kind for kind in vars(events).values() if isinstance(kind, type)}
    assert {type(event) for event, *_ in ALL} == {
        kind for kind in known if issubclass(kind, events.Event) and kind is not events.Event
    }
