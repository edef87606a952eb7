"""What a run needs before it can learn: recordings, their sides, and what the network is given."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.dataset.feature_store import FeatureStore
from core.dataset.health import CorrectionReport, inspect_file
from core.dataset.index import ScanIndex
from core.dataset.scan import default_labels, scan
from core.dataset.splits import Split, split
from core.errors import TrainingError, reason_of
from core.labels import SILENCE, UNKNOWN
from core.places import user_cache
from core.recognition.metadata import MOST_LABELS
from core.sound.noise import Noise
from core.training import events
from core.training.architectures import find_architecture
from core.training.augmentation import Augmenter
from core.training.batches import AugmentedBatches, PlainBatches, network_input, one_hot
from core.training.config import AUGMENTATIONS
from core.training.fine_tuning import Rehearsal, choose_for_rehearsal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from core.dataset.feature_store import StoredRows
    from core.dataset.scan import DataSet, Recording
    from core.sound.clip import FloatArray
    from core.training.architectures import Architecture
    from core.training.batches import Batches
    from core.training.config import TrainingConfig
    from core.training.fine_tuning import Inputs
    from core.training.run_folder import RunFolder

_BYTES_A_PARAMETER = 36  # of the networks that a run keeps at once, with their optimizer
_BYTES_BESIDE = 2**24


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What a run learns from and is checked on.

    Parameters
    ----------
    architecture : Architecture
    data_set : DataSet
    labels : tuple of str
    sides : Split
    learned : Batches
    checked : (inputs, one-hot targets)
        Of the validation set.
    rehearsal : Rehearsal or None
        Some of what is learned, and some of what is validated on, if any is to be kept.
    """

    architecture: Architecture
    data_set: DataSet
    labels: tuple[str, ...]
    sides: Split
    learned: Batches
    checked: tuple[FloatArray, FloatArray]
    rehearsal: Rehearsal | None


def prepare(
    config: TrainingConfig,
    run: RunFolder,
    report: Callable[[events.Event], None],
    check: Callable[[], None],
) -> Prepared:
    """Read the recordings of a run and compute, or find again, what the network is given.

    Parameters
    ----------
    config : TrainingConfig
    run : RunFolder
    report : callable
        Told what happens, as events.
    check : callable
        Called often; what it raises, a ReadingStopped, ends the preparation.

    Raises
    ------
    DataSetError, TrainingError
        When the recordings cannot be read, divided, or learned from.
    """
    cache, architecture = user_cache(), find_architecture(config.architecture)
    with (
        ScanIndex(cache) as index,
        FeatureStore(cache, architecture.features) as features,
        FeatureStore(cache, None) as takes,
    ):
        preparation = Preparation(config, architecture, report, check)
        learns = takes if architecture.recipe.augmented else features
        data_set, *also = preparation.scan(run, index, learns)
        labels = preparation.labels(data_set, also)
        check_labels(config.folder, labels)
        sides = split(data_set, labels, config.split, config.validation, config.seed)
        more = [r for other in also for r in other.of_labels(labels)]
        report(events.Data(labels, sides.report, len(data_set.problems), data_set.corrections))
        return Prepared(
            architecture,
            data_set,
            labels,
            sides,
            preparation.batches(learns, [*sides.train, *more], len(more), labels),
            (preparation.inputs(features, sides.validation), one_hot(sides.validation, labels)),
            preparation.rehearsal(features, sides, labels) if config.rehearsal else None,
        )


@dataclass(frozen=True, slots=True)
class Preparation:
    """The steps, each of which may be long; see `prepare`."""

    config: TrainingConfig
    architecture: Architecture
    report: Callable[[events.Event], None]
    check: Callable[[], None]

    def scan(self, run: RunFolder, index: ScanIndex, store: FeatureStore) -> list[DataSet]:
        """Look at the folders of a run; what is read anew goes into a store."""

        def on_progress(done: int, total: int) -> None:
            self.report(events.Progress("scan", done, total))

        found = []
        for folder in (self.config.folder, *self.config.also):
            found.append(scan(folder, index, on_progress, self._asked_to_stop, store.add))
            store.flush()
        run.check_data(" ".join(data_set.fingerprint for data_set in found))
        corrections = CorrectionReport.of_all(data_set.corrections for data_set in found)
        found[0] = replace(found[0], corrections=corrections)  # the model has learned from them all
        return found

    def words(self, data_set: DataSet) -> tuple[str, ...]:
        """Return the labels that somebody chose, or those that are learned by themselves."""
        if chosen := self.config.labels:
            found = {r.label for r in data_set.of_labels(chosen)}
            if missing := [label for label in chosen if label not in found]:
                raise TrainingError(
                    "{folder} has no recordings of {labels}.",
                    folder=self.config.folder,
                    labels=", ".join(missing),
                )
            return chosen
        return default_labels(data_set)

    def labels(self, data_set: DataSet, also: Sequence[DataSet]) -> tuple[str, ...]:
        """Return the words and, where they are learned too, the labels of what is none."""
        labels = self.words(data_set)
        if self.config.labels or not self.architecture.recipe.augmented:
            return labels
        further = (SILENCE, UNKNOWN)
        has = {r.label for part in (data_set, *also) for r in part.of_labels((*labels, *further))}
        return (*labels, *(label for label in further if label in has))

    def batches(
        self,
        store: FeatureStore,
        recordings: Sequence[Recording],
        also: int,
        labels: tuple[str, ...],
    ) -> Batches:
        """Return what is learned, in batches."""
        config, features = self.config, self.architecture.features
        recipe = self.architecture.recipe
        if not recipe.augmented or features is None:
            rows = self.rows(store, recordings)
            return PlainBatches(rows, one_hot(recordings, labels), config.batch_size, config.seed)
        words = [r for r in recordings if r.label != SILENCE]
        noise = Noise.read([r.path for r in recordings if r.label == SILENCE])
        return AugmentedBatches(
            self.rows(store, words),
            words,
            also,
            labels,
            Augmenter(features, noise, AUGMENTATIONS[config.augmentation], config.seed),
            config.batch_size,
            recipe.clips_an_epoch,
            config.seed,
        )

    def inputs(self, store: FeatureStore, recordings: Sequence[Recording]) -> FloatArray:
        """Return what the network is given for some recordings."""
        return network_input(self.rows(store, recordings)[:])

    def rehearsal(self, store: FeatureStore, sides: Split, labels: tuple[str, ...]) -> Rehearsal:
        """Return some of what is learned, and of what is validated on."""

        def part(side: Sequence[Recording]) -> Inputs:
            chosen = choose_for_rehearsal(side, self.architecture.input_shape)
            numbers = np.array([labels.index(r.label) for r in chosen], np.intp)
            return self.inputs(store, chosen), numbers

        return Rehearsal(*part(sides.train), *part(sides.validation))

    def _asked_to_stop(self) -> bool:
        self.check()
        return False

    def rows(self, store: FeatureStore, recordings: Sequence[Recording]) -> StoredRows:
        """Return the rows of recordings; those that the store does not know are computed."""
        for done, recording in enumerate(recordings):
            if recording.fingerprint in store:
                continue
            self.check()
            if done % 50 == 0:
                self.report(events.Progress("features", done, len(recordings)))
            _, clip = inspect_file(recording.path, self._asked_to_stop)
            if clip is None:
                raise TrainingError(
                    "{path} has changed since the folder was read.", path=recording.path
                )
            store.add(recording.fingerprint, clip)
        return store.open_rows([recording.fingerprint for recording in recordings])


def check_labels(folder: Path, labels: tuple[str, ...]) -> None:
    """Raise TrainingError when these are more labels than a model may have."""
    if len(labels) > MOST_LABELS:
        raise TrainingError(
            "A model knows at most {most} labels, and {folder} has {n}. Choose some of them.",
            most=MOST_LABELS,
            folder=folder,
            n=len(labels),
        )


def read_attribution(path: Path) -> str:
    """Return what a model card is to say of the recordings; raises TrainingError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError("{path} cannot be read: {reason}.", path=path, reason=error) from error


def check_logs(folder: Path) -> None:
    """Find out before a run whether TensorFlow can write its logs; raises TrainingError."""
    try:
        str(folder).encode()  # that is how TensorFlow takes it
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"logs")
    except (OSError, UnicodeEncodeError) as error:
        raise TrainingError(
            "The logs for TensorBoard cannot be written to {folder}: {reason}. Choose another.",
            folder=folder,
            reason=reason_of(error),
        ) from error


def check_room(folder: Path, parameters: int) -> None:
    """Find out before a run what would fail after it; raises TrainingError."""
    needed = _BYTES_A_PARAMETER * parameters + _BYTES_BESIDE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise TrainingError(
            "There is too little room in {folder}: the run needs {needed} MB, and {free} MB are "
            "free. Make room, or choose another place for the model.",
            folder=folder.parent,
            needed=-(-needed // 10**6),
            free=free // 10**6,
        )
