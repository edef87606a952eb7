"""The state of data sets, training runs and models, without any widget."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFile, QObject, Signal

from app.shell.job import Ending, Job, Outcome, Told
from app.shell.progress import Follower
from app.shell.task_runner import TaskRunner
from app.shell.translation import translated
from core.dataset.health import FolderReport
from core.errors import BundleError, SpokenDigitsError
from core.evaluation.report import EvaluationReport
from core.files import remove_leftovers
from core.sound.sound_file import read_second
from core.training.architectures import DEFAULT_ARCHITECTURE
from core.training.events import Epoch, Event, Progress, Saved
from core.training.presets import probe_machine
from core.training.run_folder import RunFolder, find_unfinished, is_taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.train.run_form import RunSettings
    from core.recognition.model_library import ModelLibrary
    from core.sound.clip import AudioClip


class RunState(Enum):
    """What the one training run is doing."""

    IDLE = "idle"
    RUNNING = "running"
    STOPPING = "stopping"


class TrainingController(QObject):
    """Owns the jobs of the Train tab: at most one scan, one run, one evaluation, one export.

    `folder` holds the recordings of the run that was started last.

    Signals
    -------
    state_changed(RunState)
    scan_progress(int, int), scan_done(FolderReport), scan_failed(str)
        The health report of a folder, or why there is none.
    run_told(Event), run_advanced(HowFar)
        What the run told, and how far it is.
    run_silent(bool)
        The run has said nothing for 30 seconds, or speaks again.
    run_ended(Outcome, str)
        With the folder of the new model, or an empty text.
    models_changed(list of ModelEntry)
    unfinished_changed(list of RunFolder)
        Runs that were cut off and can go on.
    evaluated(Path, EvaluationReport), evaluation_failed(str)
        A model's folder and its figures.
    exported(str), failed(str), speed_known(MachineSpeed)
    """

    state_changed = Signal(object)
    scan_progress = Signal(int, int)
    scan_done = Signal(object)
    scan_failed = Signal(str)
    run_told = Signal(object)
    run_advanced = Signal(object)
    run_silent = Signal(bool)
    run_ended = Signal(object, str)
    models_changed = Signal(list)
    unfinished_changed = Signal(list)
    evaluated = Signal(object, object)
    evaluation_failed = Signal(str)
    exported = Signal(str)
    failed = Signal(str)
    speed_known = Signal(object)

    def __init__(
        self,
        library: ModelLibrary,
        parent: QObject | None = None,
        make_job: Callable[[list[str]], Job] = Job,
    ) -> None:
        super().__init__(parent)
        self.library = library
        self.state = RunState.IDLE
        self._make_job = make_job
        self._jobs: dict[str, Job] = {}
        self._output = library.own
        self.folder: Path | None = None
        self._saved = ""
        self._epochs = 0
        self._follower = Follower()
        self._probed = False
        self._reader = TaskRunner("clips", self)

    # --- the folder -------------------------------------------------------------------

    def scan(
        self,
        folder: Path,
        labels: tuple[str, ...] = (),
        division: tuple[str, float, int] = ("speaker", 0.2, 777),
        architecture: str = DEFAULT_ARCHITECTURE,
    ) -> None:
        """Look at a folder; a scan that is going on is dropped."""
        self.cancel_scan()
        split, validation, seed = division
        arguments = ["check", str(folder), "--json", "--architecture", architecture]
        arguments += ["--split", split, "--validation", str(validation), "--seed", str(seed)]
        if labels:
            arguments += ["--labels", json.dumps(labels)]
        self._start("scan", arguments, self._on_scan_told, self.scan_failed.emit)

    def cancel_scan(self) -> None:
        """End the scan that is going on."""
        self._drop("scan")

    def _on_scan_told(self, told: Told) -> None:
        if isinstance(told, FolderReport):
            self.scan_done.emit(told)
        elif isinstance(told, Progress):
            self.scan_progress.emit(told.done, told.total)

    def measure_speed(self) -> None:
        """Find out, once, how fast this computer is."""
        if not self._probed:
            self._probed = True
            self._reader.submit(probe_machine, self.speed_known.emit)

    # --- the run ----------------------------------------------------------------------

    def start_run(self, settings: RunSettings, expected: float | None = None) -> None:
        """Train a new model in a child process, in about so many seconds."""
        if self.state is not RunState.IDLE:
            self.failed.emit(self.tr("A run is going on already: stop it first."))
            return
        try:
            output = self.library.place_for(settings.name)
        except BundleError as error:
            self.failed.emit(translated(error.sentence))
            return
        if RunFolder(output).is_unfinished:
            text = self.tr(
                "The training of “{name}” is not finished: let it go on, discard it, or choose "
                "another name."
            )
            self.failed.emit(text.format(name=output.name))
            return
        self._run(settings.arguments(output), expected)

    def go_on(self, run: RunFolder) -> None:
        """Let a run go on that was cut off."""
        if self.state is not RunState.IDLE:
            return
        try:
            folder = run.read_config()["folder"]
            epochs = run.read_history()
        except SpokenDigitsError as error:
            self.failed.emit(translated(error.sentence))
            return
        self._run(["train", folder, "--output", str(run.output), "--resume", "--json"])
        for epoch in epochs:
            self._on_run_told(epoch)

    def discard(self, run: RunFolder) -> None:
        """Forget a run that was cut off."""
        if not run.going_on:
            run.remove()
        self.refresh()

    def free_name(self, wish: str) -> str:
        """Return a name, or one with a number after it, that neither model nor run has."""
        return self.library.free_name(wish, is_taken)

    def stop_run(self) -> None:
        """End the run and keep its best epoch so far."""
        if self.state is RunState.RUNNING:
            self._jobs["run"].ask("stop")
            self._set_state(RunState.STOPPING)

    def cancel_run(self) -> None:
        """End the run and keep nothing."""
        if self.state is not RunState.IDLE:
            self._jobs["run"].cancel()
            self._set_state(RunState.STOPPING)

    @property
    def loses_all(self) -> bool:
        """Whether a run goes on that has nothing yet to go on from another time."""
        return self.state is not RunState.IDLE and not self._epochs

    def _run(self, arguments: list[str], expected: float | None = None) -> None:
        self._saved, self._epochs, self._follower = "", 0, Follower(expected)
        self.folder = Path(arguments[1])
        self._output = Path(arguments[arguments.index("--output") + 1])
        self._set_state(RunState.RUNNING)
        self.run_advanced.emit(self._follower.now)
        job = self._start("run", arguments, self._on_run_told, on_ended=self._on_run_ended)
        job.silent.connect(self.run_silent)

    def _on_run_told(self, told: Told) -> None:
        if isinstance(told, Saved):
            self._saved = told.bundle
        self._epochs += isinstance(told, Epoch)
        if isinstance(told, Event):
            self.run_told.emit(told)
            self.run_advanced.emit(self._follower.follow(told))

    def _on_run_ended(self, outcome: Outcome) -> None:
        run = RunFolder(self._output)
        if outcome.ending is Ending.CRASHED and run.can_go_on:
            kept = self.tr("What it had done up to its last epoch is kept: it can go on.")
            outcome = replace(outcome, reason=f"{outcome.reason} {kept}")
        self._tidy_up(cancelled=outcome.ending is Ending.CANCELLED)
        self._set_state(RunState.IDLE)
        self.refresh()
        self.run_ended.emit(outcome, self._saved)

    def _tidy_up(self, cancelled: bool) -> None:
        """Remove what a child that was killed could not."""
        run = RunFolder(self._output)
        if run.going_on:  # it is another process's
            return
        if cancelled or not run.is_unfinished:
            run.remove()
        remove_leftovers(self._output)

    # --- evaluation and export --------------------------------------------------------

    def evaluate(self, model: Path, folder: Path, like: Path | None = None) -> None:
        """Evaluate a model on a folder, or on the clips in it that another was tested on."""
        arguments = ["evaluate", str(folder), "--model", str(model), "--json", "--clips"]
        arguments += ["--robustness"] if like is None else ["--like", str(like)]

        def on_told(told: Told) -> None:
            if isinstance(told, EvaluationReport):
                self.evaluated.emit(model, told)

        self._start(f"evaluate {model}", arguments, on_told, self.evaluation_failed.emit)

    def cancel_evaluations(self) -> None:
        """End what is being evaluated."""
        for name in [name for name in self._jobs if name.startswith("evaluate ")]:
            self._drop(name)

    def export(self, model: Path, target: Path) -> None:
        """Write a model's network as .keras, .h5 or .tflite."""
        arguments = ["export", str(model), "--output", str(target)]

        def on_ended(outcome: Outcome) -> None:
            if not outcome.reason:
                self.exported.emit(str(target))

        self._start("export", arguments, on_failed=self.failed.emit, on_ended=on_ended)

    def read_clip(
        self, path: Path, done: Callable[[AudioClip], None], failed: Callable[[str], None]
    ) -> None:
        """Read the second of a recording that is looked at; only the last one is told."""

        def on_error(error: SpokenDigitsError) -> None:
            failed(translated(error.sentence))

        self._reader.submit_newest(
            "clip", lambda: read_second(path, lambda: self._reader.closing).clip, done, on_error
        )

    # --- models -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Tell which models and which unfinished runs there are."""
        self.models_changed.emit(self.library.entries())
        going_on = self._output if self.state is not RunState.IDLE else None
        unfinished = find_unfinished(self.library.own)
        self.unfinished_changed.emit([run for run in unfinished if run.output != going_on])

    def rename(self, model: Path, name: str) -> None:
        """Give one of the user's models another name."""
        try:
            self.library.rename(model, name)
        except BundleError as error:
            self.failed.emit(translated(error.sentence))
        self.refresh()

    def delete(self, model: Path) -> None:
        """Put one of the user's models into the system's bin."""
        moved: Any = self.library.is_own(model) and QFile.moveToTrash(str(model))
        if not moved:
            text = self.tr("“{name}” cannot be put into the bin. Its folder is {path}.")
            self.failed.emit(text.format(name=model.name, path=model))
        self.refresh()

    # --- jobs -------------------------------------------------------------------------

    def close(self) -> None:
        """End every child and wait for the worker; a run can go on at the next start."""
        self._reader.close()
        for name in list(self._jobs):
            self._drop(name)
        if self.state is not RunState.IDLE:
            self._tidy_up(cancelled=False)
            self._set_state(RunState.IDLE)

    def _start(
        self,
        name: str,
        arguments: list[str],
        on_told: Callable[[Told], None] = lambda _: None,
        on_failed: Callable[[str], object] = lambda _: None,
        on_ended: Callable[[Outcome], None] = lambda _: None,
    ) -> Job:
        self._drop(name)
        # A job is nobody's child: what it tells holds this controller, which must not be
        # destroyed, with its children, while the job is.
        job = self._jobs[name] = self._make_job(arguments)

        def end(outcome: Outcome) -> None:
            if self._jobs.get(name) is job:
                del self._jobs[name]
            job.deleteLater()
            if outcome.reason:
                on_failed(outcome.reason)
            on_ended(outcome)

        job.told.connect(on_told)
        job.ended.connect(end)
        job.start()
        return job

    def _drop(self, name: str) -> None:
        job = self._jobs.pop(name, None)
        if job is not None:
            job.blockSignals(True)
            job.kill()
            job.deleteLater()

    def _set_state(self, state: RunState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)
