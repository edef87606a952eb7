import hashlib
import io
import json
import shutil
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from core.errors import BundleError, WritingError
from core.places import SHIPPED_MODELS
from core.recognition.bundle import (
    FORMAT_VERSION,
    ModelMetadata,
    find_bundles,
    load_bundle,
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


def test_metadata_survives_json():
    metadata = load_bundle(NOTEBOOK).metadata
    assert ModelMetadata.from_json(json.loads(json.dumps(metadata.to_json()))) == metadata


def test_entries_of_a_later_minor_version_are_ignored(tmp_path):
    path = copy_bundle(tmp_path / "copy", something_new={"a": 1})
    assert load_bundle(path).metadata.labels[0] == "zero"


def test_a_bundle_of_before_that_holds_further_networks_is_one_model(tmp_path):
    path = copy_bundle(tmp_path / "copy")
    copy_bundle(path / "opinions" / "second", name="second")
    assert load_bundle(path).metadata.name == load_bundle(NOTEBOOK).metadata.name
    assert find_bundles(tmp_path) == [path]


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


def npy(shape, descr="<f4", content=b""):
    """Return what claims to be an array."""
    header = (
        f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape!r}, }}".ljust(117) + "\n"
    )
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + content


def archive(content, kind=ZIP_DEFLATED):
    target = io.BytesIO()
    with ZipFile(target, "w", kind) as file:
        file.writestr("mel_basis.npy", content)
    return target.getvalue()


WHOLE = (NOTEBOOK / "mel_basis.npz").read_bytes()
DAMAGED_FILTERS = {
    "one byte": lambda: WHOLE[:3000] + b"\xff" + WHOLE[3001:],
    "zeros": lambda: WHOLE[:2048] + bytes(512) + WHOLE[2560:],
    "cut": lambda: WHOLE[:-100],
    "claims 32 TB": lambda: archive(npy((2**43,))),
    "claims numbers without an end": lambda: archive(npy((10**400,))),
    "claims less than nothing": lambda: archive(npy((-1, 1025), content=bytes(100))),
    "short": lambda: archive(npy((128, 1025), content=bytes(100))),
    "long": lambda: archive(npy((128, 1025), content=bytes(128 * 1025 * 4 + 2**20))),
    "a bomb": lambda: archive(npy((128, 1025), content=bytes(2**26))),
    "of another shape": lambda: archive(npy((1025, 128), content=bytes(128 * 1025 * 4))),
    "text": lambda: archive(npy((128, 1025), "<U1", bytes(128 * 1025 * 4))),
    "objects": lambda: archive(npy((128, 1025), "|O", b"cos\nsystem\n")),
    "code in its header": lambda: archive(b"\x93NUMPY\x01\x00\x10\x00__import__('os')"),
    "no numbers": lambda: archive(npy((128, 1025), content=b"\xff" * 128 * 1025 * 4)),
    "no array": lambda: archive(b"x"),
}


@pytest.mark.parametrize("content", DAMAGED_FILTERS.values(), ids=DAMAGED_FILTERS)
def test_filters_that_are_damaged_in_any_way_are_refused(tmp_path, content):
    path = copy_bundle(tmp_path / "copy")
    (path / "mel_basis.npz").write_bytes(content())
    with pytest.raises(BundleError, match="“copy” is refused"):
        load_bundle(path)


def zeroed(content, place=0.5):
    first = int(len(content) * place)
    return content[:first] + bytes(512) + content[first + 512 :]


@pytest.mark.parametrize("name", ["model.tflite", "model.keras", "mel_basis.npz"])
@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9])
def test_a_block_of_zeros_is_found(tmp_path, name, place):
    path = shutil.copytree(NOTEBOOK, tmp_path / "copy")
    whole = (path / name).read_bytes()
    assert zeroed(whole, place) != whole
    (path / name).write_bytes(zeroed(whole, place))
    with pytest.raises(BundleError, match=f"its {name} is not what was saved"):
        load_bundle(path)


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6])
def test_a_damaged_network_to_go_on_with_is_found_in_a_bundle_of_before(tmp_path, place):
    path = copy_bundle(tmp_path / "copy")
    load_bundle(path)
    (path / "model.keras").write_bytes(zeroed((path / "model.keras").read_bytes(), place))
    with pytest.raises(BundleError, match=r"its model\.keras is damaged"):
        load_bundle(path)


@pytest.mark.parametrize("content", [b"", b"x", bytes(300), b"\xff\xfe", b"a  b  c\n"])
def test_damaged_checksums_are_no_checksums(tmp_path, content):
    path = shutil.copytree(NOTEBOOK, tmp_path / "copy")
    (path / "SHA256SUMS").write_bytes(content)
    with pytest.raises(BundleError, match="its SHA256SUMS is damaged"):
        load_bundle(path)


def test_every_shipped_bundle_has_checksums():
    for path in find_bundles(SHIPPED_MODELS):
        noted = (path / "SHA256SUMS").read_text().split()
        assert noted[1::2] == ["model.tflite", "model.keras", "mel_basis.npz"]
        for digest, name in zip(noted[::2], noted[1::2], strict=True):
            assert hashlib.sha256((path / name).read_bytes()).hexdigest() == digest


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
    (path / "model.tflite").write_bytes(zeroed((path / "model.tflite").read_bytes()))
    with pytest.raises(BundleError, match="not what was saved"):
        load_bundle(path)


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
