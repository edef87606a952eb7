"""The second start: its files are opened in the first window."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from app.shell import instance
from app.shell.instance import FirstInstance, hand_over

OTHER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.shell.instance import hand_over
app = QCoreApplication([])
sys.exit(0 if hand_over([Path(path) for path in sys.argv[1:]]) else 3)
"""
KILLED = """
import os, signal
from PySide6.QtCore import QCoreApplication
from app.shell.instance import FirstInstance
app = QCoreApplication([])
first = FirstInstance()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def runtime_folder(tmp_path, monkeypatch):
    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def first(qapp):
    first = FirstInstance()
    yield first
    first.close()


def start(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)])


def test_the_files_of_a_second_start_arrive_at_the_first(qtbot, first, tmp_path):
    names = [tmp_path / "ä b\n.wav", Path("one.wav")]
    with qtbot.waitSignal(first.asked, timeout=20_000) as asked, start(OTHER, *names) as other:
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    assert other.returncode == 0
    assert asked.args == [[tmp_path / "ä b\n.wav", Path.cwd() / "one.wav"]]


def test_where_nothing_is_open_nobody_answers(qapp):
    assert not hand_over([])


def test_what_a_killed_window_left_behind_is_in_nobodys_way(qtbot, qapp, runtime_folder):
    with start(KILLED) as killed:
        assert killed.wait(20) == -signal.SIGKILL
    assert list(runtime_folder.iterdir())
    assert not hand_over([])
    first = FirstInstance()
    with qtbot.waitSignal(first.asked, timeout=20_000), start(OTHER) as other:
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    assert other.returncode == 0
    first.close()
    assert not list(runtime_folder.iterdir())


@pytest.mark.parametrize(
    "request_line", [b"{}\n", b"[1]\n", b'{"paths": 3, "token": ""}\n', b"\xff\n"]
)
def test_what_is_no_request_is_dropped(qtbot, first, request_line):
    socket = QLocalSocket()
    asked = []
    first.asked.connect(asked.append)
    socket.connectToServer(instance._name())
    with qtbot.waitSignal(socket.disconnected, timeout=5000):
        socket.write(request_line)
    assert not asked


def test_a_place_of_somebody_else_is_not_asked(qapp, first, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert not hand_over([])


FILE_OPENED = """
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from app.shell.instance import Application
app = Application([])
app.file_opened.connect(print)
QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile("/a b/one.wav")))
QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl("https://nobody.invalid/one.wav")))
"""


def test_a_file_that_macos_opens_with_the_program_is_told():
    command = [sys.executable, "-c", FILE_OPENED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "/a b/one.wav\n"
