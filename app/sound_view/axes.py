"""Axes that write what is beside them as people do, and plots that keep still."""

from __future__ import annotations

from bisect import bisect_right
from math import ceil, log10
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtGui import QFont, QPalette

from app.shell.translation import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

Parts = tuple[tuple[float, float], ...]
"""From which second on an axis is written how much later; in their order."""


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
        self.parts: Parts = ()
        self._seen: tuple[float, float] | None = None
        self.clock = False
        """Whether it is the time of the day, in seconds."""

    def tickValues(self, lowest: float, highest: float, size: float) -> list[Any]:
        """Tick what is round as it is written."""
        if not self.parts:
            return list(super().tickValues(lowest, highest, size))
        self._seen = lowest, highest
        ticks: list[Any] = []
        for number, (start, later) in enumerate(self.parts):
            first = max(lowest, start) if number else lowest
            last = self.parts[number + 1][0] if number + 1 < len(self.parts) else highest
            if first < (last := min(last, highest)):
                found = super().tickValues(first + later, last + later, size)
                levels = [(step, [value - later for value in values]) for step, values in found]
                ticks = ticks or [(step, []) for step, _ in levels]
                for (_, values), (_, more) in zip(ticks, levels, strict=True):
                    values += more
        self._seen = None
        return ticks

    def tickSpacing(self, lowest: float, highest: float, size: float) -> list[tuple[float, float]]:
        """Count in whole steps, the same in all parts."""
        levels = super().tickSpacing(*(self._seen or (lowest, highest)), size)
        if self._kind != "count":
            return list(levels)
        return [level for level in levels if level[0] >= 1] or [(1.0, 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write the numbers with the digits that tell them apart."""
        values = [value + self._later(value) for value in values]
        if self.clock:
            return [_time_of_day(value, spacing) for value in values]
        share = self._kind == "share"
        digits = max(0, ceil(-log10(spacing * scale * (100 if share else 1)) - 1e-9))
        form = f"{{0:.{digits}{'%' if share else 'f'}}}"
        return [fill(form, value * scale) for value in values]

    def written(self, second: float) -> str:
        """Return a second as it is written, to the millisecond."""
        value = second + self._later(second)
        return _time_of_day(value, 0.001) if self.clock else fill("{0:.3f} s", value)

    def _later(self, second: float) -> float:
        number = bisect_right(self.parts, second, key=lambda part: part[0])
        return self.parts[max(0, number - 1)][1] if self.parts else 0.0


def _time_of_day(seconds: float, spacing: float) -> str:
    digits = 0 if spacing >= 1 else ceil(-log10(spacing) - 1e-9)
    seconds = round(seconds, digits) % 86_400
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    written = f"{hours:02d}:{minutes:02d}:"  # 30 times a second, of ten ticks
    if not digits:
        return f"{written}{int(rest):02d}"
    return written + fill(f"{{0:0{3 + digits}.{digits}f}}", rest)
