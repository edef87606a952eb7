import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from app.shell import learning
from app.shell.job import Ending, Outcome
from app.shell.model_in_use import ModelInUse
from app.voice.adapt_controller import AdaptationController, AdaptationState
from app.voice.adapt_dialog import AdaptDialog
from core.dataset.recordings import RecordingsFolder
from core.places import DEFAULT_MODEL, user_models, user_recordings
from core.recognition.bundle import find_bundles
from core.recognition.model_library import ModelLibrary
from core.training.events import Progress, from_json
from tests.helpers.bundles import NOTEBOOK
from tests.helpers.sounds import sample_clip


class FakeJob(QObject):
    """A child process that does what the test says."""

    told = Signal(object)
    ended = Signal(object)
    last: "FakeJob"

    def __init__(self, arguments, parent=None):
        super().__init__(parent)
        self.arguments = arguments
        self.started = self.cancelled = self.killed = False
        FakeJob.last = self

    @property
    def output(self):
        return Path(self.arguments[self.arguments.index("--output") + 1])

    def start(self):
        self.started = True

    def cancel(self):
        self.cancelled = True
        self.ended.emit(Outcome(Ending.CANCELLED))

    def kill(self):
        self.killed = True

    def finish(self, **figures):
        shutil.copytree(NOTEBOOK, self.output)
        self.told.emit(from_json(result(**figures)))
        self.ended.emit(Outcome(Ending.DONE))


def figure(clips, before, after):
    return {"clips": clips, "before": before, "after": after}


def result(yours=(30, 17, 28), rehearsal=(400, 380, 381), worse=False, left_out=0):
    return {
        "event": "adapted",
        "bundle": "",
        "model": "notebook-cnn",
        "yours": figure(*yours),
        "folds": 3,
        "learned": 30,
        "samples": figure(10, 9, 9),
        "rehearsal": figure(*rehearsal),
        "left_out": left_out,
        "seconds": 42.0,
        "worse": worse,
    }


@pytest.fixture
def adaptation(qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(learning, "Job", FakeJob)
    library = ModelLibrary(NOTEBOOK.parent, tmp_path / "models")
    adaptation = AdaptationController(library, tmp_path / "aside")
    yield adaptation
    adaptation.close()


@pytest.fixture
def model(qtbot, settings):
    """The model in use: the notebook's."""
    model = ModelInUse(settings)
    model.use(NOTEBOOK)
    qtbot.waitUntil(lambda: model.current is not None, timeout=5000)
    yield model
    model.runner.close()


@pytest.fixture
def dialog(qtbot, adaptation, model, settings, tmp_path):
    settings.speaker = "me"
    folder = RecordingsFolder(tmp_path / "recordings")
    for label in ("one", "two"):
        folder.save(sample_clip(label), label, "me")
    dialog = AdaptDialog(
        adaptation,
        lambda: [("Corrected", folder.path), ("Collected", tmp_path / "none")],
        model,
        settings,
    )
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def page(dialog):
    return dialog._pages.currentIndex()


def test_the_persons_folders_are_offered_and_adapted_to(dialog, adaptation, tmp_path):
    assert [dialog.sources.item(n).text() for n in range(dialog.sources.count())] == [
        "Corrected (2)"
    ]
    assert "notebook-cnn" in dialog._intro.text()
    dialog.start.click()
    job = FakeJob.last
    assert job.started
    assert job.arguments[:2] == ["adapt", str(tmp_path / "recordings")]
    assert job.arguments[job.arguments.index("--model") + 1] == str(NOTEBOOK)
    assert job.output == tmp_path / "aside" / "notebook-cnn for me"
    assert page(dialog) == 1
    job.told.emit(Progress("adapt", 120, 1000))
    assert (dialog.progress.value(), dialog.progress.maximum()) == (120, 1000)


def test_the_copy_is_used_only_when_the_person_says_so(qtbot, dialog, adaptation, tmp_path):
    dialog.start.click()
    FakeJob.last.finish()
    assert page(dialog) == 2
    assert find_bundles(tmp_path / "models") == []
    assert dialog.verdict.text() == "The copy has 11 more of your clips right."
    assert "17 of 30 right before, 28 after" in dialog.figures.accessibleDescription()
    assert "standard test: 380 of 400" in dialog.figures.accessibleDescription()
    assert dialog.use.isDefault()
    with qtbot.waitSignal(adaptation.used) as signal:
        dialog.use.click()
    assert signal.args == [tmp_path / "models" / "notebook-cnn for me"]
    assert find_bundles(tmp_path / "models") == signal.args
    assert not dialog.isVisible()
    assert adaptation.state is AdaptationState.IDLE


def test_a_copy_of_a_copy_has_a_name_of_its_own(dialog, adaptation, tmp_path):
    for _ in range(2):
        dialog.show()
        dialog.start.click()
        FakeJob.last.finish()
        dialog.use.click()
    names = [path.name for path in find_bundles(tmp_path / "models")]
    assert names == ["notebook-cnn for me", "notebook-cnn for me 2"]


def test_a_worse_copy_is_called_so_and_discarding_is_proposed(dialog, adaptation, tmp_path):
    dialog.start.click()
    FakeJob.last.finish(yours=(30, 17, 12), worse=True)
    assert dialog.verdict.text() == "The copy is worse for you. Better discard it."
    assert dialog.discard.isDefault()
    dialog.discard.click()
    assert page(dialog) == 0
    assert not (tmp_path / "aside").exists()
    assert "nothing has changed" in dialog._message.text()
    dialog.start.click()
    FakeJob.last.finish(rehearsal=(400, 380, 360), worse=True)
    assert "forgotten: 20 more" in dialog.verdict.text()
    assert dialog.discard.isDefault()


def test_what_the_figures_do_not_tell_is_said(dialog):
    dialog.start.click()
    FakeJob.last.finish(yours=(30, 30, 30), rehearsal=(0, 0, 0), left_out=3)
    assert dialog.verdict.text() == "The copy is as good for you as the model was."
    notes = dialog._notes.text()
    for part in (
        "30 of your 30 clips",
        "3 such copies",
        "no clips to rehearse",
        "3 clips of words",
        "go back",
    ):
        assert part in notes
    assert "standard test:" not in dialog.figures.accessibleDescription()


def test_esc_cancels_and_nothing_is_kept(qtbot, dialog, adaptation, tmp_path):
    dialog.start.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert FakeJob.last.cancelled
    assert not dialog.isVisible()
    assert adaptation.state is AdaptationState.IDLE
    assert list(tmp_path.glob("aside/*")) == []


def test_esc_leaves_the_decision_open(qtbot, dialog, adaptation):
    dialog.start.click()
    FakeJob.last.finish()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert adaptation.state is AdaptationState.DECIDING
    dialog.show()
    assert page(dialog) == 2
    assert FakeJob.last.output.is_dir()


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome(Ending.FAILED, "Adapting needs at least 4 clips."), "needs at least 4"),
        (Outcome(Ending.CRASHED, "went on below"), "crashed. Nothing has changed"),
    ],
)
def test_why_there_is_no_copy_is_said_in_place(dialog, outcome, sentence):
    dialog.start.click()
    FakeJob.last.ended.emit(outcome)
    assert page(dialog) == 0
    assert sentence in dialog._message.text()
    assert dialog.start.isEnabled()


def test_without_recordings_it_says_how_to_get_some(qtbot, adaptation, model, settings):
    dialog = AdaptDialog(adaptation, list, model, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.start.isEnabled()
    assert "no recordings of yours yet" in dialog._message.text()


def test_nothing_ticked_nothing_to_start(dialog):
    dialog.sources.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.start.isEnabled()


def test_a_folder_can_be_added(monkeypatch, dialog, tmp_path):
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a: str(tmp_path / "more"))
    dialog.add_folder.click()
    dialog.start.click()
    assert FakeJob.last.arguments[1:3] == [str(tmp_path / "recordings"), str(tmp_path / "more")]


def test_a_copy_that_cannot_be_kept_stays_to_be_decided_on(monkeypatch, dialog, adaptation):
    dialog.start.click()
    FakeJob.last.finish()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    dialog.use.click()
    assert "No space left" in dialog.verdict.text()
    assert adaptation.state is AdaptationState.DECIDING


def test_closing_the_program_ends_the_child_and_forgets_the_copy(dialog, adaptation, tmp_path):
    dialog.start.click()
    job = FakeJob.last
    (tmp_path / "aside" / "half").mkdir(parents=True)
    adaptation.close()
    assert job.killed
    assert not (tmp_path / "aside").exists()


def test_from_the_menu_to_the_model_in_use_and_back(
    qtbot, monkeypatch, window, heard, settings, user_folders
):
    monkeypatch.setattr(learning, "Job", FakeJob)
    settings.speaker = "me"
    RecordingsFolder(user_recordings()).save(sample_clip("one"), "one", "me")
    window.start("demo")
    qtbot.waitUntil(lambda: bool(heard.models), timeout=5000)
    window.voice.adapt.trigger()
    dialog = window.voice.adapting
    assert dialog.sources.item(0).text() == "Takes that you have corrected (1)"
    dialog.start.click()
    FakeJob.last.finish()
    dialog.use.click()
    copy = user_models() / f"{DEFAULT_MODEL.name} for me"
    qtbot.waitUntil(lambda: settings.model == str(copy), timeout=5000)
    assert window.inputs.model.currentData() == copy
    assert "still there" in window.statusBar().currentMessage()
    window.inputs.model_chosen.emit(DEFAULT_MODEL)
    qtbot.waitUntil(lambda: settings.model == "", timeout=5000)
    assert copy.is_dir()
