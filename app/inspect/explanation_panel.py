"""What the network sees and why: the panel beside the picture for the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QSizePolicy,
    QSlider,
    QStackedLayout,
    QWidget,
)

from app.shell.translation import fill, label_text, percent, translated
from app.widgets.answer import ProbabilityBars
from app.widgets.layout import in_column, in_page

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from app.inspect.explanation import Explanation
    from app.inspect.model_input import ModelInputPlot
    from core.recognition.occlusion import OcclusionMap

_OPACITY = 70
_PLOT_LINES = 11  # the least height of the picture, in lines of text


class ExplanationPanel(QWidget):
    """Shows the model's input, what the answer depends on, and all probabilities.

    Signals: ``shown_changed(bool)`` when it comes into sight or leaves it, so that nothing is
    worked out that nobody looks at; ``heat_changed(float)``, how much the colours over the
    picture are to cover it.
    """

    shown_changed = Signal(bool)
    heat_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot: ModelInputPlot | None = None
        self._title = QLabel(self.tr("What the network sees"))
        self._shape = _Words()
        self._point = _Words()
        self.depends = QCheckBox(self.tr("What the answer &depends on"))
        self.depends.setChecked(True)
        self.depends.setToolTip(self.tr("Colours the parts whose covering changes the answer most"))
        self.strength = QSlider(Qt.Orientation.Horizontal)
        self.strength.setRange(10, 100)
        self.strength.setValue(_OPACITY)
        self.strength.setAccessibleName(self.tr("Strength of the colours"))
        self.strength.setToolTip(self.tr("How much the colours cover the picture, in per cent"))
        self._legend = _Words()
        self._sentence = _Words()
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bars = ProbabilityBars()

        self._place = in_column()
        content = in_page(
            *(self._title, self._shape, (self._place, 1), self._point, self.depends, self.strength),
            *(self._legend, self._sentence, self.bars),
            margins=(0, 8, 8, 8),
        )
        self._hint = QLabel()
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(content)
        self._size_type()
        self.clear()

        self.depends.toggled.connect(self._update_heat)
        self.strength.valueChanged.connect(self._update_heat)

    @property
    def text(self) -> str:
        """What the panel says, as words."""
        if self._pages.currentIndex() == 0:
            return self._hint.text()
        return f"{self._shape.text()} {self._sentence.text()}"

    @property
    def plot(self) -> ModelInputPlot:
        """The plot; the first time, it is made."""
        if self._plot is None:
            from app.inspect.model_input import ModelInputPlot

            self._plot = ModelInputPlot()
            self._plot.setMinimumHeight(_PLOT_LINES * self.fontMetrics().height())
            self._plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            self._plot.setAccessibleName(self.tr("What the network sees"))
            self._plot.pointed.connect(self._point.setText)
            self._place.addWidget(self._plot)
            self._update_look()
        return self._plot

    def set_explanation(self, explanation: Explanation) -> None:
        """Show what a model was given, what it says, and why."""
        found, prediction = explanation.occlusion, explanation.prediction
        self.plot.set_map(found)
        self._shape.setText(self._shape_text(found))
        self._legend.setText(self._legend_text(found.label))
        self._sentence.setText(
            self.tr("The network is not asked. {0}").format(translated(prediction.sentence))
            if prediction.problem is not None and prediction.sentence is not None
            else self._reason(found, sure=prediction.label is not None)
        )
        self.bars.set_prediction(prediction)
        self._pages.setCurrentIndex(1)
        self._describe()

    def set_sentence(self, sentence: str) -> None:
        """Say why there is nothing to see."""
        self._hint.setText(sentence)
        self._pages.setCurrentIndex(0)
        self._describe()

    def clear(self) -> None:
        """Show nothing."""
        self.set_sentence(self.tr("Choose a clip to see what the network is given of it."))

    # --- Qt's events --------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody looks any more."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_type()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._update_look()

    def _size_type(self) -> None:
        font = self.font()
        font.setBold(True)
        self._title.setFont(font)
        line = self.fontMetrics().lineSpacing()
        for label, lines in ((self._shape, 2), (self._point, 1), (self._sentence, 3)):
            label.setMinimumHeight(lines * line)  # so that nothing jumps from clip to clip

    def _update_look(self) -> None:
        if self._plot is not None:
            self._plot.set_look(self.palette(), self.font())
            self._plot.setMinimumHeight(_PLOT_LINES * self.fontMetrics().height())

    def _update_heat(self) -> None:
        shown = self.depends.isChecked()
        self.strength.setEnabled(shown)
        self._legend.setVisible(shown)
        self.heat_changed.emit(self.opacity)

    @property
    def opacity(self) -> float:
        """How much the colours are to cover the picture, 0-1."""
        return self.strength.value() / 100 if self.depends.isChecked() else 0.0

    # --- words --------------------------------------------------------------------------

    def _describe(self) -> None:
        self.setAccessibleDescription(self.text)
        if self._plot is not None:
            self._plot.setAccessibleDescription(self.text)

    def _shape_text(self, found: OcclusionMap) -> str:
        n_rows, n_columns = found.model_input.shape
        low, high = float(found.model_input.min()), float(found.model_input.max())
        if found.features is None:
            return fill(self.tr("{0} samples, from {1:.2f} to {2:.2f}"), n_columns, low, high)
        if found.features.normalisation == "z-score":
            text = self.tr(
                "{0} Mel bins × {1} frames, z-scored: from {2:.1f} to {3:.1f} standard deviations"
            )
        else:
            text = self.tr("{0} Mel bins × {1} frames, from {2:.0f} to {3:.0f} dB")
        return fill(text, n_rows, n_columns, low, high)

    def _legend_text(self, label: str) -> str:
        from app.sound_view.heat import AGAINST, FOR

        words = (
            (FOR, self.tr("orange speaks for {0}").format(label_text(label))),
            (AGAINST, self.tr("blue speaks against it")),
        )
        marks = (f'<span style="color:{c.name()}">■</span> {word}' for c, word in words)
        return "<br>".join(marks)

    def _reason(self, found: OcclusionMap, sure: bool) -> str:
        """Say what the answer depends on, for the eye and for a screen reader."""
        region = found.strongest
        answer = self.tr("The answer {0}") if sure else self.tr("Not sure. The best guess, {0},")
        answer = answer.format(label_text(found.label))
        if region is None:
            return self.tr("{0} depends on no part more than on others.").format(answer)
        where = fill("{0:.2f}–{1:.2f} s", region.start, region.end)
        if region.fmin is not None and region.fmax is not None:
            where += fill(", {0:.1f}–{1:.1f} kHz", region.fmin / 1000, region.fmax / 1000)
        text = self.tr(
            "{0} depends most on {1}. Covering the part that matters most takes its probability "
            "from {2} to {3}."
        )
        return text.format(
            answer, where, percent(found.probability), percent(found.lowest_probability)
        )


class _Words(QLabel):
    """Text that takes as many lines as it needs, in any width."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
