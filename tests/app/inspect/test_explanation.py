import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont

from app.inspect.explanation import Explainer, Explanation
from app.inspect.explanation_panel import ExplanationPanel
from app.sound_view.heat import AGAINST, FOR
from app.sound_view.picture import draw
from app.sound_view.plots import SpectrogramPlot
from core.recognition.bundle import load_bundle
from core.recognition.occlusion import OcclusionMap, occlusion_map
from core.recognition.recogniser import DigitRecogniser, Prediction
from core.sound.clip import AudioClip
from core.sound.features import FeatureConfig
from core.sound.picture import PictureConfig
from tests.helpers.bundles import NOTEBOOK, copy_bundle
from tests.helpers.sounds import sample_clip, tone

FEATURES = FeatureConfig(n_fft=512, win_length=256, hop_length=80, n_mels=40)


@pytest.fixture
def explainer(qtbot, model):
    model.use(NOTEBOOK)
    qtbot.waitUntil(lambda: model.path == NOTEBOOK, timeout=5000)
    explainer = Explainer(model)
    yield explainer
    explainer.close()


@pytest.fixture
def panel(qtbot):
    panel = ExplanationPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture(scope="module")
def four():
    recogniser = DigitRecogniser(load_bundle(NOTEBOOK))
    clip = sample_clip("four")
    return Explanation(recogniser.recognise(clip), occlusion_map(recogniser, clip))


def known(values, features=FEATURES, probability=0.98, threshold=0.0):
    """An explanation made by hand."""
    labels = ("yes", "no")
    answers = np.array([probability, 1 - probability], np.float32)
    prediction = Prediction(labels, answers, threshold, 1.0)
    model_input = np.linspace(-1, 2, values.size, dtype=np.float32).reshape(values.shape)
    found = OcclusionMap("yes", probability, 0.31, model_input, values, features)
    return Explanation(prediction, found)


def test_the_last_clip_asked_for_is_explained_and_no_other(qtbot, explainer):
    heard = []
    explainer.explained.connect(heard.append)
    for label in ("one", "two", "four"):
        explainer.explain(sample_clip(label))
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    assert [explanation.occlusion.label for explanation in heard] == ["four"]
    assert heard[0].prediction.label == "four"


def test_another_model_explains_the_same_clip(qtbot, explainer, model, tmp_path):
    heard = []
    explainer.explained.connect(heard.append)
    explainer.explain(sample_clip("four"))
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=5000)
    model.use(copy_bundle(tmp_path / "careful", threshold=1.0))
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=5000)
    assert heard[1].prediction.label is None
    explainer.explain(None)
    qtbot.wait(200)
    assert len(heard) == 2


def test_a_model_that_is_gone_is_said(qtbot, explainer, model, tmp_path):
    bundle = copy_bundle(tmp_path / "gone")
    model.use(bundle)
    qtbot.waitUntil(lambda: model.path == bundle, timeout=5000)
    (bundle / "model.tflite").unlink()
    with qtbot.waitSignal(explainer.failed, timeout=5000) as said:
        explainer.explain(sample_clip("four"))
    assert "gone" in said.args[0]


def test_the_exact_input_is_shown_point_by_point_with_its_shape(panel, four):
    panel.set_explanation(four)
    shown = panel.plot.picture
    assert np.array_equal(shown.image, four.occlusion.model_input)
    assert shown.image.shape == (128, 16)
    assert "128 Mel bins × 16 frames, z-scored" in panel.text
    axis = panel.plot.plot.getAxis
    assert (axis("bottom").labelText, axis("left").labelText) == ("Frame", "Mel bin")
    assert panel.plot.plot.viewRange() == [[0, 16], [0, 128]]
    sure = four.prediction.confidence
    assert f"four {100 * sure:.0f} %" in panel.bars.accessibleDescription()


def test_the_sentence_says_where_and_how_much(panel):
    values = np.zeros((40, 101), np.float32)
    values[20:30, 30:46] = 5
    panel.set_explanation(known(values))
    fmin, fmax = FEATURES.frequency_of(np.array([19.5, 29.5], np.float32)) / 1000
    expected = f"The answer yes depends most on 0.29–0.46 s, {fmin:.1f}–{fmax:.1f} kHz."
    assert expected in panel.text
    assert "from 98 % to 31 %" in panel.text
    assert panel.accessibleDescription() == panel.text


def test_a_model_on_the_waveform_has_no_frequencies(panel):
    values = np.zeros((1, 8000), np.float32)
    values[0, 2400:4000] = 1
    panel.set_explanation(known(values, features=None))
    assert "depends most on 0.30–0.50 s." in panel.text
    assert "8000 samples" in panel.text
    assert panel.plot.plot.getAxis("bottom").labelText == "Sample"


def test_an_unsure_answer_and_one_that_depends_on_nothing_are_called_so(panel):
    values = np.zeros((40, 101), np.float32)
    panel.set_explanation(known(values, threshold=0.99))
    assert "Not sure. The best guess, yes, depends on no part more than on others." in panel.text


def test_what_is_not_given_to_the_network_is_said(panel):
    recogniser = DigitRecogniser(load_bundle(NOTEBOOK))
    clip = AudioClip(np.zeros(8000, np.float32))
    panel.set_explanation(Explanation(recogniser.recognise(clip), occlusion_map(recogniser, clip)))
    assert "The network is not asked." in panel.text
    assert "only zeros" in panel.text


def test_the_colours_say_for_and_against_over_the_picture_in_seconds_and_hertz(qapp):
    values = np.zeros((40, 101), np.float32)
    values[0, 0], values[20, 50] = 4, -1
    plot = SpectrogramPlot()
    clip = AudioClip(tone(seconds=3.0))
    plot.set_picture(draw(clip, PictureConfig()))
    plot.set_heat(known(values).occlusion, start=1.5)
    heat = plot.heat.image
    assert heat.shape == (96, 101, 4)
    assert tuple(heat[0, 0]) == (*FOR.getRgb()[:3], 255)
    hertz = float(FEATURES.frequency_of(20))
    row = round(float(plot.picture.row_of(hertz)))
    assert tuple(heat[row, 50]) == (*AGAINST.getRgb()[:3], 128)
    assert heat[60, 5, 3] == 0
    place = plot.heat.mapRectToParent(plot.heat.boundingRect())
    assert (place.left(), place.right()) == (pytest.approx(1.5), pytest.approx(2.5, abs=0.01))
    linear = PictureConfig(scale="linear", fmax=2000.0)
    plot.set_picture(draw(clip, linear))  # it goes along
    assert plot.heat.image.shape[0] == plot.picture.values.shape[0]
    row = round(float(plot.picture.row_of(hertz)))
    assert tuple(plot.heat.image[row, 50]) == (*AGAINST.getRgb()[:3], 128)
    plot.set_heat(None)
    assert plot.heat.image is None


def test_the_colours_can_be_weaker_and_taken_away(panel):
    values = np.zeros((40, 101), np.float32)
    values[0, 0] = 4
    panel.set_explanation(known(values))
    told = []
    panel.heat_changed.connect(told.append)
    assert "orange speaks for yes" in panel._legend.text()
    panel.strength.setValue(40)
    assert told == [pytest.approx(0.4)]
    panel.depends.click()
    assert told[-1] == panel.opacity == 0
    assert not panel.strength.isEnabled()
    assert not panel._legend.isVisible()


def test_the_number_under_the_mouse_is_said(panel, four):
    panel.set_explanation(four)
    panel.resize(400, 600)
    box = panel.plot.plot.getViewBox()
    panel.plot._on_mouse_moved(box.mapViewToScene(QPointF(5.5, 37.5)))
    assert panel._point.text() == f"Mel bin 37, frame 5: {four.occlusion.model_input[37, 5]:.3f}"
    panel.plot._on_mouse_moved(box.mapViewToScene(QPointF(-3, 500)))
    assert panel._point.text() == ""


def test_without_a_clip_it_says_what_to_do(panel, four):
    assert "Choose a clip" in panel.text
    panel.set_explanation(four)
    panel.set_sentence("The file is gone.")
    assert panel.text == panel.accessibleDescription() == "The file is gone."


def test_whether_somebody_looks_is_told(qtbot, panel):
    with qtbot.waitSignal(panel.shown_changed) as told:
        panel.hide()
    assert told.args == [False]
    with qtbot.waitSignal(panel.shown_changed) as told:
        panel.show()
    assert told.args == [True]


def test_the_panel_follows_the_theme_and_the_font(panel, four):
    panel.set_explanation(four)
    palette = panel.palette()
    palette.setColor(palette.ColorRole.Base, Qt.GlobalColor.darkBlue)
    panel.setPalette(palette)
    assert panel.plot.backgroundBrush().color() == Qt.GlobalColor.darkBlue
    before = panel.plot.minimumHeight()
    font = QFont(panel.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    panel.setFont(font)
    assert panel.plot.minimumHeight() > before
