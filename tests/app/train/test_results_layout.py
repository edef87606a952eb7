"""How the results are divided stays as the person left it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.library.clips import Clip
from app.train.results_page import ResultsPage


@pytest.fixture
def page(qtbot, changes, settings):
    page = ResultsPage(changes, settings)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    page.clips.list_clips("", [Clip("a.wav")])
    page.show()
    qtbot.waitExposed(page)
    return page


def pull(qtbot, splitter, by):
    """Drag the handle of a splitter with the mouse."""
    handle = splitter.handle(1)
    here = handle.rect().center()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(handle, left, pos=here)
    qtbot.mouseMove(handle, here + by / 2)
    qtbot.mouseMove(handle, here + by)
    qtbot.mouseRelease(handle, left, pos=here + by)
    QApplication.processEvents()


@pytest.mark.slow
def test_details_come_and_go_without_moving_a_splitter(qtbot, page):
    pull(qtbot, page.clips.body, QPoint(-80, 0))
    plain = page.clips.body.sizes()
    page.details.click()
    QApplication.processEvents()
    pull(qtbot, page.splitter, QPoint(-60, 0))
    pull(qtbot, page.clips.body, QPoint(0, 40))
    details = page.splitter.sizes(), page.clips.body.sizes()
    page.details.click()
    QApplication.processEvents()
    assert page.clips.body.sizes() == plain
    page.details.click()
    QApplication.processEvents()
    assert (page.splitter.sizes(), page.clips.body.sizes()) == details
    page.details.click()
    QApplication.processEvents()
    assert page.clips.body.sizes() == plain
    assert page.splitter.sizes()[0] == 0
