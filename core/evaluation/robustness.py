"""How a model stands noise, another level, another place in the second, and what is no word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import DataSetError, SoundFileError
from core.evaluation.calibration import highest_threshold, operating_points, reliability
from core.labels import SILENCE
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES, AudioClip
from core.sound.levels import find_problem
from core.sound.noise import Noise
from core.sound.sound_file import read_clip, read_second

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from core.dataset.scan import Recording
    from core.recognition.recogniser import DigitRecogniser
    from core.sound.clip import FloatArray

SNRS_DB = (20, 10, 5, 0)
_SHIFT = round(0.1 * SAMPLE_RATE)
_GAIN = np.float32(10 ** (12 / 20))
_STRICT_SHARE = 0.97
_LARGEST = 2000  # words that are measured at the most
_SEED = 777
_BATCH = 64


@dataclass(frozen=True, slots=True, eq=False)
class _Clips:
    recordings: tuple[Recording, ...]
    samples: FloatArray  # (n, 8000)


def robustness(
    recogniser: DigitRecogniser,
    recordings: Sequence[Recording],
    reference: DigitRecogniser | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> dict[str, Any]:
    """Measure a model where it gets difficult.

    Parameters
    ----------
    recogniser : DigitRecogniser
    recordings : sequence of Recording
        The words of the model, other words, and noise (`SILENCE`); best from people and rooms
        it never heard. Of very many words, some are drawn.
    reference : DigitRecogniser, optional
        Another model, of which the accuracies are measured on the same sounds.
    on_progress : callable
        Told how many steps are done, of how many.

    Returns
    -------
    dict
        ``conditions``: a list of name, clips, accuracy and, with a reference, its accuracy.
        The answer is the most probable word, whatever the threshold. ``speakers``: how many,
        the accuracy of the worst and of the median. ``rejection``: clips and share of other
        words and of noises that are turned down at the model's threshold, and of other words at
        the threshold that accepts 97 % of these words. ``calibration``: see `reliability`.
        ``noise``: hours, and false alarms an hour. What cannot be measured is missing.

    Raises
    ------
    DataSetError
        When none of the recordings has a word of the model.
    """
    labels = recogniser.bundle.metadata.labels
    known = [label for label in labels if not label.startswith("_")]
    spoken = [r for r in recordings if r.label in known]
    if len(spoken) > _LARGEST:
        drawn = np.random.default_rng(_SEED).permutation(len(spoken))[:_LARGEST]
        spoken = [spoken[n] for n in drawn]
    words = _read(spoken)
    others = _read([r for r in recordings if r.label not in known and r.label != SILENCE])
    noise = [r for r in recordings if r.label == SILENCE]
    if not words.recordings:
        raise DataSetError(f"None of the recordings is of {', '.join(known)}.")
    models = [recogniser] if reference is None else [recogniser, reference]
    sounds = _conditions(words.samples, Noise.read([r.path for r in noise]))
    conditions = []
    answers = None
    for done, (name, samples) in enumerate(sounds.items()):
        on_progress(done, len(sounds) + 2)
        right = [_right_words(model, samples, words.recordings) for model in models]
        if answers is None:
            answers = right[0]
        row: dict[str, Any] = {"name": name, "clips": len(samples), "accuracy": _share(right[0])}
        if reference is not None:
            row["reference"] = _share(right[1])
        conditions.append(row)
    assert answers is not None
    on_progress(len(sounds), len(sounds) + 2)
    report: dict[str, Any] = {
        "conditions": conditions,
        "speakers": _speakers(words.recordings, answers),
        "rejection": _rejection(recogniser, words, others, noise),
    }
    on_progress(len(sounds) + 1, len(sounds) + 2)
    if noise:
        report["noise"] = _false_alarms(recogniser, noise)
    probabilities = _probabilities(recogniser, words.samples)
    truth = np.array([labels.index(r.label) for r in words.recordings])
    report["calibration"] = reliability(probabilities, truth)
    on_progress(len(sounds) + 2, len(sounds) + 2)
    return report


def _read(recordings: Sequence[Recording]) -> _Clips:
    read, samples = [], []
    for recording in recordings:
        try:
            samples.append(read_second(recording.path).clip.samples)
        except SoundFileError:  # gone since the folder was read
            continue
        read.append(recording)
    shape = np.zeros((0, TAKE_SAMPLES), np.float32)
    return _Clips(tuple(read), np.stack(samples) if samples else shape)


def _conditions(clean: FloatArray, noise: Noise) -> dict[str, FloatArray]:
    """Return the same words as they are, in noise, earlier, later, fainter and louder."""
    sounds = {"clean": clean}
    generator = np.random.default_rng(_SEED)
    for snr in SNRS_DB if len(noise) else ():
        added = noise.draw(generator, len(clean))
        power = np.square(clean).mean(axis=1) / np.maximum(np.square(added).mean(axis=1), 1e-12)
        gain = np.sqrt(power * 10 ** (-snr / 10)).astype(np.float32)
        sounds[f"noise at {snr} dB"] = clean + added * gain[:, None]
    early, late = np.zeros_like(clean), np.zeros_like(clean)
    early[:, :-_SHIFT], late[:, _SHIFT:] = clean[:, _SHIFT:], clean[:, :-_SHIFT]
    sounds |= {"100 ms earlier": early, "100 ms later": late}
    sounds |= {"12 dB fainter": clean / _GAIN, "12 dB louder": np.clip(clean * _GAIN, -1, 1)}
    return sounds


def _probabilities(recogniser: DigitRecogniser, samples: FloatArray) -> FloatArray:
    parts = [
        recogniser.probabilities(samples[i : i + _BATCH]) for i in range(0, len(samples), _BATCH)
    ]
    n_labels = len(recogniser.bundle.metadata.labels)
    return np.concatenate([np.zeros((0, n_labels), np.float32), *parts])


def _right_words(
    recogniser: DigitRecogniser, samples: FloatArray, recordings: tuple[Recording, ...]
) -> npt.NDArray[np.bool_]:
    """Tell for which clips the most probable word is the right one."""
    labels = recogniser.bundle.metadata.labels
    is_word = np.array([not label.startswith("_") for label in labels])
    best = np.where(is_word, _probabilities(recogniser, samples), -1).argmax(axis=1)
    return np.array([labels[n] == r.label for n, r in zip(best, recordings, strict=True)])


def _speakers(
    recordings: tuple[Recording, ...], right: npt.NDArray[np.bool_]
) -> dict[str, float | int]:
    of_speaker: dict[str, list[bool]] = defaultdict(list)
    for recording, is_right in zip(recordings, right, strict=True):
        if recording.speaker:
            of_speaker[recording.speaker].append(bool(is_right))
    accuracies = [np.mean(answers) for answers in of_speaker.values()]
    if not accuracies:
        return {"count": 0}
    return {
        "count": len(accuracies),
        "worst": round(float(min(accuracies)), 4),
        "median": round(float(np.median(accuracies)), 4),
    }


def _rejection(
    recogniser: DigitRecogniser, words: _Clips, others: _Clips, noise: list[Recording]
) -> dict[str, Any]:
    labels = recogniser.bundle.metadata.labels
    silences = _read(noise)
    is_word = np.array([not label.startswith("_") for label in labels])

    def turned_down(samples: FloatArray, threshold: float) -> float:
        p = _probabilities(recogniser, samples)
        given = is_word[p.argmax(axis=1)] & (p.max(axis=1) >= threshold)
        return _share(~given)

    result: dict[str, Any] = {
        "threshold": round(recogniser.threshold, 4),
        "words_accepted": round(1 - turned_down(words.samples, recogniser.threshold), 4),
    }
    if others.recordings:
        truth = np.array([labels.index(r.label) for r in words.recordings])
        points = operating_points(_probabilities(recogniser, words.samples), truth, labels)
        strict = highest_threshold(points, _STRICT_SHARE)
        result["other_words"] = {
            "clips": len(others.recordings),
            "turned_down": turned_down(others.samples, recogniser.threshold),
            "turned_down_at_97": turned_down(others.samples, strict),
        }
    if silences.recordings:
        result["noises"] = {
            "clips": len(silences.recordings),
            "turned_down": turned_down(silences.samples, recogniser.threshold),
        }
    return result


def _false_alarms(recogniser: DigitRecogniser, noise: list[Recording]) -> dict[str, float]:
    """Count the seconds of noise that are taken for a word, as the window would take them."""
    seconds, alarms = 0, 0
    for recording in noise:
        for second in _seconds(read_clip(recording.path).resampled(SAMPLE_RATE)):
            seconds += 1
            problem = find_problem(second)
            alarms += recogniser.recognise(second, problem).label is not None
    hours = seconds / 3600
    return {"hours": round(hours, 3), "false_alarms_an_hour": round(alarms / max(hours, 1e-9), 1)}


def _seconds(clip: AudioClip) -> list[AudioClip]:
    whole = clip.samples.size // TAKE_SAMPLES * TAKE_SAMPLES
    return [AudioClip(part, SAMPLE_RATE) for part in clip.samples[:whole].reshape(-1, TAKE_SAMPLES)]


def _share(right: npt.NDArray[np.bool_]) -> float:
    return round(float(right.mean()), 4)
