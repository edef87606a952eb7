"""From a clip to a prediction, on LiteRT: TensorFlow's own runtime, without TensorFlow."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import BundleError
from core.labels import DIGITS, SILENCE, UNKNOWN, is_word
from core.sentences import Sentence, say
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES
from core.sound.features import LogMelFrontEnd
from core.sound.levels import SoundProblem, find_problem

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.bundle import ModelBundle
    from core.sound.clip import AudioClip, FloatArray

_MOST_MEMORY = 2**28  # of what is computed for a take, in bytes
_SUM_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What a model says of one clip.

    Parameters
    ----------
    labels : tuple of str
    probabilities : (n_labels,) float32 array
        In the order of `labels`, summing to 1; all zero when the clip was not given to the
        network.
    threshold : float
        The confidence from which on the answer is given.
    milliseconds : float
        What features and network took.
    problem : SoundProblem or None
        Why the clip was not given to the network.
    model : str
        The name of the model that says it.
    bundle : Path or None
        The folder of that model.
    from_file : bool
        Whether the clip was read from a file.
    """

    labels: tuple[str, ...]
    probabilities: FloatArray
    threshold: float
    milliseconds: float
    problem: SoundProblem | None = None
    model: str = ""
    bundle: Path | None = None
    from_file: bool = False
    best: str = field(init=False)
    """The most probable label, however unsure."""
    confidence: float = field(init=False)
    """The probability of the best label, 0-1."""

    def __post_init__(self) -> None:
        self.probabilities.flags.writeable = False
        best = int(np.argmax(self.probabilities))  # once: very many are sorted by it
        object.__setattr__(self, "best", self.labels[best])
        object.__setattr__(self, "confidence", float(self.probabilities[best]))

    @property
    def best_word(self) -> str:
        """The most probable label that is a word."""
        words = [is_word(label) for label in self.labels]
        return self.labels[int(np.argmax(np.where(words, self.probabilities, -1)))]

    @property
    def label(self) -> str | None:
        """The answer, or None when there is none: a problem, no word, or not sure enough."""
        if self.problem is not None or self.best in (SILENCE, UNKNOWN):
            return None
        return self.best if self.confidence >= self.threshold else None

    @property
    def sentence(self) -> Sentence | None:
        """Why there is no answer, or None when there is one."""
        if self.problem is not None:
            return self.problem.file_sentence if self.from_file else self.problem.sentence
        if self.best == SILENCE:
            if self.from_file:
                return say("Nothing heard: the file sounds like background noise.")
            return say("Nothing heard: this sounds like background noise. Try again.")
        if self.best == UNKNOWN and not self.probabilities[self.labels.index(self.best_word)]:
            return say("Not a word that this model knows.")  # of which no more was kept
        if self.best == UNKNOWN and self.best_word in DIGITS:
            return say("Not a digit. It was most like {word}.", word=self.best_word)
        if self.best == UNKNOWN:
            return say(
                "Not a word that this model knows. It was most like {word}.", word=self.best_word
            )
        if self.label is None and self.from_file:
            return say("Not sure: it might be {word}.", word=self.best)
        if self.label is None:
            return say("Not sure: it might be {word}. Please say it again.", word=self.best)
        return None


class DigitRecogniser:
    """Recognises one-second clips with the model of a bundle.

    One thread uses it at a time.

    Parameters
    ----------
    bundle : ModelBundle
    threshold : float or None
        From which confidence on an answer is given; None for what the bundle says.

    Raises
    ------
    BundleError
        When LiteRT cannot load the network, its inputs or outputs are not those of the bundle,
        or it answers with something else than probabilities.
    """

    def __init__(self, bundle: ModelBundle, threshold: float | None = None) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self.bundle = bundle
        self.threshold = bundle.metadata.threshold if threshold is None else threshold
        """From which confidence on an answer is given; may be changed, and counts from then on."""
        self._batch = 1
        features = bundle.metadata.features
        self._front_end = LogMelFrontEnd(features, bundle.mel_basis) if features else None
        try:
            self._interpreter: Any = Interpreter(
                model_content=bundle.tflite.read_bytes(), num_threads=1
            )
            shape = self._check_shapes()
            self._interpreter.allocate_tensors()
            self._check_answers(shape)
        except (ValueError, RuntimeError, OSError, MemoryError) as error:
            raise BundleError(
                "The model “{model}” is refused: its network cannot be loaded ({reason}).",
                model=bundle.path.name,
                reason=error,
            ) from error

    def recognise(self, clip: AudioClip, problem: SoundProblem | None = None) -> Prediction:
        """Say which label a clip is; one that is not fit for it is not given to the network.

        Parameters
        ----------
        clip : AudioClip
            8000 samples at 8 kHz.
        problem : SoundProblem or None
            What is known to be wrong with it; otherwise `find_problem` looks.

        Raises
        ------
        ValueError
            When the clip has another length or rate.
        """
        check_take(clip)
        started = time.perf_counter()
        problem = problem or find_problem(clip)
        if problem is None:
            probabilities = self.probabilities(clip.samples[np.newaxis])[0]
        else:
            probabilities = np.zeros(len(self.bundle.metadata.labels), np.float32)
        return self.prediction(probabilities, started, problem=problem, from_file=clip.from_file)

    def prediction(
        self,
        probabilities: FloatArray,
        started: float,
        threshold: float | None = None,
        problem: SoundProblem | None = None,
        from_file: bool = False,
    ) -> Prediction:
        """Make a prediction of this model, begun with at a time of `time.perf_counter`."""
        metadata = self.bundle.metadata
        return Prediction(
            metadata.labels,
            probabilities,
            self.threshold if threshold is None else threshold,
            1000 * (time.perf_counter() - started),
            problem,
            metadata.name,
            self.bundle.path,
            from_file,
        )

    def model_input(self, samples: FloatArray) -> FloatArray:
        """Return what the network is given for (n_clips, 8000) samples."""
        if self._front_end is None:
            return np.ascontiguousarray(samples[..., np.newaxis], np.float32)
        return self._front_end.model_input(samples)

    def probabilities(self, samples: FloatArray) -> FloatArray:
        """Compute probabilities, whatever the sound is like.

        Parameters
        ----------
        samples : (n_clips, 8000) float32 array at 8 kHz

        Returns
        -------
        (n_clips, n_labels) float32 array
        """
        return self.probabilities_of_input(self.model_input(samples))

    def probabilities_of_input(self, batch: FloatArray) -> FloatArray:
        """Compute probabilities for inputs as `model_input` returns them, calibrated."""
        return calibrate(self._answers(batch), self.bundle.metadata.temperature)

    def _answers(self, batch: FloatArray) -> FloatArray:
        """Return what the network says."""
        if batch.shape[0] != self._batch:
            self._interpreter.resize_tensor_input(self._input, batch.shape)
            self._interpreter.allocate_tensors()
            self._batch = batch.shape[0]
        self._interpreter.set_tensor(self._input, batch)
        self._interpreter.invoke()
        answers: FloatArray = self._interpreter.get_tensor(self._output)
        return answers

    def _check_shapes(self) -> tuple[int, ...]:
        """Check what goes in and what comes out, and what is between; return the input's shape."""
        interpreter, metadata = self._interpreter, self.bundle.metadata
        inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
        features = metadata.features
        expected = (features.n_mels, features.n_frames()) if features else (TAKE_SAMPLES, 1)
        ends = [(tuple(end["shape"].tolist()), end["dtype"]) for end in (*inputs, *outputs)]
        if ends != [((1, *expected), np.float32), ((1, len(metadata.labels)), np.float32)]:
            raise BundleError(
                "The model “{model}” is refused: its network maps {found}, but its settings mean "
                "{expected} to {labels}.",
                model=self.bundle.path.name,
                found=" to ".join(
                    f"{shape[1:] if shape[:1] == (1,) else shape}"
                    f"{'' if kind is np.float32 else f' of {kind.__name__}'}"
                    for shape, kind in ends
                ),
                expected=expected,
                labels=(len(metadata.labels),),
            )
        tensors = interpreter.get_tensor_details()
        if 4 * sum(math.prod(map(int, each["shape"])) for each in tensors) > _MOST_MEMORY:
            raise ValueError("it needs too much memory")
        self._input, self._output = inputs[0]["index"], outputs[0]["index"]
        return expected

    def _check_answers(self, shape: tuple[int, ...]) -> None:
        """Ask about silence and noise, two at once and one: what comes must be probabilities."""
        probe = np.zeros((2, *shape), np.float32)
        probe[1] = np.random.default_rng(0).standard_normal(shape)
        answers = np.concatenate([self._answers(probe), self._answers(probe[1:])])
        sums = answers.sum(axis=1)  # of what is no number: no number
        if not (answers.min() >= 0 and np.abs(sums - 1).max() <= _SUM_TOLERANCE):
            raise ValueError("it answers with something else than probabilities")


def check_take(clip: AudioClip) -> None:
    """Raise ValueError when a clip is no take: 8000 samples at 8 kHz."""
    if clip.sample_rate != SAMPLE_RATE or clip.samples.size != TAKE_SAMPLES:
        raise ValueError(f"not a take: {clip.samples.size} samples at {clip.sample_rate} Hz")


def calibrate(probabilities: FloatArray, temperature: float) -> FloatArray:
    """Divide the logits behind softmax probabilities by a temperature.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.

    Parameters
    ----------
    probabilities : (..., n_labels) float32 array
    temperature : float
        Above 1 makes the model less sure, below 1 more.

    Returns
    -------
    (..., n_labels) float32 array, summing to 1
    """
    if temperature == 1:
        return probabilities
    logits = np.log(np.maximum(probabilities, np.float32(1e-12))) / np.float32(temperature)
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
