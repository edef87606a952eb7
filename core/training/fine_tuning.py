"""Small steps of a network towards new clips, while it rehearses some of the old ones.

A network that learns something new forgets the old unless it goes on seeing some of it
(rehearsal: Robins, Catastrophic Forgetting, Rehearsal and Pseudorehearsal, 1995). What is kept
in its bundle is what the network was given, not the sound: one part to learn from again,
another, which the network has never learned from, to see whether it still knows.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.recognition.bundle import REHEARSAL_FILE, check_file, read_arrays, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.dataset.scan import Recording
    from core.sound.clip import FloatArray, IntArray

    Inputs = tuple[FloatArray, IntArray]


_PER_LABEL = 40
_LARGEST_BYTES = 2**21  # of one part, before it is compressed


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """Inputs of a network, as it is given them when it recognises, and the indices of their labels.

    Parameters
    ----------
    learned, held_out : (n, ...) float32 array
        To learn from, and to be tested on: of clips that it has not learned from.
    learned_labels, held_out_labels : (n,) int array
    """

    learned: FloatArray
    learned_labels: IntArray
    held_out: FloatArray
    held_out_labels: IntArray


def in_turns(recordings: Iterable[Recording]) -> list[Recording]:
    """Order recordings: everybody's first one of every label, then everybody's second."""
    turns: Counter[tuple[str, str | None]] = Counter()
    queue: list[tuple[int, Recording]] = []
    for recording in recordings:
        turns[recording.label, recording.speaker] += 1
        queue.append((turns[recording.label, recording.speaker], recording))
    return [recording for _, recording in sorted(queue, key=lambda entry: entry[0])]


def choose_for_rehearsal(
    recordings: Sequence[Recording], input_shape: tuple[int, ...], seed: int = 777
) -> list[Recording]:
    """Choose as many recordings of every label, of as many speakers as there are.

    Parameters
    ----------
    recordings : sequence of Recording
        One side of a split.
    input_shape : tuple of int
        Of one input of the network; the larger, the fewer are chosen.
    seed : int
    """
    order = np.random.default_rng(seed).permutation(len(recordings))
    kinds = len({recording.label for recording in recordings})
    row_bytes = np.dtype(np.float16).itemsize * int(np.prod(input_shape))
    room = max(1, min(_PER_LABEL, _LARGEST_BYTES // (row_bytes * max(1, kinds))))
    taken: Counter[str] = Counter()
    chosen = []
    for recording in in_turns(recordings[n] for n in order):
        if taken[recording.label] < room:
            taken[recording.label] += 1
            chosen.append(recording)
    return chosen


def write_rehearsal(folder: Path, rehearsal: Rehearsal) -> None:
    """Keep what a network is to rehearse in its bundle's folder, from `new_bundle`."""
    np.savez_compressed(
        folder / REHEARSAL_FILE,
        learned=rehearsal.learned.astype(np.float16),
        learned_labels=rehearsal.learned_labels.astype(np.int16),
        held_out=rehearsal.held_out.astype(np.float16),
        held_out_labels=rehearsal.held_out_labels.astype(np.int16),
    )


def load_rehearsal(bundle: Path, n_labels: int, input_shape: tuple[int, ...]) -> Rehearsal | None:
    """Return what a bundle keeps for rehearsal, or None when it keeps nothing.

    Raises
    ------
    BundleError
        When the file is damaged, or of another network.
    """
    if not (bundle / REHEARSAL_FILE).exists():
        return None
    check_file(bundle, REHEARSAL_FILE)
    shapes = {"learned": (None, *input_shape), "learned_labels": (None,)}
    shapes |= {"held_out": (None, *input_shape), "held_out_labels": (None,)}
    learned, learned_labels, held_out, held_out_labels = read_arrays(bundle, REHEARSAL_FILE, shapes)
    with reading(bundle, REHEARSAL_FILE):
        return Rehearsal(
            *_checked(learned, learned_labels, n_labels),
            *_checked(held_out, held_out_labels, n_labels),
        )


def _checked(inputs: npt.NDArray[np.float16], labels: IntArray, n_labels: int) -> Inputs:
    if len(inputs) != len(labels) or not np.isfinite(inputs).all():
        raise ValueError("inputs that no network is given")
    if labels.min() < 0 or labels.max() >= n_labels:
        raise ValueError("labels that the network does not have")
    return np.asarray(inputs, np.float32), np.asarray(labels, np.intp)


_NEW_A_BATCH = _OLD_A_BATCH = 16
_LEARNING_RATE = 1e-3
_AVERAGED = 0.97  # each step counts for about 30 in the average of the weights
_WARM_UP = 2
_STEPS, _STEPS_ALONE = 200, 100
_SHARE_ALONE = 0.3


class FineTuning:
    """Fine-tunes a network; every run begins with the weights that it had at first.

    The network learns as it recognises: without dropout, and with the statistics of its batch
    normalisation as they are. With dropout, the notebook's network forgot three to five points
    of other people's clips in 200 steps; without, it gained one.

    Where there is nothing to rehearse, it goes fewer steps, and only a part of the way from
    the old weights to the new ones is taken (Wortsman et al., Robust Fine-Tuning of Zero-Shot
    Models, CVPR 2022). On three voices and 450 clips of other people, a rehearsed copy rose
    from 54 to 88 % on the voices, and from 92 to 93 % on the others (92 at the worst). One
    without rose to 71 %, and fell to 90 % on the others at the worst; all of the way, it would
    have fallen to 63 %.

    Parameters
    ----------
    model : keras.Model
    rehearsal : Rehearsal or None
        What it must not forget.
    seed : int
    """

    def __init__(self, model: Any, rehearsal: Rehearsal | None, seed: int = 777) -> None:
        import keras

        keras.utils.set_random_seed(seed)
        self.model = model
        self.most_steps = _STEPS if rehearsal is not None else _STEPS_ALONE
        self._share = 1.0 if rehearsal is not None else _SHARE_ALONE
        self._rehearsal = rehearsal
        self._seed = seed
        self._optimizer = keras.optimizers.Adam(
            _LEARNING_RATE, use_ema=True, ema_momentum=_AVERAGED
        )
        self._optimizer.build(model.trainable_variables)
        self._first_weights = model.get_weights()
        self._first_state = [variable.numpy() for variable in self._optimizer.variables]
        self._step = self._make_step()

    def seconds_a_step(self, inputs: FloatArray, labels: IntArray) -> float:
        """Measure what a step takes."""
        self.run(inputs, labels, _WARM_UP)  # the first is slow
        started = time.perf_counter()
        self.run(inputs, labels, _WARM_UP)
        return (time.perf_counter() - started) / _WARM_UP

    def run(
        self,
        inputs: FloatArray,
        labels: IntArray,
        steps: int,
        on_step: Callable[[int], None] = lambda _step: None,
    ) -> None:
        """Learn from new clips.

        Parameters
        ----------
        inputs : (n, n_variants, ...) float32 array
            Every clip in some variants; one of them is taken each time.
        labels : (n,) int array
        steps : int
        on_step : callable
            Told the number of each step before it is done; may raise to end the run.
        """
        self.model.set_weights(self._first_weights)
        for variable, value in zip(self._optimizer.variables, self._first_state, strict=True):
            variable.assign(value)
        random = np.random.default_rng(self._seed)
        for step in range(steps):
            on_step(step)
            self._optimizer.learning_rate.assign(_cosine(step / steps) * _LEARNING_RATE)
            self._step(*self._batch(random, inputs, labels))
        self._optimizer.finalize_variable_values(self.model.trainable_variables)
        new_weights = self.model.get_weights()
        self.model.set_weights(
            [
                old + self._share * (new - old)
                for old, new in zip(self._first_weights, new_weights, strict=True)
            ]
        )

    def _batch(
        self, random: np.random.Generator, inputs: FloatArray, labels: IntArray
    ) -> tuple[FloatArray, npt.NDArray[np.int64]]:
        clips = _evenly(random, labels.size, _NEW_A_BATCH)
        batch = inputs[clips, random.integers(inputs.shape[1], size=clips.size)]
        truth = labels[clips]
        if self._rehearsal is not None:
            old = random.integers(self._rehearsal.learned_labels.size, size=_OLD_A_BATCH)
            batch = np.concatenate([batch, self._rehearsal.learned[old]])
            truth = np.concatenate([truth, self._rehearsal.learned_labels[old]])
        return batch, truth.astype(np.int64)

    def _make_step(self) -> Any:
        import keras
        import tensorflow as tf

        model, optimizer = self.model, self._optimizer
        loss_of = keras.losses.SparseCategoricalCrossentropy()

        @tf.function  # type: ignore[untyped-decorator]
        def step(batch: Any, truth: Any) -> None:
            with tf.GradientTape() as tape:
                loss = loss_of(truth, model(batch, training=False))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

        return step


def _cosine(share: float) -> float:
    return 0.5 * (1 + float(np.cos(np.pi * share)))


def _evenly(random: np.random.Generator, n: int, size: int) -> IntArray:
    """Return `size` numbers below `n`, none more than once oftener than another."""
    rounds = [random.permutation(n) for _ in range(-(-size // n))]
    return np.asarray(np.concatenate(rounds)[:size], np.intp)
