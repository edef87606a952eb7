"""What the audio thread does: it holds the one open source, and plays clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.sound.capture import Capture

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.sound.clip import AudioClip
    from core.sound.sources import AudioSource


class OpenSource:
    """Holds the one open source, and plays clips; lives on one thread.

    Parameters
    ----------
    make_source : callable
        Makes an AudioSource from its name and whether to rescan devices.
    """

    def __init__(self, make_source: Callable[[str, bool], AudioSource]) -> None:
        self._make_source = make_source
        self._capture: Capture | None = None

    def open(self, name: str, rescan: bool) -> Capture:
        """Close what is open and open a source."""
        self.close()
        self._capture = Capture(self._make_source(name, rescan))
        self._capture.start()
        return self._capture

    def close(self) -> None:
        """Close the source, whoever still waits for it."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.close()

    def play(self, clip: AudioClip) -> float:
        """Play a clip; return the seconds until it is heard."""
        from core.sound.microphone import play

        return play(clip)

    def stop_playing(self) -> None:
        """Stop what is playing."""
        from core.sound.microphone import stop

        stop()

    def end(self) -> None:
        """Close the source, and stop what is playing."""
        self.close()
        self.stop_playing()
