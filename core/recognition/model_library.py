"""The models there are: those that ship with the program, and the user's own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from core.errors import BundleError
from core.recognition.bundle import METADATA_FILE, find_bundles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NAME = re.compile(r"[\w][\w .()+-]{0,79}")


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
                f"“{name}” cannot be a model's name: use letters, digits, spaces and - _ . ( ) +."
            )
        path = self.own / name
        if path.exists():
            raise BundleError(f"There is a model “{name}” already: choose another name.")
        return path

    def free_name(
        self, wish: str, is_taken: Callable[[Path], bool] = lambda path: path.exists()
    ) -> str:
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
            path.rename(target)
            file = target / METADATA_FILE
            data = json.loads(file.read_text(encoding="utf-8")) | {"name": target.name}
            new = file.with_suffix(".new")
            new.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")
            new.replace(file)
        except (OSError, ValueError) as error:
            raise BundleError(f"“{path.name}” cannot be renamed: {error}.") from error
        return target
