"""``adapt``: a copy of a model learns from a person's recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cli import EXIT_CANCELLED, EXIT_OK
from core.cli.supervised import Requests, go_last, telling
from core.files import remove_leftovers
from core.training import events
from core.training.adaptation import AdaptationCancelled, adapt

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def run(args: argparse.Namespace) -> int:
    """Adapt a copy of a model, telling what happens; stdin may ask to cancel."""
    go_last(args)
    with telling(args) as lines:
        requests = Requests(
            lambda _cancel: _nothing_to_lose(args.output), lambda: lines.tell(events.Cancelled())
        )
        requests.listen(args.supervised)

        def cancelled() -> bool:
            return requests.stop or requests.cancel

        try:
            adapted = adapt(
                args.folders, args.model, args.output, lines.tell, cancelled, args.seconds
            )
        except AdaptationCancelled:
            lines.tell(events.Cancelled())
            return EXIT_CANCELLED
        lines.tell(adapted)
        return lines.status(EXIT_OK)


def _nothing_to_lose(output: Path) -> bool:
    if output.exists():
        return False
    remove_leftovers(output)
    return True
