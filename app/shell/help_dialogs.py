"""What the help menu shows: all keys; the program, its model, what it stands on, and a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QWidget,
)

from app.shell import diagnostics
from app.shell.task_runner import TaskRunner
from app.shell.theme import app_icon
from app.shell.traces import as_rich_text
from app.shell.translation import translated
from app.widgets.layout import in_column, in_page, in_row
from core import __version__
from core.errors import BundleError
from core.evaluation.model_card import read_card

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.shell.licences import Library

    Section = tuple[str, Sequence[tuple[str, str]]]

_ICON = 64
_MARGINS = (8, 8, 8, 8)


class AboutDialog(QDialog):
    """The program, the model in use, the licences, what lies where, the report; a page each.

    Parameters
    ----------
    model : Path
        The bundle in use.
    shown : {"program", "model"}
        Which page is shown first.
    """

    def __init__(self, model: Path, shown: str = "program", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Spoken Digits"))
        self._runner = TaskRunner("about", self)
        self.pages = QTabWidget()
        self.card = QTextBrowser()
        self.card.setOpenExternalLinks(True)
        self.card.setAccessibleName(self.tr("Model card"))
        self.card.setMarkdown(self._card_of(model))
        self.libraries = self._library_table()
        self.report = QPlainTextEdit(diagnostics.report())
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Report"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF())
        self.report.setFont(fixed)
        self.pages.addTab(self._program_page(), self.tr("&Program"))
        self.pages.addTab(in_page(self.card, margins=_MARGINS), self.tr("&Model"))
        self.pages.addTab(self._licence_page(), self.tr("&Licences"))
        self.pages.addTab(self._traces_page(), self.tr("&Folders"))
        self.pages.addTab(in_page(self.report, margins=_MARGINS), self.tr("&Report"))
        self.pages.setCurrentIndex(1 if shown == "model" else 0)

        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.copy = buttons.addButton(self.tr("&Copy report"), role)
        self.copy.clicked.connect(self._copy_report)
        buttons.rejected.connect(self.reject)
        self.setLayout(in_column(self.pages, buttons, margins=_MARGINS))
        line = self.fontMetrics().height()
        screen = self.screen().availableSize()
        self.resize(min(40 * line, screen.width() - 40), min(30 * line, screen.height() - 80))
        self.finished.connect(lambda: self._runner.close())
        self._runner.submit(_libraries, self._show_libraries)

    def _program_page(self) -> QWidget:
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        picture.setPixmap(app_icon().pixmap(_ICON, _ICON))
        picture.setAccessibleName(self.tr("The program's icon"))
        text = QLabel(
            self.tr(
                "<h2>Spoken Digits {version}</h2><p>Says which digit was spoken, shows its "
                "waveform and Mel spectrogram, and can be taught.</p><p>Everything happens on "
                "this computer; nothing you say leaves it.</p><p>MIT licence.</p>"
            ).format(version=__version__)
        )
        text.setWordWrap(True)
        versions = QLabel("<br>".join(diagnostics.versions()))
        versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return in_page(
            *(in_row(picture, (text, 1), spacing=16), versions, None),
            spacing=16,
            margins=(16, 16, 16, 16),
        )

    def _traces_page(self) -> QWidget:
        self.traces = QTextBrowser()
        self.traces.setOpenExternalLinks(True)
        self.traces.setAccessibleName(self.tr("What lies where"))
        self.traces.setHtml(as_rich_text())
        return in_page(self.traces, margins=_MARGINS)

    def _licence_page(self) -> QWidget:
        from app.shell.licences import licence_folder  # importlib.metadata is slow

        words = QLabel(
            self.tr(
                "Spoken Digits is under the MIT licence. It stands on these libraries; Qt is used "
                "under the LGPL, and can be replaced in the folder of the installation. The whole "
                "texts lie in that folder: {folder}"
            ).format(folder=licence_folder())
        )
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return in_page(words, self.libraries, margins=_MARGINS)

    def _library_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels(
            [self.tr("Library"), self.tr("Version"), self.tr("Licence")]
        )
        table.setAccessibleName(self.tr("Libraries and their licences"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.setRowCount(1)
        table.setItem(0, 0, QTableWidgetItem(self.tr("Looking…")))
        return table

    def _show_libraries(self, libraries: list[Library]) -> None:
        self.libraries.setRowCount(len(libraries))
        for row, library in enumerate(libraries):
            for column, text in enumerate((library.name, library.version, library.licence)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.libraries.setItem(row, column, item)
        for column in (0, 1):
            self.libraries.resizeColumnToContents(column)

    def _card_of(self, model: Path) -> str:
        try:
            return read_card(model)
        except BundleError as error:
            return translated(error.sentence)

    def _copy_report(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(self.tr("Copied"))


def _libraries() -> list[Library]:
    from app.shell.licences import libraries  # importlib.metadata is slow

    return libraries()


class ShortcutSheet(QDialog):
    """The keys of every menu, as they are made from the menus themselves."""

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        screen = self.screen().availableSize()
        sheet = self._sheet(sections, columns=2)
        if sheet.sizeHint().width() > screen.width() - 80:  # a small screen or a large font
            sheet = self._sheet(sections, columns=1)
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Shortcuts"))
        area.setAccessibleDescription(
            "; ".join(f"{name}: {key}" for _, keys in sections for name, key in keys)
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.setLayout(in_column(area, buttons, margins=_MARGINS))
        wanted = sheet.sizeHint()
        self.resize(
            min(wanted.width() + 48, screen.width() - 40),
            min(wanted.height() + 80, screen.height() - 80),
        )
        area.setFocus()

    def _sheet(self, sections: Sequence[Section], columns: int) -> QWidget:
        sheet = QWidget()
        parts = [
            (in_column(*(self._section(*section) for section in part), None, spacing=16), 1)
            for part in _balanced(sections, columns)
        ]
        sheet.setLayout(in_row(*parts, spacing=48, margins=(16, 16, 16, 16)))
        return sheet

    def _section(self, title: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, 0, 0, 1, 2)
        for row, (name, key) in enumerate(keys, start=1):
            grid.addWidget(QLabel(name), row, 0)
            label = QLabel(key)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignRight)
        return grid


def _balanced(sections: Sequence[Section], n_columns: int) -> list[list[Section]]:
    """Break sections into columns of about the same height."""
    filled = [section for section in sections if section[1]]
    total = sum(len(keys) + 2 for _, keys in filled)
    columns: list[list[Section]] = [[] for _ in range(n_columns)]
    height = 0
    for section in filled:
        middle = height + (len(section[1]) + 2) / 2
        columns[min(int(middle * n_columns / total), n_columns - 1)].append(section)
        height += len(section[1]) + 2
    return columns
