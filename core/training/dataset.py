"""A folder of recordings: which labels it holds, who spoke, and how it is split.

Two layouts are known:

- Speech Commands: ``<label>/<speaker>_nohash_<n>.wav``, a folder a label;
- Free Spoken Digit Dataset: ``<digit>_<speaker>_<n>.wav``, all in one folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import DataSetError
from core.sound.audio import find_sound_files

if TYPE_CHECKING:
    from pathlib import Path

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_SPEAKER = re.compile(r"(?P<speaker>.+)_nohash_\d+")
_FLAT = re.compile(r"(?P<label>[0-9])_(?P<speaker>[^_]+)_\d+")


@dataclass(frozen=True, slots=True)
class Recording:
    """One clip of a data set.

    Parameters
    ----------
    path : Path
    label : str
        The word that is said.
    speaker : str or None
        Who says it; None when the name does not tell.
    """

    path: Path
    label: str
    speaker: str | None


def list_recordings(folder: Path) -> list[Recording]:
    """List the recordings of a folder by their names, without reading them.

    Folders whose name begins with an underscore hold noise, not a label.

    Raises
    ------
    DataSetError
        When there is no such folder or it holds no recording.
    """
    if not folder.is_dir():
        raise DataSetError(f"There is no folder {folder}.")
    recordings = [
        recording
        for path in find_sound_files(folder)
        if (recording := _recording(path, folder)) is not None
    ]
    if not recordings:
        raise DataSetError(
            f"{folder} holds no recordings. Expected are <label>/<speaker>_nohash_<n>.wav, "
            "or <digit>_<speaker>_<n>.wav."
        )
    return recordings


def _recording(path: Path, folder: Path) -> Recording | None:
    parts = path.relative_to(folder).parts
    if len(parts) == 1:
        flat = _FLAT.fullmatch(path.stem)
        return Recording(path, DIGITS[int(flat["label"])], flat["speaker"]) if flat else None
    if len(parts) != 2 or parts[0].startswith(("_", ".")):
        return None
    named = _SPEAKER.fullmatch(path.stem)
    return Recording(path, parts[0], named["speaker"] if named else None)
