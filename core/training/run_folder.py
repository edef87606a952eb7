"""The state of a run on disk, so that one that was cut off can go on from its last epoch."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from core.errors import TrainingError
from core.training.events import Epoch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_CONFIG, _DATA, _HISTORY, _LOCK = "config.json", "data.txt", "history.json", "lock"
_SUFFIX = ".run"


class RunFolder:
    """A hidden folder beside the bundle that is being made.

    Parameters
    ----------
    output : Path
        Where the bundle will be.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.path = output.with_name(f".{output.name}{_SUFFIX}")
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
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # SQLite's lock is the portable one that a crash cannot leave behind.
            self._lock = sqlite3.connect(self.path / _LOCK, timeout=0, isolation_level=None)
            self._lock.execute("BEGIN EXCLUSIVE")
        except (OSError, sqlite3.Error) as error:
            self.unlock()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise TrainingError(
                    f"Another run for {self.output} is going on. Wait for it, or choose another "
                    "name."
                ) from error
            raise self._cannot_write(error) from error

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
        try:
            for path in (self.last, self.best, self.path / _HISTORY, self.path / _DATA):
                path.unlink(missing_ok=True)
            _write(self.path / _CONFIG, json.dumps(config, indent=2).encode())
        except OSError as error:
            raise self._cannot_write(error) from error

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
        try:
            if not file.is_file():
                _write(file, fingerprint.encode())
            elif file.read_bytes() != fingerprint.encode():
                raise TrainingError(
                    "The recordings have changed since the run was cut off, so it cannot go on. "
                    "Discard it, and start a new one."
                )
        except OSError as error:
            raise self._cannot_write(error) from error

    def _cannot_write(self, error: Exception) -> TrainingError:
        reason = getattr(error, "strerror", None) or error
        return TrainingError(
            f"Nothing can be written to {self.output.parent}: {reason}. Choose another place for "
            "the model."
        )

    def read_config(self) -> dict[str, Any]:
        """Return the settings of the run; raises TrainingError when they are damaged."""
        return _object(self.path / _CONFIG)

    def read_history(self) -> list[dict[str, Any]]:
        """Return the epochs so far; raises TrainingError when they are damaged."""
        epochs = _object(self.path / _HISTORY).get("epochs")
        needed = {entry.name for entry in fields(Epoch)}
        if not isinstance(epochs, list) or not all(needed <= set(epoch) for epoch in epochs):
            raise TrainingError(f"The unfinished run in {self.path} is damaged (no epochs).")
        return epochs

    def keep_best(self, save: Callable[[Path], None]) -> None:
        """Keep the network as the best so far; raises as `keep_epoch` does."""
        with self._keeping():
            save(self._new)
            self._new.replace(self.best)

    def copy_best(self, path: Path) -> None:
        """Copy the best network, which takes a tenth of the time of saving it again."""
        shutil.copyfile(self.best, path)

    def keep_epoch(self, save: Callable[[Path], None], history: list[dict[str, Any]]) -> None:
        """Keep the network after an epoch, then the history that speaks of it.

        Raises
        ------
        TrainingError
            When it cannot be written, the disk being full perhaps.
        """
        with self._keeping():
            save(self._new)
            self._new.replace(self.last)
            _write(self.path / _HISTORY, json.dumps({"epochs": history}).encode())

    @contextmanager
    def _keeping(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise TrainingError(
                f"The last epoch cannot be kept in {self.output.parent}: "
                f"{error.strerror or error}. Make room; the run can go on from the epoch before."
            ) from error

    def remove(self) -> None:
        """Forget the run."""
        self.unlock()
        shutil.rmtree(self.path, ignore_errors=True)


def find_unfinished(folder: Path) -> list[RunFolder]:
    """List the runs below a folder of models that were cut off and can go on."""
    if not folder.is_dir():
        return []
    outputs = [
        folder / path.name.removeprefix(".").removesuffix(_SUFFIX)
        for path in sorted(folder.glob(f".*{_SUFFIX}"))
    ]
    return [run for run in map(RunFolder, outputs) if run.can_go_on and not run.going_on]


def _object(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict):
            raise ValueError("no object")
    except (OSError, ValueError) as error:
        raise TrainingError(f"The unfinished run in {path.parent} is damaged ({error}).") from error
    return data


def _write(path: Path, content: bytes) -> None:
    new = path.with_name(path.name + ".new")
    new.write_bytes(content)
    new.replace(path)
