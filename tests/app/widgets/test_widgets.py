"""The widgets, through what they are told and what they say, not through their pixels."""

from datetime import datetime

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox

from app.library.changes import Changes, RecordingsKeeper
from app.library.clips import DISPLAY_FEATURES, Clip, picture_of
from app.library.model import Column, thumbnail
from app.recognise.controller import State
from app.recognise.tab import RecogniseTab
from app.shell.settings import Forgetful, Settings
from app.shell.theme import _DARK, _LIGHT, _palette, apply_theme, is_dark, meaning_colours
from app.shell.translation import answer_text, install_translations
from app.sound_view.axes import Axis
from app.sound_view.plots import colour_table
from app.sound_view.view import SoundView
from app.widgets.answer import AnswerCard, ProbabilityBars
from app.widgets.label_tables import ConfusionMatrix
from app.widgets.recording import LevelMeter
from core.dataset.recordings import RecordingsFolder
from core.recognition.recogniser import Prediction
from core.sound.clip import AudioClip
from core.sound.intake import Level
from core.sound.levels import SoundProblem
from tests.helpers.sounds import sample_clip, tone

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def prediction(label="seven", confidence=0.9, threshold=0.0, problem=None):
    rest = (1 - confidence) / 9
    values = [confidence if word == label else rest for word in DIGITS]
    return Prediction(DIGITS, np.array(values, np.float32), threshold, 1.25, problem)


def take(label="seven", **changes):
    clip = sample_clip(label)
    return Clip(
        "Demo",
        sound=clip,
        time=datetime.now().astimezone().replace(hour=3, minute=4, second=5),
        prediction=prediction(label, **changes),
    )


@pytest.fixture
def tab(qtbot, tmp_path):
    settings = Settings(Forgetful())
    tab = RecogniseTab(Changes(RecordingsKeeper(RecordingsFolder(tmp_path))), settings)
    qtbot.addWidget(tab)
    return tab


def test_the_card_shows_numeral_word_confidence_and_time(qtbot):
    card = AnswerCard("hint")
    qtbot.addWidget(card)
    assert card.text == "hint"
    card.set_prediction(prediction())
    assert card._digit.text() == "7"
    assert card.text == "seven, 90 % sure · 1.2 ms"
    assert card.accessibleDescription() == card.text


def test_the_card_says_why_there_is_no_answer(qtbot):
    card = AnswerCard("hint")
    qtbot.addWidget(card)
    card.set_prediction(prediction(problem=SoundProblem.TOO_QUIET))
    assert card.text == str(SoundProblem.TOO_QUIET.sentence)
    card.set_prediction(prediction(confidence=0.4, threshold=0.6))
    assert card.text.startswith("Not sure: it might be seven")
    card.set_prediction(prediction(), "the file is 3.00 s long")
    assert card._note.text() == "The file is 3.00 s long."


def test_the_card_keeps_its_size_whatever_it_shows(qtbot):
    card = AnswerCard("hint")
    qtbot.addWidget(card)
    card.resize(300, 300)
    sizes = set()
    for shown in (prediction(), prediction(problem=SoundProblem.ALL_ZEROS), prediction("one", 0.3)):
        card.set_prediction(shown)
        sizes.add((card.minimumSizeHint().height() <= 300, card.size().toTuple()))
    assert sizes == {(True, (300, 300))}


def test_the_bars_say_what_they_show(qtbot):
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.set_labels(DIGITS)
    assert bars.accessibleDescription() == ""
    height = bars.sizeHint().height()
    bars.set_prediction(prediction())
    assert "seven 90 %" in bars.accessibleDescription()
    assert bars.sizeHint().height() == height
    bars.set_prediction(prediction(problem=SoundProblem.CLIPPED))
    assert bars.accessibleDescription() == ""
    bars.grab()


def test_the_meter_lights_clipped_at_once_and_for_a_while(qtbot):
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.set_level(Level(-12.0, -20.0, False))
    assert not meter.clipped
    meter.set_level(Level(0.0, -3.0, True))
    assert meter.clipped
    meter.set_level(Level(-40.0, -50.0, False))
    assert meter.clipped
    assert "clipped" in meter.accessibleDescription()
    meter.clear()
    assert not meter.clipped


def test_the_meter_rises_at_once_and_falls_smoothly(qtbot):
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.set_level(Level(-6.0, -10.0, False))
    assert meter._shown_dbfs == -6
    qtbot.wait(60)
    meter.set_level(Level(-50.0, -55.0, False))
    assert -12 < meter._shown_dbfs < -6
    assert meter._peak_dbfs == -6
    meter.grab()


def test_waveform_and_spectrogram_share_the_second(qtbot):
    view = SoundView("hint")
    qtbot.addWidget(view)
    view.resize(800, 600)
    shown = take()
    view.set_take(shown.sound)
    xs, ys = view.plots.waveform._curve.getData()
    assert (xs[0], ys.size) == (0, 8000)
    assert xs[-1] == pytest.approx(1, abs=0.001)
    rect = view.plots.spectrogram.image.mapRectToParent(view.plots.spectrogram.image.boundingRect())
    assert rect.left() == pytest.approx(-0.002)
    assert rect.right() == pytest.approx(1.002)
    assert (
        view.plots.waveform.viewRange()[0]
        == view.plots.spectrogram.viewRange()[0]
        == pytest.approx([0, 1])
    )
    assert view.pane.sentence == ""
    view.clear()
    assert view.pane.sentence == "hint"


def test_the_plots_stand_exactly_below_each_other(qtbot):
    view = SoundView("hint")
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    shown = take()
    view.set_take(shown.sound)
    QApplication.processEvents()
    plots = (view.plots.waveform, view.plots.spectrogram, view.plots.colour_bar)
    boxes = [plot.vb.mapRectToScene(plot.vb.boundingRect()) for plot in plots]
    waveform, spectrogram, colours = boxes
    assert waveform.left() == pytest.approx(spectrogram.left(), abs=1)
    assert waveform.right() == pytest.approx(spectrogram.right(), abs=1)
    assert colours.top() == pytest.approx(spectrogram.top(), abs=1)
    assert colours.bottom() == pytest.approx(spectrogram.bottom(), abs=1)


def test_the_ticks_are_at_their_mel_rows(qtbot):
    view = SoundView("hint")
    qtbot.addWidget(view)
    shown = take()
    view.set_take(shown.sound)
    (ticks,) = view.plots.spectrogram.getAxis("left")._tickLevels
    rows = {text: row for row, text in ticks}
    assert rows["1000"] == pytest.approx(float(DISPLAY_FEATURES.row_of(1000.0)))
    assert list(rows.values()) == sorted(rows.values())


def test_while_a_take_runs_the_scale_only_grows(qtbot):
    view = SoundView("hint")
    qtbot.addWidget(view)
    scales = []
    for amplitude, size in ((0.01, 2000), (0.4, 4000), (0.01, 6000)):
        for come in (size - 100, size):  # waveform and picture grow in turn
            view.set_running(tone(amplitude=amplitude)[:come])
        scales.append(view.plots.waveform._scale)
    assert scales == [0.2, 0.5, 0.5]
    view.set_running(tone(amplitude=0.01)[:2000])
    assert view.plots.waveform._scale == 0.5  # the next take begins as the last one stood
    view.set_take(AudioClip(tone(amplitude=0.01)))
    assert view.plots.waveform._scale == 0.02


def test_the_plots_follow_the_palette(qtbot):
    view = SoundView("hint")
    qtbot.addWidget(view)
    view.set_take(take().sound)
    for colours in (_DARK, _LIGHT):
        palette = _palette(colours)
        view.setPalette(palette)
        background = view.plots.backgroundBrush().color()
        assert background == palette.color(QPalette.ColorRole.Base)
        assert view.plots.waveform.getAxis("left").textPen().color() == palette.color(
            QPalette.ColorRole.Text
        )


def test_takes_are_listed_newest_first_and_can_be_chosen(qtbot, tab):
    table, model = tab.takes.table, tab.takes.table.clips
    chosen = []
    table.chosen.connect(chosen.append)
    first, second = take("one"), take("two", problem=SoundProblem.OVERFLOWED)
    for one in (first, second):
        model.insert(0, [one])
        table.mark(one)
    assert chosen == []
    columns = (Column.TIME, Column.HEARD, Column.SURE)
    cells = [[model.index(row, column).data() for column in columns] for row in range(2)]
    assert cells == [["03:04:05", "–", ""], ["03:04:05", "one", "90 %"]]
    tip = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("Demo")
    assert "lost" in tip
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen == [first]


def test_the_confusion_matrix_names_what_is_no_digit_and_tells_its_label(qtbot):
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.set_counts(["one", "_silence_"], [[3, 0], [1, 2]])
    model = matrix.model()
    rows = [model.headerData(row, Qt.Orientation.Vertical) for row in range(2)]
    assert rows == ["one", "no word"]
    cell = model.index(1, 0)
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "1 of 3 times “no word” was taken for “one”"
    with qtbot.waitSignal(matrix.cell_chosen) as chosen:
        matrix.setCurrentIndex(cell)
    assert chosen.args == ["_silence_", "one"]


def test_every_state_has_its_own_word_shape_and_colour(qtbot, tab):
    looks = {state: tab._looks[state] for state in State}
    assert len({look.word for look in looks.values()}) == len(State)
    active = [looks[s] for s in (State.READY, State.SPEAK_NOW, State.RECORDING, State.THINKING)]
    assert len({look.shape for look in active}) == 4
    assert len({look.colour for look in active}) == 4
    for state in State:
        tab.set_state(state)
        assert tab.record.word == looks[state].word
        tab.record.grab()


def test_a_problem_takes_the_place_of_the_hint_and_offers_the_demo(qtbot, tab):
    tab.show()
    height = tab.record.sizeHint().height()
    tab.set_problem("No microphone was found.")
    assert tab.record.hint == "No microphone was found."
    assert tab.record.remedy.isVisible()
    assert tab.record.sizeHint().height() == height
    with qtbot.waitSignal(tab.demo_clicked):
        tab.record.remedy.click()
    tab.set_problem("")
    tab.set_state(State.READY)
    assert "Space" in tab.record.hint
    assert not tab.record.remedy.isVisible()
    tab.close()


def _contrast(a: QColor, b: QColor) -> float:
    def luminance(colour):
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [_LIGHT, _DARK])
def test_everything_that_is_read_has_enough_contrast(colours):
    palette = _palette(colours)
    role = QPalette.ColorRole
    window = palette.color(role.Window)
    meaning = meaning_colours(palette)
    for name in ("idle", "ready", "speak", "recording", "thinking"):
        assert _contrast(getattr(meaning, name), window) >= 4.5, name
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.PlaceholderText, role.Base),
        (role.PlaceholderText, role.Window),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
    ):
        assert _contrast(palette.color(text), palette.color(ground)) >= 4.5, (text, ground)
    assert _contrast(palette.color(role.HighlightedText), palette.color(role.Highlight)) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frame_of_an_empty_box_stands_out(qtbot, qapp, theme):
    apply_theme(qapp, theme)
    box = QCheckBox()
    qtbot.addWidget(box)
    picture = box.grab().toImage()
    middle = picture.height() // 2
    ground = qapp.palette().color(QPalette.ColorRole.Window)
    edge = [picture.pixelColor(x, middle) for x in range(picture.width() // 2)]
    assert max(_contrast(colour, ground) for colour in edge) >= 3
    apply_theme(qapp, "system")


@pytest.mark.slow
def test_the_theme_can_be_forced(qapp):
    apply_theme(qapp, "dark")
    assert is_dark(qapp.palette())
    apply_theme(qapp, "light")
    assert not is_dark(qapp.palette())
    apply_theme(qapp, "system")


def test_what_is_unsure_looks_unsure(qtbot, qapp):
    apply_theme(qapp, "light")
    card = AnswerCard("hint")
    qtbot.addWidget(card)
    card.resize(300, 300)
    looks = {}
    for name, shown in {
        "sure": prediction(confidence=0.97),
        "coin": prediction(confidence=0.51),
        "guess": prediction(confidence=0.51, threshold=0.6),
    }.items():
        card.set_prediction(shown)
        digit = card._digit
        colour = digit.palette().color(digit.foregroundRole())
        looks[name] = (digit.text(), digit.font().pixelSize(), colour.name(), card.text)
    assert [look[0] for look in looks.values()] == ["7", "7?", "7?"]
    assert looks["coin"][1] == looks["guess"][1] < 0.7 * looks["sure"][1]
    assert looks["coin"][2] == looks["guess"][2] != looks["sure"][2]
    assert looks["coin"][3] == "perhaps seven, 51 % sure · 1.2 ms"
    assert looks["guess"][3].startswith("Not sure: it might be seven")


def test_what_went_wrong_stands_below_the_answer_until_the_next(qtbot):
    card = AnswerCard("hint")
    qtbot.addWidget(card)
    card.resize(300, 300)
    card.set_prediction(prediction())
    before = card._digit.font().pixelSize()
    card.set_failure("The sound cannot be played.")
    assert card.text == "seven, 90 % sure · 1.2 ms The sound cannot be played."
    assert card.accessibleDescription() == card.text
    assert card._digit.font().pixelSize() < before
    colour = card._failure.palette().color(card._failure.foregroundRole())
    assert colour == meaning_colours(card.palette()).recording
    card.set_prediction(prediction())
    assert card.text == "seven, 90 % sure · 1.2 ms"
    assert card._digit.font().pixelSize() == before


def test_what_is_no_word_is_not_called_unsure(qtbot):
    labels = (*DIGITS, "_silence_", "_unknown_")
    for best, answer in (("_silence_", "no word"), ("_unknown_", "other word")):
        values = np.full(12, 0.0, np.float32)
        values[labels.index(best)] = 1.0
        shown = Prediction(labels, values, 0.9, 1.0)
        assert answer_text(shown) == answer
    assert answer_text(prediction(confidence=0.4, threshold=0.6)) == "seven?"
    assert answer_text(prediction()) == "seven"
    assert answer_text(prediction(confidence=0.6)) == "seven?"  # as the card has it
    assert answer_text(prediction(problem=SoundProblem.CLIPPED)) == answer_text(None) == "–"


@pytest.mark.parametrize(
    ("language", "kind", "written"),
    [
        ("en", "number", ["0.00", "0.25"]),
        ("de", "number", ["0,00", "0,25"]),
        ("de", "share", ["0 %", "25 %"]),
    ],
)
def test_an_axis_is_numbered_as_the_language_does(app, language, kind, written):
    install_translations(app, language)
    assert Axis("left", kind).tickStrings([0.0, 0.25], 1.0, 0.05) == written


def test_what_is_counted_has_whole_numbers_beside_it(qapp):
    spacings = [spacing for spacing, _ in Axis("bottom", "count").tickSpacing(1.0, 3.0, 400.0)]
    assert spacings == [1.0]
    assert min(s for s, _ in Axis("bottom").tickSpacing(1.0, 3.0, 400.0)) < 1.0


def test_digital_silence_is_painted_in_the_darkest_colour(qtbot):
    view = SoundView("hint")
    qtbot.addWidget(view)
    silent = AudioClip(np.zeros(8000, np.float32))
    view.set_take(silent)
    image = view.plots.spectrogram.image
    assert np.unique(image.image).tolist() == [image.levels[0]]
    darkest = min(range(256), key=lambda n: QColor(*colour_table("magma")[n]).lightness())
    assert darkest == 0
    pixel = thumbnail(picture_of(silent)).pixelColor(10, 10)
    assert pixel.lightness() < 10
