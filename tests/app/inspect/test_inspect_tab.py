"""The tab through what it shows and what its keys and mouse do."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
)

from app.inspect.view_settings import ViewSettings
from core.places import SAMPLES
from tests.helpers.sounds import noise, write


def is_idle(tab):
    controller = tab.controller
    return not controller._idle.isActive() and controller._runner._pending == 0


def settle(qtbot, tab):
    qtbot.waitUntil(lambda: is_idle(tab), timeout=5000)
    QApplication.processEvents()


def place(tab, seconds, share=0.5, plot="spectrogram"):
    """Return where a second, at a share of a plot's height, is in the plots."""
    plots = tab.panes.main.plots
    box = getattr(plots, plot).vb
    (_, _), (low, high) = box.viewRange()
    scene = box.mapViewToScene(QPointF(seconds, low + share * (high - low)))
    return plots.mapFromScene(scene)


def turn_wheel(tab, position, steps, modifiers=Qt.KeyboardModifier.NoModifier):
    viewport = tab.panes.main.plots.viewport()
    event = QWheelEvent(
        QPointF(position),
        QPointF(viewport.mapToGlobal(position)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def drag(qtbot, tab, start, stop, modifiers=Qt.KeyboardModifier.NoModifier):
    viewport = tab.panes.main.plots.viewport()
    left = Qt.MouseButton.LeftButton
    first, last = place(tab, start), place(tab, stop)
    qtbot.mousePress(viewport, left, modifiers, first)
    qtbot.mouseMove(viewport, (first + last) / 2)
    qtbot.mouseMove(viewport, last)
    qtbot.mouseRelease(viewport, left, modifiers, last)


def press(qtbot, tab, *keys, modifiers=Qt.KeyboardModifier.NoModifier, widget=None):
    for key in keys:
        qtbot.keyClick(widget or tab.panes.main.plots, key, modifiers)


def test_the_clip_its_answer_and_the_list_say_the_same(qtbot, tab):
    settle(qtbot, tab)
    assert "eight" in tab.panes.main.text
    model = tab.clips.clips
    cells = [model.index(0, column).data() for column in range(4)]
    assert cells[:2] == ["eight.wav", "eight"]
    assert cells[2].endswith(" %")
    assert cells[3] == "1.00 s"
    assert tab.panes.main.plots.accessibleDescription() == tab.panes.main.text


def test_arrow_keys_walk_from_the_list_and_from_the_picture(qtbot, tab):
    settle(qtbot, tab)
    press(qtbot, tab, Qt.Key.Key_Down, widget=tab.clips)
    assert tab.panes.main.text.startswith("five.wav")
    press(qtbot, tab, Qt.Key.Key_Down)
    settle(qtbot, tab)
    assert tab.panes.main.text.startswith("four.wav")
    assert tab.clips.currentIndex().row() == 2
    press(qtbot, tab, Qt.Key.Key_Up)
    assert tab.controller.row == 1


def test_the_wheel_zooms_about_the_mouse_and_with_shift_it_moves(qtbot, tab):
    here = place(tab, 0.25)
    turn_wheel(tab, here, 4)
    look = tab.look
    assert look.visible < 0.5
    assert (0.25 - look.start) / look.visible == pytest.approx(0.25, abs=0.02)
    before = look.start
    turn_wheel(tab, here, -1, Qt.KeyboardModifier.ShiftModifier)
    assert look.start > before
    waveform, spectrogram = tab.panes.main.plots.waveform, tab.panes.main.plots.spectrogram
    assert (
        waveform.viewRange()[0]
        == spectrogram.viewRange()[0]
        == pytest.approx([look.start, look.stop])
    )


def test_the_wheel_with_ctrl_zooms_the_frequencies(qtbot, tab):
    here = place(tab, 0.5, 0.4)
    qtbot.mouseMove(tab.panes.main.plots.viewport(), here)
    hertz = tab.look.hertz
    ctrl = Qt.KeyboardModifier.ControlModifier
    turn_wheel(tab, here, 3, ctrl)
    picture = tab.controller.settings.picture
    assert 0 < picture.fmin < hertz < picture.fmax < 4000
    assert tab.settings.fmax.value() == picture.fmax
    turn_wheel(tab, here, 100, ctrl)
    picture = tab.controller.settings.picture
    assert picture.fmax - picture.fmin >= 199
    turn_wheel(tab, here, -100, ctrl)
    assert tab.controller.settings.picture.fmax == 4000
    assert tab.look.visible == 1


def test_dragging_moves_and_with_shift_selects(qtbot, tab):
    tab.look.show_range(0.2, 0.6)
    drag(qtbot, tab, 0.4, 0.3)
    assert tab.look.start == pytest.approx(0.3, abs=0.01)
    assert tab.look.span is None
    drag(qtbot, tab, 0.4, 0.6, Qt.KeyboardModifier.ShiftModifier)
    assert tab.look.span == pytest.approx((0.4, 0.6), abs=0.01)
    qtbot.mouseClick(
        tab.panes.main.plots.viewport(), Qt.MouseButton.LeftButton, pos=place(tab, 0.5)
    )
    assert tab.look.span is None


def test_the_tick_makes_dragging_select(qtbot, tab):
    tab.tools.select.setChecked(True)
    drag(qtbot, tab, 0.7, 0.2)
    assert tab.look.span == pytest.approx((0.2, 0.7), abs=0.01)


def test_the_crosshair_reads_time_frequency_band_and_decibels(qtbot, tab):
    settle(qtbot, tab)
    picture = tab.controller.shown.picture
    qtbot.mouseMove(tab.panes.main.plots.viewport(), place(tab, 0.45, 0.3))
    look = tab.look
    row = round(float(picture.row_of(look.hertz)))
    text = tab.figures.crosshair_text
    assert f"{look.seconds:.3f} s" in text
    assert f"{look.hertz:.0f} Hz" in text
    assert f"Mel {row}" in text
    assert f"{picture.value_at(look.seconds, row):.1f} dB" in text
    qtbot.mouseMove(tab.panes.main.plots.viewport(), place(tab, 0.45, 0.5, "waveform"))
    assert "amplitude" in tab.figures.crosshair_text


def test_everything_can_be_done_with_keys(qtbot, tab):
    settle(qtbot, tab)
    look = tab.look
    press(qtbot, tab, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert look.visible == pytest.approx(1 / 2.25)
    start = look.start
    press(qtbot, tab, Qt.Key.Key_Right)
    assert look.start > start
    press(qtbot, tab, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Minus)
    press(qtbot, tab, Qt.Key.Key_Home)
    assert (look.start, look.stop) == (0, 1)
    ctrl = Qt.KeyboardModifier.ControlModifier
    press(qtbot, tab, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right, modifiers=ctrl)
    assert look.seconds == pytest.approx(0.51)
    assert look.hertz is not None
    hertz = look.hertz
    press(qtbot, tab, Qt.Key.Key_Up, modifiers=ctrl)
    assert look.hertz > hertz
    press(qtbot, tab, *[Qt.Key.Key_Right] * 10, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert look.span == pytest.approx((0.51, 0.56))
    press(qtbot, tab, Qt.Key.Key_Z)
    assert (look.start, look.stop) == pytest.approx((0.51, 0.56))
    press(qtbot, tab, Qt.Key.Key_0)
    assert look.visible == 1
    press(qtbot, tab, Qt.Key.Key_Escape)
    assert look.span is None
    press(qtbot, tab, Qt.Key.Key_S)
    assert tab.side.isHidden()
    press(qtbot, tab, Qt.Key.Key_S)
    assert not tab.side.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Plus, Qt.Key.Key_0, Qt.Key.Key_Left, Qt.Key.Key_C])
def test_the_list_leaves_the_keys_of_the_picture_to_it(qtbot, tab, key):
    tab.look.show_range(0.2, 0.6)
    press(qtbot, tab, key, widget=tab.clips)
    looked = (tab.look.start, tab.look.stop) != (0.2, 0.6)
    assert looked or tab.controller.pinned is not None
    assert tab.clips.currentIndex().row() == 0


def test_space_plays_the_selection_and_stops(qtbot, tab, output):
    tab.look.select(0.4, 0.6)
    press(qtbot, tab, Qt.Key.Key_Space)
    assert output.played[0].seconds == pytest.approx(0.2)
    assert tab.tools.play.text() == "Stop"
    qtbot.waitUntil(lambda: (tab.panes._cursor or 0) > 0.42, timeout=2000)
    assert tab.panes._cursor < 0.6
    press(qtbot, tab, Qt.Key.Key_Space)
    assert output.stops == 1
    assert tab.tools.play.text() == "Play"
    tab.look.clear_span()
    tab.look.show_range(0.1, 0.2)
    press(qtbot, tab, Qt.Key.Key_Space, widget=tab.clips)
    assert output.played[1].seconds == pytest.approx(0.1)
    qtbot.waitUntil(lambda: not tab.player.is_playing, timeout=2000)
    assert tab.panes._cursor is None


def test_walking_on_stops_what_plays(qtbot, tab, output):
    settle(qtbot, tab)
    tab.play()
    press(qtbot, tab, Qt.Key.Key_Down)
    assert not tab.player.is_playing


def test_an_output_that_fails_is_said(qtbot, tab, output):
    output.refuses = "The sound cannot be played."
    with qtbot.waitSignal(tab.said) as said:
        tab.play()
    assert said.args == [output.refuses]
    assert tab.tools.play.text() == "Play"


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
    assert tab.figures.crosshair_text.count("Mel") == 2
    settle(qtbot, tab)
    first, second = tab.figures.span_text.splitlines()
    assert first.startswith("A: 0.300")
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
    tab.settings.model_settings.click()
    settle(qtbot, tab)
    features = tab.controller.model.features
    assert tab.panes.main.plots.spectrogram.picture.config == features
    assert "Standard deviations" in tab.panes.main.plots.colour_bar.getAxis("right").labelText
    tab.settings.standard.click()
    assert tab.controller.settings == ViewSettings()


def test_a_linear_axis_is_read_in_bins(qtbot, tab):
    tab.settings.scale.setCurrentIndex(tab.settings.scale.findData("linear"))
    settle(qtbot, tab)
    tab.look.point(0.5, 1000.0)
    assert "bin 128" in tab.figures.crosshair_text
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
    assert tab.clips.clips.index(0, 1).data() == "error"
    assert not tab.tools.play.isEnabled()
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
        for parent in (tab.tools, tab.settings):
            for widget in parent.findChildren(kind):
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget
                assert widget.toolTip() or widget is tab.tools.cancel, widget


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
