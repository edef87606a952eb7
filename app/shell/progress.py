"""How far a run is, as one bar that never goes back, and how long it goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.shell.translation import duration
from core.training.events import Advanced, Batch, Data, Epoch, Event, Progress, Start, Stopping

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class HowFar:
    """What stands beside the bar, and above it.

    Parameters
    ----------
    doing : str
        What is going on, or "epoch".
    fraction : float
        The share of the whole run that is done, in 0-1.
    seconds_left : float or None
        None while it is not known.
    epoch, epochs : int
        The one that goes on, and how many there are at most; 0 before the first.
    """

    doing: str = "begin"
    fraction: float = 0.0
    seconds_left: float | None = None
    epoch: int = 0
    epochs: int = 0

    @property
    def time_left(self) -> str:
        """How long it goes on; empty while that is not known."""
        if self.seconds_left is None:
            return ""
        return QCoreApplication.translate("progress", "about {0} left").format(
            rough(self.seconds_left)
        )


def rough(seconds: float) -> str:
    """Write how long something takes, no more exactly than anybody can know it."""
    step = 5 if seconds < 60 else 30 if seconds < 300 else 60 if seconds < 3600 else 600
    return duration(max(step, step * round(seconds / step)))


class Follower:
    """Makes of what a run tells how far it is.

    What is left was estimated before the run began; the more of it is done, the more is believed
    what the run itself tells, so that the time settles instead of jumping.

    Parameters
    ----------
    expected : float or None
        The seconds that the whole run was estimated to take.
    clock : callable
        Returns seconds.
    """

    def __init__(
        self, expected: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._expected, self._clock, self._began = expected, clock, clock()
        self.now = HowFar(seconds_left=expected)

    def follow(self, event: Event) -> HowFar:
        """Take in what the run told."""
        now = self.now
        match event:
            case Advanced():
                fraction = min(1.0, max(now.fraction, event.fraction))
                left = self._left(fraction, event.seconds_left)
                now = replace(now, fraction=fraction, seconds_left=left)
            case Progress("adapt", done, total) if total:  # that command tells no share
                share = max(now.fraction, done / total)
                now = replace(now, doing="adapt", fraction=share)
            case Progress():
                now = replace(now, doing=event.what)
            case Data():
                now = replace(now, doing="load")
            case Start():
                now = replace(now, doing="epoch", epoch=event.first_epoch, epochs=event.epochs)
            case Batch():
                now = replace(now, doing="epoch", epoch=event.epoch)
            case Epoch() if now.epochs:  # none of those before it was cut off
                now = replace(now, doing="epoch", epoch=min(event.epoch + 1, now.epochs))
            case Stopping():
                now = replace(now, doing="stopping")
        self.now = now
        return now

    def _left(self, fraction: float, told: float | None) -> float | None:
        if self._expected is None:
            return told
        left = max(0.0, self._expected - (self._clock() - self._began))
        return left if told is None else fraction * told + (1 - fraction) * left
