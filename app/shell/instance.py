"""One window for each user: a program that is started again hands its files to the first."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from core.places import user_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtNetwork import QLocalSocket

_log = logging.getLogger(__name__)
_LONGEST = 1_000_000  # bytes of a request
_PATIENCE_MS = 2000
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - with it, Wayland lets a window come to the front


class Application(QApplication):
    """The application as a desktop sees it; macOS hands it files as events, not as arguments.

    Signals
    -------
    file_opened(Path)
    """

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Tell that a file is to be opened."""
        if isinstance(event, QFileOpenEvent) and event.url().isLocalFile():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


class FirstInstance(QObject):
    """Listens to those that are started later.

    Signals
    -------
    asked(list of Path)
        Another was started, with these files and folders, or none.
    """

    asked = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer  # when the window stands: it takes a moment

        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(_name()) and _connected() is None:
            QLocalServer.removeServer(_name())  # left behind by one that was killed
            self._server.listen(_name())
        if not self._server.isListening():
            _log.info("A second window will not find this one: %s", self._server.errorString())

    def close(self) -> None:
        """Hear nobody any more."""
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._on_request(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._on_request(socket)

    def _on_request(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        try:
            request = json.loads(bytes(socket.readLine(_LONGEST).data()))
            paths = [Path(path) for path in request["paths"]]
            token = str(request["token"])
        except (ValueError, TypeError, KeyError):
            socket.abort()
            return
        socket.write(b"done\n")
        socket.flush()
        if token:
            os.environ[_TOKEN] = token
        self.asked.emit(paths)


def hand_over(paths: Sequence[Path]) -> bool:
    """Let the window that is open already open files, and come to the front.

    Returns
    -------
    bool
        False where there is none, or it does not answer.
    """
    socket = _connected()
    if socket is None:
        return False
    request = {
        "paths": [str(path.absolute()) for path in paths],
        "token": os.environ.get(_TOKEN, ""),
    }
    socket.write(json.dumps(request).encode() + b"\n")
    answered = socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(_PATIENCE_MS)
    return answered and bytes(socket.readLine().data()) == b"done\n"


def _connected() -> QLocalSocket | None:
    name = _name()
    if os.name != "nt" and (not os.path.lexists(name) or os.lstat(name).st_uid != os.getuid()):
        return None
    from PySide6.QtNetwork import QLocalSocket  # not before somebody may be there

    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket if socket.waitForConnected(_PATIENCE_MS) else None


def _name() -> str:
    """Return where it listens: a place of this user's, one for each place of their data."""
    name = f"spoken-digits-{hashlib.sha256(os.fsencode(user_data())).hexdigest()[:12]}"
    if os.name == "nt":
        return name
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(folder if os.access(folder, os.W_OK) else tempfile.gettempdir()) / name)
