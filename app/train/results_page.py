"""What a model gets right and wrong, down to the single clip, and how it stands difficult sound."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from app.shell.translation import counted, fill, label_text, percent
from app.widgets.label_tables import ConfusionMatrix
from app.widgets.layout import in_column, in_page, in_row
from app.widgets.sound_plots import Axis, dress, hold_still
from app.widgets.sound_view import SoundView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.evaluation.report import (
        ClipResult,
        ConfidenceBin,
        EvaluationReport,
        RobustnessReport,
    )
    from core.sound.clip import FloatArray
    from core.sound.features import MelSpectrogram


_NUMBER = re.compile(r"-?\d+")


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
        self._clips: tuple[ClipResult, ...] = ()
        self._title = QLabel(self.tr("No results yet: train a model, or evaluate one."))
        self._title.setWordWrap(True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.confusion = ConfusionMatrix()
        self.per_label = _table(
            [
                self.tr("Label"),
                self.tr("precision"),
                self.tr("recall"),
                self.tr("f1"),
                self.tr("clips"),
            ]
        )
        self.per_label.setAccessibleName(self.tr("Figures of each label"))
        self.comparison = _table([self.tr("Label"), "", "", self.tr("Difference")])
        self.comparison.setAccessibleName(self.tr("Two models compared"))
        self.pages = QTabWidget()
        self.pages.addTab(self.confusion, self.tr("Confusion"))
        self.pages.addTab(self.per_label, self.tr("Each label"))
        self.robustness = RobustnessPage()
        self.pages.addTab(self.robustness, self.tr("Difficult sound"))
        self.pages.addTab(self.comparison, self.tr("Comparison"))

        self._hint = self.tr(
            "Each row is what was said, each column what was answered. Choose a cell to list its "
            "clips."
        )
        self._cell = QLabel(self._hint)
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

        buttons = in_row(None, self.inspect, self.play)
        right = in_page(
            *(self._cell, (self.clips, 1), (self.sound, 2), buttons), margins=(4, 0, 0, 0)
        )
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("results_splitter")
        splitter.addWidget(self.pages)
        splitter.addWidget(right)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.setLayout(in_column(self._title, (splitter, 1), margins=(8, 8, 8, 8)))

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

    def show_evaluation(self, name: str, evaluation: EvaluationReport) -> None:
        """Show the figures of a model."""
        low, high = evaluation.accuracy_interval
        text = self.tr(
            "<b>{name}</b>: {accuracy} right ({low} to {high} with 95 % confidence), {clips} of "
            "{speakers}"
        ).format(
            name=escape(name),
            accuracy=percent(evaluation.accuracy, 1),
            low=percent(low, 1),
            high=percent(high, 1),
            clips=counted(evaluation.clips, self.tr("{n:,} clip"), self.tr("{n:,} clips")),
            speakers=counted(
                evaluation.speakers, self.tr("{n:,} speaker"), self.tr("{n:,} speakers")
            ),
        )
        if evaluation.skipped:
            text += fill(self.tr(", {0:,} skipped"), evaluation.skipped)
        self._title.setText(text)
        self._clips = evaluation.clip_results
        self.confusion.set_counts(evaluation.labels, evaluation.confusion)
        rows = [
            [
                label_text(label),
                *_figures(row.precision, row.recall, row.f1),
                fill("{0:,}", row.clips),
            ]
            for label, row in evaluation.per_label.items()
        ]
        _fill(self.per_label, rows)
        self.robustness.show_evaluation(evaluation)
        self.clips.clear()
        self.sound.clear()
        self.play.setEnabled(False)
        self.inspect.setEnabled(False)
        self._cell.setText(self._hint)
        self.pages.setCurrentWidget(self.confusion)

    def show_comparison(
        self, names: tuple[str, str], figures: tuple[EvaluationReport, EvaluationReport]
    ) -> None:
        """Show the F1 of every label of two models, side by side, on the same clips."""
        first, second = figures
        labels = list(dict.fromkeys([*first.per_label, *second.per_label]))
        rows = [_compared(self.tr("accuracy"), first.accuracy, second.accuracy)]
        for label in labels:
            found = [side.per_label.get(label) for side in figures]
            values = [row.f1 if row is not None else 0.0 for row in found]
            rows.append(_compared(f"F1 {label_text(label)}", *values))
        self.comparison.setHorizontalHeaderLabels([self.tr("Label"), *names, self.tr("Difference")])
        _fill(self.comparison, rows)
        self.pages.setCurrentWidget(self.comparison)
        text = self.tr("<b>{0}</b> {1:.1%} and <b>{2}</b> {3:.1%} right on the same {4}")
        one, other = map(escape, names)
        clips = counted(first.clips, self.tr("{n:,} clip"), self.tr("{n:,} clips"))
        self._title.setText(fill(text, one, first.accuracy, other, second.accuracy, clips))

    def show_cell(self, said: str, answer: str) -> None:
        """List the clips of a pair of labels, the surest first."""
        found = [clip for clip in self._clips if (clip.label, clip.answer) == (said, answer)]
        found.sort(key=lambda clip: -clip.confidence)
        text = self.tr("“{0}” taken for “{1}”: {2:,}")
        self._cell.setText(fill(text, label_text(said), label_text(answer), len(found)))
        self.clips.clear()
        for clip in found:
            item = QListWidgetItem(f"{clip.name}   {percent(clip.confidence)}")
            item.setData(Qt.ItemDataRole.UserRole, clip.name)
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


class RobustnessPage(QWidget):
    """A table of accuracies in noise, shifted, fainter and louder; and a reliability diagram."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        headers = [self.tr("Sound"), self.tr("Clips"), self.tr("Right"), "notebook-cnn"]
        self.table = _table(headers)
        self.table.setAccessibleName(self.tr("Right in difficult sound"))
        self._rest = QLabel(self.tr("Nothing was measured yet."))
        self._rest.setWordWrap(True)
        self._rest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.diagram = pg.PlotWidget(
            axisItems={side: Axis(side, "share") for side in ("left", "bottom")}
        )
        hold_still(self.diagram.getPlotItem())
        self.diagram.setXRange(0, 1, padding=0.05)
        self.diagram.setYRange(0, 1, padding=0.1)
        self.diagram.setLabel("bottom", self.tr("Confidence"))
        self.diagram.setLabel("left", self.tr("Right"))
        self.diagram.setAccessibleName(self.tr("Reliability diagram"))
        self.setLayout(
            in_column((self.table, 3), self._rest, (self.diagram, 2), margins=(8, 8, 8, 8))
        )

    @property
    def text(self) -> str:
        """What is said below the table."""
        return self._rest.text()

    def show_evaluation(self, evaluation: EvaluationReport) -> None:
        """Show what was measured of difficult sound, and of confidence, or what to do."""
        report, calibration = evaluation.robustness, evaluation.calibration
        conditions = report.conditions if report is not None else ()
        self.table.setColumnHidden(3, all(row.reference is None for row in conditions))
        rows = []
        for row in conditions:
            reference = "" if row.reference is None else percent(row.reference, 1)
            rows.append(
                [
                    self._condition(row.name),
                    fill("{0:,}", row.clips),
                    percent(row.accuracy, 1),
                    reference,
                ]
            )
        _fill(self.table, rows)
        lines = self._lines(report)
        if calibration is not None:
            text = self.tr(
                "Expected calibration error {0:.3f}: how far confidence is from being right"
            )
            lines.append(fill(text, calibration.error))
        self._rest.setText("\n".join(lines))
        self._draw(calibration.bins if calibration is not None else ())

    def _condition(self, name: str) -> str:
        """Return what a condition is called, with its number."""
        names = {
            "clean": self.tr("clean"),
            "noise at {0} dB": self.tr("noise at {0} dB"),
            "{0} ms earlier": self.tr("{0} ms earlier"),
            "{0} ms later": self.tr("{0} ms later"),
            "{0} dB fainter": self.tr("{0} dB fainter"),
            "{0} dB louder": self.tr("{0} dB louder"),
        }
        numbers = _NUMBER.findall(name)
        text = names.get(_NUMBER.sub("{0}", name))
        return text.format(*numbers) if text is not None else name

    def _lines(self, report: RobustnessReport | None) -> list[str]:
        if report is None or not report.conditions:
            return [self.tr("Evaluate the model on a folder to measure it in noise.")]
        lines, speakers = [], report.speakers
        if speakers.median is not None and speakers.worst is not None:
            one = self.tr("{n} speaker: {median:.0%} right")
            many = self.tr("{n} speakers: the median has {median:.0%} right, the worst {worst:.0%}")
            told = {"median": speakers.median, "worst": speakers.worst}
            lines.append(counted(speakers.count, one, many, **told))
        rejection = report.rejection
        if rejection.other_words is not None:
            text = self.tr("{0:.0%} of {1:,} other words are turned down")
            lines.append(fill(text, rejection.other_words.turned_down, rejection.other_words.clips))
        if rejection.noises is not None:
            text = self.tr("{0:.0%} of {1:,} noises are turned down")
            lines.append(fill(text, rejection.noises.turned_down, rejection.noises.clips))
        if report.noise is not None:
            text = self.tr("{0:.1f} false alarms an hour of noise")
            lines.append(fill(text, report.noise.false_alarms_an_hour))
        return lines

    def _draw(self, bins: Sequence[ConfidenceBin]) -> None:
        palette = self.palette()
        ink = palette.color(QPalette.ColorRole.PlaceholderText)
        accent = palette.color(QPalette.ColorRole.Highlight)
        item = self.diagram.getPlotItem()
        item.clear()
        self.diagram.setBackground(palette.color(QPalette.ColorRole.Base))
        for name in ("bottom", "left"):
            dress(item.getAxis(name), palette, self.font())
        item.plot([0, 1], [0, 1], pen=pg.mkPen(ink, style=Qt.PenStyle.DashLine))
        sure, right = [b.confidence for b in bins], [b.accuracy for b in bins]
        item.plot(sure, right, pen=accent, symbol="o", symbolBrush=accent, symbolPen=None)
        told = (f"{percent(b.confidence)}: {percent(b.accuracy)}" for b in bins)
        self.diagram.setAccessibleDescription(", ".join(told))


def _figures(*values: float) -> list[str]:
    return [fill("{0:.3f}", value) for value in values]


def _compared(name: str, first: float, second: float) -> list[str]:
    return [name, *_figures(first, second), fill("{0:+.3f}", second - first)]


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
