"""The bundle that `make bundle` has built, run where there is no Python."""

import json
import os
import select
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.helpers import bare_root
from tests.helpers.recordings import write_digit_recordings
from tests.helpers.sounds import sample_clip

DIST = Path(os.environ.get("SPOKEN_DIGITS_DIST", Path(__file__).resolve().parents[2] / "dist"))
BUNDLE = DIST / "spoken-digits"
SAMPLES = "/opt/program/_internal/resources/samples"


@pytest.fixture
def root(tmp_path):
    if not (BUNDLE / "spoken-digits").exists():
        pytest.skip("there is no bundle: make bundle builds one")
    reason = bare_root.why_not()
    if reason is not None:
        pytest.skip(reason)
    return bare_root.BareRoot(tmp_path / "root", BUNDLE)


@pytest.fixture
def screen(monkeypatch):
    """A screen that nobody sees."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=[writing], stdout=quiet, stderr=quiet) as server:
        os.close(writing)
        number = os.read(reading, 16).decode().strip()
        os.close(reading)
        monkeypatch.setenv("DISPLAY", f":{number}")
        yield
        server.terminate()


def test_there_is_no_python_but_its_own(root):
    found = [path for path in root.folder.rglob("*python*") if not path.is_relative_to("/opt")]
    assert not found
    assert root.run("--version").stdout.startswith("spoken-digits ")


def test_it_recognises_a_file_and_draws_it(root, tmp_path):
    done = root.run("recognise", f"{SAMPLES}/one.wav", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["label"] == "one"
    done = root.run("spectrogram", f"{SAMPLES}/one.wav", "--output", tmp_path / "pictures")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pictures" / "one.png").stat().st_size > 10_000


def test_it_teaches_in_the_child_that_the_window_starts(root, tmp_path):
    recordings = tmp_path / "recordings"
    write_digit_recordings(recordings)
    output = tmp_path / "new"
    train = ("train", recordings, "--preset", "quick", "--output", output, "--supervised")
    with root.start(*train) as child:  # whose stdin stays open: its end means stop
        told = child.stdout.read().splitlines()
    assert child.returncode == 0, told
    assert json.loads(told[-1])["event"] == "saved"
    assert (output / "bundle.json").is_file()
    done = root.run("adapt", recordings, "--output", tmp_path / "adapted")
    assert done.returncode in (0, 2), done.stderr
    assert done.returncode == 0 or "not in this edition" in done.stderr


def test_the_window_opens_and_speaks_german(root, screen, tmp_path):
    for language in ("en_GB.UTF-8", "de_DE.UTF-8"):
        picture = tmp_path / f"{language}.png"
        done = root.run("--source", "demo", "--screenshot", picture, LANGUAGE=language)
        assert done.returncode == 0, done.stderr
        assert picture.stat().st_size > 10_000
    assert len({path.read_bytes() for path in tmp_path.glob("*.png")}) == 2


@pytest.mark.virtual_microphone
def test_it_hears_the_microphone(root, virtual_microphone):
    done = root.run("devices", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip(), done.stderr
    with root.start("listen", "--json") as program:
        for _ in range(60):  # until it listens
            virtual_microphone.play(sample_clip("seven").samples)
            if select.select([program.stdout], [], [], 2)[0]:
                break
        program.send_signal(signal.SIGINT)
        heard, said = program.communicate(timeout=60)
    assert heard, said
    assert json.loads(heard.splitlines()[0])["label"] == "seven"
