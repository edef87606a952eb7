import json

from core.sentences import percent
from tests.core.cli.conftest import run
from tests.helpers.recordings import LABELS, SPEAKERS, write_recordings


def test_evaluate_prints_the_figures_of_a_model(capfd, recordings, trained, tmp_path):
    command = ["evaluate", recordings, "--model", trained.bundle.path]
    status, out, _ = run(capfd, *command, "--json")
    figures = json.loads(out)
    assert status == 0
    assert {"accuracy", "clips", "speakers", "per_label", "confusion", "labels", "skipped"} <= set(
        figures
    )
    assert (figures["clips"], figures["speakers"], figures["skipped"]) == (90, 5, 0)
    assert sum(map(sum, figures["confusion"])) == 90
    status, out, _ = run(capfd, *command)
    assert status == 0
    assert f"accuracy {percent(figures['accuracy'])}" in out
    assert "Confusion" in out


def test_evaluate_like_another_takes_the_clips_that_one_was_tested_on(capfd, recordings, trained):
    path = trained.bundle.path
    _, out, _ = run(
        capfd, "evaluate", recordings, "--model", path, "--like", path, "--clips", "--json"
    )
    figures = json.loads(out)
    tested = trained.bundle.metadata.metrics.test
    assert (figures["clips"], figures["accuracy"]) == (tested.clips, tested.accuracy)
    assert len(figures["clip_results"]) == tested.clips


def test_files_that_are_left_out_count_as_skipped(capfd, trained, tmp_path):
    folder = write_recordings(tmp_path / "data", (*LABELS, "cat"), SPEAKERS[:1], 1)
    (folder / "one" / "bad.wav").write_text("no sound")
    _, out, _ = run(capfd, "evaluate", folder, "--model", trained.bundle.path, "--json")
    figures = json.loads(out)
    assert (figures["clips"], figures["skipped"]) == (3, 2)


def test_a_model_that_knows_none_of_the_labels_says_so(capfd, trained, tmp_path):
    folder = write_recordings(tmp_path / "data", ("cat", "dog"), SPEAKERS[:1], 1)
    status, _, err = run(capfd, "evaluate", folder, "--model", trained.bundle.path)
    assert status == 2
    assert "None of the recordings has a label that the model knows" in err
