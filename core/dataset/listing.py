"""What the names in a folder of recordings say: labels, speakers, and what does not belong there.

Two layouts are known:

- Speech Commands: ``<label>/<speaker>_nohash_<n>.wav``, a folder a label, with
  ``validation_list.txt`` and ``testing_list.txt`` where there are some, and
  ``_background_noise_/`` with long files;
- Free Spoken Digit Dataset: ``<digit>_<speaker>_<n>.wav``, all in one folder.

A folder or a file that is named with a numeral counts as the digit's word.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from core.errors import DataSetError
from core.labels import BACKGROUND_NOISE, DIGITS, SILENCE
from core.sound.sound_file import SOUND_SUFFIXES

VALIDATION_LIST, TESTING_LIST = LISTS = ("validation_list.txt", "testing_list.txt")

_NAMED = re.compile(r"(?P<speaker>.+)_nohash_\d+")
_FLAT = re.compile(r"(?P<label>[0-9]|[a-z]+)_(?P<speaker>.+)_\d+", re.IGNORECASE)
_NUMERALS = {str(number): word for number, word in enumerate(DIGITS)}
_EXPECTED_BESIDE = re.compile(
    r"(readme|licen[cs]e|copying|changelog).*|.*\.(md|rst)", re.IGNORECASE
)


class Listed(NamedTuple):
    """What the name of a file says; `name` is the path relative to the folder, with slashes."""

    path: Path
    name: str
    label: str
    speaker: str | None


class Listing:
    """The files of a folder by their names: recordings, noise, and what is neither.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    DataSetError
        When there is no such folder, or nothing in it that looks like a data set.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise DataSetError(f"There is no folder {folder}.")
        self._folder = folder
        self.files: list[Listed] = []
        self.noise: list[Listed] = []
        self.strays: list[tuple[str, str]] = []
        for root, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            above = Path(root).relative_to(folder).parts
            for name in sorted(names):
                if not name.startswith("."):
                    self._sort_in(Path(root, name), (*above, name))
        if not self.files:
            raise DataSetError(
                f"{folder} holds no recordings. Expected are <label>/<speaker>_nohash_<n>.wav "
                "or <digit>_<speaker>_<n>.wav."
            )

    def names_in(self, list_name: str) -> frozenset[str] | None:
        """Return the names in one of the folder's lists, or None when there is none."""
        path = self._folder / list_name
        if not path.is_file():
            return None
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        return frozenset(line.strip() for line in lines if line.strip())

    def _sort_in(self, path: Path, parts: tuple[str, ...]) -> None:
        name = "/".join(parts)
        if not name.lower().endswith(SOUND_SUFFIXES):
            known = len(parts) == 1 and parts[0] in LISTS
            if not known and not _EXPECTED_BESIDE.fullmatch(path.name):
                self.strays.append((name, "no .wav, .flac or .ogg"))
        elif parts[0] == BACKGROUND_NOISE:
            self.noise.append(Listed(path, name, SILENCE, None))
        elif len(parts) == 1:
            flat = _FLAT.fullmatch(path.stem)
            if flat:
                self.files.append(Listed(path, name, _word(flat["label"]), flat["speaker"]))
            else:
                self.strays.append((name, "in no label's folder, and not <digit>_<speaker>_<n>"))
        elif len(parts) > 2:
            self.strays.append((name, "deeper than a label's folder"))
        elif parts[0].startswith("_"):
            self.strays.append((name, "in a folder that is no label"))
        else:
            named = _NAMED.fullmatch(path.stem)
            speaker = named["speaker"] if named else None
            self.files.append(Listed(path, name, _word(parts[0]), speaker))


def _word(label: str) -> str:
    return _NUMERALS.get(label, label)
