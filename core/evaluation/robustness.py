"""How a model stands noise, another level, another place in the second, and what is no word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from core.errors import DataSetError
from core.evaluation.accuracy import (
    answered,
    highest_threshold,
    operating_points,
    read_takes,
    reliability,
    wilson_interval,
)
from core.evaluation.report import (
    Condition,
    FalseAlarms,
    GroupFigures,
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
    from core.sound.clip import FloatArray, IntArray

    BoolArray = npt.NDArray[np.bool_]

SNRS_DB = (20, 10, 5, 0)
_SHIFT = round(0.1 * SAMPLE_RATE)
_GAIN = np.float32(10 ** (12 / 20))
_STRICT_SHARE = 0.97
_LARGEST = 2000  # words that are measured at the most
_SEED = 777
_BATCH = 64
_FEWEST_SPEAKERS = 3  # whose names begin alike, to be a group
_FEWEST_CLIPS = 30  # of a speaker who stands alone in the table
_HEXADECIMAL = re.compile(r"[0-9a-f]{8}")
_LISTED = 5  # speakers of whom the least is right
_TELLING = 4  # clips of such a speaker


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
    conditions, answers = [], {}
    for done, (name, samples) in enumerate(sounds.items()):
        on_progress(done, len(sounds) + 2)
        answers[name] = _probabilities(recogniser, samples)
        share = _share(_right_words(recogniser, answers[name], words))
        other = None
        if reference:
            other = _share(_right_words(reference, _probabilities(reference, samples), words))
        conditions.append(Condition(name, len(samples), share, other))
    on_progress(len(sounds), len(sounds) + 2)
    truth, said = np.array([labels.index(r.label) for r in words]), answers["clean"]
    rejection = _rejection(recogniser, said, truth, others, noise)
    on_progress(len(sounds) + 1, len(sounds) + 2)
    right = _right_words(recogniser, said, words)
    given = right & answered(said, labels, recogniser.threshold)
    groups, lowest = _groups(words, right, given)
    report = RobustnessReport(
        tuple(conditions),
        _speakers(words, right),
        rejection,
        reliability(said, truth),
        _false_alarms(recogniser, noise) if noise else None,
        groups,
        lowest,
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
    recogniser: DigitRecogniser, probabilities: FloatArray, recordings: list[Recording]
) -> BoolArray:
    """Tell for which clips the most probable word is the right one."""
    labels = recogniser.bundle.metadata.labels
    truth = np.array([labels.index(recording.label) for recording in recordings])
    words = [is_word(label) for label in labels]
    return np.asarray(np.where(words, probabilities, -1).argmax(axis=1) == truth)


def speaker_groups(clips: Counter[str]) -> dict[str, str]:
    """Tell which group each speaker is of, as far as their names say.

    Recordings from one source often have speakers that are numbered: names with digits that begin
    alike, or eight hexadecimal digits, as in Speech Commands. Who has many clips and is in no such
    group stands alone; all others are together.

    Parameters
    ----------
    clips : Counter
        How many there are of each speaker.
    """
    beginnings: dict[str, list[str]] = defaultdict(list)
    for name in clips:
        known = _HEXADECIMAL.fullmatch(name)
        beginnings["8 hex digits" if known else f"{name[:2]}…"].append(name)
    groups = {}
    for beginning, names in beginnings.items():
        numbered = sum(any(map(str.isdigit, name)) for name in names) > len(names) / 2
        together = numbered and len(names) >= _FEWEST_SPEAKERS
        for name in names:
            alone = name if clips[name] >= _FEWEST_CLIPS else ""
            groups[name] = beginning if together else alone
    return groups


def _groups(
    recordings: list[Recording], right: BoolArray, given: BoolArray
) -> tuple[tuple[GroupFigures, ...], tuple[GroupFigures, ...]]:
    """Return the figures of each group, the largest first, and of the speakers with the lowest."""
    speakers = np.array([recording.speaker or "" for recording in recordings])
    clips = Counter(name for name in speakers.tolist() if name)
    of_speaker = speaker_groups(clips)
    groups = np.array([of_speaker.get(name, "") for name in speakers])

    def figures(name: str, chosen: BoolArray) -> GroupFigures:
        low, high = wilson_interval(int(right[chosen].sum()), int(chosen.sum()))
        return GroupFigures(
            name or "others",
            len(set(speakers[chosen]) - {""}),
            int(chosen.sum()),
            _share(right[chosen]),
            (round(low, 4), round(high, 4)),
            _share(given[chosen]),
        )

    table = [figures(name, groups == name) for name in dict.fromkeys(groups.tolist())]
    people = [figures(name, speakers == name) for name, n in clips.items() if n >= _TELLING]
    lowest = sorted((row for row in people if row.right < 1), key=lambda row: row.right)
    return tuple(sorted(table, key=lambda row: -row.clips)), tuple(lowest[:_LISTED])


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
    said: FloatArray,
    truth: IntArray,
    others: FloatArray,
    noise: list[Recording],
) -> Rejection:
    labels, threshold = recogniser.bundle.metadata.labels, recogniser.threshold
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
