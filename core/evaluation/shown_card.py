"""What a person should know of a model, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import BundleError
from core.recognition.bundle import CARD_FILE, load_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.bundle import ModelMetadata

_LARGEST_CARD = 2**20


def model_card(path: Path) -> str:
    """Return the card that lies in a bundle, or one made of what the bundle says of itself.

    Raises
    ------
    BundleError
        When the bundle cannot be loaded or its card cannot be read.
    """
    metadata = load_bundle(path).metadata
    file = path / CARD_FILE
    try:
        if not file.is_file():
            return _made_of(metadata)
        if file.stat().st_size > _LARGEST_CARD:
            raise BundleError(f"The model card {file} is too long to be shown.")
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise BundleError(
            f"The model card {file} cannot be read: {error.strerror or error}."
        ) from error


def _made_of(metadata: ModelMetadata) -> str:
    features = metadata.features
    given = "the waveform"
    if features is not None:
        given = f"{features.n_mels} Mel bins × {features.n_frames()} frames"
    lines = [
        f"# {metadata.name}",
        "",
        f"- **Answers:** {', '.join(metadata.labels)}",
        f"- **Network:** {metadata.architecture}, {metadata.parameters:,} parameters",
        f"- **Is given:** {given}",
        f"- **Trained:** {metadata.created[:10]}",
    ]
    if metadata.threshold > 0:
        lines.append(f"- **Answers from a confidence of:** {100 * metadata.threshold:.0f} %")
    for title, values in (
        ("Data set", metadata.data_set),
        ("Figures", metadata.metrics),
        ("Training", metadata.training),
        ("Made with", metadata.versions),
    ):
        entries = [f"- {_words(key)}: {_short(value)}" for key, value in values.items()]
        if entries:
            lines += ["", f"## {title}", "", *entries]
    return "\n".join(lines) + "\n"


def _words(key: str) -> str:
    return key.replace("_", " ")


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(_short(entry) for entry in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{_words(key)} {_short(entry)}" for key, entry in value.items())
    return "none" if value is None else str(value)
