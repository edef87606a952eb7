"""The state of a run on disk, so that one that was cut off can go on from its last epoch."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import TrainingError, reason_of
from core.files import replace_file
from core.records import fields_to_json, json_bytes, read_json
from core.training.events import history_from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.training.events import Epoch

_CONFIG, _DATA, _HISTORY, _LOCK = "config.json", "data.txt", "history.json", "lock"
_SUFFIX = ".run"
_LONGEST_NAME = 200  # in bytes; a disk has names of 255, and SQLite adds to that of its file


class RunFolder:
    """A hidden folder beside the bundle that is being made.

    Parameters
    ----------
    output : Path
        Where the bundle will be.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        name, raw = output.name, os.fsencode(output.name)
        if len(raw) > _LONGEST_NAME:
            name = hashlib.blake2b(raw, digest_size=16).hexdigest()
        self.path = output.with_name(f".{name}{_SUFFIX}")
        self._lock: sqlite3.Connection | None = None

    @property
    def last(self) -> Path:
        """The network, with its optimizer, after the last epoch."""
        return self.path / "last.keras"

    @property
    def best(self) -> Path:
        """The network after the best epoch."""
        return self.path / "best.keras"

    @property
    def _new(self) -> Path:
        return self.path / "new.keras"

    @property
    def is_unfinished(self) -> bool:
        """Whether a run was begun here that is not over: it can go on, or begin again."""
        return (self.path / _CONFIG).is_file()

    @property
    def can_go_on(self) -> bool:
        """Whether a run was cut off here after at least one epoch."""
        return (self.path / _HISTORY).is_file() and self.last.is_file() and self.best.is_file()

    @property
    def going_on(self) -> bool:
        """Whether another process has it locked just now."""
        try:
            with closing(sqlite3.connect(self.path / _LOCK, timeout=0)) as lock:
                lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            return "locked" in str(error)
        return False

    def lock(self) -> None:
        """Claim the folder for this process until `remove`, `unlock`, or the process ends.

        Raises
        ------
        TrainingError
            When another process has it, or nothing can be written there.
        """
        with self._writing():
            self.path.mkdir(parents=True, exist_ok=True)
            # SQLite's lock is the portable one that a crash cannot leave behind.
            self._lock = sqlite3.connect(self.path / _LOCK, timeout=0, isolation_level=None)
            try:
                self._lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                self.unlock()
                if "locked" not in str(error):
                    raise
                raise TrainingError(
                    "Another run for {output} is going on. Wait for it, or choose another name.",
                    output=self.output,
                ) from error

    def unlock(self) -> None:
        """Let others have the folder."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()

    def begin(self, config: dict[str, Any]) -> None:
        """Note the settings of a new run.

        Raises
        ------
        TrainingError
            When nothing can be written there.
        """
        with self._writing():
            for path in (self.last, self.best, self.path / _HISTORY, self.path / _DATA):
                path.unlink(missing_ok=True)
            replace_file(self.path / _CONFIG, json_bytes(config))

    def check_data(self, fingerprint: str) -> None:
        """Note what a run learns from; one that goes on must find the same again.

        Other recordings would be divided otherwise, and what was learned from before would
        count as unheard.

        Raises
        ------
        TrainingError
            When the recordings are others, or nothing can be written.
        """
        file = self.path / _DATA
        with self._writing():
            if not file.is_file():
                replace_file(file, fingerprint.encode())
            elif file.read_bytes() != fingerprint.encode():
                raise TrainingError(
                    "The recordings have changed since the run was cut off, so it cannot go on. "
                    "Discard it, and start a new one."
                )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise TrainingError(
                "Nothing can be written to {folder}: {reason}. Choose another place for the model.",
                folder=self.output.parent,
                reason=reason_of(error),
            ) from error

    def read_config(self) -> dict[str, Any]:
        """Return the settings of the run; raises TrainingError when they are damaged."""
        with self._reading():
            data = read_json(self.path / _CONFIG)
            if not isinstance(data, dict):
                raise ValueError("no settings")
            return data

    def read_history(self) -> list[Epoch]:
        """Return the epochs so far, perhaps none; raises TrainingError when they are damaged."""
        with self._reading():
            file = self.path / _HISTORY
            return history_from_json(read_json(file)) if file.is_file() else []

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            raise TrainingError(
                "The unfinished run in {folder} is damaged ({reason}).",
                folder=self.path,
                reason=error,
            ) from error

    def keep_best(self, save: Callable[[Path], None]) -> None:
        """Keep the network as the best so far; raises as `keep_epoch` does."""
        with self._keeping():
            save(self._new)
            self._new.replace(self.best)

    def copy_best(self, path: Path) -> None:
        """Copy the best network, which takes a tenth of the time of saving it again."""
        shutil.copyfile(self.best, path)

    def keep_epoch(self, save: Callable[[Path], None], history: Sequence[Epoch]) -> None:
        """Keep the network after an epoch, then the history that speaks of it.

        Raises
        ------
        TrainingError
            When it cannot be written, the disk being full perhaps.
        """
        with self._keeping():
            save(self._new)
            self._new.replace(self.last)
            epochs = [fields_to_json(epoch) for epoch in history]
            replace_file(self.path / _HISTORY, json_bytes({"epochs": epochs}, indent=None))

    @contextmanager
    def _keeping(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise TrainingError(
                "The last epoch cannot be kept in {folder}: {reason}. Make room.",
                folder=self.output.parent,
                reason=reason_of(error),
            ) from error

    def remove(self) -> None:
        """Forget the run."""
        self.unlock()
        shutil.rmtree(self.path, ignore_errors=True)


def is_taken(output: Path) -> bool:
    """Tell whether a model lies at a place, or a run is to put one there."""
    return os.path.lexists(output) or os.path.lexists(RunFolder(output).path)


def find_unfinished(folder: Path) -> list[RunFolder]:
    """List the runs below a folder of models that were cut off and can go on, or begin again."""
    try:
        paths = sorted(folder.glob(f".*{_SUFFIX}"))
    except OSError:
        return []
    return [run for path in paths if (run := _run_in(path)).is_unfinished and not run.going_on]


def _run_in(path: Path) -> RunFolder:
    """Return the run of a folder; where the name is too long for it, the settings hold it."""
    run = RunFolder(path.with_name(path.name.removeprefix(".").removesuffix(_SUFFIX)))
    try:
        named = RunFolder(path.with_name(Path(str(run.read_config().get("output"))).name))
    except (TrainingError, ValueError):
        return run
    return named if named.path == path else run
