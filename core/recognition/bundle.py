"""A model on disk: a folder that holds data only and is checked when it is loaded.

=====================  =======================================================
``bundle.json``        labels, features, threshold, metrics, origin
``model.tflite``       the network, for recognition with LiteRT
``model.keras``        the same network, to go on training
``mel_basis.npz``      the Mel filters it was trained with
``evaluation.json``    what it said of its test set, clip by clip (optional)
``model_card.json``    what it was trained on, how good it is, and its limits (optional)
``MODEL_CARD.md``      the same, to be read (optional)
``history.json``       the epochs of its training (optional)
``rehearsal.npz``      inputs of some clips, for adapting it (optional)
``opinions/``          bundles of the same labels and features that are asked,
                       too, while a stream is listened to (optional)
=====================  =======================================================
"""

from __future__ import annotations

import json
import math
import os
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self
from zipfile import BadZipFile

import numpy as np

from core.errors import BundleError
from core.sound.features import FeatureConfig, mel_filterbank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.sound.clip import FloatArray


FORMAT_VERSION = 1
METADATA_FILE = "bundle.json"
TFLITE_FILE = "model.tflite"
KERAS_FILE = "model.keras"
MEL_BASIS_FILE = "mel_basis.npz"
EVALUATION_FILE = "evaluation.json"
HISTORY_FILE = "history.json"
CARD_FILE = "MODEL_CARD.md"
CARD_DATA_FILE = "model_card.json"
OPINIONS = "opinions"
SILENCE, UNKNOWN = "_silence_", "_unknown_"
"""The labels of what is no word, and of words that are none of the others."""
_LARGEST_JSON = 8 * 2**20
_LARGEST_MODEL = 256 * 2**20
_BASIS_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelMetadata:
    """What a bundle says of its model.

    Parameters
    ----------
    name : str
        What a person calls it.
    labels : tuple of str
        In the order of the network's outputs.
    features : FeatureConfig or None
        The front end; None for a network that is given the waveform itself.
    architecture : str
        The name of the network's kind.
    parameters : int
        How many weights it has.
    created : str
        When it was trained, ISO 8601.
    threshold : float
        Below this confidence, in 0-1, the model's answer is not given.
    temperature : float
        What the logits are divided by to make the confidence honest; 1 changes nothing.
    metrics : dict
        Figures of its evaluation.
    data_set : dict
        What it was trained on: name, clips, speakers, fingerprint.
    training : dict
        The settings of the run.
    versions : dict
        Library versions.

    Raises
    ------
    ValueError
        When a value is not of its kind or outside its range.
    """

    name: str
    labels: tuple[str, ...]
    features: FeatureConfig | None
    architecture: str
    parameters: int
    created: str
    threshold: float = 0.0
    temperature: float = 1.0
    metrics: dict[str, Any] = field(default_factory=dict)
    data_set: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("name", "architecture", "created"):
            if not isinstance(getattr(self, name), str):
                raise ValueError(f"{name} must be text")
        if len(self.labels) < 2 or len(set(self.labels)) != len(self.labels):
            raise ValueError("labels must be at least two different words")
        if not all(isinstance(label, str) and label for label in self.labels):
            raise ValueError("labels must be words")
        if not isinstance(self.parameters, int):
            raise ValueError("parameters must be a whole number")
        if not _is_number(self.threshold) or not 0 <= self.threshold <= 1:
            raise ValueError(f"threshold must be in 0-1, not {self.threshold!r}")
        if not _is_number(self.temperature) or self.temperature <= 0:
            raise ValueError(f"temperature must be positive, not {self.temperature!r}")
        for name in ("metrics", "data_set", "training", "versions"):
            if not isinstance(getattr(self, name), dict):
                raise ValueError(f"{name} must be an object")

    def to_json(self) -> dict[str, Any]:
        """Return the metadata as a JSON object."""
        return {"format_version": FORMAT_VERSION} | asdict(self)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the metadata back; unknown entries are ignored.

        Raises
        ------
        ValueError
            When an entry is missing or wrong.
        """
        if not isinstance(data, dict):
            raise ValueError("it is not a JSON object")
        required = ("name", "labels", "features", "architecture", "parameters", "created")
        missing = [name for name in required if name not in data]
        if missing:
            raise ValueError(f"{', '.join(missing)} missing")
        known = {entry.name for entry in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        if not isinstance(values["labels"], list):
            raise ValueError("labels must be a list")
        values["labels"] = tuple(values["labels"])
        if values["features"] is not None:
            values["features"] = FeatureConfig.from_json(values["features"])
        return cls(**values)


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
        """The network to go on training."""
        return self.path / KERAS_FILE


def load_bundle(path: Path) -> ModelBundle:
    """Load a bundle and check that it is whole, of a known format, and agrees with itself.

    Raises
    ------
    BundleError
        With what is wrong and what to do.
    """
    if not (path / METADATA_FILE).is_file():
        raise BundleError(f"{path} is not a model bundle: it has no {METADATA_FILE}.")
    for name in (METADATA_FILE, TFLITE_FILE, KERAS_FILE):
        _check_file(path, name)
    metadata = _load_metadata(path)
    basis = None
    if metadata.features is not None:
        _check_file(path, MEL_BASIS_FILE)
        basis = _load_basis(path, metadata.features)
    return ModelBundle(path, metadata, basis)


def load_opinions(bundle: ModelBundle) -> list[ModelBundle]:
    """Load the bundles within a bundle that listening asks, too, by name; often there are none.

    Raises
    ------
    BundleError
        When one is damaged, lies elsewhere, or knows other labels or features.
    """
    opinions = []
    for path in find_bundles(bundle.path / OPINIONS):
        if path.resolve().parent.parent != bundle.path.resolve():
            raise BundleError(
                f"The model “{bundle.path.name}” is refused: its {OPINIONS} lie elsewhere."
            )
        opinion = load_bundle(path)
        for name in ("labels", "features"):
            if getattr(opinion.metadata, name) != getattr(bundle.metadata, name):
                raise BundleError(
                    f"The model “{bundle.path.name}” is refused: its {OPINIONS} have other {name}."
                )
        opinions.append(opinion)
    return opinions


def find_bundles(folder: Path) -> list[Path]:
    """List the folders directly below `folder` that look like bundles, sorted by name."""
    if not folder.is_dir():
        return []
    return sorted(path.parent for path in folder.glob(f"*/{METADATA_FILE}"))


@contextmanager
def writing_bundle(path: Path) -> Iterator[Path]:
    """Give a folder to write a new bundle into; it takes its place only when all went well.

    The folder lies beside `path` and is renamed at the end, so that a crash or a full disk
    leaves nothing half-written at `path`.

    Raises
    ------
    BundleError
        When something lies at `path` already, or it cannot be written.
    """
    if path.exists():
        raise BundleError(f"{path} exists already: choose another name for the new model.")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        temporary.mkdir(parents=True)
        yield temporary
        for file in (path for path in temporary.rglob("*") if path.is_file()):
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())
        temporary.rename(path)
    except OSError as error:
        raise BundleError(
            f"The model cannot be saved to {path}: {error.strerror or error}."
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def remove_leftovers(path: Path) -> None:
    """Remove what a process that was killed in `writing_bundle` has left beside a path."""
    for leftover in path.parent.glob(f".{path.name}.????????.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)


def write_metadata(folder: Path, metadata: ModelMetadata, basis: FloatArray | None) -> None:
    """Write ``bundle.json`` and the Mel filters into a folder from `writing_bundle`."""
    text = json.dumps(metadata.to_json(), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / METADATA_FILE).write_text(text + "\n", encoding="utf-8")
    if basis is not None:
        np.savez_compressed(folder / MEL_BASIS_FILE, mel_basis=basis)


def _check_file(path: Path, name: str) -> None:
    file = path / name
    if not file.is_file():
        raise BundleError(
            f"The model “{path.name}” has no {name}: it is incomplete. Train or copy it again."
        )
    if file.resolve().parent != path.resolve():
        raise BundleError(f"The model “{path.name}” is refused: its {name} lies elsewhere.")
    largest = _LARGEST_JSON if name == METADATA_FILE else _LARGEST_MODEL
    if not 0 < file.stat().st_size <= largest:
        raise BundleError(
            f"The model “{path.name}” is refused: its {name} has {file.stat().st_size} bytes."
        )


def _load_metadata(path: Path) -> ModelMetadata:
    try:
        data = json.loads((path / METADATA_FILE).read_text(encoding="utf-8"))
        version = data.get("format_version") if isinstance(data, dict) else None
        if isinstance(version, int) and version > FORMAT_VERSION:
            raise BundleError(
                f"The model “{path.name}” was made by a newer version of this program "
                f"(format {version}, this one knows {FORMAT_VERSION}): update the program."
            )
        return ModelMetadata.from_json(data)
    except (ValueError, TypeError, RecursionError, OSError) as error:
        raise BundleError(
            f"The model “{path.name}” is refused: its {METADATA_FILE} is damaged ({error})."
        ) from error


def _load_basis(path: Path, features: FeatureConfig) -> FloatArray:
    """Load the Mel filters; they must be the ones that the features say."""
    try:
        with (path / MEL_BASIS_FILE).open("rb") as file:
            basis = np.load(file, allow_pickle=False)["mel_basis"]
    except (ValueError, OSError, EOFError, KeyError, IndexError, BadZipFile) as error:
        raise BundleError(
            f"The model “{path.name}” is refused: its {MEL_BASIS_FILE} is damaged ({error})."
        ) from error
    expected = mel_filterbank(features)
    if basis.shape != expected.shape or not np.allclose(basis, expected, atol=_BASIS_TOLERANCE):
        raise BundleError(
            f"The model “{path.name}” is refused: its Mel filters are not those of its settings."
        )
    return np.asarray(basis, np.float32)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
