"""How a model stands difficult sound, and how far it may be believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from app.shell.translation import counted, fill, percent
from app.sound_view.axes import Axis, dress, hold_still
from app.widgets.label_tables import FigureTable
from app.widgets.layout import in_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.evaluation.report import ConfidenceBin, EvaluationReport, RobustnessReport

_NUMBER = re.compile(r"-?\d+")


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
