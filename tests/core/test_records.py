"""What is read of JSON that anybody may have written is what it should be, or a ValueError."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from core.records import fields_to_json, from_json, json_bytes, parse_json, read_json, to_json
from core.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Leaf:
    share: float
    clips: int = 0


@dataclass(frozen=True, slots=True)
class Tree:
    name: str
    leaves: tuple[Leaf, ...]
    pair: tuple[float, float]
    kind: Literal["oak", "elm"]
    by_name: dict[str, Leaf]
    evergreen: bool
    place: Path
    must_be_said: Leaf | None
    why: Sentence | None = None
    rest: dict[str, Any] | None = None


TREE = Tree(
    "zwei 日本",
    (Leaf(0.5, 2), Leaf(1.0)),
    (0.0, 1.0),
    "oak",
    {"a": Leaf(0.25)},
    True,
    Path("/a/b"),
    None,
    say("{n} leaves", n=2),
    {"anything": [1, {"b": None}]},
)


def test_what_is_written_is_read_back():
    data = json.loads(json.dumps(to_json(TREE)))
    assert from_json(Tree, data) == TREE
    assert data["must_be_said"] is None
    assert from_json(tuple[Tree, ...], [data, data]) == (TREE, TREE)


def test_what_is_none_by_default_is_left_out_and_what_is_unknown_ignored():
    data = fields_to_json(Tree("", (), (0, 1), "elm", {}, False, Path("x"), Leaf(0.1)))
    assert not {"why", "rest"} & set(data)
    assert from_json(Tree, data | {"more": 1}).must_be_said == Leaf(0.1)


@pytest.mark.parametrize(
    "change",
    [
        {"name": 1},
        {"name": None},
        {"leaves": {}},
        {"leaves": [1]},
        {"leaves": [{"clips": 1}]},
        {"leaves": [{"share": "0.5"}]},
        {"leaves": [{"share": True}]},
        {"leaves": [{"share": math.nan}]},
        {"leaves": [{"share": 10**400}]},
        {"leaves": [{"share": 0.5, "clips": 1.5}]},
        {"leaves": [{"share": 0.5, "clips": True}]},
        {"pair": [0.0]},
        {"pair": [0.0, 1.0, 2.0]},
        {"kind": "ash"},
        {"kind": ["oak"]},
        {"by_name": []},
        {"by_name": {"a": 1}},
        {"evergreen": 1},
        {"place": 3},
        {"must_be_said": []},
        {"why": "because"},
        {"rest": 3},
    ],
)
def test_what_is_of_another_kind_at_any_depth_is_refused(change):
    with pytest.raises(ValueError, match=r"cannot be|missing|not an object|number|not a sentence"):
        from_json(Tree, to_json(TREE) | change)


@pytest.mark.parametrize("missing", ["name", "must_be_said"])
def test_what_has_no_default_must_be_there(missing):
    data = to_json(TREE)
    del data[missing]
    with pytest.raises(ValueError, match=f"{missing} is missing"):
        from_json(Tree, data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        '{"a": [1, Infinity]}',
        '{"a": -Infinity}',
        '{"a": {"b": 1%s}}' % ("0" * 400),
        "1" * 5000,
        "-1" + "0" * 400,
        "1e999",
        "[" * 100_000,
        "[" * 30 + "]" * 30,
        '{"a":' * 30 + "1" + "}" * 30,
        "\0" * 100,
    ],
)
def test_numbers_that_are_none_and_what_nests_too_deeply_is_no_json(text):
    with pytest.raises(ValueError, match=r"."):
        parse_json(text)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.json"
    path.write_bytes(json_bytes(["x" * 100]))
    assert read_json(path) == ["x" * 100]
    with pytest.raises(ValueError, match=r"has 1.. bytes"):
        read_json(path, largest=99)


def test_names_that_are_no_text_survive_a_file(tmp_path):
    path = tmp_path / "names.json"
    path.write_bytes(json_bytes({"caf\udce9": "日本"}))
    assert read_json(path) == {"caf\udce9": "日本"}
    assert "日本" in path.read_text(encoding="utf-8")
