"""``train``: a model from a folder of recordings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.cli import EXIT_CANCELLED, EXIT_OK
from core.cli.supervised import Requests, go_last, telling
from core.cli.terminal import complain
from core.dataset.index import ScanIndex
from core.dataset.scan import scan
from core.errors import TrainingError
from core.files import remove_leftovers
from core.places import user_cache
from core.training import events
from core.training.architectures import DEFAULT_ARCHITECTURE, find_architecture
from core.training.config import TrainingConfig, default_config
from core.training.presets import DEFAULT_PRESET, PRESETS
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


_OF_EPOCHS = ("epochs", "patience", "batch_size", "augmentation", "start_from", "tensorboard")
"""Those that mean nothing where only the last layer learns."""


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
    config = default_config(args.folder, args.output, _architecture(args))
    options = {name: getattr(args, name) for name in _SETTINGS} | {"also": tuple(args.also)}
    return replace(config, **{name: value for name, value in options.items() if value is not None})


def _architecture(args: argparse.Namespace) -> str:
    """Return what is trained: a preset's network, or the one whose settings are given."""
    if args.preset and args.architecture:
        raise TrainingError("--preset means an architecture already: leave --architecture out.")
    of_epochs = [name for name in _OF_EPOCHS if getattr(args, name) is not None]
    if args.preset or args.architecture or not of_epochs:
        name = args.architecture or PRESETS[args.preset or DEFAULT_PRESET].architecture
    else:
        name = DEFAULT_ARCHITECTURE
    if of_epochs and find_architecture(name).recipe.only_head:
        raise TrainingError(
            "{option} means nothing to Quick, which learns in no epochs: leave it out, or choose "
            "--preset best.",
            option=f"--{of_epochs[0].replace('_', '-')}",
        )
    return name


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
