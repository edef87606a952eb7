"""What a model gets right and wrong, down to the single clip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.shell.translation import label_text
from app.train.robustness_page import RobustnessPage
from app.widgets.label_tables import ConfusionMatrix
from app.widgets.sound_view import SoundView

if TYPE_CHECKING:
    from core.sound.clip import FloatArray
    from core.sound.features import MelSpectrogram

_PER_LABEL = ("precision", "recall", "f1", "clips")


class ResultsPage(QWidget):
    """Shows an evaluation; a cell of the confusion matrix lists its clips.

    Signals: ``clip_chosen(str)`` with the name of a clip in its data set, ``play_clicked()``;
    ``inspect_wanted(list of str, int)`` with the names of a cell's clips and the chosen one.
    """

    clip_chosen = Signal(str)
    play_clicked = Signal()
    inspect_wanted = Signal(list, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clips: list[dict[str, Any]] = []
        self._title = QLabel(self.tr("No results yet: train a model, or evaluate one."))
        self._title.setWordWrap(True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.confusion = ConfusionMatrix()
        self.per_label = _table([self.tr("Label"), *map(self.tr, _PER_LABEL)])
        self.per_label.setAccessibleName(self.tr("Figures of each label"))
        self.comparison = _table([self.tr("Label"), "", "", self.tr("Difference")])
        self.comparison.setAccessibleName(self.tr("Two models compared"))
        self.pages = QTabWidget()
        self.pages.addTab(self.confusion, self.tr("Confusion"))
        self.pages.addTab(self.per_label, self.tr("Each label"))
        self.robustness = RobustnessPage()
        self.pages.addTab(self.robustness, self.tr("Difficult sound"))
        self.pages.addTab(self.comparison, self.tr("Comparison"))

        self._cell = QLabel(self.tr("Choose a cell to list its clips."))
        self._cell.setWordWrap(True)
        self.clips = QListWidget()
        self.clips.setUniformItemSizes(True)
        self.clips.setAccessibleName(self.tr("Clips of the chosen cell"))
        self.sound = SoundView(self.tr("Choose a clip to see it."))
        self.play = QPushButton(self.tr("P&lay"))
        self.play.setEnabled(False)
        self.inspect = QPushButton(self.tr("Inspe&ct"))
        self.inspect.setToolTip(self.tr("Look closely at the clips of this cell (Enter)"))
        self.inspect.setEnabled(False)

        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 0)
        column.addWidget(self._cell)
        column.addWidget(self.clips, 1)
        column.addWidget(self.sound, 2)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.inspect)
        row.addWidget(self.play)
        column.addLayout(row)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("results_splitter")
        splitter.addWidget(self.pages)
        splitter.addWidget(right)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(splitter, 1)

        self.confusion.cell_chosen.connect(self.show_cell)
        self.clips.currentItemChanged.connect(self._on_clip_changed)
        self.play.clicked.connect(self.play_clicked)
        self.inspect.clicked.connect(self._inspect)
        self.clips.itemActivated.connect(self._inspect)

    @property
    def title(self) -> str:
        """What is said of the results."""
        return self._title.text()

    def show_title(self, text: str) -> None:
        """Say something instead of the title."""
        self._title.setText(text)

    def show_evaluation(self, name: str, evaluation: dict[str, Any]) -> None:
        """Show the figures of a model."""
        low, high = evaluation["accuracy_interval"]
        skipped = evaluation["skipped"]
        text = self.tr(
            "<b>{name}</b>: {accuracy:.1%} right ({low:.1%} to {high:.1%} with 95 % confidence), "
            "{clips:,} clips of {speakers} speakers"
        ).format(
            name=name, low=low, high=high, **_only(evaluation, "accuracy", "clips", "speakers")
        )
        if skipped:
            text += self.tr(", {0} skipped").format(skipped)
        self._title.setText(text)
        self._clips = evaluation.get("clip_results", [])
        self.confusion.set_counts(evaluation["labels"], evaluation["confusion"])
        rows = [
            [label_text(label), *(f"{row[key]:.3f}" for key in _PER_LABEL[:3]), f"{row['clips']:,}"]
            for label, row in evaluation["per_label"].items()
        ]
        _fill(self.per_label, rows)
        self.robustness.show_evaluation(evaluation)
        self.clips.clear()
        self.sound.clear()
        self.play.setEnabled(False)
        self.inspect.setEnabled(False)
        self._cell.setText(self.tr("Choose a cell to list its clips."))
        self.pages.setCurrentWidget(self.confusion)

    def show_comparison(
        self, names: tuple[str, str], figures: tuple[dict[str, Any], dict[str, Any]]
    ) -> None:
        """Show the F1 of every label of two models, side by side, on the same clips."""
        first, second = figures
        labels = list(dict.fromkeys([*first["per_label"], *second["per_label"]]))
        rows = [_compared(self.tr("accuracy"), first["accuracy"], second["accuracy"])]
        for label in labels:
            values = [side["per_label"].get(label, {}).get("f1", 0.0) for side in figures]
            rows.append(_compared(f"F1 {label_text(label)}", *values))
        self.comparison.setHorizontalHeaderLabels([self.tr("Label"), *names, self.tr("Difference")])
        _fill(self.comparison, rows)
        self.pages.setCurrentWidget(self.comparison)
        self._title.setText(
            self.tr(
                "<b>{0}</b> {1:.1%} and <b>{2}</b> {3:.1%} right on the same {4:,} clips"
            ).format(names[0], first["accuracy"], names[1], second["accuracy"], first["clips"])
        )

    def show_cell(self, said: str, answer: str) -> None:
        """List the clips of a pair of labels, the surest first."""
        found = [clip for clip in self._clips if (clip["label"], clip["answer"]) == (said, answer)]
        found.sort(key=lambda clip: -clip["confidence"])
        self._cell.setText(
            self.tr("“{0}” taken for “{1}”: {2:,}").format(
                label_text(said), label_text(answer), len(found)
            )
        )
        self.clips.clear()
        for clip in found:
            item = QListWidgetItem(f"{clip['name']}   {clip['confidence']:.0%}")
            item.setData(Qt.ItemDataRole.UserRole, clip["name"])
            self.clips.addItem(item)
        self.inspect.setEnabled(bool(found))

    def show_clip(self, samples: FloatArray, spectrogram: MelSpectrogram) -> None:
        """Show the chosen clip."""
        self.sound.set_take(samples, spectrogram)
        self.play.setEnabled(True)

    def show_clip_failure(self, sentence: str) -> None:
        """Say why the chosen clip cannot be shown."""
        self.sound.clear()
        self._cell.setText(sentence)
        self.play.setEnabled(False)

    def _inspect(self) -> None:
        items = [self.clips.item(row) for row in range(self.clips.count())]
        names = [item.data(Qt.ItemDataRole.UserRole) for item in items]
        self.inspect_wanted.emit(names, max(0, self.clips.currentRow()))

    def _on_clip_changed(self, current: QListWidgetItem | None) -> None:
        if current is not None:
            self.clip_chosen.emit(current.data(Qt.ItemDataRole.UserRole))


def _only(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: data[key] for key in keys}


def _compared(name: str, first: float, second: float) -> list[str]:
    return [name, f"{first:.3f}", f"{second:.3f}", f"{second - first:+.3f}"]


def _table(headers: list[str]) -> QTableWidget:
    table = QTableWidget(0, len(headers))
    table.setHorizontalHeaderLabels(headers)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table


def _fill(table: QTableWidget, rows: list[list[str]]) -> None:
    table.setRowCount(len(rows))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for number, texts in enumerate(rows):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(right)
            table.setItem(number, column, item)
