"""How a model stands difficult sound, and how honest its confidence is."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

_LOWEST = 0.0
_HIGHEST = 1.0


class RobustnessPage(QWidget):
    """A table of accuracies in noise, shifted, fainter and louder; and a reliability diagram."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.tr("Right in difficult sound"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Sound"), self.tr("Clips"), self.tr("Right"), "notebook-cnn"]
        )
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._rest = QLabel(self.tr("Nothing was measured yet."))
        self._rest.setWordWrap(True)
        self._rest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.diagram = pg.PlotWidget()
        self.diagram.setMouseEnabled(False, False)
        self.diagram.hideButtons()
        self.diagram.setMenuEnabled(False)
        self.diagram.setXRange(_LOWEST, _HIGHEST, padding=0.02)
        self.diagram.setYRange(_LOWEST, _HIGHEST, padding=0.02)
        self.diagram.setLabel("bottom", self.tr("Confidence"))
        self.diagram.setLabel("left", self.tr("Right"))
        self.diagram.setAccessibleName(self.tr("Reliability diagram"))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.table, 3)
        column.addWidget(self._rest)
        column.addWidget(self.diagram, 2)

    @property
    def text(self) -> str:
        """What is said below the table."""
        return self._rest.text()

    def show_evaluation(self, evaluation: dict[str, Any]) -> None:
        """Show an evaluation as `Evaluation.to_json` returns it, with ``robustness`` or without."""
        report = evaluation.get("robustness") or {"conditions": []}
        conditions = report["conditions"]
        self.table.setRowCount(len(conditions))
        self.table.setColumnHidden(3, not any("reference" in row for row in conditions))
        for number, row in enumerate(conditions):
            shares = [f"{row[k]:.1%}" if k in row else "" for k in ("accuracy", "reference")]
            for place, text in enumerate([row["name"], str(row["clips"]), *shares]):
                item = QTableWidgetItem(text)
                if place:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(number, place, item)
        self._rest.setText("\n".join([*self._lines(report), *self._calibration(evaluation)]))
        self._draw(evaluation.get("calibration", {}).get("bins", []))

    def _lines(self, report: dict[str, Any]) -> list[str]:
        if not report["conditions"]:
            return [self.tr("Evaluate the model on a folder to measure it in noise.")]
        lines = []
        if report["speakers"]["count"]:
            text = self.tr(
                "{count} speakers: the median has {median:.0%} right, the worst {worst:.0%}"
            )
            lines.append(text.format(**report["speakers"]))
        rejection = report["rejection"]
        if "other_words" in rejection:
            text = self.tr("{0:.0%} of {1} other words are turned down")
            other = rejection["other_words"]
            lines.append(text.format(other["turned_down"], other["clips"]))
        if "noises" in rejection:
            text = self.tr("{0:.0%} of {1} noises are turned down")
            noises = rejection["noises"]
            lines.append(text.format(noises["turned_down"], noises["clips"]))
        if "noise" in report:
            text = self.tr("{0} false alarms an hour of noise")
            lines.append(text.format(report["noise"]["false_alarms_an_hour"]))
        return lines

    def _calibration(self, evaluation: dict[str, Any]) -> list[str]:
        if "calibration" not in evaluation:
            return []
        text = self.tr("Expected calibration error {0:.3f}: how far confidence is from being right")
        return [text.format(evaluation["calibration"]["error"])]

    def _draw(self, bins: list[dict[str, Any]]) -> None:
        palette = self.palette()
        ink = palette.color(QPalette.ColorRole.PlaceholderText)
        accent = palette.color(QPalette.ColorRole.Highlight)
        item = self.diagram.getPlotItem()
        item.clear()
        self.diagram.setBackground(palette.color(QPalette.ColorRole.Base))
        for name in ("bottom", "left"):
            item.getAxis(name).setPen(ink)
            item.getAxis(name).setTextPen(palette.color(QPalette.ColorRole.Text))
        honest = [_LOWEST, _HIGHEST]
        item.plot(honest, honest, pen=pg.mkPen(ink, style=Qt.PenStyle.DashLine))
        sure, right = [b["confidence"] for b in bins], [b["accuracy"] for b in bins]
        item.plot(sure, right, pen=accent, symbol="o", symbolBrush=accent, symbolPen=None)
        told = (f"{b['confidence']:.0%}: {b['accuracy']:.0%}" for b in bins)
        self.diagram.setAccessibleDescription(", ".join(told))
