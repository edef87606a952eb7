"""A take together with what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from app.shell.exports import Exportable
    from core.dataset.recordings import Saved
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram


@dataclass(frozen=True, slots=True, eq=False)
class RecognisedTake:
    """One second of sound, its picture, and its prediction.

    Parameters
    ----------
    time : datetime
        When it was completed.
    source : str
        The device or file it came from.
    clip : AudioClip
    spectrogram : MelSpectrogram
        For the eye.
    prediction : Prediction or None
        None when there was no model to ask.
    note : str or None
        What was done to make it one second long.
    recording : Saved or None
        Where the person has kept it, under the label that they said it was.
    """

    time: datetime
    source: str
    clip: AudioClip
    spectrogram: MelSpectrogram
    prediction: Prediction | None
    note: str | None = None
    recording: Saved | None = None

    @property
    def heard(self) -> str | None:
        """What the model answered, if it did."""
        return self.prediction.label if self.prediction else None

    @property
    def label(self) -> str | None:
        """What it was, as far as anybody knows: the person's word counts before the model's."""
        return self.recording.label if self.recording else self.heard

    def exportable(self) -> Exportable:
        """Return the take for whoever wants to take it along."""
        from app.shell.exports import Exportable
        from core.export.figures import ClipFigure
        from core.sound.picture import Picture

        name = f"{self.label or 'take'}_{self.time:%Y-%m-%d_%H-%M-%S}"
        picture = Picture.of_mel(self.spectrogram)
        return Exportable(ClipFigure(name, self.clip, picture, self.prediction))
