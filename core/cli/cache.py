"""``cache``: where what was found out about recordings lies, how large it is; and empty it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cli import EXIT_OK
from core.cli.terminal import tell, tell_json
from core.dataset.cache import cache_bytes, cache_folder, empty_cache

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Tell about the cache; empty it first, when that is asked for."""
    removed = empty_cache() if args.empty else 0
    folder, size = cache_folder(), cache_bytes()
    if args.json:
        tell_json({"folder": str(folder), "bytes": size, "removed_bytes": removed})
        return EXIT_OK
    if args.empty:
        tell(f"{_megabytes(removed)} were removed.")
    tell(f"{folder}: {_megabytes(size)}")
    return EXIT_OK


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
