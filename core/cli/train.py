"""``train``: a model from a folder of recordings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.cli import EXIT_CANCELLED, EXIT_OK
from core.cli.supervised import Requests, go_last, telling
from core.cli.terminal import complain
from core.dataset.index import ScanIndex
from core.dataset.scan import scan
from core.files import remove_leftovers
from core.places import user_cache
from core.training import events
from core.training.architectures import DEFAULT_ARCHITECTURE
from core.training.config import TrainingConfig, default_config
from core.training.run import Request, train
from core.training.run_folder import RunFolder

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

_SETTINGS = (
    "epochs",
    "patience",
    "batch_size",
    "validation",
    "split",
    "seed",
    "labels",
    "augmentation",
    "rehearsal",
    "start_from",
    "tensorboard",
    "attribution",
)
"""Options that are called as the setting is; one that is not given is the recipe's."""


def run(args: argparse.Namespace) -> int:
    """Train, telling what happens; stdin may ask to stop or to cancel."""
    go_last(args)
    try:
        return _run(args)
    except KeyboardInterrupt:
        if RunFolder(args.output).can_go_on:
            complain("What was learned up to the last epoch is kept: --resume goes on with it.")
        raise


def _run(args: argparse.Namespace) -> int:
    with telling(args) as lines:
        requests = Requests(
            lambda cancel: _nothing_to_lose(args.output, cancel, requests.left),
            lambda: lines.tell(events.Cancelled()),
        )
        config = _config(args)
        requests.listen(args.supervised)
        if args.fresh:  # what the index then holds is true
            with ScanIndex(user_cache()) as index:
                for folder in (config.folder, *config.also):
                    scan(folder, index, lines.progress("scan"), fresh=True)
        bundle = train(config, lines.tell, lambda: _wanted(requests), args.resume)
        return lines.status(EXIT_OK if bundle else EXIT_CANCELLED)


def _config(args: argparse.Namespace) -> TrainingConfig:
    if args.resume:
        saved = TrainingConfig.from_json(RunFolder(args.output).read_config())
        return replace(saved, folder=args.folder, output=args.output)
    config = default_config(args.folder, args.output, args.architecture or DEFAULT_ARCHITECTURE)
    options = {name: getattr(args, name) for name in _SETTINGS} | {"also": tuple(args.also)}
    return replace(config, **{name: value for name, value in options.items() if value is not None})


def _wanted(requests: Requests) -> Request:
    if requests.cancel:
        return Request.CANCEL
    if requests.left:
        return Request.LEAVE
    return Request.STOP if requests.stop else Request.GO_ON


def _nothing_to_lose(output: Path, cancel: bool, left: bool) -> bool:
    """Tell whether a run that is to end holds nothing to keep; then remove what it has begun.

    Where nobody has ended it, only gone away, it can begin again some day.
    """
    run = RunFolder(output)
    if output.exists() or (run.can_go_on and not cancel):
        return False
    if not left:
        run.remove()
    remove_leftovers(output)
    return True
