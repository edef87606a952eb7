"""Small bundles that tests make without training."""

import json
import shutil
from pathlib import Path

from core.places import SHIPPED_MODELS
from core.recognition.bundle import (
    CARD_DATA_FILE,
    CARD_FILE,
    EVALUATION_FILE,
    HISTORY_FILE,
    METADATA_FILE,
    SUMS_FILE,
)

NOTEBOOK = SHIPPED_MODELS / "notebook-cnn"


def copy_bundle(path: Path, **metadata) -> Path:
    """Copy the network of notebook-cnn to `path`, with some metadata changed.

    It has neither figures nor checksums, like a bundle of before.
    """
    optional = (EVALUATION_FILE, HISTORY_FILE, CARD_FILE, CARD_DATA_FILE, SUMS_FILE)
    shutil.copytree(NOTEBOOK, path, ignore=shutil.ignore_patterns(*optional))
    file = path / METADATA_FILE
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(data | {"metrics": {}} | metadata), encoding="utf-8")
    return path
