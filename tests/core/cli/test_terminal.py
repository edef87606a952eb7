"""What is written to a terminal: to nobody, to a full disk, and with names that it would obey."""

import errno
import json
import os
import subprocess
import sys

import pytest

from app.__main__ import main
from core.places import SAMPLES
from tests.core.cli.test_recognise import run
from tests.core.conftest import ROOT
from tests.helpers.disks import FULL, needs_full_disk
from tests.helpers.recordings import LABELS, write_recordings
from tests.helpers.sounds import sample_clip, write

SHORT = ("--architecture", "notebook-cnn", "--epochs", 1, "--split", "speaker")


def start(*arguments, **streams):
    """Start a command as a program of its own."""
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    streams = {"stderr": subprocess.PIPE} | streams
    return subprocess.Popen(command, cwd=ROOT, text=True, **streams)


def leave_after_a_line(*arguments):
    """Read one line of a command and go away; return the line, the exit status and stderr."""
    with start(*arguments, stdout=subprocess.PIPE) as child:
        line = child.stdout.readline()
        child.stdout.close()
        return line, child.wait(timeout=120), child.stderr.read()


def to_a_full_disk(*arguments):
    """Run a command whose output goes to a full disk; return the exit status and stderr."""
    with FULL.open("w") as full, start(*arguments, stdout=full) as child:
        return child.wait(timeout=120), child.stderr.read()


# --- a reader that goes away, a disk that is full -----------------------------------------


@pytest.mark.slow
def test_a_listing_ends_with_an_error_status_when_its_reader_goes(tmp_path):
    for number in range(300):
        write(tmp_path / f"{number}.wav", sample_clip("four").samples)
    line, status, err = leave_after_a_line("recognise", tmp_path)
    assert "four" in line
    assert (status, err) == (141, "")


@pytest.mark.slow
def test_a_run_goes_on_when_its_reader_goes(recordings, tmp_path):
    line, status, err = leave_after_a_line(
        "train", recordings, "--output", tmp_path / "new", *SHORT
    )
    assert "3 labels" in line
    assert (tmp_path / "new" / "bundle.json").is_file()
    assert status == 0
    assert err == "The output is lost (nobody reads it any more); the work goes on.\n"


@pytest.mark.slow
@needs_full_disk
def test_a_run_goes_on_when_its_lines_find_no_room(recordings, tmp_path):
    status, err = to_a_full_disk("train", recordings, "--output", tmp_path / "new", *SHORT)
    assert (tmp_path / "new" / "bundle.json").is_file()
    assert status == 1
    assert err == f"The output is lost ({os.strerror(errno.ENOSPC)}); the work goes on.\n"


@needs_full_disk
@pytest.mark.parametrize(
    "arguments",
    [
        ("recognise", SAMPLES),
        ("recognise", SAMPLES, "--json"),
        ("check", SAMPLES.parent.parent / "models"),
        ("devices", "--help"),
        ("--version",),
    ],
)
def test_what_cannot_be_written_is_a_sentence_and_an_error_status(arguments):
    status, err = to_a_full_disk(*arguments)
    assert status == 2
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    assert err.splitlines()


@needs_full_disk
def test_an_export_is_there_though_its_name_cannot_be_told(tmp_path):
    status, err = to_a_full_disk(
        "export", ROOT / "models" / "notebook-cnn", "--output", tmp_path / "a.tflite"
    )
    assert status == 2
    assert "The output cannot be written" in err
    assert (tmp_path / "a.tflite").is_file()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="descriptors as POSIX has them")
def test_streams_that_are_closed_do_no_harm(tmp_path):
    command = f"{sys.executable} -m app export models/notebook-cnn --output {tmp_path}/a.h5"
    done = subprocess.run(["sh", "-c", f"{command} >&- 2>&- <&-"], cwd=ROOT, check=False)
    assert done.returncode == 0
    assert (tmp_path / "a.h5").is_file()


# --- names that are no text, or that a terminal would obey --------------------------------


def test_a_name_with_control_characters_is_one_visible_line_and_exact_in_json(capsys, tmp_path):
    try:
        path = write(tmp_path / "a\x1b[31m\nb\t.wav", sample_clip("four").samples)
    except OSError:
        pytest.skip("the file system takes no such name")
    _, lines, _ = run(capsys, "recognise", path)
    assert len(lines) == 1
    assert lines[0].split("\t")[:2] == [f"{tmp_path}/a\\x1b[31m\\nb\\t.wav", "four"]
    _, lines, _ = run(capsys, "recognise", path, "--json")
    assert json.loads(lines[0])["path"] == str(path)
    _, _, err = run(capsys, "recognise", SAMPLES, "--model", "no\x1b[31mthing")
    assert "\x1b" not in err
    with pytest.raises(SystemExit):
        main(["recognise", SAMPLES.as_posix(), "--no\x1b[31m"])
    assert "\x1b" not in capsys.readouterr().err


# --- labels and numbers -------------------------------------------------------------------


def test_no_letter_of_a_label_is_special(capsys, tmp_path):
    odd = ("a,b", "-x", " two ", '["one"]')
    write_recordings(tmp_path, (*odd, *LABELS))
    _, lines, _ = run(capsys, "check", tmp_path, "--json", "--labels", json.dumps(odd))
    assert json.loads(lines[-1])["split"]["train"]["clips"] > 0
    status, lines, _ = run(capsys, "check", tmp_path, "--labels", '["no, such", "-y"]')
    assert status == 0
    assert "at least two labels" in lines[-1]


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        ("train", "--validation", "nan"),
        ("check", "--validation", "inf"),
        ("adapt", "--seconds", "inf"),
        ("adapt", "--seconds", "-1"),
        ("train", "--epochs", "1e400"),
        ("train", "--epochs", "9" * 400),
        ("train", "--start-from", ""),
        ("train", "--output", "~nosuchuser/new"),
    ],
)
def test_a_value_that_is_none_is_a_wrong_call(capsys, tmp_path, command, option, value):
    arguments = [command, str(tmp_path), "--output", str(tmp_path / "new"), f"{option}={value}"]
    if command == "check":
        del arguments[2:4]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert f"argument {option}: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [("--validation", "0.9", "between 0 and 0.5"), ("--seed", "-1", "seed must be in 0 to")],
)
def test_a_share_or_seed_out_of_range_is_said(capsys, tmp_path, option, value, sentence):
    status, lines, err = run(capsys, "check", tmp_path, option, value)
    assert (status, lines) == (2, [])
    assert sentence in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{gone}"),
        ("evaluate", "{gone}"),
        ("adapt", "{gone}", "--output", "{gone}/new"),
        ("export", "{gone}", "--output", "{gone}/new.h5"),
        ("listen", "--source", "~nosuchuser/a.wav"),
        ("inspect", "{gone}"),
        ("--once", "--screenshot", "{there}"),
    ],
)
def test_a_path_that_cannot_be_used_is_a_sentence_with_status_2(capsys, tmp_path, arguments):
    (tmp_path / "there").write_text("mine")
    places = {"gone": tmp_path / "gone", "there": tmp_path / "there"}
    status, lines, err = run(capsys, *(part.format(**places) for part in arguments))
    assert (status, lines) == (2, [])
    assert len(err.splitlines()) == 1
    assert err.endswith(".\n")
    assert (tmp_path / "there").read_text() == "mine"
