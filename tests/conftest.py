"""What holds for every test: no screen, no traces in the user's folders, nothing left behind."""

import logging
import os
import threading

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import pytest

SLOW_FIXTURES = {"trained", "tiny", "short_run", "window"}
"""With them come TensorFlow, which takes seconds, or all of the window."""


def pytest_collection_modifyitems(items):
    """Mark as slow what runs the whole program, shows the whole window, or trains."""
    for item in items:
        if "end2end" in item.path.parts or SLOW_FIXTURES & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def user_folders(tmp_path, monkeypatch):
    """Keep settings, logs and the user's models in a folder of the test's own."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name))
    return home


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog):
    """Fail a test that logs a warning or worse, unless it clears caplog itself."""
    yield
    bad = [
        record
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and "propagateSizeHints" not in record.getMessage()
    ]
    assert not bad, [record.getMessage() for record in bad]


@pytest.fixture(autouse=True)
def no_leaked_threads():
    """Fail a test that leaves a thread of the program running."""
    before = set(threading.enumerate())
    yield
    left = [
        thread.name
        for thread in set(threading.enumerate()) - before
        if thread.name.startswith(
            (
                "audio",
                "recognition",
                "inspect",
                "clips",
                "explanation",
                "export",
                "about",
                "preparation",
                "teaching",
                "hear again",
            )
        )
    ]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def no_leaked_windows():
    """Fail a test that leaves a window open."""
    yield
    from PySide6.QtGui import QGuiApplication

    # Those that a screen knows, and not all there are: hidden menus of plots are thousands.
    windows = [w for w in QGuiApplication.topLevelWindows() if w.isVisible()]
    for window in windows:
        window.close()
    assert not windows, f"windows left open: {windows}"
