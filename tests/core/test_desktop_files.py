"""What puts the program into a Linux desktop's menu, checked by the desktops' own tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINUX = Path(__file__).resolve().parents[2] / "packaging" / "linux"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="for the desktops of Linux")


@pytest.mark.parametrize(
    "command",
    [
        ("desktop-file-validate", "spoken-digits.desktop"),
        ("appstreamcli", "validate", "--no-net", "spoken-digits.metainfo.xml"),
    ],
)
def test_the_desktops_tools_find_nothing_wrong(command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=LINUX, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def bundle(tmp_path):
    """What a bundle looks like, with a program that names its folder."""
    folder = tmp_path / "un packed" / "spoken-digits"
    for name in ("applications", "metainfo", "icons/hicolor/48x48/apps"):
        (folder / "share" / name).mkdir(parents=True)
    shutil.copy(LINUX / "install.sh", folder)
    shutil.copy(LINUX / "spoken-digits.desktop", folder / "share" / "applications")
    name = "io.github.spoken_digits.metainfo.xml"
    shutil.copy(LINUX / "spoken-digits.metainfo.xml", folder / "share" / "metainfo" / name)
    (folder / "share/icons/hicolor/48x48/apps/spoken-digits.png").write_bytes(b"icon")
    program = folder / "spoken-digits"
    program.write_text('#!/bin/sh\necho "here: $*"\n')
    program.chmod(0o755)
    return folder


def install(bundle, home, *arguments):
    env = {"PATH": os.environ["PATH"], "HOME": str(home)}
    script = bundle / "install.sh"
    return subprocess.run([script, *arguments], env=env, capture_output=True, text=True)


def everything_in(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()}


def test_it_is_installed_replaced_and_removed_without_a_trace(bundle, tmp_path):
    home = tmp_path / "a ho%me $x"
    mine = home / ".local/share/spoken-digits/recordings/seven/me_nohash_0.wav"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    for _ in range(2):
        done = install(bundle, home)
        assert done.returncode == 0, done.stderr
        called = subprocess.run(
            [home / ".local/bin/spoken-digits", "one.wav"], capture_output=True, text=True
        )
        assert called.stdout == "here: one.wav\n"
        entry = home / ".local/share/applications/spoken-digits.desktop"
        quoted = str(home).replace("$", r"\\$").replace("%", "%%")
        assert f'Exec="{quoted}/.local/lib/spoken-digits/spoken-digits" %F\n' in entry.read_text()
    done = install(bundle, home, "--remove")
    assert done.returncode == 0, done.stderr
    assert everything_in(home) == {mine.relative_to(home)}


def test_a_command_of_somebody_else_is_left_alone(bundle, tmp_path):
    other = tmp_path / "home/.local/bin/spoken-digits"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    done = install(bundle, tmp_path / "home")
    assert done.returncode == 1
    assert "is not of this program" in done.stderr
    done = install(bundle, tmp_path / "home", "--remove")
    assert other.read_text() == "mine"
