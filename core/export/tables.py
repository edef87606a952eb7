"""What is known of a clip as tables and arrays, for other programs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from core.recognition.recogniser import Prediction
    from core.sound.picture import Picture
    from core.sound.sound_file import AudioClip


def picture_csv(picture: Picture) -> str:
    """Return a spectrogram as a table: a row a band with its Hz, a column a frame with its s."""
    times, frequencies = _axes(picture)
    rows = [["Hz \\ s", *(f"{time:.4f}" for time in times)]]
    for hertz, values in zip(frequencies, picture.values, strict=True):
        rows.append([f"{hertz:.2f}", *(f"{value:.4f}" for value in values.tolist())])
    return _csv(rows)


def probabilities_csv(prediction: Prediction) -> str:
    """Return a row a label with its probability, in the order of the model."""
    pairs = zip(prediction.labels, prediction.probabilities.tolist(), strict=True)
    return _csv([["label", "probability"], *([label, f"{value:.6f}"] for label, value in pairs)])


def arrays_npz(
    clip: AudioClip, picture: Picture, prediction: Prediction | None = None, **more: Any
) -> bytes:
    """Return a compressed NumPy archive; it opens with ``allow_pickle=False``.

    Parameters
    ----------
    clip : AudioClip
        As ``samples`` and ``sample_rate``.
    picture : Picture
        As ``spectrogram``, (n_rows, n_columns), with ``frequencies`` in Hz and ``times`` in s.
    prediction : Prediction or None
        As ``labels`` and ``probabilities``.
    **more : array_like
        Further arrays by their names.
    """
    times, frequencies = _axes(picture)
    arrays: dict[str, Any] = {
        "samples": clip.samples,
        "sample_rate": clip.sample_rate,
        "spectrogram": picture.values,
        "frequencies": frequencies,
        "times": times,
    }
    if prediction is not None:
        arrays["labels"] = np.array(prediction.labels)
        arrays["probabilities"] = prediction.probabilities
    target = io.BytesIO()
    np.savez_compressed(target, **arrays, **more)
    return target.getvalue()


def _axes(picture: Picture) -> tuple[Any, Any]:
    """Return the seconds of the columns and the hertz of the rows."""
    n_rows, n_columns = picture.values.shape
    times = picture.first_seconds + np.arange(n_columns) * picture.seconds_per_column
    return times, picture.frequency_of(np.arange(n_rows, dtype=np.float32))


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
