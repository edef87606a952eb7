import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QSpinBox,
)

from app.library.clips import Clip
from app.recognise.controller import State
from app.voice.collect_controller import CollectPhase
from core.dataset.collection import STATE_FILE, Collection, CollectionPlan
from core.dataset.scan import scan
from core.labels import DIGITS
from core.places import user_collections
from core.recognition.recogniser import Prediction
from tests.helpers.sounds import noise, sample_clip, word, write

ROOM = 0.0005


@pytest.fixture
def dialog(qtbot, window, controller, heard, fake_source, settings):
    """The window of a guided recording, on a started program that hears a quiet room."""
    window.start("default")
    fake_source.feed(noise(1.0, amplitude=ROOM))
    qtbot.waitUntil(lambda: controller.state is State.READY and bool(heard.models), timeout=5000)
    settings.speaker = "me"
    window.voice.collect.trigger()
    return window.voice.collecting


@pytest.fixture
def collect(dialog, window):
    return window.voice._collection


def begin(qtbot, dialog, collect, words="two, three, four", rounds=1, goes_on=False):
    dialog.plan.words.setText(words)
    dialog.plan.rounds.setValue(rounds)
    dialog.plan.goes_on.setChecked(goes_on)
    dialog.plan.begin.click()
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.SAY, timeout=3000)


def say(qtbot, dialog, source, samples):
    """Press Space and let somebody make a sound."""
    cues = source.cues
    source.on_cue = samples + noise(samples.size / 8000, amplitude=ROOM, seed=cues)
    qtbot.keyClick(dialog.say, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: source.cues > cues, timeout=3000)
    source.on_cue = None
    source.feed(noise(3.0, amplitude=ROOM, seed=cues + 50))


def page(dialog):
    return dialog._pages.currentIndex()


def test_the_plan_is_proposed_from_the_model_and_the_profile(dialog):
    assert dialog.plan.speaker.text() == "me"
    assert dialog.plan.words.text() == ", ".join(DIGITS)
    assert dialog.plan.folder.text().startswith(str(user_collections() / "me "))
    dialog.plan.rounds.setValue(2)
    assert "20 recordings" in dialog.plan.total.text()
    assert dialog.plan._unfinished_row.isHidden()


def test_by_keyboard_from_the_first_word_to_the_data_set(qtbot, dialog, collect, fake_source):
    begin(qtbot, dialog, collect)
    folder = collect.collection.folder
    for number in range(3):
        wanted = dialog.say.word.text()
        say(qtbot, dialog, fake_source, sample_clip(wanted).samples)
        qtbot.waitUntil(lambda n=number: collect.collection.done == n + 1, timeout=5000)
        qtbot.waitUntil(lambda: not collect._writing, timeout=3000)
    assert page(dialog) == 2
    assert str(folder) in dialog._summary.text()
    recordings = scan(folder).recordings
    assert [(r.label, r.speaker) for r in recordings] == [
        ("four", "me"),
        ("three", "me"),
        ("two", "me"),
    ]


def test_it_goes_on_by_itself(qtbot, dialog, collect, fake_source):
    begin(qtbot, dialog, collect, words="four, two", goes_on=True)
    collect._pause.setInterval(10)
    first = dialog.say.word.text()
    say(qtbot, dialog, fake_source, sample_clip(first).samples)
    qtbot.waitUntil(lambda: fake_source.cues == 2, timeout=5000)
    assert dialog.say.word.text() != first
    assert dialog.say.progress.text() == "1 of 2"


@pytest.mark.parametrize(
    ("samples", "sentence", "can_be_kept"),
    [
        (noise(3, amplitude=0.0002) * 0 + 1e-7, "Too quiet", False),
        (noise(3, amplitude=ROOM * 30, seed=9), "Nothing heard", False),
        (np.clip(word(length=0.4, amplitude=20), -1, 1), "clipped", True),
        (word(at=0.1, length=0.85), "Cut off", True),
    ],
)
def test_what_is_wrong_with_a_take_is_said(
    qtbot, dialog, collect, fake_source, samples, sentence, can_be_kept
):
    begin(qtbot, dialog, collect)
    samples = samples.astype(np.float32)
    if "heard" in sentence:  # steady noise: it is there before, and goes on
        fake_source.feed(samples)
        qtbot.waitUntil(lambda: not fake_source._blocks, timeout=3000)
        fake_source.on_cue = samples
        qtbot.keyClick(dialog.say, Qt.Key.Key_Space)
    else:
        say(qtbot, dialog, fake_source, samples)
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.DECIDE, timeout=5000)
    assert sentence in dialog.say.objection.text()
    assert dialog.say.keep.isEnabled() == can_be_kept
    assert dialog.say.again.isEnabled()
    assert collect.collection.done == 0


def test_what_the_model_hears_otherwise_is_kept_or_said_again(qtbot, dialog, collect, fake_source):
    begin(qtbot, dialog, collect, words="six, nine")
    wanted = dialog.say.word.text()
    say(qtbot, dialog, fake_source, sample_clip("four").samples)
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.DECIDE, timeout=5000)
    assert "sounded like “four”" in dialog.say.objection.text()
    say(qtbot, dialog, fake_source, sample_clip("four").samples)
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.DECIDE, timeout=5000)
    qtbot.keyClick(dialog.say, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: collect.collection.done == 1, timeout=3000)
    qtbot.waitUntil(lambda: dialog.say.word.text() != wanted, timeout=3000)
    assert [r.label for r in scan(collect.collection.folder).recordings] == [wanted]


def test_what_sounds_like_no_word_is_asked_about(dialog, collect):
    labels = ("four", "two", "_silence_")
    clip = sample_clip("four")
    silent = Prediction(labels, np.array((0.3, 0.2, 0.5), np.float32), 0.9, 1.0)
    take = Clip("Demo", sound=clip, prediction=silent)
    assert collect._object(take, "four").can_be_kept
    unsure = Prediction(labels, np.array((0.5, 0.3, 0.2), np.float32), 0.9, 1.0)
    take = Clip("Demo", sound=clip, prediction=unsure)
    assert collect._object(take, "four") is None
    assert collect._object(take, "tree") is None


def test_a_word_is_skipped_and_one_is_taken_back(qtbot, dialog, collect, fake_source):
    begin(qtbot, dialog, collect, words="four, two")
    first = dialog.say.word.text()
    say(qtbot, dialog, fake_source, sample_clip(first).samples)
    qtbot.waitUntil(lambda: dialog.say.progress.value() == 1, timeout=5000)
    assert dialog.say.back.isEnabled()
    qtbot.keyClick(dialog.say, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: dialog.say.progress.value() == 0, timeout=3000)
    assert dialog.say.word.text() == first
    assert list(collect.collection.folder.rglob("*.wav")) == []
    for _ in range(2):
        qtbot.keyClick(dialog.say, Qt.Key.Key_N)
        qtbot.waitUntil(lambda: not collect._writing, timeout=3000)
    assert page(dialog) == 2


def test_esc_stops_the_take_then_closes_and_the_rest_is_said_later(
    qtbot, dialog, collect, fake_source, controller, window
):
    begin(qtbot, dialog, collect, words="four, two")
    say(qtbot, dialog, fake_source, sample_clip(dialog.say.word.text()).samples)
    qtbot.waitUntil(lambda: dialog.say.progress.value() == 1, timeout=5000)
    left = dialog.say.word.text()
    qtbot.keyClick(dialog.say, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    window.voice.collect.trigger()
    assert "1 of 2" in dialog.plan.unfinished.currentText()
    dialog.plan.resume.click()
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.SAY, timeout=3000)
    assert dialog.say.word.text() == left


def test_takes_of_the_main_window_are_not_collected(
    qtbot, dialog, collect, fake_source, controller, heard
):
    begin(qtbot, dialog, collect)
    fake_source.on_cue = sample_clip("four").samples + noise(amplitude=ROOM, seed=2)
    controller.begin_take()
    qtbot.waitUntil(lambda: fake_source.cues == 1, timeout=3000)
    fake_source.on_cue = None
    fake_source.feed(noise(1.0, amplitude=ROOM, seed=3))
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert (collect.collection.done, collect.phase) == (0, CollectPhase.SAY)


def test_a_plan_that_cannot_be_is_said_in_place(qtbot, dialog, collect, tmp_path):
    dialog.plan.words.setText("a/b")
    dialog.plan.begin.click()
    assert "cannot be a label" in dialog.plan.message.text()
    dialog.plan.words.setText("four")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("mine")
    dialog.plan.folder.setText(str(tmp_path / "full"))
    dialog.plan.begin.click()
    qtbot.waitUntil(lambda: "not empty" in dialog.plan.message.text(), timeout=3000)
    assert page(dialog) == 0


def test_the_folder_can_be_chosen(monkeypatch, dialog, tmp_path):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a: str(tmp_path))
    name = dialog.plan.folder.text().rsplit("/", 1)[-1]
    dialog.plan._browse()
    assert dialog.plan.folder.text() == str(tmp_path / name)
    dialog.plan.speaker.setText("Voice B")
    dialog.plan.speaker.textEdited.emit("Voice B")
    assert "/Voice-B " in dialog.plan.folder.text()


def test_a_full_disk_does_not_lose_the_take(qtbot, monkeypatch, dialog, collect, fake_source):
    from core.errors import SoundFileError

    begin(qtbot, dialog, collect, words="four")
    whole = Collection.keep

    def full(self, clip):
        raise SoundFileError("No space left.")

    monkeypatch.setattr(Collection, "keep", full)
    say(qtbot, dialog, fake_source, sample_clip("four").samples)
    qtbot.waitUntil(lambda: dialog.say.objection.text() == "No space left.", timeout=5000)
    monkeypatch.setattr(Collection, "keep", whole)
    assert dialog.say.keep.isEnabled()
    qtbot.keyClick(dialog.say, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.FINISHED, timeout=3000)


def test_without_a_source_it_says_so(qtbot, dialog, collect, controller):
    begin(qtbot, dialog, collect)
    controller._on_lost(__import__("core.errors", fromlist=["x"]).AudioDeviceError("Gone."))
    qtbot.keyClick(dialog.say, Qt.Key.Key_Space)
    assert "no sound" in dialog.say.objection.text()
    controller._retry.stop()


def finished(qtbot, dialog, collect, fake_source):
    begin(qtbot, dialog, collect, words="four")
    folder = collect.collection.folder
    say(qtbot, dialog, fake_source, sample_clip("four").samples)
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.FINISHED, timeout=5000)
    return folder


def test_without_any_recording_there_is_nothing_to_train_on(qtbot, dialog, collect):
    begin(qtbot, dialog, collect, words="four")
    qtbot.keyClick(dialog.say, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.FINISHED, timeout=3000)
    assert "0 recordings" in dialog._summary.text()
    assert not dialog.train.isEnabled()
    assert not dialog.adapt.isEnabled()


def test_the_recordings_open_in_the_train_tab(
    qtbot, monkeypatch, window, dialog, collect, fake_source
):
    folder = finished(qtbot, dialog, collect, fake_source)
    train = window.training_tab()
    scanned = []
    monkeypatch.setattr(window.train_page.controller, "scan", lambda *a: scanned.append(a[0]))
    dialog.train.click()
    assert window.tabs.currentWidget() is window.train_page
    assert train.data.folder.text() == str(folder)
    assert scanned == [folder]
    assert not dialog.isVisible()


def test_the_recordings_are_offered_to_adapt_to(qtbot, window, dialog, collect, fake_source):
    folder = finished(qtbot, dialog, collect, fake_source)
    dialog.adapt.click()
    adapting = window.voice.adapting
    names = [adapting.sources.item(n).text() for n in range(adapting.sources.count())]
    assert names == [f"Collected: {folder.name} (1)"]


@pytest.mark.slow
def test_the_demo_can_be_collected_from(qtbot, dialog, collect, window, controller):
    window.choose_source("demo")
    qtbot.waitUntil(lambda: controller.state is State.READY, timeout=3000)
    begin(qtbot, dialog, collect, words="eight")  # what the demo says first
    qtbot.keyClick(dialog.say, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: collect.phase in (CollectPhase.FINISHED, CollectPhase.DECIDE), timeout=6000
    )
    if collect.phase is CollectPhase.DECIDE:
        qtbot.keyClick(dialog.say, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.FINISHED, timeout=3000)


def test_a_collection_with_a_damaged_state_is_not_offered(qtbot, dialog, window):
    collection = Collection.begin(
        user_collections() / "old", CollectionPlan("me", ("four", "six"), 1)
    )
    (collection.folder / STATE_FILE).write_text("{")
    dialog.reject()
    window.voice.collect.trigger()
    assert dialog.plan.unfinished.count() == 0


@pytest.mark.slow
def test_the_windows_fit_a_small_screen_and_a_large_font_and_name_their_controls(
    qtbot, dialog, window
):
    window.voice.adapt.trigger()
    font = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(font.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        for box in (dialog, window.voice.adapting):
            box.ensurePolished()
            QApplication.processEvents()
            assert box.minimumSizeHint().width() <= 1280
            assert box.minimumSizeHint().height() <= 720
    finally:
        QApplication.setFont(font)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QListWidget, QProgressBar)
    buddies = {label.buddy() for label in dialog.findChildren(QLabel)}
    for box in (dialog, window.voice.adapting):
        for widget in (w for kind in kinds for w in box.findChildren(kind)):
            inner = widget.objectName().startswith("qt_")
            shown = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or shown or inner or widget in buddies, widget


def test_a_file_that_is_opened_meanwhile_is_not_taken_for_the_persons_voice(
    qtbot, dialog, collect, fake_source, controller, heard, tmp_path
):
    begin(qtbot, dialog, collect, words="four")
    qtbot.keyClick(dialog.say, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: controller.state is State.SPEAK_NOW, timeout=3000)
    controller.recognise_file(write(tmp_path / "four.wav", sample_clip("four").samples))
    qtbot.waitUntil(lambda: len(heard.takes) == 1, timeout=3000)
    assert (collect.collection.done, collect.phase) == (0, CollectPhase.SAY)
    assert list(collect.collection.folder.rglob("*.wav")) == []
    fake_source.feed(sample_clip("four").samples + noise(amplitude=ROOM, seed=2))
    fake_source.feed(noise(1.0, amplitude=ROOM, seed=3))  # and the word is still waited for
    qtbot.waitUntil(lambda: collect.phase is CollectPhase.FINISHED, timeout=5000)
