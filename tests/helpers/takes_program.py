"""The real program on a microphone that is made up, in a process of its own that may be killed.

Usage: takes_program.py WHAT TAKES, where WHAT is

- always: kept without a question, it says so when all takes are, and goes on until it is killed;
- asked: it is quit, and the question answered by Enter;
- list: it prints what is in the list when it holds as many takes.
"""

import json
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import app.program as program_module
from app.library.clips import State as ClipState
from app.program import Program
from app.recognise.controller import State
from app.shell.settings import KEEP, Settings, platform_store
from core.labels import DIGITS
from tests.helpers.fake_source import FakeSource
from tests.helpers.sounds import noise, sample_clip

ROOM = 0.0005


class Person:
    """Looks ten times a second at what there is to do next."""

    def __init__(self, what, wanted):
        self.what, self.wanted = what, wanted
        self.source = FakeSource()
        self.source.feed(noise(1.0, amplitude=ROOM))
        program_module.open_source = lambda _name, _rescan: self.source
        settings = Settings(platform_store())
        if what == "always":
            settings.unsaved_takes = KEEP
        self.program = Program(source="default", settings=settings)
        self.window = self.program.window
        self.controller = self.program.controller
        self.spoken = 0
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(100)

    def look(self):
        takes = self.window.recognise_page.takes.clips
        if self.what == "list":
            if len(takes) == self.wanted:
                found = [(t.state.value, t.heard, t.time.isoformat(), t.given) for t in takes]
                print(json.dumps(found), flush=True)
                self.end()
        elif len(takes) < self.spoken:
            if self.source.cues == self.spoken:  # the word is said; the room goes on
                self.source.feed(noise(1.0, amplitude=ROOM, seed=3))
            elif self.controller.state is State.READY:  # the key came before the window had it
                QTest.keyClick(self.window, Qt.Key.Key_Space)
        elif self.spoken < self.wanted:
            if self.controller.state is State.READY and self.controller.model.current is not None:
                word = sample_clip(DIGITS[self.spoken % len(DIGITS)]).samples
                self.source.on_cue = word + noise(amplitude=ROOM, seed=2)
                self.spoken += 1
                QTest.keyClick(self.window, Qt.Key.Key_Space)
        elif self.what == "asked":
            self.end()
        elif all(take.state is ClipState.KEPT for take in takes):
            print("all are kept", flush=True)
            self.timer.stop()

    def end(self):
        self.timer.stop()
        QTimer.singleShot(500, lambda: press(Qt.Key.Key_Return))
        self.window.close()


def press(key):
    box = QApplication.activeModalWidget()
    if box is not None:
        print(f"{box.text()}", flush=True)
        QTest.keyClick(box, key)


person = Person(sys.argv[1], int(sys.argv[2]))
sys.exit(person.program.run())
