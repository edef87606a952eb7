"""Run by a bundle before anything else: a library that lies in the bundle is found there.

`ctypes` asks programs of the system where a library is, which a machine need not have.
"""

import ctypes.util
import sys
from pathlib import Path

_of_the_system = ctypes.util.find_library


def _find_library(name: str) -> str | None:
    own = sorted(Path(__file__).parent.glob(f"lib{name}.so*"))
    return str(own[0]) if own else _of_the_system(name)


if sys.platform == "linux":
    ctypes.util.find_library = _find_library
