import os

import pytest

from core.dataset import health
from core.dataset import scan as scan_module
from core.dataset.health import inspect_file
from core.dataset.index import ScanIndex, file_state
from core.dataset.scan import scan
from core.errors import DataSetError, SoundFileError
from core.sound.decoder import ReadingStopped
from tests.helpers.disks import not_writable_folder
from tests.helpers.recordings import spoken, write_recordings
from tests.helpers.sounds import write


@pytest.fixture
def inspected(monkeypatch):
    """The names of the files that were read."""
    names = []

    def inspect(path, should_stop):
        names.append(path.name)
        return inspect_file(path, should_stop)

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


def overwrite(path, samples):
    other = write(path.parents[2] / "other.wav", samples)
    path.write_bytes(other.read_bytes())


def replace(path, samples):
    write(path.parents[2] / "other.wav", samples).replace(path)


@pytest.mark.parametrize("change", [overwrite, replace])
def test_a_recorder_without_a_clock_does_not_hide_a_change(tmp_path, inspected, change):
    folder = write_recordings(tmp_path / "data", takes=1)
    path = folder / "one" / "s1_nohash_0.wav"
    os.utime(path, ns=(0, 0))
    size = path.stat().st_size
    first = scan_with_index(folder, tmp_path / "cache")
    inspected.clear()
    change(path, spoken("one", "s1", 99))
    os.utime(path, ns=(0, 0))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (size, 0)
    assert scan_with_index(folder, tmp_path / "cache").fingerprint != first.fingerprint
    assert inspected == [path.name]


def test_a_folder_can_be_looked_at_anew(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    first = scan_with_index(folder, tmp_path / "cache")
    inspected.clear()
    with ScanIndex(tmp_path / "cache") as index:
        assert scan(folder, index, fresh=True) == first
    assert len(inspected) == 15


@pytest.mark.parametrize("seconds", [-10_000_000, 0, 10**10])
def test_a_file_may_be_of_any_date(tmp_path, inspected, seconds):
    folder = write_recordings(tmp_path / "data", takes=1)
    path = folder / "one" / "s1_nohash_0.wav"
    os.utime(path, (seconds, seconds))
    first = scan_with_index(folder, tmp_path / "cache")
    inspected.clear()
    assert scan_with_index(folder, tmp_path / "cache") == first
    assert inspected == []


def test_what_a_disk_does_not_give_just_now_is_asked_for_again(tmp_path, inspected, monkeypatch):
    folder = write_recordings(tmp_path / "data", takes=1)

    def fail(path, _should_stop):
        raise SoundFileError("{name} cannot be read.", name=path.name) from OSError(5, "I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(health, "read_second", fail)
        with pytest.raises(DataSetError):
            scan_with_index(folder, tmp_path / "cache").check_trainable(("one", "two"))
    inspected.clear()
    assert len(scan_with_index(folder, tmp_path / "cache").recordings) == 15
    assert len(inspected) == 15


def test_what_was_wrong_is_remembered_word_for_word(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    raw = os.fsdecode(b"caf\xe9\n_nohash_0.wav")
    try:
        (folder / "one" / raw).write_bytes(b"no sound")
    except OSError:
        pytest.skip("the file system takes text only")
    write(folder / "two" / "s9_nohash_0.wav", spoken("two", "s9", 0, seconds=2.5))
    first = scan_with_index(folder, tmp_path / "cache")
    inspected.clear()
    assert scan_with_index(folder, tmp_path / "cache") == first
    assert inspected == []
    assert {str(p.detail) for p in first.problems if p.path == f"one/{raw}"}.pop().isprintable()


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path, inspected, monkeypatch):
    folder = write_recordings(tmp_path / "data", takes=1)
    path = folder / "one" / "s1_nohash_0.wav"

    def change(read, should_stop):
        result = inspect_file(read, should_stop)
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
    with ScanIndex(tmp_path / "cache") as index, pytest.raises(ReadingStopped):
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


def test_without_a_cache_everything_is_read_and_nothing_is_said(tmp_path, inspected, caplog):
    folder = write_recordings(tmp_path / "data", takes=1)
    expected = scan(folder)
    (tmp_path / "file").write_text("a file where the folder should be")
    for cache in (tmp_path / "file", not_writable_folder(tmp_path) / "cache"):
        assert scan_with_index(folder, cache) == expected
    assert len(inspected) == 45
    assert [record for record in caplog.records if record.levelname != "INFO"] == []


def test_a_disk_that_fills_in_the_middle_costs_the_index_and_not_the_scan(tmp_path, inspected):
    folder = write_recordings(tmp_path / "data", takes=1)
    expected = scan(folder)
    with ScanIndex(tmp_path / "cache") as index:
        index._table.database.execute("PRAGMA max_page_count = 1")
        long = write(tmp_path / "data" / "one" / f"{'x' * 200}_nohash_0.wav", spoken("one", "x", 1))
        index.put(long, "1", inspect_file(long)[0])
        for number in range(500):
            index.put(long.with_name(f"{number}{long.name}"[:200]), "1", inspect_file(long)[0])
        index.commit()
        assert index._table is None
        long.unlink()
        assert scan(folder, index) == expected


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
