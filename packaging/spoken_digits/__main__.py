"""Starts the program.

In a wheel, everything lies in this folder, so that `app` and `core` are no top-level names, which
anybody may have. The program is a process of its own: there, this folder comes first. In the
repository it holds nothing else, and the packages are found where they are.
"""

import sys
from pathlib import Path


def main() -> int:
    """Run the program and return its exit status."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from app.__main__ import main as program

    return program()


if __name__ == "__main__":
    sys.exit(main())
