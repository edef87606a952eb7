"""``recognise``: which digit is spoken in each sound file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli import EXIT_OK, EXIT_SOME_FAILED
from core.cli.terminal import quiet, tell, tell_json
from core.errors import SoundFileError
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser
from core.sentences import percent
from core.sound.sound_file import find_sound_files, read_second

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from core.recognition.recogniser import Prediction
    from core.sound.sound_file import FileSecond

_NO_FILES = "The folder holds no .wav, .flac or .ogg file."


def run(args: argparse.Namespace) -> int:
    """Print a line for each file; one that cannot be read stops no other."""
    recogniser = load_recogniser(args.model)
    results = (_recognise(recogniser, path) for path, _ in find_files(args.paths))
    return tell_results(results, args.json, _fields)


def tell_results(
    results: Iterable[dict[str, Any]], as_json: bool, fields: Callable[[dict[str, Any]], list[str]]
) -> int:
    """Print a line for each file, with its fields or what is wrong; return the exit status."""
    status = EXIT_OK
    for result in results:
        failed = "error" in result
        if failed:
            status = EXIT_SOME_FAILED
        if as_json:
            tell_json(result)
        else:
            tell(*([result["path"], f"error: {result['error']}"] if failed else fields(result)))
    return status


def load_recogniser(model: Path) -> DigitRecogniser:
    """Load a model, without a word of the library that runs it."""
    bundle = load_bundle(model)
    with quiet():
        return DigitRecogniser(bundle)


def find_files(paths: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield the files that are meant, each with its place in the folder that was named.

    Folders are searched downwards; one without any sound file is yielded itself, with an
    empty place.
    """
    for path in paths:
        if not _is_folder(path):
            yield path, Path(path.name)
            continue
        files = find_sound_files(path)
        if not files:
            yield path, Path()
        for file in files:
            yield file, file.relative_to(path)


def refuse_folder(path: Path) -> None:
    """Raise SoundFileError when a path is that of a folder without any sound file."""
    if _is_folder(path):
        raise SoundFileError(_NO_FILES)


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; of one that may not be looked at, reading will tell why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def notes(prediction: Prediction, second: FileSecond) -> dict[str, str]:
    """Return a ``note``: why there is no answer, and what was done to the file; perhaps none."""
    told = [str(note) for note in (prediction.sentence, second.note) if note]
    return {"note": " ".join(told)} if told else {}


def _recognise(recogniser: DigitRecogniser, path: Path) -> dict[str, Any]:
    try:
        refuse_folder(path)
        with quiet():
            second = read_second(path)
    except SoundFileError as error:
        return {"path": str(path), "error": str(error)}
    prediction = recogniser.recognise(second.clip)
    probabilities = zip(prediction.labels, prediction.probabilities.tolist(), strict=True)
    return {
        "path": str(path),
        "label": prediction.label,
        "confidence": round(prediction.confidence, 4),
        "probabilities": {label: round(value, 4) for label, value in probabilities},
        "milliseconds": round(prediction.milliseconds, 3),
        **notes(prediction, second),
    }


def _fields(result: dict[str, Any]) -> list[str]:
    return [
        result["path"],
        result["label"] or "-",
        percent(result["confidence"]),
        f"{result['milliseconds']:.1f} ms",
        *([f"({result['note']})"] if "note" in result else []),
    ]
