"""What a training run reports while it goes on; each event is one JSON line for whoever reads.

``{"event": "epoch", "epoch": 3, ...}``: the name of the class in small letters, then its values.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from core.dataset.splits import split_text


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run."""

    def to_json(self) -> str:
        """Return the event as a line of JSON."""
        name = type(self).__name__.lower()
        return json.dumps({"event": name} | asdict(self), ensure_ascii=True, allow_nan=True)

    def __str__(self) -> str:
        """Return what a person at a terminal reads; empty when there is nothing to say."""
        return ""


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """Something long goes on.

    Parameters
    ----------
    what : str
        "scan", "features", "load", "evaluate" or "save".
    done, total : int
    """

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Data(Event):
    """What is learned from.

    Parameters
    ----------
    labels : list of str
    split : dict
        Clips and speakers of each side; see `Split.to_json`.
    problems : int
        How much is wrong in the folder.
    """

    labels: list[str]
    split: dict[str, Any]
    problems: int

    def __str__(self) -> str:
        found = f"{len(self.labels)} labels, {self.problems} problems in the folder"
        return f"{found}; {split_text(self.split)}"


@dataclass(frozen=True, slots=True)
class Start(Event):
    """The first epoch begins.

    Parameters
    ----------
    architecture : str
    parameters : int
    epochs : int
        At the most.
    first_epoch : int
        Counted from 1; more when a run goes on that was cut off.
    batches : int
        Batches an epoch.
    """

    architecture: str
    parameters: int
    epochs: int
    first_epoch: int
    batches: int

    def __str__(self) -> str:
        return f"{self.architecture}, {self.parameters:,} parameters, at most {self.epochs} epochs"


@dataclass(frozen=True, slots=True)
class Batch(Event):
    """Some batches of an epoch are done.

    Parameters
    ----------
    epoch, batch, batches : int
        Counted from 1.
    seconds_left : float
        Until the last epoch is done, if all are needed.
    """

    epoch: int
    batch: int
    batches: int
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Epoch(Event):
    """An epoch is done.

    Parameters
    ----------
    epoch : int
        Counted from 1.
    loss, accuracy, val_loss, val_accuracy : float
    seconds : float
    best : bool
        Whether its validation loss is the lowest so far.
    """

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    seconds: float
    best: bool

    def __str__(self) -> str:
        return (
            f"epoch {self.epoch:3d}  loss {self.loss:.4f}  accuracy {self.accuracy:.4f}  "
            f"val_loss {self.val_loss:.4f}  val_accuracy {self.val_accuracy:.4f}  "
            f"{self.seconds:.1f} s{'  *' if self.best else ''}"
        )


@dataclass(frozen=True, slots=True)
class Stopping(Event):
    """No further epoch follows.

    Parameters
    ----------
    reason : str
        "early" (no better epoch for long), "asked", or "done".
    best_epoch : int
    """

    reason: str
    best_epoch: int

    def __str__(self) -> str:
        why = {
            "early": "The validation loss has not fallen for long",
            "asked": "Stopped as asked",
            "done": "All epochs are done",
        }
        return f"{why[self.reason]}; epoch {self.best_epoch} is kept."


@dataclass(frozen=True, slots=True)
class Evaluated(Event):
    """The kept epoch was evaluated; see `Evaluation.to_json`."""

    evaluation: dict[str, Any]

    def __str__(self) -> str:
        e = self.evaluation
        low, high = e["accuracy_interval"]
        return (
            f"accuracy {e['accuracy']:.1%} ({low:.1%} to {high:.1%}) on {e['clips']} clips of "
            f"{e['speakers']} speakers"
        )


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """The model is where it should be."""

    bundle: str

    def __str__(self) -> str:
        return f"saved to {self.bundle}"


@dataclass(frozen=True, slots=True)
class Exported(Event):
    """A model's network is a file of its own."""

    path: str

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Cancelled(Event):
    """The run ended without a model, as asked."""

    def __str__(self) -> str:
        return "Cancelled; nothing is kept."


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """The run ended without a model, and why."""

    error: str

    def __str__(self) -> str:
        return self.error


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
