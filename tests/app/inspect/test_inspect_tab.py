"""The tab through what its keys and mouse do."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.library.model import Column
from tests.app.inspect.hands import drag, place, press, settle, turn_wheel

pytestmark = pytest.mark.slow  # each builds the tab anew


def test_the_clip_its_answer_and_the_list_say_the_same(qtbot, tab):
    settle(qtbot, tab)
    assert "eight" in tab.panes.main.text
    model = tab.clips.clips
    columns = (Column.NAME, Column.HEARD, Column.SURE, Column.LENGTH)
    cells = [model.index(0, column).data() for column in columns]
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


def test_dragging_selects_and_with_shift_moves(qtbot, tab):
    tab.look.show_range(0.2, 0.6)
    drag(qtbot, tab, 0.4, 0.3, Qt.KeyboardModifier.ShiftModifier)
    assert tab.look.start == pytest.approx(0.3, abs=0.01)
    assert tab.look.span is None
    drag(qtbot, tab, 0.4, 0.6)
    assert tab.look.span == pytest.approx((0.4, 0.6), abs=0.01)
    qtbot.mouseClick(
        tab.panes.main.plots.viewport(), Qt.MouseButton.LeftButton, pos=place(tab, 0.5)
    )
    assert tab.look.span is None


def test_it_can_be_dragged_backwards(qtbot, tab):
    drag(qtbot, tab, 0.7, 0.2)
    assert tab.look.span == pytest.approx((0.2, 0.7), abs=0.01)


def test_everything_is_every_second_and_every_frequency(qtbot, tab):
    settle(qtbot, tab)
    tab.look.show_range(0.2, 0.4)
    tab.controller.set_settings(tab.controller.settings.with_frequencies(750, 1750))
    assert tab.controller.settings.picture.fmax < 4000
    press(qtbot, tab, Qt.Key.Key_Home)
    assert (tab.look.start, tab.look.stop) == (0, 1)
    picture = tab.controller.settings.picture
    assert (picture.fmin, picture.fmax) == (0, 4000)


def test_the_crosshair_reads_time_frequency_band_and_decibels(qtbot, tab):
    settle(qtbot, tab)
    picture = tab.controller.shown.picture
    qtbot.mouseMove(tab.panes.main.plots.viewport(), place(tab, 0.45, 0.3))
    look = tab.look
    row = round(float(picture.row_of(look.hertz)))
    text = tab.panes.tools.pointed_text
    assert f"{look.seconds:.3f} s" in text
    assert f"{look.hertz:.0f} Hz" in text
    assert f"Mel {row}" in text
    assert f"{picture.value_at(look.seconds, row):.1f} dB" in text
    qtbot.mouseMove(tab.panes.main.plots.viewport(), place(tab, 0.45, 0.5, "waveform"))
    assert "amplitude" in tab.panes.tools.pointed_text


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
    tab.panes.main.plots.setFocus()  # in the list, it would say that the clip is a zero
    press(qtbot, tab, Qt.Key.Key_0)
    assert look.visible == 1
    press(qtbot, tab, Qt.Key.Key_Escape)
    assert look.span is None
    press(qtbot, tab, Qt.Key.Key_S)
    assert tab.side.isHidden()
    press(qtbot, tab, Qt.Key.Key_S)
    assert not tab.side.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_C])
def test_the_list_leaves_the_keys_of_the_picture_to_it(qtbot, tab, key):
    tab.look.show_range(0.25, 0.75)
    press(qtbot, tab, key, widget=tab.clips)
    looked = (tab.look.start, tab.look.stop) != (0.25, 0.75)
    assert looked or tab.controller.pinned is not None
    assert tab.clips.currentIndex().row() == 0


def test_space_plays_the_selection_and_stops(qtbot, tab, output):
    tab.look.select(0.4, 0.6)
    press(qtbot, tab, Qt.Key.Key_Space)
    assert output.played[0].seconds == pytest.approx(0.2)
    assert tab.panes.tools.play.text() == "Stop (P)"
    qtbot.waitUntil(lambda: (tab.panes.main.sound.marks.cursor or 0) > 0.42, timeout=2000)
    assert tab.panes.main.sound.marks.cursor < 0.6
    press(qtbot, tab, Qt.Key.Key_Space)
    assert output.stops == 1
    assert tab.panes.tools.play.text() == "Play (P)"
    tab.look.clear_span()
    tab.look.show_range(0.1, 0.2)
    press(qtbot, tab, Qt.Key.Key_Space, widget=tab.clips)
    assert output.played[1].seconds == pytest.approx(0.1)
    qtbot.waitUntil(lambda: not tab.player.is_playing, timeout=2000)
    assert tab.panes.main.sound.marks.cursor is None


def test_walking_on_stops_what_plays(qtbot, tab, output):
    settle(qtbot, tab)
    tab.play()
    press(qtbot, tab, Qt.Key.Key_Down)
    assert not tab.player.is_playing


def test_an_output_that_fails_is_said(qtbot, tab, output):
    output.refuses = "The sound cannot be played."
    with qtbot.waitSignal(tab.failed) as said:
        tab.play()
    assert said.args == [output.refuses]
    assert tab.panes.tools.play.text() == "Play (P)"


def test_a_band_that_is_dragged_over_is_zoomed_to_and_played(qtbot, tab, output):
    settle(qtbot, tab)
    viewport, left = tab.panes.main.plots.viewport(), Qt.MouseButton.LeftButton
    first, last = place(tab, 0.3, 0.2), place(tab, 0.6, 0.7)
    qtbot.mousePress(viewport, left, pos=first)
    qtbot.mouseMove(viewport, (first + last) / 2)
    qtbot.mouseMove(viewport, last)
    qtbot.mouseRelease(viewport, left, pos=last)
    low, high = tab.look.band
    assert tab.panes.tools.chosen_text.endswith(
        f"{low:.0f}–{high:.0f} Hz, {high - low:.0f} Hz wide"
    )
    described = tab.panes.main.plots.accessibleDescription()
    assert described == f"{tab.panes.main.text}. {tab.panes.tools.chosen_text}"
    press(qtbot, tab, Qt.Key.Key_P)
    spectrum = np.abs(np.fft.rfft(output.played[0].samples))
    hertz = np.fft.rfftfreq(output.played[0].samples.size, 1 / 8000)
    assert spectrum[hertz > high * 1.2].max() < 0.01 * spectrum.max()
    press(qtbot, tab, Qt.Key.Key_Z)
    picture = tab.controller.settings.picture
    assert (picture.fmin, picture.fmax) == pytest.approx((low, high), abs=1)
    assert (tab.look.start, tab.look.stop) == pytest.approx((0.3, 0.6), abs=0.01)
    settle(qtbot, tab)
    tab.panes.tools.everything.click()
    assert tab.controller.settings.picture.fmax == 4000


def test_zero_is_a_digit_in_the_list_and_shows_everything_in_the_picture(qtbot, tab):
    clip = tab.clips.current()
    tab.look.show_range(0.25, 0.75)
    press(qtbot, tab, Qt.Key.Key_0, widget=tab.clips)
    qtbot.waitUntil(lambda: clip.given == "zero", timeout=3000)
    assert (tab.look.start, tab.look.stop) == (0.25, 0.75)
    tab.panes.main.plots.setFocus()
    press(qtbot, tab, Qt.Key.Key_0)
    assert tab.look.visible == 1
    press(qtbot, tab, Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: clip.given is None, timeout=3000)


def test_w_offers_the_labels_from_the_list_and_from_the_picture(qtbot, tab):
    menu = tab.list.clip_actions.labels_menu
    for widget in (tab.clips, tab.panes.main.plots):
        press(qtbot, tab, Qt.Key.Key_W, widget=widget)
        assert menu.isVisible()
        menu.close()


def test_what_is_deleted_leaves_the_list_and_comes_back_and_its_file_stays(qtbot, tab):
    settle(qtbot, tab)
    model, first = tab.clips.clips, tab.clips.current()
    press(qtbot, tab, Qt.Key.Key_Delete, widget=tab.clips)
    assert first not in model.shown
    assert first.path.exists()
    qtbot.waitUntil(lambda: tab.controller.shown.item is model.shown[0], timeout=5000)
    tab.clips.selectAll()
    press(qtbot, tab, Qt.Key.Key_Delete, widget=tab.clips)
    assert "Open sound files or a folder" in tab.panes.main.text
    assert tab.controller.shown is None
    for _ in range(2):
        tab.list.clip_actions.undo.trigger()
    assert model.shown[0] is first
    qtbot.waitUntil(lambda: tab.controller.shown is not None, timeout=5000)
    assert tab.controller.shown.item is tab.clips.current()
