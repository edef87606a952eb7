"""Where things lie: what ships with the program, and the user's own folders.

The user's folders follow the platform's habit (XDG on Linux, Application Support on
macOS, AppData on Windows) and are made only when something is written to them.
"""

import os
from pathlib import Path

import platformdirs

_ROOT = Path(__file__).resolve().parent.parent
_DIRS = platformdirs.PlatformDirs("spoken-digits", appauthor=False)

SHIPPED_MODELS = _ROOT / "models"
SAMPLES = _ROOT / "resources" / "samples"
PRETRAINED = _ROOT / "resources" / "pretrained"
PRETRAINED_NETWORK = PRETRAINED / "speech_embedding.tflite"
COUNTER_EXAMPLES = PRETRAINED / "others.npz"

REFERENCE_MODEL = SHIPPED_MODELS / "notebook-cnn"
DEFAULT_MODEL = SHIPPED_MODELS / "speech-embedding"


def expanded(name: str) -> Path:
    """Return a path as people write it: ``~`` is somebody's home, if there is such a user."""
    return Path(os.path.expanduser(name))  # noqa: PTH111 - Path's fails without such a user


def user_data() -> Path:
    """Return the folder of the user's own models and recordings."""
    return _DIRS.user_data_path


def user_models() -> Path:
    """Return the folder of the user's own models."""
    return user_data() / "models"


def user_recordings() -> Path:
    """Return the folder of takes that the user has said the word of."""
    return user_data() / "recordings"


def user_takes() -> Path:
    """Return the folder of takes that are kept for the next time."""
    return user_data() / "takes"


def user_collections() -> Path:
    """Return the folder of the data sets that the user has recorded."""
    return user_data() / "collections"


def user_cache() -> Path:
    """Return the folder of what can be computed again."""
    return _DIRS.user_cache_path


def user_log() -> Path:
    """Return the folder of the log file."""
    return _DIRS.user_log_path
