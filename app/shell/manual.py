"""The manual: one page in the window's language, with pictures that the program made of itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser

from app.shell.translation import ENGLISH
from app.widgets.layout import in_column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MANUALS = Path(__file__).resolve().parents[2] / "resources" / "manual"
_WIDTH = 1020  # room for its pictures


class ManualDialog(QDialog):
    """Shows the manual."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Manual"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(self.tr("Manual"))
        self.page.setOpenExternalLinks(True)
        self.page.setSource(
            QUrl.fromLocalFile(str(manual())), QTextDocument.ResourceType.MarkdownResource
        )
        self.page.document().setDocumentMargin(16)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.setLayout(in_column(self.page, buttons, margins=(8, 8, 8, 8)))
        screen = self.screen().availableSize()
        self.resize(min(_WIDTH, screen.width() - 40), min(800, screen.height() - 80))
        self.page.setFocus()


def manual() -> Path:
    """Return the manual in the window's language; in English where there is none."""
    own = MANUALS / QLocale().name().split("_")[0] / "manual.md"
    return own if own.is_file() else MANUALS / ENGLISH / "manual.md"
