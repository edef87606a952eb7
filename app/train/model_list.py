"""The models that there are, and what they say of themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import BundleError
from core.recognition.bundle import EVALUATION_FILE, HISTORY_FILE, ModelMetadata, load_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.model_library import ModelLibrary


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model in the list: its metadata, or why it cannot be used.

    Parameters
    ----------
    path : Path
    own : bool
        Whether it may be renamed and deleted.
    metadata : ModelMetadata or None
    problem : str
    """

    path: Path
    own: bool
    metadata: ModelMetadata | None
    problem: str = ""


def list_models(library: ModelLibrary) -> list[ModelEntry]:
    """Return the models of a library, those too that cannot be used."""
    return [_entry(path, library.is_own(path)) for path in library.paths()]


def read_evaluation(model: Path) -> dict[str, Any] | None:
    """Return what a model said of its test set when it was trained, or None."""
    return _read_json(model / EVALUATION_FILE)


def read_history(model: Path) -> list[dict[str, Any]]:
    """Return the epochs of a model's training."""
    data = _read_json(model / HISTORY_FILE) or {}
    epochs = data.get("epochs", [])
    return epochs if isinstance(epochs, list) else []


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _entry(path: Path, own: bool) -> ModelEntry:
    try:
        return ModelEntry(path, own, load_bundle(path).metadata)
    except BundleError as error:
        return ModelEntry(path, own, None, str(error))
