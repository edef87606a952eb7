"""One training run: from a folder of recordings to a model bundle."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, nullcontext
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np

from core.dataset.cache import trim_cache
from core.errors import BundleError, SpokenDigitsError, TrainingError
from core.files import remove_leftovers
from core.recognition.bundle import ModelBundle, load_bundle
from core.training import events
from core.training.architectures import find_architecture
from core.training.batches import ahead
from core.training.finishing import finish
from core.training.networks import load_keras, log_scalars, share_out, training_scope
from core.training.preparation import prepare
from core.training.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.sound.clip import FloatArray
    from core.training.batches import Batch, Batches
    from core.training.config import TrainingConfig

    Report = Callable[[events.Event], None]


_MIN_DELTA = 1e-4  # what a validation loss must fall by to count as lower
_BATCH_REPORT_SECONDS = 0.25
_VALIDATION_BATCH = 256
_AVERAGED_EVERY = 10  # batches
_MOMENTUM = 0.99  # over a thousand batches
_BYTES_A_PARAMETER = 36  # of the networks that a run keeps at once, with their optimizer
_BYTES_BESIDE = 2**24


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


class _Cancelled(Exception):  # noqa: N818 - nothing went wrong
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
        attribution = _read_attribution(config.attribution) if config.attribution else ""
        if config.tensorboard is not None:
            _check_logs(config.tensorboard)
        self._begin()
        start_from = self._load_start()
        prepared = prepare(config, self._run, self._report, self._check_cancelled)
        import keras

        keras.utils.set_random_seed(config.seed)
        with training_scope():
            model = self._build(start_from, prepared.labels, len(prepared.learned))
        self._check_room(int(model.count_params()))
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

    def _check_room(self, parameters: int) -> None:
        """Find out before the run what would fail after it."""
        folder = self._run.path
        needed = _BYTES_A_PARAMETER * parameters + _BYTES_BESIDE
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise TrainingError(
                "There is too little room in {folder}: the run needs {needed} MB, and {free} MB "
                "are free. Make room, or choose another place for the model.",
                folder=folder.parent,
                needed=-(-needed // 10**6),
                free=free // 10**6,
            )

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
            model = load_keras(start_from.keras)
        else:
            model = self._architecture.build(self._architecture.input_shape, len(labels))
        model.compile(
            optimizer=self._optimizer(batches_an_epoch),
            loss=keras.losses.CategoricalCrossentropy(label_smoothing=self._recipe.label_smoothing),
            metrics=["accuracy"],
        )
        return model

    def _optimizer(self, batches_an_epoch: int) -> Any:
        from keras import optimizers

        rate = self._recipe.learning_rate
        if self._config.start_from is not None:
            rate /= 2  # what is known is to be refined, not learned again
        if not self._recipe.augmented:
            return optimizers.Adam(rate)
        schedule = optimizers.schedules.CosineDecay(
            initial_learning_rate=0.0,
            decay_steps=(self._config.epochs - 1) * batches_an_epoch or 1,
            warmup_target=rate,
            warmup_steps=batches_an_epoch,
        )
        optimizer = optimizers.AdamW(schedule, weight_decay=0.01)
        optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
        return optimizer

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
        learned = _Means()
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
        validated = _Means()
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


def _read_attribution(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError("{path} cannot be read: {reason}.", path=path, reason=error) from error


def _check_logs(folder: Path) -> None:
    """Find out before the run whether TensorFlow can write its logs."""
    try:
        str(folder).encode()  # that is how TensorFlow takes it
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"logs")
    except (OSError, UnicodeEncodeError) as error:
        raise TrainingError(
            "The logs for TensorBoard cannot be written to {folder}: {reason}. Choose another.",
            folder=folder,
            reason=getattr(error, "strerror", None) or error,
        ) from error


class _Means:
    """The means of figures that come batch by batch."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()
        self._clips = 0

    def add(self, figures: dict[str, float], clips: int) -> None:
        self._sums.update({name: float(value) * clips for name, value in figures.items()})
        self._clips += clips

    def values(self) -> dict[str, float]:
        return {name: total / self._clips for name, total in self._sums.items()}


class WeightAverage:
    """Averages the weights of a network over the last batches, about a thousand.

    A run that goes on after it was cut off begins its average anew.

    What a network learns last from a few augmented clips is chance; the average of many such
    states understands unheard people better than each of them.

    Sources: Polyak & Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992;
    Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization, UAI 2018.

    Parameters
    ----------
    model : keras.Model
        Its weights, and the statistics of its batch normalisation, are averaged.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._average: list[FloatArray] = model.get_weights()
        self._batches = 0

    def add(self) -> None:
        """Take notice of a batch that was learned."""
        self._batches += 1
        if self._batches % _AVERAGED_EVERY:
            return
        snapshots = self._batches // _AVERAGED_EVERY
        momentum = min(_MOMENTUM, snapshots / (snapshots + 9))  # soon forgets the beginning
        for average, now in zip(self._average, self._model.get_weights(), strict=True):
            average += np.float32(1 - momentum) * (now - average)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the network have the average for as long as the context lasts."""
        live = self._model.get_weights()
        self._model.set_weights(self._average)
        try:
            yield
        finally:
            self._model.set_weights(live)
