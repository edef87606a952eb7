import json

from core.dataset import health, scan
from core.dataset.corrections import CorrectionList
from core.training.architectures import DEFAULT_ARCHITECTURE, SPEECH_EMBEDDING_QUICK
from tests.core.cli.conftest import run
from tests.helpers.recordings import LABELS, SPEAKERS, spoken, write_recordings
from tests.helpers.sounds import write


def test_check_prints_one_json_object(capfd, recordings):
    status, out, err = run(capfd, "check", recordings, "--json")
    report = json.loads(out)
    assert (status, err) == (0, "")
    assert list(report["labels"]) == list(LABELS)
    assert (report["clips"], report["speakers"]) == (90, len(SPEAKERS))
    assert report["split"]["shared_speakers"] == 0


def test_check_tells_a_person_what_is_there_and_what_is_wrong(capfd, tmp_path):
    folder = write_recordings(tmp_path / "data", speakers=SPEAKERS[:2], takes=1)
    (folder / "one" / "bad.wav").write_text("no sound")
    status, out, _ = run(capfd, "check", folder)
    assert status == 0
    assert "6 clips, 2 speakers" in out
    assert "unreadable: one/bad.wav" in out
    assert "split by speaker: The clips have 2 known speakers" in out


def test_check_says_what_was_corrected(capfd, tmp_path):
    folder = write_recordings(tmp_path / "data", speakers=SPEAKERS[:2], takes=1)
    CorrectionList(folder).set_all({"one/s1_nohash_0.wav": "two", "one/s2_nohash_0.wav": None})
    _, out, _ = run(capfd, "check", folder)
    assert "1 clip counts as another word than its name says, and 1 bad clip is left out." in out
    report = json.loads(run(capfd, "check", folder, "--json")[1])
    assert report["corrections"] == {"relabelled": 1, "bad": 1, "ignored": 0}


def test_check_divides_as_what_is_to_be_trained_does(capfd, recordings):
    sides = [
        json.loads(run(capfd, "check", recordings, "--json", "--architecture", name)[1])["split"]
        for name in (DEFAULT_ARCHITECTURE, SPEECH_EMBEDDING_QUICK)
    ]
    learned, validated = sides[0]["train"], sides[0]["validation"]
    assert sides[1]["validation"] == {"clips": 0, "speakers": 0}
    assert sides[1]["train"] == {name: learned[name] + validated[name] for name in learned}
    assert sides[1]["test"] == sides[0]["test"]
    status, _, err = run(capfd, "check", recordings, "--architecture", "none")
    assert (status, "none" in err) == (2, True)


def test_check_with_a_parent_tells_its_progress(capfd, recordings):
    _, out, _ = run(capfd, "check", recordings, "--json", "--supervised", "--split", "random")
    first, *_, report = (json.loads(line) for line in out.splitlines())
    assert first == {"event": "progress", "what": "scan", "done": 0, "total": 90}
    assert report["split"]["kind"] == "random"


def test_files_are_looked_at_anew_when_that_is_asked_for(capfd, tmp_path, monkeypatch):
    folder = write_recordings(tmp_path / "data", speakers=SPEAKERS[:2], takes=1)
    run(capfd, "check", folder)
    # What the index cannot notice: another sound, the same state of the file.
    monkeypatch.setattr(scan, "file_state", lambda _path: "the same")
    run(capfd, "check", folder)
    write(folder / "one" / "s1_nohash_0.wav", spoken("zero", "s1", 7))
    _, before, _ = run(capfd, "check", folder, "--json")
    _, after, _ = run(capfd, "check", folder, "--json", "--fresh")
    assert json.loads(before)["fingerprint"] != json.loads(after)["fingerprint"]


def test_problems_of_a_kind_are_bounded_and_counted(capfd, tmp_path, monkeypatch):
    monkeypatch.setattr(health, "MOST_OF_A_KIND", 2)
    folder = write_recordings(tmp_path / "data", speakers=SPEAKERS[:3], takes=1)
    for number in range(5):
        (folder / "one" / f"{number}.wav").write_text("no sound")
    _, out, _ = run(capfd, "check", folder)
    assert out.count("  unreadable: one/") == 2
    assert "  unreadable: 3 more\n" in out
