"""The errors that a person may meet: each message says what happened and what to do."""

from __future__ import annotations

from typing import Self

from core.sentences import Sentence


def reason_of(error: BaseException) -> str:
    """Return what the system says of an error, or else what it says of itself."""
    return getattr(error, "strerror", None) or str(error)


class SpokenDigitsError(Exception):
    """Base of all errors whose message is a sentence meant for the person in front.

    Parameters
    ----------
    text : str
        The sentence, with names in braces; written out where it is raised, so that it can be
        translated (see `core.sentences`).
    **values
        What stands for each name.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        self.sentence = Sentence(text, values)
        super().__init__(str(self.sentence))

    @classmethod
    def of(cls, other: SpokenDigitsError) -> Self:
        """Return the same sentence as another kind of error."""
        return cls("{error}", error=other.sentence)


class SoundFileError(SpokenDigitsError):
    """A sound file that cannot be used."""


class AudioDeviceError(SpokenDigitsError):
    """An input device, or the audio system itself, that cannot be used."""


class BundleError(SpokenDigitsError):
    """A model bundle that cannot be used."""


class DataSetError(SpokenDigitsError):
    """A folder of recordings that cannot be trained on or evaluated."""


class TrainingError(SpokenDigitsError):
    """A training run that cannot start or go on."""


class WritingError(SpokenDigitsError):
    """A file or a folder that cannot be written."""
