"""Takes: what was spoken or heard, what a file holds, and what the model says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.library.clips import Clip, Origin, picture_of, sound_of
from app.shell.translation import fill, translated
from core.sound.capture import Take
from core.sound.levels import find_problem, loudest_dbfs
from core.sound.sound_file import read_second

if TYPE_CHECKING:
    from pathlib import Path

    from app.shell.exports import Exportable
    from app.shell.model_in_use import ModelInUse
    from core.recognition.listening import ListeningEvent
    from core.recognition.recogniser import Prediction


def exportable(clip: Clip) -> Exportable | None:
    """Return a take for whoever wants to take it along."""
    from app.shell.exports import Exportable
    from core.export.figures import ClipFigure
    from core.sound.picture import Picture

    if clip.sound is None:
        return None
    time = f"_{clip.time:%Y-%m-%d_%H-%M-%S}" if clip.time is not None else ""
    picture = Picture.of_mel(picture_of(clip.sound))
    return Exportable(
        ClipFigure(f"{clip.label or 'take'}{time}", clip.sound, picture, clip.prediction)
    )


_SHORTEST_SECONDS = 1.2  # of a file whose words are takes
LONGEST_SECONDS = 60.0
"""Of a file whose words are takes; a longer one is better looked at in Inspect."""


# --- on the thread of the model in use ----------------------------------------------------


def analyse(take: Take, model: ModelInUse, origin: Origin) -> Clip:
    """Ask the model about a take."""
    return Clip(
        take.source,
        sound=take.clip,
        origin=origin,
        time=datetime.now().astimezone(),
        prediction=model.ask(take.clip, take.problem),
        seconds=take.clip.seconds,
        level=loudest_dbfs(take.clip),
    )


def analyse_file(path: Path, model: ModelInUse) -> list[Clip]:
    """Do the same with a file: with each of its words, or with a second of it.

    Of a file that is longer than a minute, or holds fewer than two words, the loudest second is
    taken. Where the words are cut out, the note says when they are.
    """

    def should_stop() -> bool:
        return model.runner.closing

    second = read_second(path, should_stop)
    if _SHORTEST_SECONDS < second.file_seconds <= LONGEST_SECONDS:
        events = model.listen(path, should_stop)
        if len(events) > 1:
            return [_word(event, path) for event in events]
    found = analyse(Take(second.clip, path.name, find_problem(second.clip)), model, Origin.OPENED)
    found.note = translated(second.note) if second.note else ""
    found.seconds = second.file_seconds
    return [found]


def _word(event: ListeningEvent, path: Path) -> Clip:
    found = heard_word(event, path.name, Origin.OPENED)
    assert found.sound is not None
    found.sound = replace(found.sound, from_file=True)
    where = QCoreApplication.translate("takes", "a word of the file, from {0:.2f} s on")
    found.note = fill(where, event.start)
    return found


def heard_word(event: ListeningEvent, source: str, origin: Origin) -> Clip:
    """Return the take of a word that was heard in a stream."""
    return Clip(
        source,
        sound=event.clip,
        origin=origin,
        time=datetime.now().astimezone(),
        prediction=event.prediction,
        seconds=event.clip.seconds,
        level=loudest_dbfs(event.clip),
    )


def ask_again(clip: Clip, model: ModelInUse) -> Prediction | None:
    """Ask the model that is in use now about a take."""
    return model.ask(sound_of(clip), clip.known_problem)
