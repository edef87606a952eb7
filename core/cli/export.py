"""``export``: a model's network as a file of its own, for other programs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from core.cli import EXIT_OK
from core.cli.supervised import go_last, telling
from core.cli.terminal import tell_line
from core.errors import WritingError
from core.files import write_new
from core.labels import printable
from core.recognition.bundle import load_bundle
from core.training.events import Exported
from core.training.networks import network_file

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from core.recognition.bundle import ModelBundle


def run(args: argparse.Namespace) -> int:
    """Write a model's network, and print where it is."""
    go_last(args)
    with telling(args):
        _export(load_bundle(args.model), args.output)
    done = Exported(str(args.output))
    tell_line(done.to_json() if args.json else printable(str(done)))
    return EXIT_OK


def _export(bundle: ModelBundle, target: Path) -> None:
    """Write the network of a bundle as a file; what kind, its suffix says."""
    suffix = target.suffix.lower()
    if suffix not in (".keras", ".tflite", ".h5", ".hdf5"):
        raise WritingError("{name} must end in .keras, .h5 or .tflite.", name=target.name)
    if os.path.lexists(target):  # said before a network is loaded, which takes seconds
        raise WritingError("{path} exists already: choose another name.", path=target)
    if not target.parent.is_dir():
        raise WritingError(
            "{path} cannot be written: there is no folder {folder}.",
            path=target,
            folder=target.parent,
        )
    if suffix == ".tflite":
        write_new(target, bundle.tflite.read_bytes())
    else:
        write_new(target, network_file(bundle, ".keras" if suffix == ".keras" else ".h5"))
