"""The end of a run: what it has learned becomes a bundle, calibrated, measured and described."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.errors import BundleError
from core.evaluation.accuracy import choose_threshold, evaluate, fit_temperature, operating_points
from core.evaluation.model_card import write_card
from core.evaluation.robustness import robustness
from core.labels import printable
from core.places import REFERENCE_MODEL
from core.recognition.bundle import (
    EVALUATION_FILE,
    HISTORY_FILE,
    ModelBundle,
    load_bundle,
    new_bundle,
    write_metadata,
)
from core.recognition.metadata import DataSource, Metrics, ModelMetadata
from core.recognition.recogniser import DigitRecogniser, calibrate
from core.records import fields_to_json, json_bytes
from core.training import events
from core.training.architectures import find_architecture
from core.training.fine_tuning import write_rehearsal
from core.training.networks import library_versions, librosa_mel_basis, write_network

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from core.dataset.scan import DataSet
    from core.dataset.splits import Split
    from core.evaluation.report import EvaluationReport
    from core.sound.clip import FloatArray
    from core.training.config import TrainingConfig
    from core.training.preparation import Prepared


def finish(
    config: TrainingConfig,
    prepared: Prepared,
    model: Any,
    history: Sequence[events.Epoch],
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
    history : sequence of Epoch
    attribution : str
        For the model card.
    report : callable
        Told what happens, as events.

    Raises
    ------
    BundleError, WritingError
        When it cannot be saved.
    """

    def progress(what: str) -> Callable[[int, int], None]:
        return lambda done, total: report(events.Progress(what, done, total))

    sides, features = prepared.sides, prepared.architecture.features
    best = next(epoch for epoch in reversed(history) if epoch.best)
    metadata = describe(
        config,
        prepared.data_set,
        prepared.labels,
        sides,
        int(model.count_params()),
        Metrics(best_epoch=best.epoch, val_accuracy=best.val_accuracy),
        library_versions(),
    )
    basis = librosa_mel_basis(features)
    with new_bundle(config.output) as folder:
        progress("save")(0, 3)
        write_network(folder, model)
        write_metadata(folder, metadata, basis)
        if prepared.rehearsal:
            write_rehearsal(folder, prepared.rehearsal)
        progress("save")(1, 3)
        if prepared.architecture.recipe.augmented:
            metadata = _calibrated(metadata, DigitRecogniser(load_bundle(folder)), sides)
            write_metadata(folder, metadata, basis)
        recogniser = DigitRecogniser(load_bundle(folder))
        evaluation = evaluate(recogniser, sides.evaluated, progress("evaluate")).report(True)
        report(events.Evaluated(evaluation))
        robust = robustness(
            recogniser, sides.evaluated, _reference(metadata), progress("robustness")
        )
        evaluation = replace(evaluation, robustness=robust)
        metrics = replace(metadata.metrics, test=evaluation.figures, tested_on=tested_on(sides))
        write_result(folder, replace(metadata, metrics=metrics), basis, evaluation, attribution)
        epochs = [fields_to_json(epoch) for epoch in history]
        (folder / HISTORY_FILE).write_bytes(json_bytes({"epochs": epochs}, indent=1))
    return load_bundle(config.output)


def _reference(metadata: ModelMetadata) -> DigitRecogniser | None:
    """Return the shipped notebook-cnn, where it is another kind and knows all of the words."""
    try:
        reference = load_bundle(REFERENCE_MODEL)
        comparable = set(metadata.words) <= set(reference.metadata.labels)
        other_kind = metadata.architecture != reference.metadata.architecture
        return DigitRecogniser(reference) if comparable and other_kind else None
    except BundleError:  # whatever is wrong with it must not cost a run
        return None


def write_result(
    folder: Path,
    metadata: ModelMetadata,
    basis: FloatArray | None,
    evaluation: EvaluationReport,
    attribution: str,
) -> None:
    """Write what a model says of itself, and how good it is, into a bundle's folder."""
    write_metadata(folder, metadata, basis)
    write_card(folder, metadata, evaluation, attribution)
    (folder / EVALUATION_FILE).write_bytes(json_bytes(evaluation.to_json(), indent=1))


def describe(
    config: TrainingConfig,
    data_set: DataSet,
    labels: tuple[str, ...],
    sides: Split,
    parameters: int,
    metrics: Metrics,
    versions: dict[str, str],
) -> ModelMetadata:
    """Return what a bundle says of a model that a run has made."""
    architecture = find_architecture(config.architecture)
    settings = config.to_json()
    del settings["folder"], settings["output"]
    for name in ("attribution", "start_from", "tensorboard"):  # a name, not a person's folders
        path = getattr(config, name)
        settings[name] = printable(path.name) if path else None
    settings["also"] = [printable(folder.resolve().name) for folder in config.also]
    return ModelMetadata(
        name=printable(config.output.name),
        labels=labels,
        features=architecture.features,
        architecture=architecture.name,
        parameters=parameters,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        metrics=metrics,
        data_set=DataSource(
            name=printable(config.folder.resolve().name),
            fingerprint=data_set.fingerprint,
            split=sides.report,
            corrections=data_set.corrections,
        ),
        training=settings,
        versions=versions,
    )


def _calibrated(
    metadata: ModelMetadata, recogniser: DigitRecogniser, sides: Split
) -> ModelMetadata:
    """Choose temperature and threshold on the validation set."""
    checked = evaluate(recogniser, sides.validation)
    temperature = fit_temperature(checked.probabilities, checked.truth)
    probabilities = calibrate(checked.probabilities, temperature)
    points = operating_points(probabilities, checked.truth, metadata.labels)
    metrics = replace(metadata.metrics, operating_points=points)
    return replace(
        metadata, temperature=temperature, threshold=choose_threshold(points), metrics=metrics
    )


def tested_on(sides: Split) -> str:
    """Say whom the figures are of."""
    if sides.tested_on_unheard is None:
        return "people it may have heard, since not every recording tells who speaks"
    return "people it never heard" if sides.tested_on_unheard else "seen people"
