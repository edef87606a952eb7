import pytest
from PySide6.QtCore import QLocale, QSettings, QTranslator

from app.main_window import MainWindow
from app.recognise.controller import RecognitionController, State
from app.shell.model_in_use import ModelInUse
from app.shell.settings import Settings
from core.places import DEFAULT_MODEL
from core.sound import sources
from tests.helpers.fake_source import FakeSource


class Recorder:
    """Keeps what the signals of a controller brought."""

    def __init__(self, controller):
        self.states, self.problems, self.takes, self.updates, self.failures = [], [], [], [], []
        self.levels, self.running, self.model_failures, self.models = [], [], [], []
        controller.state_changed.connect(self.states.append)
        controller.problem_changed.connect(self.problems.append)
        controller.take_ready.connect(self.takes.append)
        controller.take_updated.connect(self.updates.append)
        controller.failed.connect(self.failures.append)
        controller.level_changed.connect(self.levels.append)
        controller.running_changed.connect(self.running.append)
        controller.model.failed.connect(self.model_failures.append)
        controller.model.changed.connect(lambda model: self.models.append(model.metadata))


@pytest.fixture(autouse=True)
def no_questions(monkeypatch):
    """Let a window close that would lose something, without anybody to ask."""
    monkeypatch.setattr("app.recognise.quitting.ask_to_quit", lambda *_: "discard")


@pytest.fixture
def app(qapp):
    """The application, in English again afterwards."""
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale("en"))


@pytest.fixture
def fake_source():
    return FakeSource()


@pytest.fixture
def made_sources():
    """The (name, rescan) pairs that sources were asked for."""
    return []


@pytest.fixture
def controller(qtbot, monkeypatch, fake_source, made_sources, settings):
    from app.recognise import controller as controller_module

    monkeypatch.setattr(controller_module, "list_input_devices", list)

    def make(name, rescan):
        made_sources.append((name, rescan))
        return fake_source if name == "default" else sources.open_source(name, rescan)

    controller = RecognitionController(ModelInUse(settings), make)
    yield controller
    controller.close()


@pytest.fixture
def heard(controller):
    return Recorder(controller)


@pytest.fixture
def ready(qtbot, controller, heard, fake_source):
    """A controller with a model, listening to a quiet room."""
    from tests.helpers.sounds import noise

    controller.model.use(DEFAULT_MODEL)
    controller.open_source("default")
    fake_source.feed(noise(1.0, amplitude=0.0005))
    qtbot.waitUntil(lambda: controller.state is State.READY and bool(heard.models), timeout=5000)
    return controller


@pytest.fixture
def settings(tmp_path):
    path = str(tmp_path / "settings.ini")
    return Settings(QSettings(path, QSettings.Format.IniFormat))


@pytest.fixture
def window(qtbot, controller, settings):
    """The main window on a fake microphone, shown but not started."""
    window = MainWindow(controller, settings)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
