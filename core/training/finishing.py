"""The end of a run: what it has learned becomes a bundle, calibrated, measured and described."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.errors import BundleError
from core.evaluation.accuracy import evaluate
from core.evaluation.calibration import choose_threshold, fit_temperature, operating_points
from core.evaluation.model_card import write_card
from core.evaluation.robustness import robustness
from core.labels import printable
from core.places import REFERENCE_MODEL
from core.recognition.bundle import (
    EVALUATION_FILE,
    HISTORY_FILE,
    ModelBundle,
    ModelMetadata,
    load_bundle,
    write_metadata,
    writing_bundle,
)
from core.recognition.recogniser import DigitRecogniser, calibrate
from core.training import events
from core.training.networks import library_versions, librosa_mel_basis, write_network
from core.training.rehearsal import write_rehearsal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.dataset.splits import Split
    from core.training.config import TrainingConfig
    from core.training.preparation import Prepared


def finish(
    config: TrainingConfig,
    prepared: Prepared,
    model: Any,
    history: list[dict[str, Any]],
    attribution: str,
    report: Callable[[events.Event], None],
) -> ModelBundle:
    """Save a trained network as a bundle.

    Parameters
    ----------
    config : TrainingConfig
    prepared : Prepared
    model : keras.Model
        As it was after its best epoch.
    history : list of dict
        The epochs.
    attribution : str
        For the model card.
    report : callable
        Told what happens, as events.

    Raises
    ------
    BundleError
        When it cannot be saved.
    """

    def progress(what: str) -> Callable[[int, int], None]:
        return lambda done, total: report(events.Progress(what, done, total))

    sides, features = prepared.sides, prepared.architecture.features
    metadata = _metadata(config, prepared, int(model.count_params()), history)
    basis = librosa_mel_basis(features)
    with writing_bundle(config.output) as folder:
        progress("save")(0, 3)
        write_network(folder, model)
        write_metadata(folder, metadata, basis)
        if prepared.rehearsal:
            write_rehearsal(folder, *prepared.rehearsal)
        progress("save")(1, 3)
        if prepared.architecture.recipe.augmented:
            metadata = _calibrated(metadata, DigitRecogniser(load_bundle(folder)), sides)
            write_metadata(folder, metadata, basis)
        recogniser = DigitRecogniser(load_bundle(folder))
        tested = evaluate(recogniser, sides.evaluated, progress("evaluate"))
        evaluation = tested.to_json(with_clips=True)
        report(events.Evaluated(evaluation))
        reference = _reference(metadata)
        robust = robustness(recogniser, sides.evaluated, reference, progress("robustness"))
        names = ("accuracy", "accuracy_interval", "clips", "speakers")
        test = {name: evaluation[name] for name in names}
        metadata.metrics.update(test=test, tested_on=_tested_on(sides))
        write_metadata(folder, metadata, basis)
        write_card(folder, metadata, evaluation, robust, attribution)
        _write_json(folder / EVALUATION_FILE, evaluation | {"robustness": robust})
        _write_json(folder / HISTORY_FILE, {"epochs": history})
    return load_bundle(config.output)


def _reference(metadata: ModelMetadata) -> DigitRecogniser | None:
    """Return the shipped notebook-cnn, where it is another kind and knows all of the words."""
    try:
        reference = load_bundle(REFERENCE_MODEL)
    except BundleError:  # whatever is wrong with it must not cost a run
        return None
    words = {label for label in metadata.labels if not label.startswith("_")}
    comparable = words <= set(reference.metadata.labels)
    other_kind = metadata.architecture != reference.metadata.architecture
    return DigitRecogniser(reference) if comparable and other_kind else None


def _metadata(
    config: TrainingConfig, prepared: Prepared, parameters: int, history: list[dict[str, Any]]
) -> ModelMetadata:
    best = next(epoch for epoch in reversed(history) if epoch["best"])
    settings = {k: v for k, v in config.to_json().items() if k not in ("folder", "output")}
    for name in ("attribution", "start_from", "tensorboard"):  # a name, not a person's folders
        path = getattr(config, name)
        settings[name] = printable(path.name) if path else None
    settings["also"] = [printable(folder.resolve().name) for folder in config.also]
    return ModelMetadata(
        name=printable(config.output.name),
        labels=prepared.labels,
        features=prepared.architecture.features,
        architecture=prepared.architecture.name,
        parameters=parameters,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        metrics={"best_epoch": best["epoch"], "val_accuracy": best["val_accuracy"]},
        data_set={
            "name": printable(config.folder.resolve().name),
            "fingerprint": prepared.data_set.fingerprint,
            "split": prepared.sides.to_json(),
        },
        training=settings,
        versions=library_versions(),
    )


def _calibrated(
    metadata: ModelMetadata, recogniser: DigitRecogniser, sides: Split
) -> ModelMetadata:
    """Choose temperature and threshold on the validation set."""
    checked = evaluate(recogniser, sides.validation)
    temperature = fit_temperature(checked.probabilities, checked.truth)
    probabilities = calibrate(checked.probabilities, temperature)
    points = operating_points(probabilities, checked.truth, metadata.labels)
    metrics = metadata.metrics | {"operating_points": [point.to_json() for point in points]}
    return replace(
        metadata, temperature=temperature, threshold=choose_threshold(points), metrics=metrics
    )


def _tested_on(sides: Split) -> str:
    if sides.tested_on_unheard is None:
        return "people it may have heard, since not every recording tells who speaks"
    return "people it never heard" if sides.tested_on_unheard else "seen people"


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
