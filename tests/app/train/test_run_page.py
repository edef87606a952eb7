"""What a person sees and does while a model learns, and right after."""

import pytest
from PySide6.QtCore import Qt

from app.train.controller import RunState
from core.training.run_folder import RunFolder
from tests.app.train.hands import mark, rows, train
from tests.helpers.bundles import copy_bundle
from tests.helpers.sounds import sample_clip, write


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
