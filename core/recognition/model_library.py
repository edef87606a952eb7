"""The models there are: those that ship with the program, and the user's own."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import BundleError
from core.files import replace_file
from core.recognition.bundle import METADATA_FILE, find_bundles, load_bundle
from core.records import json_bytes, read_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.recognition.metadata import ModelMetadata
    from core.sentences import Sentence

_NAME = re.compile(r"[\w][\w .()+-]{0,79}")


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model in the list: its metadata, or why it cannot be used.

    Parameters
    ----------
    path : Path
    own : bool
        Whether it is the user's, and may be renamed and deleted.
    metadata : ModelMetadata or None
    problem : Sentence or None
    """

    path: Path
    own: bool
    metadata: ModelMetadata | None
    problem: Sentence | None = None


class ModelLibrary:
    """Bundles in two folders; the shipped ones are never changed.

    Parameters
    ----------
    shipped : Path
    own : Path
        Need not exist yet.
    """

    def __init__(self, shipped: Path, own: Path) -> None:
        self.shipped = shipped
        self.own = own

    def paths(self) -> list[Path]:
        """List the bundles, the shipped ones first."""
        return find_bundles(self.shipped) + find_bundles(self.own)

    def entries(self) -> list[ModelEntry]:
        """Look at every bundle, the shipped ones first; one that is broken says why."""
        return [self._entry(path) for path in self.paths()]

    def is_own(self, path: Path) -> bool:
        """Tell whether a bundle is the user's."""
        return path.parent == self.own

    def place_for(self, name: str) -> Path:
        """Return where a new model of a name goes.

        Raises
        ------
        BundleError
            When the name cannot be a folder's, or is taken.
        """
        name = name.strip()
        if not _NAME.fullmatch(name) or name.endswith((".", " ")):
            raise BundleError(
                "“{name}” cannot be a model's name: use letters, digits, spaces and - _ . ( ) +.",
                name=name,
            )
        path = self.own / name
        if os.path.lexists(path):
            raise BundleError("There is a model “{name}” already: choose another name.", name=name)
        return path

    def free_name(self, wish: str, is_taken: Callable[[Path], bool] = os.path.lexists) -> str:
        """Return a name, or one with a number after it, that is not taken."""
        name, number = wish, 1
        while is_taken(self.own / name):
            number += 1
            name = f"{wish} {number}"
        return name

    def rename(self, path: Path, name: str) -> Path:
        """Give one of the user's models another name; return its new folder.

        Raises
        ------
        BundleError
            When it is a shipped one, or the name cannot be, or nothing can be written.
        """
        if not self.is_own(path):
            raise BundleError("A model that ships with the program keeps its name.")
        target = self.place_for(name)
        try:
            data = read_json(path / METADATA_FILE) | {"name": target.name}
            path.rename(target)
            replace_file(target / METADATA_FILE, json_bytes(data))
        except (OSError, ValueError, TypeError) as error:
            raise BundleError(
                "“{model}” cannot be renamed: {reason}.", model=path.name, reason=error
            ) from error
        return target

    def _entry(self, path: Path) -> ModelEntry:
        try:
            return ModelEntry(path, self.is_own(path), load_bundle(path).metadata)
        except BundleError as error:
            return ModelEntry(path, self.is_own(path), None, error.sentence)
