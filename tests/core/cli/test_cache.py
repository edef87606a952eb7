import json

from tests.core.cli.test_recognise import run
from tests.helpers.recordings import write_recordings


def test_the_cache_is_told_and_emptied(capsys, tmp_path):
    folder = write_recordings(tmp_path / "data", takes=1)
    run(capsys, "check", folder)
    status, lines, err = run(capsys, "cache", "--json")
    told = json.loads(lines[0])
    assert (status, err) == (0, "")
    assert told["folder"].startswith(str(tmp_path / "home"))
    assert told["bytes"] > 0
    _, lines, _ = run(capsys, "cache")
    assert lines == [f"{told['folder']}: {told['bytes'] / 1e6:.1f} MB"]
    _, lines, _ = run(capsys, "cache", "--empty", "--json")
    emptied = json.loads(lines[0])
    assert emptied["removed_bytes"] == told["bytes"]
    assert emptied["bytes"] < told["bytes"]
    _, lines, _ = run(capsys, "cache", "--empty")
    assert lines[0] == "0.0 MB were removed."


def test_without_a_cache_there_is_nothing_to_empty(capsys):
    status, lines, _ = run(capsys, "cache", "--empty", "--json")
    assert (status, json.loads(lines[0])["bytes"]) == (0, 0)
