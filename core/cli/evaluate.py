"""``evaluate``: how good a model is on a folder of recordings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.cli import EXIT_OK
from core.cli.check import scan_folder
from core.cli.recognise import load_recogniser
from core.cli.supervised import go_last, progress
from core.cli.terminal import tell, tell_json
from core.evaluation.accuracy import evaluate, load_tested_clips
from core.evaluation.model_card import robustness_text
from core.evaluation.robustness import robustness
from core.labels import SILENCE, UNKNOWN
from core.places import REFERENCE_MODEL
from core.sentences import count, percent
from core.training.events import Evaluated

if TYPE_CHECKING:
    import argparse

    from core.evaluation.report import EvaluationReport

_NAMES = {SILENCE: "silence", UNKNOWN: "other word"}


def run(args: argparse.Namespace) -> int:
    """Print how good a model is on a folder."""
    go_last(args)
    recogniser = load_recogniser(args.model)
    data_set = scan_folder(args)
    recordings = [*data_set.recordings, *data_set.noise]
    if args.like is not None:
        tested = load_tested_clips(args.like)
        recordings = [recording for recording in recordings if recording.name in tested]
    result = evaluate(recogniser, recordings, progress(args, "evaluate"))
    left_out = sum(problem.kind.leaves_out for problem in data_set.problems)
    figures = result.report(args.clips)
    figures = replace(figures, skipped=figures.skipped + left_out)
    words = set(recogniser.bundle.metadata.words)
    if args.robustness and any(recording.label in words for recording in recordings):
        reference = load_recogniser(REFERENCE_MODEL)
        measured = robustness(recogniser, recordings, reference, progress(args, "robustness"))
        figures = replace(figures, robustness=measured)
    if args.json:
        tell_json(figures.to_json())
    else:
        for line in _lines(figures):
            tell(line)
    return EXIT_OK


def _lines(figures: EvaluationReport) -> list[str]:
    lines = [
        str(Evaluated(figures)),
        "",
        f"{'':16s} precision    recall       f1   clips",
    ]
    for label, row in figures.per_label.items():
        shares = f"{percent(row.precision):>9s} {percent(row.recall):>9s}"
        lines.append(f"{_name(label):16s} {shares} {row.f1:8.3f} {row.clips:7d}")
    lines += ["", "Confusion: a row for what was said, a column for the answer."]
    lines.append(" " * 16 + "".join(f"{_name(label)[:6]:>7s}" for label in figures.labels))
    for label, counts in zip(figures.labels, figures.confusion, strict=True):
        lines.append(f"{_name(label):16s}" + "".join(f"{n:7d}" for n in counts))
    lines.append("")
    if figures.skipped:
        skipped = count(figures.skipped, "{n} file was skipped.", "{n} files were skipped.")
        lines.append(str(skipped))
    if figures.calibration is not None:
        lines.append(f"Expected calibration error {percent(figures.calibration.error)}.")
    if figures.robustness is not None:
        lines += ["", *robustness_text(figures.robustness).splitlines()]
    return lines


def _name(label: str) -> str:
    return _NAMES.get(label, label)
