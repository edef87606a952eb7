import pytest

from app.inspect.controller import InspectController
from app.inspect.tab import InspectTab
from app.library.changes import Changes, RecordingsKeeper
from app.shell.model_in_use import ModelInUse
from app.sound_view.picture import ViewSettings
from app.sound_view.player import Player
from core.dataset.recordings import RecordingsFolder
from core.errors import AudioDeviceError
from core.places import DEFAULT_MODEL, SAMPLES
from tests.helpers.sounds import sample_clip, write

LABELS = ("one", "two", "three", "four", "five", "six")


class FakeOutput:
    """Plays nothing, and remembers what it was asked for."""

    def __init__(self):
        self.played, self.stops, self.refuses = [], 0, None

    def play(self, clip, on_started, on_failed):
        self.played.append(clip)
        if self.refuses is not None:
            on_failed(AudioDeviceError(self.refuses))
        else:
            on_started(0.0)

    def stop_playing(self):
        self.stops += 1


@pytest.fixture
def folder(tmp_path):
    """A folder of clips, each in a folder of its label."""
    for label in LABELS:
        write(tmp_path / "clips" / label / f"ann_nohash_{label}.wav", sample_clip(label).samples)
    return tmp_path / "clips"


@pytest.fixture
def model(qtbot, settings):
    """The model in use, loaded."""
    model = ModelInUse(settings)
    model.use(DEFAULT_MODEL)
    qtbot.waitUntil(lambda: model.current is not None, timeout=5000)
    yield model
    model.runner.close()


@pytest.fixture
def inspecting(qtbot, model):
    """A controller with a model."""
    controller = InspectController(ViewSettings(), model)
    yield controller
    controller.close()


@pytest.fixture
def changes(tmp_path, settings):
    """What is done with clips; corrected ones are kept under the name of somebody."""
    settings.speaker = "me"
    changes = Changes(RecordingsKeeper(RecordingsFolder(tmp_path / "recordings")))
    yield changes
    changes.close()


@pytest.fixture
def output():
    return FakeOutput()


@pytest.fixture
def tab(qtbot, inspecting, output, settings, changes):
    """The tab, shown, with the clips that ship with the program."""
    tab = InspectTab(inspecting, Player(output), changes, settings)
    qtbot.addWidget(tab)
    tab.resize(1100, 640)
    tab.show()
    qtbot.waitExposed(tab)
    tab.open_paths([SAMPLES])
    qtbot.waitUntil(lambda: inspecting.shown is not None, timeout=5000)
    yield tab
    tab.close_controller()
    tab.close()
