"""A clip that was opened, and how it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.library.clips import Clip
    from app.sound_view.picture import ViewSettings
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.picture import Picture


@dataclass(frozen=True, slots=True, eq=False)
class InspectedClip:
    """A clip that was opened.

    Parameters
    ----------
    item : Clip
        The row of the list.
    clip : AudioClip
        What is seen and played, at least a second; at 8 kHz, or as recorded.
    take : AudioClip
        The second that a model is given: 8000 samples at 8 kHz.
    take_start : float
        Where in `clip` that second begins.
    file_seconds : float
        How long the file is.
    prediction : Prediction or None
        None when there is no model.
    picture : Picture
    settings : ViewSettings
        How it is looked at.
    note : str
        What was done to show it and to make it one second long; may be empty.
    offset : float
        Where in the file `clip` begins.
    """

    item: Clip
    clip: AudioClip
    take: AudioClip
    take_start: float
    file_seconds: float
    prediction: Prediction | None
    picture: Picture
    settings: ViewSettings
    note: str = ""
    offset: float = 0.0

    def judged(self, threshold: float) -> InspectedClip:
        """Return the same with an answer from another confidence on."""
        if self.prediction is None or self.prediction.threshold == threshold:
            return self
        return replace(self, prediction=replace(self.prediction, threshold=threshold))
