"""The clips that a report or an evaluation names, and which of them speak against a model."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.library.clips import BAD, Clip
from app.train.verdict import confusions
from core.dataset.corrections import CorrectionList, Corrections
from core.errors import DataSetError
from core.labels import printable
from core.recognition.recogniser import Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from core.evaluation.report import ClipResult, EvaluationReport

_MOST_CONFUSIONS, _MOST_CLIPS = 5, 4


class FolderClips:
    """Makes clips of names that come from a file, which anybody may have written.

    What lies outside of the folder has no path, and says so. What the list of corrections beside
    the folder says of a clip was said of it.

    Parameters
    ----------
    folder : Path or None
        None where nobody has said yet where the clips lie.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._place = cache(self._find)  # there are far fewer folders than clips
        self._said = Corrections({})
        if folder is not None:
            self._root = folder.resolve()
            with suppress(DataSetError):  # a damaged list: whoever learns from it says so
                self._said = CorrectionList(folder).read()

    def clip(self, name: str) -> Clip:
        """Return a new clip of a name: its path below the folder, with slashes."""
        above, _, last = name.rpartition("/")
        clip = Clip(printable(last), folder=printable(above))
        translate = QCoreApplication.translate
        if self._folder is None:
            text = translate("clips", "Choose the folder of the recordings to see the clip.")
            clip.problem = text
            return clip
        place, is_inside = self._place(above)
        path = place / last
        if last == ".." or path.is_symlink():
            is_inside = self._holds(path)
        if is_inside:
            clip.path, clip.data_set = path, self._folder
            clip.given = BAD if name in self._said.bad else self._said.labels.get(name)
        else:
            clip.problem = translate("clips", "The clip lies outside of the folder.")
        return clip

    def _find(self, above: str) -> tuple[Path, bool]:
        assert self._folder is not None
        place = self._folder / above
        return place, self._holds(place)

    def _holds(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self._root)
        except (OSError, ValueError, RuntimeError):  # no such name can be, or links in a ring
            return False


class EvaluatedClips:
    """The clips that a model was asked about; each is made when it is listed first.

    Parameters
    ----------
    figures : EvaluationReport
    folder : Path or None
        Where they lie.
    model : str
        Who was asked.
    before : EvaluationReport or None
        What another model had answered.
    """

    def __init__(
        self,
        figures: EvaluationReport,
        folder: Path | None,
        model: str,
        before: EvaluationReport | None = None,
    ) -> None:
        self.figures = figures
        self._model = model
        self._folder = FolderClips(folder)
        self._before = {result.name: result for result in before.clip_results} if before else {}
        self._clips: dict[str, Clip] = {}
        self._labels = cache(lambda best: tuple(dict.fromkeys((best, *figures.labels))))

    def __len__(self) -> int:
        return len(self.figures.clip_results)

    def every(self) -> list[Clip]:
        """Return all of them."""
        return self._listed(self.figures.clip_results)

    def worst(self) -> list[Clip]:
        """Return those of the most frequent confusions, the surest first."""
        found = (self.cell(*cell) for *cell, _ in confusions(self.figures)[:_MOST_CONFUSIONS])
        return [clip for clips in found for clip in clips[:_MOST_CLIPS]]

    def cell(self, said: str, heard: str) -> list[Clip]:
        """Return those of a pair of labels, the surest first."""
        results = self.figures.clip_results
        found = [each for each in results if (each.label, each.answer) == (said, heard)]
        return self._listed(sorted(found, key=lambda each: -each.confidence))

    def of_label(self, label: str) -> list[Clip]:
        """Return those of a label: what was heard as another first, and of it the surest."""
        found = [each for each in self.figures.clip_results if each.label == label]
        found.sort(key=lambda each: (each.answer == label, -each.confidence))
        return self._listed(found)

    def changed(self) -> list[Clip]:
        """Return those of which the other model had heard something else."""
        return self._listed(
            each
            for each in self.figures.clip_results
            if each.name in self._before and self._before[each.name].answer != each.answer
        )

    def _listed(self, results: Iterable[ClipResult]) -> list[Clip]:
        return [self._clips.get(each.name) or self._made(each) for each in results]

    def _made(self, result: ClipResult) -> Clip:
        clip = self._clips[result.name] = self._folder.clip(result.name)
        clip.named = result.label
        clip.prediction = self._prediction(result, self._model)
        before = self._before.get(result.name)
        clip.before = self._prediction(before, "") if before is not None else None
        return clip

    def _prediction(self, result: ClipResult, model: str) -> Prediction:
        """Return all that is known of an answer: its label, and how sure it was."""
        labels = self._labels(result.answer)
        probabilities = np.zeros(len(labels), np.float32)
        probabilities[0] = result.confidence
        return Prediction(labels, probabilities, 0.0, 0.0, model=model, from_file=True)
