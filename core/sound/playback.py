"""Playing a clip through the system's output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import AudioDeviceError
from core.sound.microphone import import_sounddevice

if TYPE_CHECKING:
    from core.sound.sound_file import AudioClip


def play(clip: AudioClip) -> float:
    """Play a clip and return at once; a clip that is still playing is stopped.

    Returns
    -------
    float
        The seconds that pass until its first sample is heard, as far as the system tells.

    Raises
    ------
    AudioDeviceError
        When there is no output, or it cannot be opened.
    """
    sounddevice = import_sounddevice()
    try:
        rate = round(sounddevice.query_devices(kind="output")["default_samplerate"])
        sounddevice.play(clip.resampled(rate).samples, rate)
        return float(sounddevice.get_stream().latency)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AudioDeviceError(
            f"The sound cannot be played ({error}). Check the system's sound output."
        ) from error


def stop() -> None:
    """Stop what is playing, if anything is."""
    import_sounddevice().stop()
