import os

import pytest

from core.dataset import scan as scan_module
from core.dataset.health import inspect_file
from core.dataset.index import ScanIndex, file_state
from core.dataset.scan import ScanStopped, scan
from core.errors import TrainingError
from tests.helpers.recordings import spoken, write_recordings
from tests.helpers.sounds import write


@pytest.fixture
def inspected(monkeypatch):
    """The names of the files that were read."""
    names = []

    def inspect(path):
        names.append(path.name)
        return inspect_file(path)

    monkeypatch.setattr(scan_module, "inspect_file", inspect)
    return names


def scan_with_index(folder, cache):
    with ScanIndex(cache) as index:
        return scan(folder, index)


def test_the_second_scan_reads_no_file_and_says_the_same(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    (folder / "one" / "bad.wav").write_text("no sound")
    first = scan_with_index(folder, tmp_path / "cache")
    assert len(inspected) == 16
    inspected.clear()
    assert scan_with_index(folder, tmp_path / "cache") == first
    assert inspected == []


def test_a_file_that_has_changed_is_read_again(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    first = scan_with_index(folder, tmp_path / "cache")
    inspected.clear()
    path = write(folder / "one" / "s1_nohash_0.wav", spoken("one", "s1", 99))
    os.utime(path, ns=(0, 0))
    again = scan_with_index(folder, tmp_path / "cache")
    assert inspected == ["s1_nohash_0.wav"]
    assert again.fingerprint != first.fingerprint


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path, inspected, monkeypatch):
    folder = write_recordings(tmp_path / "data", takes=1)
    path = folder / "one" / "s1_nohash_0.wav"

    def change(read):
        result = inspect_file(read)
        if read == path:
            write(path, spoken("one", "s1", 99))
            os.utime(path, ns=(0, 0))
        return result

    with monkeypatch.context() as patch:
        patch.setattr(scan_module, "inspect_file", change)
        first = scan_with_index(folder, tmp_path / "cache")
    again = scan_with_index(folder, tmp_path / "cache")
    assert inspected == [path.name]
    assert again.fingerprint != first.fingerprint


def test_what_a_scan_read_before_it_was_ended_is_remembered(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    with ScanIndex(tmp_path / "cache") as index, pytest.raises(ScanStopped):
        scan(folder, index, should_stop=lambda: len(inspected) == 4)
    scan_with_index(folder, tmp_path / "cache")
    assert len(inspected) == 15


def test_folders_of_like_names_are_kept_apart(tmp_path, inspected):
    for name in ("data", "data 2", "data0"):
        scan_with_index(write_recordings(tmp_path / name, takes=1), tmp_path / "cache")
    assert len(inspected) == 45
    with ScanIndex(tmp_path / "cache") as index:
        assert len(index.inspections(tmp_path / "data")) == 15
        assert len(index.inspections(tmp_path)) == 45


def test_a_damaged_index_is_begun_anew(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    first = scan_with_index(folder, tmp_path / "cache")
    (file,) = (tmp_path / "cache").glob("*.sqlite3")
    file.write_bytes(b"no database at all" * 100)
    assert scan_with_index(folder, tmp_path / "cache") == first
    assert len(inspected) == 30


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(TrainingError, match="cannot be kept in"):
        ScanIndex(tmp_path / "cache")


def test_two_scans_at_once_do_not_wait_for_each_other(tmp_path):
    folder = write_recordings(tmp_path / "data", takes=1)
    with ScanIndex(tmp_path / "cache") as one, ScanIndex(tmp_path / "cache") as other:
        assert scan(folder, one) == scan(folder, other)
        path = folder / "one" / "s1_nohash_0.wav"
        other.put(folder / "x.wav", file_state(path), inspect_file(path)[0])


def test_a_name_that_is_no_text_is_remembered(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    name = b"caf\xe9_nohash_0.wav".decode("utf-8", "surrogateescape")
    try:
        write(tmp_path / "x.wav", spoken("one", "x", 1)).rename(folder / "one" / name)
    except OSError:
        pytest.skip("the file system takes text only")
    scan_with_index(folder, tmp_path / "cache")
    inspected.clear()
    scan_with_index(folder, tmp_path / "cache")
    assert inspected == []
