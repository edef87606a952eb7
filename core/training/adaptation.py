"""A copy of a model learns from a person's own clips, without forgetting the others.

Half of what the copy is shown are the person's clips, elsewhere in the second, a little faster
or slower, louder or softer, and noisier each time; half are clips from the rehearsal set in
the bundle, if it has one.

How much better it has become for the person is cross-validated: the clips are divided, and
each is judged by a copy that has not learned from it. The copy that is kept has learned from
all of them.
"""

from __future__ import annotations

import os
import time
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from core.dataset.health import CorrectionReport
from core.dataset.index import ScanIndex
from core.dataset.scan import scan
from core.errors import DataSetError, TrainingError
from core.files import remove_leftovers
from core.labels import printable
from core.places import SAMPLES, user_cache
from core.recognition.bundle import load_bundle, new_bundle, write_metadata
from core.recognition.metadata import Adaptation, BeforeAndAfter
from core.recognition.recogniser import DigitRecogniser
from core.sound.decoder import ReadingStopped
from core.sound.features import FeatureConfig
from core.sound.noise import Noise
from core.sound.sound_file import find_sound_files, read_second
from core.training import events
from core.training.augmentation import Augmenter
from core.training.config import AugmentationConfig
from core.training.events import Adapted
from core.training.extra import need_tensorflow
from core.training.fine_tuning import FineTuning, load_rehearsal, write_rehearsal
from core.training.networks import library_versions, load_network, write_network

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from core.dataset.scan import Recording
    from core.recognition.bundle import ModelBundle
    from core.sound.clip import FloatArray, IntArray
    from core.training.fine_tuning import Rehearsal

    Report = Callable[[events.Event], None]

FEWEST_CLIPS = 4
"""A person's clips, below which nothing can be said of the result."""
TOLERATED_LOSS = 0.01
"""What the standard test may fall by without a copy being called worse."""

_FOLDS = 3
_MOST_ROWS = 3000
_MOST_VARIANTS = 20
_FEWEST_STEPS = 40
_SAVING_SECONDS = 8.0  # of the time that is given, for what comes after learning
_LIGHTLY = AugmentationConfig(speed=(0.95, 1.05), noisy=1.0, snr_db=(12.0, 40.0))


class AdaptationCancelled(Exception):  # noqa: N818 - nothing went wrong
    """It was ended because somebody asked for it; nothing is kept."""


def adapt(
    folders: Sequence[Path],
    model: Path,
    output: Path,
    report: Report = lambda _event: None,
    cancelled: Callable[[], bool] = lambda: False,
    seconds: float = 60.0,
) -> Adapted:
    """Adapt a copy of a model to a person's clips and save it as a bundle.

    Parameters
    ----------
    folders : sequence of Path
        Data sets of the person's; a clip that is in two of them counts once.
    model : Path
        The bundle to copy; it is not changed.
    output : Path
        Where the copy will be; nothing may lie there.
    report : callable
        Told what happens, as events.
    cancelled : callable
        Asked often whether to end and keep nothing.
    seconds : float
        About how long it may take.

    Returns
    -------
    Adapted

    Raises
    ------
    DataSetError, TrainingError, BundleError
        When it cannot be done.
    WritingError
        When it cannot be saved.
    AdaptationCancelled
    """
    if os.path.lexists(output):
        raise TrainingError("{path} exists already: choose another name.", path=output)
    need_tensorflow()
    remove_leftovers(output)
    try:
        return _Adaptation(load_bundle(model), output, report, cancelled, seconds).go(folders)
    except ReadingStopped:
        raise AdaptationCancelled from None


class _Adaptation:
    def __init__(
        self,
        bundle: ModelBundle,
        output: Path,
        report: Report,
        cancelled: Callable[[], bool],
        seconds: float,
    ) -> None:
        self._bundle = bundle
        self._labels = bundle.metadata.labels
        self._output = output
        self._report = report
        self._cancelled = cancelled
        self._started = time.monotonic()
        self._seconds = seconds
        self._recogniser = DigitRecogniser(bundle)

    def go(self, folders: Sequence[Path]) -> Adapted:
        recordings, left_out, corrections = self._scan(folders)
        takes = np.stack([read_second(r.path, self._cancelled).clip.samples for r in recordings])
        truth = np.array([self._labels.index(r.label) for r in recordings], np.intp)
        inputs = self._variants(takes)
        rehearsal = load_rehearsal(self._bundle.path, len(self._labels), inputs.shape[2:])
        tuning = FineTuning(load_network(self._bundle), rehearsal)
        folds, steps = self._schedule(tuning, inputs, truth)
        total = steps * (len(folds) + 1)
        right_after = 0
        for number, fold in enumerate(folds):
            others = np.setdiff1d(np.arange(truth.size), fold)
            tuning.run(inputs[others], truth[others], steps, self._watch(number * steps, total))
            answers = np.asarray(tuning.model(inputs[fold, 0], training=False)).argmax(axis=1)
            right_after += int((answers == truth[fold]).sum())
        judged = np.concatenate(folds)
        right_before = _right(self._recogniser, inputs[judged, 0], truth[judged])
        tuning.run(inputs, truth, steps, self._watch(len(folds) * steps, total))
        result = Adaptation(
            model=self._bundle.metadata.name,
            yours=BeforeAndAfter(judged.size, right_before, right_after),
            folds=len(folds),
            learned=len(recordings),
            left_out=left_out,
            speakers=tuple(sorted({r.speaker for r in recordings if r.speaker})),
            corrections=corrections,
        )
        return self._save(tuning.model, rehearsal, result)

    # --- data ---------------------------------------------------------------------------

    def _scan(
        self, folders: Sequence[Path]
    ) -> tuple[list[Recording], int, CorrectionReport | None]:
        """Return the clips that it can learn from, how many it cannot, and what was corrected."""
        found: dict[str, Recording] = {}
        everything: set[str] = set()
        corrections: list[CorrectionReport | None] = []
        with ScanIndex(user_cache()) as index:
            for folder in folders:
                data_set = scan(folder, index, should_stop=self._cancelled)
                corrections.append(data_set.corrections)
                everything |= {recording.fingerprint for recording in data_set.recordings}
                found |= {r.fingerprint: r for r in data_set.of_labels(self._labels)}
        if len(found) < FEWEST_CLIPS:
            raise DataSetError(
                "Adapting needs at least {least} clips of the words that the model knows; there "
                "are {found}. Correct some takes, or collect recordings.",
                least=FEWEST_CLIPS,
                found=len(found),
            )
        left_out = len(everything - set(found))
        return list(found.values()), left_out, CorrectionReport.of_all(corrections)

    def _variants(self, takes: FloatArray) -> FloatArray:
        """Return what the network is given of every take: as it is, then in other variants."""
        n = int(np.clip(_MOST_ROWS // len(takes), 2, _MOST_VARIANTS))
        random = np.random.default_rng(777)
        features = self._bundle.metadata.features or FeatureConfig()
        augmenter = Augmenter(features, Noise([]), _LIGHTLY)
        varied = [takes]
        for _ in range(n - 1):
            placed = augmenter.place(random, takes)
            noisy = augmenter.add_noise(random, placed, takes)
            varied.append(augmenter.convert(random, noisy))
        return np.stack([self._recogniser.model_input(part) for part in varied], axis=1)

    # --- learning -----------------------------------------------------------------------

    def _schedule(
        self, tuning: FineTuning, inputs: FloatArray, truth: IntArray
    ) -> tuple[list[IntArray], int]:
        """Return the parts that are judged, and the steps of a run, within the time given.

        Where time is short, not every part is judged.
        """
        folds = _folds(truth, _FOLDS)
        self._watch(0, 0)(0)
        each = tuning.seconds_a_step(inputs, truth)
        left = self._seconds - _SAVING_SECONDS - (time.monotonic() - self._started)
        runs = int(np.clip(left / (_FEWEST_STEPS * each), 2, len(folds) + 1))
        steps = int(np.clip(left / (runs * each), _FEWEST_STEPS, tuning.most_steps))
        return folds[: runs - 1], steps

    def _watch(self, before: int, total: int) -> Callable[[int], None]:
        def on_step(step: int) -> None:
            if self._cancelled():
                raise AdaptationCancelled
            if step % 10 == 0:
                self._report(events.Progress("adapt", before + step, total))

        return on_step

    # --- the result ---------------------------------------------------------------------

    def _save(self, network: Any, rehearsal: Rehearsal | None, result: Adaptation) -> Adapted:
        self._report(events.Progress("save", 0, 1))
        before, basis = self._bundle.metadata, self._bundle.mel_basis
        metadata = replace(
            before,
            name=printable(self._output.name),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            training=before.training | {"adapted_from": before.name},
            versions=library_versions(),
        )
        with new_bundle(self._output) as folder:
            write_network(folder, network)
            write_metadata(folder, metadata, basis)
            if rehearsal is not None:
                write_rehearsal(folder, rehearsal)
            result = self._judged(DigitRecogniser(load_bundle(folder)), rehearsal, result)
            metrics = replace(before.metrics, test=None, tested_on="", adaptation=result)
            write_metadata(folder, replace(metadata, metrics=metrics), basis)
            if self._cancelled():
                raise AdaptationCancelled
        values = {field.name: getattr(result, field.name) for field in fields(result)}
        return Adapted(bundle=str(self._output), **values)

    def _judged(
        self, adapted: DigitRecogniser, rehearsal: Rehearsal | None, result: Adaptation
    ) -> Adaptation:
        """Ask both models about the clips that ship with the program, and those of the bundle."""
        samples = held_out = BeforeAndAfter(0, 0, 0)
        paths = [path for path in find_sound_files(SAMPLES) if path.stem in self._labels]
        if paths:
            takes = np.stack([read_second(path).clip.samples for path in paths])
            truth = np.array([self._labels.index(path.stem) for path in paths], np.intp)
            samples = self._compare(adapted, self._recogniser.model_input(takes), truth)
        if rehearsal is not None:
            held_out = self._compare(adapted, rehearsal.held_out, rehearsal.held_out_labels)
        return replace(
            result,
            samples=samples,
            rehearsal=held_out,
            seconds=round(time.monotonic() - self._started, 1),
            worse=is_worse(result.yours, samples + held_out),
        )

    def _compare(
        self, adapted: DigitRecogniser, inputs: FloatArray, truth: IntArray
    ) -> BeforeAndAfter:
        right = [_right(recogniser, inputs, truth) for recogniser in (self._recogniser, adapted)]
        return BeforeAndAfter(truth.size, *right)


def _right(recogniser: DigitRecogniser, inputs: FloatArray, truth: IntArray) -> int:
    return int((recogniser.probabilities_of_input(inputs).argmax(axis=1) == truth).sum())


def is_worse(yours: BeforeAndAfter, standard: BeforeAndAfter) -> bool:
    """Tell whether a copy has lost for the person, or too much of the standard test."""
    lost = standard.before - standard.after
    return yours.after < yours.before or lost > max(0, TOLERATED_LOSS * standard.clips)


def _folds(truth: IntArray, most: int) -> list[IntArray]:
    """Divide clips into parts that have as many of every label as can be."""
    order = np.random.default_rng(777).permutation(truth.size)
    order = order[np.argsort(truth[order], kind="stable")]
    return [np.sort(order[first::most]) for first in range(min(most, truth.size))]
