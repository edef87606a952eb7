"""What a model gets right and wrong, down to the single clip, and how it stands difficult sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QTabWidget, QWidget

from app.shell.translation import counted, fill, label_text, percent
from app.train.clip_panel import ClipPanel
from app.train.evaluated_clips import EvaluatedClips
from app.train.robustness_page import RobustnessPage
from app.train.run_page import EpochsView
from app.train.verdict import confusions
from app.widgets.label_tables import ConfusionMatrix, FigureTable
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.shell.settings import Settings
    from core.evaluation.report import EvaluationReport
    from core.training.events import Epoch


class ResultsPage(QWidget):
    """Shows a verdict with the clips that speak against it, and in detail how it came about.

    Parameters
    ----------
    changes : Changes
    settings : Settings

    Signals
    -------
    use_clicked(), back_clicked()
        Use the model that is shown; or leave everything as it was.
    """

    use_clicked = Signal()
    back_clicked = Signal()

    def __init__(self, changes: Changes, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        """Where the clips lie."""
        self._tested: EvaluatedClips | None = None
        self._listed: tuple[str, list[Clip]] = "", []
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
        self.clips = ClipPanel(changes, settings)

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
        self.per_label.currentCellChanged.connect(lambda row, *_: self._show_label(row))
        self.clips.every.clicked.connect(self._on_every_clicked)
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
        self._show_tested(None)
        self._figures.clear()
        self.confusion.set_counts((), ())
        for table in (self.per_label, self.speakers, self.comparison):
            table.show_rows(())
        self.robustness.clear()
        self.pages.setTabEnabled(self.pages.indexOf(self.comparison), False)
        self.show_epochs(())
        self._list("", [])

    def show_epochs(self, epochs: Sequence[Epoch]) -> None:
        """Show how the model learned."""
        self.epochs.set_epochs(epochs)
        self.pages.setTabEnabled(self.pages.indexOf(self.epochs), bool(epochs))

    def show_evaluation(self, evaluation: EvaluationReport, model: str = "") -> None:
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
        tested = EvaluatedClips(evaluation, self.folder, model)
        self._show_tested(tested)
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
        worst = tested.worst()
        caption = self.tr("Its worst mistakes, to be heard:")
        if not confusions(evaluation):
            caption = self.tr("No clip of the test was taken for another.")
        elif not worst:
            caption = self.tr("Which clips are wrong was not noted: evaluate it on a folder.")
        self._list(caption, worst)
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
        tested = EvaluatedClips(second, self.folder, other, first)
        self._show_tested(tested)
        differing = tested.changed()
        one_clip, many = (
            self.tr("They disagree on {n:,} clip; heard by “{other}”, and before by “{one}”:"),
            self.tr("They disagree on {n:,} clips; heard by “{other}”, and before by “{one}”:"),
        )
        self._list(counted(len(differing), one_clip, many, one=one, other=other), differing)
        self.details.setChecked(True)
        self.pages.setCurrentWidget(self.comparison)

    def show_cell(self, said: str, answer: str) -> None:
        """List the clips of a pair of labels, the surest first."""
        if self._tested is not None:
            found = self._tested.cell(said, answer)
            text = self.tr("“{0}” taken for “{1}”: {2:,}")
            self._list(fill(text, label_text(said), label_text(answer), len(found)), found)

    def _show_label(self, row: int) -> None:
        if self._tested is not None and row >= 0:
            label = list(self._tested.figures.per_label)[row]
            found = self._tested.of_label(label)
            self._list(fill(self.tr("“{0}”: {1:,}"), label_text(label), len(found)), found)

    def _show_tested(self, tested: EvaluatedClips | None) -> None:
        self._tested = tested
        self.clips.every.setVisible(bool(tested))
        self.clips.files.clip_actions.set_labels(tested.figures.labels if tested else ())

    def _list(self, caption: str, clips: list[Clip]) -> None:
        self._listed = caption, clips
        self.clips.list_clips(caption, clips)

    def _on_every_clicked(self, on: bool) -> None:
        if on and self._tested is not None:
            found = self._tested.every()
            one, many = self.tr("The clip of the test:"), self.tr("All {n:,} clips of the test:")
            self.clips.list_clips(counted(len(found), one, many), found, are_all=True)
        else:
            self.clips.list_clips(*self._listed)

    def _on_details_toggled(self, shown: bool) -> None:
        """Show the details, or not, divided as the person left it."""
        if self.isVisible():
            self._layouts[not shown] = self.splitter.sizes(), self.clips.body.sizes()
        self.pages.setVisible(shown)
        self.clips.body.setOrientation(
            Qt.Orientation.Vertical if shown else Qt.Orientation.Horizontal
        )
        for splitter, sizes in zip(
            (self.splitter, self.clips.body), self._layouts.get(shown, ()), strict=False
        ):
            splitter.setSizes(sizes)


def _figures(*values: float) -> list[str]:
    return [fill("{0:.3f}", value) for value in values]


def _compared(name: str, first: float, second: float) -> list[str]:
    return [name, *_figures(first, second), fill("{0:+.3f}", second - first)]
