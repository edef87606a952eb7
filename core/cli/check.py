"""``check``: what is in a folder of recordings, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from core.cli import EXIT_OK
from core.cli.supervised import go_last, progress
from core.cli.terminal import quiet, tell, tell_json
from core.dataset.corrections import corrections_text
from core.dataset.index import ScanIndex
from core.dataset.scan import default_labels, scan
from core.dataset.splits import split, split_text
from core.errors import DataSetError
from core.places import user_cache
from core.sentences import count
from core.training.architectures import find_architecture

if TYPE_CHECKING:
    import argparse

    from core.dataset.scan import DataSet


def run(args: argparse.Namespace) -> int:
    """Print the health report of a folder."""
    if not 0 < args.validation < 0.5:
        raise DataSetError(
            "validation must be between 0 and 0.5, not {validation}.", validation=args.validation
        )
    if not 0 <= args.seed < 2**32:
        raise DataSetError(
            "seed must be in 0 to {most}, not {seed}.", most=2**32 - 1, seed=args.seed
        )
    go_last(args)
    data_set = scan_folder(args)
    report = data_set.to_json() | {"split": _split_report(data_set, args)}
    if args.json:
        tell_json(report)
    else:
        for line in _lines(data_set, report, args.split):
            tell(line)
    return EXIT_OK


def scan_folder(args: argparse.Namespace) -> DataSet:
    """Look at every file of the folder that a command is about."""
    with ScanIndex(user_cache()) as index, quiet():
        return scan(args.folder, index, progress(args, "scan"), fresh=args.fresh)


def _split_report(data_set: DataSet, args: argparse.Namespace) -> dict[str, Any]:
    """Say how the chosen labels would be divided, or why they cannot be."""
    labels = args.labels or default_labels(data_set)
    in_turns = args.architecture and find_architecture(args.architecture).recipe.only_head
    try:
        sides = split(data_set, labels, args.split, args.validation, args.seed)
        return (sides.without_validation() if in_turns else sides).to_json()
    except DataSetError as error:
        return {"error": str(error), "sentence": error.sentence.to_json()}


def _lines(data_set: DataSet, report: dict[str, Any], split_kind: str) -> list[str]:
    clips = count(report["clips"], "{n:,} clip", "{n:,} clips")
    speakers = count(report["speakers"], "{n} speaker", "{n} speakers")
    lines = [f"{report['folder']}: {clips}, {speakers}"]
    lines.append(f"  {'':16s}   clips speakers  seconds")
    for label, row in report["labels"].items():
        lines.append(f"  {label:16s} {row['clips']:7d} {row['speakers']:8d} {row['seconds']:8.1f}")
    rates = ", ".join(f"{clips} at {rate} Hz" for rate, clips in report["sample_rates"].items())
    lines.append(f"  {rates}; {report['shortest_seconds']} to {report['longest_seconds']} s")
    told = Counter(problem["kind"] for problem in report["problems"])
    for kind, problems in report["problem_counts"].items():
        of_kind = (each for each in report["problems"] if each["kind"] == kind)
        lines += [f"  {kind}: {each['path']} ({each['detail']})" for each in of_kind]
        if problems > told[kind]:
            lines.append(f"  {kind}: {problems - told[kind]} more")
    if data_set.corrections is not None:
        lines.append(f"  {corrections_text(data_set.corrections)}")
    division = report["split"]
    lines.append(f"  split by {split_kind}: {division.get('error') or split_text(division)}")
    return lines
