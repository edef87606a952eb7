"""The picture of a clip to take along: PNG or SVG, drawn by matplotlib without any window.

matplotlib is imported when the first picture is drawn: it takes about a second.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from core.labels import printable
from core.sentences import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip, FloatArray
    from core.sound.picture import Picture

FigureFormat = Literal["png", "svg"]

_INCHES = (8.0, 5.0)
_DPI = 150
_LEFT = 0.11
_SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": 10.0,
    "svg.fonttype": "none",  # text stays text
    "text.parse_math": False,  # a file's name may hold a $
}
_ACCENT, _FAINT = "#2468b4", "#66707c"
_TICKS_HZ = (100, 250, 500, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12000, 16000, 24000)
_OUTLINE_COLUMNS = 4000  # more points than this are more than a page has dots
_LETTERS, _LARGE_LETTERS = 95, 60  # what fits into a line
_LEVELS_Z_SCORE = (-2.0, 3.0)


@dataclass(frozen=True, slots=True, eq=False)
class ClipFigure:
    """What is drawn of a clip.

    Parameters
    ----------
    name : str
        What a person calls it: the name of its file.
    clip : AudioClip
    picture : Picture
        Of the clip or a stretch of it; the waveform shows the same stretch.
    prediction : Prediction or None
    colour_map : str
        A name that matplotlib knows.
    levels : (float, float) or None
        The values of the darkest and the brightest colour; None for the whole range.
    visible : (float, float) or None
        The seconds that are drawn; None for all of the picture.
    """

    name: str
    clip: AudioClip
    picture: Picture
    prediction: Prediction | None = None
    colour_map: str = "magma"
    levels: tuple[float, float] | None = None
    visible: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", printable(self.name))

    @property
    def answer(self) -> str:
        """The prediction as a phrase; empty without one."""
        if self.prediction is None:
            return ""
        if self.prediction.sentence is not None:
            return str(self.prediction.sentence)
        label = printable(str(self.prediction.label), _LETTERS // 2)
        return f"{label}, {percent(self.prediction.confidence, 0)}"

    @property
    def description(self) -> str:
        """The picture in words, for whoever cannot see it."""
        start, stop = self.span
        kind = "Mel spectrogram" if self.picture.scale == "mel" else "Spectrogram"
        heard = ""
        if self.prediction is not None:
            heard = (
                f" The model {printable(self.prediction.model)} says: {self.answer.rstrip('.')}."
            )
        return f"Waveform and {kind} of {self.name}, {start:.2f} to {stop:.2f} s.{heard}"

    @property
    def span(self) -> tuple[float, float]:
        """Where the picture begins and ends, in seconds."""
        first, step = self.picture.first_seconds, self.picture.seconds_per_column
        last = first + (self.picture.values.shape[1] - 1) * step
        start, stop = self.visible or (first, last)
        return max(first, start, 0.0), min(last, stop, self.clip.seconds)

    @property
    def is_z_score(self) -> bool:
        """Whether the picture holds standard deviations instead of dB."""
        return self.picture.config.normalisation == "z-score"

    @property
    def colour_levels(self) -> tuple[float, float]:
        """The values of the darkest and the brightest colour."""
        whole = _LEVELS_Z_SCORE if self.is_z_score else (-self.picture.config.top_db, 0.0)
        return self.levels or whole


def render(content: ClipFigure, kind: FigureFormat = "png") -> bytes:
    """Draw a clip and return the picture file: 1200 by 750 dots as PNG, text as text in SVG."""
    import matplotlib as mpl

    target = io.BytesIO()
    with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes, and stands in the metadata.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure = draw(content)
        metadata = {"Title": content.name, "Description": content.description}
        figure.savefig(target, format=kind, dpi=_DPI, metadata=metadata)
    return target.getvalue()


def draw(content: ClipFigure) -> Figure:
    """Draw waveform above spectrogram with axes in s and Hz, a colour bar, and the answer."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=_INCHES, facecolor="white")
    lower = figure.add_axes((_LEFT, 0.11, 0.765, 0.44))
    upper = figure.add_axes((_LEFT, 0.57, 0.765, 0.28), sharex=lower)
    scale = figure.add_axes((0.89, 0.11, 0.018, 0.44))
    title, under = content.answer or printable(content.name, _LETTERS), ""
    if content.prediction is not None:
        model = printable(content.prediction.model, _LETTERS // 3)
        under = f"{printable(content.name, _LETTERS // 2)}  ·  {model}"
    size = "x-large" if len(title) < _LARGE_LETTERS else "medium"
    figure.text(_LEFT, 0.945, textwrap.fill(title, _LETTERS), size=size, va="center")
    figure.text(_LEFT, 0.885, under, color=_FAINT, va="center")

    start, stop = content.span
    _draw_waveform(upper, content.clip, start, stop)
    image = _draw_spectrogram(lower, content)
    lower.set_xlim(start, stop)
    bar = figure.colorbar(image, cax=scale)
    bar.set_label("standard deviations" if content.is_z_score else "dB below maximum")
    return figure


def _draw_waveform(axes: Axes, clip: AudioClip, start: float, stop: float) -> None:
    first = round(start * clip.sample_rate)
    samples = clip.samples[first : round(stop * clip.sample_rate) + 1]
    times, values = _outline(samples)
    axes.plot(start + times / clip.sample_rate, values, color=_ACCENT, linewidth=0.6)
    peak = max(float(np.abs(samples).max()), 0.05)
    axes.set_ylim(-1.05 * peak, 1.05 * peak)
    axes.set_ylabel("Amplitude")
    axes.tick_params(labelbottom=False)


def _outline(samples: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return indices and samples; of a long sound the lowest and highest of each stretch."""
    size = -(-samples.size // _OUTLINE_COLUMNS)
    if size <= 2:
        return np.arange(samples.size, dtype=np.float32), samples
    whole = samples[: samples.size // size * size].reshape(-1, size)
    values = np.stack([whole.min(axis=1), whole.max(axis=1)], axis=1).ravel()
    return np.repeat(np.arange(len(whole), dtype=np.float32) * size, 2), values


def _draw_spectrogram(axes: Axes, content: ClipFigure) -> Any:
    picture = content.picture
    n_rows, n_columns = picture.values.shape
    step = picture.seconds_per_column
    left = picture.first_seconds - step / 2
    low, high = content.colour_levels
    image = axes.imshow(
        picture.values,
        cmap=content.colour_map,
        vmin=low,
        vmax=high,
        origin="lower",
        aspect="auto",
        interpolation="nearest",
        extent=(left, left + n_columns * step, -0.5, n_rows - 0.5),
    )
    config = picture.config
    hertz = [hz for hz in _TICKS_HZ if config.fmin <= hz <= config.fmax]
    rows = np.clip(picture.row_of(np.array(hertz)), -0.5, n_rows - 0.5)
    axes.set_yticks(rows, [str(hz) for hz in hertz])
    axes.set_xlabel("Time in s")
    axes.set_ylabel("Frequency in Hz")
    return image
