"""The Inspect tab with its explanation, its menu, and what it lets take along."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog

from app.library.model import Column
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import noise, sample_clip, write


@pytest.fixture
def inspecting_window(qtbot, window, heard, tmp_path):
    """The window on its Inspect tab, with two clips."""
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models) and window.train_page.tab is not None, timeout=10000)
    for label in ("four", "one"):
        write(tmp_path / "clips" / f"{label}.wav", sample_clip(label).samples)
    window.inspect_paths([tmp_path / "clips"])
    qtbot.waitUntil(lambda: window.inspect_page.tab.controller.shown is not None, timeout=10000)
    return window


@pytest.fixture
def panel(inspecting_window):
    return inspecting_window.inspect_page.explanation.panel


def explained(qtbot, window, word):
    text = window.inspect_page.explanation.panel
    qtbot.waitUntil(lambda: word in text.text, timeout=10000)


def test_nothing_is_worked_out_until_somebody_looks(qtbot, inspecting_window, panel):
    started = []
    inspecting_window.inspect_page.explanation.explainer.started.connect(
        lambda: started.append(True)
    )
    qtbot.keyClick(inspecting_window.inspect_page.tab.clips, Qt.Key.Key_Down)
    qtbot.wait(300)
    assert started == []
    inspecting_window.inspect_page.tab.show_explanation()
    explained(qtbot, inspecting_window, "answer one")
    assert started == [True]


def test_the_clip_that_is_walked_to_is_explained(qtbot, inspecting_window):
    inspecting_window.inspect_page.tab.show_explanation()
    explained(qtbot, inspecting_window, "answer four")
    qtbot.keyClick(inspecting_window.inspect_page.tab.clips, Qt.Key.Key_Down)
    explained(qtbot, inspecting_window, "answer one")
    tab = inspecting_window.inspect_page.tab
    heat, start = tab.panes.main.plots.spectrogram.heat, tab.controller.shown.take_start
    qtbot.waitUntil(lambda: heat.image is not None, timeout=5000)
    place = heat.mapRectToParent(heat.boundingRect())
    assert place.left() == pytest.approx(start)
    assert place.width() == pytest.approx(1.0, abs=0.02)
    tab.tools.settings.setChecked(False)
    assert heat.image is None


def test_other_settings_of_the_picture_are_no_reason_to_explain_again(
    qtbot, inspecting_window, panel
):
    tab = inspecting_window.inspect_page.tab
    tab.show_explanation()
    explained(qtbot, inspecting_window, "answer four")
    again = []
    inspecting_window.inspect_page.explanation.explainer.started.connect(lambda: again.append(True))
    shown = tab.controller.shown
    tab.settings.settings_chosen.emit(
        type(tab.controller.settings)(
            picture=type(tab.controller.settings.picture)(window_ms=64.0), colour_map="grey"
        )
    )
    qtbot.waitUntil(lambda: tab.controller.shown is not shown, timeout=10000)
    qtbot.wait(300)
    assert again == []


@pytest.mark.slow
def test_another_model_explains_anew(qtbot, inspecting_window, tmp_path):
    inspecting_window.inspect_page.tab.show_explanation()
    explained(qtbot, inspecting_window, "answer four")
    inspecting_window._model.use(copy_bundle(tmp_path / "careful", threshold=1.0))
    explained(qtbot, inspecting_window, "Not sure. The best guess, four,")


def test_a_clip_that_cannot_be_read_has_no_explanation(qtbot, inspecting_window, panel, tmp_path):
    inspecting_window.inspect_page.tab.show_explanation()
    explained(qtbot, inspecting_window, "answer four")
    (tmp_path / "broken.wav").write_text("no sound")
    inspecting_window.inspect_paths([tmp_path / "broken.wav"])
    explained(qtbot, inspecting_window, "Choose a clip")
    assert not inspecting_window.exports.picture.isEnabled()


@pytest.mark.slow
def test_what_is_looked_at_is_taken_along_as_it_looks(
    qtbot, monkeypatch, inspecting_window, tmp_path
):
    tab = inspecting_window.inspect_page.tab
    tab.show_explanation()
    explained(qtbot, inspecting_window, "answer four")
    target = tmp_path / "four.npz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    with qtbot.waitSignal(inspecting_window.exports.said, timeout=10000):
        for key in ("Ctrl+E", "A"):
            qtbot.keySequence(inspecting_window, QKeySequence(key))
    with np.load(target) as arrays:
        assert arrays["model_input"].shape == arrays["occlusion"].shape == (32, 101)
        assert np.array_equal(arrays["samples"], tab.controller.shown.clip.samples)
        assert arrays["spectrogram"].shape == (96, arrays["times"].size)
    tab.look.zoom()
    content = inspecting_window.inspect_page.exportable().content
    assert content.name == "four.wav"
    assert content.visible == (tab.look.start, tab.look.stop) != (0, 1)
    assert content.levels == tab.controller.settings.levels


def test_a_long_file_is_explained_by_the_second_that_the_model_is_given(
    qtbot, inspecting_window, tmp_path
):
    parts = [noise(2.0, amplitude=0.0005), sample_clip("one").samples, noise(1.0, amplitude=0.0005)]
    path = write(tmp_path / "long.wav", np.concatenate(parts))
    inspecting_window.inspect_page.tab.show_explanation()
    inspecting_window.inspect_paths([path])
    explained(qtbot, inspecting_window, "answer one")


def test_the_menu_does_what_the_keys_do(qtbot, inspecting_window):
    tab = inspecting_window.inspect_page.tab
    menus = {action.text(): action.menu() for action in inspecting_window.menuBar().actions()}
    actions = {a.text().partition("\t")[2]: a for a in menus["&Inspect"].actions()}
    first = tab.controller.shown
    actions["Down"].trigger()
    qtbot.waitUntil(lambda: tab.controller.shown is not first, timeout=10000)
    actions["C"].trigger()
    assert tab.controller.pinned is tab.controller.shown
    actions["+"].trigger()
    assert tab.look.visible < 1
    actions["Home"].trigger()
    assert tab.look.visible == 1
    visible = tab.side.isVisible()
    actions["S"].trigger()
    assert tab.side.isVisible() != visible
    sections = dict(inspecting_window.menus.shortcut_list())
    assert ("Move the crosshair", "Ctrl and an arrow") in sections["Inspect"]


def test_what_the_answer_depends_on_is_taken_along_whatever_the_view(
    qtbot, inspecting_window, panel
):
    tab = inspecting_window.inspect_page.tab
    tab.show_explanation()
    explained(qtbot, inspecting_window, "answer four")
    for change in (
        lambda: tab.settings.n_mels.setValue(64),
        lambda: tab.settings.as_recorded.setChecked(True),
    ):
        shown = tab.controller.shown
        change()
        qtbot.waitUntil(lambda before=shown: tab.controller.shown is not before, timeout=10000)
        assert "occlusion" in inspecting_window.inspect_page.exportable().arrays


def test_the_confidence_that_is_wanted_counts_here_as_in_recognise(
    qtbot, inspecting_window, heard, tmp_path
):
    tab, model = inspecting_window.inspect_page.tab, inspecting_window._model
    tab.show_explanation()
    explained(qtbot, inspecting_window, "answer four")
    inspecting_window.open_files([tmp_path / "clips" / "four.wav"])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=10000)
    sure = tab.controller.shown.prediction.confidence
    assert sure < 0.9999
    inspecting_window.recognise.threshold.threshold_changed.emit(0.9999)
    assert tab.panes.main.text.startswith("four.wav: four?")
    assert "Not sure. The best guess, four," in panel_of(inspecting_window).text
    assert "Not sure" in inspecting_window.recognise.answer.text
    qtbot.waitUntil(lambda: tab.clips.clips.index(0, Column.HEARD).data() == "four?", timeout=10000)
    qtbot.keyClick(tab.clips, Qt.Key.Key_Down)
    qtbot.keyClick(tab.clips, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: tab.panes.main.text.startswith("four.wav: four?"), timeout=10000)
    model.set_threshold(0.0)
    assert tab.panes.main.text.startswith("four.wav: four ")
    explained(qtbot, inspecting_window, "answer four")


def panel_of(window):
    return window.inspect_page.explanation.panel
