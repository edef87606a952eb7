"""A model's network as a file of its own, for other programs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from core.errors import WritingError
from core.files import write_new

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.recognition.bundle import ModelBundle


def export_network(
    bundle: ModelBundle, target: Path, convert: Callable[[ModelBundle, str], bytes]
) -> None:
    """Write the network of a bundle as a file; what kind, its suffix says.

    Parameters
    ----------
    bundle : ModelBundle
    target : Path
        Ends in ``.keras``, ``.tflite``, or (HDF5) ``.h5`` or ``.hdf5``.
    convert : callable
        Returns the network as the content of a file with the suffix ``.keras`` or ``.h5``.

    Raises
    ------
    WritingError
        When the suffix is another one, something lies there already, or it cannot be written.
    BundleError
        When the network cannot be loaded to be converted.
    """
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
        write_new(target, convert(bundle, ".keras" if suffix == ".keras" else ".h5"))
