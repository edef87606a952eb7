"""What a person sees and does in the Train tab, with a fake trainer behind it."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QInputDialog,
    QMessageBox,
)

from app.shell.theme import apply_theme
from app.train.controller import RunState
from app.train.tab import TrainTab
from core.training.run_folder import RunFolder
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import sample_clip, write


@pytest.fixture
def tab(qtbot, training, told):
    tab = TrainTab(training)
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


def choose_file(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))


# --- data -------------------------------------------------------------------------------


def test_at_first_it_says_what_to_do_and_nothing_can_be_started(tab):
    assert "Choose a folder" in tab.data.message
    assert "Choose a folder under Data" in tab.run.status
    assert "No results yet" in tab.results.title
    assert not tab.data.start.isEnabled()
    assert not tab.run.stop.isEnabled()
    assert not tab.run.cancel.isEnabled()


def test_a_folder_is_looked_at_and_its_digits_are_ticked(scanned):
    data = scanned.data
    assert "18 clips of 3 speakers" in data.message
    assert data.labels.rowCount() == 3
    assert data.labels.ticked() == ("one", "two")
    assert data.problems.topLevelItem(0).text(0) == "empty: 1"
    assert data.problems.topLevelItem(0).child(0).text(0) == "one/bad.wav"
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


def test_another_split_is_looked_at_before_the_start(qtbot, scanned, told):
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


def test_a_preset_fills_in_the_details(tab):
    form = tab.data.form
    form.preset.setCurrentIndex(1)
    assert form.architecture.currentText() == "notebook-cnn"
    assert form.split.currentData() == "random"
    assert (form.epochs.value(), form.patience.value(), form.batch_size.value()) == (100, 10, 32)
    assert (form.seed.value(), form.share) == (777, 0.2)


# --- the run ----------------------------------------------------------------------------


def test_a_run_shows_its_curves_its_epochs_and_its_result(qtbot, scanned, told, folder):
    name = scanned.data.form.name.text()
    train(qtbot, scanned, told, folder)
    run = scanned.run
    assert [epoch.epoch for epoch in run.curves.epochs] == [1, 2, 3]
    assert run.curves.best_epoch == 2
    assert run.epochs.rowCount() == 3
    assert run.epochs.item(1, 3).text() == "0.5000"
    assert run.epochs.item(1, 0).font().bold()
    assert not run.epochs.item(2, 0).font().bold()
    assert run.status == f"The new model is “{name}”."
    assert scanned.pages.currentWidget() is scanned.results
    assert "75.0 % right (60.0 % to 85.0 %" in scanned.results.title
    assert [entry.path.name for entry in scanned.models.selected()] == [name]
    assert scanned.data.form.name.text() == f"{name} 2"


def test_during_a_run_stop_and_cancel_are_offered(qtbot, scanned, told, folder):
    (folder / "mood").write_text("waiting")
    scanned.data.start.click()
    assert scanned.pages.currentWidget() is scanned.run
    run = scanned.run
    qtbot.waitUntil(lambda: run.epochs.rowCount() == 3, timeout=15_000)
    assert run.stop.isEnabled()
    assert run.cancel.isEnabled()
    assert run._left.text() == "at most 1 min 15 s left"
    qtbot.mouseClick(run.stop, Qt.MouseButton.LeftButton)
    assert run.status == "Stopping…"
    assert not run.stop.isEnabled()
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    assert not run.cancel.isEnabled()
    assert "The new model is" in run.status


def test_cancel_says_that_nothing_was_kept(qtbot, scanned, told, folder):
    (folder / "mood").write_text("waiting")
    scanned.data.start.click()
    qtbot.waitUntil(lambda: scanned.run.epochs.rowCount() == 3, timeout=15_000)
    qtbot.mouseClick(scanned.run.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)
    assert scanned.run.status == "Cancelled. Nothing was kept."
    assert scanned.pages.currentWidget() is scanned.run


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
    scanned.pages.setCurrentWidget(scanned.data)
    assert offer.isVisible()
    (folder / "mood").write_text("waiting")
    told.told.clear()
    qtbot.mouseClick(offer.go_on, Qt.MouseButton.LeftButton)
    assert scanned.pages.currentWidget() is scanned.run
    assert scanned.run.epochs.rowCount() == 3
    qtbot.waitUntil(lambda: scanned.run.epochs.rowCount() == 6, timeout=15_000)
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
    qtbot.mouseClick(scanned.data._unfinished.discard, Qt.MouseButton.LeftButton)
    assert not scanned.data._unfinished.isVisibleTo(scanned.data)
    assert list(scanned._controller.library.own.iterdir()) == []


def test_a_name_that_is_taken_is_said_and_the_page_stays(scanned, said):
    copy_bundle(scanned._controller.library.own / "mine")
    scanned.data.form.name.setText("mine")
    scanned.data.start.click()
    assert "There is a model “mine” already" in said[-1]
    assert scanned.pages.currentWidget() is scanned.data


@pytest.mark.parametrize("name", ["a/b", "cut off"])
def test_a_run_that_does_not_start_is_not_waited_for(qtbot, scanned, said, name):
    run = RunFolder(scanned._controller.library.own / "cut off")
    run.path.mkdir(parents=True)
    run.begin({"folder": "x"})
    before = scanned.run.status
    scanned.data.form.name.setText(name)
    scanned.data.start.click()
    assert len(said) == 1
    assert scanned.run.status == before
    assert scanned.run._progress.maximum() == 1
    assert scanned.pages.currentWidget() is scanned.data
    assert run.is_unfinished


# --- results ----------------------------------------------------------------------------


def test_a_cell_of_the_confusion_matrix_lists_its_clips_and_one_is_shown(
    qtbot, scanned, told, folder
):
    train(qtbot, scanned, told, folder)
    clip = sample_clip("four")
    write(folder / "one" / "b.wav", clip.samples)
    results = scanned.results
    matrix = results.confusion
    matrix.setFocus()
    matrix.setCurrentIndex(matrix.model().index(0, 0))
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert results._cell.text() == "“one” taken for “two”: 1"
    assert results.clips.item(0).text() == "one/b.wav   60 %"
    results.clips.setCurrentRow(0)
    qtbot.waitUntil(results.play.isEnabled, timeout=5000)
    played = []
    scanned.play_wanted.connect(played.append)
    results.play.click()
    assert played[0].samples.size == clip.samples.size


def test_a_clip_that_is_gone_or_lies_elsewhere_is_said(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder)
    results = scanned.results
    results.show_cell("one", "two")
    results.clips.setCurrentRow(0)
    qtbot.waitUntil(lambda: "There is no file" in results._cell.text(), timeout=5000)
    results.show_cell("two", "two")
    results.clips.setCurrentRow(1)
    assert "lies outside of the folder" in results._cell.text()
    assert not results.play.isEnabled()


def test_the_figures_of_each_label_are_listed(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder)
    table = scanned.results.per_label
    rows = [[table.item(row, column).text() for column in range(5)] for row in range(2)]
    assert rows == [
        ["one", "1.000", "0.500", "0.667", "2"],
        ["two", "0.667", "1.000", "0.800", "2"],
    ]


# --- models -----------------------------------------------------------------------------


def select(tab, *names):
    panel = tab.models
    panel.list.clearSelection()
    for row in range(panel.list.count()):
        item = panel.list.item(row)
        item.setSelected(item.data(Qt.ItemDataRole.UserRole).path.name in names)


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
    select(tab, "odd")
    assert "&lt;img src=x&gt;, b" in tab.models.details
    assert "&lt;b&gt;, " in tab.models.details


def offered(panel):
    names = ("use", "show_results", "evaluate", "compare", "rename", "delete", "export")
    return {name for name in names if getattr(panel, name).isEnabled()}


def test_what_can_be_done_depends_on_the_model(tab, models, training):
    tab.show_in_use(training.library.own / "mine")
    everything = {"use", "show_results", "evaluate", "rename", "delete", "export"}
    assert offered(models) == set()
    select(tab, "better")
    assert offered(models) == everything
    select(tab, "mine")
    assert offered(models) == everything - {"use", "rename", "delete"}
    assert "in use" in models.list.selectedItems()[0].text()
    select(tab, "notebook-cnn")
    assert offered(models) == everything - {"rename", "delete"}
    select(tab, "broken")
    assert offered(models) == {"delete"}
    assert "has no model.tflite" in models.details
    select(tab, "better", "mine")
    assert offered(models) == {"compare"}
    select(tab, "better", "broken")
    assert offered(models) == set()


def test_return_uses_a_whole_model_and_never_a_broken_one(qtbot, tab, models):
    used = []
    tab.use_wanted.connect(used.append)
    models.list.setFocus()
    for name in ("better", "broken"):
        select(tab, name)
        models.list.setCurrentItem(models.list.selectedItems()[0])
        models.list.itemActivated.emit(models.list.currentItem())
    assert [path.name for path in used] == ["better"]


def test_a_model_is_renamed(monkeypatch, tab, models, training):
    monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: (" mine now ", True))
    select(tab, "mine")
    models.rename.click()
    assert (training.library.own / "mine now").is_dir()
    assert "mine now" in [models.list.item(n).text() for n in range(models.list.count())]


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


def test_two_models_are_compared_on_the_same_clips(qtbot, scanned, told, models):
    select(scanned, "better", "mine")
    models.compare.click()
    table = scanned.results.comparison
    qtbot.waitUntil(lambda: table.rowCount() == 3, timeout=15_000)
    assert table.horizontalHeaderItem(1).text() == "better"
    assert [table.item(0, n).text() for n in range(4)] == ["accuracy", "1.000", "0.750", "-0.250"]
    assert "<b>better</b> 100.0 % and <b>mine</b> 75.0 %" in scanned.results.title


def test_a_model_is_evaluated_on_the_folder(qtbot, scanned, told, models, folder):
    select(scanned, "mine")
    models.evaluate.click()
    qtbot.waitUntil(lambda: "75.0 % right" in scanned.results.title, timeout=15_000)
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
    select(scanned, "better", "mine")
    models.compare.click()
    table = scanned.results.comparison
    qtbot.waitUntil(lambda: table.rowCount() == 3, timeout=15_000)
    assert {path.name for path, _ in told.of("evaluated")} == {"better", "mine"}
    assert table.horizontalHeaderItem(1).text() == "better"


def test_without_a_folder_nothing_is_evaluated_or_compared(tab, models):
    select(tab, "mine")
    models.evaluate.click()
    assert "Choose a folder of recordings" in tab.results.title
    select(tab, "mine", "better")
    models.compare.click()
    assert "Choose a folder of recordings" in tab.results.title


def test_a_model_without_results_says_so(tab, models):
    select(tab, "mine")
    models.show_results.click()
    assert "came without results" in tab.results.title


def test_results_and_curves_of_a_model_are_shown_and_exported(
    qtbot, monkeypatch, scanned, told, folder, said, tmp_path
):
    train(qtbot, scanned, told, folder)
    scanned.models.show_results.click()
    assert "75.0 % right" in scanned.results.title
    for suffix in ("csv", "json", "png"):
        choose_file(monkeypatch, tmp_path / f"curves.{suffix}")
        scanned.models._export_curves(suffix)
        assert said[-1] == f"Saved {tmp_path / f'curves.{suffix}'}"
    assert (tmp_path / "curves.csv").read_text().splitlines()[2].startswith("2,0.5,")
    data = json.loads((tmp_path / "curves.json").read_text())
    assert len(data["epochs"]) == 3
    assert data["evaluation"]["accuracy"] == 0.75
    png = (tmp_path / "curves.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    scanned.models._export_curves("png")
    assert "exists already" in said[-1]
    assert (tmp_path / "curves.png").read_bytes() == png


def test_a_network_is_exported(qtbot, monkeypatch, tab, models, said, tmp_path):
    choose_file(monkeypatch, tmp_path / "out.h5")
    select(tab, "mine")
    models._export("h5")
    qtbot.waitUntil(lambda: bool(said), timeout=15_000)
    assert said == [f"Saved {tmp_path / 'out.h5'}"]


# --- the whole tab ----------------------------------------------------------------------


def test_every_control_has_an_accessible_name_or_text(tab):
    for kind in (QAbstractButton, QComboBox, QAbstractItemView):
        for widget in tab.findChildren(kind):
            inner = isinstance(widget.parent(), (QComboBox, QAbstractItemView))
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
