"""The manual: one page in the window's language, with pictures that the program made of itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser

from app.shell.translation import ENGLISH
from app.widgets.layout import in_column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MANUALS = Path(__file__).resolve().parents[2] / "resources" / "manual"
_WIDTH = 1040  # room for its pictures
_AROUND = 80  # margins, frames, and the bar to scroll by


class ManualDialog(QDialog):
    """Shows the manual."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Manual"))
        screen = self.screen().availableSize()
        self.resize(min(_WIDTH, screen.width() - 40), min(800, screen.height() - 80))
        self.page = _Page(self.width() - _AROUND)
        self.page.setAccessibleName(self.tr("Manual"))
        self.page.setOpenExternalLinks(True)
        self.page.setSource(
            QUrl.fromLocalFile(str(manual())), QTextDocument.ResourceType.MarkdownResource
        )
        self.page.document().setDocumentMargin(16)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.setLayout(in_column(self.page, buttons, margins=(8, 8, 8, 8)))
        self.page.setFocus()


class _Page(QTextBrowser):
    """A page whose pictures are no wider than there is room for."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Return what a page names."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, url)
        picture = QImage(self.source().resolved(QUrl(url)).toLocalFile())
        if picture.width() <= self._width:
            return picture
        return picture.scaledToWidth(self._width, Qt.TransformationMode.SmoothTransformation)


def manual() -> Path:
    """Return the manual in the window's language; in English where there is none."""
    own = MANUALS / QLocale().name().split("_")[0] / "manual.md"
    return own if own.is_file() else MANUALS / ENGLISH / "manual.md"
