import csv
import json

import numpy as np
import pytest

from tests.core.cli.test_listen import spoken_file
from tests.core.cli.test_recognise import run
from tests.helpers.sounds import noise, write


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "said"
    (folder / "deep").mkdir(parents=True)
    spoken_file(folder / "a.wav", "four", "two")
    spoken_file(folder / "deep" / "b.WAV", "one")
    (folder / "c.wav").write_text("no sound")
    return folder


def test_every_word_is_a_line_with_its_time(capsys, folder):
    status, lines, err = run(capsys, "transcribe", folder)
    assert (status, err) == (1, "")
    fields = [line.split("\t") for line in lines]
    assert [(path[len(str(folder)) + 1 :], said.split()[2]) for path, said in fields[:2]] == [
        ("a.wav", "four"),
        ("a.wav", "two"),
    ]
    assert fields[0][1].strip().endswith("%")
    assert fields[2] == [str(folder / "c.wav"), fields[2][1]]
    assert fields[2][1].startswith("error: c.wav")
    assert "one" in fields[3][1]


def test_in_json_a_word_is_an_object(capsys, folder):
    status, lines, _ = run(capsys, "transcribe", "--format", "json", folder, folder / "gone.wav")
    results = [json.loads(line) for line in lines]
    assert status == 1
    assert [result.get("label") for result in results] == ["four", "two", None, "one", None]
    assert set(results[0]) == {"path", "start", "end", "label", "confidence"}
    assert 1 < results[0]["start"] < results[0]["end"] < 2
    assert [set(results[n]) for n in (2, 4)] == [{"path", "error"}] * 2


def test_in_a_folder_each_file_has_its_own_and_nothing_is_overwritten(capsys, folder, tmp_path):
    output = tmp_path / "out" / "here"
    for _ in range(2):
        arguments = ("transcribe", "--format", "csv", "--output", output, folder)
        status, lines, _ = run(capsys, *arguments)
        assert status == 1
    assert sorted(str(path.relative_to(output)) for path in output.rglob("*.csv")) == [
        "a-2.csv",
        "a.csv",
        "deep/b-2.csv",
        "deep/b.csv",
    ]
    assert lines[0].split("\t") == [str(folder / "a.wav"), str(output / "a-2.csv"), "2"]
    rows = list(csv.DictReader((output / "a.csv").read_text().splitlines()))
    assert [row["label"] for row in rows] == ["four", "two"]
    assert list(rows[0]) == ["start", "end", "label", "confidence"]


@pytest.mark.parametrize("kind", ["csv", "audacity", "textgrid"])
def test_what_another_program_reads_holds_one_file(capsys, folder, kind):
    status, lines, err = run(capsys, "transcribe", "--format", kind, folder)
    assert (status, lines) == (2, [])
    assert "--output" in err
    status, lines, err = run(capsys, "transcribe", "--format", kind, folder / "a.wav")
    assert (status, err) == (0, "")
    assert any("four" in line for line in lines)
    status, lines, err = run(capsys, "transcribe", "--format", kind, folder / "c.wav")
    assert (status, lines) == (1, [])
    assert "c.wav" in err


def test_a_recording_without_words_says_so(capsys, tmp_path):
    path = write(tmp_path / "quiet.wav", noise(3.0, amplitude=0.0002))
    assert run(capsys, "transcribe", path)[:2] == (0, [f"{path}\t-\tno word was found"])
    write(tmp_path / "zeros.wav", np.zeros(8000))
    status, lines, _ = run(capsys, "transcribe", "--format", "json", tmp_path)
    assert (status, lines) == (0, [])


def test_a_folder_without_sound_is_an_error_of_its_own(capsys, tmp_path):
    (tmp_path / "none").mkdir()
    status, lines, _ = run(capsys, "transcribe", tmp_path / "none")
    assert status == 1
    assert "holds no .wav" in lines[0]
