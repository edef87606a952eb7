"""What came of an adaptation: how many clips a model has right, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from core.training.events import Event

TOLERATED_LOSS = 0.01
"""What the standard test may fall by without a copy being called worse."""


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """How many of some clips a model and its adapted copy have right.

    Parameters
    ----------
    clips : int
    before, after : int
        How many of them are right.
    """

    clips: int
    before: int
    after: int

    def __add__(self, other: BeforeAndAfter) -> BeforeAndAfter:
        return BeforeAndAfter(
            self.clips + other.clips, self.before + other.before, self.after + other.after
        )


@dataclass(frozen=True, slots=True)
class Adapted(Event):
    """A copy of a model has been adapted.

    Parameters
    ----------
    bundle : str
        Its folder.
    model : str
        The name of the model that it is a copy of.
    yours : BeforeAndAfter
        Clips of the person's, each judged by a copy that has not learned from it.
    folds : int
        How many such copies.
    learned : int
        How many clips of the person's the copy has learned from.
    samples : BeforeAndAfter
        The sample clips that ship with the program.
    rehearsal : BeforeAndAfter
        The bundle's own test clips; none where it has no rehearsal set.
    left_out : int
        The person's clips whose word the model does not know.
    seconds : float
        What it took.
    worse : bool
        Whether it has lost for the person, or more than `TOLERATED_LOSS` of the standard test.
    """

    bundle: str
    model: str
    yours: BeforeAndAfter
    folds: int
    learned: int
    samples: BeforeAndAfter
    rehearsal: BeforeAndAfter
    left_out: int
    seconds: float
    worse: bool

    def __str__(self) -> str:
        standard = self.samples + self.rehearsal
        return "\n".join(
            [
                f"your clips      {_line(self.yours)}, each judged by a copy that had not "
                "learned from it",
                f"standard test   {_line(standard)}",
                *(["The copy is worse than the model."] if self.worse else []),
                f"saved to {self.bundle}",
            ]
        )


def is_worse(yours: BeforeAndAfter, standard: BeforeAndAfter) -> bool:
    """Tell whether a copy has lost for the person, or too much of the standard test."""
    lost = standard.before - standard.after
    return yours.after < yours.before or lost > max(0, TOLERATED_LOSS * standard.clips)


def _line(figure: BeforeAndAfter) -> str:
    if not figure.clips:
        return "no clips"
    before, after = figure.before / figure.clips, figure.after / figure.clips
    return f"{before:.1%} before, {after:.1%} after, of {figure.clips} clips"
