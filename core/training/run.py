"""One training run: from a folder of recordings to a model bundle."""

from __future__ import annotations

import math
import os
import time
from contextlib import contextmanager, nullcontext
from enum import Enum
from typing import TYPE_CHECKING, Any

from core.dataset.cache import trim_cache
from core.errors import BundleError, SpokenDigitsError, TrainingError
from core.files import remove_leftovers
from core.recognition.bundle import ModelBundle, load_bundle
from core.sound.decoder import ReadingStopped
from core.training import events
from core.training.architectures import find_architecture
from core.training.batches import ahead
from core.training.extra import need_tensorflow
from core.training.finishing import finish
from core.training.networks import (
    Means,
    WeightAverage,
    load_keras,
    load_network,
    log_scalars,
    make_optimizer,
    share_out,
    training_scope,
)
from core.training.preparation import check_logs, check_room, prepare, read_attribution
from core.training.progress import RunProgress
from core.training.quick import train_head
from core.training.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.sound.clip import FloatArray
    from core.training.batches import Batch, Batches
    from core.training.config import TrainingConfig

    Report = Callable[[events.Event], None]


_MIN_DELTA = 1e-4  # what a validation loss must fall by to count as lower
_BATCH_REPORT_SECONDS = 0.25
_VALIDATION_BATCH = 256


class Request(Enum):
    """What somebody asks of a run that is going on."""

    GO_ON = "go on"
    STOP = "stop"
    CANCEL = "cancel"
    LEAVE = "leave"


def train(
    config: TrainingConfig,
    report: Report = lambda _event: None,
    request: Callable[[], Request] = lambda: Request.GO_ON,
    resume: bool = False,
) -> ModelBundle | None:
    """Train a network and save it as a bundle.

    Parameters
    ----------
    config : TrainingConfig
    report : callable
        Told what happens, as events.
    request : callable
        Asked often whether to go on. *Stop* ends the run and keeps the best epoch so far;
        *cancel*, or *stop* before the first epoch is done, ends it and keeps nothing. *Leave* is
        as *stop* but, before the first epoch is done, leaves the run to begin again some day.
    resume : bool
        Go on with the run for this output that was cut off; from its beginning, where that was
        before the end of its first epoch.

    Returns
    -------
    ModelBundle or None
        None when nothing is kept.

    Raises
    ------
    DataSetError, TrainingError, BundleError, WritingError
        When the run cannot start or go on, or its result cannot be saved. Where there is an
        epoch to keep, it is kept, and the sentence says where.
    """
    if os.path.lexists(config.output):
        raise TrainingError("{path} exists already: choose another name.", path=config.output)
    recipe = find_architecture(config.architecture).recipe
    if not recipe.only_head:
        need_tensorflow()
    report = RunProgress(recipe, report)
    run = RunFolder(config.output)
    run.lock()
    remove_leftovers(config.output)
    try:
        bundle = _Run(config, run, report, request, resume).go()
    except _Cancelled:
        if request() is Request.LEAVE:
            run.unlock()
        else:
            run.remove()
        report(events.Cancelled())
        return None
    except BaseException as error:
        expected = isinstance(error, SpokenDigitsError)
        if run.can_go_on or (run.is_unfinished and not expected):
            run.unlock()
        else:
            run.remove()
        raise
    run.remove()
    report(events.Saved(str(bundle.path)))
    trim_cache()
    return bundle


class _Cancelled(ReadingStopped):
    pass


class _Stopped(Exception):  # noqa: N818 - nothing went wrong
    pass


class _Diverged(Exception):  # noqa: N818 - what there was before is kept
    pass


class _Run:
    def __init__(
        self,
        config: TrainingConfig,
        run: RunFolder,
        report: Report,
        request: Callable[[], Request],
        resume: bool,
    ) -> None:
        self._config = config
        self._run = run
        self._report = report
        self._request = request
        self._resume = resume
        self._architecture = find_architecture(config.architecture)
        self._recipe = self._architecture.recipe
        self._history: list[events.Epoch] = []
        self._average: WeightAverage | None = None

    def go(self) -> ModelBundle:
        config = self._config
        attribution = read_attribution(config.attribution) if config.attribution else ""
        if config.tensorboard is not None:
            check_logs(config.tensorboard)
        self._begin()
        if self._recipe.only_head:
            return train_head(config, self._run, self._report, self._check_cancelled, attribution)
        start_from = self._load_start()
        prepared = prepare(config, self._run, self._report, self._check_cancelled)
        import keras

        keras.utils.set_random_seed(config.seed)
        with training_scope():
            model = self._build(start_from, prepared.labels, len(prepared.learned))
        check_room(self._run.path, int(model.count_params()))
        with self._kept():
            self._fit(model, prepared.learned, prepared.checked)
            best = load_keras(self._run.best)
            return finish(config, prepared, best, self._history, attribution, self._report)

    def _begin(self) -> None:
        run, config = self._run, self._config
        if self._resume and not run.is_unfinished:
            raise TrainingError(
                "There is no run for {output} that could go on.", output=config.output
            )
        if run.can_go_on and not self._resume:
            raise TrainingError(
                "A run for {output} was cut off. Let it go on (--resume), or remove {folder}.",
                output=config.output,
                folder=run.path,
            )
        if run.can_go_on:
            self._history = run.read_history()
        else:
            run.begin(config.to_json())

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """Say where the best epoch so far is when it cannot become a model."""
        try:
            yield
        except SpokenDigitsError as error:
            if not self._run.can_go_on:
                raise
            raise type(error)(
                "{error} The best epoch so far is kept in {folder}: the run can go on.",
                error=error.sentence,
                folder=self._run.path,
            ) from error

    # --- the network ----------------------------------------------------------------------

    def _load_start(self) -> ModelBundle | None:
        path = self._config.start_from
        if path is None:
            return None
        bundle = load_bundle(path)
        name, wanted = bundle.metadata.architecture, self._architecture
        if name != wanted.name or bundle.metadata.features != wanted.features:
            raise BundleError(
                "The model “{model}” is a {kind} with its own features, not a {wanted}: choose its "
                "architecture to start from it.",
                model=path.name,
                kind=name,
                wanted=wanted.name,
            )
        return bundle

    def _build(
        self, start_from: ModelBundle | None, labels: tuple[str, ...], batches_an_epoch: int
    ) -> Any:
        import keras

        if self._history:
            return load_keras(self._run.last, compiled=True)
        if start_from is not None:
            if start_from.metadata.labels != labels:
                raise BundleError(
                    "The model “{model}” knows the labels {known}, but the run has {labels}: "
                    "choose the same ones to start from it.",
                    model=start_from.path.name,
                    known=", ".join(start_from.metadata.labels),
                    labels=", ".join(labels),
                )
            model = load_network(start_from)
        else:
            model = self._architecture.build(self._architecture.input_shape, len(labels))
        model.compile(
            optimizer=make_optimizer(
                self._recipe, self._config.epochs, batches_an_epoch, start_from is not None
            ),
            loss=keras.losses.CategoricalCrossentropy(label_smoothing=self._recipe.label_smoothing),
            metrics=["accuracy"],
        )
        return model

    def _fit(self, model: Any, learned: Batches, checked: tuple[FloatArray, FloatArray]) -> None:
        config = self._config
        self._report(
            events.Start(
                self._architecture.name,
                int(model.count_params()),
                config.epochs,
                len(self._history) + 1,
                len(learned),
            )
        )
        self._average = WeightAverage(model) if self._recipe.augmented else None
        try:
            first = len(self._history)
            with ahead(learned.from_epoch(first)) as stream:
                while self._ended() is None:
                    self._learn_epoch(model, stream, len(learned), checked)
                    learned.release()
            reason = self._ended()
        except _Stopped:
            reason = "asked"
        except _Diverged:
            reason = "diverged"
            if not self._history:
                raise TrainingError(
                    "The network does not learn: in its first epoch the loss is no number any "
                    "more. Start from no other model, or look at the recordings."
                ) from None
        self._report(events.Stopping(reason or "done", self._best.epoch))

    def _learn_epoch(
        self,
        model: Any,
        stream: Iterator[Batch],
        n_batches: int,
        checked: tuple[FloatArray, FloatArray],
    ) -> None:
        """Learn one epoch.

        `train_on_batch` leaves a moment between the batches in which a request is heard, and
        took a third of the time of `fit` while a thread prepared the batches.
        """
        number = len(self._history) + 1
        began = reported = time.monotonic()
        learned = Means()
        for batch in range(1, n_batches + 1):
            inputs, targets = next(stream)
            shared = share_out(model, (inputs, targets))
            learned.add(model.train_on_batch(*shared, return_dict=True), len(inputs))
            if self._average:
                self._average.add()
            self._check()
            now = time.monotonic()
            if now - reported > _BATCH_REPORT_SECONDS:
                reported = now
                left = (self._config.epochs - number + 1) * n_batches - batch
                seconds_left = left * (now - began) / batch
                self._report(events.Batch(number, batch, n_batches, seconds_left))
        with self._average.in_place() if self._average else nullcontext():
            figures = learned.values() | self._validate(model, checked)
            if not all(map(math.isfinite, figures.values())):
                raise _Diverged
            best = not self._history or figures["val_loss"] < self._best.val_loss - _MIN_DELTA
            if best:
                self._run.keep_best(model.save)
        same = best and self._average is None
        epoch = events.Epoch(epoch=number, seconds=time.monotonic() - began, best=best, **figures)
        self._history.append(epoch)
        self._run.keep_epoch(self._run.copy_best if same else model.save, self._history)
        self._report(epoch)
        if self._config.tensorboard:
            log_scalars(self._config.tensorboard, number, figures)

    def _validate(self, model: Any, checked: tuple[FloatArray, FloatArray]) -> dict[str, float]:
        validated = Means()
        for start in range(0, len(checked[0]), _VALIDATION_BATCH):
            inputs, targets = (array[start : start + _VALIDATION_BATCH] for array in checked)
            validated.add(model.test_on_batch(inputs, targets, return_dict=True), len(inputs))
            self._check()
        return {f"val_{name}": value for name, value in validated.values().items()}

    @property
    def _best(self) -> events.Epoch:
        return next(epoch for epoch in reversed(self._history) if epoch.best)

    def _ended(self) -> str | None:
        """Say why no further epoch follows, or None when one does."""
        if self._history and len(self._history) - self._best.epoch >= self._config.patience:
            return "early"
        return "done" if len(self._history) >= self._config.epochs else None

    # --- requests and progress ------------------------------------------------------------

    def _check(self) -> None:
        self._check_cancelled()
        if self._request() is not Request.GO_ON:
            raise _Stopped

    def _check_cancelled(self) -> None:
        """End the run without a model when that is asked for; *stop* needs an epoch to keep."""
        request = self._request()
        if request is Request.CANCEL or (request is not Request.GO_ON and not self._history):
            raise _Cancelled
