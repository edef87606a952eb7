"""The whole way: takes are corrected by key, a copy of the model learns, and it is used."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.program import Program
from app.recognise.controller import State
from app.shell.settings import Forgetful, Settings
from app.voice.adapt_controller import AdaptationState
from core.dataset.scan import scan
from core.labels import DIGITS
from core.places import user_models, user_recordings
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser
from core.sound.sound_file import write_wav
from core.training.fine_tuning import Rehearsal, write_rehearsal
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import sample_clip
from tests.helpers.voices import deep_clip, rehearsal_of


@pytest.fixture
def model(user_folders):
    """One of the user's models, with a rehearsal set."""
    path = copy_bundle(user_models() / "mine", name="mine")
    recogniser = DigitRecogniser(load_bundle(path))
    parts = rehearsal_of(recogniser), rehearsal_of(recogniser, (0.9, 1.1))
    write_rehearsal(path, Rehearsal(*parts[0], *parts[1]))
    return path


@pytest.fixture
def program(qapp, model):
    settings = Settings(Forgetful())
    settings.speaker = "deep"
    settings.model = str(model)
    program = Program(settings=settings)
    program.window.show()
    program.window.start("demo")
    yield program
    program.window.close()


def right(bundle, clips):
    """Count the digits that a model has right, of one clip each."""
    recogniser = DigitRecogniser(load_bundle(bundle))
    answers = recogniser.probabilities(np.stack([clip.samples for clip in clips])).argmax(axis=1)
    return int((answers == np.arange(10)).sum())


def test_a_voice_that_was_misheard_is_understood_after_corrections_by_key(
    qtbot, program, model, tmp_path
):
    window, controller = program.window, program.controller
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=10_000)
    takes = []
    controller.take_ready.connect(takes.append)
    for factor in (0.64, 0.68, 0.72):
        for number, label in enumerate(DIGITS):
            path = tmp_path / f"{label}-{factor}.wav"
            write_wav(path, deep_clip(label, factor, seed=number))
            count = len(takes)
            window.open_files([path])
            qtbot.waitUntil(lambda n=count: len(takes) == n + 1, timeout=5000)
            qtbot.keyClick(window.recognise, Qt.Key(Qt.Key.Key_0.value + number))
    misheard = sum(t.prediction.label != t.name.split("-")[0] for t in takes)
    assert misheard >= 10  # the voice is hard for this model
    qtbot.waitUntil(lambda: len(list(user_recordings().rglob("*.wav"))) == 30, timeout=10_000)
    assert {r.label for r in scan(user_recordings()).recordings} == set(DIGITS)

    window.voice.adapt.trigger()
    dialog, adaptation = window.voice.adapting, window.voice._adaptation
    results = []
    adaptation.adapted.connect(results.append)
    dialog.start.click()
    qtbot.waitUntil(lambda: adaptation.state is not AdaptationState.RUNNING, timeout=180_000)
    assert dialog._message.text() == ""
    (result,) = results
    yours, samples, rehearsal = result.yours, result.samples, result.rehearsal
    assert result.learned == 30
    assert yours.clips >= 10  # on a slow machine, not all of them are judged
    assert yours.after >= yours.before + 0.2 * yours.clips
    standard = samples.clips + rehearsal.clips
    before, after = samples.before + rehearsal.before, samples.after + rehearsal.after
    assert after >= before - 0.01 * standard

    dialog.use.click()
    copy = user_models() / "mine for deep"
    qtbot.waitUntil(lambda: window.inputs.model.currentData() == copy, timeout=10_000)
    never_heard = [deep_clip(label, 0.66, seed=99) for label in DIGITS]
    assert right(copy, never_heard) >= right(model, never_heard) + 3
    assert right(copy, [sample_clip(label) for label in DIGITS]) >= 9
    assert model.is_dir()  # to go back to
