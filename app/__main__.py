"""The program's entry: a command runs without Qt, the window is built and shown here."""

import os
import sys

if __name__ == "__main__":
    # Run as a program, by its path or by `python -m`: what lies in the current folder, or beside
    # this file, is nobody's module. Until here only what is loaded anyway has been imported.
    _ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    if not sys.flags.safe_path:
        del sys.path[0]
    if _ROOT not in sys.path:
        sys.path.insert(0, _ROOT)

from pathlib import Path
from typing import TYPE_CHECKING

from core.cli import EXIT_FAILED, EXIT_OK
from core.cli.parser import build_parser, path_argument, run_command
from core.cli.terminal import complain, prepare_streams

if TYPE_CHECKING:
    import argparse


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    parser = build_parser()
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
        "--screenshot",
        type=path_argument,
        metavar="PNG",
        help="with --once: write a picture of the window",
    )
    window.add_argument(
        "--force", action="store_true", help="let the picture take the place of another file"
    )
    window.add_argument(
        "--tab", choices=("recognise", "inspect", "train"), help="the tab that is shown"
    )
    window.add_argument("--theme", choices=("system", "light", "dark"))
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and _is_path(arguments[0]):  # as a desktop opens files with a program
        arguments = ["inspect", *arguments]
    args = parser.parse_args(arguments)
    if args.command and args.command != "inspect":
        return run_command(args)
    return _open_window(args)


def _open_window(args: "argparse.Namespace") -> int:
    prepare_streams()
    # One take is too little work to share: more threads only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    paths = getattr(args, "paths", [])
    gone = [path for path in paths if not os.path.lexists(path)]
    for path in gone:
        complain(f"There is no file or folder {path}.")
    if gone:
        return EXIT_FAILED
    if args.screenshot and os.path.lexists(args.screenshot) and not args.force:
        complain(f"{args.screenshot} exists already: choose another name, or add --force.")
        return EXIT_FAILED
    if not has_screen():
        if paths:
            complain("There is no screen here to inspect sounds on.")
            return EXIT_FAILED
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if not args.once:
            from core.files import first_free

            args.once = True
            args.screenshot = args.screenshot or first_free(Path("spoken-digits.png"))
            complain("There is no screen here, so the main job is done once, without one.")
    from app.shell.instance import Application

    app = Application.instance() or Application(["spoken-digits"])  # the program takes this one
    if not args.once and not args.screenshot and _is_open_already(paths):
        return EXIT_OK
    from app.program import Program

    assert app is not None
    program = Program(
        args.source,
        args.once,
        args.screenshot,
        args.theme,
        inspect=paths,
        tab=args.tab,
        force=args.force,
    )
    return program.run()


def has_screen() -> bool:
    """Tell whether a window can be shown, or the caller has chosen a platform for Qt."""
    if sys.platform != "linux" or "QT_QPA_PLATFORM" in os.environ:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _is_path(argument: str) -> bool:
    """Tell whether an argument can be nothing but a path: no command, and no option."""
    return argument[:1] != "-" and any(sign in argument for sign in {".", "/", os.sep})


def _is_open_already(paths: list[Path]) -> bool:
    """Let the window that is open already come to the front, with these files."""
    from app.shell.instance import hand_over

    if not hand_over(paths):
        return False
    complain("Spoken Digits is open already: its window has come to the front.")
    return True


if __name__ == "__main__":
    sys.exit(main())
