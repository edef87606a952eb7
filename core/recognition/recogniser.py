"""From a clip to a prediction, on LiteRT: TensorFlow's own runtime, without TensorFlow."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import BundleError
from core.labels import DIGITS, SILENCE, UNKNOWN
from core.sentences import Sentence, say
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES
from core.sound.features import LogMelFrontEnd
from core.sound.levels import SoundProblem, find_problem

if TYPE_CHECKING:
    from core.recognition.bundle import ModelBundle
    from core.sound.clip import AudioClip, FloatArray


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
    from_file : bool
        Whether the clip was read from a file.
    """

    labels: tuple[str, ...]
    probabilities: FloatArray
    threshold: float
    milliseconds: float
    problem: SoundProblem | None = None
    from_file: bool = False

    def __post_init__(self) -> None:
        self.probabilities.flags.writeable = False

    @property
    def best(self) -> str:
        """The most probable label, however unsure."""
        return self.labels[int(np.argmax(self.probabilities))]

    @property
    def confidence(self) -> float:
        """The probability of the best label, 0-1."""
        return float(self.probabilities.max())

    @property
    def best_word(self) -> str:
        """The most probable label that is a word."""
        words = [not label.startswith("_") for label in self.labels]
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
            return say("Nothing heard: this sounds like background noise. Try again.")
        if self.best == UNKNOWN and self.best_word in DIGITS:
            return say("Not a digit. It was most like {word}.", word=self.best_word)
        if self.best == UNKNOWN:
            return say(
                "Not a word that this model knows. It was most like {word}.", word=self.best_word
            )
        if self.label is None:
            return say("Not sure: it might be {word}. Please say it again.", word=self.best)
        return None


class DigitRecogniser:
    """Recognises one-second clips with the model of a bundle.

    One thread uses it at a time.

    Parameters
    ----------
    bundle : ModelBundle

    Raises
    ------
    BundleError
        When LiteRT cannot load the network, or its shapes are not those of the bundle.
    """

    def __init__(self, bundle: ModelBundle) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self.bundle = bundle
        self.threshold = bundle.metadata.threshold
        """From which confidence on an answer is given; may be changed."""
        features = bundle.metadata.features
        self._front_end = LogMelFrontEnd(features, bundle.mel_basis) if features else None
        try:
            self._interpreter: Any = Interpreter(
                model_content=bundle.tflite.read_bytes(), num_threads=1
            )
            self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError, OSError) as error:
            raise BundleError(
                f"The model “{bundle.path.name}” is refused: its network cannot be loaded "
                f"({error})."
            ) from error
        self._input = self._interpreter.get_input_details()[0]
        self._output = self._interpreter.get_output_details()[0]
        self._check_shapes()

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
        if clip.sample_rate != SAMPLE_RATE or clip.samples.size != TAKE_SAMPLES:
            raise ValueError(f"not a take: {clip.samples.size} samples at {clip.sample_rate} Hz")
        started = time.perf_counter()
        problem = problem or find_problem(clip)
        if problem is None:
            probabilities = self.probabilities(clip.samples[np.newaxis])[0]
        else:
            probabilities = np.zeros(len(self.bundle.metadata.labels), np.float32)
        milliseconds = 1000 * (time.perf_counter() - started)
        labels = self.bundle.metadata.labels
        return Prediction(
            labels, probabilities, self.threshold, milliseconds, problem, clip.from_file
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
        if batch.shape[0] != self._input["shape"][0]:
            self._interpreter.resize_tensor_input(self._input["index"], batch.shape)
            self._interpreter.allocate_tensors()
            self._input = self._interpreter.get_input_details()[0]
        self._interpreter.set_tensor(self._input["index"], batch)
        self._interpreter.invoke()
        probabilities = self._interpreter.get_tensor(self._output["index"])
        return calibrate(probabilities, self.bundle.metadata.temperature)

    def _check_shapes(self) -> None:
        metadata = self.bundle.metadata
        features = metadata.features
        expected_input = (features.n_mels, features.n_frames()) if features else (TAKE_SAMPLES, 1)
        input_shape = tuple(int(n) for n in self._input["shape"][1:])
        output_shape = tuple(int(n) for n in self._output["shape"][1:])
        if input_shape != expected_input or output_shape != (len(metadata.labels),):
            raise BundleError(
                f"The model “{self.bundle.path.name}” is refused: its network maps "
                f"{input_shape} to {output_shape}, but its settings mean {expected_input} to "
                f"{(len(metadata.labels),)}."
            )


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
