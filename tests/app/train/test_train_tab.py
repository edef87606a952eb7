"""What a person sees and does in the Train tab, with a fake trainer behind it."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
)

from app.shell.theme import apply_theme
from app.train.controller import RunState
from app.train.run_form import RunForm
from app.train.tab import TrainTab
from core.training.presets import PRESETS
from core.training.run_folder import RunFolder
from tests.helpers.bundles import copy_bundle
from tests.helpers.fake_program import SPLIT
from tests.helpers.sounds import sample_clip, write


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


def train(qtbot, tab, told, folder, mood="well"):
    (folder / "mood").write_text(mood)
    qtbot.mouseClick(tab.data.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)


def rows(table):
    """What can be read in a table of clips."""
    model = table.clips
    columns = [n for n in range(model.columnCount()) if not table.isColumnHidden(n)]
    return [[model.index(row, n).data() for n in columns] for row in range(model.rowCount())]


def mark(table, row):
    table.mark(table.clips.clip_at(row), quietly=False)


def choose_file(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))


# --- data -------------------------------------------------------------------------------


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


# --- the run ----------------------------------------------------------------------------


def test_a_run_shows_its_curves_its_epochs_and_its_result(qtbot, scanned, told, folder):
    name = scanned.data.name.text()
    train(qtbot, scanned, told, folder)
    run = scanned.run
    for view in (run.epochs, scanned.results.epochs):
        assert [epoch.epoch for epoch in view.curves.epochs] == [1, 2, 3]
        assert view.curves.best_epoch == 2
        assert view.table.rowCount() == 3
        assert view.table.item(1, 3).text() == "0.5000"
        assert view.table.item(1, 0).font().bold()
        assert not view.table.item(2, 0).font().bold()
    assert run.status == f"The new model is “{name}”."
    assert scanned.pages.currentWidget() is scanned.results
    assert "75 % right for people it never heard" in scanned.results.title
    assert "75.0 % right (60.0 % to 85.0 %" in scanned.results.figures
    assert scanned.models.chosen.path.name == name
    assert scanned.data.name.text() == f"{name} 2"


def test_the_bar_of_a_run_never_goes_back(qtbot, scanned, told, folder):
    values = []
    scanned.run.bar.valueChanged.connect(values.append)
    train(qtbot, scanned, told, folder)
    assert values == sorted(values)
    assert values[-1] == 1000
    fractions = [now.fraction for (now,) in told.of("run_advanced")]
    assert fractions == sorted(fractions)


def test_the_new_model_is_used_or_the_old_one_kept(qtbot, scanned, told, folder, said):
    used = []
    scanned.use_wanted.connect(used.append)
    train(qtbot, scanned, told, folder)
    results = scanned.results
    assert results.use.isVisible()
    assert results.keep.isVisible()
    assert not results.back.isVisible()
    results.keep.click()
    assert used == []
    assert scanned.pages.currentWidget() is scanned.home
    told.told.clear()
    train(qtbot, scanned, told, folder)
    results.use.click()
    assert [path.name for path in used] == [scanned.models.chosen.path.name]
    assert "is in use now" in said[-1]


def test_the_verdict_says_how_much_better_it_is_than_the_model_in_use(
    qtbot, scanned, told, folder, training
):
    better = copy_bundle(training.library.own / "better", name="better")
    scanned.show_in_use(better)
    train(qtbot, scanned, told, folder)
    qtbot.waitUntil(lambda: "points worse" in scanned.results.title, timeout=15_000)
    assert scanned.results.title == (
        "75 % right for people it never heard, 25 points worse than the model in use; "
        "it takes “one” for “two” most often."
    )
    assert scanned.results.use.isVisible()


def test_the_worst_mistakes_are_listed_to_be_heard(qtbot, scanned, told, folder):
    write(folder / "one" / "b.wav", sample_clip("four").samples)
    train(qtbot, scanned, told, folder)
    clips = scanned.results.clips
    assert rows(clips.table) == [["one/b.wav", "one", "two?", "60 %"]]
    assert not scanned.results.pages.isVisible()
    mark(clips.table, 0)
    qtbot.waitUntil(clips.play.isEnabled, timeout=5000)
    scanned.results.details.click()
    assert scanned.results.pages.isVisible()


def test_during_a_run_stop_and_cancel_are_offered(qtbot, scanned, told, folder):
    (folder / "mood").write_text("waiting")
    scanned.data.form.show_minutes(0, None)  # no estimate to settle from
    scanned.data.start.click()
    assert scanned.steps.currentWidget() is scanned.run
    run = scanned.run
    qtbot.waitUntil(lambda: run.epochs.table.rowCount() == 3, timeout=15_000)
    assert run.stop.isEnabled()
    assert run.stop.isVisible()  # there is an epoch to keep
    assert run.cancel.isEnabled()
    assert run.status == "Learning: epoch 4 of 9"
    assert run._left.text() == "about 1 min left"
    assert run.bar.value() == 200
    assert run.bar.text() == "20 %"
    qtbot.mouseClick(run.stop, Qt.MouseButton.LeftButton)
    assert run.status == "Stopping…"
    assert not run.stop.isEnabled()
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    assert not run.cancel.isEnabled()
    assert "The new model is" in run.status


def test_cancel_says_that_nothing_was_kept(qtbot, scanned, told, folder):
    (folder / "mood").write_text("waiting")
    scanned.data.start.click()
    qtbot.waitUntil(lambda: scanned.run.epochs.table.rowCount() == 3, timeout=15_000)
    qtbot.mouseClick(scanned.run.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    assert scanned.run.status == "Cancelled. Nothing was kept."
    assert scanned.steps.currentWidget() is scanned.run
    scanned.run.back.click()
    assert scanned.steps.currentWidget() is scanned.data


def test_silence_is_said_and_taken_back(qtbot, scanned, told, folder):
    warnings = []
    (folder / "mood").write_text("silent")
    scanned._controller.run_silent.connect(lambda _: warnings.append(scanned.run.warning))
    train(qtbot, scanned, told, folder, "silent")
    assert "said nothing for 30 seconds" in warnings[0]
    assert warnings[1] == ""


def test_why_a_run_failed_is_said(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder, "fail")
    assert scanned.run.status == "The disk is full."
    assert scanned._controller.state is RunState.IDLE


def test_a_run_that_was_cut_off_is_offered_and_goes_on(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder, "crash")
    offer = scanned.data._unfinished
    assert "can go on" in scanned.run.status
    scanned.run.back.click()
    assert offer.isVisible()
    (folder / "mood").write_text("waiting")
    told.told.clear()
    qtbot.mouseClick(offer.go_on, Qt.MouseButton.LeftButton)
    assert scanned.steps.currentWidget() is scanned.run
    assert scanned.run.epochs.table.rowCount() == 3
    qtbot.waitUntil(lambda: scanned.run.epochs.table.rowCount() == 6, timeout=15_000)
    scanned.run.stop.click()
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    assert not offer.isVisibleTo(scanned.data)


def test_a_run_that_was_cut_off_before_its_first_epoch_is_offered_to_begin_again(scanned):
    run = RunFolder(scanned._controller.library.own / "cut off")
    run.path.mkdir(parents=True)
    run.begin({"folder": "x"})
    scanned._controller.refresh()
    offer = scanned.data._unfinished
    assert offer.isVisible()
    assert "before its first epoch" in offer._text.text()
    assert offer.go_on.text() == "Begin again"


def test_a_run_that_was_cut_off_can_be_discarded(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder, "crash")
    scanned.run.back.click()
    qtbot.mouseClick(scanned.data._unfinished.discard, Qt.MouseButton.LeftButton)
    assert not scanned.data._unfinished.isVisibleTo(scanned.data)
    assert list(scanned._controller.library.own.iterdir()) == []


def test_a_name_that_is_taken_is_said_and_the_page_stays(scanned, said):
    copy_bundle(scanned._controller.library.own / "mine")
    scanned.data.name.setText("mine")
    scanned.data.start.click()
    assert "There is a model “mine” already" in said[-1]
    assert scanned.steps.currentWidget() is scanned.data


@pytest.mark.parametrize("name", ["a/b", "cut off"])
def test_a_run_that_does_not_start_is_not_waited_for(qtbot, scanned, said, name):
    run = RunFolder(scanned._controller.library.own / "cut off")
    run.path.mkdir(parents=True)
    run.begin({"folder": "x"})
    before = scanned.run.status
    scanned.data.name.setText(name)
    scanned.data.start.click()
    assert len(said) == 1
    assert scanned.run.status == before
    assert scanned.run.bar.value() <= 0
    assert scanned.steps.currentWidget() is scanned.data
    assert run.is_unfinished


# --- results ----------------------------------------------------------------------------


def test_a_cell_of_the_confusion_matrix_lists_its_clips_and_one_is_shown(
    qtbot, scanned, told, folder
):
    train(qtbot, scanned, told, folder)
    clip = sample_clip("four")
    write(folder / "one" / "b.wav", clip.samples)
    results = scanned.results
    results.details.click()
    matrix = results.confusion
    matrix.setFocus()
    matrix.setCurrentIndex(matrix.model().index(0, 0))
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert results.clips.caption == "“one” taken for “two”: 1"
    assert rows(results.clips.table) == [["one/b.wav", "one", "two?", "60 %"]]
    mark(results.clips.table, 0)
    qtbot.waitUntil(results.clips.play.isEnabled, timeout=5000)
    played = []
    scanned.play_wanted.connect(played.append)
    results.clips.play.click()
    assert played[0].samples.size == clip.samples.size


def test_a_clip_that_is_gone_or_lies_elsewhere_is_said(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder)
    results = scanned.results
    results.show_cell("one", "two")
    mark(results.clips.table, 0)
    qtbot.waitUntil(lambda: "There is no file" in results.clips.caption, timeout=5000)
    results.show_cell("two", "two")
    mark(results.clips.table, 1)
    assert "lies outside of the folder" in results.clips.caption
    assert not results.clips.play.isEnabled()


def test_the_figures_of_each_label_are_listed(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder)
    table = scanned.results.per_label
    rows = [[table.item(row, column).text() for column in range(5)] for row in range(2)]
    assert rows == [
        ["one", "1.000", "0.500", "0.667", "2"],
        ["two", "0.667", "1.000", "0.800", "2"],
    ]


# --- models -----------------------------------------------------------------------------


def select(tab, name):
    panel = tab.models
    panel.select(next(path for path in panel.cards if path.name == name))


def card(tab, name):
    return next(card for path, card in tab.models.cards.items() if path.name == name)


@pytest.fixture
def models(tab, training):
    for name in ("better", "mine"):
        copy_bundle(training.library.own / name, name=name)
    copy_bundle(training.library.own / "broken")
    (training.library.own / "broken" / "model.tflite").unlink()
    training.refresh()
    return tab.models


def test_what_a_model_says_of_itself_is_shown_as_text(tab, training):
    copy_bundle(training.library.own / "odd", labels=["<img src=x>", "b"], architecture="<b>")
    training.refresh()
    assert "<img src=x>, b" in card(tab, "odd").told
    formats = {label.textFormat() for label in card(tab, "odd").findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_a_card_says_what_a_model_knows_from_whom_how_well_how_large_and_when(tab, training):
    copy_bundle(
        training.library.own / "mine",
        labels=["yes", "no", "_silence_"],
        created="2026-03-04T05:06:07",
        metrics={
            "test": {"accuracy": 0.9, "accuracy_interval": [0.8, 0.95], "clips": 40, "speakers": 5}
        },
        data_set={"name": "words", "split": SPLIT},
    )
    training.refresh()
    told = card(tab, "mine").told
    assert "Learned 2 words from 2 people: yes, no." in told
    assert "90.0 % right (80 % to 95 %) on 40 clips" in told
    assert " kB · 4 Mar 2026" in told
    assert "mine" in card(tab, "mine").accessibleName()
    assert "90.0 %" in card(tab, "mine").accessibleDescription()


def offered(panel):
    names = ("use", "show_results", "evaluate", "compare", "rename", "delete", "export")
    return {name for name in names if getattr(panel, name).isEnabled()}


def test_what_can_be_done_depends_on_the_model(scanned, models, training):
    everything = {"use", "show_results", "evaluate", "compare", "rename", "delete", "export"}
    assert offered(models) == set()
    scanned.show_in_use(training.library.own / "mine")
    assert models.chosen.path.name == "mine"
    select(scanned, "better")
    assert offered(models) == everything
    select(scanned, "mine")
    assert offered(models) == everything - {"use", "rename", "delete"}
    assert "in use" in card(scanned, "mine").told
    select(scanned, "notebook-cnn")
    assert offered(models) == everything - {"rename", "delete"}
    select(scanned, "broken")
    assert offered(models) == {"delete"}
    assert "has no model.tflite" in card(scanned, "broken").told


def test_return_uses_a_whole_model_and_never_a_broken_one(qtbot, tab, models):
    used = []
    tab.use_wanted.connect(used.append)
    for name in ("better", "broken"):
        card(tab, name).setFocus()
        qtbot.keyClick(card(tab, name), Qt.Key.Key_Return)
        assert models.chosen.path.name == name
    assert [path.name for path in used] == ["better"]


def test_arrows_go_from_card_to_card(qtbot, tab, models):
    select(tab, "notebook-cnn")
    card(tab, "notebook-cnn").setFocus()
    qtbot.keyClick(card(tab, "notebook-cnn"), Qt.Key.Key_Down)
    assert models.chosen.path.name == "better"


def test_a_model_is_renamed(monkeypatch, tab, models, training):
    monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: (" mine now ", True))
    select(tab, "mine")
    models.rename.click()
    assert (training.library.own / "mine now").is_dir()
    assert "mine now" in card(tab, "mine now").told


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_a_model_is_deleted_when_the_person_says_so(
    monkeypatch, tab, models, training, tmp_path, answer
):
    asked = []
    button = QMessageBox.StandardButton[answer]
    monkeypatch.setattr(QMessageBox, "question", lambda *a, **k: asked.append(a[2]) or button)
    monkeypatch.setattr(
        QFile, "moveToTrash", lambda path: bool(Path(path).rename(tmp_path / "bin"))
    )
    select(tab, "mine")
    models.delete.click()
    assert "“mine” into the bin?" in asked[0]
    assert (training.library.own / "mine").exists() == (answer == "No")


def compare_with(models, name):
    actions = {action.text(): action for action in models.compare.menu().actions()}
    assert models.chosen.path.name not in actions
    actions[name].trigger()


def test_two_models_are_compared_on_the_same_clips(qtbot, scanned, told, models):
    select(scanned, "better")
    compare_with(models, "mine")
    table = scanned.results.comparison
    qtbot.waitUntil(lambda: table.rowCount() == 3, timeout=15_000)
    assert table.horizontalHeaderItem(1).text() == "better"
    assert [table.item(0, n).text() for n in range(4)] == ["accuracy", "1.000", "0.750", "-0.250"]
    assert "“better” has 100.0 % right and “mine” 75.0 %" in scanned.results.title
    clips = scanned.results.clips
    assert clips.caption == ("They disagree on 1 clip; heard by “mine”, and before by “better”:")
    assert rows(clips.table) == [["one/b.wav", "one", "two?, was one?", "60 %"]]


def test_a_model_is_evaluated_on_the_folder(qtbot, scanned, told, models, folder):
    select(scanned, "mine")
    models.evaluate.click()
    assert models.evaluate.text() == f"Ev&aluate on “{folder.name}”"
    qtbot.waitUntil(lambda: "75.0 % right" in scanned.results.figures, timeout=15_000)
    assert scanned.results.title == f"“mine” on “{folder.name}”"
    (folder / "mood").write_text("fail")
    models.evaluate.click()
    qtbot.waitUntil(lambda: scanned.results.title == "The folder is gone.", timeout=15_000)


def test_two_models_can_be_compared_while_another_is_evaluated(
    qtbot, scanned, told, models, training
):
    copy_bundle(training.library.own / "third", name="third")
    training.refresh()
    select(scanned, "third")
    models.evaluate.click()
    select(scanned, "better")
    compare_with(models, "mine")
    table = scanned.results.comparison
    qtbot.waitUntil(lambda: table.rowCount() == 3, timeout=15_000)
    assert {path.name for path, _ in told.of("evaluated")} == {"better", "mine"}
    assert table.horizontalHeaderItem(1).text() == "better"


def test_without_a_folder_nothing_is_evaluated_or_compared(tab, models):
    select(tab, "mine")
    assert not models.evaluate.isEnabled()
    assert not models.compare.isEnabled()
    assert "Choose a folder of recordings" in models.evaluate.toolTip()


def test_a_model_without_results_says_so_and_shows_nothing_of_another(
    qtbot, scanned, told, models, folder
):
    train(qtbot, scanned, told, folder)
    assert scanned.results.figures
    select(scanned, "mine")
    models.show_results.click()
    assert "came without results" in scanned.results.title
    assert scanned.results.figures == ""
    assert scanned.results.confusion.model().rowCount() == 0
    assert rows(scanned.results.clips.table) == []
    assert scanned.results.back.isVisible()


def test_results_and_curves_of_a_model_are_shown_and_exported(
    qtbot, monkeypatch, scanned, told, folder, said, tmp_path
):
    train(qtbot, scanned, told, folder)
    scanned.models.show_results.click()
    assert "75.0 % right" in scanned.results.figures
    exports = {action.text(): action for action in scanned.models.export.menu().actions()}
    for suffix in ("csv", "json", "png"):
        choose_file(monkeypatch, tmp_path / f"curves.{suffix}")
        exports[f"Curves and figures, {suffix.upper()}"].trigger()
        assert said[-1] == f"Saved {tmp_path / f'curves.{suffix}'}"
    assert (tmp_path / "curves.csv").read_text().splitlines()[2].startswith("2,0.5,")
    data = json.loads((tmp_path / "curves.json").read_text())
    assert len(data["epochs"]) == 3
    assert data["evaluation"]["accuracy"] == 0.75
    png = (tmp_path / "curves.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    exports["Curves and figures, PNG"].trigger()
    assert "exists already" in said[-1]
    assert (tmp_path / "curves.png").read_bytes() == png


def test_a_network_is_exported(qtbot, monkeypatch, tab, models, said, tmp_path):
    choose_file(monkeypatch, tmp_path / "out.h5")
    select(tab, "mine")
    next(action for action in models.export.menu().actions() if action.text() == ".h5").trigger()
    qtbot.waitUntil(lambda: bool(said), timeout=15_000)
    assert said == [f"Saved {tmp_path / 'out.h5'}"]


# --- the whole tab ----------------------------------------------------------------------


def test_every_control_has_an_accessible_name_or_text(tab):
    for kind in (QAbstractButton, QComboBox, QAbstractItemView):
        for widget in tab.findChildren(kind):
            inner = isinstance(widget.parent(), (QComboBox, QLineEdit, QAbstractItemView))
            internal = widget.objectName().startswith("qt_") or inner
            popup = widget.metaObject().className().startswith(("QComboBox", "QTableCorner"))
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named or internal or popup, widget


@pytest.mark.slow
def test_it_fits_a_small_screen_and_a_large_font(tab):
    assert tab.minimumSizeHint().width() <= 1280
    assert tab.minimumSizeHint().height() <= 640
    font, large = QApplication.font(), QApplication.font()
    large.setPointSizeF(font.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        QApplication.processEvents()
        assert tab.minimumSizeHint().width() <= 1280
    finally:
        QApplication.setFont(font)
