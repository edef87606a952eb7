"""A folder, a model and its mistakes, each in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.shell.translation import counted, label_text, percent
from core.dataset.health import ProblemKind

if TYPE_CHECKING:
    from core.dataset.health import FolderReport, SplitReport
    from core.evaluation.report import EvaluationReport

translate = QCoreApplication.translate

_FEW_PEOPLE = 10
"""Of fewer, one who is heard badly changes the figure by more than models differ."""
_COMPARABLE = 0.9
"""The share of the clips that both models must know, so that their figures can be compared."""


def folder_verdict(report: FolderReport) -> str:
    """Say what a folder is good for."""
    words = counted(
        len(report.labels), translate("verdict", "{n:,} word"), translate("verdict", "{n:,} words")
    )
    one, many = (
        translate("verdict", "{n:,} clip of {words} can be used"),
        translate("verdict", "{n:,} clips of {words} can be used"),
    )
    parts = [counted(report.clips, one, many, words=words)]
    counts = {ProblemKind(kind): n for kind, n in report.problem_counts.items()}
    left_out = sum(n for kind, n in counts.items() if kind.leaves_out)
    if left_out:
        parts.append(
            counted(
                left_out,
                translate("verdict", "{n:,} file is left out"),
                translate("verdict", "{n:,} files are left out"),
            )
        )
    long = counts.get(ProblemKind.LONG, 0)
    if long:
        one = translate("verdict", "{n:,} is longer than a second")
        parts.append(counted(long, one, translate("verdict", "{n:,} are longer than a second")))
    if report.speakers == 1:
        parts.append(
            translate("verdict", "one person: how well others are understood cannot be tested")
        )
    elif report.speakers:
        people = counted(
            report.speakers,
            translate("verdict", "{n:,} person"),
            translate("verdict", "{n:,} people"),
        )
        weak = translate("verdict", "{people}: the test is weak")
        parts.append(weak.format(people=people) if report.speakers < _FEW_PEOPLE else people)
    return "; ".join(parts) + "."


def model_verdict(
    figures: EvaluationReport,
    split: SplitReport | None,
    in_use: EvaluationReport | None = None,
) -> str:
    """Say how good a new model is, how much better than the one in use, and what it mistakes.

    Parameters
    ----------
    figures : EvaluationReport
    split : SplitReport or None
        How its folder was divided.
    in_use : EvaluationReport or None
        What the model in use has right of the same clips.
    """
    if split is None or split.unknown_speakers:
        right = translate("verdict", "{share} right")
    elif split.kind == "speaker" and not split.shared_speakers:
        right = translate("verdict", "{share} right for people it never heard")
    else:
        right = translate("verdict", "{share} right for people it has heard")
    good = right.format(share=percent(figures.accuracy))
    parts = [good if in_use is None else f"{good}, {_compared(figures, in_use)}"]
    worst = confusions(figures)
    if worst:
        said, heard, _ = worst[0]
        text = translate("verdict", "it takes “{said}” for “{heard}” most often")
        parts.append(text.format(said=label_text(said), heard=label_text(heard)))
    return "; ".join(parts) + "."


def _compared(figures: EvaluationReport, in_use: EvaluationReport) -> str:
    if in_use.clips < _COMPARABLE * figures.clips:
        return translate("verdict", "with words that the model in use does not know")
    points = round(100 * figures.accuracy) - round(100 * in_use.accuracy)
    if points > 0:
        one, many = (
            translate("verdict", "{n} point better than the model in use"),
            translate("verdict", "{n} points better than the model in use"),
        )
        return counted(points, one, many)
    if points < 0:
        one, many = (
            translate("verdict", "{n} point worse than the model in use"),
            translate("verdict", "{n} points worse than the model in use"),
        )
        return counted(-points, one, many)
    return translate("verdict", "as good as the model in use")


def confusions(figures: EvaluationReport) -> list[tuple[str, str, int]]:
    """Return what is taken for what, and how often; the most frequent first."""
    labels = figures.labels
    found = [
        (said, heard, count)
        for said, row in zip(labels, figures.confusion, strict=True)
        for heard, count in zip(labels, row, strict=True)
        if said != heard and count
    ]
    return sorted(found, key=lambda each: -each[2])
