"""The program's entry: a command runs without Qt, the window is built and shown here."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli import EXIT_FAILED
from core.cli import parser as cli

if TYPE_CHECKING:
    import argparse


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    parser = cli.build_parser()
    window = parser.add_argument_group("window")
    window.add_argument(
        "--source",
        metavar="SOURCE",
        help="default, demo, the path of a sound file, or the name of an input device",
    )
    window.add_argument(
        "--once", action="store_true", help="take one second, print the answer, and leave"
    )
    window.add_argument(
        "--screenshot", type=Path, metavar="PNG", help="with --once: write a picture of the window"
    )
    window.add_argument(
        "--tab", choices=("recognise", "inspect", "train"), help="the tab that is shown"
    )
    window.add_argument("--theme", choices=("system", "light", "dark"))
    args = parser.parse_args(arguments)
    if args.command and args.command != "inspect":
        return cli.run_command(args)
    return _open_window(args)


def _open_window(args: argparse.Namespace) -> int:
    # One take is too little work to share: more threads only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    paths = getattr(args, "paths", [])
    if not has_screen():
        if paths:
            print("There is no screen here to inspect sounds on.", file=sys.stderr)
            return EXIT_FAILED
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if not args.once:
            args.once = True
            args.screenshot = args.screenshot or _free_name(Path("spoken-digits.png"))
            sentence = "There is no screen here, so the main job is done once, without one."
            print(sentence, file=sys.stderr)
    from app.program import Program

    program = Program(
        args.source, args.once, args.screenshot, args.theme, inspect=paths, tab=args.tab
    )
    return program.run()


def has_screen() -> bool:
    """Tell whether a window can be shown, or the caller has chosen a platform for Qt."""
    if sys.platform != "linux" or "QT_QPA_PLATFORM" in os.environ:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _free_name(path: Path) -> Path:
    """Return the path itself or, so that nothing is overwritten, one with a number."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem}-{number}")
    return candidate


if __name__ == "__main__":
    sys.exit(main())
