"""What a person sees and does before a run: the folder, its labels, and the presets."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from app.shell.theme import apply_theme
from app.train.run_form import RunForm
from app.train.tab import TrainTab
from core.training.presets import PRESETS
from tests.app.train.hands import choose_file, rows


def test_at_first_it_says_what_to_do_and_nothing_can_be_started(tab):
    invitation = " ".join(label.text() for label in tab.data._body.findChildren(QLabel))
    assert "Drop a folder of recordings here" in invitation
    assert tab.data.teach.isVisible()
    assert tab.steps.currentWidget() is tab.data
    assert tab.pages.currentWidget() is tab.home
    assert not tab.data.start.isEnabled()
    assert not tab.run.stop.isEnabled()
    assert not tab.run.cancel.isEnabled()


def test_a_folder_is_looked_at_and_its_digits_are_ticked(scanned):
    data = scanned.data
    assert data.message == (
        "18 clips of 3 words can be used; 1 file is left out; 3 people: the test is weak."
    )
    assert data.labels.rowCount() == 3
    assert data.labels.ticked() == ("one", "two")
    assert data.problems.kinds.item(0, 0).text() == "empty: 1"
    assert data.problems.kinds.item(0, 1).text() == "left out"
    assert rows(data.problems.files.table) == [
        ["one/bad.wav", "one", "empty: bad.wav is empty."],
    ]
    assert "8 clips of 2 speakers for learning" in data.split_message


def test_a_folder_that_is_not_there_is_said(qtbot, tab, tmp_path):
    tab.open_folder(tmp_path / "gone")
    qtbot.waitUntil(lambda: "There is no folder" in tab.data.message, timeout=15_000)
    assert not tab.data.start.isEnabled()


@pytest.mark.parametrize("name", ["~nosuchuser/data", "-gone"])
def test_a_folder_can_be_called_anything(qtbot, tab, name):
    tab.data.folder.setText(name)
    tab.data.folder.returnPressed.emit()
    qtbot.waitUntil(lambda: "There is no folder" in tab.data.message, timeout=15_000)
    assert tab.data.folder.text() == str(Path.cwd() / name)


def test_a_scan_can_be_cancelled(qtbot, tab, told, folder):
    (folder / "mood").write_text("waiting")
    tab.open_folder(folder)
    qtbot.waitUntil(lambda: bool(told.of("scan_progress")), timeout=15_000)
    qtbot.mouseClick(tab.data._cancel, Qt.MouseButton.LeftButton)
    assert tab.data.message == "Cancelled."
    assert not tab.data.start.isEnabled()


def test_labels_that_cannot_be_divided_say_why_before_the_start(qtbot, scanned):
    scanned.data.labels.tick({"one"})
    assert not scanned.data.start.isEnabled()
    qtbot.waitUntil(lambda: scanned.data.split_message == "Too few.", timeout=15_000)
    assert not scanned.data.start.isEnabled()
    scanned.data.labels.tick({"one", "two"})
    qtbot.waitUntil(scanned.data.start.isEnabled, timeout=15_000)


def test_quick_learns_from_one_person_alone_and_what_needs_others_says_so(qtbot, tab, told, folder):
    (folder / "mood").write_text("alone")
    tab.open_folder(folder)
    qtbot.waitUntil(tab.data.start.isEnabled, timeout=15_000)
    assert "judged by a copy" in tab.data.split_message
    tab.data.form.cards["notebook"].click()
    qtbot.waitUntil(lambda: tab.data.split_message == "Too few.", timeout=15_000)
    assert not tab.data.start.isEnabled()


def test_what_is_learned_from_is_said_of_the_card_that_is_chosen(qtbot, scanned):
    data = scanned.data
    assert "validation" not in data.split_message
    for chosen, said in (("best", True), ("quick", False), ("expert", True)):
        data.form.cards[chosen].click()
        qtbot.waitUntil(
            lambda said=said: ("for validation" in data.split_message) is said, timeout=15_000
        )
    data.form.architecture.setCurrentText("speech-embedding-quick")
    qtbot.waitUntil(lambda: "validation" not in data.split_message, timeout=15_000)


def test_what_was_corrected_is_said(qtbot, tab, folder):
    (folder / "mood").write_text("corrected")
    tab.open_folder(folder)
    qtbot.waitUntil(tab.data.start.isEnabled, timeout=15_000)
    assert tab.data.split_message.endswith(
        "for the test. By the list of corrections, 3 clips count as other words than their names "
        "say, and 1 bad clip is left out."
    )


def test_another_split_is_looked_at_before_the_start(qtbot, scanned, told):
    scanned.data.form.cards["expert"].click()
    qtbot.waitUntil(scanned.data.start.isEnabled, timeout=15_000)
    before = len(told.of("scan_done"))
    scanned.data.form.split.setCurrentIndex(0)
    scanned.data.form.split.setCurrentIndex(1)
    assert not scanned.data.start.isEnabled()
    qtbot.waitUntil(lambda: len(told.of("scan_done")) > before, timeout=15_000)


def test_a_space_bar_ticks_a_label(qtbot, scanned):
    table = scanned.data.labels
    table.setFocus()
    table.setCurrentCell(2, 0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.ticked() == ("one", "two", "cat")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_box_that_is_not_ticked_can_be_seen(qtbot, scanned, theme):
    apply_theme(QApplication.instance(), theme)
    table = scanned.data.labels
    item = table.visualItemRect(table.item(2, 0))
    picture = table.viewport().grab(item).toImage()
    ratio = picture.devicePixelRatio()
    size = range(round(item.height() * ratio))
    light = [picture.pixelColor(x, y).lightness() for x in size for y in size]
    assert max(light) - min(light) > 60


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_report_is_saved_once(monkeypatch, scanned, said, tmp_path, kind):
    target = tmp_path / f"report.{kind}"
    choose_file(monkeypatch, target)
    scanned.data.report_wanted.emit(kind)
    assert said == [f"Saved {target}"]
    content = target.read_text()
    assert "bad.wav" in content
    scanned.data.report_wanted.emit(kind)
    assert "exists already" in said[-1]
    assert target.read_text() == content


def test_a_card_is_a_preset_and_that_of_an_expert_shows_every_setting(scanned, tmp_path):
    data = scanned.data
    assert data.form.chosen == "quick"
    assert not data.form.details.isVisible()
    assert data.settings(tmp_path).options == {"preset": "quick"}
    data.form.cards["notebook"].click()
    assert data.form.division == ("random", 0.2, 777)
    data.form.cards["expert"].click()
    assert data.form.details.isVisible()
    data.form.architecture.setCurrentText("notebook-cnn")
    assert data.settings(tmp_path).options == {
        "architecture": "notebook-cnn",
        "split": "random",
        "validation": 0.2,
        "seed": 777,
        "epochs": 100,
        "patience": 10,
        "batch_size": 32,
        "start_from": None,
        "tensorboard": None,
    }


def test_what_learns_in_no_epochs_is_given_no_number_of_them(scanned, tmp_path):
    form = scanned.data.form
    form.cards["expert"].click()
    form.architecture.setCurrentText(PRESETS["quick"].architecture)
    assert not form.epochs.isEnabled()
    assert form.options(tmp_path).keys() == {"architecture", "split", "validation", "seed"}


def test_every_preset_says_how_long_it_takes_before_the_start(qtbot, scanned):
    cards = scanned.data.form.cards
    for name in ("quick", "best", "notebook"):
        qtbot.waitUntil(
            lambda name=name: "on this computer" in cards[name].accessibleDescription(),
            timeout=15_000,
        )
    scanned.data.labels.tick(set())
    assert "on this computer" not in cards["quick"].accessibleDescription()


def test_without_tensorflow_quick_is_offered_and_the_others_say_why_not(qtbot, monkeypatch):
    monkeypatch.setattr("core.training.extra.LIBRARIES", ("no_such_library",))
    form = RunForm()
    qtbot.addWidget(form)
    form.show_minutes(100, None)
    assert [name for name in ("quick", "best", "notebook") if form.cards[name].isEnabled()] == [
        "quick"
    ]
    assert "needs TensorFlow" in form.cards["best"].told
    assert "This command installs it" in form.cards["best"].toolTip()


def test_a_folder_that_is_dropped_is_looked_at(qtbot, tab, told, folder):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    at = QPointF(tab.data.rect().center())
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, mime, *keys)
    QApplication.sendEvent(tab.data, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(tab.data, QDropEvent(at, Qt.DropAction.CopyAction, mime, *keys))
    qtbot.waitUntil(lambda: bool(told.of("scan_done")), timeout=15_000)
    assert told.last("scan_done")[0].folder == str(folder)


def test_the_folder_that_is_remembered_is_looked_at_when_the_page_is_shown(
    qtbot, training, told, folder, changes, settings
):
    tab = TrainTab(training, changes, settings)
    qtbot.addWidget(tab)
    tab.data.folder.setText(str(folder))
    assert not training._jobs
    tab.show()
    qtbot.waitUntil(lambda: bool(told.of("scan_done")), timeout=15_000)
    assert tab.data.start.isEnabled()
    tab.close()
