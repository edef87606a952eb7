"""What a training run reports while it goes on; each event is one JSON line for whoever reads.

``{"event": "epoch", "epoch": 3, ...}``: the name of the class in small letters, then its values.
Who reads the line makes the same event of it again with `from_json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.dataset.corrections import corrections_text
from core.dataset.health import CorrectionReport, SplitReport  # noqa: TC001 - a field of a record
from core.dataset.splits import split_text
from core.evaluation.report import EvaluationReport  # noqa: TC001 - a field of a record
from core.recognition.bundle import HISTORY_FILE, reading
from core.recognition.metadata import Adaptation, BeforeAndAfter
from core.records import fields_from_json, fields_to_json, parse_json, read_json, to_json
from core.records import from_json as value_from_json
from core.sentences import Sentence, count, percent, say

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run."""

    def to_json(self) -> str:
        """Return the event as a line of JSON."""
        name = type(self).__name__.lower()
        return json.dumps({"event": name} | fields_to_json(self), allow_nan=False)

    def __str__(self) -> str:
        """Return what a person at a terminal reads; empty when there is nothing to say."""
        return ""


def from_json(line: str | bytes | dict[str, Any]) -> Event:
    """Make an event again of the line that it was told in, or of the object that the line holds.

    Raises
    ------
    ValueError
        When it is no event, or a value in it is of another kind than the event's.
    """
    data = line if isinstance(line, dict) else parse_json(line)
    kind = _KINDS.get(str(data.get("event"))) if isinstance(data, dict) else None
    if kind is None:
        raise ValueError(f"no event: {str(line)[:60]}")
    if kind is Failed and "sentence" not in data:
        return Failed(say("{error}", error=value_from_json(str, data.get("error"), "error")))
    return fields_from_json(kind, data)


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """Something long goes on.

    It is "scan", "features", "learn", "adapt", "evaluate", "robustness" or "save".
    """

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Advanced(Event):
    """A share, in 0-1, of the whole run is done; it never falls.

    So many seconds are left, as far as that is known.
    """

    fraction: float
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Data(Event):
    """What is learned from, how much is wrong in the folder, and what a person has corrected."""

    labels: tuple[str, ...]
    split: SplitReport
    problems: int
    corrections: CorrectionReport | None = None

    def __str__(self) -> str:
        labels = count(len(self.labels), "{n} label", "{n} labels")
        problems = count(self.problems, "{n} problem", "{n} problems")
        text = f"{labels}, {problems} in the folder; {split_text(to_json(self.split))}"
        if self.corrections is None:
            return text
        return f"{text} {corrections_text(self.corrections)}"


@dataclass(frozen=True, slots=True)
class Start(Event):
    """The first of at most `epochs` epochs begins, or a later one of a run that was cut off."""

    architecture: str
    parameters: int
    epochs: int
    first_epoch: int
    batches: int

    def __str__(self) -> str:
        most = count(self.epochs, "at most {n} epoch", "at most {n} epochs")
        return f"{self.architecture}, {self.parameters:,} parameters, {most}"


@dataclass(frozen=True, slots=True)
class Batch(Event):
    """Some batches of an epoch are done; all epochs, if all are needed, in so many seconds."""

    epoch: int
    batch: int
    batches: int
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Epoch(Event):
    """An epoch, counted from 1, is done; the best so far has the lowest validation loss."""

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
    """No further epoch follows, by reason "early", "asked", "diverged" or "done"."""

    reason: str
    best_epoch: int

    def __str__(self) -> str:
        why = {
            "early": "The validation loss has not fallen for long",
            "asked": "Stopped as asked",
            "diverged": "The loss is no number any more",
            "done": "All epochs are done",
        }
        return f"{why.get(self.reason, self.reason)}; epoch {self.best_epoch} is kept."


@dataclass(frozen=True, slots=True)
class Evaluated(Event):
    """The kept epoch was evaluated."""

    evaluation: EvaluationReport

    def __str__(self) -> str:
        e = self.evaluation
        low, high = map(percent, e.accuracy_interval)
        clips = count(e.clips, "{n:,} clip", "{n:,} clips")
        speakers = count(e.speakers, "{n} speaker", "{n} speakers")
        return f"accuracy {percent(e.accuracy)} ({low} to {high}) on {clips} of {speakers}"


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """The model is where it should be."""

    bundle: str

    def __str__(self) -> str:
        return f"saved to {self.bundle}"


@dataclass(frozen=True, slots=True)
class Exported(Event):
    """A network was written to a file."""

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
    """The run ended without a model, and why; in JSON also in English, as ``error``."""

    sentence: Sentence

    def to_json(self) -> str:
        """Return the event as a line of JSON."""
        data = {"event": "failed", "error": str(self), "sentence": self.sentence.to_json()}
        return json.dumps(data)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapted(Adaptation, Event):
    """A copy of a model has been adapted, and lies in the folder `bundle`."""

    bundle: str

    def __str__(self) -> str:
        return "\n".join(
            [
                f"your clips      {_line(self.yours)}, each judged by a copy that had not "
                "learned from it",
                f"standard test   {_line(self.samples + self.rehearsal)}",
                *(["The copy is worse than the model."] if self.worse else []),
                f"saved to {self.bundle}",
            ]
        )


def _line(figure: BeforeAndAfter) -> str:
    if not figure.clips:
        return "no clips"
    before, after = percent(figure.before / figure.clips), percent(figure.after / figure.clips)
    clips = count(figure.clips, "{n:,} clip", "{n:,} clips")
    return f"{before} before, {after} after, of {clips}"


_KINDS = {
    kind.__name__.lower(): kind
    for kind in list(globals().values())
    if isinstance(kind, type) and issubclass(kind, Event)
}


def history_from_json(data: Any) -> list[Epoch]:
    """Read the epochs of ``history.json``; raises ValueError when they are damaged."""
    if not isinstance(data, dict):
        raise ValueError("no epochs")
    return list(value_from_json(tuple[Epoch, ...], data.get("epochs"), "epochs"))


def read_history(bundle: Path) -> list[Epoch]:
    """Return the epochs of a model's training, or none when they were not noted.

    Raises
    ------
    BundleError
        When the file is damaged.
    """
    with reading(bundle, HISTORY_FILE, needed=False):
        file = bundle / HISTORY_FILE
        return history_from_json(read_json(file)) if file.is_file() else []
