"""What is wrong in a folder: the kinds of it, and the clips of each to be heard and corrected."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHeaderView, QWidget

from app.library.model import Column
from app.shell.translation import fill, translated
from app.train.clip_panel import FileTable
from app.train.evaluated_clips import FolderClips
from app.widgets.label_tables import FigureTable
from app.widgets.layout import in_column
from core.dataset.health import ProblemKind
from core.labels import digit_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.shell.settings import Settings
    from core.dataset.health import FolderReport

_LEAST_ROWS = 12  # in a panel that has room for both tables
_OF_NO_CLIP = (ProblemKind.LIST, ProblemKind.FEW_CLIPS, ProblemKind.FEW_LABELS)


class ProblemsPanel(QWidget):
    """A row for each kind of problem, and below them the clips of the one that is chosen.

    Parameters
    ----------
    changes : Changes
    settings : Settings
    """

    def __init__(self, changes: Changes, settings: Settings) -> None:
        super().__init__()
        headers = (self.tr("Problem"), self.tr("What"))
        self.kinds = FigureTable(headers, self.tr("Problems in the folder"))
        self.kinds.setShowGrid(False)
        contents = QHeaderView.ResizeMode.ResizeToContents
        self.kinds.horizontalHeader().setSectionResizeMode(0, contents)
        columns = (Column.NAME, Column.EXPECTED, Column.PROBLEM)
        self.files = FileTable(columns, Column.PROBLEM, "problems", (), changes, settings)
        self.choice = QComboBox()  # of the same kinds, where there is no room for a table of them
        self.choice.setModel(self.kinds.model())
        self.choice.setAccessibleName(self.kinds.accessibleName())
        self.files.line.insertWidget(0, self.choice)
        policy = self.files.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.files.setSizePolicy(policy)
        self._clips: list[list[Clip]] = []
        self.setLayout(in_column(self.kinds, (self.files, 1), spacing=4))
        self.kinds.currentCellChanged.connect(lambda row, *_: self._show_kind(row))
        self.choice.activated.connect(self.kinds.selectRow)

    def show_report(self, report: FolderReport, folder: Path) -> None:
        """List what is wrong; a clip with several problems is one clip."""
        self.files.clip_actions.set_labels(tuple(report.labels))
        made = FolderClips(folder)
        kinds: dict[ProblemKind, list[Clip]] = {}
        clips: dict[str, Clip] = {}
        for problem in report.problems:
            kind = ProblemKind(problem.kind)
            clip = clips.get(problem.path)
            if clip is None:
                clip = clips[problem.path] = made.clip(problem.path)
                clip.named = _label(problem.path, report)
            if kind in _OF_NO_CLIP:
                clip.path = clip.data_set = None
            detail = translated(problem.sentence) if problem.sentence else problem.detail
            told = f"{translated(kind.title)}: {detail}"
            clip.problem = "; ".join(filter(None, (clip.problem, told)))
            kinds.setdefault(kind, []).append(clip)
        rows = []
        for kind, found in kinds.items():
            count = report.problem_counts[kind.value]
            fate = self.tr("left out") if kind.leaves_out else self.tr("used all the same")
            if count > len(found):
                more = self.tr("{0}; {1:,} more in the report")
                fate = fill(more, fate, count - len(found))
            rows.append((fill("{0}: {1:,}", translated(kind.title), count), fate))
        self._clips = list(kinds.values())
        if len(kinds) > 1:
            total = sum(report.problem_counts.values())
            rows.insert(0, (fill(self.tr("all: {0:,}"), total), ""))
            self._clips.insert(0, list(clips.values()))
        self.kinds.show_rows(rows or [(self.tr("Nothing is wrong."), "")])
        self.files.setVisible(bool(rows))
        self._size()
        self.kinds.selectRow(0 if rows else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room between the kinds and their clips."""
        super().resizeEvent(event)
        self._size()

    def _size(self) -> None:
        row = self.fontMetrics().height() + 6
        self.kinds.verticalHeader().setDefaultSectionSize(row)
        header = self.kinds.horizontalHeader().sizeHint().height() + 2
        height = header + self.kinds.rowCount() * row
        self.kinds.setFixedHeight(min(height, max(header + 2 * row, self.height() * 2 // 5)))
        is_low = self.height() < _LEAST_ROWS * row and bool(self._clips)
        self.kinds.setHidden(is_low)
        self.choice.setVisible(is_low)

    def _show_kind(self, row: int) -> None:
        self.choice.setCurrentIndex(row)
        self.files.show_clips(self._clips[row] if 0 <= row < len(self._clips) else ())


def _label(name: str, report: FolderReport) -> str | None:
    """Return the label that a file's folder or name says, if it is one of the data set's."""
    path = PurePosixPath(name)
    said = (path.parent.name, path.name.partition("_")[0])
    words = (digit_of(each) or each for each in said)
    return next((word for word in words if word in report.labels), None)
