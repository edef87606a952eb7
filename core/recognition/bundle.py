"""A model on disk: a folder that holds data only and is checked whole when it is loaded.

=====================  =======================================================
``bundle.json``        labels, features, threshold, metrics, origin
``model.tflite``       the network, for recognition with LiteRT
``model.keras``        the same network, to go on training; where it was never noted among
                       the checksums, it can be built again of the other (`Quick`)
``mel_basis.npz``      the Mel filters it was trained with
``SHA256SUMS``         checksums of these three and of ``rehearsal.npz``; bundles
                       of before have none
``evaluation.json``    what it said of its test set, clip by clip (optional)
``model_card.json``    what it was trained on, how good it is, and its limits (optional)
``MODEL_CARD.md``      the same, to be read (optional)
``history.json``       the epochs of its training (optional)
``rehearsal.npz``      inputs of some clips, for adapting it (optional)
=====================  =======================================================

``bundle.json`` has no checksum: a person may change a threshold or a name in it, and whatever is
wrong in it is found when it is read.
"""

from __future__ import annotations

import hashlib
import math
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import numpy as np

from core.errors import BundleError
from core.files import new_folder
from core.recognition.metadata import FORMAT_VERSION
from core.recognition.metadata import ModelMetadata as ModelMetadata
from core.records import json_bytes, read_json
from core.sound.features import FeatureConfig, mel_filterbank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.sound.clip import FloatArray

METADATA_FILE = "bundle.json"
TFLITE_FILE = "model.tflite"
KERAS_FILE = "model.keras"
MEL_BASIS_FILE = "mel_basis.npz"
SUMS_FILE = "SHA256SUMS"
EVALUATION_FILE = "evaluation.json"
HISTORY_FILE = "history.json"
CARD_FILE = "MODEL_CARD.md"
CARD_DATA_FILE = "model_card.json"
REHEARSAL_FILE = "rehearsal.npz"
_WITH_SUMS = (TFLITE_FILE, KERAS_FILE, MEL_BASIS_FILE, REHEARSAL_FILE)
_LARGEST_FILE = 256 * 2**20
_LARGEST_HEADER = 2**14
_BASIS_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class ModelBundle:
    """A bundle that has been loaded and found whole.

    Parameters
    ----------
    path : Path
        Its folder.
    metadata : ModelMetadata
    mel_basis : (n_mels, n_bins) float32 array or None
        None when the network is given the waveform.
    """

    path: Path
    metadata: ModelMetadata
    mel_basis: FloatArray | None

    @property
    def tflite(self) -> Path:
        """The network for recognition."""
        return self.path / TFLITE_FILE

    @property
    def keras(self) -> Path:
        """The network to go on training; not every bundle has one."""
        return self.path / KERAS_FILE


# --- reading ------------------------------------------------------------------------------


def load_bundle(path: Path) -> ModelBundle:
    """Load a bundle and check that it is whole, of a known format, and agrees with itself.

    Raises
    ------
    BundleError
        With what is wrong and what to do.
    """
    with reading(path, METADATA_FILE):
        if not (path / METADATA_FILE).is_file():
            raise BundleError(
                "{path} is not a model bundle: it has no {file}.", path=path, file=METADATA_FILE
            )
        _check_file(path, METADATA_FILE)
        metadata = _load_metadata(path)
    for name in (TFLITE_FILE, *([MEL_BASIS_FILE] if metadata.features else [])):
        check_file(path, name)
    if _needs_keras(path):
        _check_keras(path)
    basis = _load_basis(path, metadata.features) if metadata.features else None
    return ModelBundle(path, metadata, basis)


def find_bundles(folder: Path) -> list[Path]:
    """List the folders directly below `folder` that look like bundles, sorted by name.

    What is hidden is left out: it is being written, or was when the program was killed.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError:  # it is not there, or nobody may look into it
        return []
    return [
        path
        for path in entries
        if not path.name.startswith(".") and os.path.lexists(path / METADATA_FILE)
    ]


def _needs_keras(path: Path) -> bool:
    """Tell whether a bundle has a network of Keras, or had one when it was saved."""
    if os.path.lexists(path / KERAS_FILE):
        return True
    with reading(path, SUMS_FILE):
        noted = _read_sums(path)
    return not noted or KERAS_FILE in noted


def _check_keras(path: Path) -> None:
    check_file(path, KERAS_FILE)
    with reading(path, KERAS_FILE), ZipFile(path / KERAS_FILE) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_FILE:
            raise ValueError("it is too large")
        if damaged := archive.testzip():
            raise ValueError(damaged)


@contextmanager
def reading(bundle: Path, name: str, needed: bool = True) -> Iterator[None]:
    """Let whatever is wrong with a file of a bundle be one sentence, whichever library says so.

    Raises
    ------
    BundleError
        That the model is refused or, where the file is not needed, that it goes without.
    """
    try:
        yield
    except BundleError:
        raise
    except Exception as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        values = {"model": bundle.name, "file": name, "reason": reason}
        if not needed:
            raise BundleError(
                "The {file} of the model “{model}” is damaged ({reason}); the model itself is not.",
                **values,
            ) from error
        raise BundleError(
            "The model “{model}” is refused: its {file} is damaged ({reason}).", **values
        ) from error


def check_file(path: Path, name: str) -> None:
    """Check that a file of a bundle lies in it, has a bearable size, and is what was saved.

    Raises
    ------
    BundleError
    """
    with reading(path, SUMS_FILE):
        noted = _read_sums(path)
    with reading(path, name):
        _check_file(path, name)
        if name in noted and _sum(path / name) != noted[name]:
            raise BundleError(
                "The model “{model}” is refused: its {file} is not what was saved, so the disk "
                "or a copy of it is at fault. Train or copy the model again.",
                model=path.name,
                file=name,
            )


def read_arrays(
    bundle: Path, file: str, shapes: Mapping[str, Sequence[int | None]]
) -> list[npt.NDArray[Any]]:
    """Read arrays of numbers from an archive in a bundle, of the shapes that are expected.

    Sizes are looked at before anything is unpacked.

    Parameters
    ----------
    bundle : Path
    file : str
    shapes : dict
        The shape of each array by its name; None in it for any length.

    Raises
    ------
    BundleError
        When the file is damaged, or holds something else.
    """
    with reading(bundle, file), ZipFile(bundle / file) as archive:
        return [_read_array(archive, name, shape) for name, shape in shapes.items()]


def _read_array(archive: ZipFile, name: str, shape: Sequence[int | None]) -> npt.NDArray[Any]:
    entry = archive.getinfo(f"{name}.npy")
    if entry.file_size > _LARGEST_FILE:
        raise ValueError(f"{name} has {entry.file_size} bytes")
    with archive.open(entry) as stream:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError(f"{name} is of another format")
        found, by_columns, dtype = np.lib.format.read_array_header_1_0(stream)
        fits = len(found) == len(shape) and all(
            wanted in (None, n) for wanted, n in zip(shape, found, strict=True)
        )
        if not fits or dtype.kind not in "fiu" or min(found) < 1:
            raise ValueError(f"{name} holds {dtype} of shape {found}")
        size = math.prod(found)
        if not size * dtype.itemsize <= entry.file_size <= size * dtype.itemsize + _LARGEST_HEADER:
            raise ValueError(f"{name} has {entry.file_size} bytes")
        values = np.frombuffer(stream.read(), dtype)
    return values.reshape(found, order="F" if by_columns else "C")


def _check_file(path: Path, name: str) -> None:
    file = path / name
    if not file.is_file():
        raise BundleError(
            "The model “{model}” has no {file}: it is incomplete. Train or copy it again.",
            model=path.name,
            file=name,
        )
    if file.resolve().parent != path.resolve():
        raise BundleError(
            "The model “{model}” is refused: its {file} lies elsewhere.", model=path.name, file=name
        )
    if not 0 < file.stat().st_size <= _LARGEST_FILE:
        raise ValueError(f"it has {file.stat().st_size} bytes")


def _load_metadata(path: Path) -> ModelMetadata:
    data = read_json(path / METADATA_FILE)
    version = data.get("format_version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise BundleError(
            "The model “{model}” was made by a newer version of this program (format {version}, "
            "this one knows {known}): update the program.",
            model=path.name,
            version=version,
            known=FORMAT_VERSION,
        )
    return ModelMetadata.from_json(data)


def _load_basis(path: Path, features: FeatureConfig) -> FloatArray:
    """Load the Mel filters; they must be the ones that the features say."""
    shape = (features.n_mels, 1 + features.n_fft // 2)
    (basis,) = read_arrays(path, MEL_BASIS_FILE, {"mel_basis": shape})
    if not np.allclose(basis, mel_filterbank(features), atol=_BASIS_TOLERANCE):
        raise BundleError(
            "The model “{model}” is refused: its Mel filters are not those of its settings.",
            model=path.name,
        )
    return np.asarray(basis, np.float32)


# --- writing ------------------------------------------------------------------------------


@contextmanager
def new_bundle(path: Path) -> Iterator[Path]:
    """Give a folder to write a bundle into; it takes its place, with checksums, when all is well.

    Raises
    ------
    WritingError
        As `new_folder` does.
    """
    with new_folder(path) as folder:
        yield folder
        write_sums(folder)


def write_metadata(folder: Path, metadata: ModelMetadata, basis: FloatArray | None) -> None:
    """Write ``bundle.json`` and the Mel filters into a folder from `new_bundle`."""
    (folder / METADATA_FILE).write_bytes(json_bytes(metadata.to_json()))
    if basis is not None:
        np.savez_compressed(folder / MEL_BASIS_FILE, mel_basis=basis)


def write_sums(folder: Path) -> None:
    """Note the checksums of a bundle, as ``sha256sum --check`` reads them."""
    names = [name for name in _WITH_SUMS if (folder / name).is_file()]
    lines = "".join(f"{_sum(folder / name)}  {name}\n" for name in names)
    (folder / SUMS_FILE).write_text(lines, encoding="utf-8")


def _read_sums(path: Path) -> dict[str, str]:
    if not (path / SUMS_FILE).is_file():
        return {}
    _check_file(path, SUMS_FILE)
    lines = (path / SUMS_FILE).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("  ") for line in lines]
    return {name: digest for digest, name in pairs}


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
