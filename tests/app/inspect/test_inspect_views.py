"""The tab through what it shows: two clips, settings, failures, little room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
)

from app.library.model import Column
from app.sound_view.picture import ViewSettings
from core.places import REFERENCE_MODEL, SAMPLES
from tests.app.inspect.hands import press, settle
from tests.helpers.sounds import noise, write

pytestmark = pytest.mark.slow  # each builds the tab anew


def test_two_clips_are_compared_on_the_same_axes_scale_and_colours(qtbot, tab):
    settle(qtbot, tab)
    press(qtbot, tab, Qt.Key.Key_C)
    press(qtbot, tab, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    settle(qtbot, tab)
    upper, lower = tab.panes.pinned, tab.panes.main
    assert not upper.isHidden()
    assert upper.text.startswith("eight.wav: eight")
    assert lower.text.startswith("nine.wav: nine")
    tab.look.show_range(0.3, 0.7)
    ranges = [pane.plots.waveform.viewRange() for pane in (upper, lower)]
    assert ranges[0] == ranges[1]
    assert (
        upper.plots.spectrogram.image.getLevels() == lower.plots.spectrogram.image.getLevels()
    ).all()
    tab.look.point(0.5, 700.0)
    assert tab.panes.tools.pointed_text.count("Mel") == 2
    settle(qtbot, tab)
    first, second = tab.figures.levels_text.splitlines()
    visible = "Visible   0.300–0.700 s   0.400 s"
    qtbot.waitUntil(lambda: tab.panes.tools.chosen_text == visible, timeout=2000)
    assert first.startswith("A: peak")
    assert second.startswith("B: peak")
    press(qtbot, tab, Qt.Key.Key_Escape)
    assert upper.isHidden()
    assert not tab.tools.compare.isChecked()


def test_settings_are_live_and_remembered(qtbot, tab, settings):
    tab.settings.n_mels.setValue(64)
    tab.settings.colour_map.setCurrentIndex(tab.settings.colour_map.findData("viridis"))
    settle(qtbot, tab)
    assert tab.panes.main.plots.spectrogram.picture.values.shape[0] == 64
    remembered = ViewSettings.from_text(settings.inspect)
    assert remembered.picture.n_mels == 64
    assert remembered.colour_map == "viridis"


def test_the_models_settings_are_one_click_away(qtbot, tab):
    tab.controller.model.use(REFERENCE_MODEL)
    qtbot.waitUntil(lambda: tab.controller.model.current.path == REFERENCE_MODEL, timeout=5000)
    tab.settings.model_settings.click()
    settle(qtbot, tab)
    features = tab.controller.model.current.metadata.features
    assert tab.panes.main.plots.spectrogram.picture.config == features
    assert "Standard deviations" in tab.panes.main.plots.colour_bar.getAxis("right").labelText
    tab.settings.standard.click()
    assert tab.controller.settings == ViewSettings()


def test_a_linear_axis_is_read_in_bins(qtbot, tab):
    tab.settings.scale.setCurrentIndex(tab.settings.scale.findData("linear"))
    settle(qtbot, tab)
    tab.look.point(0.5, 1000.0)
    assert "bin 128" in tab.panes.tools.pointed_text
    assert not tab.settings.n_mels.isEnabled()


def test_ranges_of_the_settings_never_cross(qtbot, tab):
    panel = tab.settings
    panel.fmin.setValue(3900)
    panel.fmax.setValue(100)
    assert panel.fmin.value() < panel.fmax.value()
    panel.floor_db.setValue(-10)
    panel.ceiling_db.setValue(-100)
    assert panel.floor_db.value() < panel.ceiling_db.value()
    assert tab.controller.settings.levels[0] < tab.controller.settings.levels[1]


def test_what_cannot_be_read_stands_in_place_of_the_picture(qtbot, tab, tmp_path):
    (tmp_path / "text.wav").write_text("no sound")
    tab.open_paths([tmp_path / "text.wav"])
    qtbot.waitUntil(lambda: "cannot be read" in tab.panes.main.text, timeout=5000)
    assert tab.clips.clips.index(0, Column.HEARD).data() == "error"
    assert not tab.panes.tools.play.isEnabled()
    tip = tab.clips.clips.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "cannot be read" in tip


def test_an_empty_folder_leaves_an_empty_list_and_a_reason(qtbot, tab, tmp_path):
    (tmp_path / "empty").mkdir()
    tab.open_paths([tmp_path / "empty"])
    qtbot.waitUntil(lambda: "no sound file" in tab.panes.main.text, timeout=5000)
    assert tab.clips.clips.rowCount() == 0
    press(qtbot, tab, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Plus, Qt.Key.Key_C)


def test_what_was_opened_is_offered_again(qtbot, tab, settings, tmp_path, monkeypatch):
    path = write(tmp_path / "noise.wav", noise())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a, **k: ([str(path)], ""))
    tab.choose_files()
    qtbot.waitUntil(lambda: tab.panes.main.text.startswith("noise.wav"), timeout=5000)
    assert settings.recent == [path, SAMPLES]
    actions = [action for action in tab.tools._open_menu.actions() if "noise" in action.text()]
    tab.open_paths([SAMPLES])
    qtbot.waitUntil(lambda: tab.clips.clips.rowCount() == 10, timeout=5000)
    assert settings.recent == [SAMPLES, path]
    actions = [action for action in tab.tools._open_menu.actions() if "noise" in action.text()]
    actions[0].trigger()
    qtbot.waitUntil(lambda: tab.clips.clips.rowCount() == 1, timeout=5000)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: str(SAMPLES))
    tab.choose_folder()
    qtbot.waitUntil(lambda: tab.clips.clips.rowCount() == 10, timeout=5000)


def test_an_explanation_finds_its_place(qtbot, tab):
    from PySide6.QtWidgets import QLabel

    tab.set_explanation_panel(QLabel("why"))
    assert tab.side.count() == 2


def test_every_control_has_a_name_and_a_tooltip(tab):
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox):
        for parent in (tab.tools, tab.panes.tools, tab.settings):
            for widget in parent.findChildren(kind):
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget
                assert widget.toolTip() or widget is tab.tools.cancel, widget


def test_the_picture_has_the_most_room_in_a_narrow_window_too(qtbot, tab):
    for width in (860, 1280):
        tab.resize(width, 600)
        tab.divide(width)
        QApplication.processEvents()
        names, picture, _ = tab.splitter.sizes()
        assert picture > names >= 200, width


@pytest.mark.slow
def test_the_tab_fits_a_small_screen_and_a_large_font(qtbot, tab):
    assert tab.minimumSizeHint().width() <= 1000
    font = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(font.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        QApplication.processEvents()
        assert tab.minimumSizeHint().width() <= 1280
        assert tab.minimumSizeHint().height() <= 640
    finally:
        QApplication.setFont(font)


def test_files_dropped_on_the_picture_reach_the_window(qtbot, tab):
    for view in (tab.panes.main.plots, tab.figures.spectrum):
        assert not view.acceptDrops()
        assert not view.viewport().acceptDrops()


def test_low_plots_have_no_names_on_their_axes_and_tick_only_the_ends(qtbot, tab):
    plots = tab.panes.main.plots
    assert plots.spectrogram.getAxis("left").label.isVisible()
    tab.resize(1100, 330)
    qtbot.waitUntil(lambda: not plots.spectrogram.getAxis("left").label.isVisible(), timeout=2000)
    (ticks,) = plots.colour_bar.getAxis("right")._tickLevels
    assert [text for _, text in ticks] == ["-80", "0"]
    tab.resize(1100, 640)
    qtbot.waitUntil(lambda: plots.spectrogram.getAxis("left").label.isVisible(), timeout=2000)
    assert plots.colour_bar.getAxis("right")._tickLevels is None
