"""The Train tab: data, run and results from left to right, the models beside them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QWidget

from app.inspect.clips import ClipItem
from app.shell.dialogs import ask_where_to_save
from app.shell.job import Ending, Outcome
from app.shell.translation import translated
from app.train.controller import RunState, TrainingController
from app.train.data_page import DataPage
from app.train.model_list import read_evaluation, read_history
from app.train.models_panel import ModelsPanel
from app.train.results_page import ResultsPage
from app.train.run_page import RunPage
from core.errors import WritingError
from core.export.tables import curves_csv, report_csv
from core.files import write_new

if TYPE_CHECKING:
    from core.sound.clip import AudioClip
    from core.sound.features import MelSpectrogram


class TrainTab(QWidget):
    """Connects the training controller with the pages that show it.

    Signals
    -------
    use_wanted(Path)
        A model is to recognise from now on.
    play_wanted(AudioClip)
    inspect_wanted(list of ClipItem, int)
        Clips are to be looked at closely, beginning with one of them.
    inspect_folder_wanted(Path)
    said(str), failed(str)
        A sentence for the status line: what was done, or what went wrong.
    """

    use_wanted = Signal(object)
    play_wanted = Signal(object)
    inspect_wanted = Signal(list, int)
    inspect_folder_wanted = Signal(object)
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, controller: TrainingController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._clip: AudioClip | None = None
        self._results_folder: Path | None = None
        self._comparing: tuple[Path, Path] | None = None
        self._figures: dict[str, dict[str, Any]] = {}

        # --- parts ---
        self.data = DataPage()
        self.run = RunPage()
        self.results = ResultsPage()
        self.models = ModelsPanel()
        self.pages = QTabWidget()
        self.pages.addTab(self.data, self.tr("1  Data"))
        self.pages.addTab(self.run, self.tr("2  Run"))
        self.pages.addTab(self.results, self.tr("3  Results"))

        # --- layout ---
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("train_splitter")
        splitter.addWidget(self.pages)
        splitter.addWidget(self.models)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([800, 280])
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(splitter)
        self._propose_name()

        # --- connections ---
        controller.scan_progress.connect(self.data.show_progress)
        controller.scan_done.connect(self.data.show_report)
        controller.scan_failed.connect(self.data.show_failure)
        controller.state_changed.connect(self.run.set_state)
        controller.run_told.connect(self._on_run_told)
        controller.run_silent.connect(self.run.set_silent)
        controller.run_ended.connect(self._on_run_ended)
        controller.models_changed.connect(self.models.show_models)
        controller.models_changed.connect(self.data.show_models)
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
        self.data.inspect_wanted.connect(lambda names: self._inspect(self._folder, names, 0))
        self.data.inspect_folder_clicked.connect(
            lambda: self.inspect_folder_wanted.emit(self._folder)
        )
        self.results.inspect_wanted.connect(self._inspect_results)
        self.run.stop_clicked.connect(controller.stop_run)
        self.run.cancel_clicked.connect(controller.cancel_run)
        self.results.clip_chosen.connect(self._on_clip_chosen)
        self.results.play_clicked.connect(lambda: self.play_wanted.emit(self._clip))
        controller.clip_read.connect(self._on_clip_read)
        controller.clip_failed.connect(self.results.show_clip_failure)
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
        self.data.folder.setText(str(folder))
        self._scan()

    def show_in_use(self, model: Path) -> None:
        """Mark the model that recognises."""
        self.models.show_in_use(model)

    # --- data ---------------------------------------------------------------------------

    @property
    def _folder(self) -> Path:
        return Path(self.data.folder.text())

    def _scan(self) -> None:
        form = self.data.form
        labels = self.data.labels.ticked() if self.data.report is not None else ()
        self.data.show_scanning()
        split = form.split.currentData()
        self._controller.scan(self._folder, labels, split, form.share, form.seed.value())

    def _cancel_scan(self) -> None:
        self._controller.cancel_scan()
        self.data.show_failure(self.tr("Cancelled."))

    def _save_report(self, kind: str) -> None:
        name = f"{self._folder.name}-report.{kind}"
        chosen = ask_where_to_save(self, None, self.tr("Save report"), name, f"*.{kind}")
        report = self.data.report
        if chosen is not None and report is not None:
            text = report_csv(report) if kind == "csv" else json.dumps(report, indent=2)
            self._write(chosen[0], text)

    def _write(self, path: Path, text: str) -> None:
        """Write a new text file."""
        try:
            write_new(path, text.encode())
        except WritingError as error:
            self.failed.emit(translated(error.sentence))
        else:
            self.said.emit(self.tr("Saved {0}").format(path))

    # --- the run ------------------------------------------------------------------------

    def _propose_name(self) -> None:
        wish = f"my digits {datetime.now().astimezone():%Y-%m-%d}"
        self.data.form.name.setText(self._controller.free_name(wish))

    def _start_run(self) -> None:
        logs = self._controller.library.own.parent / "tensorboard"
        form = self.data.form
        settings = form.settings(self._folder, self.data.labels.ticked(), logs)
        self.run.begin()
        self._controller.start_run(settings)
        if self._controller.state is RunState.RUNNING:
            self.pages.setCurrentWidget(self.run)

    def _go_on(self, run: Any) -> None:
        self.run.begin()
        self._controller.go_on(run)
        if self._controller.state is RunState.RUNNING:
            self.pages.setCurrentWidget(self.run)

    def _on_run_told(self, line: dict[str, Any]) -> None:
        self.run.tell(line)
        if line.get("event") == "evaluated":
            self._results_folder = self._controller.folder
            self.results.show_evaluation(self.tr("The new model"), line["evaluation"])

    def _on_run_ended(self, outcome: Outcome, bundle: str) -> None:
        if bundle:
            self.run.set_ended(self.tr("The new model is “{0}”.").format(Path(bundle).name))
            self.models.select(Path(bundle))
            self.pages.setCurrentWidget(self.results)
            self._propose_name()
        elif outcome.ending is Ending.CANCELLED:
            self.run.set_ended(self.tr("Cancelled. Nothing was kept."))
        else:
            self.run.set_ended(outcome.reason)

    # --- results ------------------------------------------------------------------------

    def _show_results(self, model: Path) -> None:
        evaluation = read_evaluation(model)
        if evaluation is None:
            self.results.show_title(
                self.tr("“{0}” came without results. Evaluate it on a folder.").format(model.name)
            )
        else:
            self.results.show_evaluation(model.name, evaluation)
            self._results_folder = self._folder if self.data.folder.text() else None
        self.run.curves.set_epochs(read_history(model))
        self.pages.setCurrentWidget(self.results)

    def _evaluate(self, model: Path) -> None:
        if self.data.report is None:
            self.results.show_title(self.tr("Choose a folder of recordings under Data first."))
        else:
            self.results.show_title(self.tr("Evaluating “{0}”…").format(model.name))
            self._comparing = None
            self._results_folder = self._folder
            self._controller.evaluate(model, self._folder)
        self.pages.setCurrentWidget(self.results)

    def _compare(self, first: Path, second: Path) -> None:
        self.pages.setCurrentWidget(self.results)
        if self.data.report is None:
            self.results.show_title(self.tr("Choose a folder of recordings under Data first."))
            return
        self.results.show_title(self.tr("Evaluating both models…"))
        self._comparing, self._figures = (first, second), {}
        for model in (first, second):
            self._controller.evaluate(model, self._folder, like=second)

    def _on_evaluated(self, model: str, evaluation: dict[str, Any]) -> None:
        if self._comparing is None:
            self.results.show_evaluation(Path(model).name, evaluation)
            return
        self._figures[model] = evaluation
        if len(self._figures) == 2:
            first, second = self._comparing
            figures = (self._figures[str(first)], self._figures[str(second)])
            self.results.show_comparison((first.name, second.name), figures)

    def _on_evaluation_failed(self, sentence: str) -> None:
        self.results.show_title(sentence)

    def _on_clip_chosen(self, name: str) -> None:
        if self._results_folder is None:
            self.results.show_clip_failure(
                self.tr("Choose the folder of the recordings under Data to see the clip.")
            )
            return
        path = self._results_folder / name
        if path.resolve().is_relative_to(self._results_folder.resolve()):
            self._controller.read_clip(path)
        else:  # the names come from a file, which anybody may have written
            self.results.show_clip_failure(self.tr("The clip lies outside of the folder."))

    def _inspect_results(self, names: list[str], row: int) -> None:
        if self._results_folder is not None:
            self._inspect(self._results_folder, names, row)

    def _inspect(self, folder: Path, names: list[str], row: int) -> None:
        """Look closely at clips of a folder; what lies outside of it is left out."""
        root = folder.resolve()
        chosen = names[row : row + 1]
        inside = [name for name in names if (folder / name).resolve().is_relative_to(root)]
        if inside:
            row = inside.index(chosen[0]) if chosen and chosen[0] in inside else 0
            self.inspect_wanted.emit([ClipItem(name, folder / name) for name in inside], row)

    def _on_clip_read(self, clip: AudioClip, spectrogram: MelSpectrogram) -> None:
        self._clip = clip
        self.results.show_clip(clip.samples, spectrogram)

    def _export_curves(self, model: Path, target: Path) -> None:
        history, evaluation = read_history(model), read_evaluation(model)
        if target.suffix == ".png":
            self._show_results(model)
            self.pages.setCurrentWidget(self.run)
            done = not target.exists() and self.run.curves.grab().save(str(target))
            text = self.tr("Saved {0}") if done else self.tr("{0} cannot be written.")
            self.said.emit(text.format(target))
        elif target.suffix == ".csv":
            self._write(target, curves_csv(history))
        else:
            data = {"epochs": history, "evaluation": evaluation}
            self._write(target, json.dumps(data, indent=1))
