"""Pictures and translations that ship with the program."""

from pathlib import Path

from PySide6.QtGui import QIcon

_FOLDER = Path(__file__).resolve().parents[2] / "resources"

TRANSLATIONS = _FOLDER / "translations"


def app_icon() -> QIcon:
    """Return the program's icon."""
    return QIcon(str(_FOLDER / "icons" / "spoken-digits.svg"))
