"""The wheel, installed by itself, and run in a folder of names that collide with its own."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from core.places import SAMPLES
from tests.helpers.recordings import write_digit_recordings

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_TRAINING = """
import sys
for name in ("tensorflow", "keras", "h5py", "librosa", "numba"):
    sys.modules[name] = None
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """A virtual environment with the wheel alone; its libraries are borrowed from this one."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    (packages / "without_training.py").write_text(WITHOUT_TRAINING)
    (packages / "without_training.pth").write_text("import without_training")
    return folder


@pytest.fixture
def run(environment, tmp_path):
    """Run a program of the environment in a folder whose names would mislead it."""
    here = tmp_path / "core"
    here.mkdir()
    for name in ("app.py", "core.py", "models.py", "resources.py", "spoken_digits.py"):
        (here / name).write_text("raise SystemExit('this is not the program')")

    def run(*command, **more):
        unset = ("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PULSE_SERVER")
        env = {name: value for name, value in os.environ.items() if name not in unset}
        return subprocess.run(
            [environment / "bin" / command[0], *map(str, command[1:])],
            cwd=here,
            env=env | {"XDG_RUNTIME_DIR": str(tmp_path)} | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def test_a_wheel_takes_one_name_and_carries_no_tests_and_no_pictures(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "spoken_digits",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }
    assert "spoken_digits/models/ATTRIBUTION.md" in names
    assert "spoken_digits/resources/translations/spoken-digits_de.qm" in names
    assert not [name for name in names if "/tests/" in name or "/pictures/" in name]
    assert wheel.stat().st_size < 8_000_000


def test_every_command_works_from_any_folder(run, tmp_path):
    recordings = tmp_path / "recordings"
    write_digit_recordings(recordings)
    commands = [
        ("recognise", SAMPLES / "one.wav"),
        ("spectrogram", SAMPLES / "one.wav", "--output", tmp_path / "pictures"),
        ("listen", "--source", SAMPLES / "seven.wav"),
        ("devices",),
        ("check", recordings),
        ("evaluate", recordings),
        ("export", ROOT / "models" / "notebook-cnn", "--output", tmp_path / "a.tflite"),
        ("cache",),
        ("--once", "--source", "demo"),
    ]
    for command in commands:
        done = run("spoken-digits", *command)
        assert done.returncode == 0, (command, done.stderr)
        assert "not the program" not in done.stdout + done.stderr
    assert list((tmp_path / "pictures").glob("*.png"))


def test_the_window_opens_and_its_child_processes_run(run, tmp_path):
    done = run("spoken-digits-window", "--screenshot", tmp_path / "window.png")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "window.png").stat().st_size > 10_000
    child = (
        "import subprocess, sys, spoken_digits.__main__; "
        "sys.path.insert(0, list(spoken_digits.__path__)[0]); "
        "from app.shell.job import PROGRAM; "
        "sys.exit(subprocess.call([*PROGRAM, 'cache', '--json']))"
    )
    done = run("python", "-P", "-c", child)
    assert done.returncode == 0, done.stderr
    assert '"folder"' in done.stdout


def test_without_tensorflow_what_needs_it_says_so_with_the_command_to_copy(run, tmp_path):
    recordings = tmp_path / "recordings"
    write_digit_recordings(recordings)
    model = ROOT / "models" / "notebook-cnn"
    commands = [
        ("train", recordings, "--output", tmp_path / "new", "--architecture", "notebook-cnn"),
        ("adapt", recordings, "--model", model, "--output", tmp_path / "new"),
        ("export", model, "--output", tmp_path / "a.h5"),
    ]
    for command in commands:
        done = run("spoken-digits", *command)
        assert done.returncode == 2, (command, done.stderr)
        assert 'pip install "spoken-digits[train]"' in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()
