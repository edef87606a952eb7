"""Sentences of the core in the window's language.

The core knows no Qt and speaks English. What a person meets every day is said here again, word
for word, so that it can be translated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.shell.translation import translated
from core.labels import DIGITS, SILENCE, UNKNOWN
from core.sound.levels import SoundProblem

if TYPE_CHECKING:
    from core.recognition.recogniser import Prediction


def why_no_answer(prediction: Prediction) -> str | None:
    """Return why a prediction holds no answer, or None when it holds one."""
    if prediction.problem is not None and prediction.sentence is not None:
        if prediction.from_file:
            return translated(prediction.sentence)
        return problem_sentence(prediction.problem)
    if prediction.label is not None:
        return None
    translate = QCoreApplication.translate
    if prediction.best == SILENCE:
        return translate(
            "sentences", "Nothing heard: this sounds like background noise. Try again."
        )
    if prediction.best == UNKNOWN and prediction.best_word in DIGITS:
        text = translate("sentences", "Not a digit. It was most like {0}.")
        return text.format(prediction.best_word)
    if prediction.best == UNKNOWN:
        text = translate("sentences", "Not a word that this model knows. It was most like {0}.")
        return text.format(prediction.best_word)
    text = translate("sentences", "Not sure: it might be {0}. Please say it again.")
    return text.format(prediction.best)


def label_text(label: str) -> str:
    """Return what a label is called; those of what is no digit have names of their own."""
    names = {
        SILENCE: QCoreApplication.translate("sentences", "silence"),
        UNKNOWN: QCoreApplication.translate("sentences", "other word"),
    }
    return names.get(label, label)


def problem_sentence(problem: SoundProblem) -> str:
    """Return what is wrong with a sound and what to do."""
    translate = QCoreApplication.translate
    sentences = {
        SoundProblem.ALL_ZEROS: translate(
            "sentences",
            "The input delivers only zeros: it is muted, switched off, or this program has no "
            "permission to use the microphone. Check the system's sound and privacy settings.",
        ),
        SoundProblem.TOO_QUIET: translate(
            "sentences", "Too quiet to hear a word. Speak louder, or raise the input volume."
        ),
        SoundProblem.NOTHING_HEARD: translate(
            "sentences", "Nothing heard: no voice stood out from the background. Try again."
        ),
        SoundProblem.CLIPPED: translate(
            "sentences",
            "Too loud: the recording is clipped. Speak from further away, or lower the input "
            "volume.",
        ),
        SoundProblem.OVERFLOWED: translate(
            "sentences",
            "Part of the sound was lost because the computer was too busy. Please say it again.",
        ),
        SoundProblem.DEVICE_GONE: translate(
            "sentences",
            "The input device stopped delivering sound. Check its plug, or choose another; it is "
            "listened to again when it is back.",
        ),
    }
    return sentences.get(problem, str(problem.sentence))
