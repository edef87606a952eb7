"""How a model stands noise, another level, another place in the second, and what is no word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from core.errors import DataSetError
from core.evaluation.accuracy import read_takes
from core.evaluation.calibration import answered, highest_threshold, operating_points, reliability
from core.evaluation.report import (
    Condition,
    FalseAlarms,
    Rejection,
    RobustnessReport,
    SpeakerFigures,
    TurnedDown,
)
from core.labels import SILENCE, is_word
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES, AudioClip
from core.sound.noise import Noise
from core.sound.sound_file import read_clip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from core.dataset.scan import Recording
    from core.recognition.recogniser import DigitRecogniser
    from core.sound.clip import FloatArray

    BoolArray = npt.NDArray[np.bool_]

SNRS_DB = (20, 10, 5, 0)
_SHIFT = round(0.1 * SAMPLE_RATE)
_GAIN = np.float32(10 ** (12 / 20))
_STRICT_SHARE = 0.97
_LARGEST = 2000  # words that are measured at the most
_SEED = 777
_BATCH = 64


def robustness(
    recogniser: DigitRecogniser,
    recordings: Sequence[Recording],
    reference: DigitRecogniser | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> RobustnessReport:
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
    RobustnessReport
        In the conditions and of the speakers, the answer is the most probable word, whatever
        the threshold.

    Raises
    ------
    DataSetError
        When none of the recordings has a word of the model.
    """
    labels = recogniser.bundle.metadata.labels
    known = list(filter(is_word, labels))
    spoken = [r for r in recordings if r.label in known]
    if len(spoken) > _LARGEST:
        drawn = np.random.default_rng(_SEED).permutation(len(spoken))[:_LARGEST]
        spoken = [spoken[n] for n in drawn]
    words, takes = read_takes(spoken)
    _, others = read_takes([r for r in recordings if r.label not in known and r.label != SILENCE])
    noise = [r for r in recordings if r.label == SILENCE]
    if not words:
        raise DataSetError("None of the recordings is of {labels}.", labels=", ".join(known))
    sounds = _conditions(takes, Noise.read([r.path for r in noise]))
    conditions = []
    for done, (name, samples) in enumerate(sounds.items()):
        on_progress(done, len(sounds) + 2)
        right = _right_words(recogniser, samples, words)
        if not done:
            speakers = _speakers(words, right)
        other = _share(_right_words(reference, samples, words)) if reference else None
        conditions.append(Condition(name, len(samples), _share(right), other))
    on_progress(len(sounds), len(sounds) + 2)
    rejection = _rejection(recogniser, takes, [r.label for r in words], others, noise)
    on_progress(len(sounds) + 1, len(sounds) + 2)
    truth = np.array([labels.index(r.label) for r in words])
    report = RobustnessReport(
        tuple(conditions),
        speakers,
        rejection,
        reliability(_probabilities(recogniser, takes), truth),
        _false_alarms(recogniser, noise) if noise else None,
    )
    on_progress(len(sounds) + 2, len(sounds) + 2)
    return report


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
    recogniser: DigitRecogniser, samples: FloatArray, recordings: list[Recording]
) -> BoolArray:
    """Tell for which clips the most probable word is the right one."""
    labels = recogniser.bundle.metadata.labels
    words = [is_word(label) for label in labels]
    best = np.where(words, _probabilities(recogniser, samples), -1).argmax(axis=1)
    return np.array([labels[n] == r.label for n, r in zip(best, recordings, strict=True)])


def _speakers(recordings: list[Recording], right: BoolArray) -> SpeakerFigures:
    of_speaker: dict[str, list[bool]] = defaultdict(list)
    for recording, is_right in zip(recordings, right, strict=True):
        if recording.speaker:
            of_speaker[recording.speaker].append(bool(is_right))
    shares = [np.mean(answers) for answers in of_speaker.values()]
    if not shares:
        return SpeakerFigures(0)
    return SpeakerFigures(
        len(shares), round(float(min(shares)), 4), round(float(np.median(shares)), 4)
    )


def _rejection(
    recogniser: DigitRecogniser,
    takes: FloatArray,
    spoken: list[str],
    others: FloatArray,
    noise: list[Recording],
) -> Rejection:
    labels, threshold = recogniser.bundle.metadata.labels, recogniser.threshold
    said = _probabilities(recogniser, takes)
    truth = np.array([labels.index(label) for label in spoken])
    strict = highest_threshold(operating_points(said, truth, labels), _STRICT_SHARE)

    def turned_down(samples: FloatArray, at_97: bool = False) -> TurnedDown | None:
        p = _probabilities(recogniser, samples)
        shares = [_share(~answered(p, labels, t)) for t in (threshold, strict) if len(p)]
        return TurnedDown(len(p), *shares[: 1 + at_97]) if shares else None

    return Rejection(
        round(threshold, 4),
        _share(answered(said, labels, threshold)),
        turned_down(others, at_97=True),
        turned_down(read_takes(noise)[1]),
    )


def _false_alarms(recogniser: DigitRecogniser, noise: list[Recording]) -> FalseAlarms:
    """Count the seconds of noise that are taken for a word, as the window would take them."""
    seconds, alarms = 0, 0
    for recording in noise:
        samples = read_clip(recording.path).resampled(SAMPLE_RATE).samples
        for start in range(0, samples.size - TAKE_SAMPLES + 1, TAKE_SAMPLES):
            second = AudioClip(samples[start : start + TAKE_SAMPLES], SAMPLE_RATE)
            alarms += recogniser.recognise(second).label is not None
            seconds += 1
    hours = seconds / 3600
    return FalseAlarms(round(hours, 3), round(alarms / max(hours, 1e-9), 1))


def _share(right: BoolArray) -> float:
    return round(float(right.mean()), 4)
