"""Finds every word of the recording that is looked at, however long, while somebody looks."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.shell.model_in_use import Network
from app.shell.task_runner import Task, TaskRunner
from app.shell.translation import translated
from core.sound.clip import SAMPLE_RATE
from core.sound.decoder import ReadingStopped

if TYPE_CHECKING:
    from pathlib import Path

    from app.library.clips import Clip
    from app.shell.model_in_use import ChosenModel, ModelInUse
    from core.errors import SpokenDigitsError
    from core.recognition.words import HeardPart, Word
    from core.sound.clip import FloatArray

STEP_SECONDS = 0.1
"""What a point of the outline stands for."""

_STEP = round(STEP_SECONDS * SAMPLE_RATE)
_SETTLE_MS = 250  # whoever walks through a list is not waiting for this
_TELL_SECONDS = 0.1
_KEPT = 30  # recordings whose words are known still


@dataclass(eq=False)
class FoundWords:
    """What is known of a recording so far; grows while it is heard.

    Parameters
    ----------
    path : Path
    words : list of Word
    rows : dict of Word to Clip
        The same as rows of a list, which know what the person says of them.
    outline : list of float
        The largest amplitude in every `STEP_SECONDS`.
    seconds, claimed_seconds : float
        How far it is heard, and how long it says it is.
    done, breaks_off : bool
    """

    path: Path
    words: list[Word] = field(default_factory=list)
    rows: dict[Word, Clip] = field(default_factory=dict)
    outline: list[float] = field(default_factory=list)
    seconds: float = 0.0
    claimed_seconds: float = 0.0
    done: bool = False
    breaks_off: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _News:
    """Parts of a recording, with the search that they belong to."""

    search: _Search
    words: list[Word]
    outline: list[float]
    seconds: float
    claimed_seconds: float
    breaks_off: bool


class WordFinder(QObject):
    """Listens to one recording at a time on a thread of its own.

    Parameters
    ----------
    model : ModelInUse

    Signals
    -------
    found(FoundWords)
        More is known of the recording that is looked at, or it is another one.
    stopped()
        It is looked for no more before the end of the recording.
    failed(str)
        Why it cannot be heard.
    """

    found = Signal(object)
    stopped = Signal()
    failed = Signal(str)
    _heard = Signal(object)

    def __init__(self, model: ModelInUse, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._network = Network()
        self._runner = TaskRunner("words", self)
        self._search: _Search | None = None
        self._task: Task | None = None
        self._path: Path | None = None
        self._known: OrderedDict[Path, FoundWords] = OrderedDict()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._begin)
        self._heard.connect(self._on_heard)
        model.changed.connect(self._on_model_changed)
        model.threshold_changed.connect(self._on_model_changed)

    @property
    def searching(self) -> bool:
        """Whether a recording is listened to, or about to be."""
        return self._task is not None or self._settle.isActive()

    def look_at(self, path: Path | None) -> None:
        """Find the words of a recording; None for none."""
        if path == self._path:
            return
        self._stop()
        self._path = path
        if path is not None and path in self._known:
            self._known.move_to_end(path)
            self.found.emit(self._known[path])
        elif path is not None:
            self.found.emit(FoundWords(path))
            self._settle.start()

    def cancel(self) -> None:
        """Look no further; what was found stays."""
        if self.searching:
            self._stop()
            self.stopped.emit()

    def close(self) -> None:
        """Wait for the worker."""
        self._stop()
        self._runner.close()

    def _stop(self) -> None:
        self._settle.stop()
        if self._search is not None:
            self._search.wanted = False
        if self._task is not None:
            self._task.drop()
        self._search = self._task = None

    def _on_model_changed(self, _model: ChosenModel) -> None:
        self._known.clear()
        path, self._path = self._path, None
        self.look_at(path)

    def _begin(self) -> None:
        model, path = self._model.current, self._path
        if model is None or path is None:
            return
        search = self._search = _Search(FoundWords(path))
        self._task = self._runner.submit(
            lambda: self._work(search, model), lambda _: self._on_done(search), self._on_failed
        )

    def _on_heard(self, news: _News) -> None:
        if news.search is not self._search:
            return
        found = news.search.found
        found.words += news.words
        found.outline += news.outline
        found.seconds, found.claimed_seconds = news.seconds, news.claimed_seconds
        found.breaks_off = news.breaks_off
        self.found.emit(found)

    def _on_done(self, search: _Search) -> None:
        self._search = self._task = None
        search.found.done = True
        self._known[search.found.path] = search.found
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.found.emit(search.found)

    def _on_failed(self, error: SpokenDigitsError) -> None:
        self._search = self._task = None
        self.failed.emit(translated(error.sentence))

    # --- on the worker ------------------------------------------------------------------

    def _work(self, search: _Search, model: ChosenModel) -> None:
        from core.recognition.words import words_in

        def should_stop() -> bool:
            return not search.wanted or self._runner.closing

        told = 0.0
        parts: list[HeardPart] = []
        try:
            for part in words_in(search.found.path, self._network.of(model), should_stop):
                parts.append(part)
                first = part.words and not search.told_words
                if first or time.monotonic() - told > _TELL_SECONDS:
                    self._heard.emit(search.news(parts))
                    told, parts = time.monotonic(), []
        except ReadingStopped:
            return
        self._heard.emit(search.news(parts, last=True))


class _Search:
    """One recording that is listened to; what is not the GUI's is the worker's."""

    def __init__(self, found: FoundWords) -> None:
        self.found = found
        self.wanted = True
        self.told_words = False
        self._rest = np.zeros(0, np.float32)
        self._seconds = self._claimed = 0.0

    def news(self, parts: list[HeardPart], last: bool = False) -> _News:
        """Return what is new."""
        words = [word for part in parts for word in part.words]
        self.told_words = self.told_words or bool(words)
        if parts:
            self._seconds, self._claimed = parts[-1].seconds, parts[-1].claimed_seconds
        breaks_off = bool(parts) and parts[-1].breaks_off
        outline = self._outline([part.samples for part in parts], last)
        return _News(self, words, outline, self._seconds, self._claimed, breaks_off)

    def _outline(self, samples: list[FloatArray], last: bool) -> list[float]:
        sound = np.abs(np.concatenate([self._rest, *samples]))
        if last:
            sound = np.pad(sound, (0, -sound.size % _STEP))
        whole = sound.size // _STEP * _STEP
        self._rest = sound[whole:]
        return [float(peak) for peak in sound[:whole].reshape(-1, _STEP).max(axis=1)]
