"""What a person should know when the window opens: what cannot be kept, or was not understood."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings

from app.shell.translation import fill
from core.places import user_data

if TYPE_CHECKING:
    from pathlib import Path

    from app.shell.settings import Forgetful


def problems(store: QSettings | Forgetful) -> list[str]:
    """Return a sentence for each thing that is in the way of keeping what a person does."""
    found = []
    if not _can_be_written(user_data()):
        text = QCoreApplication.translate(
            "FirstStart",
            "{folder} cannot be written, so recordings and models cannot be kept: change its "
            "permissions, or make room for it.",
        )
        found.append(fill(text, folder=user_data()))
    if isinstance(store, QSettings):
        if store.status() == QSettings.Status.FormatError:
            text = QCoreApplication.translate(
                "FirstStart",
                "The settings in {file} cannot be read, so the usual ones count: set them again.",
            )
            found.append(fill(text, file=store.fileName()))
        elif not store.isWritable():
            text = QCoreApplication.translate(
                "FirstStart",
                "{file} cannot be written, so nothing that you set here is remembered: change its "
                "permissions.",
            )
            found.append(fill(text, file=store.fileName()))
    return found


def _can_be_written(folder: Path) -> bool:
    """Tell whether a folder, which need not be there yet, may be made and written to."""
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
