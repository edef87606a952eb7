"""``transcribe``: every word in sound files, however long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cli import EXIT_OK, EXIT_SOME_FAILED
from core.cli.recognise import find_files, load_recogniser, refuse_folder
from core.cli.terminal import complain, tell, tell_json, tell_line
from core.errors import SoundFileError, WritingError
from core.export.words import FORMATS, text_line, word_object
from core.files import make_folder, write_numbered
from core.recognition.words import Transcript, words_in

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from core.recognition.recogniser import DigitRecogniser
    from core.recognition.words import Word


def run(args: argparse.Namespace) -> int:
    """Print or write the words of each file; one that cannot be read stops no other."""
    files = list(find_files(args.paths))
    lines = args.output is None and args.format in ("text", "json")
    if args.output is not None:
        make_folder(args.output)
    elif not lines and len(files) > 1:
        raise WritingError(
            "{n} files do not fit into one {format}: name a folder with --output.",
            n=len(files),
            format=args.format,
        )
    recogniser = load_recogniser(args.model)
    status = EXIT_OK
    for path, place in files:
        try:
            refuse_folder(path)
            _transcribe(recogniser, path, place, args, lines)
        except (SoundFileError, WritingError) as error:
            status = EXIT_SOME_FAILED
            if args.format == "json":
                tell_json({"path": str(path), "error": str(error)})
            elif args.output is not None or lines:
                tell(path, f"error: {error}")
            else:  # what is on stdout is for another program
                complain(error)
    return status


def _transcribe(
    recogniser: DigitRecogniser, path: Path, place: Path, args: argparse.Namespace, lines: bool
) -> None:
    said = _listen(recogniser, path, args.format if lines else None)
    note = f"the file breaks off after {said.seconds:.2f} s" if said.breaks_off else ""
    kind = FORMATS[args.format]
    content = kind.write(said)
    if args.output is not None:
        target = args.output / place
        make_folder(target.parent)
        target = write_numbered(target.with_name(target.stem + kind.suffix), content.encode())
        if args.format == "json":
            told = {"path": str(path), "written": str(target), "words": len(said.words)}
            tell_json(told | ({"note": note} if note else {}))
        else:
            tell(path, target, len(said.words), *([f"({note})"] if note else []))
    elif not lines:
        tell_line(content.removesuffix("\n"))
    elif args.format == "text" and (note or not said.words):
        tell(path, "-", *([] if said.words else ["no word was found"]), *([note] if note else []))


def _listen(recogniser: DigitRecogniser, path: Path, told_as: str | None) -> Transcript:
    """Find the words; where they are told as lines, each as soon as it is known."""
    words: list[Word] = []
    for part in words_in(path, recogniser):
        words += part.words
        for word in part.words:
            if told_as == "json":
                tell_json({"path": str(path), **word_object(word)})
            elif told_as == "text":
                tell(path, text_line(word))
    return Transcript(words, part.seconds, part.breaks_off)
