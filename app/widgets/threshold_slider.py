"""From which confidence on an answer is given, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from core.recognition.bundle import ModelMetadata


class ThresholdSlider(QWidget):
    """Sets the threshold of the model in use; a line says what it did when it was measured.

    Signals: ``threshold_changed(float)`` when a person moves it.
    """

    threshold_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metadata: ModelMetadata | None = None
        title = QLabel(self.tr("Answer from"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 99)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("Confidence from which an answer is given"))
        title.setBuddy(self.slider)
        self._value = QLabel()
        self._value.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reset = QToolButton()
        self.reset.setText(self.tr("Reset"))
        self.reset.setAutoRaise(True)
        self.reset.setToolTip(self.tr("Back to what was chosen when the model was trained"))
        self._cost = QLabel()
        self._cost.setWordWrap(True)
        self._cost.setForegroundRole(QPalette.ColorRole.PlaceholderText)

        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (title, self.slider, self._value, self.reset):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._cost)
        self.setEnabled(False)

        self.slider.valueChanged.connect(self._on_value_changed)
        self.reset.clicked.connect(self._on_reset_clicked)

    @property
    def model(self) -> str:
        """The name of the model whose threshold it is."""
        return self._metadata.name if self._metadata else ""

    @property
    def text(self) -> str:
        """What the line below the slider says."""
        return self._cost.text()

    def set_model(self, metadata: ModelMetadata, threshold: float) -> None:
        """Show a model and the threshold that is used with it, 0-1."""
        self._metadata = metadata
        self.setEnabled(True)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(threshold * 100))
        self.slider.blockSignals(blocked)
        self._show()

    def _show(self) -> None:
        assert self._metadata is not None
        threshold = self.slider.value() / 100
        self._value.setText(f"{self.slider.value()} %")
        self.reset.setEnabled(self.slider.value() != round(self._metadata.threshold * 100))
        point = self._metadata.operating_point(threshold)
        if point is None:
            text = self.tr("What this costs was not measured for this model.")
        else:
            text = self.tr(
                "When measured: {0:.0%} of the digits answered, {1:.0%} of all else turned down"
            ).format(point.accepted, point.rejected)
        self._cost.setText(text.replace("%", " %"))
        self.slider.setAccessibleDescription(self._cost.text())

    def _on_value_changed(self) -> None:
        self._show()
        self.threshold_changed.emit(self.slider.value() / 100)

    def _on_reset_clicked(self) -> None:
        if self._metadata is not None:
            self.slider.setValue(round(self._metadata.threshold * 100))
