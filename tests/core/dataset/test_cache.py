import sqlite3
import subprocess
import sys
from contextlib import closing

import numpy as np
import pytest

from core.dataset import cache
from core.dataset.cache import cache_bytes, cache_folder, empty_cache, today, trim_cache
from core.dataset.feature_store import FeatureStore
from core.dataset.index import ScanIndex
from core.dataset.scan import scan
from core.errors import WritingError
from core.sound.clip import AudioClip
from tests.helpers.recordings import write_recordings

ROW = 4 * 8000
OLD, NEW = [f"old{n}" for n in range(10)], [f"new{n}" for n in range(20)]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def take(name):
    return AudioClip(np.full(8000, sum(name.encode()) / 9999, np.float32))


def fill(folder, names):
    with FeatureStore(folder, None) as store:
        for name in names:
            store.add(name, take(name))
        return store.open_rows(names)


def known(folder, names):
    """Which names a store knows; their rows must be theirs."""
    with FeatureStore(folder, None) as store:
        found = [name for name in names if name in store]
        if found:
            expected = np.stack([take(name).samples for name in found])
            np.testing.assert_array_equal(store.open_rows(found)[:], expected)
        return found


def age(folder, days, names=None):
    """Let the rows of a store, or everything, be unused for some days."""
    for file in folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as database, database:
            if names is None:
                database.execute("UPDATE entries SET used = used - ?", (days,))
            else:
                database.executemany(
                    "UPDATE entries SET used = used - ? WHERE fingerprint = ?",
                    [(days, name) for name in names],
                )


def test_it_lies_in_the_users_cache_folder(user_folders):
    assert user_folders in cache_folder().parents
    assert cache_bytes() == empty_cache() == trim_cache() == 0
    assert not cache_folder().exists()
    fill(cache_folder(), NEW)
    assert cache_bytes() > 20 * ROW


def test_what_was_not_used_for_long_goes_and_the_rest_stays_whole(folder):
    fill(folder, [*NEW[:5], *OLD, *NEW[5:]])
    age(folder, 31, OLD)
    assert trim_cache(folder) == pytest.approx(10 * ROW, abs=9000)
    assert known(folder, [*OLD, *NEW]) == NEW
    fill(folder, OLD)
    assert known(folder, [*OLD, *NEW]) == [*OLD, *NEW]


def test_what_is_used_again_stays(folder):
    fill(folder, [*OLD, *NEW])
    age(folder, 31)
    fill(folder, NEW)
    trim_cache(folder)
    assert known(folder, [*OLD, *NEW]) == NEW


def test_of_too_much_the_least_recently_used_goes(folder):
    fill(folder, [*NEW, *OLD])
    age(folder, 1, OLD)
    trim_cache(folder, most_bytes=22 * ROW)
    left = known(folder, [*OLD, *NEW])
    assert set(NEW) < set(left)
    assert cache_bytes(folder) < 22 * ROW
    trim_cache(folder, most_bytes=10 * ROW)
    assert 5 < len(known(folder, [*OLD, *NEW])) < 10
    trim_cache(folder, most_bytes=0)
    assert cache_bytes(folder) == 0


def test_what_files_told_goes_with_age_as_well(folder, tmp_path):
    old, new = (write_recordings(tmp_path / name, takes=1) for name in ("a", "b"))
    with ScanIndex(folder) as index:
        scan(old, index)
    age(folder, 31)
    with ScanIndex(folder) as index:
        scan(new, index)
    trim_cache(folder)
    with ScanIndex(folder) as index:
        assert (len(index.inspections(old)), len(index.inspections(new))) == (0, 15)


def test_looking_at_a_folder_again_counts_as_use(folder, tmp_path):
    data = write_recordings(tmp_path / "data", takes=1)
    with ScanIndex(folder) as index:
        scan(data, index)
    age(folder, 31)
    with ScanIndex(folder) as index:
        scan(data, index)
    trim_cache(folder)
    with ScanIndex(folder) as index:
        assert len(index.inspections(data)) == 15


def test_whoever_opens_it_trims_it_once_a_day_and_when_it_is_too_large(folder, monkeypatch):
    fill(folder, [*OLD, *NEW])
    age(folder, 31, OLD)
    assert known(folder, OLD) == OLD  # it was trimmed today
    age(folder, 31, OLD)
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(cache, "today", lambda: today() + 1)
        assert known(folder, [*OLD, *NEW]) == NEW
    monkeypatch.setattr(cache, "MOST_BYTES", 5 * ROW)
    assert len(known(folder, NEW)) < 5


def test_a_clock_that_was_ahead_does_not_keep_anything_for_ever(folder):
    fill(folder, NEW)
    age(folder, -400)
    trim_cache(folder)
    age(folder, 31)
    trim_cache(folder)
    assert known(folder, NEW) == []


def test_emptying_leaves_what_is_not_the_caches(folder):
    fill(folder, NEW)
    (folder / "letter.txt").write_text("somebody's")
    size = cache_bytes(folder)
    assert empty_cache(folder) == size
    assert (cache_bytes(folder), empty_cache(folder)) == (0, 0)
    assert (folder / "letter.txt").read_text() == "somebody's"


def test_what_a_run_has_mapped_stays_whole(folder):
    rows = fill(folder, [*OLD, *NEW])
    before = rows[:]
    age(folder, 31, OLD)
    trim_cache(folder)
    fill(folder, OLD)
    np.testing.assert_array_equal(rows[:], before)
    empty_cache(folder)
    fill(folder, NEW[::-1])
    rows.release()
    np.testing.assert_array_equal(rows[:], before)


OTHER = """
import sys
from pathlib import Path
from core.dataset.index import ScanIndex
with ScanIndex(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_nothing_is_taken_from_a_process_that_uses_it(folder, monkeypatch):
    fill(folder, NEW)
    age(folder, 31)
    size = cache_bytes(folder)
    command = [sys.executable, "-c", OTHER, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "open\n"
        size = cache_bytes(folder)
        monkeypatch.setattr(cache, "_EMPTYING_SECONDS", 0.0)
        assert trim_cache(folder) == 0
        with pytest.raises(WritingError, match="being used by another process"):
            empty_cache(folder)
        assert cache_bytes(folder) == size
        assert known(folder, NEW) == NEW  # reading it goes on
        other.stdin.close()
    assert empty_cache(folder) == size
    assert cache_bytes(folder) == 0


def test_what_a_killed_process_or_another_version_has_left_goes(folder):
    fill(folder, NEW)
    size = cache_bytes(folder)
    (folder / "0123456789abcdef.f32").write_bytes(b"rows without a table")
    (folder / "scan-1.sqlite3").write_bytes(b"damaged")
    (folder / "scan-1.sqlite3-journal").write_bytes(b"x")
    (folder / "scan-9.new").write_bytes(b"x")
    with closing(sqlite3.connect(folder / "fedcba.sqlite3")) as database, database:
        database.execute("CREATE TABLE rows (row INTEGER)")
    (folder / "fedcba.f32").write_bytes(b"x" * 1000)
    (folder / "letter.txt").write_text("somebody's")
    trim_cache(folder)
    trim_cache(folder)  # the journal of a table goes after it
    assert cache_bytes(folder) == size
    assert known(folder, NEW) == NEW
    assert (folder / "letter.txt").read_text() == "somebody's"


def test_a_trim_that_is_cut_off_mixes_up_no_rows(folder, monkeypatch):
    fill(folder, [*OLD, *NEW])
    age(folder, 31, OLD)

    def cut_off(*_):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", cut_off)
        trim_cache(folder)
    assert known(folder, [*OLD, *NEW]) == []
    fill(folder, NEW[:3])
    assert known(folder, [*OLD, *NEW]) == NEW[:3]
    trim_cache(folder, most_bytes=4 * ROW)
    assert cache_bytes(folder) < 4 * ROW


@pytest.mark.parametrize("place", [0, 4096, 7990, 8192])
def test_a_table_with_a_damaged_page_is_begun_anew(folder, tmp_path, place):
    data = write_recordings(tmp_path / "data", takes=4)
    with ScanIndex(folder) as index:
        expected = scan(data, index)
    (file,) = folder.glob("scan-*.sqlite3")
    content = bytearray(file.read_bytes())
    content[place : place + 200] = b"\xff" * 200
    file.write_bytes(content)
    with ScanIndex(folder) as index:
        assert scan(data, index) == expected
    with ScanIndex(folder) as index:
        assert len(index.inspections(data)) == 60


@pytest.mark.parametrize("place", [0, 4096, 7990, 8192])
def test_a_store_with_a_damaged_page_is_begun_anew(folder, place):
    names = [f"{n:032x}" for n in range(200)]
    fill(folder, names)
    (file,) = folder.glob("*.sqlite3")
    content = bytearray(file.read_bytes())
    content[place : place + 200] = b"\xff" * 200
    file.write_bytes(content)
    assert known(folder, names) != names
    fill(folder, names)
    assert known(folder, names) == names
