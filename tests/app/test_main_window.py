import json

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from app.library.model import Column
from app.main_window import MainWindow
from app.recognise.controller import State
from app.shell.job import Ending, Outcome
from app.shell.progress import HowFar
from app.sound_view.picture import ViewSettings
from app.train.controller import TrainingController
from core.errors import AudioDeviceError
from core.places import DEFAULT_MODEL, SAMPLES
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import noise, sample_clip, write

ROOM = 0.0005


@pytest.fixture
def listening(qtbot, window, controller, heard, fake_source):
    """The started window, hearing a quiet room, with its model."""
    window.start("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY and bool(heard.models), timeout=5000)
    return window


def speak(qtbot, source, label="four"):
    source.feed(sample_clip(label).samples + noise(amplitude=ROOM, seed=2))
    source.feed(noise(1.0, amplitude=ROOM, seed=3))


def test_tapping_space_records_and_the_answer_stands_there(
    qtbot, listening, controller, heard, fake_source
):
    qtbot.keyClick(listening, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    assert listening.recognise.record.word == "Speak now"
    speak(qtbot, fake_source)
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert listening.recognise.answer.text.startswith("four")
    assert listening.recognise.takes.table.clips.rowCount() == 1
    assert "ms" in listening._latency_label.text()


def test_holding_space_waits_until_it_is_let_go(qtbot, listening, controller, heard, fake_source):
    qtbot.keyPress(listening, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    fake_source.feed(noise(4.0, amplitude=ROOM, seed=5))
    qtbot.wait(100)
    assert controller.state is State.SPEAK_NOW
    qtbot.keyRelease(listening, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert heard.takes[0].prediction.problem is not None


FOCUS = {
    "takes": lambda window: window.recognise.takes.table,
    "tabs": lambda window: window.tabs,
    "tab bar": lambda window: window.tabs.tabBar(),
    "splitter": lambda window: window.recognise.splitter,
    "source": lambda window: window.inputs.source,
    "model": lambda window: window.inputs.model,
    "listen": lambda window: window.recognise.listen,
    "wrong": lambda window: window.recognise.takes.wrong,
    "more": lambda window: window.recognise.takes.more,
    "slider": lambda window: window.recognise.threshold.slider,
    "reset": lambda window: window.recognise.threshold.reset,
    "transcript": lambda window: window.recognise.listening.transcript,
}


@pytest.mark.parametrize("focus", FOCUS)
def test_space_records_wherever_the_focus_is(qtbot, listening, controller, fake_source, focus):
    widget = FOCUS[focus](listening)
    widget.setEnabled(True)
    widget.setFocus()
    qtbot.keyPress(widget, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    assert controller._capture._held
    qtbot.keyRelease(widget, Qt.Key.Key_Space)
    assert not controller._capture._held
    assert not listening.recognise.listen.isChecked()
    assert QApplication.activePopupWidget() is None


def test_space_records_after_another_tab_was_looked_at(qtbot, listening, fake_source):
    for number in (2, 1):
        key = Qt.Key(Qt.Key.Key_0 + number)
        qtbot.keyClick(listening, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(QApplication.focusWidget() or listening, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    assert not listening.recognise.listen.isChecked()


def test_space_records_after_a_restart_on_another_tab(
    qtbot, window, controller, heard, fake_source
):
    window.show_tab("train")
    window.start("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY and bool(heard.models), timeout=5000)
    window.inputs.source.setFocus()
    window.tabs.setCurrentIndex(0)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)


def test_on_other_tabs_space_is_for_what_has_the_focus(qtbot, listening, fake_source):
    listening.show_tab("train")
    box = listening.training_tab().data.form.tensorboard
    listening.training_tab().data.form.cards["expert"].click()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert fake_source.cues == 0


def test_the_folder_that_is_remembered_is_read_as_soon_as_the_tab_is_shown(
    window, settings, tmp_path, monkeypatch
):
    scanned = []
    monkeypatch.setattr(TrainingController, "scan", lambda _, folder, *__: scanned.append(folder))
    settings.data_folder = str(tmp_path)
    window.show_tab("train")  # which makes it
    assert scanned == [tmp_path]
    window.show_tab("recognise")
    window.show_tab("train")
    assert scanned == [tmp_path]


def test_a_training_is_seen_from_every_tab_and_a_click_shows_it(qtbot, window):
    tab, bar = window.training_tab(), window.train_page.bar
    window.show_tab("recognise")
    controller = window.train_page.controller
    assert not bar.isVisible()
    controller.run_advanced.emit(HowFar("epoch", 0.43, 80.0, 3, 28))
    assert bar.isVisible()
    assert bar.value() == 430
    assert bar.text() == "Training: 43 %, about 1 min 30 s left"
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert window.tabs.currentWidget() is window.train_page
    assert tab.pages.currentWidget() is tab.home
    controller.run_ended.emit(Outcome(Ending.CANCELLED), "")
    assert not bar.isVisible()


def test_the_button_records_and_escape_cancels(qtbot, listening, controller, heard, fake_source):
    qtbot.mouseClick(listening.recognise.record.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    qtbot.keyClick(listening, Qt.Key.Key_Escape)
    speak(qtbot, fake_source)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    qtbot.wait(150)
    assert heard.takes == []


def test_dropped_files_are_recognised(qtbot, listening, heard, tmp_path):
    paths = [
        write(tmp_path / f"{label}.wav", sample_clip(label).samples) for label in ("one", "four")
    ]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    listening.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: len(heard.takes) == 2, timeout=3000)
    assert listening.recognise.answer.text.startswith("four")
    takes = listening.recognise.takes.table
    qtbot.keyClick(takes, Qt.Key.Key_Down)
    assert listening.recognise.answer.text.startswith("one")


def test_a_long_recording_is_looked_at_where_all_its_words_are_listed(
    qtbot, listening, heard, tmp_path
):
    word, pause = sample_clip("four").samples, noise(30.0, amplitude=ROOM)
    path = write(tmp_path / "long.wav", np.concatenate([word, pause, word, pause]))
    listening.open_files([path])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=10_000)
    assert listening.tabs.currentWidget() is listening.inspect_page
    assert "long.wav" in listening.statusBar().currentMessage()
    words = listening.inspect_page.words.panel
    qtbot.waitUntil(lambda: [each.best for each in words.words.values()] == ["four"] * 2)


def test_a_file_that_cannot_be_read_is_said_in_place(qtbot, listening, heard, tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    listening.open_files([tmp_path / "a.wav"])
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=3000)
    assert "a.wav cannot be read" in listening.recognise.answer.text


def test_a_take_is_saved_where_the_person_says_and_nothing_is_overwritten(
    qtbot, monkeypatch, listening, heard, tmp_path
):
    listening.open_files([write(tmp_path / "four.wav", sample_clip("four").samples)])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    target = tmp_path / "saved.wav"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    said, refused = [], []
    listening.exports.said.connect(said.append)
    listening.exports.failed.connect(refused.append)
    listening.exports.sound.trigger()
    qtbot.waitUntil(lambda: bool(said), timeout=3000)
    content = target.read_bytes()
    assert len(content) == 16044
    listening.exports.sound.trigger()
    qtbot.waitUntil(lambda: bool(refused), timeout=3000)
    assert "exists already" in listening.recognise.answer.text
    assert target.read_bytes() == content


def test_p_plays_the_take(qtbot, monkeypatch, listening, heard, tmp_path):
    from core.sound import microphone

    played = []
    monkeypatch.setattr(microphone, "play", lambda clip: played.append(clip) or 0.0)
    listening.open_files([write(tmp_path / "four.wav", sample_clip("four").samples)])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    qtbot.keyClick(listening, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: len(played) == 1, timeout=3000)
    assert played[0] is heard.takes[0].sound


def test_the_chosen_source_is_remembered(qtbot, listening, controller, settings, made_sources):
    bar = listening.inputs
    bar.source.setCurrentIndex(bar.source.findData("demo"))
    bar.source.activated.emit(bar.source.currentIndex())
    qtbot.waitUntil(lambda: made_sources[-1] == ("demo", False), timeout=3000)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    assert settings.source == "demo"
    assert "Demo" in listening._device_label.text()


def test_the_status_line_names_no_source_that_is_not_there(qtbot, listening, heard, tmp_path):
    assert listening._device_label.text()
    listening.choose_source(str(tmp_path / "gone.wav"))
    qtbot.waitUntil(lambda: bool(heard.problems[-1:] and heard.problems[-1]), timeout=3000)
    assert listening._device_label.text() == ""


@pytest.mark.slow
def test_a_file_can_be_the_source(qtbot, monkeypatch, listening, controller, heard, tmp_path):
    path = write(tmp_path / "four.wav", sample_clip("four").samples)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(path), ""))
    listening.inputs.file_wanted.emit()
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    assert listening.inputs.source.currentText() == "four.wav"
    controller.begin_take()
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=6000)
    assert heard.takes[0].prediction.label == "four"


def test_a_choice_that_is_broken_off_leaves_the_source(qtbot, monkeypatch, listening):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: ("", ""))
    listening.inputs.file_wanted.emit()
    assert listening.inputs.source.currentData() == "default"


def test_a_broken_model_is_said_and_the_one_in_use_stays_marked(
    qtbot, listening, heard, tmp_path, settings
):
    broken = copy_bundle(tmp_path / "broken")
    (broken / "model.tflite").write_bytes(b"broken")
    listening.inputs.set_models([DEFAULT_MODEL, broken], DEFAULT_MODEL)
    listening.inputs.model_chosen.emit(broken)
    qtbot.waitUntil(lambda: bool(heard.model_failures), timeout=3000)
    assert listening.inputs.model.currentData() == DEFAULT_MODEL
    assert "cannot be loaded" in listening.recognise.answer.text
    assert settings.model == ""


def test_another_model_is_used_at_once_and_remembered(qtbot, listening, heard, tmp_path, settings):
    careful = copy_bundle(tmp_path / "careful", threshold=1.0, name="careful")
    listening.inputs.set_models([DEFAULT_MODEL, careful], DEFAULT_MODEL)
    listening.inputs.model_chosen.emit(careful)
    qtbot.waitUntil(lambda: len(heard.models) == 2, timeout=3000)
    assert settings.model == str(careful)
    assert "careful" in listening._model_label.text()


def test_a_remembered_model_that_is_gone_does_not_keep_the_window_from_starting(
    qtbot, window, heard, settings, tmp_path
):
    settings.model = str(tmp_path / "gone")
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=5000)
    assert heard.models[0].name == DEFAULT_MODEL.name


def test_the_theme_is_chosen_in_the_menu_and_remembered(qtbot, listening, settings):
    from app.shell.theme import is_dark

    for theme in ("dark", "light"):
        qtbot.keyClick(listening, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(listening, Qt.Key.Key_D if theme == "dark" else Qt.Key.Key_L)
        assert settings.theme == theme
        assert is_dark(QApplication.palette()) == (theme == "dark")


def test_the_layout_is_remembered(qtbot, listening, settings):
    listening.resize(860, 640)
    listening.close()
    again = MainWindow(listening._controller, settings)
    assert again.height() == 640
    again.deleteLater()


@pytest.mark.slow
def test_the_window_fits_a_small_screen_and_a_large_font(qtbot, listening):
    listening.prepare()
    assert listening.minimumSizeHint().width() <= 1280
    assert listening.minimumSizeHint().height() <= 700
    font = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(font.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        listening.ensurePolished()
        QApplication.processEvents()
        assert listening.minimumSizeHint().width() <= 1280
        assert listening.minimumSizeHint().height() <= 720
    finally:
        QApplication.setFont(font)


def test_the_window_fits_a_small_screen_where_letters_were_large_from_the_start(
    qtbot, controller, settings
):
    font = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(font.pointSizeF() * 2)
    QApplication.setFont(large)
    window = MainWindow(controller, settings)
    try:
        window.show()
        window.prepare()
        QApplication.processEvents()
        assert window.minimumSizeHint().width() <= 1280
        assert window.minimumSizeHint().height() <= 720
    finally:
        QApplication.setFont(font)
        window.close()


def test_a_damaged_model_of_last_time_gives_way_to_the_shipped_one_and_that_is_said(
    qtbot, window, heard, settings, tmp_path
):
    damaged = copy_bundle(tmp_path / "damaged")
    (damaged / "model.tflite").write_bytes(b"damaged")
    settings.model = str(damaged)
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=5000)
    assert window._model.path == DEFAULT_MODEL
    assert window.inputs.model.currentData() == DEFAULT_MODEL
    text = window.recognise.answer.text
    assert "“damaged” is refused" in text
    assert f"“{DEFAULT_MODEL.name}” answers instead" in text
    assert settings.model == str(damaged)  # it may be whole again


def test_every_take_is_asked_again_when_another_model_is_used(qtbot, listening, heard, tmp_path):
    paths = [write(tmp_path / f"{n}.wav", sample_clip(n).samples) for n in ("six", "two", "four")]
    listening.open_files(paths)
    qtbot.waitUntil(lambda: len(heard.takes) == 3, timeout=5000)
    listening.recognise.takes.table.selectRow(1)
    takes = listening.recognise_page.takes
    listening._model.use(copy_bundle(tmp_path / "careful", threshold=1.0, name="careful"))
    qtbot.waitUntil(
        lambda: {take.prediction.model for take in takes.clips} == {"careful"}, timeout=5000
    )
    assert [takes.index(row, Column.HEARD).data() for row in range(3)] == ["four?", "two?", "six?"]
    assert "Not sure: it might be two" in listening.recognise.answer.text
    assert heard.updates[0] is takes.clip_at(1)  # what is shown comes first


def test_a_confidence_that_is_wanted_judges_every_take_anew(qtbot, listening, heard, tmp_path):
    paths = [write(tmp_path / f"{n}.wav", sample_clip(n).samples) for n in ("one", "two")]
    listening.open_files(paths)
    qtbot.waitUntil(lambda: len(heard.takes) == 2, timeout=5000)
    listening.recognise.threshold.slider.setValue(99)
    takes = listening.recognise_page.takes
    below = [take.prediction.confidence < 0.99 for take in takes.clips]
    assert [takes.index(row, Column.HEARD).data().endswith("?") for row in range(2)] == below
    assert [take.prediction.threshold for take in takes.clips] == [0.99, 0.99]


def test_an_export_names_the_model_that_answered(qtbot, listening, heard, tmp_path, monkeypatch):
    listening.open_files([write(tmp_path / "four.wav", sample_clip("four").samples)])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    monkeypatch.setattr(listening._controller, "ask_again", lambda takes: None)
    listening._model.use(copy_bundle(tmp_path / "other", name="other"))
    qtbot.waitUntil(lambda: len(heard.models) == 2, timeout=5000)
    assert listening._exportable().content.prediction.model == heard.models[0].name


def test_a_failed_playback_leaves_the_answer(qtbot, monkeypatch, listening, heard, tmp_path):
    from core.sound import microphone

    def fail(_clip):
        raise AudioDeviceError("The sound cannot be played.")

    monkeypatch.setattr(microphone, "play", fail)
    listening.open_files([write(tmp_path / "four.wav", sample_clip("four").samples)])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    qtbot.keyClick(listening, Qt.Key.Key_P)
    card = listening.recognise.answer
    qtbot.waitUntil(lambda: "cannot be played" in card.text, timeout=3000)
    assert card.text.startswith("four, ")
    assert card._digit.text() == "4"
    listening.recognise_page._show(heard.takes[0])
    assert "cannot be played" not in card.text


@pytest.mark.parametrize("tab", ["inspect", "train"])
def test_what_fails_on_another_tab_is_said_there(qtbot, monkeypatch, listening, heard, tab):
    from core.sound import microphone

    def fail(_clip):
        raise AudioDeviceError("The sound cannot be played.")

    monkeypatch.setattr(microphone, "play", fail)
    before = listening.recognise.answer.text
    listening.show_tab(tab)
    if tab == "inspect":
        listening.inspect_paths([SAMPLES])
        inspect = listening.inspection()
        qtbot.waitUntil(lambda: inspect.controller.shown is not None, timeout=5000)
        inspect.play()
    else:
        listening.training_tab().play_wanted.emit(sample_clip("four"))
    qtbot.waitUntil(
        lambda: "cannot be played" in listening.statusBar().currentMessage(), timeout=3000
    )
    assert listening.recognise.answer.text == before


ODD = ("9999999999", "-1", "", "\0", "²", "[[[[", "1e400", "a, b", "x" * 5000)


@pytest.mark.slow  # ten windows
@pytest.mark.parametrize("odd", ODD)
def test_no_setting_keeps_the_window_from_starting(qtbot, controller, settings, odd):
    keys = ("source", "model", "theme", "language", "folder", "data_folder", "recent", "speaker")
    keys += (
        "inspect/view",
        "inspect/side",
        "window/tab",
        "window/geometry",
        "window/quits_silently",
    )
    keys += ("window/recognise_splitter", "threshold/speech-embedding")
    for key in keys:
        settings._store.setValue(key, odd)
    settings._store.setValue("source", "demo")
    window = MainWindow(controller, settings)
    window.show()
    window.start()
    window.prepare()
    qtbot.waitUntil(lambda: controller.model.current is not None, timeout=5000)
    assert window.tabs.currentIndex() == 0
    window.close()


def test_view_settings_of_another_world_are_the_standard():
    standard = ViewSettings()
    data = json.loads(standard.to_text())
    for change in (
        {"picture": data["picture"] | {"n_fft": 10**9}},
        {"picture": data["picture"] | {"n_mels": 10**6}},
        {"picture": data["picture"] | {"fmax": 1e300}},
        {"picture": 5},
        {"colour_map": ["magma"]},
        {"as_recorded": "yes"},
        {"ceiling_db": float("nan")},
    ):
        assert ViewSettings.from_text(json.dumps(data | change)) == standard
    assert ViewSettings.from_text("[" * 100_000) == standard


def test_a_muted_input_is_neither_waited_for_nor_ready(qtbot, window, controller, fake_source):
    window.start("default")
    fake_source.feed(noise(1, amplitude=0) * 0)
    fake_source.feed(noise(1, amplitude=0) * 0)
    record = window.recognise.record
    qtbot.waitUntil(lambda: "only zeros" in record.hint, timeout=5000)
    assert record.word == "No sound"
    fake_source.feed(noise(0.2, amplitude=ROOM))
    qtbot.waitUntil(lambda: record.word == "Ready", timeout=3000)
    fake_source.feed(noise(1, amplitude=0) * 0)
    fake_source.feed(noise(1, amplitude=0) * 0)
    qtbot.waitUntil(lambda: record.word == "No sound", timeout=3000)
