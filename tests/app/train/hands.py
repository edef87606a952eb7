"""What a person does to the Train tab, and reads in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog


def train(qtbot, tab, told, folder, mood="well"):
    (folder / "mood").write_text(mood)
    qtbot.mouseClick(tab.data.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told.of("run_ended")), timeout=15_000)


def rows(table):
    """What can be read in a table of clips."""
    model = table.clips
    columns = [n for n in range(model.columnCount()) if not table.isColumnHidden(n)]
    return [[model.index(row, n).data() for n in columns] for row in range(model.rowCount())]


def mark(table, row):
    table.mark(table.clips.clip_at(row), quietly=False)


def choose_file(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))


def select(tab, name):
    panel = tab.models
    panel.select(next(path for path in panel.cards if path.name == name))


def card(tab, name):
    return next(card for path, card in tab.models.cards.items() if path.name == name)
