"""The command line: every job of the program that needs no window.

A command lies in the file of its name and is imported when it runs, so that none waits for
another's libraries.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import __version__
from core.cli import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_NO_READER
from core.cli.terminal import OutputError, complain, prepare_streams, tell_line
from core.errors import SpokenDigitsError
from core.labels import printable
from core.places import DEFAULT_MODEL

if TYPE_CHECKING:
    from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a call without letters that a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        super().error(printable(message))

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help or version; argparse would keep to itself that it cannot."""
        if file is not sys.stdout:
            super()._print_message(message, file)
            return
        try:
            tell_line(message.rstrip("\n"))
        except OutputError as error:
            sys.exit(_output_lost(error))


def build_parser() -> Parser:
    """Return the parser of all commands; without a command, ``args.command`` is None."""
    parser = Parser(
        prog="spoken-digits",
        description="Say a digit: see its waveform and Mel spectrogram, and read which it was. "
        "Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    recognise = commands.add_parser(
        "recognise",
        help="say which digit is spoken in sound files",
        description="Say which digit is spoken in each sound file; folders are searched "
        "downwards for .wav, .flac and .ogg. Of a file that is longer than a second, the "
        "loudest second counts. Exit status: 0, or 1 if any file could not be read.",
    )
    recognise.add_argument("paths", nargs="+", type=path_argument, metavar="PATH")
    recognise.add_argument("--model", type=path_argument, default=DEFAULT_MODEL, metavar="BUNDLE")
    recognise.add_argument("--json", action="store_true", help="print a JSON object a line")

    transcribe = commands.add_parser(
        "transcribe",
        help="find every word in sound files, however long",
        description="Find every digit that is spoken in each sound file, and say when it is "
        "and how sure that is; folders are searched downwards for .wav, .flac and .ogg. With "
        "--output, each file gets a file of its own there; nothing is overwritten: one whose name "
        "is taken gets a number. Exit status: 0, or 1 if any file could not be read or written.",
    )
    transcribe.add_argument("paths", nargs="+", type=path_argument, metavar="PATH")
    transcribe.add_argument(
        "--format",
        choices=("text", "csv", "json", "audacity", "textgrid"),
        default="text",
        help="lines for a person, a table, a JSON object a line, labels for Audacity, or a "
        "TextGrid for Praat; the last two and csv hold one file, where there is no --output",
    )
    transcribe.add_argument("--output", type=path_argument, metavar="DIR")
    transcribe.add_argument("--model", type=path_argument, default=DEFAULT_MODEL, metavar="BUNDLE")

    spectrogram = commands.add_parser(
        "spectrogram",
        help="draw waveform, Mel spectrogram and answer of sound files",
        description="Draw a picture of each sound file: waveform, Mel spectrogram with its axes "
        "and colour bar, and the answer. Folders are searched downwards and their tree is kept. "
        "Nothing is overwritten: a picture whose name is taken gets a number. Exit status: 0, or "
        "1 if any file could not be read or drawn.",
    )
    spectrogram.add_argument("paths", nargs="+", type=path_argument, metavar="PATH")
    spectrogram.add_argument("--output", type=path_argument, required=True, metavar="DIR")
    spectrogram.add_argument("--format", choices=("png", "svg"), default="png")
    spectrogram.add_argument("--model", type=path_argument, default=DEFAULT_MODEL, metavar="BUNDLE")
    spectrogram.add_argument("--json", action="store_true", help="print a JSON object a line")

    inspect = commands.add_parser(
        "inspect",
        help="open the window on sound files and folders, to look at them closely",
        description="Open the window on its Inspect tab, with files and folders; folders are "
        "searched downwards for .wav, .flac and .ogg.",
    )
    inspect.add_argument("paths", nargs="+", type=path_argument, metavar="PATH")
    listen = commands.add_parser(
        "listen",
        help="say the digits that are spoken, as they are spoken",
        description="Listen without a button and print a line for each digit that is spoken: "
        "seconds into the stream, the digit, how sure. A file is read as fast as it can be "
        "recognised and ends the command; Ctrl+C ends it otherwise.",
    )
    listen.add_argument(
        "--source",
        default="default",
        metavar="SOURCE",
        help="default, demo, the path of a sound file, or the name of an input device",
    )
    listen.add_argument("--model", type=path_argument, default=DEFAULT_MODEL, metavar="BUNDLE")
    listen.add_argument("--json", action="store_true", help="print a JSON object a line")

    devices = commands.add_parser("devices", help="list the inputs that can be recorded from")
    devices.add_argument("--json", action="store_true", help="print a JSON object a line")

    _add_training_commands(commands)
    _add_cache(commands)
    return parser


def _add_training_commands(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="say what is in a folder of recordings, and what is wrong with it",
        description="Look at every file of a folder of recordings and report clips, speakers and "
        "seconds of each label, and every problem with its file.",
    )
    check.add_argument("folder", type=path_argument, metavar="FOLDER")
    check.add_argument("--json", action="store_true", help="print the report as one JSON object")
    check.add_argument("--labels", type=_labels, default=(), metavar="A,B,C|JSON")
    check.add_argument("--split", choices=("speaker", "random"), default="speaker")
    check.add_argument("--validation", type=_number, default=0.2, metavar="SHARE")
    check.add_argument("--seed", type=int, default=777)
    check.add_argument(
        "--architecture",
        metavar="NAME",
        help="what is to be trained: Quick's learns from the clips for validation, too",
    )
    _add_fresh(check)
    _add_supervised(check)

    train = commands.add_parser(
        "train",
        help="train a model from a folder of recordings",
        description="Train a model from a folder of recordings: in seconds (quick, unless told "
        "otherwise), as well as can be (best), or as the program began (notebook). What the "
        "preset's or the architecture's recipe says holds for every option that is not given. "
        "On stdin, a line “stop” ends the run and keeps the best epoch so far, “cancel” keeps "
        "nothing.",
    )
    train.add_argument("folder", type=path_argument, metavar="FOLDER")
    train.add_argument("--output", type=path_argument, required=True, metavar="BUNDLE")
    train.add_argument(
        "--preset",
        choices=("quick", "best", "notebook"),
        help="quick unless told otherwise, in this way or by a setting that it does not have",
    )
    train.add_argument("--architecture", metavar="NAME", help="in place of a preset")
    train.add_argument("--epochs", type=_whole)
    train.add_argument("--patience", type=_whole)
    train.add_argument("--batch-size", type=_whole)
    train.add_argument("--validation", type=_number, metavar="SHARE")
    train.add_argument("--split", choices=("speaker", "random"))
    train.add_argument("--seed", type=int)
    train.add_argument("--labels", type=_labels, metavar="A,B,C|JSON")
    train.add_argument("--start-from", type=path_argument, metavar="BUNDLE")
    train.add_argument(
        "--also",
        type=path_argument,
        action="append",
        default=[],
        metavar="FOLDER",
        help="further recordings that are only learned from",
    )
    train.add_argument(
        "--augmentation",
        metavar="full|gentle|noisy",
        help="how sound is changed while it is learned: gentle and noisy are for a last round",
    )
    train.add_argument(
        "--attribution",
        type=path_argument,
        metavar="FILE",
        help="a text about the data for the model card",
    )
    train.add_argument(
        "--no-rehearsal",
        action="store_false",
        dest="rehearsal",
        help="keep nothing of the recordings in the model, which then adapts less well",
    )
    train.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    train.add_argument(
        "--tensorboard", type=path_argument, metavar="DIR", help="write TensorBoard logs"
    )
    train.add_argument("--json", action="store_true", help="print progress as JSON lines")
    _add_fresh(train)
    _add_supervised(train)

    evaluate = commands.add_parser(
        "evaluate", help="say how good a model is on a folder of recordings"
    )
    evaluate.add_argument("folder", type=path_argument, metavar="FOLDER")
    evaluate.add_argument("--model", type=path_argument, default=DEFAULT_MODEL, metavar="BUNDLE")
    evaluate.add_argument(
        "--like",
        type=path_argument,
        metavar="BUNDLE",
        help="only the clips that BUNDLE was tested on",
    )
    evaluate.add_argument(
        "--robustness",
        action="store_true",
        help="also in noise, shifted, fainter and louder, beside notebook-cnn; other words and "
        "noises turned down; false alarms",
    )
    evaluate.add_argument("--clips", action="store_true", help="in JSON, an entry for every clip")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    _add_fresh(evaluate)
    _add_supervised(evaluate)

    adapt = commands.add_parser(
        "adapt",
        help="adapt a copy of a model to a person's recordings",
        description="Fine-tune a copy of a model on a person's own recordings, and say how many it "
        "has right before and after: of these recordings, each judged by a copy that had not "
        "learned from it, and of a standard test. The model itself is not changed. On stdin, a "
        "line “cancel” ends it and keeps nothing.",
    )
    adapt.add_argument("folders", nargs="+", type=path_argument, metavar="FOLDER")
    adapt.add_argument("--model", type=path_argument, default=DEFAULT_MODEL, metavar="BUNDLE")
    adapt.add_argument("--output", type=path_argument, required=True, metavar="BUNDLE")
    adapt.add_argument(
        "--seconds", type=_seconds, default=60.0, help="about how long it may take (default 60)"
    )
    adapt.add_argument("--json", action="store_true", help="print progress as JSON lines")
    _add_supervised(adapt)

    export = commands.add_parser("export", help="write a model as .keras, .h5 or .tflite")
    export.add_argument("model", type=path_argument, metavar="BUNDLE")
    export.add_argument("--output", type=path_argument, required=True, metavar="FILE")
    export.add_argument("--json", action="store_true", help="print the file as a JSON object")
    _add_supervised(export)


def _add_cache(commands: Any) -> None:
    cache = commands.add_parser(
        "cache",
        help="say where the program keeps what it has found out about recordings",
        description="Say where the program keeps what it has found out about folders of "
        "recordings, and how large that is. It can be found out again, so it may be emptied.",
    )
    cache.add_argument("--empty", action="store_true", help="remove all of it")
    cache.add_argument("--json", action="store_true", help="print one JSON object")


def run_command(args: argparse.Namespace) -> int:
    """Run the command that was parsed and return the exit status."""
    prepare_streams()
    supervised = getattr(args, "supervised", False)
    args.json = getattr(args, "json", False) or supervised
    try:
        return int(import_module(f"core.cli.{args.command}").run(args))
    except OutputError as error:
        return _output_lost(error)
    except SpokenDigitsError as error:
        complain(error)
        if supervised or (args.json and args.command in ("train", "adapt")):
            _tell_failure(error)
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _output_lost(error: OutputError) -> int:
    if error.reader_is_gone:  # who has seen enough need not be told
        return EXIT_NO_READER
    complain(error)
    return EXIT_FAILED


def _tell_failure(error: SpokenDigitsError) -> None:
    from core.training.events import Failed

    with suppress(OutputError):
        tell_line(Failed(error.sentence).to_json())


def _add_fresh(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fresh",
        action="store_true",
        help="read every file anew, though it seems not to have changed since the last time",
    )


def _add_supervised(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--supervised",
        action="store_true",
        help="for a program that starts this one: low priority, progress and failure as JSON "
        "lines, and the end of stdin stops a run",
    )


def path_argument(text: str) -> Path:
    """Read a path; ``~`` is somebody's home, unless a file is called so."""
    if not text:
        raise argparse.ArgumentTypeError("a path must not be empty")
    path = Path(text)
    if not text.startswith("~") or os.path.lexists(path):
        return path
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise argparse.ArgumentTypeError(f"there is no home of {path.parts[0]}") from error


def _whole(text: str) -> int:
    """Read a whole number that any library can hold."""
    number = int(text)
    if abs(number) >= 2**31:
        raise argparse.ArgumentTypeError(f"{text} is too large")
    return number


def _number(text: str) -> float:
    """Read a number that is one: not nan, not without an end."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError(f"{text} is not a number")
    return number


def _seconds(text: str) -> float:
    seconds = _number(text)
    if seconds < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a time")
    return seconds


def _labels(text: str) -> tuple[str, ...]:
    """Read labels with commas between them, or a JSON list, in which no letter is special."""
    labels: Any = None
    if text.startswith("["):
        try:
            labels = json.loads(text)
        except ValueError:
            labels = None
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        labels = [part.strip() for part in text.split(",")]
    return tuple(dict.fromkeys(label for label in labels if label))
