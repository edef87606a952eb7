"""Makes the pictures of the manual, by doing what it tells in the real window: ``make manual``.

In each language: somebody has spoken, a recording is looked at, a folder is opened, and a model is
taught by it. Nothing of the user's is read or written.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

WIDTH, HEIGHT = 960, 640
QUALITY = 80
LONGEST = 180  # seconds that anything may take


def main():
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": home}
        for language in sys.argv[1:] or ("en", "de"):
            for name in ("CONFIG", "DATA", "STATE", "CACHE"):
                os.environ[f"XDG_{name}_HOME"] = f"{home}/{language}/{name}"
            make_pictures(language, Path(home) / language)


def make_pictures(language, folder):
    from PySide6.QtCore import QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    from app.program import Program
    from app.recognise.controller import State
    from app.shell.manual import MANUALS
    from app.shell.settings import Forgetful, Settings
    from core.places import SAMPLES
    from tests.helpers.recordings import write_digit_recordings
    from tests.helpers.sounds import sample_clip, write

    folder.mkdir()
    settings = Settings(Forgetful())
    settings.language = language
    program = Program("demo", settings=settings, theme="light")
    window = program.window
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.start("demo")

    def take_picture(name):
        wait(lambda: False, 1.0)
        picture = MANUALS / language / f"{name}.webp"
        assert window.grab().toImage().save(str(picture), "webp", QUALITY), picture

    wait(lambda: program.controller.state is State.READY and window.train_page.tab is not None)
    takes = window.recognise.takes.table.clips
    for count, word in enumerate(("three", "nine", "eight"), start=1):
        window.open_files([SAMPLES / f"{word}.wav"])
        wait(lambda count=count: takes.rowCount() == count)
    take_picture("recognise")

    words = [sample_clip(word).samples for word in ("four", "two", "seven", "one", "zero")]
    window.inspect_paths([write(folder / "four-two-seven-one-zero.wav", np.concatenate(words))])
    wait(lambda: False, 4.0)  # until its words are found
    take_picture("inspect")

    tab = window.training_tab()
    window.show_tab("train")
    window.resize(WIDTH, HEIGHT)
    tab.open_folder(write_digit_recordings(folder / "recordings"))
    wait(tab.data.start.isEnabled)
    take_picture("data")
    tab.data.start.click()
    wait(lambda: tab.pages.currentWidget() is tab.results)
    tab.results.details.click()
    wait(lambda: False, 2.0)
    take_picture("results")

    window.close_at_once()
    app = QApplication.instance()
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
    QLocale.setDefault(QLocale.c())


def wait(condition, seconds=None):
    """Let the window go on until something is so, or for some time."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + (seconds or LONGEST)
    while not condition():
        if time.monotonic() > until:
            if seconds:
                return
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main()
