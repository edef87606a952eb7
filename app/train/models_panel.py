"""The models there are, as cards, and what can be done with the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from app.shell.dialogs import ask_where_to_save
from app.shell.translation import counted, fill, label_text, percent, translated
from app.widgets.card import Card
from app.widgets.layout import ScrolledColumn, in_column

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import SignalInstance

    from core.recognition.metadata import ModelMetadata
    from core.recognition.model_library import ModelEntry

_MOST_WORDS = 12


class ModelsPanel(QWidget):
    """A card for each model; one is chosen.

    Signals
    -------
    use_clicked(Path), show_clicked(Path), evaluate_clicked(Path)
    compare_clicked(Path, Path)
        Both on the clips that the second was tested on.
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
        self._folder = ""
        self.cards: dict[Path, Card] = {}
        self._entries: dict[Path, ModelEntry] = {}
        self._column = in_column()
        self._column.addStretch(1)  # more than the cards take
        page = QWidget()
        page.setLayout(self._column)
        self._scrolled = ScrolledColumn(page)
        self.use = QPushButton(self.tr("&Use"))
        self.show_results = QPushButton(self.tr("Resul&ts"))
        self.evaluate = QPushButton(self.tr("Ev&aluate"))
        self.compare = QPushButton(self.tr("Com&pare with"))
        self.rename = QPushButton(self.tr("Re&name…"))
        self.delete = QPushButton(self.tr("&Delete"))
        self.export = QPushButton(self.tr("E&xport"))
        menu = QMenu(self)
        for suffix in ("keras", "h5", "tflite"):
            action = menu.addAction(f".{suffix}")
            action.triggered.connect(lambda _=False, s=suffix: self._export(s, self.export_wanted))
        menu.addSeparator()
        for suffix in ("csv", "json", "png"):
            action = menu.addAction(self.tr("Curves and figures, {0}").format(suffix.upper()))
            action.triggered.connect(lambda _=False, s=suffix: self._export(s, self.curves_wanted))
        self.export.setMenu(menu)
        self.compare.setMenu(QMenu(self))
        self.compare.setToolTip(
            self.tr("Both are asked about the clips that the other one was tested on")
        )
        title = QLabel(self.tr("Models"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        grid = QGridLayout()
        buttons = [self.use, self.show_results, self.compare, self.export]
        buttons += [self.rename, self.delete]
        for number, button in enumerate(buttons):
            grid.addWidget(button, *divmod(number, 2))
        grid.addWidget(self.evaluate, 3, 0, 1, 2)
        self.setLayout(in_column(title, (self._scrolled, 1), grid, margins=(8, 8, 8, 8)))
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 28)

        self.use.clicked.connect(lambda: self.use_clicked.emit(self._one().path))
        self.show_results.clicked.connect(lambda: self.show_clicked.emit(self._one().path))
        self.evaluate.clicked.connect(lambda: self.evaluate_clicked.emit(self._one().path))
        self.compare.menu().triggered.connect(
            lambda action: self.compare_clicked.emit(self._one().path, action.data())
        )
        self.rename.clicked.connect(self._rename)
        self.delete.clicked.connect(self._delete)
        self.show_folder("")

    def show_models(self, models: list[ModelEntry]) -> None:
        """Show a card for each model."""
        chosen = self.chosen
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self._entries = {entry.path: entry for entry in models}
        self.cards = {}
        for number, path in enumerate(self._entries):
            card = self.cards[path] = Card()
            card.toggled.connect(self._on_chosen)
            card.activated.connect(self.use.click)
            self._column.insertWidget(number, card)
        self._say_all()
        if chosen is not None:
            self.select(chosen.path)

    def show_in_use(self, path: Path) -> None:
        """Mark the model that recognises."""
        self._in_use = path
        self._say_all()
        if self.chosen is None:
            self.select(path)

    def show_folder(self, folder: str) -> None:
        """Tell the name of the folder on which models can be evaluated, or an empty text."""
        self._folder = folder
        text = self.tr("Ev&aluate on “{0}”").format(folder.replace("&", "&&"))
        self.evaluate.setText(text if folder else self.tr("Ev&aluate"))
        self.evaluate.setToolTip("" if folder else self.tr("Choose a folder of recordings first"))
        self._on_chosen()

    def select(self, path: Path) -> None:
        """Choose a model."""
        if path in self.cards:
            self.cards[path].setChecked(True)
            self._scrolled.ensureWidgetVisible(self.cards[path])

    @property
    def chosen(self) -> ModelEntry | None:
        """The model whose card is chosen, or None."""
        found = (self._entries[path] for path, card in self.cards.items() if card.isChecked())
        return next(found, None)

    def _one(self) -> ModelEntry:
        assert self.chosen is not None
        return self.chosen

    def _on_chosen(self, _chosen: bool = True) -> None:
        one = self.chosen
        whole = one is not None and one.metadata is not None
        in_use = one is not None and one.path == self._in_use
        own = one is not None and one.own
        others = [e for e in self._entries.values() if e.metadata and one and e.path != one.path]
        self.use.setEnabled(whole and not in_use)
        for button in (self.show_results, self.export):
            button.setEnabled(whole)
        self.evaluate.setEnabled(whole and bool(self._folder))
        self.compare.setEnabled(whole and bool(self._folder) and bool(others))
        self.rename.setEnabled(own and whole and not in_use)
        self.delete.setEnabled(own and not in_use)
        self.compare.menu().clear()
        for other in others:
            self.compare.menu().addAction(other.path.name).setData(other.path)

    # --- what a card says ---------------------------------------------------------------

    def _say_all(self) -> None:
        for path, card in self.cards.items():
            entry = self._entries[path]
            used = self.tr("{0} · in use").format(path.name)
            title = used if path == self._in_use else path.name
            if entry.metadata is None:
                card.say(title, translated(entry.problem) if entry.problem else "")
            else:
                card.say(title, self._sentence(entry.metadata), self._figures(entry))
                card.setToolTip(self._small_print(entry))
        self._on_chosen()

    def _sentence(self, metadata: ModelMetadata) -> str:
        words = metadata.words
        listed = ", ".join(map(label_text, words[:_MOST_WORDS]))
        listed += ", …" if len(words) > _MOST_WORDS else ""
        known = counted(len(words), self.tr("{n} word"), self.tr("{n} words"))
        adapted, split = metadata.metrics.adaptation, metadata.data_set.split
        if adapted is not None:
            whose = ", ".join(adapted.speakers) or self.tr("recordings")
            text = self.tr("Adapted from {0} to {1}. Knows {2}: {3}.")
            return text.format(adapted.model, whose, known, listed)
        if split is not None and split.train.speakers:
            one, many = self.tr("{n:,} person"), self.tr("{n:,} people")
            people = counted(split.train.speakers, one, many)
            return self.tr("Learned {0} from {1}: {2}.").format(known, people, listed)
        return self.tr("Knows {0}: {1}.").format(known, listed)

    def _figures(self, entry: ModelEntry) -> str:
        assert entry.metadata is not None
        metrics, lines = entry.metadata.metrics, []
        if metrics.test is not None:
            low, high = metrics.test.accuracy_interval
            one, many = self.tr("{n:,} clip"), self.tr("{n:,} clips")
            clips = counted(metrics.test.clips, one, many)
            text = self.tr("{0} right ({1} to {2}) on {3}")
            shares = percent(metrics.test.accuracy, 1), percent(low, 0), percent(high, 0)
            lines.append(text.format(*shares, clips))
        if metrics.adaptation is not None:
            yours = metrics.adaptation.yours
            text = self.tr("{0} of {1} clips right before, {2} after")
            lines.append(fill(text, yours.before, yours.clips, yours.after))
        network = entry.path / "model.tflite"
        kilobytes = fill("{0:,.0f} kB", network.stat().st_size / 1000) if network.is_file() else ""
        day = QDate.fromString(entry.metadata.created[:10], Qt.DateFormat.ISODate)
        origin = "" if entry.own else self.tr("shipped")
        date = QLocale().toString(day, "d MMM yyyy")
        lines.append(" · ".join(filter(None, (kilobytes, date, origin))))
        return "\n".join(lines)

    def _small_print(self, entry: ModelEntry) -> str:
        assert entry.metadata is not None
        kind = self.tr("{0}, {1:,} parameters")
        told = fill(kind, entry.metadata.architecture, entry.metadata.parameters)
        return f"{told}\n{entry.metadata.data_set.name}\n{entry.path}".replace("\n\n", "\n")

    # --- what the person does -----------------------------------------------------------

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

    def _export(self, suffix: str, wanted: SignalInstance) -> None:
        entry = self._one()
        name = f"{entry.path.name}.{suffix}"
        chosen = ask_where_to_save(self, None, self.tr("Export"), name, f"*.{suffix}")
        if chosen is not None:
            wanted.emit(entry.path, chosen[0])
