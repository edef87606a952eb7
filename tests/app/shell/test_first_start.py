"""What is said at the start, with folders that cannot be written and settings that are damaged."""

import os

import pytest
from PySide6.QtCore import QSettings

from app.program import Program, problems
from app.shell.settings import Forgetful, Settings, platform_store
from core.places import user_data


def settings_file(path):
    return QSettings(str(path), QSettings.Format.IniFormat)


def test_a_new_user_is_told_nothing(qapp, tmp_path):
    assert problems(Forgetful()) == []
    assert problems(settings_file(tmp_path / "none.ini")) == []
    assert not user_data().exists()


def test_a_data_folder_that_cannot_be_is_named(qapp):
    user_data().parent.parent.mkdir(parents=True)
    user_data().parent.write_text("a file in its place")
    (sentence,) = problems(Forgetful())
    assert str(user_data()) in sentence
    assert "cannot be written" in sentence


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write all")
def test_a_data_folder_of_somebody_else_is_named(qapp):
    user_data().mkdir(parents=True, mode=0o500)
    assert str(user_data()) in problems(Forgetful())[0]


def test_settings_that_are_damaged_or_cannot_be_written_are_named(qapp, tmp_path):
    damaged = tmp_path / "damaged.ini"
    damaged.write_bytes(b"[window\nthis is not it\n")
    (sentence,) = problems(settings_file(damaged))
    assert "cannot be read" in sentence
    (tmp_path / "file").write_text("")
    (sentence,) = problems(settings_file(tmp_path / "file" / "settings.ini"))
    assert "remembered" in sentence


def test_settings_of_a_later_or_an_earlier_version_do_no_harm(qtbot):
    store = platform_store()
    for key in ("source", "model", "theme", "language", "window/tab", "inspect/view"):
        store.setValue(key, ["something", "else"])
    store.setValue("window/geometry", 7)
    store.setValue("window/tab", "transcribe")
    store.sync()
    program = Program(settings=Settings(platform_store()))
    assert program.window.tabs.currentIndex() == 0
    program.window.close()


def test_the_sentence_stands_where_the_person_looks(qtbot):
    user_data().parent.parent.mkdir(parents=True)
    user_data().parent.write_text("a file in its place")
    program = Program(source="demo", settings=Settings(Forgetful()))
    program._start()
    assert str(user_data()) in program.window.recognise.answer.text
    program.window.close()
