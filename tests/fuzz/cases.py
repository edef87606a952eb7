"""What is fed: each kind makes a case in a folder, and says what is done with it."""

from __future__ import annotations

import io
import os
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from core.places import DEFAULT_MODEL, REFERENCE_MODEL, SAMPLES
from tests.fuzz.damage import NAMES, VALUES, spoil_bytes, spoil_json

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_KINDS = (
    ("WAV", ("PCM_16", "PCM_U8", "PCM_24", "FLOAT", "DOUBLE", "ULAW", "ALAW", "IMA_ADPCM",
             "MS_ADPCM", "GSM610", "G721_32", "NMS_ADPCM_24")),
    ("FLAC", ("PCM_16", "PCM_24", "PCM_S8")), ("OGG", ("VORBIS", "OPUS")),
    ("MP3", ("MPEG_LAYER_III",)), ("AIFF", ("PCM_16", "FLOAT", "IMA_ADPCM")),
    ("AU", ("PCM_16", "G723_24", "FLOAT")), ("CAF", ("PCM_16", "ALAC_16")), ("W64", ("PCM_16",)),
    ("RF64", ("PCM_16",)), ("WAVEX", ("PCM_16",)),
)  # fmt: skip
_SUFFIXES = {"FLAC": ".flac", "OGG": ".ogg"}
_SETTINGS = (
    "source", "model", "theme", "language", "folder", "data_folder", "inspect/view", "recent",
    "window/tab", "window/geometry", "window/recognise_splitter", "window/train_splitter",
    "speaker", "threshold/speech-embedding",
)  # fmt: skip


@dataclass(slots=True)
class Case:
    """Something that was made to be fed.

    Parameters
    ----------
    command : list of str
        The arguments of the command line; empty to open the window.
    paths : list of Path
        What the window opens, in the Recognise and the Inspect tab.
    folder : Path or None
        What the Train tab opens.
    """

    command: list[str] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    folder: Path | None = None


@cache
def _spoken() -> np.ndarray:
    return soundfile.read(SAMPLES / "eight.wav", dtype="float32")[0]


def sound_bytes(chance: random.Random) -> tuple[str, bytes]:
    """Return the suffix and the content of a sound file of a random kind, still whole."""
    container, subtypes = chance.choice(_KINDS)
    subtype = chance.choice(subtypes)
    rate = chance.choice((8000, 8000, 16000, 44100, 48000))
    seconds = chance.choice((0.0, 0.01, 0.5, 1.0, 1.0, 1.7, 3.0))
    channels = (
        1
        if subtype in ("GSM610", "G721_32", "G723_24", "NMS_ADPCM_24")
        else chance.choice((1, 1, 2, 6))
    )
    samples = np.resize(_spoken(), round(seconds * rate)) * chance.choice((1, 1, 0.001, 8.3, 0))
    frames = np.repeat(samples[:, None], channels, axis=1)
    if channels == 2 and chance.random() < 0.3:
        frames[:, 1] *= -1
    target = io.BytesIO()
    try:
        soundfile.write(target, frames, rate, subtype, format=container)
    except (soundfile.LibsndfileError, ValueError):  # not a pair that libsndfile can write
        target = io.BytesIO()
        soundfile.write(target, frames, rate, "PCM_16", format="WAV")
    return _SUFFIXES.get(container, ".wav"), target.getvalue()


def _write_sound(chance: random.Random, path: Path) -> Path:
    suffix, content = sound_bytes(chance)
    if chance.random() < 0.8:
        content = spoil_bytes(chance, content)
    path = path.with_name(path.name + suffix)
    path.write_bytes(content)
    return path


def sounds(chance: random.Random, place: Path) -> Case:
    """A few damaged sound files beside a good one."""
    good = shutil.copy(SAMPLES / "two.wav", place / "good.wav")
    files = [_write_sound(chance, place / f"bad-{n}") for n in range(chance.choice((1, 2)))]
    if chance.random() < 0.1:
        odd = place / chance.choice(NAMES[:-2]).replace("/", "")
        files.append(_write_sound(chance, odd))
    command = chance.choice(
        (["recognise"], ["recognise", "--json"], ["check"], ["listen"], ["spectrogram"], [], [])
    )
    if command == ["check"]:
        return Case(["check", str(place), "--json"])
    if command == ["listen"]:
        return Case(["listen", "--source", str(files[0])])
    if command == ["spectrogram"]:
        return Case(["spectrogram", str(files[0]), "--output", str(place / "out")])
    paths = [*files, Path(good)]
    return Case([*command, *map(str, paths)] if command else [], paths)


def bundles(chance: random.Random, place: Path) -> Case:
    """A model of which a file or two are damaged."""
    model = place / "home" / "data" / "spoken-digits" / "models" / "spoiled"
    shutil.copytree(chance.choice((DEFAULT_MODEL, REFERENCE_MODEL)), model)
    files = [path for path in sorted(model.rglob("*")) if path.is_file()]
    for path in chance.sample(files, chance.choice((1, 1, 2))):
        content = path.read_bytes()
        if path.suffix == ".json" and chance.random() < 0.7:
            path.write_bytes(spoil_json(chance, content))
        elif chance.random() < 0.05:
            path.unlink()
            chance.choice((path.mkdir, lambda path=path: path.symlink_to("/dev/zero")))()
        else:
            path.write_bytes(spoil_bytes(chance, content))
    sample = str(SAMPLES / "eight.wav")
    suffix = chance.choice((".keras", ".tflite"))
    command = chance.choice(
        (
            ["recognise", sample, "--model", str(model)],
            ["listen", "--source", sample, "--model", str(model)],
            ["export", str(model), "--output", str(place / f"out{suffix}")],
            [],
            [],
        )
    )
    if not command:
        remember(place, {"model": str(model), "window/tab": str(chance.randrange(3))})
    return Case(command, [Path(sample)])


def remember(place: Path, settings: dict[str, str]) -> None:
    """Write the settings that the window finds."""
    file = place / "home" / "config" / "spoken-digits" / "spoken-digits.ini"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[str]] = {}
    for key, value in settings.items():
        section, _, name = key.rpartition("/")
        lines.setdefault(section or "General", []).append(f"{name}={value}")
    text = "\n".join(f"[{name}]\n" + "\n".join(entries) for name, entries in lines.items())
    file.write_text(text, encoding="utf-8", errors="surrogateescape")


def settings(chance: random.Random, place: Path) -> Case:
    """Settings of another version, of a careless editor, of a full disk."""
    odd = [str(value) for value in VALUES if len(str(value)) < 500] + list(NAMES) + [
        "9999999999", "-1", "@ByteArray(\\x1\\xd9)", "@Variant(\\0\\0\\0)", "@Invalid()", "1, 2, 3",
        "/nowhere", "/dev/zero", "demo", "default", '{"picture": {}}', '{"picture": 1}',
    ]  # fmt: skip
    chosen = chance.sample(_SETTINGS, chance.randrange(1, len(_SETTINGS)))
    remember(place, {"source": "demo"} | {key: chance.choice(odd) for key in chosen})
    file = place / "home" / "config" / "spoken-digits" / "spoken-digits.ini"
    if chance.random() < 0.3:
        file.write_bytes(spoil_bytes(chance, file.read_bytes()))
    return Case([], [SAMPLES / "eight.wav"])


def folders(chance: random.Random, place: Path) -> Case:
    """A folder of recordings as people have them."""
    root = place / "data"
    root.mkdir()
    shape = chance.choice(_SHAPES)
    names = ["zero", "one", "2", "Three", *chance.sample(NAMES, 4)]
    for label in names:
        for number in range(chance.choice((0, 1, 3))):
            path = _usable(root / shape(label, f"s{number}", number))
            if path is None:
                continue
            content = sound_bytes(chance)[1] if chance.random() < 0.7 else b"no sound"
            with _quietly():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    for name in ("validation_list.txt", "testing_list.txt"):
        if chance.random() < 0.3:
            text = "\n".join(chance.choice(NAMES) + "/s0_nohash_0.wav" for _ in range(5))
            raw = text.encode(chance.choice(("utf-8", "utf-16")), "surrogatepass")
            (root / name).write_bytes(spoil_bytes(chance, raw) if chance.random() < 0.5 else raw)
    if chance.random() < 0.2:
        with _quietly():
            (root / "loop").symlink_to(root)
    if chance.random() < 0.2:
        os.mkfifo(root / "pipe.wav")
    command = chance.choice(
        (
            ["check", str(root), "--json"],
            ["check", str(root), "--split", "random"],
            ["evaluate", str(root), "--json", "--clips"],
            ["recognise", str(root)],
            [],
        )
    )
    return Case(command, [root], root)


_SHAPES: tuple[Callable[[str, str, int], str], ...] = (
    lambda label, speaker, n: f"{label}/{speaker}_nohash_{n}.wav",
    lambda label, speaker, n: f"{label}_{speaker}_{n}.wav",
    lambda label, speaker, n: f"{n:02d}/{label}_{n:02d}_{n}.wav",
    lambda label, speaker, n: f"train/{label}/{speaker}_nohash_{n}.wav",
    lambda label, speaker, n: f"{label}/{speaker}/{n}.wav",
    lambda label, speaker, n: f"{label}/{label} {n}.WAV",
)

KINDS: dict[str, Callable[[random.Random, Path], Case]] = {
    "sounds": sounds,
    "bundles": bundles,
    "settings": settings,
    "folders": folders,
}


def _usable(path: Path) -> Path | None:
    """Return a path that the disk can hold, or None."""
    return (
        path
        if "\0" not in str(path) and max(map(len, map(os.fsencode, path.parts))) < 255
        else None
    )


class _quietly:  # noqa: N801 - reads as a sentence
    """Lets go of what the disk does not take, such as a folder where a file lies."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, OSError)
