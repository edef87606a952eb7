"""Which clips speak against a model, and that none of them lies outside of its folder."""

from dataclasses import replace

import pytest

from app.train.evaluated_clips import EvaluatedClips, FolderClips
from core.evaluation.report import ClipResult, EvaluationReport
from core.labels import UNKNOWN
from tests.helpers.fake_program import EVALUATION

FIGURES = EvaluationReport.from_json(EVALUATION)


def names(clips):
    return [f"{clip.folder}/{clip.name}" for clip in clips]


def test_the_worst_mistakes_are_the_most_frequent_and_of_them_the_surest_clips(tmp_path):
    (worst,) = EvaluatedClips(FIGURES, tmp_path, "mine").worst()
    assert (worst.folder, worst.name, worst.named) == ("one", "b.wav", "one")
    assert worst.path == tmp_path / "one" / "b.wav"
    assert (worst.prediction.best, worst.prediction.model) == ("two", "mine")
    assert worst.confidence == pytest.approx(0.6)
    assert worst.is_wrong


def test_clips_that_two_models_hear_differently_are_listed():
    clips = tuple(replace(clip, answer=clip.label) for clip in FIGURES.clip_results)
    other = replace(FIGURES, clip_results=clips)
    (changed,) = EvaluatedClips(FIGURES, None, "b", other).changed()
    assert (changed.name, changed.before.best, changed.prediction.best) == ("b.wav", "one", "two")
    assert EvaluatedClips(FIGURES, None, "b", FIGURES).changed() == []


def test_a_clip_is_the_same_in_every_list():
    tested = EvaluatedClips(FIGURES, None, "mine")
    assert names(tested.every()) == ["one/a.wav", "one/b.wav", "two/c.wav", "two/../../d.wav"]
    assert tested.of_label("one") == tested.every()[1::-1]  # the mistake first
    assert tested.cell("one", "two") == tested.worst() == [tested.every()[1]]


def test_an_answer_that_is_no_word_claims_no_likeness_to_one():
    results = (ClipResult("one/a.wav", "one", UNKNOWN, 0.8),)
    figures = replace(FIGURES, clip_results=results)
    (clip,) = EvaluatedClips(figures, None, "mine").every()
    assert clip.prediction.best == UNKNOWN
    assert not any("most like" in note for note in clip.notes)


@pytest.mark.parametrize(
    "name", ["../d.wav", "one/../../d.wav", "..", "/etc/passwd", "link/d.wav", "link/../../d.wav"]
)
def test_what_lies_outside_of_the_folder_has_no_path(tmp_path, name):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    clip = FolderClips(folder).clip(name)
    assert clip.path is None
    assert "outside" in clip.problem


def test_a_name_that_begins_at_the_root_of_the_disk_begins_at_the_folder(tmp_path):
    assert FolderClips(tmp_path).clip("/passwd").path == tmp_path / "passwd"


def test_a_link_to_a_file_outside_is_outside_and_one_inside_is_not(tmp_path):
    folder = tmp_path / "data"
    (folder / "one").mkdir(parents=True)
    (folder / "one" / "a.wav").touch()
    (folder / "one" / "b.wav").symlink_to("a.wav")
    (folder / "one" / "c.wav").symlink_to("../../c.wav")
    (folder / "one" / "ring.wav").symlink_to("ring.wav")
    files = FolderClips(folder)
    inside = [files.clip(f"one/{name}.wav").path is not None for name in ("a", "b", "c")]
    assert inside == [True, True, False]
    assert files.clip("one/ring.wav").path is None


def test_without_a_folder_a_clip_says_what_to_do():
    clip = FolderClips(None).clip("one/a.wav")
    assert clip.path is None
    assert "Choose the folder" in clip.problem
