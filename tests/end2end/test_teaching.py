"""Words that no shipped model knows: said into a real microphone, learned, and understood."""

import pytest
from PySide6.QtCore import Qt

from app.program import Program
from app.recognise.controller import State
from app.shell.settings import Forgetful, Settings
from app.voice.collect_controller import CollectPhase
from core.places import user_models
from core.recognition.bundle import load_bundle
from core.sound.microphone import list_input_devices
from tests.helpers.speech import needs_speech, say

pytestmark = [pytest.mark.virtual_microphone, needs_speech]

WORDS = ("banana", "window", "hello", "guitar")
UNTAUGHT = "umbrella"
TEACHERS, STRANGER = ("awb", "kal", "slt", "en-us", "en-gb"), "rms"
LEARNING, TAUGHT = 3, 4


@pytest.fixture
def program(qapp, virtual_microphone):
    list_input_devices(rescan=True)
    settings = Settings(Forgetful())
    settings.speaker = "me"
    program = Program(settings=settings)
    program.window.show()
    program.window.start("default")
    yield program
    program.window.close()


def hear(qtbot, program, microphone, samples):
    """Record what is played; return the take."""
    controller, takes = program.controller, []
    controller.take_ready.connect(takes.append)
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    program.window.recognise_page.record()
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=5000)
    microphone.play(samples)
    qtbot.waitUntil(lambda: len(takes) == 1, timeout=15_000)
    controller.take_ready.disconnect(takes.append)
    return takes[0]


def test_four_words_are_taught_and_a_stranger_is_understood(
    qtbot, program, virtual_microphone, tmp_path
):
    window, controller = program.window, program.controller
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    before = window._model.path
    window.voice.teach.trigger()
    dialog, teacher = window.voice.teaching, window.voice._teacher
    dialog.plan.words.setText(", ".join(WORDS))
    dialog.plan.goes_on.setChecked(False)
    dialog.plan.begin.click()
    qtbot.waitUntil(lambda: teacher.phase is CollectPhase.SAY, timeout=5000)
    for number in range(len(WORDS) * 5):
        word = dialog.say.word.text()
        samples = say(tmp_path, word, TEACHERS[number // len(WORDS)])
        qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
        qtbot.keyClick(dialog.say, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=5000)
        virtual_microphone.play(samples)
        qtbot.waitUntil(
            lambda n=number: (
                teacher.collection.done == n + 1 or teacher.phase is CollectPhase.DECIDE
            ),
            timeout=15_000,
        )
        if teacher.phase is CollectPhase.DECIDE:  # the model in use has heard one of its own words
            qtbot.keyClick(dialog.say, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda n=number: teacher.collection.done == n + 1, timeout=5000)
        qtbot.waitUntil(lambda: not teacher._writing, timeout=5000)
    assert dialog._pages.currentIndex() == LEARNING
    qtbot.waitUntil(lambda: dialog._pages.currentIndex() != LEARNING, timeout=180_000)
    assert dialog._pages.currentIndex() == TAUGHT, dialog.plan.message.text()

    (model,) = [path for path in user_models().iterdir() if not path.name.startswith(".")]
    assert set(load_bundle(model).metadata.words) == set(WORDS)
    qtbot.waitUntil(lambda: window._model.path == model, timeout=15_000)
    assert window._model.path != before
    rows = {dialog.words.item(row, 0).text() for row in range(dialog.words.rowCount())}
    assert rows == set(WORDS)
    dialog.finish.click()

    window.show_tab("recognise")
    for word in WORDS:
        samples = say(tmp_path, word, STRANGER)
        assert hear(qtbot, program, virtual_microphone, samples).prediction.label == word
    untaught = hear(qtbot, program, virtual_microphone, say(tmp_path, UNTAUGHT, "slt"))
    assert untaught.prediction.label not in WORDS
