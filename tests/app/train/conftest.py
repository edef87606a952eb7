"""A training controller whose jobs are a fake program in a real child process."""

import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.library.changes import Changes, RecordingsKeeper
from app.shell.job import Job
from app.train.controller import TrainingController
from app.train.tab import TrainTab
from core.dataset.recordings import RecordingsFolder
from core.recognition.model_library import ModelLibrary
from core.training.presets import MachineSpeed
from tests.helpers.bundles import copy_bundle

SIGNALS = (
    *("state_changed", "scan_progress", "scan_done", "scan_failed", "models_changed", "failed"),
    *("run_told", "run_silent", "run_ended", "unfinished_changed", "evaluated", "exported"),
    *("evaluation_failed", "run_advanced"),
)
FAKE = Path(__file__).parents[2] / "helpers" / "fake_program.py"


class Heard:
    """Keeps what a controller told, by the name of the signal."""

    def __init__(self, controller):
        self.told = []
        for name in SIGNALS:
            getattr(controller, name).connect(partial(self._keep, name))

    def _keep(self, name, *values):
        self.told.append((name, *values))

    def of(self, name):
        return [values for told, *values in self.told if told == name]

    def last(self, name):
        return self.of(name)[-1]


@pytest.fixture
def library(tmp_path):
    shipped = tmp_path / "shipped"
    copy_bundle(shipped / "notebook-cnn")
    return ModelLibrary(shipped, tmp_path / "own")


@pytest.fixture
def training(qtbot, library, monkeypatch):
    speed = MachineSpeed(0.001)  # looking how fast the machine is keeps it busy for a moment
    monkeypatch.setattr("app.train.controller.probe_machine", lambda: speed)
    job = partial(Job, program=(sys.executable, str(FAKE)), silent_ms=400)
    controller = TrainingController(library, make_job=job)
    yield controller
    controller.close()


@pytest.fixture
def told(training):
    return Heard(training)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def changes(qtbot, tmp_path):
    changes = Changes(RecordingsKeeper(RecordingsFolder(tmp_path / "recordings")))
    yield changes
    changes.close()


@pytest.fixture
def tab(qtbot, training, told, changes, settings):
    tab = TrainTab(training, changes, settings)
    qtbot.addWidget(tab)
    tab.resize(1200, 800)
    tab.show()
    training.refresh()
    yield tab
    tab.close()


@pytest.fixture
def said(tab):
    sentences = []
    tab.said.connect(sentences.append)
    tab.failed.connect(sentences.append)
    return sentences


@pytest.fixture
def scanned(qtbot, tab, folder):
    tab.data.folder.setText(str(folder))
    qtbot.keyClick(tab.data.folder, Qt.Key.Key_Return)
    qtbot.waitUntil(tab.data.start.isEnabled, timeout=15_000)
    return tab


@pytest.fixture
def models(tab, training):
    for name in ("better", "mine"):
        copy_bundle(training.library.own / name, name=name)
    copy_bundle(training.library.own / "broken")
    (training.library.own / "broken" / "model.tflite").unlink()
    training.refresh()
    return tab.models
