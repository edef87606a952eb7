"""The two contracts that a start-up time and a script depend on, held in fresh processes."""

import subprocess
import sys

import pytest

RECOGNISE = """
from app.__main__ import main
from core.places import SAMPLES
main(["recognise", str(SAMPLES)])
"""


def modules_after(code):
    """Run code in a fresh interpreter; return the names of all modules it has loaded."""
    lines = [code, "import sys", "print(*sys.modules, sep='\\n')"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_window_loads_no_tensorflow_and_nothing_slow():
    code = """
from app.program import Program
from core.places import DEFAULT_MODEL
program = Program(source="demo", once=True)
assert program.run() == 0
"""
    heavy = {"tensorflow", "keras", "librosa", "numba", "scipy", "sklearn", "matplotlib"}
    loaded = modules_after(code)
    assert {"PySide6", "pyqtgraph", "ai_edge_litert"} <= loaded
    assert not heavy & loaded


PICTURE = """
from app.__main__ import main
from core.places import SAMPLES
from tempfile import mkdtemp
main(["spectrogram", str(SAMPLES / "one.wav"), "--output", mkdtemp()])
"""


@pytest.mark.parametrize(
    "code",
    [
        PICTURE,
        "import core.cli.parser, core.sound.capture, core.recognition.recogniser",
        RECOGNISE,
        "import core.training.run, core.training.architectures",
    ],
)
def test_the_core_and_the_commands_load_no_qt(code):
    assert not {"PySide6", "shiboken6", "pyqtgraph"} & modules_after(code)


def test_recognising_files_loads_no_tensorflow():
    loaded = modules_after(RECOGNISE)
    assert "ai_edge_litert" in loaded
    assert not {"tensorflow", "keras", "librosa", "scipy", "sounddevice"} & loaded
