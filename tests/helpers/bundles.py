"""Small bundles that tests make without training."""

import json
import shutil
from pathlib import Path

from core.places import SHIPPED_MODELS
from core.recognition.bundle import METADATA_FILE

NOTEBOOK = SHIPPED_MODELS / "notebook-cnn"


def copy_bundle(path: Path, **metadata) -> Path:
    """Copy the shipped notebook-cnn to `path`, with some of its metadata changed."""
    shutil.copytree(NOTEBOOK, path)
    file = path / METADATA_FILE
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(data | metadata), encoding="utf-8")
    return path
