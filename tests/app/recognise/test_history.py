from datetime import datetime

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog

from app.library.clips import Clip, Origin, picture_of
from app.library.model import THUMBNAIL_SIZE, Column, thumbnail
from app.recognise import page
from app.recognise.controller import State
from core.dataset.scan import scan
from core.labels import DIGITS
from core.places import user_recordings
from core.recognition.recogniser import Prediction
from core.sound.clip import AudioClip
from tests.helpers.sounds import noise, sample_clip, tone, write

ROOM = 0.0005


def take(label="four", heard="four", number=0):
    clip = AudioClip(sample_clip(label).samples * (1 - number / 100))
    probabilities = np.full(10, 0.01, np.float32)
    probabilities[DIGITS.index(heard)] = 0.91
    return Clip(
        "Demo",
        sound=clip,
        time=datetime(2026, 1, 2, 3, 4, number),
        prediction=Prediction(DIGITS, probabilities, 0.0, 1.0),
        origin=Origin.SPOKEN,
    )


@pytest.fixture
def panel(window):
    window.show()
    window.recognise.set_labels(DIGITS)
    window.recognise.setFocus()
    return window.recognise.takes


@pytest.fixture
def profile(settings):
    settings.speaker = "me"


def kept():
    folder = user_recordings()
    found = folder.rglob("*.wav") if folder.exists() else []
    return sorted(str(path.relative_to(folder)) for path in found)


def answers(panel):
    model = panel.table.clips
    rows = range(model.rowCount())
    cells = [
        [model.index(row, of).data() for of in (Column.EXPECTED, Column.HEARD)] for row in rows
    ]
    return [
        f"{said}, not {heard}" if said not in ("", heard) else f"{heard}{', right' if said else ''}"
        for said, heard in cells
    ]


def test_one_key_keeps_the_last_take_under_what_it_was(qtbot, window, panel, profile):
    window.recognise_page.add_take(take("seven", heard="four"))
    qtbot.keyClick(window.recognise, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: answers(panel) == ["seven, not four"], timeout=3000)
    assert kept() == ["seven/me_nohash_0.wav"]
    assert "Kept as “seven”" in window.statusBar().currentMessage()
    recording = scan(user_recordings()).recordings[0]
    assert (recording.label, recording.speaker) == ("seven", "me")


def test_one_key_keeps_any_take_of_the_history(qtbot, window, panel, profile):
    for number in range(3):
        window.recognise_page.add_take(take(heard="four", number=number))
    panel.table.selectRow(2)
    qtbot.keyClick(panel.table, Qt.Key.Key_9)
    qtbot.waitUntil(lambda: answers(panel) == ["four", "four", "nine, not four"], timeout=3000)


def test_a_correction_is_taken_back_by_key(qtbot, window, panel, profile):
    window.recognise_page.add_take(take("seven", heard="four"))
    qtbot.keyClick(window.recognise, Qt.Key.Key_7)
    qtbot.keyClick(window.recognise, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "taken back" in window.statusBar().currentMessage(), timeout=3000)
    assert answers(panel) == ["four"]
    assert kept() == []
    assert not panel.clip_actions.undo.isEnabled()


def test_a_second_correction_moves_the_recording_and_undo_moves_it_back(
    qtbot, window, panel, profile
):
    window.recognise_page.add_take(take("seven", heard="four"))
    for key in (Qt.Key.Key_6, Qt.Key.Key_7):
        qtbot.keyClick(window.recognise, key)
    qtbot.waitUntil(lambda: answers(panel) == ["seven, not four"], timeout=3000)
    assert kept() == ["seven/me_nohash_0.wav"]
    panel.clip_actions.undo.trigger()
    qtbot.waitUntil(lambda: answers(panel) == ["six, not four"], timeout=3000)
    assert kept() == ["six/me_nohash_0.wav"]


def test_to_say_that_it_was_right_keeps_it_too_but_once(qtbot, window, panel, profile):
    window.recognise_page.add_take(take())
    for _ in range(2):
        qtbot.keyClick(window.recognise, Qt.Key.Key_4)
        qtbot.waitUntil(lambda: answers(panel) == ["four, right"], timeout=3000)
    qtbot.waitUntil(lambda: "already" in window.statusBar().currentMessage(), timeout=3000)
    assert kept() == ["four/me_nohash_0.wav"]


def test_the_mouse_and_w_offer_every_label(qtbot, window, panel, profile):
    window.recognise_page.add_take(take("seven", heard="four"))
    qtbot.keyClick(window.recognise, Qt.Key.Key_W)
    assert panel.clip_actions.labels_menu.isVisible()
    window.recognise_page.add_take(take(number=1))  # comes while the person chooses
    qtbot.keyClick(panel.clip_actions.labels_menu, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: answers(panel) == ["four", "seven, not four"], timeout=3000)
    qtbot.mouseClick(panel.wrong, Qt.MouseButton.LeftButton)
    assert panel.clip_actions.labels_menu.isVisible()
    panel.clip_actions.labels_menu.close()


def test_another_word_can_be_given(qtbot, monkeypatch, window, panel, profile):
    answers_given = iter([("Tree", True), ("../x", True)])
    monkeypatch.setattr(QInputDialog, "getText", lambda *a: next(answers_given))
    window.recognise_page.add_take(take())
    panel.clip_actions.ask_label()
    panel.clip_actions.labels_menu.close()
    panel.clip_actions._ask_word()
    qtbot.waitUntil(lambda: answers(panel) == ["tree, not four"], timeout=3000)
    panel.clip_actions._ask_word()
    qtbot.waitUntil(lambda: "cannot be a label" in window.recognise.answer.text, timeout=3000)
    assert kept() == ["tree/me_nohash_0.wav"]


def test_what_was_no_word_is_kept_as_noise(qtbot, window, panel, profile):
    window.recognise.set_labels((*DIGITS, "_silence_", "_unknown_"))
    window.recognise_page.add_take(take())
    panel.clip_actions.ask_label()
    action = next(a for a in panel.clip_actions.labels_menu.actions() if a.text() == "&No word")
    panel.clip_actions.labels_menu.close()
    action.trigger()
    qtbot.waitUntil(lambda: answers(panel) == ["no word, not four"], timeout=3000)
    assert kept() == ["_background_noise_/me_nohash_0.wav"]
    assert not any("_" in a.text() for a in panel.clip_actions.labels_menu.actions())


def test_the_name_is_asked_once_until_it_can_be_one(qtbot, monkeypatch, window, panel, settings):
    given = iter([("…", True), ("Voice A", True)])
    asked = []

    def ask(*args):
        asked.append(args[2])
        return next(given)

    monkeypatch.setattr(QInputDialog, "getText", ask)
    for number in range(2):
        window.recognise_page.add_take(take(number=number))
        qtbot.keyClick(window.recognise, Qt.Key.Key_7)
        qtbot.waitUntil(lambda n=number: len(kept()) == n + 1, timeout=3000)
    assert len(asked) == 2
    assert "needs a letter" in asked[1]
    assert str(user_recordings()) in asked[0]
    assert settings.speaker == "Voice-A"
    assert kept() == ["seven/Voice-A_nohash_0.wav", "seven/Voice-A_nohash_1.wav"]


def test_without_a_name_nothing_is_kept(qtbot, monkeypatch, window, panel):
    monkeypatch.setattr(QInputDialog, "getText", lambda *a: ("", False))
    window.recognise_page.add_take(take())
    qtbot.keyClick(window.recognise, Qt.Key.Key_7)
    assert window.statusBar().currentMessage() == "Nothing was kept."
    assert answers(panel) == ["four"]
    assert kept() == []


def test_a_folder_that_cannot_be_written_to_is_said_and_there_is_nothing_to_undo(
    qtbot, window, panel, profile
):
    user_recordings().parent.mkdir(parents=True)
    user_recordings().write_text("a file in its place")
    window.recognise_page.add_take(take())
    qtbot.keyClick(window.recognise, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: "cannot be saved" in window.recognise.answer.text, timeout=3000)
    assert answers(panel) == ["four"]
    assert not panel.clip_actions.undo.isEnabled()


def test_a_deleted_take_comes_back_to_its_place(qtbot, window, panel):
    takes = [take(number=number) for number in range(3)]
    for one in takes:
        window.recognise_page.add_take(one)
    panel.table.selectRow(1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert panel.table.clips.clips == [takes[2], takes[0]]
    assert window.recognise_page.shown is panel.table.current()
    qtbot.keyClick(window.recognise, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.table.clips.clips == takes[::-1]


def test_takes_stay_in_memory_until_they_are_saved(qtbot, window, panel, user_folders):
    for number in range(3):
        window.recognise_page.add_take(take(number=number))
    panel.table.selectRow(1)
    panel.clip_actions.delete.trigger()
    window.close()
    assert list(user_folders.rglob("*.wav")) == []
    assert "memory only" in panel._note.text()


def test_what_was_corrected_last_is_written_before_the_window_closes(qtbot, window, panel, profile):
    for number in range(5):
        window.recognise_page.add_take(take(number=number))
        qtbot.keyClick(window.recognise, Qt.Key.Key_7)
    window.close()
    assert kept() == [f"seven/me_nohash_{number}.wav" for number in range(5)]


def test_only_so_many_takes_are_kept(monkeypatch, window, panel):
    monkeypatch.setattr(page, "IN_MEMORY", 3)
    model = panel.table.clips
    takes = [take(number=number) for number in range(5)]
    for one in takes:
        window.recognise_page.add_take(one)
        model.index(0, Column.PICTURE).data(Qt.ItemDataRole.DecorationRole)
    assert model.clips == takes[:1:-1]
    assert len(model._thumbnails) == 3


def test_all_takes_are_exported_as_a_data_set(qtbot, monkeypatch, window, panel, profile, tmp_path):
    target = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    heard = [take("four", "four", 0), take("four", "nine", 1), take("six", "six", 2)]
    for one in heard:
        window.recognise_page.add_take(one)
    unanswered = take(number=3)
    unanswered.prediction = None
    window.recognise_page.add_take(unanswered)
    panel.table.selectRow(2)
    qtbot.keyClick(window.recognise, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: len(kept()) == 1, timeout=3000)
    qtbot.waitUntil(lambda: "four, not nine" in answers(panel), timeout=3000)
    panel.clip_actions.export.trigger()
    qtbot.waitUntil(lambda: "3 takes" in window.statusBar().currentMessage(), timeout=3000)
    assert "Left out: 1 without an answer." in window.statusBar().currentMessage()
    names = [recording.name for recording in scan(target).recordings]
    assert names == ["four/me_nohash_0.wav", "four/me_nohash_1.wav", "six/me_nohash_0.wav"]
    panel.clip_actions.export.trigger()
    qtbot.waitUntil(lambda: "exists already" in window.recognise.answer.text, timeout=3000)


def test_a_take_can_be_inspected_played_and_saved(qtbot, monkeypatch, window, panel):
    first, second = take(number=0), take(number=1)
    for one in (first, second):
        window.recognise_page.add_take(one)
    told = {"inspect": [], "play": [], "save": []}
    panel.clip_actions.inspect_wanted.connect(
        lambda *_: told["inspect"].append(panel.table.current())
    )
    panel.clip_actions.play_wanted.connect(told["play"].append)
    panel.clip_actions.save_wanted.connect(told["save"].append)
    monkeypatch.setattr(window._controller._open_source, "play", lambda clip: 0.0)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: ("", ""))
    panel.table.selectRow(1)
    qtbot.keyClick(window.recognise, Qt.Key.Key_I)
    panel.clip_actions.play.trigger()
    panel.clip_actions.save.trigger()
    assert told == {"inspect": [first], "play": [first], "save": [first]}


def test_digits_that_the_model_does_not_know_and_an_empty_list_do_nothing(qtbot, window, profile):
    panel = window.recognise.takes
    assert not any(
        action.isEnabled()
        for action in (
            panel.clip_actions.correct,
            panel.clip_actions.delete,
            panel.clip_actions.export,
        )
    )
    window.recognise.set_labels(("yes", "no"))
    window.recognise_page.add_take(take())
    qtbot.keyClick(window.recognise, Qt.Key.Key_7)
    assert [
        action.text() for action in panel.clip_actions.labels_menu.actions() if action.text()
    ] == [
        "&yes",
        "&no",
        "Another &word…",
    ]
    assert kept() == []


def test_keys_belong_to_the_recognise_tab(qtbot, window, panel, profile):
    window.recognise_page.add_take(take())
    window.tabs.setCurrentIndex(1)
    window.training_tab().data.folder.setFocus()
    qtbot.keyClick(window.train_page.tab.data.folder, Qt.Key.Key_7)
    assert window.train_page.tab.data.folder.text() == "7"
    qtbot.keyClick(window.train_page.tab.data.form.cards["quick"], Qt.Key.Key_7)
    assert answers(panel) == ["four"]
    assert kept() == []


def test_the_thumbnail_shows_low_frequencies_below(qtbot):
    image = thumbnail(picture_of(AudioClip(tone(300) + noise(amplitude=1e-4))))
    assert image.size().toTuple() == THUMBNAIL_SIZE
    width, height = THUMBNAIL_SIZE
    brightest = max(range(height), key=lambda y: image.pixelColor(width // 2, y).lightness())
    assert brightest > height * 0.6


def test_no_key_is_taken_twice_on_the_tab(window):
    keys = [action.shortcut().toString() for action in window.findChildren(QAction)]
    keys = [key for key in keys if key]
    assert len(keys) == len(set(keys)), sorted(keys)


def test_a_real_take_is_corrected_while_the_window_listens(
    qtbot, window, controller, heard, profile, tmp_path
):
    window.start("demo")
    qtbot.waitUntil(lambda: controller.state is State.READY and bool(heard.models), timeout=5000)
    window.open_files([write(tmp_path / "four.wav", sample_clip("four").samples)])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    qtbot.keyClick(window.recognise, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: kept() == ["seven/me_nohash_0.wav"], timeout=3000)
