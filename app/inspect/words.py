"""Connects the Inspect tab with the words of a recording, and with the strip of all of it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.inspect.word_finder import STEP_SECONDS, WordFinder
from app.inspect.word_table import WordsPanel
from app.shell.translation import label_text, percent
from app.shell.words_menu import ask_for_words_file, write_words
from app.sound_view.marks import WordMark
from app.sound_view.overview import Overview

if TYPE_CHECKING:
    from app.inspect.clips import InspectedClip
    from app.inspect.tab import InspectTab
    from app.inspect.word_finder import FoundWords
    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.shell.model_in_use import ModelInUse
    from app.shell.settings import Settings
    from core.sound.clip import AudioClip, FloatArray

_SHORTEST_SECONDS = 1.0  # a file that is longer may hold more than one word
_OUTLINE = 4000  # steps of the outline of what is in memory


class WordsOfRecording(QObject):
    """Finds the words of what the tab shows, and walks through them.

    Parameters
    ----------
    tab : InspectTab
        Gets the panel and the strip.
    model : ModelInUse
    changes : Changes
        Where words are corrected.
    settings : Settings
        Where the last folder is remembered.

    Signals
    -------
    said(str)
    """

    said = Signal(str)

    def __init__(
        self, tab: InspectTab, model: ModelInUse, changes: Changes, settings: Settings
    ) -> None:
        super().__init__(tab)
        self._tab = tab
        self._settings = settings
        self._look = tab.look
        self._wanted: tuple[float, float] | None = None  # what is to be seen once it is open
        self._item: Clip | None = None
        self._clip: InspectedClip | None = None
        self._found: FoundWords | None = None
        self._marks: tuple[WordMark, ...] = ()
        self.panel, self.overview = WordsPanel(changes, settings), Overview()
        self.finder = WordFinder(model, self)
        tab.set_words(self.panel, self.overview)
        self.panel.hide()
        model.changed.connect(lambda now: self.panel.clip_actions.set_labels(now.metadata.labels))
        if model.current is not None:
            self.panel.clip_actions.set_labels(model.current.metadata.labels)

        controller, table = tab.controller, self.panel.table
        controller.opening.connect(self._on_opening)
        controller.clip_shown.connect(self._on_clip_shown)
        controller.clip_failed.connect(lambda *_: self._forget())
        controller.items_changed.connect(self._on_items_changed)
        self.finder.found.connect(self._on_found)
        self.finder.stopped.connect(self.panel.show_stopped)
        self.finder.failed.connect(self.panel.show_sentence)
        self.panel.cancelled.connect(self.finder.cancel)
        self.panel.save_wanted.connect(self._save)
        table.chosen.connect(self._on_word_chosen)
        table.play_wanted.connect(self._play)
        table.opened.connect(self._play)
        changes.changed.connect(lambda _: self._mark_words())
        tab.look.clicked.connect(self._on_clicked)
        tab.player.cursor_moved.connect(self._on_cursor_moved)
        self._look.range_changed.connect(self._on_range_changed)
        self.overview.moved.connect(self._on_overview_moved)

    def close(self) -> None:
        """Wait for the worker."""
        self.finder.close()

    # --- what is shown ------------------------------------------------------------------

    def _on_opening(self, item: Clip) -> None:
        """Look for words at once where a file takes long to open."""
        self._begin(item, None)
        self.finder.look_at(item.path)

    def _on_clip_shown(self, clip: InspectedClip) -> None:
        if clip.item is not self._item:
            self._begin(clip.item, clip)
        self._clip = clip
        if clip.file_seconds > _SHORTEST_SECONDS:
            self.panel.show()  # and it stays for this list, so that nothing jumps
            self.finder.look_at(clip.item.path)
        else:
            self.finder.look_at(None)
            self.panel.clear()
        if clip.file_seconds <= clip.clip.seconds:
            self.overview.set_sound(*_outline(clip.clip), clip.clip.seconds)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._go_to(*wanted)
        self._show_found()
        self._on_range_changed(self._look.start, self._look.stop)

    def _begin(self, item: Clip | None, clip: InspectedClip | None) -> None:
        self._item, self._clip, self._found, self._wanted = item, clip, None, None
        self.panel.clear()
        self._tab.panes.set_words(())
        self.overview.set_words([])
        self.overview.set_sound([], STEP_SECONDS, 0.0)

    def _on_items_changed(self, items: list[Clip], _sentence: str) -> None:
        self.panel.hide()  # until there is a clip that is longer than a word
        if not items:
            self._forget()

    def _forget(self) -> None:
        self._begin(None, None)
        self.finder.look_at(None)

    def _on_found(self, found: FoundWords) -> None:
        if self._item is None or self._item.path != found.path:
            return
        known = len(self.panel.words) if found is self._found else 0
        more = found is not self._found or len(found.words) != known
        self._found = found
        self.panel.show_found(found)
        if more:
            self._mark_words(known)
            self.overview.set_words([word.start for word in found.words])
        self._show_found()

    def _show_found(self) -> None:
        found, clip = self._found, self._clip
        if found is None or (clip is not None and clip.file_seconds <= _SHORTEST_SECONDS):
            return
        if clip is None or clip.file_seconds > clip.clip.seconds:
            length = max(found.claimed_seconds, found.seconds, clip.file_seconds if clip else 0.0)
            self.overview.set_sound(found.outline, STEP_SECONDS, length)
        if clip is not None and found.done and len(found.words) != 1:
            clip.item.words = len(found.words)
            self._tab.show_answer(clip, self.panel.text)

    def _mark_words(self, known: int = 0) -> None:
        """Mark the words anew, or those only that come after as many known ones."""
        new = islice(self.panel.words.values(), known, None)
        self._marks = (*self._marks[:known], *map(_mark, new))
        self._tab.panes.set_words(self._marks)

    def _on_range_changed(self, start: float, stop: float) -> None:
        at = self._look.offset
        self.overview.set_range(at + start, at + stop)

    def _on_cursor_moved(self, seconds: float | None) -> None:
        self.overview.set_cursor(None if seconds is None else self._look.offset + seconds)

    # --- what the person does -----------------------------------------------------------

    def _on_overview_moved(self, middle: float) -> None:
        half = self._look.visible / 2
        self._go_to(middle - half, middle + half, select=False)

    def _on_word_chosen(self, word: Clip) -> None:
        if word.start is not None and word.stop is not None:
            self._go_to(word.start, word.stop)

    def _go_to(self, start: float, stop: float, select: bool = True) -> None:
        """Look at a stretch of the file; where it is not open yet, it is opened."""
        clip, at = self._clip, self._look.offset
        if clip is None:
            return
        middle = (start + stop) / 2
        if not clip.offset <= middle <= clip.offset + clip.clip.seconds:
            self._wanted = (start, stop) if select else None
            self._tab.controller.show_around(middle)
        elif select:
            self._look.look_at(start - at, stop - at)
        else:
            self._look.show_range(start - at, stop - at)

    def _on_clicked(self, seconds: float) -> None:
        at = self._look.offset + seconds
        table = self.panel.table
        words = self.panel.words.items()
        clip = next((clip for word, clip in words if word.start <= at <= word.end), None)
        if clip is not None:
            table.mark(clip)
            self._on_word_chosen(clip)

    def _play(self, word: Clip) -> None:
        self._tab.player.stop()
        self._on_word_chosen(word)
        if self._wanted is None:
            self._tab.play()

    def _save(self, name: str) -> None:
        if self._clip is None or self._clip.item.path is None:
            return
        said = self.panel.transcript
        path = ask_for_words_file(self.panel, self._settings, name, self._clip.item.path.stem)
        if path is not None:
            self._tab.controller.run(lambda: write_words(path, name, said), self.said.emit)


def _mark(word: Clip) -> WordMark:
    start, stop, sure = word.start or 0.0, word.stop or 0.0, percent(word.confidence or 0.0)
    return WordMark(start, stop, f"{label_text(word.label or word.best)} {sure}")


def _outline(clip: AudioClip) -> tuple[FloatArray, float]:
    """Return the largest amplitudes of a clip in equal steps, and how long a step is."""
    size = -(-clip.samples.size // _OUTLINE)
    starts = np.arange(0, clip.samples.size, size)
    peaks = np.maximum.reduceat(np.abs(clip.samples), starts)
    return peaks, size / clip.sample_rate
