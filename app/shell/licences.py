"""The libraries that the program stands on, and their licences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_PROGRAM = "spoken-digits"
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
        Sorted by name; empty when the program itself was not installed.
    """
    found: dict[str, Library] = {}
    waiting = [_PROGRAM]
    while waiting:
        name = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:  # for another platform or Python
            continue
        wanted = [need for need in package.requires or [] if "extra ==" not in need]
        names = [match.group() for need in wanted if (match := _NAME.match(need))]
        key = _key(name)
        if key not in found:
            title = package.metadata["Name"]
            found[key] = Library(title, package.version, _licence(package))
            waiting += [need for need in names if _key(need) not in found]
    found.pop(_PROGRAM, None)
    return sorted(found.values(), key=lambda library: library.name.lower())


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
