"""What is marked over the plots of a sound: times, spans, and words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked on a time axis in seconds; None is not drawn.

    Parameters
    ----------
    crosshair : float or None
    row : float or None
        The row of the spectrogram that the crosshair is at.
    cursor : float or None
        What is playing, or is to be played.
    span : (float, float) or None
        The selection.
    rows : (float, float) or None
        The rows of the spectrogram that are selected, when not all.
    second : (float, float) or None
        What the model is given, of a longer sound.
    words : tuple of WordMark
        In the order of time.
    gaps : tuple of WordMark
        Where there is no sound, and what is written there.
    """

    crosshair: float | None = None
    row: float | None = None
    cursor: float | None = None
    span: tuple[float, float] | None = None
    rows: tuple[float, float] | None = None
    second: tuple[float, float] | None = None
    words: tuple[WordMark, ...] = ()
    gaps: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class WordMark:
    """A word between two seconds, and what is written beside it."""

    start: float
    end: float
    text: str
