"""The command that adapts a model to a person's recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cli import EXIT_CANCELLED, EXIT_FAILED, EXIT_OK
from core.cli.train import _go_last, _libraries_on_stderr, _Requests
from core.errors import SpokenDigitsError
from core.training import events

if TYPE_CHECKING:
    import argparse


def run_adaptation(args: argparse.Namespace) -> int:
    """Adapt a copy of a model, telling what happens; stdin may ask to cancel."""
    from core.training.adaptation import AdaptationCancelled, adapt

    _go_last(args)
    with _libraries_on_stderr() as lines:

        def report(event: events.Event) -> None:
            line = event.to_json() if args.json else str(event)
            if line:
                lines.write(f"{line}\n")
                lines.flush()

        requests = _Requests(True, True, lambda: report(events.Cancelled()))
        try:
            requests.watch(args.output, args.supervised)
            wanted = lambda: bool(requests.wanted)  # noqa: E731
            report(adapt(args.folders, args.model, args.output, report, wanted, args.seconds))
        except AdaptationCancelled:
            report(events.Cancelled())
            return EXIT_CANCELLED
        except SpokenDigitsError as error:
            if not args.json:
                raise
            report(events.Failed(str(error)))
            return EXIT_FAILED
    return EXIT_OK
