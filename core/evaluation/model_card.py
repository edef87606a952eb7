"""The model card: what a model was trained on, how good it is, and where its limits are.

Source of the idea: Mitchell et al., Model Cards for Model Reporting, FAT* 2019.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from core.dataset.corrections import corrections_text
from core.errors import BundleError
from core.evaluation.report import read_evaluation
from core.labels import SILENCE, UNKNOWN
from core.recognition.bundle import CARD_DATA_FILE, CARD_FILE, load_bundle, reading
from core.records import json_bytes, to_json
from core.sentences import percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.evaluation.report import EvaluationReport, GroupFigures, RobustnessReport
    from core.recognition.metadata import Adaptation, DataSource, ModelMetadata

_LARGEST_CARD = 2**20
_LIMITS = """Single words, one second at a time. Whoever sounds unlike the people above, by age, \
accent, illness or microphone, may be understood less well: measure before relying on it. \
Not for anything where a wrong digit does harm."""


def write_card(
    folder: Path, metadata: ModelMetadata, evaluation: EvaluationReport, attribution: str
) -> None:
    """Write the card of a model beside it, to be read and as JSON.

    Parameters
    ----------
    folder : Path
        The bundle's, while it is written.
    metadata : ModelMetadata
    evaluation : EvaluationReport
        Of the test set, with its robustness.
    attribution : str
        Whom the recordings are owed to, under which licences; Markdown, may be empty.
    """
    data = {
        "model": metadata,
        "test": to_json(evaluation.figures)
        | {"per_label": evaluation.per_label, "calibration": evaluation.calibration},
        "robustness": evaluation.robustness,
        "attribution": attribution,
    }
    (folder / CARD_DATA_FILE).write_bytes(json_bytes(to_json(data), indent=1))
    text = card_text(metadata, evaluation, attribution)
    (folder / CARD_FILE).write_bytes(text.encode("utf-8", "backslashreplace"))


def read_card(path: Path) -> str:
    """Return the card that lies in a bundle, or one made of what the bundle says of itself.

    Raises
    ------
    BundleError
        When the bundle cannot be loaded or its card cannot be read.
    """
    metadata = load_bundle(path).metadata
    with reading(path, CARD_FILE, needed=False):
        file = path / CARD_FILE
        if not file.is_file():
            return card_text(metadata, read_evaluation(path))
        if file.stat().st_size > _LARGEST_CARD:
            raise BundleError("The model card {file} is too long to be shown.", file=file)
        return file.read_text(encoding="utf-8", errors="replace")


def card_text(
    metadata: ModelMetadata, evaluation: EvaluationReport | None = None, attribution: str = ""
) -> str:
    """Say in Markdown what is known of a model."""
    features = metadata.features
    given = "the waveform"
    if features is not None:
        given = f"{features.n_mels} Mel bins × {features.n_frames()} frames"
    settings = {
        "features": features,
        "training": metadata.training,
        "versions": metadata.versions,
        "threshold": metadata.threshold,
        "temperature": metadata.temperature,
    }
    lines = [
        f"# Model card: {metadata.name}",
        "",
        f"- **Answers:** which of these words was said in one second of sound at 8 kHz: "
        f"{', '.join(metadata.words)}.{_beyond_words(metadata.labels)}",
        f"- **Network:** {metadata.architecture}, {metadata.parameters:,} parameters",
        f"- **Is given:** {given}",
        f"- **Trained:** {metadata.created[:10]}",
        f"- **Answers from a confidence of:** {percent(metadata.threshold, 0)}",
        *_data(metadata.data_set),
    ]
    if also := metadata.training.get("also"):
        lines += ["", f"Only learned from, never tested on: {', '.join(map(str, also))}."]
    if attribution:
        lines += ["", attribution.strip()]
    if metadata.metrics.adaptation is not None:
        lines += ["", _adaptation(metadata.metrics.adaptation)]
    if evaluation is not None:
        lines += ["", "## Figures", "", _figures(evaluation, metadata.metrics.tested_on)]
        if evaluation.robustness is not None:
            lines += ["", robustness_text(evaluation.robustness)]
    lines += ["", "## Settings", "", "```json", json.dumps(to_json(settings), indent=1), "```"]
    return "\n".join([*lines, "", "## Limits", "", _LIMITS, ""])


def robustness_text(report: RobustnessReport) -> str:
    """Say in Markdown how a model stands difficult sound."""
    compared = any(row.reference is not None for row in report.conditions)
    rows = [["sound", "clips", "right", "notebook-cnn"][: 3 + compared]]
    for row in report.conditions:
        shares = [percent(s) for s in (row.accuracy, row.reference) if s is not None]
        rows.append([row.name, str(row.clips), *shares])
    intro = "The most probable word of each clip, whatever its confidence:"
    tables = [intro, "", _table(rows), ""]
    for title, groups in (("speakers", report.groups), ("least of whom is right", report.lowest)):
        if groups:
            tables += [_table(list(_of_groups(title, groups))), ""]
    return "\n".join([*tables, *_rest(report)])


def _of_groups(title: str, groups: tuple[GroupFigures, ...]) -> Iterator[list[Any]]:
    yield [title, "people", "words", "right", "95 % interval", "answered and right"]
    for row in groups:
        interval = " to ".join(map(percent, row.interval))
        shares = percent(row.right), interval, percent(row.answered)
        yield [row.name, row.speakers, row.clips, *shares]


def _data(source: DataSource) -> Iterator[str]:
    if not source.name:
        return
    yield from ("", "## Data", "", f"Folder “{source.name}”")
    if (split := source.split) is not None:
        sides = {"train": split.train, "validation": split.validation, "test": split.test}
        rows = [[name, side.clips, side.speakers] for name, side in sides.items() if side.clips]
        yield from (f"divided by {split.kind}:", "", _table([["side", "clips", "speakers"], *rows]))
    if (corrections := source.corrections) is not None:
        yield from ("", str(corrections_text(corrections)))


def _beyond_words(labels: tuple[str, ...]) -> str:
    beyond = {SILENCE: "silence and noise", UNKNOWN: "other words"}
    told = [text for label, text in beyond.items() if label in labels]
    return f" It also tells {' and '.join(told)} from them." if told else ""


def _adaptation(made: Adaptation) -> str:
    yours, whose = made.yours, ", ".join(made.speakers) or "a person's recordings"
    text = (
        f"Adapted from {made.model} to {whose}: of {yours.clips} clips {yours.before} were right "
        f"before, {yours.after} are after."
    )
    return f"{text} {corrections_text(made.corrections)}" if made.corrections else text


def _figures(evaluation: EvaluationReport, tested_on: str) -> str:
    low, high = evaluation.accuracy_interval
    text = (
        f"Measured on {tested_on or 'seen people'}: {evaluation.clips} clips of "
        f"{evaluation.speakers} speakers, {percent(evaluation.accuracy)} right (95 % confidence "
        f"interval {percent(low)} to {percent(high)})."
    )
    if evaluation.calibration is not None:
        text += f" Expected calibration error {evaluation.calibration.error:.3f}."
    return text


def _rest(report: RobustnessReport) -> Iterator[str]:
    speakers, rejection, noise = report.speakers, report.rejection, report.noise
    if speakers.count > 1 and speakers.median is not None and speakers.worst is not None:
        yield (
            f"- Of {speakers.count} speakers, the median has {percent(speakers.median)} right, "
            f"the worst {percent(speakers.worst)}."
        )
    yield (
        f"- Answers are given from a confidence of {rejection.threshold:.2f}: "
        f"{percent(rejection.words_accepted)} of the words are."
    )
    if (other := rejection.other_words) is not None:
        strict = percent(other.turned_down_at_97 or 0)
        yield (
            f"- Of {other.clips} other words, {percent(other.turned_down)} are turned down "
            f"({strict} where 97 % of the words are accepted)."
        )
    if (noises := rejection.noises) is not None:
        yield f"- Of {noises.clips} noises, {percent(noises.turned_down)} are turned down."
    if noise is not None:
        yield (
            f"- False alarms: {noise.false_alarms_an_hour} an hour of noise, in {noise.hours} "
            "hours of it."
        )


def _table(rows: list[list[Any]]) -> str:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
