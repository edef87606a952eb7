"""Axes that write what is beside them as people do, and plots that keep still."""

from __future__ import annotations

from math import ceil, log10
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtGui import QFont, QPalette

from app.shell.translation import fill

if TYPE_CHECKING:
    from collections.abc import Sequence


def hold_still(plot: pg.PlotItem) -> None:
    """Take away what the mouse does to a plot, and the prefixes of units."""
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(x=False, y=False)
    for side in ("left", "bottom", "right", "top"):  # those that are not shown work, too
        plot.getAxis(side).enableAutoSIPrefix(False)


def dress(axis: pg.AxisItem, palette: QPalette, font: QFont) -> None:
    """Give an axis the colours of a theme and the size of a font."""
    text = palette.color(QPalette.ColorRole.Text)
    axis.setPen(palette.color(QPalette.ColorRole.Mid))
    axis.setTextPen(text)
    axis.setTickFont(font)
    if axis.labelText:
        size = f"{font.pointSizeF():.1f}pt"
        axis.setLabel(axis.labelText, **{"color": text.name(), "font-size": size})


class Axis(pg.AxisItem):
    """An axis that writes numbers as the language does, shares in per cent, or counts something.

    Parameters
    ----------
    side : {"left", "bottom"}
    kind : {"number", "share", "count"}
    """

    def __init__(self, side: str, kind: str = "number") -> None:
        super().__init__(side)
        self._kind = kind
        self.offset = 0.0
        """What is written where the axis has its zero."""
        self.clock = False
        """Whether it is the time of the day, in seconds."""

    def tickValues(self, lowest: float, highest: float, size: float) -> list[Any]:
        """Tick what is round as it is written."""
        ticks = super().tickValues(lowest + self.offset, highest + self.offset, size)
        return [(step, [value - self.offset for value in values]) for step, values in ticks]

    def tickSpacing(self, lowest: float, highest: float, size: float) -> list[tuple[float, float]]:
        """Count in whole steps."""
        levels = super().tickSpacing(lowest, highest, size)
        if self._kind != "count":
            return list(levels)
        return [level for level in levels if level[0] >= 1] or [(1.0, 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write the numbers with the digits that tell them apart."""
        if self.clock:
            return [_time_of_day(value + self.offset, spacing) for value in values]
        share = self._kind == "share"
        digits = max(0, ceil(-log10(spacing * scale * (100 if share else 1)) - 1e-9))
        form = f"{{0:.{digits}{'%' if share else 'f'}}}"
        return [fill(form, (value + self.offset) * scale) for value in values]


def _time_of_day(seconds: float, spacing: float) -> str:
    digits = 0 if spacing >= 1 else ceil(-log10(spacing) - 1e-9)
    seconds = round(seconds, digits) % 86_400
    minutes, rest = divmod(seconds, 60)
    width = 3 + digits if digits else 2
    hours, minutes = divmod(int(minutes), 60)
    return fill(f"{{0:02d}}:{{1:02d}}:{{2:0{width}.{digits}f}}", hours, minutes, rest)
