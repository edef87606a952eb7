"""``export``: a model's network as a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cli import EXIT_OK
from core.cli.supervised import go_last, telling
from core.cli.terminal import tell_line
from core.export.network import export_network
from core.labels import printable
from core.recognition.bundle import load_bundle
from core.training.events import Exported
from core.training.networks import network_file

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Write a model's network, and print where it is."""
    go_last(args)
    with telling(args):
        export_network(load_bundle(args.model), args.output, network_file)
    done = Exported(str(args.output))
    tell_line(done.to_json() if args.json else printable(str(done)))
    return EXIT_OK
