import csv
import io
import json
import os
from datetime import UTC, datetime

import numpy as np

from core.export.clips import ClipRow, clips_csv, clips_jsonl

NOON = datetime(2026, 3, 4, 12, 0, 0, 500_000, tzinfo=UTC)
KNOWN = ClipRow(
    file="two/ann, the first.wav",
    expected="two",
    heard="ten",
    confidence=np.float32(0.98766),
    model="speech-embedding",
    seconds=1,
    level_dbfs=np.float64(-23.456),
    time=NOON,
    state="corrected",
)
HEADER = ["file", "expected", "heard", "confidence", "model"]
HEADER += ["seconds", "level_dbfs", "time", "state"]


def table(rows):
    return list(csv.reader(io.StringIO(clips_csv(rows))))


def test_a_clip_is_a_row_of_a_table():
    assert table([KNOWN, ClipRow(file="a.wav")]) == [
        HEADER,
        [
            *("two/ann, the first.wav", "two", "ten", "0.9877", "speech-embedding"),
            *("1.000", "-23.5", "2026-03-04T12:00:00+00:00", "corrected"),
        ],
        ["a.wav", *[""] * 8],
    ]


def test_a_clip_is_a_line_of_json():
    first, second = map(json.loads, clips_jsonl([KNOWN, ClipRow(file="a.wav")]).splitlines())
    assert list(first) == HEADER
    assert (first["file"], first["confidence"], first["seconds"]) == (KNOWN.file, 0.9877, 1.0)
    assert first["time"] == "2026-03-04T12:00:00+00:00"
    assert set(second.values()) == {"a.wav", None, ""}


def test_a_name_that_is_no_text_can_be_written_and_stays_one_line():
    row = ClipRow(file=os.fsdecode(b"caf\xe9\n\x1b[2J.wav"), expected="größe")
    assert table([row])[1][:2] == ["caf\\xe9\\n\\x1b[2J.wav", "größe"]
    clips_csv([row]).encode()
    (line,) = clips_jsonl([row]).encode().splitlines()
    assert json.loads(line)["file"] == row.file


def test_what_is_no_number_is_not_known():
    row = ClipRow(file="a.wav", confidence=float("nan"), level_dbfs=-np.inf)
    assert table([row])[1] == ["a.wav", *[""] * 8]
    assert json.loads(clips_jsonl([row]), parse_constant=str)["level_dbfs"] is None


def test_of_no_clips_there_is_a_header():
    assert table([]) == [HEADER]
    assert clips_jsonl([]) == ""
