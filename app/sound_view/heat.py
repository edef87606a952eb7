"""What an answer depends on, laid over the picture of the sound, in seconds and Hz."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from core.recognition.occlusion import OcclusionMap
    from core.sound.clip import FloatArray
    from core.sound.picture import Picture

FOR, AGAINST = QColor("#e66101"), QColor("#2c7bb6")
"""What speaks for and against the answer; they differ in lightness too, and for colour-blind
eyes (ColorBrewer)."""

_MOST_COLUMNS = 200  # of a model on the waveform, whose columns are samples


class HeatItem(pg.ImageItem):
    """Colours what speaks for an answer and against it, wherever the picture has its rows."""

    def __init__(self) -> None:
        super().__init__(axisOrder="row-major")
        self._found: OcclusionMap | None = None
        self._start = 0.0
        self.setZValue(10)

    @property
    def shown(self) -> bool:
        """Whether there is anything to be laid over."""
        return self._found is not None

    def set_map(self, found: OcclusionMap | None, start: float = 0.0) -> None:
        """Take what was found of the second that begins at `start`, or nothing."""
        self._found, self._start = found, start

    def lay_over(self, picture: Picture | None) -> None:
        """Take the place of what is known of, in the rows of a picture."""
        found = self._found
        if found is None or picture is None:
            if self.image is not None:
                self.clear()
            return
        values, step = found.values, 1
        if values.shape[1] > _MOST_COLUMNS:
            step = -(-values.shape[1] // _MOST_COLUMNS)
            values = values[:, ::step]
        n_rows = picture.values.shape[0]
        colours = heat_colours(values)[rows_under(found, picture)]
        if found.features is not None:
            hertz = picture.frequency_of(np.arange(n_rows, dtype=np.float32))
            colours[(hertz < found.features.fmin) | (hertz > found.features.fmax)] = 0
        left, right = found.seconds_of(0, found.values.shape[1])
        self.setImage(colours, levels=(0, 255))
        self.setRect(QRectF(self._start + left, -0.5, right - left, n_rows))


def rows_under(found: OcclusionMap, picture: Picture) -> np.ndarray:
    """Return which row of what was found lies under each row of a picture."""
    n_rows = picture.values.shape[0]
    if found.features is None:
        return np.zeros(n_rows, np.intp)
    hertz = picture.frequency_of(np.arange(n_rows, dtype=np.float32))
    rows = np.rint(found.features.row_of(np.asarray(hertz, np.float32))).astype(np.intp)
    return np.clip(rows, 0, found.values.shape[0] - 1)


def heat_colours(values: FloatArray) -> np.ndarray:
    """Return (n_rows, n_columns, 4) colours, the more opaque the more depends on a point."""
    share = values / max(float(np.abs(values).max()), 1e-6)
    colours = np.empty((*values.shape, 4), np.uint8)
    for sign, colour in ((share >= 0, FOR), (share < 0, AGAINST)):
        colours[sign, :3] = (colour.red(), colour.green(), colour.blue())
    colours[..., 3] = np.round(255 * np.sqrt(np.abs(share)))
    return colours
