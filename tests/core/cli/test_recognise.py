import json

import numpy as np
import pytest

from app.__main__ import main
from core.places import SAMPLES
from core.sound.clip import AudioClip
from core.sound.sound_file import read_clip
from tests.helpers.bundles import copy_bundle
from tests.helpers.odd_sounds import encoded
from tests.helpers.sounds import noise, sample_clip, write


def run(capsys, *arguments):
    """Run a command; return the exit status, the lines of stdout, and stderr."""
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out.splitlines(), err


def test_a_file_gets_a_line_with_its_digit(capsys):
    status, lines, err = run(capsys, "recognise", SAMPLES / "four.wav")
    assert (status, err) == (0, "")
    assert len(lines) == 1
    path, label, confidence, milliseconds = lines[0].split("\t")
    assert (path, label) == (str(SAMPLES / "four.wav"), "four")
    assert confidence.endswith("%")
    assert milliseconds.endswith(" ms")


def test_in_json_every_line_is_an_object_with_all_that_is_known(capsys):
    status, lines, err = run(capsys, "recognise", "--json", SAMPLES)
    assert (status, err, len(lines)) == (0, "", 10)
    for line in lines:
        result = json.loads(line)
        assert set(result) == {"path", "label", "confidence", "probabilities", "milliseconds"}
        assert sum(result["probabilities"].values()) == pytest.approx(1, abs=0.01)
        assert result["confidence"] == max(result["probabilities"].values())
        best = max(result["probabilities"], key=result["probabilities"].get)
        assert result["label"] in (best, None)


def test_files_that_cannot_be_read_are_said_after_which_the_others_are_done(capsys, tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    (tmp_path / "b.wav").write_bytes(b"")
    write(tmp_path / "deep" / "c.WAV", sample_clip("four").samples)
    (tmp_path / "none").mkdir()
    status, lines, _ = run(
        capsys, "recognise", "--json", tmp_path, tmp_path / "gone.wav", tmp_path / "none"
    )
    results = [json.loads(line) for line in lines]
    assert status == 1
    assert [set(result) == {"path", "error"} for result in results] == [
        True,
        True,
        False,
        True,
        True,
    ]
    assert results[2]["label"] == "four"
    assert "holds no .wav" in results[4]["error"]


def test_without_json_errors_are_lines_too(capsys, tmp_path):
    status, lines, _ = run(capsys, "recognise", tmp_path / "gone.wav")
    assert status == 1
    assert lines == [f"{tmp_path / 'gone.wav'}\terror: There is no file {tmp_path / 'gone.wav'}."]


def test_silence_has_no_label_and_says_why(capsys, tmp_path):
    write(tmp_path / "zeros.wav", np.zeros(8000))
    write(tmp_path / "quiet.flac", noise(amplitude=0.0002))
    status, lines, _ = run(capsys, "recognise", "--json", tmp_path)
    results = [json.loads(line) for line in lines]
    assert status == 0
    assert [result["label"] for result in results] == [None, None]
    assert [result["confidence"] for result in results] == [0, 0]
    assert "Too quiet" in results[0]["note"]
    assert "only zeros" in results[1]["note"]


def test_what_was_done_to_a_file_is_said(capsys, tmp_path):
    clip = sample_clip("four").samples
    long = np.concatenate([noise(3, amplitude=0.0005), clip, noise(3, amplitude=0.0005, seed=1)])
    write(tmp_path / "long.wav", long)
    write(tmp_path / "short.wav", clip[2000:7000])
    status, lines, _ = run(capsys, "recognise", "--json", tmp_path)
    long_result, short_result = (json.loads(line) for line in lines)
    assert status == 0
    assert long_result["label"] == "four"
    assert "loudest second" in long_result["note"]
    assert "silence was added" in short_result["note"]
    _, lines, _ = run(capsys, "recognise", tmp_path / "long.wav")
    assert "loudest second" in lines[0]


def test_a_name_that_is_no_text_does_not_stop_the_others(capsys, tmp_path):
    name = b"caf\xe9.wav".decode("utf-8", "surrogateescape")
    try:
        write(tmp_path / "x.wav", sample_clip("four").samples).rename(tmp_path / name)
    except OSError:
        pytest.skip("the file system takes text only")
    status, lines, _ = run(capsys, "recognise", tmp_path)
    assert status == 0
    assert "four" in lines[0]


@pytest.mark.parametrize("command", ["recognise", "check"])
def test_libraries_have_nothing_to_say_of_damaged_files(capfd, tmp_path, command):
    content = encoded("MP3", "MPEG_LAYER_III", np.tile(sample_clip("eight").samples, 3))
    path = tmp_path / "eight" / "cut.wav"
    path.parent.mkdir()
    path.write_bytes(content[: len(content) // 2])
    read_clip(path)
    assert "Xing" in capfd.readouterr().err  # so there is something to be quiet about
    assert main([command, str(tmp_path)]) == 0
    out, err = capfd.readouterr()
    assert "cut.wav" in out
    assert err == ""


@pytest.mark.parametrize(
    "arguments", [["recognise"], ["recognise", "--nonsense", "x"], ["nonsense"]]
)
def test_a_wrong_call_ends_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_model_that_is_none_is_said_before_anything_else(capsys, tmp_path):
    status, lines, err = run(capsys, "recognise", SAMPLES, "--model", tmp_path)
    assert (status, lines) == (2, [])
    assert "is not a model bundle" in err


def test_another_model_can_be_asked(capsys, tmp_path):
    careful = copy_bundle(tmp_path / "careful", threshold=1.0)
    _, lines, _ = run(capsys, "recognise", "--json", SAMPLES / "six.wav", "--model", careful)
    result = json.loads(lines[0])
    assert result["label"] is None
    assert "Not sure" in result["note"]


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("spoken-digits 0.")


def test_devices_are_listed(capsys, monkeypatch):
    from core.sound import microphone
    from tests.core.sound.test_microphone import DEVICES

    monkeypatch.setattr(microphone, "list_input_devices", lambda: DEVICES)
    status, lines, err = run(capsys, "devices")
    assert (status, err, len(lines)) == (0, "", 4)
    assert lines[0] == "* pulse (ALSA, 44100 Hz)"
    _, lines, _ = run(capsys, "devices", "--json")
    assert json.loads(lines[1])["name"] == "USB Mic: front"
    monkeypatch.setattr(microphone, "list_input_devices", list)
    status, lines, err = run(capsys, "devices")
    assert (status, lines) == (0, [])
    assert "No input device" in err


def test_a_clip_of_any_length_makes_a_take():
    assert AudioClip(noise(3.0)).fitted().samples.size == 8000
