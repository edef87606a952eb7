"""How the program looks: its icon, light and dark, and the few colours that mean something."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

_ICON = Path(__file__).resolve().parents[2] / "resources" / "icons" / "spoken-digits.svg"
THEMES = ("system", "light", "dark")

_Role = QPalette.ColorRole
_LIGHT = {
    _Role.Window: "#f4f5f7",
    _Role.WindowText: "#1d232b",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f4f5f7",
    _Role.Text: "#1d232b",
    _Role.PlaceholderText: "#66707c",
    _Role.Button: "#fbfbfc",
    _Role.ButtonText: "#1d232b",
    _Role.BrightText: "#ffffff",
    _Role.ToolTipBase: "#1d232b",
    _Role.ToolTipText: "#f4f5f7",
    _Role.Highlight: "#2468b4",
    _Role.HighlightedText: "#ffffff",
    _Role.Link: "#1f5fa8",
    _Role.Mid: "#c6cbd2",
    _Role.Midlight: "#e4e7eb",
    _Role.Dark: "#a3abb5",
    _Role.Light: "#ffffff",
    _Role.Shadow: "#8b939d",
}
_DARK = {
    _Role.Window: "#1f2329",
    _Role.WindowText: "#e6e9ed",
    _Role.Base: "#16191d",
    _Role.AlternateBase: "#1f2329",
    _Role.Text: "#e6e9ed",
    _Role.PlaceholderText: "#939ca7",
    _Role.Button: "#2b3038",
    _Role.ButtonText: "#e6e9ed",
    _Role.BrightText: "#ffffff",
    _Role.ToolTipBase: "#343a43",
    _Role.ToolTipText: "#e6e9ed",
    _Role.Highlight: "#3d7fcb",
    _Role.HighlightedText: "#ffffff",
    _Role.Link: "#7db1ec",
    _Role.Mid: "#3d444e",
    _Role.Midlight: "#2b3038",
    _Role.Dark: "#5c6570",
    _Role.Light: "#3d444e",
    _Role.Shadow: "#0d0f12",
}


@dataclass(frozen=True, slots=True)
class MeaningColours:
    """Colours of states; each is used together with a word and a shape.

    Both sets keep a contrast of at least 4.5 : 1 against the window.
    """

    idle: QColor
    ready: QColor
    speak: QColor
    recording: QColor
    thinking: QColor


_MEANING_LIGHT = MeaningColours(
    *(QColor(name) for name in ("#66707c", "#2468b4", "#00796b", "#b3261e", "#7a5a00"))
)
_MEANING_DARK = MeaningColours(
    *(QColor(name) for name in ("#939ca7", "#6ba6ea", "#4fc3b0", "#ff8a80", "#e0b94a"))
)


def app_icon() -> QIcon:
    """Return the program's icon."""
    return QIcon(str(_ICON))


def is_dark(palette: QPalette) -> bool:
    """Tell whether a palette writes light on dark."""
    return palette.color(_Role.Window).lightness() < palette.color(_Role.WindowText).lightness()


def meaning_colours(palette: QPalette) -> MeaningColours:
    """Return the colours of states that can be read on a palette."""
    return _MEANING_DARK if is_dark(palette) else _MEANING_LIGHT


def write_in(label: QWidget, colour: QColor) -> None:
    """Let a label's text have a colour."""
    palette = label.palette()
    for role in (_Role.WindowText, _Role.Text):  # it is Text where the background is Base
        palette.setColor(role, colour)
    label.setPalette(palette)


def apply_theme(app: QApplication, theme: str) -> None:
    """Show the program light, dark, or as the system is.

    Where the platform has a look of its own it is kept. Where it has none, as on a bare X
    server, the program's own palette is used.
    """
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(
        theme, Qt.ColorScheme.Unknown
    )
    hints = app.styleHints()
    hints.setColorScheme(scheme)
    if scheme is Qt.ColorScheme.Unknown and hints.colorScheme() is not scheme:
        app.setPalette(QPalette())
        return
    if scheme is Qt.ColorScheme.Unknown or hints.colorScheme() is not scheme:
        palette = _palette(_DARK if scheme is Qt.ColorScheme.Dark else _LIGHT)
        app.setPalette(palette)
        # Fusion frames a box in a darker shade of the window, which cannot be seen on a dark one.
        palette.setColor(_Role.Window, palette.color(_Role.PlaceholderText))
        app.setPalette(palette, "QCheckBox")  # type: ignore[arg-type]  # the stubs err


def _palette(colours: dict[QPalette.ColorRole, str]) -> QPalette:
    palette = QPalette()
    for role, name in colours.items():
        palette.setColor(role, QColor(name))
    palette.setColor(_Role.Accent, QColor(colours[_Role.Highlight]))
    disabled = QColor(colours[_Role.PlaceholderText])
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return palette
