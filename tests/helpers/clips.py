"""Clips as rows, made up."""

import numpy as np

from app.library.clips import Clip
from core.labels import DIGITS
from core.recognition.recogniser import Prediction


def heard(word, confidence=0.9, labels=DIGITS, model="a model", threshold=0.0):
    """What a model would say."""
    probabilities = np.full(len(labels), (1 - confidence) / (len(labels) - 1), np.float32)
    probabilities[labels.index(word)] = confidence
    return Prediction(tuple(labels), probabilities, threshold, 1.0, model=model)


def clip(name, said=None, word=None, confidence=0.9, **known):
    """A clip of a folder, named by its word, of which a model heard another or the same."""
    prediction = heard(word, confidence) if word is not None else None
    return Clip(name, named=said, prediction=prediction, **known)
