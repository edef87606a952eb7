"""Wrong labels of a folder are found and put right by the real window, with its keys."""

import pytest
from PySide6.QtCore import Qt

from app.library.bar import WRONG
from app.library.review import MOVES
from core.dataset.scan import scan
from core.labels import DIGITS
from tests.helpers.sounds import sample_clip, write

PEOPLE = 6
SWAPPED = {("four", "one"): 2, ("nine", "three"): 0, ("six", "zero"): 5, ("two", "eight"): 1}
"""Of these two words, the clips of a person lie in the other's folder."""


@pytest.fixture
def folder(tmp_path):
    """A data set of a few people who say every digit, some of which lie in a wrong folder."""
    folder = tmp_path / "digits"
    for person in range(PEOPLE):
        for word in DIGITS:
            pair = next((p for p, who in SWAPPED.items() if word in p and who == person), None)
            label = word if pair is None else pair[1 - pair.index(word)]
            samples = sample_clip(word).samples * (1 - person / 20)
            write(folder / label / f"{word}{person}_nohash_0.wav", samples)
    return folder


def spoken(path):
    """The word that is really said in a file, and who says it."""
    word, _, _ = path.stem.partition("_")
    return word[:-1], int(word[-1])


def test_swapped_labels_are_shown_the_surest_first_and_mended_by_keys(qtbot, window, folder):
    window._settings.set_text(f"review/{folder}", MOVES)
    window.inspect_paths([folder])
    tab = window.inspection()
    table, bar = tab.clips, tab.list.bar
    qtbot.waitUntil(lambda: len(table.clips.clips) == 10 * PEOPLE, timeout=5000)
    qtbot.mouseClick(bar.buttons[WRONG], Qt.MouseButton.LeftButton)
    swapped = {(word, who) for pair, who in SWAPPED.items() for word in pair}
    qtbot.waitUntil(lambda: len(table.clips.shown) == len(swapped), timeout=15000)
    qtbot.waitUntil(lambda: not tab.controller.hearing.hears_all, timeout=15000)
    assert {spoken(clip.path) for clip in table.clips.shown} == swapped
    assert all(clip.named != spoken(clip.path)[0] for clip in table.clips.shown)
    sure = [clip.confidence for clip in table.clips.shown]
    assert sure == sorted(sure, reverse=True)
    assert bar.count.text() == f"{len(swapped)} of {10 * PEOPLE}"

    qtbot.keyClick(bar.field, Qt.Key.Key_Down)
    for left in reversed(range(len(swapped))):
        clip = table.current()
        word, _ = spoken(clip.path)
        if left % 2:
            qtbot.keyClick(table, Qt.Key.Key_Return)  # it is what the model heard
        else:
            qtbot.keyClick(table, str(DIGITS.index(word)))
        qtbot.waitUntil(lambda left=left: len(table.clips.shown) == left, timeout=5000)
        assert clip.given == word
        assert clip.path.parent.name == word
    found = scan(folder).recordings
    assert len(found) == 10 * PEOPLE
    assert all(each.label == spoken(each.path)[0] for each in found)

    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(table.clips.shown) == 1, timeout=5000)
    (clip,) = table.clips.shown
    assert clip.path.parent.name == clip.named != spoken(clip.path)[0]
