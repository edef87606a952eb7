"""One bad thing in the folder of models never takes the good ones with it."""

import json
import os
import shutil

import pytest

from core.errors import BundleError
from core.places import DEFAULT_MODEL
from core.recognition.model_library import ModelLibrary
from tests.helpers.bundles import copy_bundle


@pytest.fixture
def library(tmp_path):
    copy_bundle(tmp_path / "shipped" / "notebook-cnn")
    copy_bundle(tmp_path / "own" / "good")
    return ModelLibrary(tmp_path / "shipped", tmp_path / "own")


def entries(library):
    return {entry.path.name: entry for entry in library.entries()}


def test_every_model_is_listed_with_what_is_wrong_with_it(library):
    own = library.own
    copy_bundle(own / "zeros")
    (own / "zeros" / "bundle.json").write_bytes(bytes(500))
    (own / "a folder" / "bundle.json").mkdir(parents=True)
    (own / "nowhere").mkdir()
    (own / "nowhere" / "bundle.json").symlink_to("/nowhere/at/all")
    (own / "round").mkdir()
    (own / "round" / "bundle.json").symlink_to(own / "round" / "bundle.json")
    (own / "endless").mkdir()
    (own / "endless" / "bundle.json").symlink_to("/dev/zero")
    if hasattr(os, "mkfifo"):
        (own / "pipe").mkdir()
        os.mkfifo(own / "pipe" / "bundle.json")
    listed = entries(library)
    assert {name for name, entry in listed.items() if entry.metadata} == {"notebook-cnn", "good"}
    assert (listed["notebook-cnn"].own, listed["good"].own) == (False, True)
    for name, entry in listed.items():
        assert (entry.problem is None) is (name in ("notebook-cnn", "good"))
        if entry.problem:
            assert name in str(entry.problem)


def test_what_was_left_by_a_run_that_was_killed_is_no_model(library):
    shutil.copytree(library.own / "good", library.own / ".0a1b2c3d-4e5f6a7b.tmp")
    assert set(entries(library)) == {"notebook-cnn", "good"}


def test_a_folder_that_is_not_there_or_is_none_has_no_models(tmp_path):
    (tmp_path / "file").write_text("")
    assert ModelLibrary(tmp_path / "gone", tmp_path / "file").entries() == []


CASES = {
    "adapt_bad": {"metrics": {"adaptation": {"yours": 1}}},
    "adaptation": {"metrics": {"adaptation": {"model": "x", "yours": {"clips": None}}}},
    "test": {"metrics": {"test": []}},
    "accuracy": {"metrics": {"test": {"accuracy": "x", "accuracy_interval": [0, 1]}}},
    "points": {"metrics": {"operating_points": [{"threshold": 1}]}},
    "side": {"data_set": {"name": "x", "split": {"kind": "speaker", "train": 3}}},
    "folder": {"data_set": {"name": ["x"]}},
    "versions": {"versions": {"numpy": 2}},
    "settings": {"training": []},
    "large": {"parameters": 10**400},
    "none": {"threshold": float("nan")},
    "warm": {"temperature": 1e-300},
    "long": {"name": "x" * 1000},
    "many": {"labels": [str(n) for n in range(2000)]},
    "null": {"metrics": None},
}


@pytest.mark.parametrize("change", CASES.values(), ids=CASES)
def test_what_is_wrong_at_any_depth_of_its_metadata_is_said(library, change):
    copy_bundle(library.own / "bad", **change)
    bad = entries(library)["bad"]
    assert bad.metadata is None
    assert "“bad” is refused: its bundle.json is damaged" in str(bad.problem)


@pytest.mark.parametrize(
    "change",
    [
        {"n_fft": 2**20, "win_length": 2**20},
        {"n_fft": 2**16, "win_length": 8000, "hop_length": 1},
        {"n_mels": 2**20},
        {"n_mels": 2**10, "n_fft": 2**16},
        {"sample_rate": 16000},
        {"win_length": 1},
        {"fmin": 10**400},
    ],
)
def test_features_that_would_take_all_memory_are_refused_before_they_are_computed(library, change):
    file = library.own / "good" / "bundle.json"
    data = json.loads(file.read_text())
    file.write_text(json.dumps(data | {"features": data["features"] | change}))
    assert "bundle.json is damaged" in str(entries(library)["good"].problem)


def test_a_model_is_renamed_wherever_its_name_stands(library):
    path = library.rename(library.own / "good", "better")
    assert entries(library)["better"].metadata.name == "better"
    assert [entry.name for entry in library.own.iterdir()] == ["better"]
    (path / "bundle.json").write_text("[]")
    with pytest.raises(BundleError, match="“better” cannot be renamed"):
        library.rename(path, "best")
    assert path.is_dir()


def test_a_renamed_model_is_still_what_was_saved(tmp_path):
    shutil.copytree(DEFAULT_MODEL, tmp_path / "own" / "copy")
    library = ModelLibrary(tmp_path / "shipped", tmp_path / "own")
    library.rename(tmp_path / "own" / "copy", "mine")
    assert entries(library)["mine"].problem is None
