"""The Train tab: from a folder to a model in use, and the models that there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.shell.dialogs import ask_where_to_save
from app.shell.job import Ending, Outcome
from app.shell.translation import translated
from app.train.controller import RunState, TrainingController
from app.train.data_page import DataPage
from app.train.models_panel import ModelsPanel
from app.train.results_page import ResultsPage
from app.train.run_page import RunPage, curves_file
from app.train.verdict import model_verdict
from app.widgets.layout import in_row
from core.errors import BundleError, WritingError
from core.evaluation.report import EvaluationReport, read_evaluation
from core.export.tables import report_csv
from core.files import write_new
from core.records import json_bytes, to_json
from core.training.events import Data, Evaluated, read_history

if TYPE_CHECKING:
    from app.library.changes import Changes
    from app.library.clips import Clip
    from app.shell.settings import Settings
    from core.dataset.health import FolderReport, SplitReport
    from core.training.events import Epoch, Event
    from core.training.run_folder import RunFolder


@dataclass(slots=True)
class _NewModel:
    """What is known so far of the model that is made: `rival` is asked about the same clips."""

    path: Path | None = None
    split: SplitReport | None = None
    figures: EvaluationReport | None = None
    rival: Path | None = None


class TrainTab(QWidget):
    """Connects the training controller with the pages that show it.

    Parameters
    ----------
    controller : TrainingController
    changes : Changes
    settings : Settings

    Signals
    -------
    use_wanted(Path), play_wanted(AudioClip)
        A model is to recognise from now on; a clip is to be heard.
    said(str), failed(str)
        A sentence for the status line: what was done, or what went wrong.
    """

    use_wanted = Signal(object)
    play_wanted = Signal(object)
    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self, controller: TrainingController, changes: Changes, settings: Settings
    ) -> None:
        super().__init__()
        self._controller = controller
        self._comparing: tuple[Path, Path] | None = None
        self._figures: dict[Path, EvaluationReport] = {}
        self._in_use: Path | None = None
        self._new = _NewModel()

        # --- parts ---
        self.data = DataPage(changes, settings)
        self.run = RunPage()
        self.results = ResultsPage(changes, settings)
        self.models = ModelsPanel()
        self.files = (self.data.problems.files, self.results.clips.files)

        # --- layout ---
        self.steps = QStackedWidget()
        self.steps.addWidget(self.data)
        self.steps.addWidget(self.run)
        self.home = QSplitter(Qt.Orientation.Horizontal)
        self.home.setObjectName("train_splitter")
        self.home.addWidget(self.steps)
        self.home.addWidget(self.models)
        self.home.setChildrenCollapsible(False)
        self.home.setStretchFactor(0, 1)
        self.home.setSizes([900, 340])
        self.pages = QStackedWidget()
        self.pages.addWidget(self.home)
        self.pages.addWidget(self.results)
        self.setLayout(in_row(self.pages, margins=(8, 8, 8, 8)))
        self._propose_name()

        # --- connections ---
        controller.scan_progress.connect(self.data.show_progress)
        controller.scan_done.connect(self._on_scan_done)
        controller.scan_failed.connect(self._show_scan_failure)
        controller.speed_known.connect(self.data.show_speed)
        controller.state_changed.connect(self.run.set_state)
        controller.run_told.connect(self._on_run_told)
        controller.run_advanced.connect(self.run.show_how_far)
        controller.run_silent.connect(self.run.set_silent)
        controller.run_ended.connect(self._on_run_ended)
        controller.models_changed.connect(self.models.show_models)
        controller.models_changed.connect(self.data.form.show_models)
        controller.unfinished_changed.connect(self.data.show_unfinished)
        controller.evaluated.connect(self._on_evaluated)
        controller.evaluation_failed.connect(self._on_evaluation_failed)
        controller.exported.connect(lambda path: self.said.emit(self.tr("Saved {0}").format(path)))
        controller.failed.connect(self.failed)
        self.data.scan_wanted.connect(self._scan)
        self.data.cancel_clicked.connect(self._cancel_scan)
        self.data.start_clicked.connect(self._start_run)
        self.data.go_on_clicked.connect(self._go_on)
        self.data.discard_clicked.connect(controller.discard)
        self.data.report_wanted.connect(self._save_report)
        self.data.problems.files.clip_actions.play_wanted.connect(self._play)
        self.run.stop_clicked.connect(controller.stop_run)
        self.run.cancel_clicked.connect(controller.cancel_run)
        self.run.back_clicked.connect(lambda: self.steps.setCurrentWidget(self.data))
        self.results.use_clicked.connect(self._use_new)
        self.results.back_clicked.connect(self.go_back)
        clips = self.results.clips
        clips.play_wanted.connect(self.play_wanted)
        shown = clips.show_clip, clips.show_failure
        clips.read_wanted.connect(lambda path: controller.read_clip(path, *shown))
        self.models.use_clicked.connect(self.use_wanted)
        self.models.show_clicked.connect(self._show_results)
        self.models.evaluate_clicked.connect(self._evaluate)
        self.models.compare_clicked.connect(self._compare)
        self.models.renamed.connect(controller.rename)
        self.models.deleted.connect(controller.delete)
        self.models.export_wanted.connect(controller.export)
        self.models.curves_wanted.connect(self._export_curves)

    def open_folder(self, folder: Path) -> None:
        """Look at a data set."""
        self.go_back()
        if self._controller.state is RunState.IDLE:
            self.steps.setCurrentWidget(self.data)
        self.data.open_folder(folder)

    def show_in_use(self, model: Path) -> None:
        """Mark the model that recognises."""
        self._in_use = model
        self.models.show_in_use(model)

    def go_back(self) -> None:
        """Turn from results to where the next model is made, or where one is being made."""
        self.pages.setCurrentWidget(self.home)

    # --- data ---------------------------------------------------------------------------

    @property
    def _folder(self) -> Path:
        return Path(self.data.folder.text())

    def _scan(self) -> None:
        labels = self.data.labels.ticked() if self.data.report is not None else ()
        self.data.show_scanning()
        form = self.data.form
        self._controller.scan(self._folder, labels, form.division, form.trained)
        self._controller.measure_speed()

    def _cancel_scan(self) -> None:
        self._controller.cancel_scan()
        self._show_scan_failure(self.tr("Cancelled."))

    def _on_scan_done(self, report: FolderReport) -> None:
        self.data.show_report(report)
        self.models.show_folder(self._folder.name)

    def _show_scan_failure(self, sentence: str) -> None:
        self.data.show_failure(sentence)
        self.models.show_folder("")

    def _play(self, clip: Clip) -> None:
        if clip.path is not None:
            self._controller.read_clip(clip.path, self.play_wanted.emit, self.failed.emit)

    def _save_report(self, kind: str) -> None:
        name = f"{self._folder.name}-report.{kind}"
        chosen = ask_where_to_save(self, None, self.tr("Save report"), name, f"*.{kind}")
        report = self.data.report
        if chosen is not None and report is not None:
            data = to_json(report)
            content = report_csv(data).encode() if kind == "csv" else json_bytes(data)
            self._write(chosen[0], content)

    def _write(self, path: Path, content: bytes) -> None:
        """Write a new file."""
        try:
            write_new(path, content)
        except WritingError as error:
            self.failed.emit(translated(error.sentence))
        else:
            self.said.emit(self.tr("Saved {0}").format(path))

    # --- the run ------------------------------------------------------------------------

    def _propose_name(self) -> None:
        wish = f"my digits {datetime.now().astimezone():%Y-%m-%d}"
        self.data.name.setText(self._controller.free_name(wish))

    def _start_run(self) -> None:
        logs = self._controller.library.own.parent / "tensorboard"
        self._controller.start_run(self.data.settings(logs), self.data.form.expected)
        self._show_run()

    def _go_on(self, run: RunFolder) -> None:
        self._controller.go_on(run)
        self._show_run()

    def _show_run(self) -> None:
        if self._controller.state is RunState.RUNNING:
            self._controller.cancel_evaluations()
            self._new = _NewModel()
            self.steps.setCurrentWidget(self.run)

    def _on_run_told(self, event: Event) -> None:
        self.run.tell(event)
        if isinstance(event, Data):
            self._new.split = event.split
        elif isinstance(event, Evaluated):
            self._new.figures = event.evaluation

    def _on_run_ended(self, outcome: Outcome, bundle: str) -> None:
        if bundle:
            self._new.path = Path(bundle)
            self.run.set_ended(self.tr("The new model is “{0}”.").format(self._new.path.name))
            self.said.emit(self.run.status)
            self.models.select(self._new.path)
            self.steps.setCurrentWidget(self.data)
            self._propose_name()
            self._show_new()
        elif outcome.ending is Ending.CANCELLED:
            self.run.set_ended(self.tr("Cancelled. Nothing was kept."))
        else:
            self.run.set_ended(outcome.reason)

    def _show_new(self) -> None:
        """Show the verdict on the new model, and ask the one in use about the same clips."""
        path, figures, folder = self._new.path, self._new.figures, self._controller.folder
        if path is None or figures is None or folder is None:
            return
        self._turn_to_results(folder)
        self.results.show_evaluation(figures, path.name)
        self.results.show_title(model_verdict(figures, self._new.split), decides=True)
        self.results.show_epochs(self._results_of(path)[1])
        self.results.details.setChecked(False)
        if self._in_use is not None:
            self._new.rival = self._in_use
            self._controller.evaluate(self._in_use, folder, like=path)

    def _use_new(self) -> None:
        if self._new.path is not None:
            self.use_wanted.emit(self._new.path)
            self.said.emit(self.tr("“{0}” is in use now.").format(self._new.path.name))
        self.go_back()

    # --- results ------------------------------------------------------------------------

    def _show_results(self, model: Path) -> None:
        self._turn_to_results(self._folder if self.data.folder.text() else None)
        evaluation, epochs = self._results_of(model)
        self.results.show_epochs(epochs)
        if evaluation is not None:
            self.results.show_title(model.name)
            self.results.show_evaluation(evaluation, model.name)

    def _results_of(self, model: Path) -> tuple[EvaluationReport | None, list[Epoch]]:
        """Return what a model said of its test set, and its epochs; say when there is nothing."""
        try:
            evaluation, epochs = read_evaluation(model), read_history(model)
        except BundleError as error:
            self.results.show_title(translated(error.sentence))
            return None, []
        if evaluation is None:
            text = self.tr("“{0}” came without results. Evaluate it on a folder.")
            self.results.show_title(text.format(model.name))
        return evaluation, epochs

    def _evaluate(self, model: Path) -> None:
        self._turn_to_results(self._folder)
        text = self.tr("Evaluating “{0}” on “{1}”…")
        self.results.show_title(text.format(model.name, self._folder.name))
        self._controller.evaluate(model, self._folder)

    def _compare(self, first: Path, second: Path) -> None:
        self._turn_to_results(self._folder)
        text = self.tr("Asking “{0}” and “{1}” about the same clips…")
        self.results.show_title(text.format(first.name, second.name))
        self._comparing = (first, second)
        for model in self._comparing:
            self._controller.evaluate(model, self._folder, like=second)

    def _turn_to_results(self, folder: Path | None) -> None:
        """Show results on the clips of a folder; what is still evaluated counts no more."""
        self._controller.cancel_evaluations()
        self._figures, self._comparing, self._new.rival = {}, None, None
        self.results.clear()
        self.results.folder = folder
        self.pages.setCurrentWidget(self.results)

    def _on_evaluated(self, model: Path, evaluation: EvaluationReport) -> None:
        if model == self._new.rival and self._new.figures is not None:
            verdict = model_verdict(self._new.figures, self._new.split, evaluation)
            self.results.show_title(verdict, decides=True)
            self._new.rival = None
        elif self._comparing is None:
            self.results.show_title(self.tr("“{0}” on “{1}”").format(model.name, self._folder.name))
            self.results.show_evaluation(evaluation, model.name)
        else:
            self._figures[model] = evaluation
            if len(self._figures) == 2:
                first, second = self._comparing
                self.results.show_comparison(
                    (first.name, second.name), (self._figures[first], self._figures[second])
                )

    def _on_evaluation_failed(self, sentence: str) -> None:
        if self._new.rival is None:  # or the verdict stands without a comparison
            self.results.show_title(sentence)

    def _export_curves(self, model: Path, target: Path) -> None:
        self._write(target, curves_file(target.suffix, *self._results_of(model)))
