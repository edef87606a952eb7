"""The commands that deal with data sets and models: check, train, evaluate, export."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

from core.cli import EXIT_CANCELLED, EXIT_FAILED, EXIT_OK
from core.dataset.index import ScanIndex
from core.dataset.scan import default_labels, scan
from core.dataset.splits import split, split_text
from core.errors import BundleError, DataSetError, SpokenDigitsError
from core.evaluation.model_card import robustness_text
from core.places import REFERENCE_MODEL, user_cache
from core.training import events
from core.training.run_folder import RunFolder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.dataset.scan import DataSet
    from core.training.config import TrainingConfig

_CANCEL_SECONDS = 1.5


def check(args: argparse.Namespace) -> int:
    """Print the health report of a folder."""
    _go_last(args)
    data_set = _scan(args)
    report = data_set.to_json() | {"split": _split_report(data_set, args)}
    if args.json:
        print(json.dumps(report))
        return EXIT_OK
    print(f"{report['folder']}: {report['clips']} clips, {report['speakers']} speakers")
    for label, row in report["labels"].items():
        clips, speakers, seconds = row["clips"], row["speakers"], row["seconds"]
        print(f"  {label:16s} {clips:6d} clips {speakers:5d} speakers {seconds:9.1f} s")
    rates = ", ".join(f"{clips} at {rate} Hz" for rate, clips in report["sample_rates"].items())
    print(f"  {rates}; {report['shortest_seconds']} to {report['longest_seconds']} s")
    for problem in report["problems"]:
        print(f"  {problem['kind']}: {problem['path']} ({problem['detail']})")
    division = report["split"]
    print(f"  split by {args.split}: {division.get('error') or split_text(division)}")
    return EXIT_OK


def _split_report(data_set: DataSet, args: argparse.Namespace) -> dict[str, Any]:
    """Say how the chosen labels would be divided, or why they cannot be."""
    labels = args.labels or default_labels(data_set)
    try:
        return split(data_set, labels, args.split, args.validation, args.seed).to_json()
    except DataSetError as error:
        return {"error": str(error)}


def run_training(args: argparse.Namespace) -> int:
    """Train, telling what happens; stdin may ask to stop or to cancel."""
    from core.training.run import Request, train

    _go_last(args)
    with _libraries_on_stderr() as lines:

        def report(event: events.Event) -> None:
            line = event.to_json() if args.json else str(event)
            if line:
                print(line, file=lines, flush=True)

        requests = _Requests(Request.STOP, Request.CANCEL, lambda: report(events.Cancelled()))
        try:
            config = _training_config(args)
            requests.watch(config.output, args.supervised)
            wanted = lambda: requests.wanted or Request.GO_ON  # noqa: E731
            bundle = train(config, report, wanted, args.resume)
        except SpokenDigitsError as error:
            if not args.json:
                raise
            report(events.Failed(str(error)))
            return EXIT_FAILED
    return EXIT_OK if bundle else EXIT_CANCELLED


def run_evaluation(args: argparse.Namespace) -> int:
    """Print how good a model is on a folder."""
    from core.evaluation.accuracy import evaluate, load_tested_clips
    from core.evaluation.robustness import robustness
    from core.recognition.bundle import load_bundle
    from core.recognition.recogniser import DigitRecogniser

    _go_last(args)
    recogniser = DigitRecogniser(load_bundle(args.model))
    data_set = _scan(args)
    recordings = [*data_set.recordings, *data_set.noise]
    if args.like is not None:
        tested = load_tested_clips(args.like)
        recordings = [recording for recording in recordings if recording.name in tested]
    result = evaluate(recogniser, recordings, _progress(args, "evaluate"))
    left_out = sum(problem.kind.leaves_out for problem in data_set.problems)
    figures = result.to_json(args.clips)
    figures["skipped"] += left_out
    words = {label for label in result.labels if not label.startswith("_")}
    if args.robustness and any(recording.label in words for recording in recordings):
        reference = DigitRecogniser(load_bundle(REFERENCE_MODEL))
        figures["robustness"] = robustness(
            recogniser, recordings, reference, _progress(args, "robustness")
        )
    print(json.dumps(figures) if args.json else _evaluation_text(figures))
    return EXIT_OK


def _evaluation_text(figures: dict[str, Any]) -> str:
    lines = [str(events.Evaluated(figures)), f"{'':16s} precision  recall      f1   clips"]
    for label, row in figures["per_label"].items():
        values = f"{row['precision']:9.3f} {row['recall']:7.3f} {row['f1']:7.3f} {row['clips']:7d}"
        lines.append(f"{label:16s} {values}")
    lines += ["", "Confusion: a row for what was said, a column for the answer."]
    lines.append(" " * 16 + "".join(f"{label[:6]:>7s}" for label in figures["labels"]))
    for label, counts in zip(figures["labels"], figures["confusion"], strict=True):
        lines.append(f"{label:16s}" + "".join(f"{count:7d}" for count in counts))
    if figures["skipped"]:
        lines.append(f"{figures['skipped']} files were skipped.")
    lines.append(f"Expected calibration error {figures['calibration']['error']:.3f}.")
    if "robustness" in figures:
        lines += ["", robustness_text(figures["robustness"])]
    return "\n".join(lines)


def export(args: argparse.Namespace) -> int:
    """Write a model's network as a file of its own."""
    from core.recognition.bundle import load_bundle

    bundle = load_bundle(args.model)
    target: Path = args.output
    if target.exists():
        raise BundleError(f"{target} exists already: choose another name.")
    if not target.parent.is_dir():
        raise BundleError(f"{target} cannot be written: there is no folder {target.parent}.")
    suffix = target.suffix.lower()
    new = target.with_name(f".new-{target.name}")
    try:
        if suffix == ".keras":
            shutil.copyfile(bundle.keras, new)
        elif suffix == ".tflite":
            shutil.copyfile(bundle.tflite, new)
        elif suffix in (".h5", ".hdf5"):
            _export_h5(bundle.keras, new)
        else:
            raise BundleError(f"{target.name} must end in .keras, .h5 or .tflite.")
        new.replace(target)
    except OSError as error:
        raise BundleError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        new.unlink(missing_ok=True)
    print(target)
    return EXIT_OK


def _export_h5(source: Path, target: Path) -> None:
    import logging
    import warnings

    from core.training.networks import load_keras

    with _libraries_on_stderr(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the format is old is why it is asked for
        logging.getLogger("absl").setLevel(logging.ERROR)
        load_keras(source).save(target)


def _training_config(args: argparse.Namespace) -> TrainingConfig:
    from core.training.architectures import DEFAULT_ARCHITECTURE
    from core.training.config import TrainingConfig, default_config

    if args.resume:
        saved = TrainingConfig.from_json(RunFolder(args.output).read_config())
        return replace(saved, folder=args.folder, output=args.output)
    config = default_config(args.folder, args.output, args.architecture or DEFAULT_ARCHITECTURE)
    names = (
        "epochs",
        "patience",
        "batch_size",
        "validation",
        "split",
        "seed",
        "labels",
        "augmentation",
        "rehearsal",
    )
    paths = ("start_from", "tensorboard", "attribution")
    given = {name: getattr(args, name) for name in (*names, *paths)}
    given["also"] = tuple(args.also) if args.also else None
    return replace(config, **{name: value for name, value in given.items() if value is not None})


def _go_last(args: argparse.Namespace) -> None:
    """Let the window that started this process go first."""
    if args.supervised and hasattr(os, "nice"):
        os.nice(10)


def _scan(args: argparse.Namespace) -> DataSet:
    with ScanIndex(user_cache()) as index:
        return scan(args.folder, index, _progress(args, "scan"))


def _progress(args: argparse.Namespace, what: str) -> Callable[[int, int], None]:
    if not args.supervised:
        return lambda _done, _total: None
    return lambda done, total: print(events.Progress(what, done, total).to_json(), flush=True)


class _Requests:
    """Listens to stdin: a line *stop* stops a run, *cancel* cancels it.

    TensorFlow cannot be interrupted while it loads, so a run that does not end by itself soon
    after *cancel*, or after *stop* before there is anything to keep, ends the process.
    """

    def __init__(self, stop: Any, cancel: Any, on_cancelled: Callable[[], None]) -> None:
        self._stop, self._cancel = stop, cancel
        self._on_cancelled = on_cancelled
        self.wanted: Any = None

    def watch(self, output: Path, supervised: bool) -> None:
        """Begin to listen; when supervised, the end of stdin means *stop*."""
        if sys.stdin is not None and not sys.stdin.isatty():
            threading.Thread(target=self._listen, args=(output, supervised), daemon=True).start()

    def _listen(self, output: Path, supervised: bool) -> None:
        run = RunFolder(output)
        for line in sys.stdin:
            if line.strip() == "stop":
                self._ask(self._stop, run)
            elif line.strip() == "cancel":
                self._ask(self._cancel, run)
        if supervised and self.wanted is None:
            self._ask(self._stop, run)

    def _ask(self, wanted: Any, run: RunFolder) -> None:
        self.wanted = wanted
        timer = threading.Timer(_CANCEL_SECONDS, self._end_unless_worth_keeping, args=(run,))
        timer.daemon = True
        timer.start()

    def _end_unless_worth_keeping(self, run: RunFolder) -> None:
        saved = run.output.exists()
        if not saved and (self.wanted is self._cancel or not run.can_go_on):
            run.remove()
            self._on_cancelled()
            os._exit(EXIT_CANCELLED)


@contextmanager
def _libraries_on_stderr() -> Iterator[TextIO]:
    """Give a stream to the caller's stdout, and send what libraries print there to stderr.

    TensorFlow's converter prints to stdout, where only lines for the reader belong.
    """
    sys.stdout.flush()
    stdout = os.dup(1)
    os.dup2(2, 1)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    try:
        with os.fdopen(os.dup(stdout), "w", encoding="utf-8", errors="backslashreplace") as lines:
            yield lines
    finally:
        sys.stdout.flush()
        os.dup2(stdout, 1)
        os.close(stdout)
