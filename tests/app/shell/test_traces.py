"""What is told about what lies where, and how it is removed."""

import sys

from app.shell.traces import as_rich_text, how_to_remove, traces
from core.places import user_cache, user_data


def test_folders_that_are_there_can_be_opened(qapp):
    user_data().mkdir(parents=True)
    text = as_rich_text()
    assert f'<a href="file://{user_data()}">' in text
    assert str(user_cache()) in text
    assert f'">{user_cache()}' not in text
    assert len({folder for _, folder in traces()}) == len(traces())


def test_a_bundle_names_its_own_way_out(qapp, tmp_path, monkeypatch):
    folder = tmp_path / "a place"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "spoken-digits"))
    assert str(folder) in how_to_remove()
    (folder / "install.sh").write_text("")
    assert how_to_remove() == f"'{folder}/install.sh' --remove"
