import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from app.main_window import MainWindow
from app.recognise.controller import State
from core.places import DEFAULT_MODEL
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
    assert listening.recognise.takes.takes.rowCount() == 1
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
    "takes": lambda window: window.recognise.takes,
    "tabs": lambda window: window.tabs,
    "tab bar": lambda window: window.tabs.tabBar(),
    "splitter": lambda window: window.recognise.splitter,
    "source": lambda window: window.inputs.source,
    "model": lambda window: window.inputs.model,
    "listen": lambda window: window.recognise.listen,
    "wrong": lambda window: window.recognise.history.wrong,
    "more": lambda window: window.recognise.history.more,
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
    listening.training_tab().data.form._toggle.setChecked(True)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert fake_source.cues == 0


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
    takes = listening.recognise.takes
    qtbot.keyClick(takes, Qt.Key.Key_Down)
    assert listening.recognise.answer.text.startswith("one")


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
    monkeypatch.setattr(microphone, "play", played.append)
    listening.open_files([write(tmp_path / "four.wav", sample_clip("four").samples)])
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    qtbot.keyClick(listening, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: len(played) == 1, timeout=3000)
    assert played[0] is heard.takes[0].clip


def test_the_chosen_source_is_remembered(qtbot, listening, controller, settings, made_sources):
    bar = listening.inputs
    bar.source.setCurrentIndex(bar.source.findData("demo"))
    bar.source.activated.emit(bar.source.currentIndex())
    qtbot.waitUntil(lambda: made_sources[-1] == ("demo", False), timeout=3000)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    assert settings.source == "demo"
    assert "Demo" in listening._device_label.text()


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


def test_the_window_fits_a_small_screen_and_a_large_font(qtbot, listening):
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
