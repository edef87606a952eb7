"""What a person does with the models that there are."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox

from tests.app.train.hands import card, choose_file, rows, select, train
from tests.helpers.bundles import copy_bundle
from tests.helpers.fake_program import SPLIT


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
