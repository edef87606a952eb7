import json
import os

import pytest

from core.labels import DIGITS, digit_of, enumerated, printable


@pytest.mark.parametrize(
    ("name", "digit"),
    [
        ("zero", "zero"),
        ("Zero", "zero"),
        ("ONE", "one"),
        ("two ", "two"),
        ("3", "three"),
        ("03", "three"),
        ("0", "zero"),
        ("000", "zero"),
        ("one_1", "one"),
        ("4_four", "four"),
        ("05 Five", "five"),
        ("six (2)", "six"),
        ("seven7", "seven"),
        ("\t8\n", "eight"),
    ],
)
def test_a_digit_is_known_however_it_is_written(name, digit):
    assert digit_of(name) == digit


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "10", "60", "-1", "1.5", "1 2", "one two", "someone", "s1", "cat", "\u0663"),
        *("0x1", "9" * 5000, "_one_hundred"),
    ],
)
def test_what_says_no_digit_or_something_else_is_none(name):
    assert digit_of(name) is None


def test_names_are_text_when_they_leave():
    raw = os.fsdecode(b"caf\xe9")
    assert printable(raw) == "caf\\xe9"
    assert printable("a\nb\x1b[2J\u202e\ud800\U000e0001") == (
        "a\\nb\\x1b[2J\\u202e\\ud800\\U000e0001"
    )
    for plain in (
        "zero",
        "Größe",
        "伊藤\u3000太郎",
        "\u0645\u06cc\u200c\u062e",
        "a b\u00a0c",
        "👋",
    ):
        assert printable(plain) == plain
    every = "".join(map(chr, range(0x10000)))
    assert json.loads(json.dumps(printable(every), ensure_ascii=False).encode()) == printable(every)
    assert not {"\n", "\r", "\t", "\x1b", "\x85", "\u2028"} & set(printable(every))


def test_long_names_lose_their_middle():
    assert printable("a" * 100 + "b" * 100, 11) == "aaaaa…bbbbb"
    assert printable("a" * 100, 10) == "aaaaa…aaaa"
    assert printable("short", 5) == "short"


def test_many_names_are_bounded():
    assert str(enumerated(DIGITS)) == ", ".join(DIGITS)
    assert str(enumerated(map(str, range(500)), 3)) == "0, 1, 2 and 497 more"
    assert len(str(enumerated(["x" * 9000] * 9000))) < 700
