"""``spectrogram``: a picture of every clip; the tree of the folders is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.cli.recognise import find_files, load_recogniser, notes, refuse_folder, tell_results
from core.errors import SoundFileError, WritingError
from core.export.figures import ClipFigure, FigureFormat, render
from core.files import make_folder, write_numbered
from core.sound.picture import PictureConfig, PictureMaker
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from core.recognition.recogniser import DigitRecogniser


def run(args: argparse.Namespace) -> int:
    """Draw every clip and print a line for each."""
    recogniser = load_recogniser(args.model)
    results = draw_all(recogniser, args.paths, args.output, args.format)
    return tell_results(results, args.json, _fields)


def draw_all(
    recogniser: DigitRecogniser, paths: list[Path], output: Path, kind: FigureFormat = "png"
) -> Iterator[dict[str, Any]]:
    """Draw every clip that is meant, and tell of each; one that fails stops no other.

    Parameters
    ----------
    recogniser : DigitRecogniser
        Whose answer is the title.
    paths : list of Path
        Files, and folders that are searched downwards.
    output : Path
        The folder that the pictures go to; made when it is not there. A picture whose name
        is taken gets a number.
    kind : {"png", "svg"}

    Yields
    ------
    dict
        ``path``, ``picture``, ``label``, ``confidence`` and perhaps a ``note``; or ``path``
        and ``error``.

    Raises
    ------
    WritingError
        When the output folder cannot be made.
    """
    make_folder(output)
    maker = PictureMaker(PictureConfig())
    for path, place in find_files(paths):
        try:
            refuse_folder(path)
            yield _draw_file(recogniser, maker, path, output / place, kind)
        except (SoundFileError, WritingError) as error:
            yield {"path": str(path), "error": str(error)}


def _draw_file(
    recogniser: DigitRecogniser, maker: PictureMaker, path: Path, place: Path, kind: FigureFormat
) -> dict[str, Any]:
    second = read_second(path)
    clip = second.clip
    prediction = recogniser.recognise(clip)
    content = ClipFigure(path.name, clip, maker.picture(clip.samples), prediction)
    picture = render(content, kind)
    make_folder(place.parent)
    target = write_numbered(place.with_name(f"{place.stem}.{kind}"), picture)
    return {
        "path": str(path),
        "picture": str(target),
        "label": prediction.label,
        "confidence": round(prediction.confidence, 4),
        **notes(prediction, second),
    }


def _fields(result: dict[str, Any]) -> list[str]:
    note = [f"({result['note']})"] if "note" in result else []
    return [result["path"], result["picture"], result["label"] or "-", *note]
