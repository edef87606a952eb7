"""Wrong labels of a folder are found and put right by the real window, with its keys."""

import pytest
from PySide6.QtCore import Qt

from app.library.bar import WRONG
from app.library.clips import sound_of
from app.library.review import MOVES
from app.shell.model_in_use import Network
from app.voice.clip_teacher import TeachingStep
from core.dataset.scan import scan
from core.labels import DIGITS
from core.places import user_models
from tests.helpers.sounds import sample_clip, write

PEOPLE = 60
PAIRS = [("four", "one"), ("nine", "three"), ("six", "zero"), ("two", "eight"), ("five", "seven")]
SWAPPED = {who: PAIRS[who % len(PAIRS)] for who in range(0, PEOPLE, 4)}
"""Of these people, the clips of two words lie in each other's folder: thirty clips of 600."""


@pytest.fixture
def folder(tmp_path):
    """A data set of a few people who say every digit, some of which lie in a wrong folder."""
    folder = tmp_path / "digits"
    for person in range(PEOPLE):
        for number, word in enumerate(DIGITS):
            pair = SWAPPED.get(person, ())
            label = pair[1 - pair.index(word)] if word in pair else word
            samples = sample_clip(word).samples * (1 - person / 200)
            write(folder / label / f"p{person:02}_nohash_{number}.wav", samples)
    return folder


def spoken(path):
    """The word that is really said in a file, and who says it."""
    person, _, number = path.stem.split("_")
    return DIGITS[int(number)], int(person[1:])


def test_swapped_labels_are_found_and_mended_by_keys_and_a_model_learns_them(qtbot, window, folder):
    window._settings.set_text(f"review/{folder}", MOVES)
    window.inspect_paths([folder])
    tab = window.inspection()
    table, bar = tab.clips, tab.list.bar
    qtbot.waitUntil(lambda: len(table.clips.clips) == 10 * PEOPLE, timeout=5000)
    qtbot.mouseClick(bar.buttons[WRONG], Qt.MouseButton.LeftButton)
    swapped = {(word, who) for who, pair in SWAPPED.items() for word in pair}
    qtbot.waitUntil(lambda: len(table.clips.shown) == len(swapped), timeout=30000)
    qtbot.waitUntil(lambda: not tab.controller.hearing.hears_all, timeout=30000)
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

    # --- and a model is taught with all of them, which is right on those that were wrong ---
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not table.clips.shown, timeout=5000)
    bar.clear()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_L, both)
    dialog, teacher = window.voice.clip_teaching, window.voice._clip_teacher
    qtbot.waitUntil(lambda: teacher.step is TeachingStep.CHOOSING, timeout=60_000)
    assert f"{10 * PEOPLE} clips can be learned from" in dialog.intro.text()
    dialog.new.setChecked(True)
    qtbot.keyClick(dialog.teach, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: teacher.step is TeachingStep.DECIDING, timeout=120_000)
    qtbot.keyClick(dialog.use, Qt.Key.Key_Space)
    (model,) = user_models().iterdir()
    qtbot.waitUntil(lambda: window._model.path == model, timeout=10_000)
    network = Network()
    for clip in table.clips.clips:
        if spoken(clip.path) in swapped:
            assert network.of(window._model.current).recognise(sound_of(clip)).best == clip.given
