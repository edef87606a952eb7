"""What the worker thread of the Inspect tab does, and what it does before anybody asks for it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.inspect.clips import ClipItem, Glance, InspectedClip, glance_at
from app.library.clips import Clip
from app.shell.model_in_use import Network
from app.shell.translation import translated
from app.sound_view.picture import draw
from core.errors import SoundFileError
from core.sound.clip import SAMPLE_RATE
from core.sound.sound_file import (
    SOUND_SUFFIXES,
    FileSecond,
    find_sound_files,
    read_clip,
    read_second,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
        self._network = Network()

    def open(
        self,
        item: ClipItem,
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
        prediction = self._ask(model, take, item.problem)
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
            prediction = self._ask(model, clip.take, clip.item.problem)
        if settings.picture != clip.settings.picture:
            picture = draw(clip.clip, settings.picture)
        return replace(clip, prediction=prediction, picture=picture, settings=settings)

    def glance(self, item: ClipItem, model: ChosenModel | None) -> Glance:
        """Say what the list says of a clip; a file that cannot be read has a sentence."""
        try:
            second = self._second_of(item)
        except SoundFileError as error:
            return Glance(None, sentence=translated(error.sentence))
        return glance_at(second.file_seconds, self._ask(model, second.clip, item.problem))

    def _ask(
        self, model: ChosenModel | None, take: AudioClip, problem: SoundProblem | None
    ) -> Prediction | None:
        return self._network.of(model).recognise(take, problem) if model is not None else None

    def _second_of(self, item: ClipItem) -> FileSecond:
        if item.clip is not None:
            return FileSecond(item.clip, item.clip.seconds, 0.0)
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

    def _around(
        self, item: ClipItem, file_seconds: float, middle: float
    ) -> tuple[AudioClip, float]:
        """Return the whole sound, or the longest that is shown, and where it begins."""
        assert item.path is not None
        latest = file_seconds - LONGEST_SECONDS
        before = float(int(max(0.0, min(middle - LONGEST_SECONDS / 2, latest))))
        return read_clip(item.path, LONGEST_SECONDS, before, self._should_stop), before


def take_around(path: Path, middle: float) -> Clip:
    """Return the second around a second of a file, to be kept as a recording.

    Raises
    ------
    SoundFileError
    """
    clip = read_clip(path, 1.0, max(0.0, middle - 0.5)).resampled(SAMPLE_RATE).fitted()
    now = datetime.now().astimezone()
    return Clip(path.name, sound=clip, time=now)


class Prefetcher(QObject):
    """Opens the neighbours of a row, and looks into the visible rows, one thing after another.

    Signals: ``glanced(ClipItem, Glance)`` with what the list is to say of a clip.
    """

    glanced = Signal(object, object)

    def __init__(self, worker: InspectWorker, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._runner = runner
        self._items: list[ClipItem] = []
        self._row = -1
        self._settings: ViewSettings | None = None
        self._model: ChosenModel | None = None
        self._visible = range(0)
        self._open: OrderedDict[ClipItem, InspectedClip] = OrderedDict()
        self._glanced: set[ClipItem] = set()
        self._unreadable: set[ClipItem] = set()
        self._ahead: list[ClipItem] = []  # the neighbours that are to be opened still
        self._task: Task | None = None

    def set_items(self, items: list[ClipItem]) -> None:
        """Serve another list."""
        self.forget_open()
        self.forget_glances()
        self._items, self._row, self._visible = items, -1, range(0)

    def take(self, item: ClipItem) -> InspectedClip | None:
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
        self._unreadable.discard(clip.item)
        self._tell(clip.item, clip.glance)

    def note_failure(self, item: ClipItem, sentence: str) -> None:
        """Take notice that a clip cannot be read."""
        self._unreadable.add(item)
        self._glanced.discard(item)
        self._tell(item, Glance(None, sentence=sentence))

    def forget_open(self) -> None:
        """Drop what was opened, or is being opened, in a way that counts no more."""
        self._open.clear()
        self._row = -1
        if self._task is not None:
            self._task.drop()
            self._task = None

    def set_threshold(self, threshold: float) -> None:
        """Judge what is open anew, and look into every row again when it is seen."""
        self.forget_glances()
        for item, clip in self._open.items():
            self._open[item] = clip.judged(threshold)

    def forget_glances(self) -> None:
        """Look into every row again when it is seen."""
        self._glanced.clear()
        self._unreadable.clear()

    def set_visible_rows(self, first: int, last: int) -> None:
        """Take notice of which rows can be seen: only they are looked into."""
        self._visible = range(max(0, first), min(last + 1, len(self._items)))

    def do_more(self, row: int, settings: ViewSettings, model: ChosenModel | None) -> None:
        """Open the neighbours of a row and look into the visible rows."""
        if (row, settings) != (self._row, self._settings):
            rows = (row + step for step in _AHEAD)
            self._ahead = [self._items[each] for each in rows if 0 <= each < len(self._items)]
        self._row, self._settings, self._model = row, settings, model
        self._do_next()

    def pause(self) -> None:
        """Begin nothing until `do_more`, because somebody waits for the worker."""
        self._settings = None

    def _do_next(self) -> None:
        settings, model = self._settings, self._model
        if self._task is not None or settings is None:
            return
        neighbour = self._next_neighbour()
        if neighbour is not None:
            self._begin(neighbour, lambda: self._worker.open(neighbour, settings, model), self.keep)
            return
        unknown = next((row for row in self._visible if self._items[row] not in self._glanced), -1)
        if unknown >= 0:
            item = self._items[unknown]
            self._begin(
                item,
                lambda: self._worker.glance(item, model),
                lambda glance: self._tell(item, glance),
            )

    def _next_neighbour(self) -> ClipItem | None:
        """Return the next to open; each is opened once, or long ones would push out each other."""
        while self._ahead:
            item = self._ahead.pop(0)
            if item not in self._open and item not in self._unreadable:
                return item
        return None

    def _begin(
        self, item: ClipItem, work: Callable[[], Any], on_result: Callable[[Any], None]
    ) -> None:
        def on_done(result: Any) -> None:
            self._task = None
            on_result(result)
            self._do_next()

        def on_error(error: SpokenDigitsError) -> None:
            self._task = None
            self.note_failure(item, translated(error.sentence))
            self._do_next()

        self._task = self._runner.submit(work, on_done, on_error)

    def _tell(self, item: ClipItem, glance: Glance) -> None:
        if item not in self._glanced:
            self._glanced.add(item)
            self.glanced.emit(item, glance)


def collect(paths: list[Path], should_stop: Callable[[], bool]) -> list[ClipItem]:
    """List the files that are meant by files and folders.

    Raises
    ------
    SoundFileError
        When folders were given and nothing is in them.
    """
    items: list[ClipItem] = []
    for path in paths:
        if path.is_dir():
            above = len(str(path / "_")) - 1
            found = find_sound_files(path, should_stop)
            items += [ClipItem(str(file)[above:], file) for file in found]
        else:
            items.append(ClipItem(path.name, path))
    if not items and paths and not should_stop():
        names = ", ".join(path.name or str(path) for path in paths)
        kinds = ", ".join(SOUND_SUFFIXES)
        raise SoundFileError(
            "There is no sound file ({kinds}) in {names}.", kinds=kinds, names=names
        )
    return items
