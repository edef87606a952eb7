"""The models there are, and what can be done with them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from app.shell.dialogs import ask_where_to_save
from app.shell.translation import counted, fill, label_text, percent, translated
from app.widgets.layout import in_column

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.model_library import ModelEntry

_ENTRY = Qt.ItemDataRole.UserRole


class ModelsPanel(QWidget):
    """A list of models with their figures; one can be chosen, or two to be compared.

    Signals
    -------
    use_clicked(Path), show_clicked(Path), evaluate_clicked(Path)
    compare_clicked(Path, Path)
    renamed(Path, str), deleted(Path)
    export_wanted(Path, Path)
        A model, and the file to write.
    curves_wanted(Path, Path)
        A model, and the file for its curves and figures.
    """

    use_clicked = Signal(object)
    show_clicked = Signal(object)
    evaluate_clicked = Signal(object)
    compare_clicked = Signal(object, object)
    renamed = Signal(object, str)
    deleted = Signal(object)
    export_wanted = Signal(object, object)
    curves_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._in_use: Path | None = None
        self.list = QListWidget()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._details = QLabel()
        self._details.setWordWrap(True)
        self._details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details.setMinimumHeight(self.fontMetrics().lineSpacing() * 8)
        self.use = QPushButton(self.tr("&Use"))
        self.show_results = QPushButton(self.tr("Resul&ts"))
        self.evaluate = QPushButton(self.tr("Ev&aluate…"))
        self.compare = QPushButton(self.tr("Com&pare"))
        self.rename = QPushButton(self.tr("Re&name…"))
        self.delete = QPushButton(self.tr("&Delete"))
        self.export = QPushButton(self.tr("E&xport"))
        menu = QMenu(self)
        for suffix in ("keras", "h5", "tflite"):
            action = menu.addAction(f".{suffix}")
            action.triggered.connect(lambda _=False, s=suffix: self._export(s))
        menu.addSeparator()
        for suffix in ("csv", "json", "png"):
            action = menu.addAction(self.tr("Curves and figures, {0}").format(suffix.upper()))
            action.triggered.connect(lambda _=False, s=suffix: self._export_curves(s))
        self.export.setMenu(menu)
        self.evaluate.setToolTip(self.tr("Evaluate on the folder that is chosen under Data"))
        self.compare.setToolTip(
            self.tr("Select two models: both are evaluated on the clips the second was tested on")
        )
        title = QLabel(self.tr("Models"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        grid = QGridLayout()
        buttons = [self.use, self.show_results, self.evaluate, self.compare]
        buttons += [self.rename, self.delete, self.export]
        for number, button in enumerate(buttons):
            grid.addWidget(button, *divmod(number, 2))
        self.setLayout(in_column(title, (self.list, 1), self._details, grid, margins=(8, 8, 8, 8)))

        self.list.itemSelectionChanged.connect(self._on_selection_changed)
        self.list.itemActivated.connect(lambda _: self.use.click())
        self.use.clicked.connect(lambda: self.use_clicked.emit(self._one().path))
        self.show_results.clicked.connect(lambda: self.show_clicked.emit(self._one().path))
        self.evaluate.clicked.connect(lambda: self.evaluate_clicked.emit(self._one().path))
        self.compare.clicked.connect(self._compare)
        self.rename.clicked.connect(self._rename)
        self.delete.clicked.connect(self._delete)
        self._on_selection_changed()

    def show_models(self, models: list[ModelEntry]) -> None:
        """List the models."""
        selected = {entry.path for entry in self.selected()}
        self.list.clear()
        for entry in models:
            item = QListWidgetItem(self._text(entry))
            item.setData(_ENTRY, entry)
            item.setToolTip(translated(entry.problem) if entry.problem else str(entry.path))
            self.list.addItem(item)
            item.setSelected(entry.path in selected)
        self._on_selection_changed()

    def show_in_use(self, path: Path) -> None:
        """Mark the model that recognises."""
        self._in_use = path
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setText(self._text(item.data(_ENTRY)))
        self._on_selection_changed()

    def select(self, path: Path) -> None:
        """Select a model."""
        self.list.clearSelection()
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_ENTRY).path == path:
                item.setSelected(True)
                self.list.setCurrentItem(item)

    def selected(self) -> list[ModelEntry]:
        """Return the entries that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [self.list.item(row).data(_ENTRY) for row in rows]

    @property
    def details(self) -> str:
        """What is said of the selected model."""
        return self._details.text()

    def _one(self) -> ModelEntry:
        return self.selected()[0]

    def _text(self, entry: ModelEntry) -> str:
        parts = [entry.path.name]
        test = entry.metadata.metrics.test if entry.metadata else None
        if test is not None:
            parts.append(percent(test.accuracy, 1))
        if entry.path == self._in_use:
            parts.append(self.tr("in use"))
        if not entry.own:
            parts.append(self.tr("shipped"))
        if entry.metadata is None:
            parts.append(self.tr("broken"))
        return " · ".join(parts)

    def _on_selection_changed(self) -> None:
        entries = self.selected()
        one = entries[0] if len(entries) == 1 else None
        whole = one is not None and one.metadata is not None
        in_use = one is not None and one.path == self._in_use
        own = one is not None and one.own
        self.use.setEnabled(whole and not in_use)
        for button in (self.show_results, self.evaluate, self.export):
            button.setEnabled(whole)
        self.rename.setEnabled(own and whole and not in_use)
        self.delete.setEnabled(own and not in_use)
        self.compare.setEnabled(len(entries) == 2 and all(entry.metadata for entry in entries))
        self._details.setText(self._details_of(one) if one else "")

    def _details_of(self, entry: ModelEntry) -> str:
        metadata = entry.metadata
        if metadata is None:
            return escape(translated(entry.problem)) if entry.problem else ""
        test, source, adaptation = (
            metadata.metrics.test,
            metadata.data_set,
            metadata.metrics.adaptation,
        )
        labels = counted(len(metadata.labels), self.tr("{n} label"), self.tr("{n} labels"))
        kind = fill(
            self.tr("{0}, {1:,} parameters"), escape(metadata.architecture), metadata.parameters
        )
        words = escape(", ".join(label_text(label) for label in metadata.labels))
        lines = [
            f"<b>{escape(metadata.name)}</b>",
            kind,
            escape(metadata.created[:16].replace("T", " ")),
            f"{labels}: {words}",
        ]
        if source.name:
            learned = self.tr("learned from {0}").format(escape(source.name))
            if source.split is not None:
                train = source.split.train
                learned += f", {self._clips_of(train.clips, train.speakers)}"
            lines.append(learned)
        if test is not None:
            right = self.tr("{0} right on {1}")
            clips = self._clips_of(test.clips, test.speakers)
            lines.append(right.format(percent(test.accuracy, 1), clips))
        if adaptation is not None:
            whose = ", ".join(adaptation.speakers) or self.tr("recordings")
            text = self.tr("adapted from {0} to {1}: {2} of {3} right before, {4} after")
            yours, model = adaptation.yours, escape(adaptation.model)
            lines.append(fill(text, model, escape(whose), yours.before, yours.clips, yours.after))
        return "<br>".join(lines)

    def _clips_of(self, clips: int, speakers: int) -> str:
        people = counted(speakers, self.tr("{n:,} speaker"), self.tr("{n:,} speakers"))
        one, many = self.tr("{n:,} clip of {speakers}"), self.tr("{n:,} clips of {speakers}")
        return counted(clips, one, many, speakers=people)

    def _compare(self) -> None:
        first, second = self.selected()
        self.compare_clicked.emit(first.path, second.path)

    def _rename(self) -> None:
        entry = self._one()
        name, done = QInputDialog.getText(
            self,
            self.tr("Rename model"),
            self.tr("New name"),
            QLineEdit.EchoMode.Normal,
            entry.path.name,
        )
        if done and name.strip() and name.strip() != entry.path.name:
            self.renamed.emit(entry.path, name.strip())

    def _delete(self) -> None:
        entry = self._one()
        question = self.tr("Put the model “{0}” into the bin?").format(entry.path.name)
        answer = QMessageBox.question(self, self.tr("Delete model"), question)
        if answer == QMessageBox.StandardButton.Yes:
            self.deleted.emit(entry.path)

    def _export(self, suffix: str) -> None:
        path = self._ask_file(self._one(), suffix)
        if path is not None:
            self.export_wanted.emit(self._one().path, path)

    def _export_curves(self, suffix: str) -> None:
        path = self._ask_file(self._one(), suffix)
        if path is not None:
            self.curves_wanted.emit(self._one().path, path)

    def _ask_file(self, entry: ModelEntry, suffix: str) -> Path | None:
        name = f"{entry.path.name}.{suffix}"
        chosen = ask_where_to_save(self, None, self.tr("Export"), name, f"*.{suffix}")
        return chosen[0] if chosen is not None else None
