"""The errors that a person may meet: each message says what happened and what to do."""


class SpokenDigitsError(Exception):
    """Base of all errors whose message is a sentence meant for the person in front."""


class SoundFileError(SpokenDigitsError):
    """A sound file that cannot be used."""


class AudioDeviceError(SpokenDigitsError):
    """An input device, or the audio system itself, that cannot be used."""


class BundleError(SpokenDigitsError):
    """A model bundle that cannot be loaded or saved."""


class DataSetError(SpokenDigitsError):
    """A folder of recordings that cannot be trained on or evaluated."""


class TrainingError(SpokenDigitsError):
    """A training run that cannot start or go on."""


class ExportError(SpokenDigitsError):
    """A picture or a table that cannot be written."""
