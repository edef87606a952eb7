import csv
import io
import json
import re
from itertools import pairwise

import pytest

from core.export.words import FORMATS
from core.recognition.words import Transcript, Word

WORDS = [
    Word(0.5, 0.9, "four", 0.95),
    Word(1.25, 1.75, 'say "five"', 0.5),
    Word(1.7, 2.0, "a\tb", 1),
]


def written(kind, words=WORDS, seconds=3.0):
    return FORMATS[kind].write(Transcript(words, seconds))


def test_a_table_can_be_read_back():
    rows = list(csv.reader(io.StringIO(written("csv"))))
    assert rows[0] == ["start", "end", "label", "confidence"]
    assert rows[1] == ["0.500", "0.900", "four", "0.9500"]
    assert rows[2][2] == 'say "five"'
    assert rows[3][2] == "a\\tb"


def test_json_lines_hold_the_label_as_it_is():
    words = [json.loads(line) for line in written("json").splitlines()]
    assert [word["label"] for word in words] == ["four", 'say "five"', "a\tb"]
    assert words[0] == {"start": 0.5, "end": 0.9, "label": "four", "confidence": 0.95}


def test_audacity_gets_three_fields_a_line():
    fields = [line.split("\t") for line in written("audacity").splitlines()]
    assert fields[0] == ["0.500000", "0.900000", "four"]
    assert all(len(row) == 3 for row in fields)


def test_a_line_says_when_what_and_how_sure():
    assert written("text").splitlines()[0].split() == ["0.50", "s", "four", "95.0", "%"]


def intervals(text, tier):
    part = text.split("item [")[tier + 1]
    found = re.findall(r'xmin = (\S+)\s+xmax = (\S+)\s+text = "((?:[^"]|"")*)"', part)
    assert f"intervals: size = {len(found)}" in part
    return [(float(a), float(b), text.replace('""', '"')) for a, b, text in found]


@pytest.mark.parametrize("words", [[], WORDS, [Word(0.0, 3.0, "one", 0.7)]])
def test_the_tiers_of_a_textgrid_are_whole_and_alike(words):
    text = written("textgrid", words)
    assert text.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n')
    said, sure = intervals(text, 1), intervals(text, 2)
    assert said[0][0] == 0
    assert said[-1][1] == 3.0
    assert all(before[1] == after[0] for before, after in pairwise(said))
    assert all(first < last for first, last, _ in said)
    assert [row[:2] for row in said] == [row[:2] for row in sure]
    expected = [word.label.replace("\t", "\\t") for word in words]
    assert [row[2] for row in said if row[2]] == expected


@pytest.mark.parametrize("kind", FORMATS)
def test_no_words_are_no_failure(kind):
    assert "\0" not in written(kind, [])
