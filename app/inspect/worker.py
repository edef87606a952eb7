"""What the worker thread of the Inspect tab does, some of it before anybody asks for it."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.inspect.clips import InspectedClip
from app.library.clips import Clip
from app.library.hearing import Heard
from app.library.review import read_corrections
from app.shell.model_in_use import Network
from app.shell.translation import translated
from app.sound_view.picture import draw
from core.dataset.layouts import Layout, Named, digit_alone
from core.errors import SoundFileError
from core.labels import BACKGROUND_NOISE, DIGITS
from core.sound.clip import SAMPLE_RATE
from core.sound.levels import loudest_dbfs
from core.sound.sound_file import (
    SOUND_SUFFIXES,
    FileSecond,
    find_sound_names,
    read_clip,
    read_second,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from app.library.hearing import Hearing
    from app.shell.model_in_use import ChosenModel
    from app.shell.task_runner import Task, TaskRunner
    from app.sound_view.picture import ViewSettings
    from core.errors import SpokenDigitsError
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip
    from core.sound.levels import SoundProblem

LONGEST_SECONDS = 600.0
"""Of a longer file, ten minutes around its loudest second are shown."""
_KEPT_SAMPLES = 4_000_000  # of the clips that are kept open: a few hundred of one second
_AHEAD = (1, -1, 2, -2)  # rows to open before they are asked for


class InspectWorker:
    """Opens clips, asks the model, and draws pictures; lives on one thread."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        self._should_stop = should_stop
        self.network = Network()

    def open(
        self,
        item: Clip,
        settings: ViewSettings,
        model: ChosenModel | None,
    ) -> InspectedClip:
        """Read, recognise and draw a clip; of one that is too long, what is around its loudest.

        Raises
        ------
        SoundFileError
            When its file is gone or cannot be read.
        """
        second = self._second_of(item)
        take = second.clip
        recorded, start, before = second.recorded, 0.0, 0.0
        note = translated(second.note) if second.note else ""
        if second.file_seconds > recorded.seconds:
            recorded, before = self._around(item, second.file_seconds, second.start_seconds)
            start = second.start_seconds - before
            translate = QCoreApplication.translate
            note = translate("inspect", "the model is given the dotted second")
            if second.file_seconds > LONGEST_SECONDS:
                note = translate("inspect", "ten minutes of it are shown; drag the overview")
        clip = recorded if settings.as_recorded else recorded.resampled(SAMPLE_RATE)
        if clip.seconds < 1:
            clip = clip.fitted(clip.sample_rate)
        picture = draw(clip, settings.picture)
        prediction = self._ask(model, take, item.known_problem)
        return InspectedClip(
            item,
            clip,
            take,
            start,
            second.file_seconds,
            prediction,
            picture,
            settings,
            note,
            before,
        )

    def redo(
        self, clip: InspectedClip, settings: ViewSettings, model: ChosenModel | None
    ) -> InspectedClip:
        """Look at a clip in another way, ask another model about it, or both."""
        if settings.as_recorded != clip.settings.as_recorded:
            return replace(self.open(clip.item, settings, model), take=clip.take)
        prediction, picture = clip.prediction, clip.picture
        if model is not None and (prediction is None or prediction.bundle != model.path):
            prediction = self._ask(model, clip.take, clip.item.known_problem)
        if settings.picture != clip.settings.picture:
            picture = draw(clip.clip, settings.picture)
        return replace(clip, prediction=prediction, picture=picture, settings=settings)

    def _ask(
        self, model: ChosenModel | None, take: AudioClip, problem: SoundProblem | None
    ) -> Prediction | None:
        return self.network.of(model).recognise(take, problem) if model is not None else None

    def _second_of(self, item: Clip) -> FileSecond:
        if item.sound is not None:
            return FileSecond(item.sound, item.sound.seconds, 0.0)
        assert item.path is not None
        return read_second(item.path, self._should_stop)

    def move(self, clip: InspectedClip, settings: ViewSettings, middle: float) -> InspectedClip:
        """Look at another part of a file that is too long to be shown at once."""
        recorded, before = self._around(clip.item, clip.file_seconds, middle)
        sound = recorded if settings.as_recorded else recorded.resampled(SAMPLE_RATE)
        picture = draw(sound, settings.picture)
        start = clip.take_start + clip.offset - before
        return replace(
            clip, clip=sound, picture=picture, settings=settings, offset=before, take_start=start
        )

    def _around(self, item: Clip, file_seconds: float, middle: float) -> tuple[AudioClip, float]:
        """Return the whole sound, or the longest that is shown, and where it begins."""
        assert item.path is not None
        latest = file_seconds - LONGEST_SECONDS
        before = float(int(max(0.0, min(middle - LONGEST_SECONDS / 2, latest))))
        return read_clip(item.path, LONGEST_SECONDS, before, self._should_stop), before


class Prefetcher:
    """Opens the neighbours of a row before they are asked for; then clips are heard.

    Parameters
    ----------
    worker : InspectWorker
    runner : TaskRunner
    hearing : Hearing
        Hears the clips of the list when nobody waits; on the same thread.
    """

    def __init__(self, worker: InspectWorker, runner: TaskRunner, hearing: Hearing) -> None:
        self._worker = worker
        self._runner = runner
        self._hearing = hearing
        self._asked: tuple[Clip | None, ViewSettings] | None = None
        self._open: OrderedDict[Clip, InspectedClip] = OrderedDict()
        self._failed: set[Clip] = set()
        self._ahead: list[Clip] = []  # the neighbours that are to be opened still
        self._task: Task | None = None

    def take(self, item: Clip) -> InspectedClip | None:
        """Return a clip that is open, or None."""
        clip = self._open.get(item)
        if clip is not None:
            self._open.move_to_end(item)
        return clip

    def keep(self, clip: InspectedClip) -> None:
        """Keep a clip that was opened; those that were not looked at for longest make room."""
        self._open[clip.item] = clip
        kept = sum(each.clip.samples.size for each in self._open.values())
        while kept > _KEPT_SAMPLES and len(self._open) > 1:
            kept -= self._open.popitem(last=False)[1].clip.samples.size
        self._failed.discard(clip.item)
        self._note(clip.item, Heard(clip.prediction, clip.file_seconds, loudest_dbfs(clip.take)))

    def note_failure(self, item: Clip, sentence: str) -> None:
        """Take notice that a clip cannot be read."""
        self._failed.add(item)
        self._note(item, Heard(sentence=sentence))

    def forget(self) -> None:
        """Drop what was opened, or is being opened, in a way that counts no more."""
        self._open.clear()
        self._asked = None
        self._failed.clear()
        if self._task is not None:
            self._task.drop()
            self._task = None

    def set_threshold(self, threshold: float) -> None:
        """Judge what is open anew."""
        for item, clip in self._open.items():
            self._open[item] = clip.judged(threshold)

    def do_more(
        self,
        items: Sequence[Clip],
        row: int,
        settings: ViewSettings,
        model: ChosenModel | None,
    ) -> None:
        """Open the neighbours of a row, then let clips be heard."""
        item = items[row] if 0 <= row < len(items) else None
        if (item, settings) != self._asked:
            rows = (row + step for step in _AHEAD)
            self._ahead = [items[each] for each in rows if 0 <= each < len(items)]
        self._asked, self._settings, self._model = (item, settings), settings, model
        self._do_next()

    def pause(self) -> None:
        """Begin nothing until `do_more`, because somebody waits for the worker."""
        self._ahead.clear()
        self._hearing.pause()

    def _do_next(self) -> None:
        if self._task is not None:
            return
        settings, model, item = self._settings, self._model, self._next_neighbour()
        if item is None:
            self._hearing.resume()
            return

        def on_done(clip: InspectedClip) -> None:
            self._task = None
            self.keep(clip)
            self._do_next()

        def on_error(error: SpokenDigitsError) -> None:
            self._task = None
            self.note_failure(item, translated(error.sentence))
            self._do_next()

        self._task = self._runner.submit(
            lambda: self._worker.open(item, settings, model), on_done, on_error
        )

    def _next_neighbour(self) -> Clip | None:
        """Return the next to open; each is opened once, or long ones would push out each other."""
        while self._ahead:
            item = self._ahead.pop(0)
            if item not in self._open and item not in self._failed:
                return item
        return None

    def _note(self, item: Clip, heard: Heard) -> None:
        self._hearing.note(item, heard)
        self._hearing.heard.emit([item])


def collect(
    paths: list[Path], should_stop: Callable[[], bool], words: Collection[str] = DIGITS
) -> list[Clip]:
    """List the files that are meant by files and folders, with the words that they are named after.

    Parameters
    ----------
    paths : list of Path
    should_stop : callable
    words : collection of str
        What the model knows: by one of them, a folder is known to be a data set.

    Raises
    ------
    SoundFileError
        When folders were given and nothing is in them.
    DataSetError
        When the list of corrections beside a folder is damaged.
    """
    items: list[Clip] = []
    for path in paths:
        if path.is_dir():
            items += _clips_of(path, find_sound_names(path, should_stop), words)
        else:
            named = digit_alone(path.parent.name, path.name)
            items.append(Clip(path.name, path, folder=path.parent.as_posix(), named=named))
    if not items and paths and not should_stop():
        names = ", ".join(path.name or str(path) for path in paths)
        kinds = ", ".join(SOUND_SUFFIXES)
        raise SoundFileError(
            "There is no sound file ({kinds}) in {names}.", kinds=kinds, names=names
        )
    folders = {item.folder: item.folder.split("/") for item in items}
    levels = zip(*folders.values(), strict=False)
    same = sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))
    differing = {folder: "/".join(parts[same:]) for folder, parts in folders.items()}
    for item in items:
        item.folder = differing[item.folder]
    return items


def _clips_of(folder: Path, names: list[tuple[str, ...]], words: Collection[str]) -> list[Clip]:
    """Return the clips of a folder, as a training would read their names."""
    top, root = folder.as_posix(), str(folder / "_")[:-1]
    layout = Layout(names)
    labels = [_label(layout, parts) for parts in names]
    known = {*words, *DIGITS}
    folders = {part for parts in names for part in parts[:-1]}
    if known.isdisjoint(folders) and 2 * sum(map(known.__contains__, labels)) < len(labels):
        labels = [None] * len(names)  # its folders are named after something else than words
    clips = []
    for parts, label in zip(names, labels, strict=True):
        *above, name = parts
        where, data_set = "/".join([top, *above]), None if label is None else folder
        named = digit_alone("", name) if label is None else label
        file = Path(root + os.sep.join(parts))  # noqa: PTH118 - joinpath takes far longer
        clips.append(Clip(name, file, folder=where, named=named, data_set=data_set))
    read_corrections(folder, clips)
    return clips


def _label(layout: Layout, parts: tuple[str, ...]) -> str | None:
    if BACKGROUND_NOISE in parts[:-1]:
        return BACKGROUND_NOISE
    read = layout.read(parts)
    return read.label if isinstance(read, Named) else None
