import os
import threading

import pytest

from core import files
from core.errors import WritingError
from core.files import (
    append_line,
    move_file,
    new_folder,
    remove_leftovers,
    replace_file,
    write_first_free,
    write_new,
    write_numbered,
)


def no_space(_):
    raise OSError(28, os.strerror(28))


def write_half(path, error):
    with new_folder(path) as folder:
        (folder / "half").write_bytes(b"half")
        raise error


def test_a_new_file_is_written_whole_and_overwrites_nothing(tmp_path):
    path = tmp_path / "a.csv"
    write_new(path, b"first")
    with pytest.raises(WritingError, match="exists already"):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert write_numbered(path, b"second") == tmp_path / "a-2.csv"
    assert write_numbered(path, lambda file: file.write_bytes(b"third")) == tmp_path / "a-3.csv"
    with pytest.raises(WritingError, match=r"b\.csv cannot be written: No such file"):
        write_new(tmp_path / "gone" / "b.csv", b"")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a-2.csv", "a-3.csv", "a.csv"]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WritingError, match="exists already"):
        write_new(link, b"")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["x" * 255, "é" * 127])
def test_a_name_may_be_as_long_as_the_disk_has_it(tmp_path, name):
    write_new(tmp_path / name, b"whole")
    with new_folder(tmp_path / ("y" + name[1:])) as folder:
        (folder / "in it").write_bytes(b"whole")
    assert (tmp_path / name).read_bytes() == b"whole"
    assert (tmp_path / ("y" + name[1:]) / "in it").read_bytes() == b"whole"


@pytest.mark.parametrize("links", [True, False])
def test_of_many_who_want_one_name_each_gets_a_number_of_its_own(tmp_path, monkeypatch, links):
    if not links:

        def refuse(*_):
            raise OSError("no links on this disk")

        monkeypatch.setattr(files.os, "link", refuse)
    written = []

    def write(number):
        written.append((write_numbered(tmp_path / "a", str(number).encode()), number))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({path for path, _ in written}) == 16
    for path, number in written:
        assert path.read_bytes() == str(number).encode()
    assert len(list(tmp_path.iterdir())) == 16


def test_whoever_fails_while_writing_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        write_half(tmp_path / "a", ZeroDivisionError())
    with pytest.raises(WritingError, match="a cannot be written: No space"):
        write_new(tmp_path / "a", no_space)
    with pytest.raises(WritingError, match="b cannot be written: No space"):
        write_half(tmp_path / "b", OSError(28, os.strerror(28)))
    assert not list(tmp_path.iterdir())


def test_a_folder_takes_its_place_whole_and_only_when_it_is_free(tmp_path):
    place = tmp_path / "new" / "model"
    with new_folder(place) as folder:
        (folder / "in it").write_bytes(b"whole")
        assert not place.exists()
    assert (place / "in it").read_bytes() == b"whole"
    with pytest.raises(WritingError, match="exists already"), new_folder(place):
        pytest.fail("it began to write")
    with pytest.raises(WritingError, match="exists already"), new_folder(tmp_path / "other"):
        (tmp_path / "other").mkdir()  # somebody else was faster
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "other"]


def test_what_is_there_stays_when_it_cannot_be_replaced(tmp_path, monkeypatch):
    path = tmp_path / "state"
    replace_file(path, b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    monkeypatch.setattr(files.os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"newer")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_remove", lambda _: None)  # as if it had been killed
    for name in ("mine", "another"):
        with pytest.raises(ZeroDivisionError):
            write_half(tmp_path / name, ZeroDivisionError())
    monkeypatch.undo()
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers(tmp_path / "mine")
    (left,) = tmp_path.iterdir()
    remove_leftovers(tmp_path / "another")
    assert left.name.startswith(".")
    assert not list(tmp_path.iterdir())


def test_where_no_name_is_free_that_is_said(tmp_path):
    write_new(tmp_path / "a", b"")
    with pytest.raises(WritingError, match="No name is free"):
        write_first_free([tmp_path / "a"], b"")


def test_a_file_that_somebody_reads_just_now_is_replaced_a_moment_later(tmp_path, monkeypatch):
    file = tmp_path / "state.json"
    file.write_bytes(b"old")
    refusals = iter([True, True, False])

    def refuse(old, new):
        if next(refusals):
            raise PermissionError(13, "in use")
        return replace(old, new)

    replace = os.replace
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(files, "_TRIES", 3)
    monkeypatch.setattr(files, "_PAUSE_SECONDS", 0)
    files.replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_line_is_added_after_what_a_crash_has_torn(tmp_path):
    path = tmp_path / "lines"
    append_line(path, b"one")
    append_line(path, b"two")
    assert path.read_bytes() == b"one\ntwo\n"
    path.write_bytes(b"one\ntw")
    append_line(path, b"three")
    assert path.read_bytes() == b"one\ntw\nthree\n"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_is_moved_to_the_first_place_that_is_free(tmp_path, monkeypatch, links):
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: no_space(_))
    old, taken, link, free = (tmp_path / name for name in "abcd")
    old.write_bytes(b"mine")
    taken.write_bytes(b"somebody else's")
    link.symlink_to(tmp_path / "elsewhere")
    assert move_file(old, [taken, link, free]) == free
    assert (free.read_bytes(), taken.read_bytes()) == (b"mine", b"somebody else's")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c", "d"]
    with pytest.raises(WritingError, match="No name is free"):
        move_file(free, [taken])
    with pytest.raises(WritingError, match="cannot be moved to"):
        move_file(tmp_path / "gone", [tmp_path / "e"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c", "d"]
