"""The licences of what a bundle takes from the system beside Python's packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path


def write_licences(
    binaries: list[tuple[str, str, str]], folder: Path
) -> list[tuple[str, str, str]]:
    """Copy the licence of each Debian package that a binary comes from, and Python's own.

    Returns
    -------
    list of (str, str, str)
        Name in the bundle, file, and kind, as PyInstaller's tables have them.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():
        shutil.copy(python, folder / "Python.txt")
    for package in _debian_packages({source for _, source, _ in binaries}):
        terms = Path("/usr/share/doc") / package / "copyright"
        if terms.is_file():
            shutil.copy(terms, folder / f"{package}.txt")
    return [(f"licences/{path.name}", str(path), "DATA") for path in sorted(folder.iterdir())]


def _debian_packages(files: set[str]) -> set[str]:
    if sys.platform != "linux" or shutil.which("dpkg-query") is None:
        return set()
    paths = [Path(file).resolve() for file in files]
    places = {str(place) for path in paths for place in (path, Path("/", *path.parts[2:]))}
    found = subprocess.run(  # it may know a library by its place before /lib became /usr/lib
        ["dpkg-query", "-S", *sorted(places)], capture_output=True, text=True, check=False
    )
    return {line.split(":")[0] for line in found.stdout.splitlines()}
