"""What is made while the window stands already, and on which thread."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

PROGRAM = """
import importlib.abc, json, sys, threading
threads = {}

class Watch(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in ("pyqtgraph", "app"):
            threads[name] = threading.current_thread() is threading.main_thread()

sys.meta_path.insert(0, Watch())
from PySide6.QtCore import QTimer
from app.program import Program
from app.shell.settings import Forgetful, Settings

program = Program("demo", settings=Settings(Forgetful()))
window = program.window

def look():
    if window.train_page.tab is not None and window.inspect_page.tab is not None:
        timer.stop()
        window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
program.run()
print(json.dumps(threads))
"""


def test_what_asks_for_qts_classes_is_imported_on_the_gui_thread():
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    threads = json.loads(done.stdout.splitlines()[-1])
    assert {"pyqtgraph", "app.train.tab", "app.inspect.tab"} <= threads.keys()
    assert [name for name, on_main in threads.items() if not on_main] == []
