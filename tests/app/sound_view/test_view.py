from datetime import UTC, datetime

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication

from app.sound_view.marks import Marks, WordMark
from app.sound_view.marks_item import MarksItem
from app.sound_view.overview import Overview
from app.sound_view.picture import ViewSettings, draw
from app.sound_view.stream_view import StreamView
from app.sound_view.view import SoundView
from core.sound.clip import AudioClip
from core.sound.picture import COLUMN_SECONDS, STREAM_FEATURES, PictureConfig
from tests.helpers.sounds import noise, sample_clip, tone


@pytest.fixture
def view(qtbot):
    view = SoundView("hint", plays=True)
    qtbot.addWidget(view)
    view.resize(700, 420)
    view.show()
    qtbot.waitExposed(view)
    return view


def place(view, seconds, plot="waveform", y=0.0):
    box = getattr(view.plots, plot).vb
    return view.plots.mapFromScene(box.mapViewToScene(QPointF(seconds, y)))


def press(view, key, modifiers=Qt.KeyboardModifier.NoModifier):
    return view.act_on(QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers))


def drag(qtbot, view, first, second):
    """Drag from a second and a frequency to others, with the mouse."""
    picture, left = view.plots.spectrogram.picture, Qt.MouseButton.LeftButton
    viewport = view.plots.viewport()
    start, stop = (
        place(view, seconds, "spectrogram", float(picture.row_of(hertz)))
        for seconds, hertz in (first, second)
    )
    qtbot.mousePress(viewport, left, pos=start)
    qtbot.mouseMove(viewport, (start + stop) / 2)
    qtbot.mouseMove(viewport, stop)
    qtbot.mouseRelease(viewport, left, pos=stop)


def test_a_take_grows_on_axes_that_stand_still_into_the_picture_of_its_end(view):
    samples = sample_clip("four").samples
    ranges, shares = set(), []
    for size in (2000, 4000, 6000, 8000):
        view.set_running(samples[: size - 100])  # waveform and picture grow in turn
        view.set_running(samples[:size])
        plot = view.plots.spectrogram
        ranges.add((tuple(plot.viewRange()[0]), tuple(plot.viewRange()[1])))
        (ticks,) = plot.getAxis("left")._tickLevels
        shares.append(plot.picture.values.shape[1] / 251)
        assert [text for _, text in ticks][-1] == "4000"
    assert len(ranges) == 1
    assert shares == pytest.approx([63 / 251, 126 / 251, 188 / 251, 1], abs=0.01)
    grown = view.plots.spectrogram.picture.values
    view.set_take(AudioClip(samples))
    assert np.array_equal(view.plots.spectrogram.picture.values, grown)
    assert tuple(view.plots.spectrogram.viewRange()[0]) == pytest.approx((0, 1))


def test_the_noise_before_a_word_is_dark(view):
    room = noise(0.25, amplitude=0.0005)
    view.set_running(room)
    values = view.plots.spectrogram.picture.values
    assert values.max() < -20
    assert values.min() >= -80
    view.set_running(np.concatenate([room, tone(amplitude=0.3)[:2000]]))
    assert view.plots.spectrogram.picture.values.max() == 0


def test_a_click_is_where_play_begins_and_a_drag_is_what_is_played(qtbot, view):
    view.set_take(sample_clip("four"))
    QApplication.processEvents()
    assert view.chosen()[0].seconds == 1.0
    viewport = view.plots.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place(view, 0.5))
    clip, start = view.chosen()
    assert start == pytest.approx(0.5, abs=0.01)
    assert clip.seconds == pytest.approx(0.5, abs=0.01)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place(view, 0.2))
    for seconds in (0.3, 0.4, 0.6):
        qtbot.mouseMove(viewport, place(view, seconds))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place(view, 0.6))
    clip, start = view.chosen()
    assert start == pytest.approx(0.2, abs=0.01)
    assert clip.seconds == pytest.approx(0.4, abs=0.01)
    with qtbot.waitSignal(view.play_wanted):
        view.tools.play.click()
    view.set_cursor(0.3)
    assert view.tools.play.text() == "Stop (P)"
    view.set_cursor(None)
    assert view.tools.play.text() == "Play (P)"


def test_a_drag_over_the_picture_selects_a_time_and_a_band_that_is_played_alone(qtbot, view):
    view.set_take(AudioClip(tone(400, amplitude=0.2) + tone(2000, amplitude=0.2)))
    QApplication.processEvents()
    drag(qtbot, view, (0.4, 2500), (0.1, 1500))
    look = view.look
    assert look.span == pytest.approx((0.1, 0.4), abs=0.01)
    assert look.band == pytest.approx((1500, 2500), rel=0.03)
    low, high = look.band
    said = view.tools.chosen_text
    assert said.endswith(f"{low:.0f}–{high:.0f} Hz, {high - low:.0f} Hz wide")
    assert said.startswith(f"Selected   {look.span[0]:.3f}–{look.span[1]:.3f} s")
    assert view.plots.accessibleDescription() == said
    clip, start = view.chosen()
    assert start == look.span[0]
    spectrum = np.abs(np.fft.rfft(clip.samples))
    hertz = np.fft.rfftfreq(clip.samples.size, 1 / clip.sample_rate)
    assert spectrum[abs(hertz - 400) < 30].max() < 0.02 * spectrum[abs(hertz - 2000) < 30].max()
    view.grab()  # with the frame around it

    assert press(view, Qt.Key.Key_Z)
    assert (look.start, look.stop) == pytest.approx(look.span)
    config = view.plots.spectrogram.picture.config
    assert (config.fmin, config.fmax) == pytest.approx(look.band, abs=1)
    assert press(view, Qt.Key.Key_Home)
    config = view.plots.spectrogram.picture.config
    assert (config.fmin, config.fmax) == (0, 4000)
    assert (look.start, look.stop) == (0, 1)


def test_a_drag_that_hardly_goes_up_or_over_the_waveform_selects_all_frequencies(qtbot, view):
    view.set_take(AudioClip(tone()))
    QApplication.processEvents()
    drag(qtbot, view, (0.2, 1000), (0.6, 1050))
    assert view.look.span == pytest.approx((0.2, 0.6), abs=0.01)
    assert view.look.band is None
    left, viewport = Qt.MouseButton.LeftButton, view.plots.viewport()
    qtbot.mousePress(viewport, left, pos=place(view, 0.3, "waveform", 0.3))
    qtbot.mouseMove(viewport, place(view, 0.5, "waveform", -0.3))
    qtbot.mouseRelease(viewport, left, pos=place(view, 0.7, "waveform", -0.3))
    assert view.look.band is None
    assert view.plots.accessibleDescription() == view.tools.chosen_text


def test_keys_select_a_time_and_a_band(view):
    view.set_take(AudioClip(tone()))
    shift, look = Qt.KeyboardModifier.ShiftModifier, view.look
    for _ in range(3):
        assert press(view, Qt.Key.Key_Up, shift)
    assert look.span == (0, 1)
    low, high = look.band
    picture = view.plots.spectrogram.picture
    assert float(picture.row_of(high) - picture.row_of(low)) == pytest.approx(3, abs=0.01)
    assert press(view, Qt.Key.Key_Down, shift)
    assert look.band[0] == low
    assert look.band[1] < high
    look.clear_span()
    for _ in range(4):
        press(view, Qt.Key.Key_Right, shift)
    assert look.span == pytest.approx((0.5, 0.52), abs=0.001)
    assert look.band is None
    assert view.tools.chosen_text.startswith("Selected")


def test_the_amplitude_axis_stands_still_while_a_take_grows(view):
    waveform, scales = view.plots.waveform, []
    waveform.sigYRangeChanged.connect(lambda _, scale: scales.append(scale))
    soft, loud = noise(0.25, amplitude=0.001), tone(amplitude=0.9)[:6000]
    samples = np.concatenate([soft, loud])
    for size in range(400, 2001, 400):
        view.set_running(samples[:size])
    assert len(scales) == 1  # at the first moment
    for size in range(2400, 8001, 400):
        view.set_running(samples[:size])
    assert len(scales) == 2  # a voice that is louder than most is not cut off
    view.set_take(AudioClip(samples))
    view.set_running(soft)  # the next stands where this one did
    assert len(scales) == 2


def test_frequencies_of_a_stream_are_zoomed_by_what_is_shown_of_it(qtbot):
    view = StreamView("hint")
    qtbot.addWidget(view)
    view.begin_stream(datetime(2024, 1, 1, tzinfo=UTC))
    columns = np.full((STREAM_FEATURES.n_mels, 1000), -60, np.float32)
    view.add_sound(noise(10.0), columns)
    view.look.select(3.0, 5.0, (500.0, 1500.0))
    view.look.zoom_to_span()
    picture, plot = view.plots.spectrogram.picture, view.plots.spectrogram
    low, high = plot.viewRange()[1]
    assert float(picture.frequency_of(low)) == pytest.approx(500, rel=0.01)
    assert float(picture.frequency_of(high)) == pytest.approx(1500, rel=0.01)
    (ticks,) = plot.getAxis("left")._tickLevels
    assert next(text for _, text in ticks) == "500"
    view.look.show_everything()
    assert plot.viewRange()[1] == [-0.5, STREAM_FEATURES.n_mels - 0.5]


def test_the_values_under_the_crosshair_are_said(qtbot, view):
    view.set_take(sample_clip("four"))
    QApplication.processEvents()
    qtbot.mouseMove(view.plots.viewport(), place(view, 0.45, "spectrogram", 30.0))
    text = view.tools.pointed_text
    assert text.startswith("0.4")
    assert "Hz" in text
    assert text.endswith("dB")


def test_keys_and_buttons_zoom_and_move(view):
    view.set_take(AudioClip(tone()))
    look = view.look
    assert press(view, Qt.Key.Key_Plus)
    assert look.visible == pytest.approx(1 / 1.5)
    start = look.start
    assert press(view, Qt.Key.Key_Right)
    assert look.start > start
    view.tools.everything.click()
    assert (look.start, look.stop) == (0, 1)
    view.tools.zoom_in.click()
    view.tools.zoom_out.click()
    assert look.visible == pytest.approx(1)
    assert not press(view, Qt.Key.Key_A)
    view.clear()
    assert not press(view, Qt.Key.Key_Plus)
    assert not view.tools.play.isEnabled()


def test_a_stream_is_drawn_wherever_one_looks_and_painted_once(qtbot, monkeypatch):
    from app.sound_view.inspector import SoundInspector

    view = StreamView("hint")
    qtbot.addWidget(view)
    view.resize(700, 420)
    view.show()
    qtbot.waitExposed(view)
    view.begin_stream(datetime(2024, 1, 1, tzinfo=UTC))
    columns = np.full((STREAM_FEATURES.n_mels, 1), -60, np.float32)
    view.add_sound(noise(30.0), np.repeat(columns, round(30 / COLUMN_SECONDS), axis=1))
    for start, stop in ((20, 24), (5, 25)):
        view.look.show_range(start, stop)
        drawn = view.plots.waveform._curve.xData
        assert (drawn.min(), drawn.max()) == pytest.approx((start, stop), abs=0.01)
    painted = []
    paint = SoundInspector.paintEvent
    monkeypatch.setattr(
        SoundInspector, "paintEvent", lambda *event: (painted.append(event), paint(*event))
    )
    for _ in range(5):
        QApplication.processEvents()
    painted.clear()
    view.look.pan(0.1)
    for _ in range(5):
        QApplication.processEvents()
    assert len(painted) == 1


def test_the_settings_of_the_picture_count_at_once(view):
    samples = sample_clip("four").samples
    view.set_take(AudioClip(samples))
    settings = ViewSettings(picture=PictureConfig(n_mels=40, fmax=2000.0), colour_map="grey")
    view.set_settings(settings)
    picture = view.plots.spectrogram.picture
    assert picture.values.shape[0] == 40
    assert np.array_equal(picture.values, draw(AudioClip(samples), settings.picture).values)
    view.set_take(AudioClip(samples))
    assert view.plots.spectrogram.picture.values.shape[0] == 40


def test_the_overview_frames_what_is_seen_and_asks_for_more(qtbot):
    strip = Overview()
    qtbot.addWidget(strip)
    strip.resize(400, 30)
    strip.set_sound(np.linspace(0, 1, 1000), 0.1, 200.0)  # half of it is known
    strip.set_range(50, 60)
    strip.set_words([10.0, 20.0, 20.1])
    strip.set_cursor(55.0)
    assert strip._outline().size == 200
    assert strip._outline()[-1] == 1
    strip.grab()
    wanted = []
    strip.moved.connect(wanted.append)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    qtbot.mouseMove(strip, QPoint(300, 10))
    assert wanted[0] == pytest.approx(50.0)
    strip.set_sound([], 0.1, 0.0)
    strip.grab()
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    assert len(wanted) == 1 + (len(wanted) == 2)


def test_what_a_word_is_is_written_whole_at_the_edges_too(qtbot):
    plots = pg.PlotWidget()
    qtbot.addWidget(plots)
    plots.resize(400, 120)
    plots.setXRange(0, 1, padding=0)
    item = MarksItem(plots.getPlotItem())
    item.set_palette(plots.palette(), over_picture=False)
    item.set_marks(
        Marks(words=(WordMark(0.0, 0.02, "four 99 %"), WordMark(0.98, 1.0, "nine 90 %")))
    )
    plots.show()
    qtbot.waitExposed(plots)
    written = []

    class Painter(QPainter):
        def drawText(self, at, text):
            written.append((at.x(), text))

    image = QImage(400, 120, QImage.Format.Format_RGB32)
    painter = Painter(image)
    item.paint(painter, None)
    width = painter.fontMetrics().horizontalAdvance("nine 90 %")
    painter.end()
    assert [text for _, text in written] == ["four 99 %", "nine 90 %"]
    assert written[0][0] >= 0
    assert written[1][0] + width <= item.boundingRect().right()
