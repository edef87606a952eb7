"""A picture for every clip of files and folders; the tree of the folders is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import SoundFileError, WritingError
from core.export.figures import ClipFigure, FigureFormat, render
from core.files import write_numbered
from core.sound.picture import PictureConfig, PictureMaker
from core.sound.sound_file import find_sound_files, read_second

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.recognition.recogniser import DigitRecogniser


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
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WritingError(
            "{path} cannot be a folder: {reason}.", path=output, reason=error.strerror or error
        ) from error
    maker = PictureMaker(PictureConfig())
    for path, place in _places(paths):
        if path.is_dir():
            yield {"path": str(path), "error": "The folder holds no .wav, .flac or .ogg file."}
            continue
        try:
            yield _draw_file(recogniser, maker, path, output / place, kind)
        except (SoundFileError, WritingError) as error:
            yield {"path": str(path), "error": str(error)}


def _places(paths: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each file with its place below the output; a folder without any by itself."""
    for path in paths:
        if not path.is_dir():
            yield path, Path(path.name)
            continue
        files = find_sound_files(path)
        if not files:
            yield path, Path()
        for file in files:
            yield file, file.relative_to(path)


def _draw_file(
    recogniser: DigitRecogniser, maker: PictureMaker, path: Path, place: Path, kind: FigureFormat
) -> dict[str, Any]:
    second = read_second(path)
    clip = second.clip
    prediction = recogniser.recognise(clip)
    model = recogniser.bundle.metadata.name
    content = ClipFigure(path.name, clip, maker.picture(clip.samples), prediction, model)
    picture = render(content, kind)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WritingError(
            "{path} cannot be made: {reason}.", path=place.parent, reason=error.strerror or error
        ) from error
    target = write_numbered(place.with_name(f"{place.stem}.{kind}"), picture)
    notes = [str(note) for note in (prediction.sentence, second.note) if note]
    result = {
        "path": str(path),
        "picture": str(target),
        "label": prediction.label,
        "confidence": round(prediction.confidence, 4),
    }
    return result | ({"note": " ".join(notes)} if notes else {})
