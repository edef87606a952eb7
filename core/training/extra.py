"""What some kinds of training need, and the program is installed without: TensorFlow."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib.util import find_spec

from core.errors import TrainingError

LIBRARIES = ("tensorflow", "keras", "librosa", "h5py")
"""What ``spoken-digits[train]`` adds."""


def need_tensorflow() -> None:
    """Make sure, before anything is begun, that what needs TensorFlow can be done.

    Raises
    ------
    TrainingError
        When it is not installed, with the command that installs it.
    """
    if all(map(find_spec, LIBRARIES)):
        return
    if getattr(sys, "frozen", False):
        raise TrainingError(
            "This needs TensorFlow, which is not in this edition of the program: use the full one."
        )
    python = [sys.executable]
    quoted = subprocess.list2cmdline(python) if sys.platform == "win32" else shlex.join(python)
    raise TrainingError(
        "This needs TensorFlow, which is not installed. This command installs it: {command}",
        command=f'{quoted} -m pip install "spoken-digits[train]"',
    )
