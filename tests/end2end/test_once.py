"""The program as a command: once, by itself, as `make run` does it without a screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from core.places import SAMPLES
from tests.helpers.sounds import sample_clip, write

ROOT = Path(__file__).resolve().parents[2]


def run(tmp_path, *arguments, **environment):
    """Run the program in a process of its own that has neither screen nor microphone."""
    unset = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PULSE_SERVER")
    env = {name: value for name, value in os.environ.items() if name not in unset}
    env |= {"XDG_RUNTIME_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env=env,
    )


def test_without_a_screen_the_main_job_is_done_once_and_pictured(tmp_path):
    for name in ("spoken-digits.png", "spoken-digits-2.png"):
        done = run(tmp_path)
        assert done.returncode == 0, done.stderr
        label, confidence = done.stdout.split("\t")
        assert label in {path.stem for path in SAMPLES.glob("*.wav")}
        assert confidence.strip().endswith("%")
        assert "no screen here" in done.stderr
        assert "demo speaks instead" in done.stderr
        assert name in done.stderr
        image = QImage(str(tmp_path / name))
        assert image.width() >= 640
        assert len({image.pixel(x, 200) for x in range(image.width())}) > 5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_demo_is_heard_and_pictured_in_a_theme(tmp_path, theme):
    done = run(tmp_path, "--source", "demo", "--once", "--screenshot", "a.png", "--theme", theme)
    assert done.returncode == 0, done.stderr
    corner = QImage(str(tmp_path / "a.png")).pixelColor(3, 3)
    assert (corner.lightness() < 128) == (theme == "dark")


@pytest.mark.parametrize("tab", ["inspect", "train"])
def test_any_tab_can_be_pictured(tmp_path, tab):
    done = run(tmp_path, "--source", "demo", "--once", "--screenshot", "a.png", "--tab", tab)
    assert done.returncode == 0, done.stderr
    recognise = run(tmp_path, "--source", "demo", "--once", "--screenshot", "b.png")
    assert recognise.returncode == 0
    pictured, other = QImage(str(tmp_path / "a.png")), QImage(str(tmp_path / "b.png"))
    assert pictured.size() == other.size()
    assert pictured != other


def test_a_file_is_heard_in_real_time(tmp_path):
    path = write(tmp_path / "four.wav", sample_clip("four").samples)
    done = run(tmp_path, "--source", path, "--once")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("four\t")


def test_what_cannot_be_heard_is_said_and_ends_with_1(tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    for source, sentence in (("a.wav", "cannot be read"), ("Headset", "No microphone was found")):
        done = run(tmp_path, "--source", source, "--once")
        assert done.returncode == 1
        assert done.stdout == ""
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr


def test_a_picture_that_cannot_be_written_is_said(tmp_path):
    done = run(tmp_path, "--source", "demo", "--once", "--screenshot", "missing/a.png")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_a_picture_takes_the_place_of_another_file_only_by_force(tmp_path):
    taken = tmp_path / "a.png"
    taken.write_text("mine")
    demo = ("--source", "demo", "--once", "--screenshot", "a.png")
    done = run(tmp_path, *demo)
    assert (done.returncode, done.stdout) == (2, "")
    assert "exists already: choose another name, or add --force" in done.stderr
    assert taken.read_text() == "mine"
    assert run(tmp_path, *demo, "--force").returncode == 0
    assert QImage(str(taken)).width() >= 640
    done = run(tmp_path, *demo[:-1], "a.docx")
    assert done.returncode == 1
    assert "must end in .png" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.png"]


def test_nothing_is_remembered_of_what_was_done_once(tmp_path):
    run(tmp_path, "--source", "demo", "--once", HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path))
    assert not list(tmp_path.rglob("*.ini"))
