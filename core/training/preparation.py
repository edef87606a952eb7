"""What a run needs before it can learn: recordings, their sides, and what the network is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.dataset.feature_store import FeatureStore
from core.dataset.health import inspect_file
from core.dataset.index import ScanIndex
from core.dataset.scan import default_labels, scan
from core.dataset.splits import Split, split
from core.errors import TrainingError
from core.labels import SILENCE, UNKNOWN
from core.places import user_cache
from core.sound.noise import Noise
from core.training import events
from core.training.augmentation import AUGMENTATIONS, Augmenter
from core.training.batches import AugmentedBatches, PlainBatches, network_input, one_hot
from core.training.rehearsal import choose_for_rehearsal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.dataset.feature_store import StoredRows
    from core.dataset.scan import DataSet, Recording
    from core.sound.clip import FloatArray
    from core.training.architectures import Architecture
    from core.training.batches import Batches
    from core.training.config import TrainingConfig
    from core.training.run_folder import RunFolder

    Inputs = tuple[FloatArray, npt.NDArray[np.intp]]


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
    rehearsal : list of (inputs, indices of labels)
        Some of what is learned, and some of what is validated on; empty when none is to be kept.
    """

    architecture: Architecture
    data_set: DataSet
    labels: tuple[str, ...]
    sides: Split
    learned: Batches
    checked: tuple[FloatArray, FloatArray]
    rehearsal: list[Inputs]


class Preparation:
    """Reads the recordings of a run and computes, or finds again, what the network is given.

    Parameters
    ----------
    config : TrainingConfig
    architecture : Architecture
    run : RunFolder
    report : callable
        Told what happens, as events.
    check : callable
        Called often; what it raises ends the preparation.
    """

    def __init__(
        self,
        config: TrainingConfig,
        architecture: Architecture,
        run: RunFolder,
        report: Callable[[events.Event], None],
        check: Callable[[], None],
    ) -> None:
        self._config = config
        self._architecture = architecture
        self._recipe = architecture.recipe
        self._run = run
        self._report = report
        self._check = check

    def go(self) -> Prepared:
        """Prepare everything.

        Raises
        ------
        DataSetError, TrainingError
            When the recordings cannot be read, divided, or learned from.
        """
        config, cache = self._config, user_cache()
        with (
            ScanIndex(cache) as index,
            FeatureStore(cache, self._architecture.features) as features,
            FeatureStore(cache, None) as takes,
        ):
            learns = takes if self._recipe.augmented else features
            data_set, *also = (
                self._scan(folder, index, learns) for folder in (config.folder, *config.also)
            )
            self._run.check_data(" ".join(part.fingerprint for part in (data_set, *also)))
            labels = self._labels(data_set, also)
            sides = split(data_set, labels, config.split, config.validation, config.seed)
            more = [r for other in also for r in other.of_labels(labels)]
            self._report(events.Data(list(labels), sides.to_json(), len(data_set.problems)))
            return Prepared(
                self._architecture,
                data_set,
                labels,
                sides,
                self._batches(learns, [*sides.train, *more], len(more), labels),
                (self._inputs(features, sides.validation), one_hot(sides.validation, labels)),
                self._rehearsal(features, sides, labels) if config.rehearsal else [],
            )

    def _scan(self, folder: Path, index: ScanIndex, store: FeatureStore) -> DataSet:
        def on_progress(done: int, total: int) -> None:
            self._report(events.Progress("scan", done, total))

        def stop() -> bool:
            self._check()
            return False

        data_set = scan(
            folder,
            index,
            on_progress=on_progress,
            should_stop=stop,
            on_take=store.add,
        )
        store.flush()
        return data_set

    def _labels(self, data_set: DataSet, also: Sequence[DataSet]) -> tuple[str, ...]:
        chosen = self._config.labels
        if chosen:
            found = {r.label for r in data_set.of_labels(chosen)}
            missing = [label for label in chosen if label not in found]
            if missing:
                raise TrainingError(
                    f"{self._config.folder} has no recordings of {', '.join(missing)}."
                )
            return chosen
        labels = default_labels(data_set)
        if not self._recipe.augmented:
            return labels
        further = (SILENCE, UNKNOWN)
        has = {r.label for part in (data_set, *also) for r in part.of_labels((*labels, *further))}
        return (*labels, *(label for label in further if label in has))

    def _batches(
        self,
        store: FeatureStore,
        recordings: Sequence[Recording],
        also: int,
        labels: tuple[str, ...],
    ) -> Batches:
        config, recipe, features = self._config, self._recipe, self._architecture.features
        if not recipe.augmented or features is None:
            rows = self._rows(store, recordings)
            return PlainBatches(rows, one_hot(recordings, labels), config.batch_size, config.seed)
        words = [r for r in recordings if r.label != SILENCE]
        noise = Noise.read([r.path for r in recordings if r.label == SILENCE])
        return AugmentedBatches(
            self._rows(store, words),
            words,
            also,
            labels,
            Augmenter(features, noise, AUGMENTATIONS[config.augmentation], config.seed),
            config.batch_size,
            recipe.clips_an_epoch,
            config.seed,
        )

    def _rows(self, store: FeatureStore, recordings: Sequence[Recording]) -> StoredRows:
        """Return the rows of recordings; those that the store does not know are computed."""
        for done, recording in enumerate(recordings):
            if recording.fingerprint in store:
                continue
            self._check()
            if done % 50 == 0:
                self._report(events.Progress("features", done, len(recordings)))
            _, clip = inspect_file(recording.path)
            if clip is None:
                raise TrainingError(f"{recording.path} has changed since the folder was read.")
            store.add(recording.fingerprint, clip)
        return store.open_rows([recording.fingerprint for recording in recordings])

    def _inputs(self, store: FeatureStore, recordings: Sequence[Recording]) -> FloatArray:
        return network_input(self._rows(store, recordings)[:])

    def _rehearsal(
        self, store: FeatureStore, sides: Split, labels: tuple[str, ...]
    ) -> list[Inputs]:
        parts = [
            choose_for_rehearsal(side, self._architecture.input_shape)
            for side in (sides.train, sides.validation)
        ]
        return [
            (self._inputs(store, part), np.array([labels.index(r.label) for r in part], np.intp))
            for part in parts
        ]
