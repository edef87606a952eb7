"""What leads to a run: a folder, what is to be said of it, a preset, and Start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.shell.translation import translated
from app.train.problems_panel import ProblemsPanel
from app.train.run_form import RunForm, RunSettings
from app.train.unfinished_run import UnfinishedRun
from app.train.verdict import folder_verdict
from app.widgets.label_tables import LabelTable
from app.widgets.layout import in_column, in_page, in_row
from core.dataset.corrections import corrections_text
from core.dataset.splits import split_text
from core.labels import DIGITS
from core.places import expanded
from core.records import to_json

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent

    from app.library.changes import Changes
    from app.shell.settings import Settings
    from core.dataset.health import FolderReport
    from core.recognition.model_library import ModelEntry
    from core.training.presets import MachineSpeed
    from core.training.run_folder import RunFolder

_SETTLE_MS = 400


class DataPage(QWidget):
    """Shows what a folder is good for, and asks for a run.

    Parameters
    ----------
    changes : Changes
    settings : Settings

    Signals
    -------
    scan_wanted()
        The folder, the ticked labels, or the split have changed.
    cancel_clicked(), start_clicked(), teach_clicked()
    report_wanted(str)
        "csv" or "json".
    inspect_folder_wanted(Path)
    go_on_clicked(RunFolder), discard_clicked(RunFolder)
    """

    scan_wanted = Signal()
    cancel_clicked = Signal()
    start_clicked = Signal()
    teach_clicked = Signal()
    report_wanted = Signal(str)
    inspect_folder_wanted = Signal(object)
    go_on_clicked = Signal(object)
    discard_clicked = Signal(object)

    def __init__(self, changes: Changes, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.report: FolderReport | None = None
        self._last_folder = self._asked = ""
        self._speed: MachineSpeed | None = None
        self._unfinished = UnfinishedRun(self)

        # --- parts ---
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(self.tr("A folder with one sub-folder a label"))
        self.folder.setAccessibleName(self.tr("Data set folder"))
        self.folder.setAcceptDrops(False)  # what is dropped here is the page's
        browse = QPushButton(self.tr("&Choose folder…"))
        self._progress = QProgressBar()
        self._progress.setFormat("%p %")
        self._cancel = QPushButton(self.tr("Cancel"))
        self._message, self._split = QLabel(), QLabel()
        for label in (self._message, self._split):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._split.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.labels = LabelTable()
        self.problems = ProblemsPanel(changes, settings)
        self.inspect = QPushButton(self.tr("Inspect clips"))
        self.inspect.setToolTip(self.tr("Look closely at all clips of the folder"))
        self._export = QPushButton(self.tr("Save report"))
        menu = QMenu(self)
        menu.addAction("CSV", lambda: self.report_wanted.emit("csv"))
        menu.addAction("JSON", lambda: self.report_wanted.emit("json"))
        self._export.setMenu(menu)
        self.teach = QPushButton(self.tr("Teach your own &words…"))
        self.form = RunForm()
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.start = QPushButton(self.tr("Start trainin&g"))

        self._lay_out(browse)

        # --- connections ---
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.scan_wanted)
        self._unfinished.go_on_clicked.connect(self.go_on_clicked)
        self._unfinished.discard_clicked.connect(self.discard_clicked)
        browse.clicked.connect(self._browse)
        self.folder.returnPressed.connect(self._on_folder_entered)
        self._cancel.clicked.connect(self.cancel_clicked)
        self.inspect.clicked.connect(
            lambda: self.inspect_folder_wanted.emit(Path(self.folder.text()))
        )
        self.teach.clicked.connect(self.teach_clicked)
        self.labels.ticked_changed.connect(self._on_settings_changed)
        self.form.division_changed.connect(self._on_settings_changed)
        self.form.activated.connect(self.start.click)
        self.start.clicked.connect(self.start_clicked)
        self.show_failure("")

    def _lay_out(self, browse: QPushButton) -> None:
        ticks = []
        for text, labels in (
            (self.tr("Digits"), set(DIGITS)),
            (self.tr("All"), None),
            (self.tr("None"), set()),
        ):
            button = QPushButton(text)
            button.setToolTip(self.tr("Tick these labels"))
            button.clicked.connect(lambda _=False, labels=labels: self._tick(labels))
            ticks.append(button)
        left = in_page((self.labels, 1), in_row(*ticks, None), margins=(0, 0, 4, 0))
        right = in_page(
            (self.problems, 1), in_row(None, self.inspect, self._export), margins=(4, 0, 0, 0)
        )
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setObjectName("data_splitter")
        middle.addWidget(left)
        middle.addWidget(right)
        middle.setChildrenCollapsible(False)
        middle.setSizes([340, 560])
        invitation = QLabel(
            self.tr(
                "Drop a folder of recordings here, or choose one: <label>/<speaker>_nohash_<n>.wav "
                "or <digit>_<speaker>_<n>.wav. Nothing in it is changed.\n\nOr say a few words of "
                "your own: they are recorded, learned and in use in three minutes."
            )
        )
        invitation.setTextFormat(Qt.TextFormat.PlainText)
        invitation.setWordWrap(True)
        invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QStackedWidget()
        self._body.addWidget(
            in_page(
                None, invitation, 8, in_row(None, self.teach, None), None, margins=(64, 0, 64, 0)
            )
        )
        self._body.addWidget(middle)
        bold = self.font()
        bold.setBold(True)
        self._message.setFont(bold)
        self.start.setFont(bold)
        self._message.setMinimumHeight(self._cancel.sizeHint().height())
        name = QLabel(self.tr("Name of the new model"))
        name.setBuddy(self.name)
        self.start.setMinimumSize(200, 40)
        self.setLayout(
            in_column(
                self._unfinished,
                in_row((self.folder, 1), browse),
                in_row((self._message, 1), self._progress, self._cancel),
                self._split,
                (self._body, 1),
                self.form,
                in_row(name, (self.name, 1), 16, self.start),
                margins=(8, 8, 8, 8),
            )
        )

    def settings(self, logs: Path) -> RunSettings:
        """Return what the person chose; TensorBoard's logs would go to a folder."""
        folder, name = Path(self.folder.text()), self.name.text().strip()
        return RunSettings(folder, name, self.labels.ticked(), self.form.options(logs))

    # --- what is shown ------------------------------------------------------------------

    def show_progress(self, done: int, total: int) -> None:
        """Show how far a scan is."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def show_scanning(self) -> None:
        """Show that a scan has begun."""
        self._asked = self.folder.text()
        self._progress.setRange(0, 0)
        self._progress.show()
        self._cancel.show()
        self.start.setEnabled(False)

    def show_idle(self) -> None:
        """Show that no scan is going on."""
        self._progress.hide()
        self._cancel.hide()

    def show_report(self, report: FolderReport) -> None:
        """Show what is in the folder."""
        self.show_idle()
        if report.folder != self._last_folder:
            ticked = set(DIGITS) & set(report.labels)
            self.labels.set_labels(report.labels, ticked if len(ticked) > 1 else set(report.labels))
            self._last_folder = report.folder
            self.problems.show_report(report, Path(self.folder.text()))
        self.report = report
        self._body.setCurrentIndex(1)
        self._message.setText(folder_verdict(report))
        in_turns = self.form.judges_in_turns and len(self.labels.ticked()) > 1
        division = split_text(to_json(report.split)) if report.split else report.split_problem
        text = translated(division) if division else ""
        if report.split is None and in_turns:
            text = self.tr(
                "Nobody can be set aside for the test: each clip is judged by a copy of the "
                "model that has not learned from it."
            )
        if report.corrections is not None:
            text += " " + translated(corrections_text(report.corrections))
        self._split.setText(text.strip())
        self.start.setEnabled(report.split is not None or in_turns)
        self._show_minutes()

    def show_speed(self, speed: MachineSpeed) -> None:
        """Say of each preset how long it takes on this computer."""
        self._speed = speed
        self._show_minutes()

    def show_failure(self, sentence: str) -> None:
        """Say why there is no report."""
        self.show_idle()
        self._message.setText(sentence)
        self._split.clear()
        self.report = None
        self._last_folder = ""
        self._body.setCurrentIndex(0)
        self.start.setEnabled(False)
        self._show_minutes()

    def show_unfinished(self, runs: list[RunFolder]) -> None:
        """Offer to go on with a run that was cut off."""
        self._unfinished.show_runs(runs)

    def show_models(self, models: list[ModelEntry]) -> None:
        """Offer models to start from."""
        self.form.show_models(models)

    @property
    def message(self) -> str:
        """What is said of the folder."""
        return self._message.text()

    @property
    def split_message(self) -> str:
        """What is said of the split."""
        return self._split.text()

    def _show_minutes(self) -> None:
        labels = self.report.labels if self.report is not None else {}
        ticked = [labels[name].clips for name in self.labels.ticked() if name in labels]
        self.form.show_minutes(sum(ticked), self._speed)

    # --- Qt's events ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the folder that is remembered."""
        super().showEvent(event)
        if self.folder.text() not in ("", self._asked):
            self.scan_wanted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a folder."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the folder that was dropped, or the one in which the file lies that was."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_folder(paths[0] if paths[0].is_dir() else paths[0].parent)

    # --- what the person does -----------------------------------------------------------

    def _browse(self) -> None:
        path = QFileDialog.getExistingDirectory(
            self, self.tr("Data set folder"), self.folder.text()
        )
        if path:
            self.open_folder(Path(path))

    def open_folder(self, folder: Path) -> None:
        """Look at a folder."""
        self.folder.setText(str(folder))
        self._on_folder_entered()

    def _on_folder_entered(self) -> None:
        self._last_folder = ""
        if self.folder.text().strip():
            folder = expanded(self.folder.text().strip()).absolute()
            self.folder.setText(str(folder))  # no letter at its beginning is special then
            self.scan_wanted.emit()

    def _on_settings_changed(self) -> None:
        self._show_minutes()
        if self.report is not None:
            self.start.setEnabled(False)
            self._settle.start()

    def _tick(self, labels: set[str] | None) -> None:
        if self.report is not None:
            self.labels.tick(set(self.report.labels) if labels is None else labels)
