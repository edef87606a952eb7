"""The libraries that the program stands on, and their licences."""

from __future__ import annotations

import platform
import re
import sysconfig
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_PROGRAM = "spoken-digits"
_BUNDLED = Path(__file__).resolve().parents[2] / "licences"
_TRAINS = re.compile(r"^(?!.*extra ==)|extra == ['\"]train")
_INSIDE = (
    ("libsndfile", "soundfile", "LGPL-2.1-or-later"),
    ("PortAudio", "sounddevice", "MIT"),
    ("libsoxr", "soxr", "LGPL-2.1-or-later"),
    ("Qt", "pyside6-essentials", "LGPL-3.0-only"),
)
"""Libraries that come inside of a package, or with it."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST = 60  # some packages put the whole text into the field


@dataclass(frozen=True, slots=True, order=True)
class Library:
    """A library that is installed.

    Parameters
    ----------
    name, version, licence : str
    """

    name: str
    version: str
    licence: str


def libraries() -> list[Library]:
    """List what the program needs, and what that needs in turn, as far as it is installed.

    Returns
    -------
    list of Library
        Sorted by name, with what lies inside of Python's packages and what a bundle took from
        the system; only that when the program itself was not installed.
    """
    found: dict[str, Library] = {}
    waiting = [_PROGRAM]
    while waiting:
        name = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:  # for another platform or Python
            continue
        key = _key(name)
        if key not in found:
            title = package.metadata["Name"]
            found[key] = Library(title, package.version, _licence(package))
            wanted = filter(_TRAINS.search if key == _PROGRAM else _counts, package.requires or [])
            names = [match.group() for need in wanted if (match := _NAME.match(need))]
            waiting += [need for need in names if _key(need) not in found]
    found.pop(_PROGRAM, None)
    inside = [
        Library(name, f"{found[host].name} {found[host].version}", licence)
        for name, host, licence in _INSIDE
        if host in found
    ]
    python = Library("Python", platform.python_version(), "PSF-2.0")
    whole = [*found.values(), *inside, python, *_of_the_system()]
    return sorted(whole, key=lambda library: library.name.lower())


def licence_folder() -> Path:
    """Return where the texts of the licences are installed."""
    return _BUNDLED.parent if _BUNDLED.is_dir() else Path(sysconfig.get_path("purelib"))


def _of_the_system() -> list[Library]:
    if not _BUNDLED.is_dir():
        return []
    names = sorted(path.stem for path in _BUNDLED.glob("*.txt") if path.stem != "Python")
    return [Library(name, "Debian", f"licences/{name}.txt") for name in names]


def _counts(need: str) -> bool:
    return "extra ==" not in need


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(package: Distribution) -> str:
    metadata = package.metadata
    for field in ("License-Expression", "License"):
        text = (metadata.get_all(field) or [""])[0]
        if text and len(text) <= _LONGEST and text.upper() != "UNKNOWN":
            return str(text).strip()
    classifiers = metadata.get_all("Classifier") or []
    names = [line.rsplit(" :: ", 1)[-1] for line in classifiers if line.startswith("License ::")]
    return ", ".join(names) or "see its files"
