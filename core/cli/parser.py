"""The command line: every job of the program that needs no window.

Each command imports what it needs when it runs, so that none waits for another's libraries.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import __version__
from core.cli import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED
from core.errors import SoundFileError, SpokenDigitsError
from core.places import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.recognition.recogniser import DigitRecogniser


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; without a command, ``args.run`` is not set."""
    parser = argparse.ArgumentParser(
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
    recognise.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    recognise.add_argument("--model", type=Path, default=DEFAULT_MODEL, metavar="BUNDLE")
    recognise.add_argument("--json", action="store_true", help="print a JSON object a line")
    recognise.set_defaults(run=_recognise)

    spectrogram = commands.add_parser(
        "spectrogram",
        help="draw waveform, Mel spectrogram and answer of sound files",
        description="Draw a picture of each sound file: waveform, Mel spectrogram with its axes "
        "and colour bar, and the answer. Folders are searched downwards and their tree is kept. "
        "Nothing is overwritten: a picture whose name is taken gets a number. Exit status: 0, or "
        "1 if any file could not be read or drawn.",
    )
    spectrogram.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    spectrogram.add_argument("--output", type=Path, required=True, metavar="DIR")
    spectrogram.add_argument("--format", choices=("png", "svg"), default="png")
    spectrogram.add_argument("--model", type=Path, default=DEFAULT_MODEL, metavar="BUNDLE")
    spectrogram.add_argument("--json", action="store_true", help="print a JSON object a line")
    spectrogram.set_defaults(run=_spectrogram)

    inspect = commands.add_parser(
        "inspect",
        help="open the window on sound files and folders, to look at them closely",
        description="Open the window on its Inspect tab, with files and folders; folders are "
        "searched downwards for .wav, .flac and .ogg.",
    )
    inspect.add_argument("paths", nargs="+", type=Path, metavar="PATH")
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
    listen.add_argument("--model", type=Path, default=DEFAULT_MODEL, metavar="BUNDLE")
    listen.add_argument("--json", action="store_true", help="print a JSON object a line")
    listen.set_defaults(run=_listen)

    devices = commands.add_parser("devices", help="list the inputs that can be recorded from")
    devices.add_argument("--json", action="store_true", help="print a JSON object a line")
    devices.set_defaults(run=_devices)

    _add_training_commands(commands)
    return parser


def _add_training_commands(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="say what is in a folder of recordings, and what is wrong with it",
        description="Look at every file of a folder of recordings and report clips, speakers and "
        "seconds of each label, and every problem with its file.",
    )
    check.add_argument("folder", type=Path, metavar="FOLDER")
    check.add_argument("--json", action="store_true", help="print the report as one JSON object")
    check.add_argument("--labels", type=_comma_separated, default=(), metavar="A,B,C")
    check.add_argument("--split", choices=("speaker", "random"), default="speaker")
    check.add_argument("--validation", type=float, default=0.2, metavar="SHARE")
    check.add_argument("--seed", type=int, default=777)
    _add_supervised(check)
    check.set_defaults(run=_check)

    train = commands.add_parser(
        "train",
        help="train a model from a folder of recordings",
        description="Train a model from a folder of recordings. What an architecture's recipe "
        "says holds for every option that is not given. On stdin, a line “stop” ends the run "
        "and keeps the best epoch so far, “cancel” keeps nothing.",
    )
    train.add_argument("folder", type=Path, metavar="FOLDER")
    train.add_argument("--output", type=Path, required=True, metavar="BUNDLE")
    train.add_argument("--architecture", metavar="NAME", help="ds-resnet-se unless told otherwise")
    train.add_argument("--epochs", type=int)
    train.add_argument("--patience", type=int)
    train.add_argument("--batch-size", type=int)
    train.add_argument("--validation", type=float, metavar="SHARE")
    train.add_argument("--split", choices=("speaker", "random"))
    train.add_argument("--seed", type=int)
    train.add_argument("--labels", type=_comma_separated, metavar="A,B,C")
    train.add_argument("--start-from", type=Path, metavar="BUNDLE")
    train.add_argument(
        "--also",
        type=Path,
        action="append",
        metavar="FOLDER",
        help="further recordings that are only learned from",
    )
    train.add_argument(
        "--augmentation",
        metavar="full|gentle|noisy",
        help="how sound is changed while it is learned: gentle and noisy are for a last round",
    )
    train.add_argument(
        "--attribution", type=Path, metavar="FILE", help="a text about the data for the model card"
    )
    train.add_argument(
        "--no-rehearsal",
        action="store_false",
        dest="rehearsal",
        help="keep nothing of the recordings in the model, which then adapts less well",
    )
    train.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    train.add_argument("--tensorboard", type=Path, metavar="DIR", help="write TensorBoard logs")
    train.add_argument("--json", action="store_true", help="print progress as JSON lines")
    _add_supervised(train)
    train.set_defaults(run=_train)

    evaluate = commands.add_parser(
        "evaluate", help="say how good a model is on a folder of recordings"
    )
    evaluate.add_argument("folder", type=Path, metavar="FOLDER")
    evaluate.add_argument("--model", type=Path, default=DEFAULT_MODEL, metavar="BUNDLE")
    evaluate.add_argument(
        "--like", type=Path, metavar="BUNDLE", help="only the clips that BUNDLE was tested on"
    )
    evaluate.add_argument(
        "--robustness",
        action="store_true",
        help="also in noise, shifted, fainter and louder, beside notebook-cnn; other words and "
        "noises turned down; false alarms",
    )
    evaluate.add_argument("--clips", action="store_true", help="in JSON, an entry for every clip")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    _add_supervised(evaluate)
    evaluate.set_defaults(run=_evaluate)

    adapt = commands.add_parser(
        "adapt",
        help="adapt a copy of a model to a person's recordings",
        description="Fine-tune a copy of a model on a person's own recordings, and say how many it "
        "has right before and after: of these recordings, each judged by a copy that had not "
        "learned from it, and of a standard test. The model itself is not changed. On stdin, a "
        "line “cancel” ends it and keeps nothing.",
    )
    adapt.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    adapt.add_argument("--model", type=Path, default=DEFAULT_MODEL, metavar="BUNDLE")
    adapt.add_argument("--output", type=Path, required=True, metavar="BUNDLE")
    adapt.add_argument(
        "--seconds", type=float, default=60.0, help="about how long it may take (default 60)"
    )
    adapt.add_argument("--json", action="store_true", help="print progress as JSON lines")
    _add_supervised(adapt)
    adapt.set_defaults(run=_adapt)

    export = commands.add_parser("export", help="write a model as .keras, .h5 or .tflite")
    export.add_argument("model", type=Path, metavar="BUNDLE")
    export.add_argument("--output", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=_export)


def run_command(args: argparse.Namespace) -> int:
    """Run the command that was parsed and return the exit status."""
    for stream in (sys.stdout, sys.stderr):  # a file's name may hold what is not text
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace", line_buffering=True)
    try:
        return int(args.run(args))
    except SpokenDigitsError as error:
        print(error, file=sys.stderr)
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # whoever read the lines has seen enough
        sys.stdout = None
        return EXIT_OK


def _recognise(args: argparse.Namespace) -> int:
    recogniser = _load_recogniser(args.model)
    status = EXIT_OK
    for path in _files(args.paths):
        result = _recognise_file(recogniser, path)
        if "error" in result:
            status = EXIT_SOME_FAILED
        print(json.dumps(result) if args.json else _line(result))
    return status


def _listen(args: argparse.Namespace) -> int:
    from core.cli.listen import listen
    from core.recognition.listening import StreamRecogniser

    with _stderr_dropped():
        stream = StreamRecogniser.load(args.model)
    return listen(stream, args.source, args.json)


def _load_recogniser(model: Path) -> DigitRecogniser:
    from core.recognition.bundle import load_bundle
    from core.recognition.recogniser import DigitRecogniser

    bundle = load_bundle(model)
    with _stderr_dropped():
        return DigitRecogniser(bundle)


def _files(paths: list[Path]) -> Iterator[Path]:
    """Yield the files that are meant; a folder without any is yielded itself."""
    from core.sound.sound_file import find_sound_files

    for path in paths:
        if path.is_dir():
            yield from find_sound_files(path) or [path]
        else:
            yield path


def _recognise_file(recogniser: DigitRecogniser, path: Path) -> dict[str, object]:
    from core.sound.sound_file import read_second

    if path.is_dir():
        return {"path": str(path), "error": "The folder holds no .wav, .flac or .ogg file."}
    try:
        second = read_second(path)
    except SoundFileError as error:
        return {"path": str(path), "error": str(error)}
    prediction = recogniser.recognise(second.clip)
    probabilities = zip(prediction.labels, prediction.probabilities.tolist(), strict=True)
    result: dict[str, object] = {
        "path": str(path),
        "label": prediction.label,
        "confidence": round(prediction.confidence, 4),
        "probabilities": {label: round(value, 4) for label, value in probabilities},
        "milliseconds": round(prediction.milliseconds, 3),
    }
    notes = [str(note) for note in (prediction.sentence, second.note) if note]
    return result | ({"note": " ".join(notes)} if notes else {})


def _line(result: dict[str, object]) -> str:
    if "error" in result:
        return f"{result['path']}\terror: {result['error']}"
    answer = f"{result['label'] or '-'}\t{result['confidence']:.1%}"
    note = f"\t({result['note']})" if "note" in result else ""
    return f"{result['path']}\t{answer}\t{result['milliseconds']:.1f} ms{note}"


def _spectrogram(args: argparse.Namespace) -> int:
    from core.cli.spectrogram import draw_all

    recogniser = _load_recogniser(args.model)
    status = EXIT_OK
    for result in draw_all(recogniser, args.paths, args.output, args.format):
        if "error" in result:
            status = EXIT_SOME_FAILED
        print(json.dumps(result) if args.json else _picture_line(result))
    return status


def _picture_line(result: dict[str, Any]) -> str:
    if "error" in result:
        return f"{result['path']}\terror: {result['error']}"
    note = f"\t({result['note']})" if "note" in result else ""
    return f"{result['path']}\t{result['picture']}\t{result['label'] or '-'}{note}"


@contextmanager
def _stderr_dropped() -> Iterator[None]:
    """Drop what LiteRT writes to stderr while it loads.

    Its C++ logger greets every process with a line that no setting turns off. Errors come as
    exceptions. No other thread may be writing.
    """
    stderr = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)


def _devices(args: argparse.Namespace) -> int:
    from core.sound.microphone import list_input_devices

    devices = list_input_devices()
    for device in devices:
        if args.json:
            keys = ("title", "name", "host_api", "channels", "sample_rate", "is_default")
            print(json.dumps({key: getattr(device, key) for key in keys}))
        else:
            mark = "*" if device.is_default else " "
            print(f"{mark} {device.title} ({device.host_api}, {device.sample_rate} Hz)")
    if not devices:
        print("No input device was found.", file=sys.stderr)
    return EXIT_OK


def _add_supervised(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--supervised",
        action="store_true",
        help="for a program that starts this one: low priority, progress as JSON lines, and the "
        "end of stdin stops a run",
    )


def _comma_separated(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _check(args: argparse.Namespace) -> int:
    from core.cli.train import check

    return check(args)


def _train(args: argparse.Namespace) -> int:
    from core.cli.train import run_training

    return run_training(args)


def _evaluate(args: argparse.Namespace) -> int:
    from core.cli.train import run_evaluation

    return run_evaluation(args)


def _adapt(args: argparse.Namespace) -> int:
    from core.cli.adapt import run_adaptation

    return run_adaptation(args)


def _export(args: argparse.Namespace) -> int:
    from core.cli.train import export

    return export(args)
