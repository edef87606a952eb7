import json
import math
import os
import shutil
from dataclasses import asdict, replace

import numpy as np
import pytest

from core import files
from core.dataset.scan import scan
from core.dataset.splits import split
from core.errors import BundleError, DataSetError, TrainingError, WritingError
from core.recognition.bundle import (
    CARD_FILE,
    EVALUATION_FILE,
    HISTORY_FILE,
    find_bundles,
    load_bundle,
)
from core.recognition.recogniser import DigitRecogniser
from core.records import to_json
from core.sound.features import LogMelFrontEnd
from core.sound.sound_file import read_second
from core.training import events, run
from core.training.architectures import NOTEBOOK_FEATURES
from core.training.config import TrainingConfig
from core.training.networks import load_keras
from core.training.run import Request, train
from core.training.run_folder import RunFolder, find_unfinished
from tests.core.conftest import settings
from tests.helpers.disks import FULL, needs_full_disk, not_writable_folder
from tests.helpers.recordings import LABELS, write_recordings


class BrokenOffError(Exception):
    """What a test breaks a run off with."""


class Watcher:
    """Listens to a run, and asks for something when an event of a kind has come often enough."""

    def __init__(self, wanted=Request.GO_ON, kind=events.Batch, after=1):
        self.events = []
        self._wanted, self._kind, self._left = wanted, kind, after

    def report(self, event):
        self.events.append(event)
        self._left -= isinstance(event, self._kind)

    def request(self):
        return self._wanted if self._left <= 0 else Request.GO_ON

    def kinds(self):
        return [type(event) for event in self.events]

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


def break_off(kind, after):
    """Return a report that breaks the run off, as a crash would, at an event."""
    seen = []

    def report(event):
        seen.append(event)
        if sum(isinstance(other, kind) for other in seen) == after:
            raise BrokenOffError

    return report


@pytest.fixture
def every_batch_told(monkeypatch):
    monkeypatch.setattr(run, "_BATCH_REPORT_SECONDS", 0)


@pytest.fixture
def sides(recordings):
    return split(scan(recordings), LABELS)


def inputs_of(recogniser, recordings):
    samples = np.stack([read_second(r.path).clip.samples for r in recordings])
    return recogniser.model_input(samples)


# --- a whole run ------------------------------------------------------------------------


def test_a_run_tells_what_it_does_in_order(trained):
    passing = (events.Progress, events.Batch, events.Advanced)
    kinds = [type(e) for e in trained.events if type(e) not in passing]
    epochs = [events.Epoch] * 8
    first, last = [events.Data, events.Start], [events.Stopping, events.Evaluated, events.Saved]
    assert kinds == first + epochs + last
    (start,) = trained.of(events.Start)
    assert (start.epochs, start.first_epoch, start.batches) == (8, 1, math.ceil(54 / 16))
    assert [event.epoch for event in trained.of(events.Epoch)] == list(range(1, 9))
    steps = {event.what for event in trained.of(events.Progress)}
    assert {"scan", "save", "evaluate"} <= steps
    assert trained.of(events.Stopping)[0].reason == "done"


def test_the_bar_of_a_run_never_runs_backwards(trained):
    fractions = [event.fraction for event in trained.of(events.Advanced)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_it_learns(trained):
    first, *_, last = trained.of(events.Epoch)
    assert last.loss < first.loss
    assert trained.of(events.Evaluated)[0].evaluation.accuracy > 1 / len(LABELS)


def test_the_epoch_that_is_kept_has_the_lowest_validation_loss(trained, sides):
    epochs = trained.of(events.Epoch)
    best = min(epochs, key=lambda epoch: epoch.val_loss)
    assert trained.bundle.metadata.metrics.best_epoch == best.epoch
    model, recogniser = load_keras(trained.bundle.keras), DigitRecogniser(trained.bundle)
    rows = model.predict(inputs_of(recogniser, sides.validation), verbose=0)
    truth = [LABELS.index(r.label) for r in sides.validation]
    loss = -np.log(rows[np.arange(len(truth)), truth]).mean()
    assert loss == pytest.approx(best.val_loss, abs=1e-3)


def test_keras_and_litert_say_the_same(trained, sides):
    model, recogniser = load_keras(trained.bundle.keras), DigitRecogniser(trained.bundle)
    batch = inputs_of(recogniser, sides.train)
    by_keras = model.predict(batch, verbose=0)
    np.testing.assert_allclose(recogniser.probabilities_of_input(batch), by_keras, atol=1e-4)


def test_the_bundle_says_what_it_was_made_of(trained, recordings, sides):
    metadata = trained.bundle.metadata
    assert metadata.labels == LABELS
    assert (metadata.name, metadata.architecture) == ("shared", "notebook-cnn")
    assert metadata.parameters == load_keras(trained.bundle.keras).count_params()
    assert metadata.data_set.fingerprint == scan(recordings).fingerprint
    assert to_json(metadata.data_set.split) == sides.to_json()
    assert metadata.training["seed"] == 777
    assert {"tensorflow", "keras", "librosa", "numpy", "python"} <= set(metadata.versions)


def test_the_bundle_holds_its_curves_and_its_evaluation(trained, sides):
    history = json.loads((trained.bundle.path / HISTORY_FILE).read_text())
    assert history["epochs"] == [asdict(epoch) for epoch in trained.of(events.Epoch)]
    evaluation = json.loads((trained.bundle.path / EVALUATION_FILE).read_text())
    told = trained.of(events.Evaluated)[0].evaluation.to_json()
    assert evaluation | told == evaluation
    assert {clip["name"] for clip in evaluation["clip_results"]} == {r.name for r in sides.test}
    assert trained.bundle.metadata.metrics.test.accuracy == evaluation["accuracy"]


def test_another_network_is_measured_beside_the_shipped_notebook_cnn(
    short_run, trained, monkeypatch, tmp_path
):
    bundle = train(replace(short_run, epochs=1))
    for path, compared in ((bundle.path, True), (trained.bundle.path, False)):
        report = json.loads((path / EVALUATION_FILE).read_text())["robustness"]
        assert all(("reference" in row) is compared for row in report["conditions"])
    monkeypatch.setattr("core.training.finishing.REFERENCE_MODEL", tmp_path / "gone")
    assert train(replace(short_run, epochs=1, output=tmp_path / "other")) is not None


def test_nothing_is_left_beside_the_bundle(trained):
    assert list(trained.bundle.path.parent.iterdir()) == [trained.bundle.path]


def test_a_network_on_the_waveform_learns_too(short_run, recordings):
    bundle = train(replace(short_run, architecture="tiny-waveform", epochs=1))
    assert bundle.metadata.features is None
    assert bundle.mel_basis is None
    clip = read_second(next(recordings.glob("*/*.wav"))).clip
    assert DigitRecogniser(bundle).recognise(clip).probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_other_labels_and_the_random_split_can_be_chosen(short_run):
    config = replace(short_run, labels=("two", "zero"), split="random", epochs=1)
    watcher = Watcher()
    bundle = train(config, watcher.report)
    assert bundle.metadata.labels == ("two", "zero")
    (data,) = watcher.of(events.Data)
    assert data.split.shared_speakers > 0
    assert bundle.metadata.metrics.tested_on == "seen people"


def test_names_that_are_no_text_do_not_cost_the_run(short_run, recordings, tmp_path):
    raw = os.fsdecode(b"caf\xe9")
    try:
        folder = shutil.copytree(recordings, tmp_path / f"data {raw}")
        (folder / "one").rename(folder / raw)
        for path in list((folder / raw).iterdir()):
            path.rename(path.with_name(raw + path.name))
    except OSError:
        pytest.skip("the file system takes text only")
    labels = ("caf\\xe9", "two")
    also = (recordings, shutil.copytree(recordings, tmp_path / f"more {raw}"))
    config = replace(short_run, folder=folder, also=also, labels=labels, split="random", epochs=1)
    bundle = train(config)
    assert bundle.metadata.labels == labels
    assert bundle.metadata.data_set.name == "data caf\\xe9"
    assert "caf\\xe9" in (bundle.path / CARD_FILE).read_text(encoding="utf-8")


def test_of_people_who_are_not_named_nothing_is_claimed(short_run, recordings, tmp_path):
    folder = shutil.copytree(recordings, tmp_path / "data")
    for number, path in enumerate(sorted(folder.glob("*/*.wav"))):
        path.rename(path.with_name(f"{number}.wav"))
    tested = [path.relative_to(folder).as_posix() for path in sorted(folder.glob("*/*7.wav"))]
    (folder / "testing_list.txt").write_text("\n".join(tested))
    bundle = train(replace(short_run, folder=folder, epochs=1))
    assert "people it may have heard" in bundle.metadata.metrics.tested_on
    assert "people it may have heard" in (bundle.path / CARD_FILE).read_text(encoding="utf-8")


def test_tensorboard_can_show_the_run(short_run, tmp_path):
    import tensorflow as tf

    watcher = Watcher()
    train(replace(short_run, tensorboard=tmp_path / "logs"), watcher.report)
    points = {}
    files = sorted(map(str, (tmp_path / "logs").glob("events.out.tfevents.*")))
    for record in tf.data.TFRecordDataset(files):
        event = tf.compat.v1.Event.FromString(record.numpy())
        for value in event.summary.value:
            points[value.tag, event.step] = tf.make_ndarray(value.tensor).item()
    assert len(points) == 8
    for epoch in watcher.of(events.Epoch):
        for name in ("loss", "accuracy", "val_loss", "val_accuracy"):
            assert points[name, epoch.epoch] == pytest.approx(getattr(epoch, name))


@pytest.mark.parametrize("name", ["n" * 255, os.fsdecode(b"caf\xe9"), "日本 " * 20])
def test_a_model_can_have_every_name_that_a_folder_can_have(short_run, name):
    output = short_run.output.parent / name
    try:
        output.mkdir(parents=True)
        output.rmdir()
    except OSError:
        pytest.skip("the file system takes no such name")
    bundle = train(replace(short_run, output=output, epochs=1))
    assert bundle.path == output
    assert load_bundle(output).metadata.name == name.replace("\udce9", "\\xe9")
    assert list(output.parent.iterdir()) == [output]


def test_the_loss_that_an_epoch_reports_is_that_of_the_network_after_it(short_run, sides):
    """Keras 3.12 to 3.14 told means over all batches since the run began."""
    folder = RunFolder(short_run.output)
    truth = [LABELS.index(r.label) for r in sides.validation]
    takes = np.stack([read_second(r.path).clip.samples for r in sides.validation])
    inputs = LogMelFrontEnd(NOTEBOOK_FEATURES).model_input(takes)
    compared = []

    def compare(event):
        if isinstance(event, events.Epoch):
            rows = load_keras(folder.last).predict(inputs, verbose=0)
            loss = -np.log(rows[np.arange(len(truth)), truth]).mean()
            compared.append((event.val_loss, loss))
            assert event.val_accuracy == pytest.approx((rows.argmax(axis=1) == truth).mean())

    train(replace(short_run, epochs=3), compare)
    assert len(compared) == 3
    for told, loss in compared:
        assert told == pytest.approx(loss, rel=1e-3)


# --- ended sooner -----------------------------------------------------------------------


def test_a_run_ends_when_it_gets_no_better(short_run, monkeypatch):
    monkeypatch.setattr(run, "_MIN_DELTA", 10)  # no epoch after the first is that good
    watcher = Watcher()
    bundle = train(replace(short_run, epochs=50, patience=2), watcher.report)
    assert len(watcher.of(events.Epoch)) == 3
    assert watcher.of(events.Stopping) == [events.Stopping("early", 1)]
    assert bundle.metadata.metrics.best_epoch == 1


def test_stop_keeps_the_best_so_far(short_run, every_batch_told):
    watcher = Watcher(Request.STOP, events.Epoch)
    bundle = train(replace(short_run, epochs=50), watcher.report, watcher.request)
    assert len(watcher.of(events.Epoch)) == 1
    assert watcher.of(events.Stopping) == [events.Stopping("asked", 1)]
    assert watcher.events[-1] == events.Saved(str(bundle.path))
    assert load_bundle(bundle.path).metadata.metrics.best_epoch == 1


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (Request.CANCEL, events.Epoch),
        (Request.CANCEL, events.Batch),
        (Request.STOP, events.Batch),
        (Request.CANCEL, events.Progress),
        (Request.STOP, events.Progress),
    ],
)
def test_cancel_and_stop_without_an_epoch_keep_nothing(short_run, every_batch_told, wanted, kind):
    watcher = Watcher(wanted, kind)
    assert train(replace(short_run, epochs=50), watcher.report, watcher.request) is None
    assert watcher.events[-1] == events.Cancelled()
    assert list(short_run.output.parent.iterdir()) == []


def test_whoever_only_leaves_finds_the_run_again_before_its_first_epoch(
    short_run, every_batch_told
):
    watcher = Watcher(Request.LEAVE, events.Batch)
    assert train(replace(short_run, epochs=50), watcher.report, watcher.request) is None
    (run,) = find_unfinished(short_run.output.parent)
    assert not run.can_go_on
    watcher = Watcher(Request.LEAVE, events.Epoch)
    bundle = train(replace(short_run, epochs=50), watcher.report, watcher.request, resume=True)
    assert bundle.metadata.metrics.best_epoch == 1


def test_a_run_whose_loss_is_no_number_any_more_keeps_what_was_good(short_run, monkeypatch):
    validate, told = run._Run._validate, []

    def diverge(self, model, checked):
        told.append(validate(self, model, checked))
        return told[-1] if len(told) < 2 else {"val_loss": math.nan, "val_accuracy": 0.0}

    monkeypatch.setattr(run._Run, "_validate", diverge)
    watcher = Watcher()
    bundle = train(replace(short_run, epochs=50), watcher.report)
    assert watcher.of(events.Stopping) == [events.Stopping("diverged", 1)]
    assert bundle.metadata.metrics.best_epoch == 1
    with pytest.raises(TrainingError, match="does not learn"):
        train(replace(short_run, output=short_run.output.with_name("other")))
    assert [path.name for path in short_run.output.parent.iterdir()] == ["new"]


# --- cut off, and gone on with ----------------------------------------------------------


def test_a_run_that_was_cut_off_goes_on_from_its_last_epoch(short_run):
    config = replace(short_run, epochs=4)
    with pytest.raises(BrokenOffError):
        train(config, break_off(events.Epoch, 2))
    (run,) = find_unfinished(config.output.parent)
    assert [epoch.epoch for epoch in run.read_history()] == [1, 2]
    with pytest.raises(TrainingError, match="was cut off"):
        train(config)
    watcher = Watcher()
    bundle = train(config, watcher.report, resume=True)
    assert watcher.of(events.Start)[0].first_epoch == 3
    assert [epoch.epoch for epoch in watcher.of(events.Epoch)] == [3, 4]
    history = json.loads((bundle.path / HISTORY_FILE).read_text())["epochs"]
    assert [epoch["epoch"] for epoch in history] == [1, 2, 3, 4]
    assert find_unfinished(config.output.parent) == []


@pytest.mark.parametrize("kind", [events.Progress, events.Batch])
def test_stop_keeps_the_epochs_of_a_run_that_goes_on_whenever_it_comes(
    short_run, every_batch_told, kind
):
    with pytest.raises(BrokenOffError):
        train(replace(short_run, epochs=9), break_off(events.Epoch, 1))
    watcher = Watcher(Request.STOP, kind)
    bundle = train(replace(short_run, epochs=9), watcher.report, watcher.request, resume=True)
    assert bundle.metadata.metrics.best_epoch == 1
    assert watcher.of(events.Epoch) == []


def test_a_run_does_not_go_on_with_other_recordings(short_run, recordings, tmp_path):
    folder = shutil.copytree(recordings, tmp_path / "data")
    config = replace(short_run, folder=folder)
    with pytest.raises(BrokenOffError):
        train(config, break_off(events.Epoch, 1))
    next(folder.glob("one/s3*")).unlink()
    with pytest.raises(TrainingError, match="recordings have changed"):
        train(config, resume=True)
    assert len(find_unfinished(config.output.parent)) == 1


@pytest.mark.parametrize("kind", [events.Progress, events.Data, events.Start])
def test_a_run_that_was_cut_off_before_its_first_epoch_begins_again(
    short_run, recordings, tmp_path, kind
):
    folder = shutil.copytree(recordings, tmp_path / "data")
    config = replace(short_run, folder=folder)
    with pytest.raises(BrokenOffError):
        train(config, break_off(kind, 1))
    (run,) = find_unfinished(config.output.parent)
    assert TrainingConfig.from_json(run.read_config()) == config
    next(folder.glob("one/s3*")).unlink()  # nothing has been learned of it yet
    watcher = Watcher()
    train(config, watcher.report, resume=True)
    assert watcher.of(events.Start)[0].first_epoch == 1
    assert find_unfinished(config.output.parent) == []


def test_what_a_killed_run_had_half_saved_is_removed_by_the_next(short_run):
    leftover = files._beside(short_run.output)
    leftover.mkdir(parents=True)
    (leftover / "bundle.json").write_text("half")
    assert find_bundles(short_run.output.parent) == []
    train(replace(short_run, epochs=1))
    assert list(short_run.output.parent.iterdir()) == [short_run.output]


def test_there_must_be_a_run_to_go_on_with(short_run):
    with pytest.raises(TrainingError, match=r"no run for .* that could go on"):
        train(short_run, resume=True)
    assert list(short_run.output.parent.iterdir()) == []


# --- begun from another model -----------------------------------------------------------


def test_a_run_can_begin_with_the_weights_of_another(short_run, tmp_path):
    first, second = Watcher(), Watcher()
    begun = train(short_run, first.report)
    config = replace(short_run, start_from=begun.path, output=tmp_path / "second", epochs=1)
    bundle = train(config, second.report)
    assert second.of(events.Epoch)[0].loss < first.of(events.Epoch)[0].loss
    assert bundle.metadata.training["start_from"] == begun.path.name


def test_the_labels_must_be_the_same_to_begin_from_a_model(trained, short_run):
    config = replace(short_run, start_from=trained.bundle.path, labels=("one", "two"))
    config = replace(config, architecture="notebook-cnn")
    with pytest.raises(BundleError, match="knows the labels zero, one, two, but the run has"):
        train(config)
    assert list(short_run.output.parent.iterdir()) == []


def test_the_architecture_must_be_the_same_to_begin_from_a_model(trained, short_run):
    config = replace(short_run, start_from=trained.bundle.path)
    with pytest.raises(BundleError, match="choose its architecture"):
        train(config)


def test_a_damaged_network_to_begin_with_is_a_sentence_before_the_run(trained, short_run, tmp_path):
    path = shutil.copytree(trained.bundle.path, tmp_path / "damaged")
    content = (path / "model.keras").read_bytes()
    (path / "model.keras").write_bytes(content[: len(content) // 2])
    config = replace(short_run, start_from=path, architecture="notebook-cnn")
    watcher = Watcher()
    with pytest.raises(BundleError, match=r"its model\.keras is not what was saved"):
        train(config, watcher.report)
    (path / "SHA256SUMS").unlink()  # as in a bundle of before
    with pytest.raises(BundleError, match=r"its model\.keras is damaged"):
        train(config, watcher.report)
    assert watcher.events == []


# --- faults -----------------------------------------------------------------------------


def test_nothing_is_overwritten(trained, short_run):
    with pytest.raises(TrainingError, match="exists already"):
        train(replace(short_run, output=trained.bundle.path))


def test_two_runs_at_once_for_one_name(short_run):
    other = RunFolder(short_run.output)
    other.lock()
    with pytest.raises(TrainingError, match="is going on"):
        train(short_run)
    other.remove()


def test_an_output_folder_that_cannot_be_written(recordings, tmp_path):
    folder = not_writable_folder(tmp_path / "models")
    with pytest.raises(TrainingError, match="Nothing can be written to"):
        train(settings(recordings, folder / "new"))


def test_labels_that_the_folder_has_not(short_run):
    with pytest.raises(TrainingError, match="no recordings of six, seven"):
        train(replace(short_run, labels=("one", "six", "seven")))


def test_a_folder_that_cannot_be_trained_on_says_why_before_tensorflow(tmp_path):
    folder = write_recordings(tmp_path / "data", labels=("one",))
    watcher = Watcher()
    with pytest.raises(DataSetError, match="at least two labels"):
        train(settings(folder, tmp_path / "models" / "new"), watcher.report)
    assert set(watcher.kinds()) == {events.Progress, events.Advanced}


@pytest.mark.parametrize("logs", ["a file", os.fsdecode(b"caf\xe9"), "not writable"])
def test_logs_that_cannot_be_written_are_said_before_the_run(short_run, tmp_path, logs):
    folder = tmp_path / logs
    if logs == "a file":
        folder.write_text("")
    if logs == "not writable":
        folder = not_writable_folder(tmp_path / "logs") / "logs"
    watcher = Watcher()
    with pytest.raises(TrainingError, match="logs for TensorBoard cannot be written to"):
        train(replace(short_run, tensorboard=folder), watcher.report)
    assert watcher.events == []
    assert list(short_run.output.parent.iterdir()) == []


def test_too_little_room_is_said_before_the_first_epoch(short_run, monkeypatch):
    usage = shutil.disk_usage(short_run.folder)._replace(free=10**7)
    monkeypatch.setattr("core.training.preparation.shutil.disk_usage", lambda path: usage)
    watcher = Watcher()
    with pytest.raises(TrainingError, match="the run needs 17 MB, and 10 MB are free"):
        train(short_run, watcher.report)
    assert watcher.of(events.Start) == []
    assert list(short_run.output.parent.iterdir()) == []


@needs_full_disk
def test_a_disk_that_is_full_in_the_first_epoch_promises_nothing(short_run):
    folder = RunFolder(short_run.output)

    def fill(event):
        if isinstance(event, events.Start):
            (folder.path / "new.keras").symlink_to(FULL)

    with pytest.raises(TrainingError, match=r"No space left.*Make room\.$"):
        train(short_run, fill)
    assert list(short_run.output.parent.iterdir()) == []


@needs_full_disk
def test_a_disk_that_is_full_when_an_epoch_is_kept(short_run):
    run = RunFolder(short_run.output)

    def fill_after_the_first_epoch(event):
        if isinstance(event, events.Epoch):
            (run.path / "new.keras").symlink_to(FULL)

    with pytest.raises(
        TrainingError, match=r"No space left.*Make room\. .*kept in .*new\.run: the"
    ):
        train(short_run, fill_after_the_first_epoch)
    (run.path / "new.keras").unlink()
    bundle = train(short_run, resume=True)
    assert bundle.metadata.metrics.best_epoch in (1, 2)


@needs_full_disk
def test_a_disk_that_is_full_when_the_bundle_is_saved(short_run):
    def fill(event):
        if isinstance(event, events.Progress) and event.what == "save":
            (temporary,) = short_run.output.parent.glob(".*.tmp")
            (temporary / "model.keras").symlink_to(FULL)

    with pytest.raises(WritingError, match=r"cannot be written: No space left.*kept in .*new\.run"):
        train(short_run, fill)
    assert [path.name for path in short_run.output.parent.iterdir()] == [".new.run"]
    assert train(short_run, resume=True).path == short_run.output


def test_a_folder_that_is_deleted_during_the_run(short_run, recordings, tmp_path):
    folder = shutil.copytree(recordings, tmp_path / "data")
    config = replace(short_run, folder=folder)

    def delete(event):
        if isinstance(event, events.Start):
            shutil.rmtree(folder)

    with pytest.raises(DataSetError, match="None of the recordings can be read any more"):
        train(config, delete)
    with pytest.raises(DataSetError, match="There is no folder"):
        train(config, resume=True)
    shutil.copytree(recordings, folder)
    assert train(config, resume=True).path == config.output


def test_a_folder_that_is_deleted_while_it_is_read(recordings, tmp_path):
    folder = shutil.copytree(recordings, tmp_path / "data")

    def delete(event):
        if isinstance(event, events.Progress):
            shutil.rmtree(folder, ignore_errors=True)

    with pytest.raises(DataSetError):
        train(settings(folder, tmp_path / "models" / "new"), delete)
    assert list((tmp_path / "models").iterdir()) == []


def test_the_figures_of_an_epoch_are_means_over_all_clips(short_run, monkeypatch, sides):
    monkeypatch.setattr(run, "_VALIDATION_BATCH", 5)
    watcher = Watcher()
    bundle = train(replace(short_run, epochs=1), watcher.report)
    (epoch,) = watcher.of(events.Epoch)
    model, recogniser = load_keras(bundle.keras), DigitRecogniser(bundle)
    rows = model.predict(inputs_of(recogniser, sides.validation), verbose=0)
    truth = [LABELS.index(r.label) for r in sides.validation]
    assert epoch.val_accuracy == pytest.approx((rows.argmax(axis=1) == truth).mean())
    loss = -np.log(rows[np.arange(len(truth)), truth]).mean()
    assert epoch.val_loss == pytest.approx(loss, rel=1e-3)
