import json
from datetime import datetime

import numpy as np
import pytest

from core.errors import BundleError, WritingError
from core.places import DEFAULT_MODEL, SHIPPED_MODELS
from core.recognition.bundle import (
    FORMAT_VERSION,
    ModelMetadata,
    find_bundles,
    load_bundle,
    load_opinions,
    new_bundle,
    write_metadata,
)
from core.sound.features import FeatureConfig, mel_filterbank
from tests.helpers.bundles import NOTEBOOK, copy_bundle


def test_every_shipped_bundle_is_whole():
    paths = find_bundles(SHIPPED_MODELS)
    assert NOTEBOOK in paths
    for path in paths:
        bundle = load_bundle(path)
        assert bundle.metadata.name == path.name
        assert bundle.metadata.labels[:10] == (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
        )
        assert datetime.fromisoformat(bundle.metadata.created).tzinfo is not None
    assert len(load_opinions(load_bundle(DEFAULT_MODEL))) == 2


def test_metadata_survives_json():
    metadata = load_bundle(NOTEBOOK).metadata
    assert ModelMetadata.from_json(json.loads(json.dumps(metadata.to_json()))) == metadata


def test_entries_of_a_later_minor_version_are_ignored(tmp_path):
    path = copy_bundle(tmp_path / "copy", something_new={"a": 1})
    assert load_bundle(path).metadata.labels[0] == "zero"


def test_opinions_are_loaded_by_name_and_are_no_models_of_their_own(tmp_path):
    path = copy_bundle(tmp_path / "copy")
    assert load_opinions(load_bundle(path)) == []
    for name in ("second", "first"):
        copy_bundle(path / "opinions" / name, name=name)
    opinions = load_opinions(load_bundle(path))
    assert [opinion.metadata.name for opinion in opinions] == ["first", "second"]
    assert find_bundles(tmp_path) == [path]


def test_opinions_of_other_labels_or_from_elsewhere_or_damaged_are_refused(tmp_path):
    path = copy_bundle(tmp_path / "copy")
    opinion = path / "opinions" / "second"
    labels = list(load_bundle(path).metadata.labels)
    copy_bundle(opinion, labels=labels[::-1])
    with pytest.raises(BundleError, match="opinions have other labels"):
        load_opinions(load_bundle(path))
    (opinion / "model.tflite").unlink()
    with pytest.raises(BundleError, match=r"has no model\.tflite"):
        load_opinions(load_bundle(path))
    elsewhere = opinion.rename(tmp_path / "elsewhere")
    opinion.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(BundleError, match="opinions lie elsewhere"):
        load_opinions(load_bundle(path))


def test_a_folder_that_is_no_bundle_is_named(tmp_path):
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(BundleError, match="is not a model bundle"):
            load_bundle(path)
    assert find_bundles(tmp_path / "missing") == []


@pytest.mark.parametrize("name", ["model.tflite", "model.keras", "mel_basis.npz"])
def test_a_missing_file_is_named(tmp_path, name):
    path = copy_bundle(tmp_path / "copy")
    (path / name).unlink()
    with pytest.raises(BundleError, match=f"has no {name}"):
        load_bundle(path)


@pytest.mark.parametrize("name", ["model.tflite", "model.keras", "mel_basis.npz"])
def test_a_file_from_elsewhere_is_refused(tmp_path, name):
    path = copy_bundle(tmp_path / "copy")
    outside = (path / name).rename(tmp_path / name)
    (path / name).symlink_to(outside)
    with pytest.raises(BundleError, match="lies elsewhere"):
        load_bundle(path)


def test_a_bundle_from_the_future_says_that_the_program_is_old(tmp_path):
    path = copy_bundle(tmp_path / "copy", format_version=FORMAT_VERSION + 1)
    with pytest.raises(BundleError, match="newer version of this program"):
        load_bundle(path)


@pytest.mark.parametrize(
    "change",
    [
        {"labels": ["one"]},
        {"labels": ["one", "one"]},
        {"labels": ["one", 2]},
        {"labels": "zero"},
        {"features": {"n_fft": 2048}},
        {"features": "mel"},
        {"threshold": 2},
        {"threshold": "high"},
        {"temperature": 0},
        {"temperature": float("nan")},
        {"parameters": "many"},
        {"metrics": []},
        {"name": 7},
    ],
)
def test_metadata_that_cannot_be_is_refused(tmp_path, change):
    path = copy_bundle(tmp_path / "copy", **change)
    with pytest.raises(BundleError, match=r"bundle\.json is damaged"):
        load_bundle(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"name": "x"}', "[" * 100_000])
def test_a_damaged_json_file_is_refused(tmp_path, text):
    path = copy_bundle(tmp_path / "copy")
    (path / "bundle.json").write_text(text or " ", encoding="utf-8")
    with pytest.raises(BundleError, match=r"bundle\.json is damaged"):
        load_bundle(path)


def test_filters_that_are_not_those_of_the_settings_are_refused(tmp_path):
    features = FeatureConfig(fmin=100.0).to_json()
    path = copy_bundle(tmp_path / "copy", features=features)
    with pytest.raises(BundleError, match="Mel filters are not those"):
        load_bundle(path)


def test_filters_that_hold_objects_are_not_unpickled(tmp_path):
    path = copy_bundle(tmp_path / "copy")
    np.savez(path / "mel_basis.npz", mel_basis=np.array([{"a": 1}], dtype=object))
    with pytest.raises(BundleError, match="is damaged"):
        load_bundle(path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken"])
def test_damaged_filters_are_refused(tmp_path, content):
    path = copy_bundle(tmp_path / "copy")
    (path / "mel_basis.npz").write_bytes(content)
    with pytest.raises(BundleError, match="refused"):
        load_bundle(path)


def test_a_new_bundle_appears_whole_or_not_at_all(tmp_path):
    metadata = load_bundle(NOTEBOOK).metadata
    path = tmp_path / "models" / "new"
    with new_bundle(path) as folder:
        assert folder.parent == path.parent
        write_metadata(folder, metadata, mel_filterbank(metadata.features))
        for name in ("model.keras", "model.tflite"):
            (folder / name).write_bytes((NOTEBOOK / name).read_bytes())
        assert not path.exists()
    assert load_bundle(path).metadata == metadata
    assert [entry.name for entry in path.parent.iterdir()] == ["new"]


def test_a_failure_while_writing_leaves_nothing(tmp_path):
    def break_off():
        with new_bundle(tmp_path / "new") as folder:
            (folder / "half").write_bytes(b"x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_becomes_a_sentence(tmp_path):
    with (
        pytest.raises(WritingError, match=r"cannot be written.*No space left"),
        new_bundle(tmp_path / "new"),
    ):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path):
    path = copy_bundle(tmp_path / "copy")
    with pytest.raises(WritingError, match="exists already"), new_bundle(path):
        raise AssertionError
    load_bundle(path)
