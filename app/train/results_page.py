"""What a model gets right and wrong, down to the single clip, and how it stands difficult sound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QWidget,
)

from app.shell.translation import counted, fill, label_text, percent
from app.sound_view.axes import Axis, dress, hold_still
from app.train.clip_panel import ClipPanel
from app.train.run_page import EpochsView
from app.train.verdict import cell_clips, confusions, disagreements, worst_clips
from app.widgets.label_tables import ConfusionMatrix, FigureTable
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.evaluation.report import ConfidenceBin, EvaluationReport, RobustnessReport
    from core.training.events import Epoch

_NUMBER = re.compile(r"-?\d+")


class ResultsPage(QWidget):
    """Shows a verdict with the clips that speak against it, and in detail how it came about.

    Signals
    -------
    use_clicked(), back_clicked()
        Use the model that is shown; or leave everything as it was.
    """

    use_clicked = Signal()
    back_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evaluation: EvaluationReport | None = None
        self._title, self._figures = QLabel(), QLabel()
        for label in (self._title, self._figures):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._title.setFont(font)
        self._figures.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.use = QPushButton(self.tr("&Use it"))
        self.keep = QPushButton(self.tr("&Keep the old one"))
        self.keep.setToolTip(self.tr("The new model stays among the models"))
        self.back = QPushButton(self.tr("&Back"))
        self.details = QPushButton(self.tr("&Details"))
        self.details.setCheckable(True)
        self.confusion = ConfusionMatrix()
        headers = (self.tr("precision"), self.tr("recall"), self.tr("f1"), self.tr("clips"))
        self.per_label = FigureTable((self.tr("Label"), *headers), self.tr("Figures of each label"))
        self.comparison = FigureTable(
            (self.tr("Label"), "", "", self.tr("Difference")), self.tr("Two models compared")
        )
        headers = (self.tr("People"), self.tr("Words"), self.tr("Right"), self.tr("95 % interval"))
        self.speakers = FigureTable(
            (self.tr("Speakers"), *headers, self.tr("Answered and right")),
            self.tr("Right by speakers"),
        )
        self.robustness = RobustnessPage()
        self.epochs = EpochsView()
        self.pages = QTabWidget()
        self.pages.addTab(self.confusion, self.tr("Confusion"))
        self.pages.addTab(self.per_label, self.tr("Each label"))
        self.pages.addTab(self.speakers, self.tr("Speakers"))
        self.pages.addTab(self.robustness, self.tr("Difficult sound"))
        self.pages.addTab(self.epochs, self.tr("Curves"))
        self.pages.addTab(self.comparison, self.tr("Comparison"))
        self.clips = ClipPanel()

        splitter = self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._layouts: dict[bool, tuple[list[int], list[int]]] = {}  # as they were left
        splitter.setObjectName("results_splitter")
        splitter.addWidget(self.pages)
        splitter.addWidget(self.clips)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.setLayout(
            in_column(
                self._title,
                self._figures,
                in_row(self.use, self.keep, self.back, None, self.details),
                (splitter, 1),
                margins=(8, 8, 8, 8),
            )
        )
        self.details.toggled.connect(self._on_details_toggled)
        self.confusion.cell_chosen.connect(self.show_cell)
        self.use.clicked.connect(self.use_clicked)
        self.keep.clicked.connect(self.back_clicked)
        self.back.clicked.connect(self.back_clicked)
        self.show_title("")
        self.clear()
        self._on_details_toggled(False)

    @property
    def title(self) -> str:
        """The verdict."""
        return self._title.text()

    @property
    def figures(self) -> str:
        """What is said below it."""
        return self._figures.text()

    def show_title(self, text: str, decides: bool = False) -> None:
        """Show a verdict; a person may have to decide on the model."""
        self._title.setText(text)
        self.use.setVisible(decides)
        self.keep.setVisible(decides)
        self.back.setVisible(not decides)

    def clear(self) -> None:
        """Show nothing of another model."""
        self._evaluation = None
        self._figures.clear()
        self.confusion.set_counts((), ())
        for table in (self.per_label, self.speakers, self.comparison):
            table.show_rows(())
        self.robustness.clear()
        self.pages.setTabEnabled(self.pages.indexOf(self.comparison), False)
        self.show_epochs(())
        self.clips.list_clips("", ())

    def show_epochs(self, epochs: Sequence[Epoch]) -> None:
        """Show how the model learned."""
        self.epochs.set_epochs(epochs)
        self.pages.setTabEnabled(self.pages.indexOf(self.epochs), bool(epochs))

    def show_evaluation(self, evaluation: EvaluationReport) -> None:
        """Show the figures of a model, and the clips of its worst confusions."""
        low, high = evaluation.accuracy_interval
        text = self.tr(
            "{accuracy} right ({low} to {high} with 95 % confidence), {clips} of {speakers}"
        ).format(
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
        self._figures.setText(text)
        self._evaluation = evaluation
        self.confusion.set_counts(evaluation.labels, evaluation.confusion)
        self.per_label.show_rows(
            [
                label_text(label),
                *_figures(row.precision, row.recall, row.f1),
                fill("{0:,}", row.clips),
            ]
            for label, row in evaluation.per_label.items()
        )
        measured = evaluation.robustness
        groups = measured.groups if measured is not None else ()
        lowest = measured.lowest if measured is not None else ()
        named = [(row.name, row) for row in groups]
        named += [(fill(self.tr("least right: {0}"), row.name), row) for row in lowest]
        self.speakers.show_rows(
            [
                name,
                fill("{0:,}", row.speakers),
                fill("{0:,}", row.clips),
                percent(row.right, 1),
                " – ".join(percent(share, 1) for share in row.interval),
                percent(row.answered, 1),
            ]
            for name, row in named
        )
        self.robustness.show_evaluation(evaluation)
        worst = worst_clips(evaluation)
        caption = self.tr("Its worst mistakes, to be heard:")
        if not confusions(evaluation):
            caption = self.tr("No clip of the test was taken for another.")
        elif not worst:
            caption = self.tr("Which clips are wrong was not noted: evaluate it on a folder.")
        self.clips.list_clips(caption, worst)
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
        self.comparison.show_rows(rows)
        self.pages.setTabEnabled(self.pages.indexOf(self.comparison), True)
        text = self.tr("“{0}” has {1:.1%} right and “{2}” {3:.1%}, of the same {4}.")
        clips = counted(first.clips, self.tr("{n:,} clip"), self.tr("{n:,} clips"))
        one, other = names
        self.show_title(fill(text, one, first.accuracy, other, second.accuracy, clips))
        differing = disagreements(names, figures)
        one_clip, many = (
            self.tr("They disagree on {n:,} clip:"),
            self.tr("They disagree on {n:,} clips:"),
        )
        self.clips.list_clips(counted(len(differing), one_clip, many), differing)
        self.details.setChecked(True)
        self.pages.setCurrentWidget(self.comparison)

    def show_cell(self, said: str, answer: str) -> None:
        """List the clips of a pair of labels, the surest first."""
        if self._evaluation is not None:
            found = cell_clips(self._evaluation, said, answer)
            text = self.tr("“{0}” taken for “{1}”: {2:,}")
            self.clips.list_clips(
                fill(text, label_text(said), label_text(answer), len(found)), found
            )

    def _on_details_toggled(self, shown: bool) -> None:
        """Show the details, or not, divided as the person left it."""
        if self.isVisible():
            self._layouts[not shown] = self.splitter.sizes(), self.clips.sizes()
        self.pages.setVisible(shown)
        self.clips.setOrientation(Qt.Orientation.Vertical if shown else Qt.Orientation.Horizontal)
        for splitter, sizes in zip(
            (self.splitter, self.clips), self._layouts.get(shown, ()), strict=False
        ):
            splitter.setSizes(sizes)


class RobustnessPage(QWidget):
    """A table of accuracies in noise, shifted, fainter and louder; and a reliability diagram."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        headers = [self.tr("Sound"), self.tr("Clips"), self.tr("Right"), "notebook-cnn"]
        self.table = FigureTable(headers, self.tr("Right in difficult sound"))
        self._rest = QLabel()
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

    def clear(self) -> None:
        """Show nothing of another model."""
        self.table.show_rows(())
        self._rest.setText(self.tr("Nothing was measured yet."))
        self._draw(())

    def show_evaluation(self, evaluation: EvaluationReport) -> None:
        """Show what was measured of difficult sound, and of confidence, or what to do."""
        report, calibration = evaluation.robustness, evaluation.calibration
        conditions = report.conditions if report is not None else ()
        self.table.setColumnHidden(3, all(row.reference is None for row in conditions))
        self.table.show_rows(
            [
                self._condition(row.name),
                fill("{0:,}", row.clips),
                percent(row.accuracy, 1),
                "" if row.reference is None else percent(row.reference, 1),
            ]
            for row in conditions
        )
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
