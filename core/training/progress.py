"""How far a whole run is: one bar that never runs backwards, and the seconds that are left."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from core.training import events
from core.training.architectures import USUAL_EPOCHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.training.architectures import Recipe

_READING, _LEARNING = "reading", "learning"
_STEPS = {  # of reading and of judging: from where to where each goes
    "scan": (0.0, 1.0),
    "features": (0.05, 1.0),
    "evaluate": (0.1, 0.4),
    "robustness": (0.4, 0.9),
    "save": (0.0, 0.95),
}
_KNOWN_SCAN = 0.05  # is all of reading that a scan counts for, while it may be of known files
_SHARES = {  # of the time of a run: until all is read, and until all is learned
    "quick": (0.65, 0.9),
    "augmented": (0.03, 0.95),
    "plain": (0.1, 0.8),
}
_EVERY_SECONDS = 0.2
_SMALLEST_STEP = 0.002
_FIRST_SECONDS = 1.5  # before that nobody can say how long it takes
_JUDGING = {"quick": 0.0, "augmented": 0.05, "plain": 0.25}  # what it takes after learning
_QUICK_SECONDS, _QUICK_SHARE = 3.0, 0.3  # after reading: at least, and of what that took
_TRUST = 0.15  # in what is seen now, against what was said before
_RECENT = 0.5  # of a phase: how fast it goes is seen in this part of it


class RunProgress:
    """Passes on what a run tells, and tells after it how far the run is.

    Parameters
    ----------
    recipe : Recipe
    report : callable
    clock : callable
        Returns seconds.
    """

    def __init__(
        self,
        recipe: Recipe,
        report: Callable[[events.Event], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kind = kind = (
            "quick" if recipe.only_head else "augmented" if recipe.augmented else "plain"
        )
        read, learned = _SHARES[kind]
        self._spans = {_READING: (0.0, read), _LEARNING: (read, learned), "": (learned, 1.0)}
        self._recipe = recipe
        self._report = report
        self._clock = clock
        self._phase = _READING
        self._began = self._phase_began = self._told = clock()
        self._fraction = self._told_fraction = 0.0
        self._seen: list[tuple[float, float]] = []
        self._looks = 0
        self._scan_began: float | None = None
        self._left: float | None = None
        self._epochs = self._epoch = 0
        self._expected = self._first_epoch = 1
        self._looked = self._began

    def __call__(self, event: events.Event) -> None:
        """Pass an event on."""
        if isinstance(event, events.Saved):
            self._report(events.Advanced(1.0, 0.0))
        self._report(event)
        self._notice(event)

    def _notice(self, event: events.Event) -> None:
        match event:
            case events.Progress(what="learn", done=done, total=total):
                self._reach(_LEARNING, done / max(1, total))
            case events.Progress(what=what, done=done, total=total) if what in _STEPS:
                low, high = _STEPS[what]
                share = low + (high - low) * done / max(1, total)
                if what == "scan" and self._since_scan() < _FIRST_SECONDS:
                    share = min(share, _KNOWN_SCAN)
                self._reach(_READING if what in ("scan", "features") else "", share)
            case events.Start():
                self._epochs, self._epoch = event.epochs, event.first_epoch - 1
                self._first_epoch = event.first_epoch
                self._expected = self._expected_epochs(0)
                self._reach(_LEARNING, 0.0)
            case events.Batch():
                self._reach_epoch(event.epoch - 1 + event.batch / event.batches)
            case events.Epoch():
                if event.best:
                    self._expected = self._expected_epochs(event.epoch)
                self._reach_epoch(event.epoch)
            case events.Stopping() | events.Evaluated():
                self._reach("", 0.1)

    def _since_scan(self) -> float:
        """Return the seconds since the first folder began to be read."""
        if self._scan_began is None:
            self._scan_began = self._clock()
        return self._clock() - self._scan_began

    def _expected_epochs(self, best: int) -> int:
        """Return how many epochs there will be, the best one so far being this."""
        early = self._recipe.patience < self._recipe.epochs
        usual = max(USUAL_EPOCHS, best + self._recipe.patience) if early else self._epochs
        return min(self._epochs, usual)

    def _reach_epoch(self, epochs: float) -> None:
        before = self._first_epoch - 1  # of a run that was cut off, and goes on
        self._reach(_LEARNING, (epochs - before) / max(1.0, self._expected - before))

    def _reach(self, phase: str, share: float) -> None:
        """Take notice that a share of a phase is done."""
        now = self._clock()
        low, high = self._spans[phase]
        if low < self._spans[self._phase][0]:  # another folder is read, when all was read
            return
        if phase != self._phase:
            self._phase, self._phase_began, self._seen, self._looks = phase, now, [], 0
        fraction = min(low + (high - low) * min(share, 1.0), 0.999)
        self._fraction = max(self._fraction, fraction)
        self._left = self._smoothed(now, share)
        due = now - self._told >= _EVERY_SECONDS
        if due or self._fraction - self._told_fraction >= _SMALLEST_STEP:
            self._told, self._told_fraction = now, self._fraction
            left = None if self._left is None else round(self._left, 1)
            self._report(events.Advanced(round(self._fraction, 4), left))

    def _smoothed(self, now: float, share: float) -> float | None:
        """Return the seconds that are left, without jumping to what is seen at the moment."""
        passed, self._looked = now - self._looked, now
        before = None if self._left is None else max(0.0, self._left - passed)
        self._seen.append((now, share))
        recent = now - max(_FIRST_SECONDS, _RECENT * (now - self._phase_began))
        while len(self._seen) > 2 and self._seen[1][0] < recent:
            del self._seen[0]
        since, share_then = self._seen[0]
        if now - self._began < _FIRST_SECONDS or share <= share_then:
            return before
        a_phase = (now - since) / (share - share_then)
        left = self._seconds_after(a_phase)
        if left is None:
            return None
        left += a_phase * max(0.0, 1 - share)
        self._looks += 1
        trust = max(_TRUST, 1 / self._looks)
        return left if before is None else before + trust * (left - before)

    def _seconds_after(self, a_phase: float) -> float | None:
        """Return what follows a phase that takes so many seconds, if that can be known."""
        if self._phase == _READING:
            after = max(_QUICK_SECONDS, _QUICK_SHARE * a_phase)
            return after if self._kind == "quick" else None
        return a_phase * _JUDGING[self._kind] if self._phase == _LEARNING else 0.0
