"""Reports as tables for other programs."""

from __future__ import annotations

import csv
import io
from typing import Any


def report_csv(report: dict[str, Any]) -> str:
    """Turn a health report (`DataSet.to_json`) into CSV: a row a label, then a row a problem."""
    rows = [["label", label, *row.values()] for label, row in report["labels"].items()]
    rows += [["problem", p["path"], p["kind"], p["detail"], ""] for p in report["problems"]]
    return _csv(["row", "name", "clips or kind", "speakers or detail", "seconds"], rows)


def curves_csv(epochs: list[dict[str, Any]]) -> str:
    """Turn the epochs of a run into CSV: a row an epoch."""
    columns = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds", "best"]
    return _csv(columns, [[epoch.get(name, "") for name in columns] for epoch in epochs])


def _csv(header: list[str], rows: list[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
