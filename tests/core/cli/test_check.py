import json

from tests.core.cli.conftest import run
from tests.helpers.recordings import LABELS, SPEAKERS, write_recordings


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


def test_check_with_a_parent_tells_its_progress(capfd, recordings):
    _, out, _ = run(capfd, "check", recordings, "--json", "--supervised", "--split", "random")
    first, *_, report = (json.loads(line) for line in out.splitlines())
    assert first == {"event": "progress", "what": "scan", "done": 0, "total": 90}
    assert report["split"]["kind"] == "random"
