import os

import pytest
from PySide6.QtCore import QSettings

from app.main_window import MainWindow
from app.recognise.controller import RecognitionController, State
from app.shell.model_in_use import ModelInUse
from app.shell.settings import Settings
from tests.helpers.fake_source import FakeSource
from tests.helpers.sounds import noise
from tests.helpers.virtual_microphone import VirtualMicrophone, why_not

ROOM = 0.0005
"""The amplitude of a quiet room."""
REQUIRED = os.environ.get("SPOKEN_DIGITS_REQUIRE_VIRTUAL_MICROPHONE") == "1"


@pytest.fixture(autouse=True)
def no_questions(monkeypatch):
    """Let a window close that would lose something, without anybody to ask."""
    monkeypatch.setattr("app.recognise.quitting.ask_to_quit", lambda *_: "discard")


@pytest.fixture
def source():
    """What the window hears in place of a microphone: a quiet room."""
    source = FakeSource()
    source.feed(noise(1.0, amplitude=ROOM))
    return source


@pytest.fixture
def window(qtbot, monkeypatch, source, tmp_path):
    """The started window, all of its parts made, with the keyboard in it."""
    from app.recognise import controller as controller_module

    monkeypatch.setattr(controller_module, "list_input_devices", list)
    settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    controller = RecognitionController(ModelInUse(settings), lambda _name, _rescan: source)
    window = MainWindow(controller, settings)
    window.show()
    qtbot.waitActive(window)
    window.start("default")
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    qtbot.waitUntil(lambda: controller.model.current is not None, timeout=10_000)
    qtbot.waitUntil(lambda: window.train_page.tab is not None, timeout=10_000)
    yield window
    window.close()


@pytest.fixture
def virtual_microphone(tmp_path_factory):
    """A running virtual microphone; where there can be none, the test is skipped."""
    reason = why_not()
    if reason is None:
        try:
            import sounddevice  # noqa: F401
        except OSError as error:
            reason = str(error)
    if reason is not None:
        if REQUIRED:
            pytest.fail(f"the virtual microphone is required here, but {reason}")
        pytest.skip(reason)
    microphone = VirtualMicrophone(tmp_path_factory.mktemp("microphone"))
    microphone.start()
    try:
        yield microphone
    finally:
        microphone.stop()
