"""The preset *Quick*: the pretrained network is kept, and its last layer learns, in seconds.

What the network says of every recording, 288 numbers, is computed once and cached, so that a
second run need not. TensorFlow is not needed: the bundle has the network as TensorFlow Lite.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.dataset.feature_store import FeatureStore
from core.dataset.index import ScanIndex
from core.dataset.splits import Split, split
from core.errors import DataSetError
from core.evaluation.accuracy import Evaluation, choose_threshold, read_takes
from core.labels import SILENCE, UNKNOWN, is_word
from core.places import user_cache
from core.recognition.bundle import TFLITE_FILE, load_bundle, new_bundle, write_sums
from core.recognition.metadata import Metrics
from core.recognition.recogniser import DigitRecogniser, calibrate
from core.sound.features import LogMelFrontEnd, mel_filterbank
from core.sound.noise import Noise
from core.training import events
from core.training.architectures import find_architecture
from core.training.augmentation import Augmenter
from core.training.config import AUGMENTATIONS
from core.training.cross_validation import Judged, Lesson, divide, learn
from core.training.encoder import N_VALUES, Encoder, network_with_head, read_convolutions
from core.training.fine_tuning import Rehearsal, choose_for_rehearsal, in_turns, write_rehearsal
from core.training.finishing import describe, tested_on, write_result
from core.training.networks import library_versions
from core.training.preparation import Preparation, check_labels
from core.training.speech_embedding import EMBEDDING_FEATURES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.dataset.scan import DataSet, Recording
    from core.evaluation.report import EvaluationReport
    from core.recognition.bundle import ModelBundle
    from core.recognition.metadata import ModelMetadata
    from core.sound.clip import FloatArray, IntArray
    from core.training.config import TrainingConfig
    from core.training.fine_tuning import Inputs
    from core.training.run_folder import RunFolder


MOST_LEARNED = 20_000
"""Clips that are learned from; of more, everybody's first ones of every word."""

_FEWEST_COPIES, _MOST_COPIES = 3, 7
_ENCODED = 1500  # copies, about, where there may be more than the fewest
_COPIED_BELOW = 60  # clips of a word, on average
_MOST_COPIED = 2000
_MOST_REHEARSED = 200  # clips of either part, everybody's first ones
_BATCH = 64
_LIBRARIES = ("ai-edge-litert", "numpy", "scipy")
_JUDGED_BY_OTHERS = "people it has heard, each clip judged by a copy that had not learned from it"


def train_head(
    config: TrainingConfig,
    run: RunFolder,
    report: Callable[[events.Event], None],
    check: Callable[[], None],
    attribution: str = "",
) -> ModelBundle:
    """Teach the pretrained network the words of a folder, and save it as a bundle.

    Parameters
    ----------
    config : TrainingConfig
    run : RunFolder
    report : callable
        Told what happens, as events.
    check : callable
        Called often; what it raises ends the run.
    attribution : str
        For the model card.

    Raises
    ------
    DataSetError, TrainingError, BundleError, WritingError
    """
    cache, encoder = user_cache(), Encoder()
    with (
        ScanIndex(cache) as index,
        FeatureStore(cache, EMBEDDING_FEATURES, encoder) as store,
    ):
        preparation = Preparation(config, find_architecture(config.architecture), report, check)
        data_set, *also = preparation.scan(run, index, store)
        words = tuple(filter(is_word, preparation.words(data_set)))
        labels = (*words, SILENCE, UNKNOWN)
        check_labels(config.folder, labels)
        sides = set_aside(data_set, labels, config)
        report(events.Data(labels, sides.report, len(data_set.problems), data_set.corrections))
        learned = [*sides.train, *(r for other in also for r in other.of_labels(labels))]
        if len(learned) > MOST_LEARNED:
            learned = in_turns(learned)[:MOST_LEARNED]
        values = preparation.rows(store, learned)[:]
        tested = preparation.rows(store, sides.evaluated)
        check()
        copies = _copies(learned, encoder, config.seed, check)
        truth = np.array([labels.index(r.label) for r in learned], np.intp)
        parts = divide([r.label for r in learned], [r.speaker for r in learned])

        def on_turn(done: int, total: int) -> None:
            check()
            report(events.Progress("learn", done, total))

        judged = learn(Lesson(labels, values, truth, parts, copies), on_turn)
        result = _Result(config, data_set, labels, sides, learned, truth, judged)
        answers = judged.head.probabilities(tested) if len(tested) else None
    return result.save(answers, report, attribution)


@dataclass(frozen=True, slots=True, eq=False)
class _Result:
    """What was learned, of what."""

    config: TrainingConfig
    data_set: DataSet
    labels: tuple[str, ...]
    sides: Split
    learned: Sequence[Recording]
    truth: IntArray
    judged: Judged

    def save(
        self,
        answers: FloatArray | None,
        report: Callable[[events.Event], None],
        attribution: str,
    ) -> ModelBundle:
        """Write the bundle; `answers` are probabilities of what is set aside, if anything is."""
        metadata = self._metadata()
        basis = mel_filterbank(EMBEDDING_FEATURES)
        head = self.judged.head
        with new_bundle(self.config.output) as folder:
            evaluation = self._evaluation(answers, metadata.temperature)
            report(events.Evaluated(evaluation))
            (folder / TFLITE_FILE).write_bytes(network_with_head(head.weights, head.biases))
            report(events.Progress("save", 1, 3))
            if self.config.rehearsal and self.sides.test:
                write_rehearsal(folder, self._rehearsal())
            report(events.Progress("save", 2, 3))
            metrics = replace(metadata.metrics, test=evaluation.figures, tested_on=self._tested_on)
            metadata = replace(metadata, metrics=metrics)
            write_result(folder, metadata, basis, evaluation, attribution)
            write_sums(folder)
            DigitRecogniser(load_bundle(folder))  # what cannot be loaded is not kept
            report(events.Progress("save", 3, 3))
        return load_bundle(self.config.output)

    def _metadata(self) -> ModelMetadata:
        """Return what the bundle says; temperature and threshold are chosen by what was judged."""
        judged = self.judged
        temperature, points = judged.calibration(self.truth, self.labels)
        right = judged.clips.argmax(axis=1) == self.truth
        metadata = describe(
            self.config,
            self.data_set,
            self.labels,
            self.sides,
            sum(k.size + b.size for k, b in read_convolutions())
            + judged.head.weights.size
            + len(self.labels),
            Metrics(val_accuracy=round(float(right.mean()), 4), operating_points=points),
            library_versions(_LIBRARIES),
        )
        return replace(metadata, temperature=temperature, threshold=choose_threshold(points))

    @property
    def _tested_on(self) -> str:
        return tested_on(self.sides) if self.sides.evaluated else _JUDGED_BY_OTHERS

    def _evaluation(self, answers: FloatArray | None, temperature: float) -> EvaluationReport:
        """Return the figures of what is set aside or, where nothing is, of what was learned."""
        recordings: Sequence[Recording] = self.sides.evaluated or self.learned
        found = self.judged.clips if answers is None else answers
        result = Evaluation(self.labels, tuple(recordings), calibrate(found, temperature), 0)
        return result.report(with_clips=True)

    def _rehearsal(self) -> Rehearsal:
        front_end = LogMelFrontEnd(EMBEDDING_FEATURES)
        shape = EMBEDDING_FEATURES.n_mels, EMBEDDING_FEATURES.n_frames()

        def part(side: Sequence[Recording]) -> Inputs:
            chosen, takes = read_takes(choose_for_rehearsal(side, shape)[:_MOST_REHEARSED])
            numbers = np.array([self.labels.index(r.label) for r in chosen], np.intp)
            return front_end.model_input(takes), numbers

        return Rehearsal(*part(self.learned), *part(self.sides.test))


def set_aside(data_set: DataSet, labels: tuple[str, ...], config: TrainingConfig) -> Split:
    """Set the test's clips aside; what others validate on is learned from, too.

    Where there are too few people to set one aside, everything is learned, and judged in turns.

    Raises
    ------
    DataSetError
        When nothing can be learned of the labels.
    """
    data_set.check_trainable(filter(is_word, labels))
    found = Counter(r.label for r in data_set.of_labels(labels))
    used = tuple(label for label in labels if is_word(label) or found[label] > 1)
    try:
        sides = split(data_set, used, config.split, config.validation, config.seed)
    except DataSetError:
        return Split("random", tuple(data_set.of_labels(used)), (), ())
    return sides.without_validation()


def _copies(
    learned: Sequence[Recording], encoder: Encoder, seed: int, check: Callable[[], None]
) -> FloatArray:
    """Return (n_copies, n, 288): of few clips, some that sound a little otherwise."""
    spoken = [r for r in learned if is_word(r.label)]
    few = len(spoken) < _COPIED_BELOW * len({r.label for r in spoken})
    if not few or len(learned) > _MOST_COPIED:
        return np.zeros((0, len(learned), N_VALUES), np.float32)
    return vary(read_takes(learned)[1], encoder, seed, check)


def vary(
    takes: FloatArray,
    encoder: Encoder,
    seed: int = 777,
    check: Callable[[], None] = lambda: None,
) -> FloatArray:
    """Encode takes, (n, 8000), that are changed a little, some times: (n_copies, n, 288)."""
    gentle = replace(AUGMENTATIONS["gentle"], time_mask=0, mel_mask=0)
    augmenter = Augmenter(EMBEDDING_FEATURES, Noise([]), gentle, seed)
    random = np.random.default_rng(seed)
    n_copies = min(_MOST_COPIES, max(_FEWEST_COPIES, _ENCODED // max(1, len(takes))))
    copies = np.empty((n_copies, len(takes), N_VALUES), np.float32)
    for copy in copies:
        for n in range(0, len(takes), _BATCH):
            check()
            copy[n : n + _BATCH] = encoder(augmenter.words(random, takes[n : n + _BATCH]))
    return copies
