"""What is none of the words that a model is taught: other words and noises, as numbers.

They travel with the program, so that a model of five words turns down a sixth. What is kept of
each is what `Encoder` makes of a second of sound, 288 numbers of eight bits; no recording can be
made of them. ``python -m tests.benchmarks.counter_examples FOLDER`` made them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from core.errors import TrainingError
from core.labels import SILENCE, digit_of
from core.places import COUNTER_EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.sound.clip import FloatArray

_STEPS = 255


@dataclass(frozen=True, slots=True, eq=False)
class CounterExamples:
    """Sounds that are none of some words; the arrays are read-only.

    Parameters
    ----------
    labels : (n,) array of str
        The word, or `SILENCE` for a noise.
    values : (n, 288) float32 array
    """

    labels: npt.NDArray[np.str_]
    values: FloatArray

    def __post_init__(self) -> None:
        self.labels.flags.writeable = self.values.flags.writeable = False

    @property
    def are_noise(self) -> npt.NDArray[np.bool_]:
        """Which of them are noises."""
        return np.asarray(self.labels == SILENCE)

    def without(self, words: Iterable[str]) -> CounterExamples:
        """Return those that are none of some words, however those are written."""
        taught = {_sound_of(word) for word in words}
        kept = np.array([_sound_of(str(label)) not in taught for label in self.labels], np.bool_)
        return CounterExamples(self.labels[kept], self.values[kept])


def _sound_of(word: str) -> str:
    return digit_of(word) or "".join(filter(str.isalnum, word.casefold())) or word


@cache
def counter_examples() -> CounterExamples:
    """Return those that ship with the program.

    Raises
    ------
    TrainingError
        When their file is damaged.
    """
    try:
        with np.load(COUNTER_EXAMPLES) as file:
            labels, steps, low, high = (file[name] for name in ("labels", "steps", "low", "high"))
        values = low + steps.astype(np.float32) * ((high - low) / _STEPS)
        return CounterExamples(labels, values.astype(np.float32))
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(
            "{file} is damaged ({reason}): install the program again.",
            file=COUNTER_EXAMPLES,
            reason=error,
        ) from error


def write_counter_examples(file: Path, labels: Sequence[str], values: FloatArray) -> None:
    """Write what `counter_examples` reads, (n, 288) float32."""
    low, high = values.min(axis=0), values.max(axis=0)
    steps = np.rint((values - low) / np.maximum(high - low, 1e-9) * _STEPS).astype(np.uint8)
    np.savez_compressed(file, labels=np.array(labels), steps=steps, low=low, high=high)
