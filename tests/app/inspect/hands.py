"""What a person does to the Inspect tab with mouse and keys."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication


def is_idle(tab):
    controller = tab.controller
    return not controller._idle.isActive() and controller._runner._pending == 0


def settle(qtbot, tab):
    qtbot.waitUntil(lambda: is_idle(tab), timeout=5000)
    QApplication.processEvents()


def place(tab, seconds, share=0.5, plot="spectrogram"):
    """Return where a second, at a share of a plot's height, is in the plots."""
    plots = tab.panes.main.plots
    box = getattr(plots, plot).vb
    (_, _), (low, high) = box.viewRange()
    scene = box.mapViewToScene(QPointF(seconds, low + share * (high - low)))
    return plots.mapFromScene(scene)


def turn_wheel(tab, position, steps, modifiers=Qt.KeyboardModifier.NoModifier):
    viewport = tab.panes.main.plots.viewport()
    event = QWheelEvent(
        QPointF(position),
        QPointF(viewport.mapToGlobal(position)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def drag(qtbot, tab, start, stop, modifiers=Qt.KeyboardModifier.NoModifier):
    viewport = tab.panes.main.plots.viewport()
    left = Qt.MouseButton.LeftButton
    first, last = place(tab, start), place(tab, stop)
    qtbot.mousePress(viewport, left, modifiers, first)
    qtbot.mouseMove(viewport, (first + last) / 2)
    qtbot.mouseMove(viewport, last)
    qtbot.mouseRelease(viewport, left, modifiers, last)


def press(qtbot, tab, *keys, modifiers=Qt.KeyboardModifier.NoModifier, widget=None):
    for key in keys:
        qtbot.keyClick(widget or tab.panes.main.plots, key, modifiers)
