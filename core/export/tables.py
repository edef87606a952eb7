"""What is known of a clip, a data set or a run as tables and arrays, for other programs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from core.labels import printable

if TYPE_CHECKING:
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.picture import Picture


def picture_csv(picture: Picture) -> str:
    """Return a spectrogram as a table: a row a band with its Hz, a column a frame with its s."""
    times, frequencies = _axes(picture)
    rows = [["Hz \\ s", *(f"{time:.4f}" for time in times)]]
    for hertz, values in zip(frequencies, picture.values, strict=True):
        rows.append([f"{hertz:.2f}", *(f"{value:.4f}" for value in values.tolist())])
    return as_csv(rows)


def probabilities_csv(prediction: Prediction) -> str:
    """Return a row a label with its probability, in the order of the model."""
    pairs = zip(map(printable, prediction.labels), prediction.probabilities.tolist(), strict=True)
    return as_csv([["label", "probability"], *([label, f"{value:.6f}"] for label, value in pairs)])


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
        As ``labels``, ``probabilities`` and ``model``, its name.
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
        arrays["model"] = np.array(prediction.model)
    target = io.BytesIO()
    np.savez_compressed(target, **arrays, **more)
    return target.getvalue()


def report_csv(report: dict[str, Any]) -> str:
    """Turn a health report (`DataSet.to_json`) into CSV: a row a label, then a row a problem.

    Where the report has not all problems of a kind, a row says how many more there are.
    """
    rows = [["label", label, *row.values()] for label, row in report["labels"].items()]
    problems = report["problems"]
    rows += [["problem", printable(p["path"]), p["kind"], p["detail"], ""] for p in problems]
    more = Counter(report["problem_counts"])
    more.subtract(p["kind"] for p in problems)
    rows += [["problem", "", kind, f"and {n} more", ""] for kind, n in more.items() if n > 0]
    return as_csv([["row", "name", "clips or kind", "speakers or detail", "seconds"], *rows])


def curves_csv(epochs: list[dict[str, Any]]) -> str:
    """Turn the epochs of a run into CSV: a row an epoch."""
    columns = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds", "best"]
    return as_csv([columns, *([epoch.get(name, "") for name in columns] for epoch in epochs)])


def _axes(picture: Picture) -> tuple[Any, Any]:
    """Return the seconds of the columns and the hertz of the rows."""
    n_rows, n_columns = picture.values.shape
    times = picture.first_seconds + np.arange(n_columns) * picture.seconds_per_column
    return times, picture.frequency_of(np.arange(n_rows, dtype=np.float32))


def as_csv(rows: list[list[Any]]) -> str:
    """Return rows as CSV, whose lines end as those of text do."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
