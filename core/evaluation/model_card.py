"""The model card: what a model was trained on, how good it is, and where its limits are.

Source of the idea: Mitchell et al., Model Cards for Model Reporting, FAT* 2019.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from core.errors import BundleError
from core.recognition.bundle import CARD_DATA_FILE, CARD_FILE, load_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.bundle import ModelMetadata


def write_card(
    folder: Path,
    metadata: ModelMetadata,
    evaluation: dict[str, Any],
    report: dict[str, Any],
    attribution: str,
) -> None:
    """Write the card of a model beside it, to be read and as JSON.

    Parameters
    ----------
    folder : Path
        The bundle's, while it is written.
    metadata : ModelMetadata
    evaluation : dict
        `Evaluation.to_json` of the test set.
    report : dict
        What `robustness` returns, of the same recordings.
    attribution : str
        Whom the recordings are owed to, under which licences; Markdown, may be empty.
    """
    names = ("accuracy", "accuracy_interval", "clips", "speakers", "per_label", "calibration")
    data = {
        "model": metadata.to_json(),
        "test": {name: evaluation[name] for name in names},
        "robustness": report,
        "attribution": attribution,
    }
    text = json.dumps(data, indent=1, ensure_ascii=False)
    (folder / CARD_DATA_FILE).write_text(text + "\n", encoding="utf-8")
    (folder / CARD_FILE).write_text(card_text(data), encoding="utf-8")


def card_text(data: dict[str, Any]) -> str:
    """Turn the JSON of a card into Markdown."""
    model, test, report = data["model"], data["test"], data["robustness"]
    words = [label for label in model["labels"] if not label.startswith("_")]
    division = model["data_set"]["split"]
    low, high = test["accuracy_interval"]
    heard = model["metrics"].get("tested_on", "seen people")
    lines = [
        f"# Model card: {model['name']}",
        "",
        f"A network of the kind `{model['architecture']}` with {model['parameters']:,} parameters "
        f"that tells which of these words was said in one second of sound at 8 kHz: "
        f"{', '.join(words)}.{_beyond_words(model['labels'])} Trained {model['created'][:10]}.",
        "",
        "## Data",
        "",
        f"Folder “{model['data_set']['name']}”, divided by {division['kind']}:",
        "",
        _table(
            ["side", "clips", "speakers"],
            [
                [side, division[side]["clips"], division[side]["speakers"]]
                for side in ("train", "validation", "test")
                if division[side]["clips"]
            ],
        ),
    ]
    also = model["training"].get("also")
    if also:
        lines += ["", f"Only learned from, never tested on: {', '.join(also)}."]
    if data["attribution"]:
        lines += ["", data["attribution"].strip()]
    lines += [
        "",
        "## Figures",
        "",
        f"Measured on {heard}: {test['clips']} clips of {test['speakers']} speakers, "
        f"{test['accuracy']:.1%} right (95 % confidence interval {low:.1%} to {high:.1%}). "
        f"Expected calibration error {test['calibration']['error']:.3f}.",
        "",
        robustness_text(report),
        "",
        "## Settings",
        "",
        "```json",
        json.dumps(
            {name: model[name] for name in ("features", "training", "versions")}
            | {"threshold": model["threshold"], "temperature": model["temperature"]},
            indent=1,
        ),
        "```",
        "",
        "## Limits",
        "",
        "Single words, one second at a time. Whoever sounds unlike the people above, by age, "
        "accent, illness or microphone, may be understood less well: measure before relying on it. "
        "Not for anything where a wrong digit does harm.",
    ]
    return "\n".join(lines) + "\n"


def robustness_text(report: dict[str, Any]) -> str:
    """Turn what `robustness` returns into Markdown."""
    intro = "The most probable word of each clip, whatever its confidence:"
    return "\n".join(
        [intro, "", _conditions_table(report["conditions"]), "", *_report_lines(report)]
    )


def _beyond_words(labels: list[str]) -> str:
    beyond = {"_silence_": "silence and noise", "_unknown_": "other words"}
    told = [text for label, text in beyond.items() if label in labels]
    return f" It also tells {' and '.join(told)} from them." if told else ""


def _conditions_table(conditions: list[dict[str, Any]]) -> str:
    compared = "reference" in conditions[0]
    header = ["sound", "clips", "right", *(["notebook-cnn"] if compared else [])]
    rows = [
        [row["name"], row["clips"], f"{row['accuracy']:.1%}"]
        + ([f"{row['reference']:.1%}"] if compared else [])
        for row in conditions
    ]
    return _table(header, rows)


def _report_lines(report: dict[str, Any]) -> list[str]:
    speakers, rejection = report["speakers"], report["rejection"]
    lines = []
    if speakers["count"]:
        lines.append(
            f"- Of {speakers['count']} speakers, the median has {speakers['median']:.1%} right, "
            f"the worst {speakers['worst']:.1%}."
        )
    lines.append(
        f"- Answers are given from a confidence of {rejection['threshold']:.2f}: "
        f"{rejection['words_accepted']:.1%} of the words are."
    )
    if "other_words" in rejection:
        other = rejection["other_words"]
        lines.append(
            f"- Of {other['clips']} other words, {other['turned_down']:.1%} are turned down "
            f"({other['turned_down_at_97']:.1%} where 97 % of the words are accepted)."
        )
    if "noises" in rejection:
        noises = rejection["noises"]
        lines.append(f"- Of {noises['clips']} noises, {noises['turned_down']:.1%} are turned down.")
    if "noise" in report:
        noise = report["noise"]
        lines.append(
            f"- False alarms: {noise['false_alarms_an_hour']} an hour of noise, in "
            f"{noise['hours']} hours of it."
        )
    return lines


def _table(header: list[str], rows: list[list[Any]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


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
