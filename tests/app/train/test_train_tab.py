"""What a person sees and does in the Train tab, with a fake trainer behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit

from tests.app.train.hands import mark, rows, train
from tests.helpers.sounds import sample_clip, write


def test_a_cell_of_the_confusion_matrix_lists_its_clips_and_one_is_shown(
    qtbot, scanned, told, folder
):
    train(qtbot, scanned, told, folder)
    clip = sample_clip("four")
    write(folder / "one" / "b.wav", clip.samples)
    results = scanned.results
    results.details.click()
    matrix = results.confusion
    matrix.setFocus()
    matrix.setCurrentIndex(matrix.model().index(0, 0))
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert results.clips.caption == "“one” taken for “two”: 1"
    assert rows(results.clips.table) == [["one/b.wav", "one", "two?", "60 %"]]
    mark(results.clips.table, 0)
    qtbot.waitUntil(results.clips.play.isEnabled, timeout=5000)
    played = []
    scanned.play_wanted.connect(played.append)
    results.clips.play.click()
    assert played[0].samples.size == clip.samples.size


def test_a_clip_that_is_gone_or_lies_elsewhere_is_said(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder)
    results = scanned.results
    results.show_cell("one", "two")
    mark(results.clips.table, 0)
    qtbot.waitUntil(lambda: "There is no file" in results.clips.caption, timeout=5000)
    results.show_cell("two", "two")
    mark(results.clips.table, 1)
    assert "lies outside of the folder" in results.clips.caption
    assert not results.clips.play.isEnabled()


def test_the_figures_of_each_label_are_listed(qtbot, scanned, told, folder):
    train(qtbot, scanned, told, folder)
    table = scanned.results.per_label
    rows = [[table.item(row, column).text() for column in range(5)] for row in range(2)]
    assert rows == [
        ["one", "1.000", "0.500", "0.667", "2"],
        ["two", "0.667", "1.000", "0.800", "2"],
    ]


def test_every_control_has_an_accessible_name_or_text(tab):
    for kind in (QAbstractButton, QComboBox, QAbstractItemView):
        for widget in tab.findChildren(kind):
            inner = isinstance(widget.parent(), (QComboBox, QLineEdit, QAbstractItemView))
            internal = widget.objectName().startswith("qt_") or inner
            popup = widget.metaObject().className().startswith(("QComboBox", "QTableCorner"))
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named or internal or popup, widget


@pytest.mark.slow
def test_it_fits_a_small_screen_and_a_large_font(tab):
    assert tab.minimumSizeHint().width() <= 1280
    assert tab.minimumSizeHint().height() <= 640
    font, large = QApplication.font(), QApplication.font()
    large.setPointSizeF(font.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        QApplication.processEvents()
        assert tab.minimumSizeHint().width() <= 1280
    finally:
        QApplication.setFont(font)
