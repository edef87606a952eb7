"""What the keys of the Inspect tab mean; the text of the shortcut sheet is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.inspect.tab import InspectTab

_Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ARROWS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Down: (0, -1),
    _Key.Key_Up: (0, 1),
}
_STEPS_VISIBLE = 200  # steps of the crosshair across what is visible

SHORTCUTS = (
    ("Up, Down", "previous, next clip"),
    ("Space, P", "play the selection, or what is visible; stop"),
    ("+, -", "zoom about the crosshair"),
    ("Left, Right", "move through the sound"),
    ("Home, 0", "show everything"),
    ("Z", "zoom to the selection"),
    ("Ctrl+arrows", "move the crosshair"),
    ("Shift+Left, Right", "select"),
    ("C", "compare: pin the clip, or unpin it"),
    ("S", "show or hide the settings"),
    ("Esc", "stop, or clear the selection"),
)


def act_on_key(tab: InspectTab, event: QKeyEvent) -> bool:
    """Do what a key means, and tell whether it means anything."""
    key = _Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _ARROWS and modifiers in (_CTRL, _SHIFT):
        right, up = _ARROWS[key]
        _move_crosshair(tab, right, up, select=modifiers == _SHIFT)
        return True
    look = tab.look
    plain: dict[Qt.Key, Callable[[], object]] = {
        _Key.Key_Up: lambda: tab.controller.walk(-1),
        _Key.Key_Down: lambda: tab.controller.walk(1),
        _Key.Key_PageUp: lambda: tab.controller.walk(-10),
        _Key.Key_PageDown: lambda: tab.controller.walk(10),
        _Key.Key_Left: lambda: look.pan_by_share(-1),
        _Key.Key_Right: lambda: look.pan_by_share(1),
        _Key.Key_Plus: look.zoom,
        _Key.Key_Equal: look.zoom,
        _Key.Key_Minus: look.zoom_out,
        _Key.Key_Home: look.fit,
        _Key.Key_0: look.fit,
        _Key.Key_Z: look.zoom_to_span,
        _Key.Key_C: tab.compare,
        _Key.Key_S: tab.toggle_side,
        _Key.Key_Space: tab.play,
        _Key.Key_P: tab.play,
        _Key.Key_Escape: tab.escape,
    }
    if key in plain and modifiers in (_NONE, _SHIFT if key == _Key.Key_Plus else _NONE):
        plain[key]()
        return True
    return False


def _move_crosshair(tab: InspectTab, right: int, up: int, select: bool) -> None:
    look = tab.look
    if tab.panes.main.clip is None:
        return
    picture = tab.panes.main.plots.spectrogram.picture or tab.panes.main.clip.picture
    hertz = look.hertz
    if up and not select:
        rows = picture.values.shape[0]
        row = rows / 2 if hertz is None else float(picture.row_of(hertz)) + up * max(1, rows // 100)
        hertz = float(picture.frequency_of(min(max(round(row), 0), rows - 1)))
    step = max(picture.seconds_per_column, look.visible / _STEPS_VISIBLE)
    look.step(right * step, hertz, select)
