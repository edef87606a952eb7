"""The real thing: a folder, a child process that trains, and the model it made, in the window."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt

from app.program import Program
from app.recognise.controller import State
from app.shell.settings import Forgetful, Settings
from app.train import controller as training
from core.places import DEFAULT_MODEL, SAMPLES, user_models
from core.recognition.bundle import load_bundle
from core.sound.microphone import list_input_devices
from core.training.run_folder import find_unfinished
from tests.helpers.recordings import write_digit_recordings
from tests.helpers.sounds import sample_clip

ROOT = Path(__file__).resolve().parents[2]
LABELS = ("two", "four", "seven")
A_RUN = 120_000  # milliseconds that a short run may take on a slow machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_digit_recordings(tmp_path_factory.mktemp("digits"), LABELS)


@pytest.fixture
def open_window(qtbot, qapp):
    """Open the program on a source; what is left open is closed."""
    programs = []

    def open_window(source="demo"):
        program = Program(settings=Settings(Forgetful()))
        programs.append(program)
        program.window.resize(1280, 720)
        program.window.show()
        program.window.start(source)
        qtbot.waitUntil(lambda: program.controller.state is State.READY, timeout=15_000)
        qtbot.waitUntil(lambda: program.window.train_page.tab is not None, timeout=15_000)
        return program

    yield open_window
    for program in programs:
        program.window.close()


def start_run(qtbot, tab, folder, epochs):
    """Look at the folder and start a run; return its first two epochs."""
    form = tab.data.form
    tab.data.form.cards["expert"].click()
    form.architecture.setCurrentText("notebook-cnn")
    form.split.setCurrentIndex(form.split.findData("speaker"))
    tab.open_folder(folder)
    qtbot.waitUntil(tab.data.start.isEnabled, timeout=30_000)
    assert tab.data.labels.ticked() == LABELS
    form.epochs.setValue(epochs)
    qtbot.mouseClick(tab.data.start, Qt.MouseButton.LeftButton)
    assert tab._controller.state is training.RunState.RUNNING
    qtbot.waitUntil(lambda: tab.run.epochs.table.rowCount() >= 2, timeout=A_RUN)


def recognise(qtbot, program, label):
    """Recognise a sample clip; return the take."""
    takes = []
    program.controller.take_ready.connect(takes.append)
    program.window.open_files([SAMPLES / f"{label}.wav"])
    qtbot.waitUntil(lambda: len(takes) == 1, timeout=10_000)
    program.controller.take_ready.disconnect(takes.append)
    return takes[0]


def test_a_model_is_trained_in_the_window_and_used_at_once(qtbot, open_window, folder):
    program = open_window()
    window = program.window
    window.show_tab("train")
    tab = window.training_tab()
    name = tab.data.name.text()
    values = []
    tab.run.bar.valueChanged.connect(values.append)
    start_run(qtbot, tab, folder, epochs=500)

    # The recogniser works on while the child trains.
    assert set(LABELS) < set(recognise(qtbot, program, "four").prediction.labels)
    assert tab._controller.state is training.RunState.RUNNING

    ended = []
    tab._controller.run_ended.connect(lambda *values: ended.append(values))
    qtbot.mouseClick(tab.run.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(ended), timeout=A_RUN)
    assert tab.run.status == f"The new model is “{name}”."
    epochs = tab.run.epochs
    assert epochs.curves.best_epoch is not None
    assert epochs.table.rowCount() == len(epochs.curves.epochs) >= 2
    assert len(values) > 2
    assert values == sorted(values)
    assert values[-1] == tab.run.bar.maximum()
    assert tab.pages.currentWidget() is tab.results
    assert "right for people it never heard" in tab.results.title
    assert tab.results.confusion.model().labels == LABELS
    qtbot.waitUntil(lambda: tab._new.rival is None, timeout=A_RUN)
    assert "than the model in use" in tab.results.title
    qtbot.waitUntil(lambda: psutil.Process().children() == [], timeout=10_000)

    model = user_models() / name
    qtbot.mouseClick(tab.results.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: name in window._model_label.text(), timeout=10_000)
    assert recognise(qtbot, program, "four").prediction.labels == LABELS
    assert window.inputs.model.currentData() == model
    assert "in use" in tab.models.cards[model].told

    tab.models.select(DEFAULT_MODEL)
    qtbot.mouseClick(tab.models.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: DEFAULT_MODEL.name in window._model_label.text(), timeout=10_000)
    assert len(recognise(qtbot, program, "four").prediction.labels) >= 10


def test_a_window_that_closes_leaves_no_process_and_the_next_offers_to_go_on(
    qtbot, open_window, folder
):
    program = open_window()
    start_run(qtbot, program.window.training_tab(), folder, epochs=500)
    (child,) = psutil.Process().children()
    program.window.close()
    assert not child.is_running()
    (run,) = find_unfinished(user_models())
    assert len(run.read_history()) >= 2
    again = open_window()
    offer = again.window.training_tab().data._unfinished
    again.window.show_tab("train")
    assert offer.isVisible()
    qtbot.mouseClick(offer.discard, Qt.MouseButton.LeftButton)
    assert not offer.isVisible()
    assert list(user_models().iterdir()) == []


@pytest.fixture(scope="module")
def digits_model(folder, tmp_path_factory):
    """A model of three digits, trained by the command."""
    output = tmp_path_factory.mktemp("models") / "three digits"
    options = ["--architecture", "notebook-cnn", "--split", "random", "--batch-size", "16"]
    options += ["--epochs", "25", "--patience", "25"]
    subprocess.run(
        [sys.executable, "-m", "app", "train", str(folder), "--output", str(output), *options],
        check=True,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return load_bundle(output)


@pytest.mark.virtual_microphone
def test_a_spoken_digit_is_recognised_by_the_new_model(
    qtbot, virtual_microphone, open_window, digits_model
):
    list_input_devices(rescan=True)
    program = open_window("default")
    controller = program.controller
    program.window.training_tab().use_wanted.emit(digits_model.path)
    qtbot.waitUntil(lambda: "three digits" in program.window._model_label.text(), timeout=10_000)
    takes = []
    controller.take_ready.connect(takes.append)
    for number, label in enumerate(("four", "two"), 1):
        qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
        qtbot.keyClick(program.window, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
        virtual_microphone.play(sample_clip(label).samples)
        qtbot.waitUntil(lambda number=number: len(takes) == number, timeout=10_000)
        assert takes[-1].prediction.labels == LABELS
        assert takes[-1].prediction.label == label
        assert program.window.recognise.answer.text.startswith(label)
